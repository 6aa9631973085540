import type { ClauseNode } from '../../tree';
import { columnId, rowId } from './names';

/** Which columns of two headers are the same column. */
export interface ColumnMatch {
	/** By place in each header, in the order of the earlier one. */
	pairs: Array<{ before: number; after: number }>;
	removed: number[];
	added: number[];
}

/** Share of values that two columns of different names must have in common to be one. */
const ALIKE = 0.5;
/** Values looked at: enough to know a column by. */
const SAMPLE = 400;

function values(tables: readonly ClauseNode[], column: number): Set<string> {
	const found = new Set<string>();
	for (const { table } of tables) {
		for (const row of table?.rows ?? []) {
			const value = rowId(row[column] ?? '');
			if (value !== '') found.add(value);
			if (found.size >= SAMPLE) return found;
		}
	}
	return found;
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
	if (a.size === 0 || b.size === 0) return 0;
	let shared = 0;
	for (const value of a) if (b.has(value)) shared++;
	return shared / Math.min(a.size, b.size);
}

function headerOf(tables: readonly ClauseNode[]): string[] {
	return tables[0]?.table?.columns ?? [];
}

/** Pairs columns of other names by what stands in them; the one that is left over on each side is taken for renamed. */
function pairByContent(
	before: readonly ClauseNode[],
	after: readonly ClauseNode[],
	match: ColumnMatch,
	sameWidth: boolean,
): void {
	const old = match.removed.map((column) => ({ column, values: values(before, column) }));
	const now = match.added.map((column) => ({ column, values: values(after, column) }));
	const scored = old.flatMap((left) =>
		now.map((right) => ({ left: left.column, right: right.column, score: overlap(left.values, right.values) })),
	);
	scored.sort((x, y) => y.score - x.score || x.left - y.left || x.right - y.right);
	for (const { left, right, score } of scored) {
		const alone = match.removed.length === 1 && match.added.length === 1 && sameWidth && left === right;
		if (score < ALIKE && !alone) continue;
		if (!match.removed.includes(left) || !match.added.includes(right)) continue;
		match.pairs.push({ before: left, after: right });
		match.removed = match.removed.filter((column) => column !== left);
		match.added = match.added.filter((column) => column !== right);
	}
}

/** Matches the columns of tables of one header with those of another: by name, then by their values. */
export function matchColumns(before: readonly ClauseNode[], after: readonly ClauseNode[]): ColumnMatch {
	const [old, now] = [headerOf(before), headerOf(after)];
	const places = new Map(now.map((name, index) => [columnId(name), index]));
	const match: ColumnMatch = { pairs: [], removed: [], added: [] };
	const taken = new Set<number>();
	old.forEach((name, index) => {
		const place = places.get(columnId(name));
		if (place === undefined || taken.has(place)) match.removed.push(index);
		else {
			taken.add(place);
			match.pairs.push({ before: index, after: place });
		}
	});
	match.added = now.map((_, index) => index).filter((index) => !taken.has(index));
	if (match.removed.length > 0 && match.added.length > 0)
		pairByContent(before, after, match, old.length === now.length);
	match.pairs.sort((x, y) => x.before - y.before);
	return match;
}
