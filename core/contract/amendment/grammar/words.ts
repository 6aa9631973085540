/** The amending language's vocabulary, as data. All in lower case. */

export type VerbClass =
	| 'amend'
	| 'delete'
	| 'replace'
	| 'restate'
	| 'insert'
	| 'supplement'
	| 'extend'
	| 'terminate'
	| 'reinstate'
	| 'renumber'
	| 'change'
	| 'read';
export type VerbForm = 'base' | 'participle' | 'gerund' | 'third';

export interface VerbWord {
	cls: VerbClass;
	form: VerbForm;
}

/** base third participle gerund */
const CONJUGATIONS: Array<[VerbClass, string]> = [
	['amend', 'amend amends amended amending'],
	['amend', 'modify modifies modified modifying'],
	['amend', 'revise revises revised revising'],
	['amend', 'update updates updated updating'],
	['amend', 'correct corrects corrected correcting'],
	['delete', 'delete deletes deleted deleting'],
	['delete', 'remove removes removed removing'],
	['delete', 'strike strikes stricken striking'],
	['delete', 'strike strikes struck striking'],
	['delete', 'omit omits omitted omitting'],
	['delete', 'cancel cancels cancelled cancelling'],
	['delete', 'cancel cancels canceled canceling'],
	['delete', 'eliminate eliminates eliminated eliminating'],
	['delete', 'repeal repeals repealed repealing'],
	['replace', 'replace replaces replaced replacing'],
	['replace', 'substitute substitutes substituted substituting'],
	['replace', 'supersede supersedes superseded superseding'],
	['restate', 'restate restates restated restating'],
	['insert', 'insert inserts inserted inserting'],
	['insert', 'add adds added adding'],
	['insert', 'append appends appended appending'],
	['insert', 'include includes included including'],
	['insert', 'attach attaches attached attaching'],
	['supplement', 'supplement supplements supplemented supplementing'],
	['extend', 'extend extends extended extending'],
	['extend', 'renew renews renewed renewing'],
	['terminate', 'terminate terminates terminated terminating'],
	['terminate', 'suspend suspends suspended suspending'],
	['reinstate', 'reinstate reinstates reinstated reinstating'],
	['renumber', 'renumber renumbers renumbered renumbering'],
	['renumber', 're-number re-numbers re-numbered re-numbering'],
	['renumber', 'redesignate redesignates redesignated redesignating'],
	['renumber', 're-letter re-letters re-lettered re-lettering'],
	['change', 'change changes changed changing'],
	['change', 'increase increases increased increasing'],
	['change', 'decrease decreases decreased decreasing'],
	['change', 'reduce reduces reduced reducing'],
	['read', 'read reads read reading'],
];

export const VERBS: ReadonlyMap<string, VerbWord> = new Map(
	CONJUGATIONS.flatMap(([cls, words]) => {
		const forms: VerbForm[] = ['base', 'third', 'participle', 'gerund'];
		return words.split(' ').map((word, index): [string, VerbWord] => [word, { cls, form: forms[index] ?? 'base' }]);
	}).reverse(),
);

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

/** Phrases that the walk over a sentence knows, longest first within each. */
export const PHRASES: ReadonlyArray<readonly [name: PhraseName, words: string]> = [
	['entirely', 'in its entirety'],
	['entirely', 'in their entirety'],
	['entirely', 'in full'],
	['entirely', 'in whole'],
	['instead', 'in lieu thereof'],
	['instead', 'in lieu therefor'],
	['instead', 'in lieu of the foregoing'],
	['instead', 'in place thereof'],
	['instead', 'in its place'],
	['instead', 'in their place'],
	['instead', 'in its stead'],
	['instead', 'in their stead'],
	['instead', 'in substitution therefor'],
	['instead', 'in substitution thereof'],
	['instead', 'in replacement thereof'],
	['instead', 'therefor'],
	['instead', 'therefore'],
	['instead', 'thereof'],
	['insteadOf', 'in lieu of'],
	['insteadOf', 'in place of'],
	['insteadOf', 'in substitution for'],
	['insteadOf', 'instead of'],
	['follows', 'as follows'],
	['follows', 'as follow'],
	['follows', 'the following'],
	['follows', 'as set forth below'],
	['follows', 'as set out below'],
	['follows', 'which reads'],
	['follows', 'to read as follows'],
	['attached', 'attached hereto'],
	['attached', 'attached to this amendment'],
	['attached', 'as set forth in'],
	['attached', 'set forth on'],
	['read', 'to read'],
	['read', 'to be read'],
	['read', 'so that it reads'],
	['read', 'so as to read'],
	['read', 'such that it reads'],
	['read', 'shall read'],
	['read', 'shall now read'],
	['read', 'now reads'],
	['read', 'will read'],
	['read', 'shall be read'],
	['previously', 'previously read'],
	['previously', 'which previously read'],
	['previously', 'which reads'],
	['previously', 'currently reads'],
	['previously', 'which currently reads'],
	['toBe', 'to be'],
	['toBe', 'to mean'],
	['toBe', 'set at'],
	['end', 'at the end thereof'],
	['end', 'at the end'],
	['end', 'to the end'],
	['end', 'at the conclusion'],
	['start', 'at the beginning'],
	['start', 'to the beginning'],
	['after', 'immediately after'],
	['after', 'immediately following'],
	['after', 'directly after'],
	['after', 'after'],
	['after', 'following'],
	['before', 'immediately before'],
	['before', 'immediately preceding'],
	['before', 'immediately prior to'],
	['before', 'prior to'],
	['before', 'before'],
	['everywhere', 'all references'],
	['everywhere', 'all references in'],
	['everywhere', 'any reference'],
	['everywhere', 'any references'],
	['everywhere', 'each reference'],
	['everywhere', 'every reference'],
	['everywhere', 'all occurrences'],
	['everywhere', 'each occurrence'],
	['everywhere', 'every occurrence'],
	['everywhere', 'all instances'],
	['everywhere', 'each instance'],
	['everywhere', 'throughout'],
	['everywhere', 'wherever it appears'],
	['everywhere', 'wherever they appear'],
	['everywhere', 'each place it appears'],
	['everywhere', 'each time it appears'],
	['everywhere', 'in each place'],
	['everywhere', 'where it appears'],
	['such', 'such that'],
	['such', 'so that'],
	['provide', 'to provide'],
	['provide', 'to reflect'],
	['provide', 'to allow'],
	['provide', 'to permit'],
	['provide', 'to authorize'],
	['provide', 'to require'],
	['provide', 'to clarify'],
	['provide', 'to impose'],
	['provide', 'to grant'],
	['provide', 'to adapt'],
	['with', 'with'],
	['by', 'by'],
	['from', 'from'],
	['for', 'for'],
	['to', 'to'],
	['until', 'until'],
	['until', 'through'],
	['in', 'in'],
	['in', 'within'],
	['as', 'as a'],
	['as', 'as the'],
	['as', 'as'],
];

export type PhraseName =
	| 'entirely'
	| 'instead'
	| 'insteadOf'
	| 'follows'
	| 'attached'
	| 'read'
	| 'previously'
	| 'toBe'
	| 'end'
	| 'start'
	| 'after'
	| 'before'
	| 'everywhere'
	| 'such'
	| 'provide'
	| 'with'
	| 'by'
	| 'from'
	| 'for'
	| 'to'
	| 'until'
	| 'in'
	| 'as';

/** What makes an instruction a human's business, and the reason to tell. */
export const HAZARDS: ReadonlyArray<readonly [RegExp, string]> = [
	[/\bmutatis mutandis\b/i, 'It applies "mutatis mutandis": what exactly changes has to be decided by a person.'],
	[
		/\b(?:conforming changes?|corresponding changes?|consequential changes?)\b/i,
		'It asks for conforming changes without naming them.',
	],
	[
		/\b(?:as|where|if|to the extent) (?:needed|necessary|appropriate|applicable|required)\b/i,
		'It leaves open what has to change ("as needed").',
	],
	[
		/\b(?:other than|except for|except that|with the exception of|excluding|save for|but not)\b/i,
		'It makes an exception that has to be read by a person.',
	],
	[
		/\b(?:provided,? (?:however,? )?that|subject to|conditional upon|conditioned upon|in the event|if and when|unless and until)\b/i,
		'It stands under a condition.',
	],
	[
		/\b(?:similar|comparable|analogous) (?:changes?|provisions?|references?)\b/i,
		'It speaks of similar provisions without naming them.',
	],
];
export const SCOPES =
	/\b(?:solely|only|exclusively) (?:with respect to|as to|in respect of|in relation to|in connection with|as it relates to|as they relate to|for purposes of|for the purposes of|for|to the extent of)\s|\bapplies? (?:solely|only) to\s|\bshall apply (?:solely|only) (?:to|with respect to)\s|\bwith respect (?:solely|only) to\s/i;
