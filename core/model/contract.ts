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

export type FieldType = 'text' | 'number' | 'date' | 'money' | 'percent' | 'duration' | 'boolean';

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
	/**
	 * A cell of a row, or a field of a record. `path` is `[row key, column]` for rows, `['column', name]` for a column. The
	 * type says what `from` and `to` are, both in their own notation; `text` where they are of two kinds.
	 */
	field?: { path: string[]; from?: string; to?: string; type: FieldType };
	/** Cells of a row by column, for row changes. */
	row?: { key: string; table: string; before?: Record<string, string>; after?: Record<string, string> };
	text?: { before?: string; after?: string; inline?: InlinePart[] };
	/** Evidence: where in each version. */
	span?: { before?: Span; after?: Span };
	/** Cross-references of the clause that lead nowhere now, or that were changed to follow a renumbering. */
	refs?: { broken: string[]; retargeted: Array<{ from: string; to: string }> };
	/** For a definition: the clauses that use the term and whose own text stayed, by number and heading. */
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

/** A person whom a contract names in prose. */
export interface TermPerson {
	name?: string;
	email?: string;
}

/** One step from the words of a contract to a date, for people who check it. */
export interface DateDerivation {
	/** e.g. `Effective Date: 2026-01-15`, `3 years from 2026-01-15, last day: 2029-01-14`. */
	says: string;
	quote?: Quote;
}

/** How a contract goes on by itself. Durations are ISO 8601, dates are last days. */
export interface TermRenewal {
	every?: string;
	notice?: string;
	/** The notice is counted in business days: which day it ends on depends on a calendar of holidays. */
	noticeInBusinessDays?: true;
	/** Last day for notice against the next renewal. */
	noticeBy?: string;
	/** Last day of the next term. */
	next?: string;
}

export type TermValue =
	/** `bound`: the contract names a floor ("at least") rather than a figure. */
	| { type: 'number'; value: number; bound?: 'least' }
	/** ISO date; where it ends something, its last day. */
	| { type: 'date'; value: string; derivation?: DateDerivation[]; renewal?: TermRenewal }
	| { type: 'text'; value: string }
	/** In the contract's order, each entry once. */
	| { type: 'list'; value: string[] }
	/** ISO 8601, e.g. `P90D`, `P1Y6M`. Business days are written as days and marked. */
	| { type: 'duration'; value: string; businessDays?: true }
	/** `currency`: ISO 4217 code, or the sign as written (`$`) where the contract does not say whose it is. */
	| { type: 'money'; value: number; currency: string; /** Period that it is paid for, e.g. `month`. */ per?: string }
	/** 19 for 19 %. */
	| { type: 'percent'; value: number }
	| { type: 'boolean'; value: boolean }
	| { type: 'people'; value: TermPerson[] }
	| { type: 'table'; columns: string[]; rows: Array<Record<string, string>> };

export type TermType = TermValue['type'];

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
	/** The values cannot be compared, or contradict themselves. */
	needsHuman?: { reason: string };
}

/** What to read from a contract (policy document, `terms:`). */
export interface TermExtractor {
	type: TermType;
	/** Heading, number or defined term of the clause that holds the value. */
	clause?: string;
	/** Defined term whose definition holds the value; headings of that name do not count. */
	definition?: string;
	/** Heading of the schedule that holds the value. */
	schedule?: string;
	/** Column that identifies a row. */
	key?: string;
	/** Columns to read: of a table the ones to keep, of a list the one that holds the entries. */
	columns?: string[];
	/** Words that stand beside the value: of several in the clause, the one nearest to them counts. */
	near?: string;
	/** Which of several values counts; without it they have to agree. */
	which?: 'first' | 'last' | 'only';
	/** Which day of a term a date is: its end (the default), its beginning, the last day for notice, the end of the next term. */
	day?: 'end' | 'start' | 'notice' | 'next';
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
