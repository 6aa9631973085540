/** Verbs of amending, in all their forms. Lower case. */
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
	['amend', 'vary varies varied varying'],
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
	['renumber', 'reletter reletters relettered relettering'],
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
