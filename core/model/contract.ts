/** Formats a contract's text is kept and compared in. */
export type DocumentFormat = 'markdown' | 'text';

/** Formats a contract can arrive in. What is neither Markdown nor plain text is rendered as Markdown first. */
export type SourceFormat = DocumentFormat | 'html' | 'docx' | 'pdf' | 'json';

/** A document as the ledger keeps it: by the SHA-256 of its UTF-8 text. */
export interface ContractDocument {
	sha256: string;
	format: DocumentFormat;
	text: string;
	/** What it was rendered from, where that was something else. */
	source?: { format: SourceFormat; sha256: string };
}

/** What is known of a contract besides its text; policies match on these as `contract.<name>`. */
export interface ContractHeader {
	id: string;
	title?: string;
	/** e.g. `services`, `nda`. */
	kind?: string;
	/** e.g. `active`, `terminated`. */
	status?: string;
	/** Further flat attributes (project, counterparty, owner …). */
	attributes?: Record<string, string | number | boolean>;
}

export type ChangeKind = 'field' | 'clause' | 'row' | 'definition' | 'party' | 'lifecycle';

/** What happened to a clause or row; several at once where true (moved and modified is one change). */
export type ChangeOp = 'added' | 'removed' | 'modified' | 'moved' | 'renumbered' | 'split' | 'merged' | 'formatting';

export interface InlinePart {
	op: '=' | '-' | '+';
	t: string;
}

export interface ClauseRef {
	/** Stable key of the clause in each version (independent of its number); absent where the clause does not exist. */
	keyBefore?: string;
	keyAfter?: string;
	/** The number a reader sees, e.g. `4.2` or `Schedule A`. */
	numberBefore?: string;
	numberAfter?: string;
	heading?: string;
	/** Headings from the root to the clause's parent. */
	path: string[];
}

/** Half-open range of UTF-16 offsets into the version's text. */
export interface Span {
	start: number;
	end: number;
}

/** Effect of a term's change on access. */
export type TermEffect = 'widening' | 'narrowing' | 'neutral';

export interface Effective {
	/** When we learnt of it (ISO instant). */
	knownAt: string;
	/** From when it holds (ISO instant). */
	from: string;
	until?: string;
	retroactive: boolean;
	/** Where `from` comes from. */
	basis: 'stated' | 'signature' | 'event' | 'unstated';
	/** The words it was read from. */
	quote?: Quote;
}

export interface ContractChange {
	/** Derived from content: the same difference has the same id on every machine. */
	id: string;
	kind: ChangeKind;
	op: ChangeOp[];
	clause?: ClauseRef;
	/** A cell of a row, or a field of a record. `path` is `[row key, column]` for rows. */
	field?: { path: string[]; from?: string; to?: string; type: 'text' | 'number' | 'date' };
	/** Cells of a row by column, for row changes. */
	row?: { key: string; table: string; before?: Record<string, string>; after?: Record<string, string> };
	text?: { before?: string; after?: string; inline?: InlinePart[] };
	/** Evidence: where in each version. */
	span?: { before?: Span; after?: Span };
	/** Cross-references of the clause that lead nowhere now, or that were changed to follow a renumbering. */
	refs?: { broken: string[]; retargeted: Array<{ from: string; to: string }> };
	/** Defined terms that changed elsewhere and reach this clause, whose own text may have stayed. */
	termsReached?: string[];
	/** Where it differs from that of the change set. */
	effective?: Effective;
	/** To whom or what an amendment limits it, in its own words. It is not applied to everyone then. */
	scope?: string;
	/** Author of a tracked change. */
	author?: string;
	origin: 'diff' | 'tracked' | 'instruction' | 'record';
	/** 0..1; 1 where the match was exact. */
	confidence: number;
	needsHuman?: { reason: string };
}

export type TermValue =
	| { type: 'number'; value: number }
	| { type: 'date'; value: string }
	| { type: 'text'; value: string }
	| { type: 'table'; columns: string[]; rows: Array<Record<string, string>> };

/** Where a value was read: enough for an auditor to find it again. */
export interface Quote {
	clause: string;
	text: string;
	span: Span;
}

/** A term as read from one version. Exactly one of `value` and `problem` is present. */
export interface Term {
	name: string;
	value?: TermValue;
	quote?: Quote;
	problem?: string;
}

export interface TermChange {
	name: string;
	before?: Term;
	after?: Term;
	changed: boolean;
	effect: TermEffect;
}

/** What to read from a contract (policy document, `terms:`). */
export interface TermExtractor {
	type: 'number' | 'date' | 'text' | 'table';
	/** Heading of the clause or definition that holds the value. */
	clause?: string;
	/** Heading of the schedule that holds the table. */
	schedule?: string;
	/** Column that identifies a row. */
	key?: string;
}

export interface ContractChangeSet {
	schema: 'contract-change/1';
	contract: { id: string; title: string; parties: string[] };
	before: { sha256: string; format: DocumentFormat } | null;
	after: { sha256: string; format: DocumentFormat };
	amendment?: { id?: string; title?: string; number?: string; signedAt?: string; effective?: Effective };
	effective: Effective;
	changes: ContractChange[];
	terms: TermChange[];
	unresolved: string[];
	warnings: string[];
	stats: Record<ChangeOp | 'clausesBefore' | 'clausesAfter', number>;
}
