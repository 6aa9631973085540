import type { ColumnMatch } from './columns';
import { rowId } from './names';
import type { RowMatch, TableRow } from './rows';

/** Rows of one key that still wait for a partner. A key of thousands of rows is searched near its head only. */
class RowQueue {
	static readonly #reach = 64;
	readonly #rows: TableRow[] = [];
	#head = 0;

	add(row: TableRow): void {
		this.#rows.push(row);
	}

	take(accept: (row: TableRow) => boolean): TableRow | undefined {
		const end = Math.min(this.#rows.length, this.#head + RowQueue.#reach);
		for (let at = this.#head; at < end; at++) {
			const row = this.#rows[at];
			if (!row || !accept(row)) continue;
			this.#rows.copyWithin(this.#head + 1, this.#head, at);
			this.#head++;
			return row;
		}
		return undefined;
	}
}

function queues(rows: TableRow[]): Map<string, RowQueue> {
	const byKey = new Map<string, RowQueue>();
	for (const row of rows) {
		const queue = byKey.get(row.id) ?? new RowQueue();
		byKey.set(row.id, queue);
		queue.add(row);
	}
	return byKey;
}

function sameCells(a: TableRow, b: TableRow, columns: ColumnMatch): boolean {
	return columns.pairs.every(({ before, after }) => a.values[before] === b.values[after]);
}

/**
 * Pairs rows of one key: in the table that became of theirs first, equal ones before others, then in any table.
 * @param tableOf index of the later table that the row's table became, -1 if none
 */
export function pairRows(
	before: TableRow[],
	after: TableRow[],
	columns: ColumnMatch,
	tableOf: (row: TableRow) => number,
): RowMatch[] {
	const waiting = queues(after);
	const matches = new Map<TableRow, TableRow>();
	const passes: Array<(row: TableRow, candidate: TableRow) => boolean> = [
		(row, candidate) => tableOf(row) === candidate.node.index && sameCells(row, candidate, columns),
		(row, candidate) => tableOf(row) === candidate.node.index,
		(row, candidate) => sameCells(row, candidate, columns),
		() => true,
	];
	for (const accept of passes) {
		for (const row of before) {
			if (matches.has(row)) continue;
			const match = waiting.get(row.id)?.take((candidate) => accept(row, candidate));
			if (match) matches.set(row, match);
		}
	}
	pairByPart(before, after, matches);
	const stayed = keptPlaces(before, matches, tableOf);
	const found = before.map((row): RowMatch => {
		const match = matches.get(row);
		return match
			? { before: row, after: match, moved: !stayed.has(row), columns }
			: { before: row, moved: false, columns };
	});
	const told = new Set(matches.values());
	for (const row of after) if (!told.has(row)) found.push({ after: row, moved: false, columns });
	return found;
}

/** Of composed keys one part may have been edited: rows that share another part, and that alone, are one row. */
function pairByPart(before: TableRow[], after: TableRow[], matches: Map<TableRow, TableRow>): void {
	const parts = before[0]?.keyParts.length ?? 0;
	for (let part = 0; parts > 1 && part < parts; part++) {
		const told = new Set(matches.values());
		const only = (rows: TableRow[]): Map<string, TableRow | null> => {
			const found = new Map<string, TableRow | null>();
			for (const row of rows) {
				const id = rowId(row.keyParts[part] ?? '');
				if (id !== '') found.set(id, found.has(id) ? null : row);
			}
			return found;
		};
		const now = only(after.filter((row) => !told.has(row)));
		for (const [id, row] of only(before.filter((each) => !matches.has(each)))) {
			const match = now.get(id);
			if (row && match) matches.set(row, match);
		}
	}
}

/**
 * Rows that kept their table: in which order they stand there says nothing. A table that was split, or put together
 * with another, took its rows along; only a row that went to a table with a past of its own moved there.
 */
function keptPlaces(
	before: TableRow[],
	matches: ReadonlyMap<TableRow, TableRow>,
	tableOf: (row: TableRow) => number,
): Set<TableRow> {
	const groups = new Map<string, TableRow[]>();
	const heirs = new Set<number>();
	for (const row of before) {
		heirs.add(tableOf(row));
		const match = matches.get(row);
		if (!match) continue;
		const name = `${row.node.index} ${match.node.index}`;
		const group = groups.get(name);
		if (group) group.push(row);
		else groups.set(name, [row]);
	}
	const kept = new Set<TableRow>();
	for (const group of groups.values()) {
		const [first] = group;
		const to = first && matches.get(first)?.node.index;
		if (!first || to === undefined) continue;
		const elsewhere = tableOf(first) >= 0 && tableOf(first) !== to && heirs.has(to);
		if (elsewhere) continue;
		for (const row of group) kept.add(row);
	}
	return kept;
}
