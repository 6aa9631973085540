/** Splits a clause's opening into heading and text: `Payment. Customer will pay …`. */
export interface HeadingSplit {
	heading?: string;
	text: string;
}

const LONGEST_HEADING = 120;
const MOST_WORDS = 12;
const SMALL = new Set(
	'a an and as at by de des du et for from in into la le les of on or the to und von with without per vs versus & / -'.split(
		' ',
	),
);
const ABBREVIATIONS = new Set(
	'mr mrs ms dr inc ltd co corp llc no nos st jr sr vs etc u.s u.k e.g i.e art sec cf approx gmbh s.a plc'.split(' '),
);
/** Openings that look like a heading and are the first words of a sentence. */
const SENTENCES = new Set(['note', 'yes', 'whereas', 'by', 'name', 'title', 'date', 'signature', 'its']);

/** Scripts without capitals tell a heading by its shortness alone. */
const CASELESS = /\p{Lo}/u;
const MOST_CASELESS_WORDS = 5;
const MOST_CASELESS_RUN_IN = 3;

function isTitleCase(words: string[]): boolean {
	return words.every((word, index) => {
		if (index > 0 && SMALL.has(word.toLowerCase())) return true;
		const first = word.replace(/^["'([]+/, '').charAt(0);
		if (CASELESS.test(first)) return words.length <= MOST_CASELESS_WORDS;
		return first === '' || first !== first.toLowerCase() || (first >= '0' && first <= '9');
	});
}

function isHeadingText(candidate: string): boolean {
	if (candidate === '' || candidate.length > LONGEST_HEADING) return false;
	const words = candidate.split(' ');
	const last = words.at(-1)?.toLowerCase() ?? '';
	if (words.length > MOST_WORDS || ABBREVIATIONS.has(last) || SENTENCES.has(candidate.toLowerCase())) return false;
	return /\p{L}/u.test(candidate) && !/["@]/.test(candidate) && isTitleCase(words);
}

export function stripHeadingEnd(heading: string): string {
	return heading.replace(/[ .:;\u2014-]{1,8}$/, '');
}

/** End of a run-in heading by punctuation: `Payment. Customer`, `Term: This`, `Fees - The`. */
function runInEnd(text: string): number {
	const limit = Math.min(text.length, LONGEST_HEADING);
	for (let at = 1; at < limit; at++) {
		const mark = text.charAt(at);
		if (mark === ',' || mark === ';' || mark === '"') return 0;
		if (mark !== '.' && mark !== ':' && mark !== '\u2014') continue;
		if (mark !== '\u2014' && at + 1 < text.length && text.charAt(at + 1) !== ' ') continue;
		const next = text
			.slice(at + 1)
			.trimStart()
			.charAt(0);
		if (mark !== '\u2014' && next !== '' && next === next.toLowerCase() && !/[0-9("'[]/.test(next)) return 0;
		const candidate = text.slice(0, at).trimEnd();
		if (CASELESS.test(candidate) && mark === '.' && (next === '' || candidate.split(' ').length > MOST_CASELESS_RUN_IN))
			return 0;
		return isHeadingText(candidate) ? at + 1 : 0;
	}
	return 0;
}

/**
 * @param text clean text after the label
 * @param leadEnd end of a bold span that opens it, 0 if none
 * @param labelled whether a number stands before it: then a short title alone is a heading
 */
export function splitHeading(text: string, leadEnd: number, labelled: boolean): HeadingSplit {
	if (leadEnd > 0 && leadEnd <= LONGEST_HEADING) {
		const bold = stripHeadingEnd(text.slice(0, leadEnd));
		const rest = text.slice(leadEnd).replace(/^[ .:\u2014-]{1,4}/, '');
		const ends = /[.:]\s*$/.test(text.slice(0, leadEnd)) || /^\s*[.:\u2014]/.test(text.slice(leadEnd)) || rest === '';
		if (ends && /\p{L}/u.test(bold) && !bold.startsWith('"')) return { heading: bold, text: rest };
	}
	const end = runInEnd(text);
	if (end > 0) {
		const rest = text.slice(end).trimStart();
		if (rest !== '' || labelled) return { heading: stripHeadingEnd(text.slice(0, end)), text: rest };
	}
	const bare = stripHeadingEnd(text);
	if (labelled && !/[.;,]$/.test(text) && isHeadingText(bare)) return { heading: bare, text: '' };
	return { text };
}

/** A short line of its own in plain text, in capitals or title case: `RECITALS`, `Authorised Users`. */
export function isStandaloneHeading(text: string): boolean {
	if (text.length > 80 || /[.;,:!?\]_]$/.test(text) || text.includes(': ')) return false;
	const letters = text.replace(/[^\p{L}]/gu, '');
	if (letters.length < 4 || !isHeadingText(text)) return false;
	return text === text.toUpperCase() || text.split(' ').length >= 2 || letters.length === text.length;
}
