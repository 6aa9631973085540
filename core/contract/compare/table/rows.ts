import type { Span, TermExtractor } from '../../../model';
import type { ClauseNode, ContractTree } from '../../tree';
import { matchColumns, type ColumnMatch } from './columns';
import { columnId, rowId } from './names';
import { findRowKey, keyOf } from './row-key';
import { pairRows } from './row-pairs';

/** A row as matched: by key, wherever it stands. */
export interface TableRow {
	key: string;
	/** What the key is compared by. */
	id: string;
	/** The values that make up the key. */
	keyParts: string[];
	/** Name of the table: the heading it stands under. */
	table: string;
	node: ClauseNode;
	/** Cells in the order of the table's own columns. */
	values: string[];
	span: Span;
	position: number;
}

export interface RowMatch {
	before?: TableRow;
	after?: TableRow;
	moved: boolean;
	columns: ColumnMatch;
}

/** Tables of one header on each side, with what became of columns and rows. */
export interface TableFamily {
	before: ClauseNode[];
	after: ClauseNode[];
	columns: ColumnMatch;
	rows: RowMatch[];
}

/** Name of the table that a node holds: its heading, however far up. */
export function tableName(node: ClauseNode): string {
	return node.path.at(-1) ?? node.table?.columns.join(', ') ?? '';
}

function header(node: ClauseNode): string {
	return (node.table?.columns ?? []).map(columnId).join('\u0000');
}

function rowsOf(tables: ClauseNode[], key: number[]): TableRow[] {
	const rows: TableRow[] = [];
	for (const node of tables) {
		const { rows: cells = [], spans = [] } = node.table ?? {};
		const table = tableName(node);
		cells.forEach((values, index) => {
			const keyParts = key.map((column) => values[column] ?? '');
			const span = spans[index] ?? node.span;
			const name = keyOf(keyParts);
			rows.push({ key: name, id: rowId(name), keyParts, table, node, values, span, position: rows.length });
		});
	}
	return rows;
}

/**
 * Matches the rows of all tables of two versions by key. Tables of one header are one family, so that a table split in
 * two keeps its rows; a table whose columns changed is matched with its partner.
 * @param partnerOf index of the table in `after` that a table of `before` became, -1 if none
 */
export function matchTables(
	before: ContractTree,
	after: ContractTree,
	partnerOf: (node: ClauseNode) => number,
	extractors: TermExtractor[],
): TableFamily[] {
	return families(before, after, partnerOf).map((tables) => {
		const known = tables.before.length > 0 && tables.after.length > 0;
		const columns = known ? matchColumns(tables.before, tables.after) : sameColumns(tables);
		const key = findRowKey(tables.before, tables.after, columns, extractors);
		const rows = pairRows(rowsOf(tables.before, key.before), rowsOf(tables.after, key.after), columns, (row) =>
			partnerOf(row.node),
		);
		return { ...tables, columns, rows };
	});
}

/** Of tables that only one version has, every column is its own. */
function sameColumns({ before, after }: { before: ClauseNode[]; after: ClauseNode[] }): ColumnMatch {
	const width = (before[0] ?? after[0])?.table?.columns.length ?? 0;
	const pairs = Array.from({ length: width }, (_, index) => ({ before: index, after: index }));
	return { pairs, removed: [], added: [] };
}

/** Families in document order: by the header of both, and by partner where the header changed. */
function families(
	before: ContractTree,
	after: ContractTree,
	partnerOf: (node: ClauseNode) => number,
): Array<{ before: ClauseNode[]; after: ClauseNode[] }> {
	const found = new Map<string, { before: ClauseNode[]; after: ClauseNode[] }>();
	const family = (name: string): { before: ClauseNode[]; after: ClauseNode[] } => {
		const known = found.get(name) ?? { before: [], after: [] };
		found.set(name, known);
		return known;
	};
	const oldTables = before.nodes.filter((node) => node.table);
	const newHeaders = new Set(after.nodes.filter((node) => node.table).map(header));
	/** Header of the earlier version by the table of the later one that took its place under another header. */
	const renamed = new Map<number, string>();
	for (const node of oldTables) {
		const partner = after.nodes[partnerOf(node)];
		if (partner?.table && header(partner) !== header(node)) renamed.set(partner.index, header(node));
	}
	for (const node of after.nodes) {
		if (!node.table) continue;
		// One change of header is one family of its own: its columns are told once, its rows stay together.
		const from = renamed.get(node.index);
		family(from === undefined || newHeaders.has(from) ? header(node) : `${from}\u0001${header(node)}`).after.push(node);
	}
	for (const node of oldTables) {
		const partner = after.nodes[partnerOf(node)];
		const own = header(node);
		const changed = partner?.table !== undefined && header(partner) !== own && !newHeaders.has(own);
		family(changed ? `${own}\u0001${header(partner)}` : own).before.push(node);
	}
	return [...found.values()];
}
