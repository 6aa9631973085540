import { contentHash } from '../model';

/** A row of a snapshot by its column names. */
export type SnapshotRow = Readonly<Record<string, unknown>>;

export interface KeyedRow {
	key: string;
	/** Hash of the content: the same content is the same row, whatever the order of its columns. */
	hash: string;
	row: SnapshotRow;
}

/** A row that cannot be told apart from others. */
export interface RowProblem {
	code: 'KEY_MISSING' | 'KEY_TWICE';
	/** Number of the row, from 1. */
	rowNumber: number;
	key?: string;
	/** Hash of its content. */
	hash: string;
}

const MAX_KEY_CHARACTERS = 200;

/** Rows by key as they come in, in any number; what is not unique is set apart. */
export class SnapshotReader {
	readonly #rows = new Map<string, KeyedRow>();
	readonly #twice = new Set<string>();
	readonly problems: RowProblem[] = [];
	#count = 0;

	constructor(readonly keyColumn: string) {}

	add(row: SnapshotRow): void {
		this.#count += 1;
		const key = keyOf(row, this.keyColumn);
		if (key === undefined) {
			this.problems.push({ code: 'KEY_MISSING', rowNumber: this.#count, hash: contentHash(row) });
			return;
		}
		const keyed = { key, hash: contentHash(row), row };
		const before = this.#rows.get(key);
		// The same row twice is a slip of the sender, two rows under one key are a question.
		if (before?.hash === keyed.hash) return;
		if (before || this.#twice.has(key)) {
			this.#rows.delete(key);
			this.#twice.add(key);
			this.problems.push({ code: 'KEY_TWICE', rowNumber: this.#count, key, hash: keyed.hash });
			return;
		}
		this.#rows.set(key, keyed);
	}

	/** Rows as they came, usable or not: what guards compare. */
	get count(): number {
		return this.#count;
	}

	get rows(): readonly KeyedRow[] {
		return [...this.#rows.values()];
	}

	/** Keys that came twice with different content: nothing is concluded about them. */
	get unclear(): ReadonlySet<string> {
		return this.#twice;
	}
}

function keyOf(row: SnapshotRow, column: string): string | undefined {
	const value = Object.hasOwn(row, column) ? row[column] : undefined;
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const key = String(value).trim();
	return key === '' || key.length > MAX_KEY_CHARACTERS ? undefined : key;
}

export interface SnapshotDifference<Known extends KeyedRow = KeyedRow> {
	added: KeyedRow[];
	changed: Array<{ before: Known; after: KeyedRow }>;
	vanished: Known[];
	unchanged: number;
}

/** What is different between two snapshots. Of unclear keys nothing is concluded: they stay as they were. */
export function compareSnapshots<Known extends KeyedRow>(
	before: readonly Known[],
	after: readonly KeyedRow[],
	unclear: ReadonlySet<string> = new Set(),
): SnapshotDifference<Known> {
	const known = new Map(before.map((row) => [row.key, row]));
	const difference: SnapshotDifference<Known> = { added: [], changed: [], vanished: [], unchanged: 0 };
	const seen = new Set<string>();
	for (const row of after) {
		seen.add(row.key);
		const old = known.get(row.key);
		if (!old) difference.added.push(row);
		else if (old.hash === row.hash) difference.unchanged += 1;
		else difference.changed.push({ before: old, after: row });
	}
	for (const row of before) if (!seen.has(row.key) && !unclear.has(row.key)) difference.vanished.push(row);
	return difference;
}

/** One hash for a whole snapshot, whatever the order of its rows. */
export function snapshotHash(rows: readonly KeyedRow[]): string {
	return contentHash(rows.map(({ key, hash }) => [key, hash]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1)));
}
