/** Words between verbs and places, by what they do. Lower case. */
const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

export const AUXILIARIES = set('is are be being');
/** Between auxiliary and participle, or between two coordinated verbs. */
export const ADVERBS = set(
	'hereby herewith here by also further furthermore now thereby entirely and is are be shall will each both is, deemed to expressly , fully simply only accordingly immediately automatically completely duly mutually agree agrees agreed',
);
/** A modal before the verb that makes it a possibility, not an amendment. */
export const POSSIBLE = set('may can might could would cannot never not should unless if until when whenever nor');
export const PAST = set('was were been has have had having previously heretofore');
export const DETERMINERS = set(
	'the said existing current entire that this such each of every both following new additional words word phrase phrases text language provisions provision terms contents wording reference references number numbers figure date dates amount',
);
export const SECTION_WORDS = set(
	'section sections sec. sec clause clauses article articles paragraph paragraphs subsection subsections sub-section sub-sections sub-clause sub-clauses subclause subclauses subparagraph sub-paragraph subparagraphs sub-paragraphs \u00a7 \u00a7\u00a7 part parts recital recitals item items ziffer artikel absatz',
);
export const SCHEDULE_WORDS = set(
	'schedule schedules exhibit exhibits annex annexes annexure annexures appendix appendices attachment attachments addendum addenda anlage anhang annexe',
);
export const UNIT_WORDS: ReadonlyMap<string, 'sentence' | 'paragraph' | 'item'> = new Map([
	['sentence', 'sentence'],
	['sentences', 'sentence'],
	['paragraph', 'paragraph'],
	['paragraphs', 'paragraph'],
	['bullet', 'item'],
	['bullets', 'item'],
	['item', 'item'],
	['subparagraph', 'item'],
]);
/** -1 is the last, -2 the one before it. */
export const ORDINALS: ReadonlyMap<string, number> = new Map([
	...'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'
		.split(' ')
		.map((word, index): [string, number] => [word, index + 1]),
	...'1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th'.split(' ').map((word, index): [string, number] => [word, index + 1]),
	['opening', 1],
	['introductory', 1],
	['initial', 1],
	['last', -1],
	['final', -1],
	['closing', -1],
	['concluding', -1],
	['penultimate', -2],
	['next-to-last', -2],
	['second-to-last', -2],
]);
/** Names of whole documents, when capitalised or after `the` / `this`. */
export const DOCUMENT_WORDS = set('agreement contract lease license licence msa deed indenture guaranty amendment');
export const TITLE_INTRODUCERS = set('titled entitled captioned headed called named');
