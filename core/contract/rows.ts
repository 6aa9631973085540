import type { Span, TermExtractor } from '../model';
import { longestIncreasing } from './sequence';
import type { ClauseNode, ContractTree } from './tree';

/** A row as matched: by key, wherever it stands. */
export interface TableRow {
	key: string;
	/** Name of the table: the heading it stands under. */
	table: string;
	node: ClauseNode;
	cells: Record<string, string>;
	span: Span;
	position: number;
}

export interface RowMatch {
	before?: TableRow;
	after?: TableRow;
	moved: boolean;
}

/** Header names that differ in case or blanks only are one column. */
export function columnId(name: string): string {
	return name
		.toLowerCase()
		.replace(/[\s:*]+/g, ' ')
		.trim();
}

/** Keys that differ in case, blanks or a closing full stop are one; `1.1` and `11` stay two. */
export function rowId(key: string): string {
	return key
		.toLowerCase()
		.split(/\s+/)
		.map((word) => word.replace(/[.,;]+$/, ''))
		.filter((word) => word !== '')
		.join(' ');
}

/** Name of the table that a node holds: its heading, however far up. */
export function tableName(node: ClauseNode): string {
	return node.path.at(-1) ?? node.table?.columns.join(', ') ?? '';
}

function declaredKey(node: ClauseNode, columns: string[], extractors: TermExtractor[]): number {
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

function isUnique(tables: ClauseNode[], column: number): boolean {
	const seen = new Set<string>();
	for (const node of tables) {
		for (const row of node.table?.rows ?? []) {
			const id = rowId(row[column] ?? '');
			if (id === '' || seen.has(id)) return false;
			seen.add(id);
		}
	}
	return true;
}

/** The declared key column; else the first whose values are unique and non-empty in both versions; else the first. */
function keyColumn(before: ClauseNode[], after: ClauseNode[], extractors: TermExtractor[]): number {
	const first = before[0] ?? after[0];
	const columns = first?.table?.columns ?? [];
	for (const node of [...before, ...after]) {
		const declared = declaredKey(node, columns, extractors);
		if (declared >= 0) return declared;
	}
	const found = columns.findIndex((_, column) => isUnique(before, column) && isUnique(after, column));
	return Math.max(found, 0);
}

function familyOf(node: ClauseNode): string {
	return (node.table?.columns ?? []).map(columnId).join('\u0000');
}

function rowsOf(tables: ClauseNode[], column: number): TableRow[] {
	const rows: TableRow[] = [];
	for (const node of tables) {
		const { columns = [], rows: cells = [], spans = [] } = node.table ?? {};
		cells.forEach((row, index) => {
			rows.push({
				key: row[column] ?? '',
				table: tableName(node),
				node,
				// fromEntries defines own properties, so a header named __proto__ is a header like any other.
				cells: Object.fromEntries(columns.map((name, at) => [name, row[at] ?? ''])),
				span: spans[index] ?? node.span,
				position: rows.length,
			});
		});
	}
	return rows;
}

function sameCells(a: TableRow, b: TableRow): boolean {
	const left = Object.values(a.cells);
	const right = Object.values(b.cells);
	return left.length === right.length && left.every((cell, index) => cell === right[index]);
}

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

	rest(): TableRow[] {
		return this.#rows.slice(this.#head);
	}
}

function queues(rows: TableRow[]): Map<string, RowQueue> {
	const byKey = new Map<string, RowQueue>();
	for (const row of rows) {
		const queue = byKey.get(rowId(row.key)) ?? new RowQueue();
		byKey.set(rowId(row.key), queue);
		queue.add(row);
	}
	return byKey;
}

/** Pairs rows of one key: equal ones first, then in order. */
function pairRows(before: TableRow[], after: TableRow[], byTable: (row: TableRow) => number): RowMatch[] {
	const waiting = queues(after);
	const matches = new Map<TableRow, TableRow>();
	const take = (row: TableRow, accept: (candidate: TableRow) => boolean): void => {
		const match = waiting.get(rowId(row.key))?.take(accept);
		if (match) matches.set(row, match);
	};
	for (const row of before)
		take(row, (candidate) => sameCells(row, candidate) && byTable(row) === candidate.node.index);
	for (const row of before) if (!matches.has(row)) take(row, (candidate) => sameCells(row, candidate));
	for (const row of before) if (!matches.has(row)) take(row, () => true);
	const paired = before.filter((row) => matches.has(row));
	const stayed = new Set(longestIncreasing(paired.map((row) => matches.get(row)?.position ?? 0)));
	const inOrder = new Set(paired.filter((_, index) => stayed.has(index)));
	const found: RowMatch[] = before.map((row) => {
		const match = matches.get(row);
		return match
			? { before: row, after: match, moved: !inOrder.has(row) || tableChanged(row, match, byTable) }
			: { before: row, moved: false };
	});
	for (const queue of waiting.values()) for (const row of queue.rest()) found.push({ after: row, moved: false });
	return found;
}

function tableChanged(row: TableRow, match: TableRow, byTable: (row: TableRow) => number): boolean {
	const expected = byTable(row);
	return expected >= 0 && expected !== match.node.index;
}

/**
 * Matches the rows of all tables of two versions by key. Tables of one header are one family, so that a table split in
 * two keeps its rows; a table whose columns changed is matched with its partner.
 * @param partnerOf index of the table in `after` that a table of `before` became, -1 if none
 */
export function matchRows(
	before: ContractTree,
	after: ContractTree,
	partnerOf: (node: ClauseNode) => number,
	extractors: TermExtractor[],
): RowMatch[] {
	const families = new Map<string, { before: ClauseNode[]; after: ClauseNode[] }>();
	const family = (name: string): { before: ClauseNode[]; after: ClauseNode[] } => {
		const known = families.get(name) ?? { before: [], after: [] };
		families.set(name, known);
		return known;
	};
	const afterFamilies = new Set(after.nodes.filter((node) => node.table).map(familyOf));
	for (const node of after.nodes) if (node.table) family(familyOf(node)).after.push(node);
	for (const node of before.nodes) {
		if (!node.table) continue;
		const partner = after.nodes[partnerOf(node)];
		const own = familyOf(node);
		family(!afterFamilies.has(own) && partner?.table ? familyOf(partner) : own).before.push(node);
	}
	return [...families.values()].flatMap((tables) => {
		const column = keyColumn(tables.before, tables.after, extractors);
		return pairRows(rowsOf(tables.before, column), rowsOf(tables.after, column), (row) => partnerOf(row.node));
	});
}
