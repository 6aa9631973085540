/** What a reference points at: numbered text, an article (numbered apart from sections), or a schedule. */
export type ReferenceKind = 'section' | 'article' | 'schedule';

export interface ReferenceWord {
	kind: ReferenceKind;
	/** Singular in lower case: `Exhibits` and `EXHIBIT` are `exhibit`. */
	name: string;
	/** A plural announces a list: `Sections 4, 5 and 6`. */
	plural: boolean;
}

const ROWS: Array<[ReferenceKind, string, string]> = [
	['section', 'section', 'sections'],
	['section', 'sec.', 'secs.'],
	['section', 'clause', 'clauses'],
	['section', 'paragraph', 'paragraphs'],
	['section', 'subsection', 'subsections'],
	['section', 'sub-section', 'sub-sections'],
	['section', 'subclause', 'subclauses'],
	['section', 'sub-clause', 'sub-clauses'],
	['section', 'subparagraph', 'subparagraphs'],
	['section', 'sub-paragraph', 'sub-paragraphs'],
	['section', 'item', 'items'],
	['section', 'point', 'points'],
	['section', '§', '§§'],
	['section', 'ziffer', 'ziffern'],
	['section', 'abschnitt', 'abschnitte'],
	['section', 'absatz', 'absätze'],
	['section', 'alinéa', 'alinéas'],
	['article', 'article', 'articles'],
	['article', 'artikel', 'artikeln'],
	['article', 'part', 'parts'],
	['article', 'chapter', 'chapters'],
	['article', 'chapitre', 'chapitres'],
	['schedule', 'schedule', 'schedules'],
	['schedule', 'exhibit', 'exhibits'],
	['schedule', 'annex', 'annexes'],
	['schedule', 'annexure', 'annexures'],
	['schedule', 'annexe', 'annexes'],
	['schedule', 'appendix', 'appendices'],
	['schedule', 'attachment', 'attachments'],
	['schedule', 'addendum', 'addenda'],
	['schedule', 'anlage', 'anlagen'],
	['schedule', 'anhang', 'anhänge'],
];

export const REFERENCE_WORDS: ReadonlyMap<string, ReferenceWord> = new Map(
	ROWS.flatMap(([kind, name, plural]): Array<[string, ReferenceWord]> => [
		[plural, { kind, name, plural: true }],
		[name, { kind, name, plural: false }],
	]),
);

/** Longest of the words above: how far back a number looks for the word in front of it. */
export const LONGEST_WORD = Math.max(...[...REFERENCE_WORDS.keys()].map((word) => word.length));

/** Units behind a number that make it an amount: `Section 5, 10 days after`. */
export const UNITS = new Set(
	'day days business month months year years week weeks hour hours minutes percent per % calendar working users seats'.split(
		' ',
	),
);

/** Words behind `of the` that mean the document itself. */
export const OWN_DOCUMENT = new Set(
	'agreement contract terms addendum section article clause paragraph subsection schedule exhibit annex appendix dpa amendment policy document vertrag vertrags contrat conditions'.split(
		' ',
	),
);
