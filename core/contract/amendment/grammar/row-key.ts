import type { Place, Step } from '../types';
import type { Draft, Words } from './draft';

const ON_WORDS: ReadonlySet<Draft['kind']> = new Set([
	'replace_words',
	'delete_words',
	'insert_words',
	'change_value',
	'rename_term',
	'rename_party',
]);
const TITLE = String.raw`(?:(?:Mr|Mrs|Ms|Dr|Prof|M|Mme)\.? |Herrn? |Frau |Monsieur |Madame )?`;
const WORD = String.raw`\p{Lu}[\p{L}\p{N}.\u2019'-]*`;
const NAME = String.raw`(?:[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+|${TITLE}${WORD}(?: (?:van |von |de |der |den |di |da |la )?${WORD}){0,4})`;
const anyCase = (words: string): string =>
	words.replace(/(^|\|)(\p{Ll})/gu, (_, bar: string, letter: string) => `${bar}[${letter}${letter.toUpperCase()}]`);
const LEAD = anyCase(
	'for|opposite|against|next to|beside|alongside|with respect to|with regard to|as regards|as to|regarding|concerning|in respect of|in relation to|in the case of|' +
		'für|bei|neben|gegenüber|betreffend|bezüglich|hinsichtlich|pour|chez|concernant|en regard de|en face de|à côté de|' +
		'role of|title of|e-mail of|email of|address of|rolle von|rôle de|fonction de',
);
const ROW = String.raw`rows?|line|entry|name|person|user|employee|Zeile|Reihe|Eintrag|Eintrags|ligne|rangée|entrée`;
const JOINT = String.raw`(?: (?:for|of|with|named|called|beginning|starting|that begins|mit|für|von|zu|zum|beginnend|de|du|pour|commençant par|the name|key|e-?mail|address|name|Namen?|nom|the))*`;
const BEHIND = new RegExp(
	String.raw`(?<!\p{L})(?:(?:${LEAD})(?: (?:the|der|dem|des|die|la|le|l'|this|existing))*(?: (?:${ROW})${JOINT})?|(?:${ROW})${JOINT}) (${NAME}|"[^"]{1,120}")`,
	'gu',
);
const OWNED = new RegExp(String.raw`(?<![\p{L}\p{N}])(${TITLE}${WORD}(?: ${WORD}){0,4}?)['\u2019]s?(?![\p{L}])`, 'gu');
const ASIDE = new RegExp(String.raw`[\u25a1"]\s?\((${NAME})\)`, 'gu');

/** `In Bo Lind's row`: the capital of a sentence is no part of the name. */
const OPENS = /^(?:(?:In|For|At|On|Of|To|The|With|Opposite|Against|Bei|Für|Dans|Pour) )+/;
/** Words that open no name of a row. */
const OTHER =
	/(?<!\p{L})(?:agreement|contract|vertrag|vertrage?s|contrat|section|schedule|exhibit|annexe?|anlage|anhang|appendix)(?!\p{L})|^(?:clause|article|paragraph|attachment|addendum|master|services?|this|the|part|item|table|column|each|every|all|any|such|amendment|nachtrag|avenant|in|by|replace|delete|insert|substitute|absatz|satz|ziffer)(?![\p{L}])/iu;

/**
 * `replace "X" by "Y" for Bo Lind`, `opposite Bo Lind`, `in Bo Lind's row`, `bei Mia Krüger`: where words of a schedule or
 * a table change and one row is named, the words are looked for there. Which row that is, the agreement tells.
 */
export function withRowKey(drafts: readonly Draft[], sentence: Words): Draft[] {
	if (!drafts.some((draft) => takesRow(draft))) return [...drafts];
	const keys = rowKeys(drafts, sentence);
	const [key, ...others] = keys;
	if (key === undefined || others.length > 0) return [...drafts];
	return drafts.map((draft) => (takesRow(draft) ? inRow(draft, key) : draft));
}

function takesRow({ kind, target: { places } }: Draft): boolean {
	const [place, ...others] = places;
	const last = place?.steps.at(-1)?.by;
	return (
		ON_WORDS.has(kind) &&
		others.length === 0 &&
		(last === 'schedule' || last === 'table' || last === 'column') &&
		place?.steps.every(({ by }) => by !== 'row') === true
	);
}

function inRow(draft: Draft, key: string): Draft {
	const row: Step = { by: 'row', key };
	const places = draft.target.places.map((place): Place => {
		const column = place.steps.findIndex(({ by }) => by === 'column');
		return { ...place, steps: place.steps.toSpliced(column < 0 ? place.steps.length : column, 0, row) };
	});
	return { ...draft, target: { ...draft.target, places } };
}

/** Names of rows in a sentence whose words that change are blanked. */
function rowKeys(drafts: readonly Draft[], { text, start }: Words): string[] {
	let bare = text;
	const blank = (from: number, to: number): void => {
		if (from >= 0 && to <= bare.length) bare = `${bare.slice(0, from)}${'\u25a1'.repeat(to - from)}${bare.slice(to)}`;
	};
	for (const { old, new: fresh, position } of drafts) {
		for (const words of [old, fresh]) if (words) blank(words.start - start, words.end - start);
		for (const words of [position?.anchor, position?.next]) {
			const at = words === undefined ? -1 : bare.indexOf(`"${words}"`);
			if (words !== undefined && at >= 0) blank(at + 1, at + 1 + words.length);
		}
	}
	const found = new Set<string>();
	for (const pattern of [BEHIND, OWNED, ASIDE])
		for (const [, name = ''] of bare.matchAll(pattern)) {
			const key = name
				.replace(/^"|"$/g, '')
				.replace(OPENS, '')
				.replace(/['\u2019]s?$/, '')
				.replace(/[.,]$/, '');
			if (key !== '' && !key.includes('\u25a1') && /^[\p{Lu}\p{N}]|@/u.test(key) && !OTHER.test(key)) found.add(key);
		}
	return [...found];
}

/** The words that name rows, as `for Bo Lind` of a sentence: they are accounted for. */
export function rowWords(drafts: readonly Draft[]): ReadonlySet<string> {
	const keys = drafts.flatMap(({ target }) =>
		target.places.flatMap(({ steps }) => steps.flatMap((step) => (step.by === 'row' ? [step.key] : []))),
	);
	const words = keys
		.flatMap((key) => [...key.split(/[^\p{L}\p{N}]+/u), ...key.split(/[^\p{L}\p{N}.&'-]+/u)])
		.filter((word) => word !== '');
	return new Set(words.length === 0 ? [] : [...words, ...words.map((word) => `${word}'s`), ...LEADS]);
}

const LEADS = 'next opposite beside alongside against named called name email e-mail address line person user'.split(
	' ',
);
