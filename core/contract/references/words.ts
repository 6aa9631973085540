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
	['schedule', 'beilage', 'beilagen'],
	['section', 'klausel', 'klauseln'],
	['section', 'paragraf', 'paragrafen'],
	['section', 'ziff.', 'ziff.'],
	['section', 'abs.', 'abs.'],
	['article', 'art.', 'art.'],
	['article', 'teil', 'teile'],
	['article', 'kapitel', 'kapitel'],
];

/** Hebrew and Arabic words with their plurals; particles such as "in the" and "to the" are written as one with them. */
const PREFIXED: Array<[ReferenceKind, string, string]> = [
	['section', 'סעיף', 'סעיפים'],
	['article', 'פרק', 'פרקים'],
	['schedule', 'נספח', 'נספחים'],
	['schedule', 'תוספת', 'תוספות'],
	['article', 'المادة', 'المواد'],
	['article', 'المادة', 'المادتين'],
	['section', 'الفقرة', 'الفقرات'],
	['section', 'البند', 'البنود'],
	['article', 'الفصل', 'الفصول'],
	['article', 'الباب', 'الأبواب'],
	['article', 'القسم', 'الأقسام'],
	['schedule', 'الملحق', 'الملاحق'],
	['schedule', 'المرفق', 'المرفقات'],
];

/** `סעיף` as בסעיף, לסעיף, הסעיף; `المادة` as بالمادة, للمادة, والمادة, and without its article. */
function forms(word: string): string[] {
	if (!word.startsWith('ال'))
		return ['', 'ב', 'ל', 'ה', 'ו', 'מ', 'ש', 'כ', 'וב', 'ול', 'וה'].map((particle) => particle + word);
	const stem = word.slice(2);
	return [stem, ...['ال', 'بال', 'لل', 'وال', 'وبال', 'ولل', 'كال', 'فال'].map((particle) => particle + stem)];
}

const prefixed = PREFIXED.flatMap(([kind, name, plural]): Array<[string, ReferenceWord]> => [
	...forms(plural).map((form): [string, ReferenceWord] => [form, { kind, name, plural: true }]),
	...forms(name).map((form): [string, ReferenceWord] => [form, { kind, name, plural: false }]),
]);

export const REFERENCE_WORDS: ReadonlyMap<string, ReferenceWord> = new Map([
	...ROWS.flatMap(([kind, name, plural]): Array<[string, ReferenceWord]> => [
		[plural, { kind, name, plural: true }],
		[name, { kind, name, plural: false }],
	]),
	...prefixed,
]);

/** Words for a numbered paragraph of the clause named before, or of the one that they stand in: `§ 4 Absatz 2`. */
export const PARAGRAPH_WORDS = new Set(['absatz', 'abs.', 'alinéa']);

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
