import type { AttributeValue } from '../../model';

/** What a cell of a dimension says where the attribute is not known. */
export const NOT_KNOWN = '(not known)';

export interface MatrixPerson {
	id: string;
	/** Shown instead of the id. */
	name?: string;
	/** As evaluation sees them: by declared name, aliases applied. */
	attributes: Readonly<Record<string, AttributeValue>>;
}

export interface MatrixOptions {
	/** Attributes whose values make the rows, e.g. title, department, employmentType. */
	dimensions: readonly string[];
	/** The population: its values make rows too, and each row says how many people have it. */
	people?: Iterable<MatrixPerson>;
	/** `all` (default): every combination of values. `people`: only those that somebody has. */
	combinations?: 'all' | 'people';
	/** Rows beyond this are refused. */
	maxRows?: number;
}

/** One way in which a row earns an entitlement. */
export interface MatrixReason {
	rule: string;
	/** Role through which it comes. */
	role?: string;
	/** What the rule asks besides the dimensions, in words; empty where the row alone decides. */
	also: readonly string[];
}

export interface MatrixCell {
	entitlement: string;
	/** True where everybody of the row has it; false where it depends on more. */
	certain: boolean;
	reasons: readonly MatrixReason[];
	/** Rules that take it away again, if they hold. */
	unless: readonly string[];
}

export interface MatrixRow {
	/** A value for each dimension; undefined where the attribute is not known. */
	values: readonly (string | undefined)[];
	/** By entitlement, in the order of the matrix. */
	cells: readonly MatrixCell[];
	/** How many people have these values; absent where no population was given. */
	people?: number;
}

export interface AccessMatrix {
	policy: string;
	hash: string;
	dimensions: readonly string[];
	/** Everything that some row earns, sorted. */
	entitlements: readonly string[];
	rows: readonly MatrixRow[];
	/** People whom no rule gives anything. */
	unreached: readonly { person: string; values: readonly (string | undefined)[] }[];
	/** Combinations that earn something and that nobody has. */
	nobody: number;
}
