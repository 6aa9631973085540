/** A term that a clause defines in brackets, with the words that it stands for. */
export interface InlineDefinition {
	term: string;
	words: string;
}

const BRACKETS = /\(([^()]{3,240})\)/g;
const QUOTED = /"([^"]{1,80})"/g;
/** All that stands beside quoted names in brackets that define them. */
const NAMING = new Set(
	`the a an this these such each any all and or as also together collectively individually jointly severally both hereinafter hereafter
	herein referred to called known being in agreement collectively, der die das den dem des ein eine und oder auch jeweils gemeinsam zusammen
	einzeln kurz nachfolgend nachstehend folgenden im genannt bezeichnet als le la les l' l un une et ou ci-après ensemble individuellement
	collectivement dénommé dénommée dénommés dénommées désigné désignée désignés désignées comme`.split(/\s+/),
);
const ARTICLE = /^(?:the|der|die|das|den|le|la|les|l'|un|une)\s+/i;
/** Behind the brackets: what says more of the thing that they name. */
const GOES_ON =
	/^,? (?:of|in the amount of|equal to|being|consisting of|comprising|in Höhe von|von|d'un montant de|de)\s[^,.;()]{1,160}/i;
/** Names of the document itself, which every clause says. */
const DOCUMENT =
	/^(?:master |main |framework )?(?:agreement|contract|lease|licen[cs]e|amendment|addendum|deed|order|parties|party|vertrag|vereinbarung|parteien|partei|contrat|accord|convention|bail|avenant)$/i;
const LONGEST_WORDS = 1_200;

/**
 * Terms defined in passing: `an annual fee of $120,000 (the "Fee")`, `(nachfolgend „Gebühr“)`. The words are those of the
 * sentence between the brackets before and these ones, with an amount right behind them.
 */
export function inlineDefinitions(text: string): InlineDefinition[] {
	if (!text.includes('"') || !text.includes('(')) return [];
	const found: InlineDefinition[] = [];
	let from = 0;
	for (const match of text.matchAll(BRACKETS)) {
		const inside = match[1] ?? '';
		const terms = [...inside.matchAll(QUOTED)].map((quoted) =>
			(quoted[1] ?? '').trim().replace(/[,.]$/, '').replace(ARTICLE, ''),
		);
		if (terms.length === 0 || terms.includes('') || !isNaming(inside)) continue;
		const end = match.index + match[0].length;
		const words = sentenceTail(text.slice(Math.max(from, match.index - LONGEST_WORDS), match.index));
		const more = GOES_ON.exec(text.slice(end, end + 200))?.[0] ?? '';
		for (const term of terms) {
			const stands = meant(term, `${words} ${more}`.replace(/\s+/g, ' ').trim());
			if (stands !== undefined) found.push({ term, words: stands });
		}
		from = end;
	}
	return found;
}

/** This document itself. */
const SELF =
	/^(?:this|these|the (?:following|present)|diese[rs]?|le présent|la présente|les présentes)(?!\p{L})[^,]{0,120}$/iu;
const NEAR = 8;

/**
 * What a term stands for: of a name that gives a short form of itself (`the Sponsors Program (the "Program")`) the name
 * alone. Undefined where it stands for what anybody knows: the document, or letters for the words before them.
 */
function meant(term: string, words: string): string | undefined {
	if (DOCUMENT.test(term) || SELF.test(words)) return undefined;
	const last = words.split(' ').slice(-NEAR);
	const initials = last.map((word) => /^\p{Lu}/u.exec(word)?.[0] ?? '').join('');
	if (/^[A-Z]{2,6}$/.test(term) && initials.endsWith(term)) return undefined;
	let from = last.length;
	while (from > 0 && /^(?:\p{Lu}|(?:of|and|the|for|&)$)/u.test(last[from - 1] ?? '')) from--;
	const name = last.slice(from).join(' ');
	return name.includes(term) ? name : words;
}

function isNaming(inside: string): boolean {
	const words =
		inside
			.replace(QUOTED, ' ')
			.toLowerCase()
			.match(/[\p{L}'-]+/gu) ?? [];
	return !/\d/.test(inside.replace(QUOTED, ' ')) && words.every((word) => NAMING.has(word));
}

/** The last sentence of a stretch that is still open. */
function sentenceTail(text: string): string {
	let start = 0;
	for (const stop of text.matchAll(/[.;:?!] (?=[\p{Lu}"(])/gu))
		if (!/\b(?:\p{Lu}|Inc|Ltd|Co|Corp|No|Nr|St|Dr|Mr|Ms)\.$/u.test(text.slice(0, stop.index + 1)))
			start = stop.index + 2;
	return text.slice(start);
}
