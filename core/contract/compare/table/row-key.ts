import type { TermExtractor } from '../../../model';
import type { ClauseNode } from '../../tree';
import { columnId, rowId } from './names';
import type { ColumnMatch } from './columns';

/** Columns of both versions that tell rows apart, one pair or several. */
export interface RowKey {
	before: number[];
	after: number[];
}

/** More columns than these are not tried together: a key of four columns is no key. */
const MOST_COMPOSED = 3;
const COLUMNS_TRIED = 8;
/** Share of different values from which a column identifies rows, but for a few repetitions. */
const NEARLY_UNIQUE = 0.75;

function declaredKey(node: ClauseNode, columns: readonly string[], extractors: TermExtractor[]): number {
	const path = node.path.map((name) => name.toLowerCase());
	for (const extractor of extractors) {
		if (extractor.type !== 'table' || extractor.key === undefined) continue;
		const wanted = extractor.schedule?.toLowerCase() ?? extractor.clause?.toLowerCase();
		if (wanted !== undefined && !path.some((name) => name.includes(wanted))) continue;
		const at = columns.findIndex((column) => columnId(column) === columnId(extractor.key ?? ''));
		if (at >= 0) return at;
	}
	return -1;
}

/** A key as a reader would cite it. */
export function keyOf(parts: readonly string[]): string {
	return parts.length === 1 ? (parts[0] ?? '') : parts.filter((cell) => cell !== '').join(' / ');
}

/** How well columns tell the rows of tables apart; the ids of a column are read once, however many choices it is part of. */
class Uniqueness {
	readonly #ids = new Map<number, string[][]>();

	constructor(private readonly tables: readonly ClauseNode[]) {}

	/** Share of rows that the columns tell apart in the worst table, 0 where a first value is empty. */
	of(columns: readonly number[]): number {
		const ids = columns.map((column) => this.#idsOf(column));
		if (ids[0]?.some((rows) => rows.includes('')) === true) return 0;
		let worst = 1;
		for (let table = 0; table < this.tables.length; table++) {
			const [first = [], ...others] = ids.map((each) => each[table] ?? []);
			const seen = new Set(others.length === 0 ? first : first.map((id, row) => composed(id, others, row)));
			if (first.length > 0) worst = Math.min(worst, seen.size / first.length);
		}
		return worst;
	}

	#idsOf(column: number): string[][] {
		const known = this.#ids.get(column);
		if (known) return known;
		const ids = this.tables.map(({ table }) => (table?.rows ?? []).map((row) => rowId(row[column] ?? '')));
		this.#ids.set(column, ids);
		return ids;
	}
}

function composed(id: string, others: readonly string[][], row: number): string {
	let key = id;
	for (const ids of others) key += `\u0000${ids[row] ?? ''}`;
	return key;
}

/** All choices of `count` among `items`, in order. */
function* choices<Item>(items: readonly Item[], count: number, from = 0): Generator<Item[]> {
	if (count === 0) {
		yield [];
		return;
	}
	for (let at = from; at <= items.length - count; at++) {
		const item = items[at];
		if (item !== undefined) for (const rest of choices(items, count - 1, at + 1)) yield [item, ...rest];
	}
}

/**
 * The declared key column; else the first whose values are unique, or nearly, and filled in every table of both
 * versions; else the first two or three columns that are so together; else the first column.
 */
export function findRowKey(
	before: readonly ClauseNode[],
	after: readonly ClauseNode[],
	match: ColumnMatch,
	extractors: TermExtractor[],
): RowKey {
	const sideOf = (pair: { before: number; after: number }): RowKey => ({ before: [pair.before], after: [pair.after] });
	for (const node of [...after, ...before]) {
		const own = after.includes(node);
		const declared = declaredKey(node, node.table?.columns ?? [], extractors);
		const pair = match.pairs.find((each) => (own ? each.after : each.before) === declared);
		if (declared >= 0 && pair) return sideOf(pair);
	}
	const tried = match.pairs.slice(0, COLUMNS_TRIED);
	const [old, now] = [new Uniqueness(before), new Uniqueness(after)];
	const tells = (key: RowKey): number => {
		const share = old.of(key.before);
		return share === 0 ? 0 : Math.min(share, now.of(key.after));
	};
	for (let count = 1; count <= MOST_COMPOSED; count++) {
		const keys = [...choices(tried, count)].map((chosen) => ({
			before: chosen.map((pair) => pair.before),
			after: chosen.map((pair) => pair.after),
		}));
		const unique =
			keys.find((key) => tells(key) === 1) ?? keys.find((key) => count === 1 && tells(key) >= NEARLY_UNIQUE);
		if (unique) return unique;
	}
	return sideOf(match.pairs[0] ?? { before: 0, after: 0 });
}
