import type { Span } from '../../../model';
import type { Base } from './base';
import { type Failure, type Located, type Resolution, fail } from './located';
import { tablesIn, type SourceTable, type TableRow } from './table';

/** A row by one of its cells; in a schedule without a table, the entry that opens with the name. */
export function resolveRow(base: Base, key: string, outer: Located | undefined): Resolution {
	const span = outer?.span ?? { start: 0, end: base.document.text.length };
	const tables = tablesIn(base, span);
	const hits = tables.flatMap((table) => rowsWith(table, key).map((row) => ({ table, row })));
	const [hit] = hits;
	if (!hit)
		return tables.length === 0 && outer ? listEntry(base, key, outer) : fail('not_found', `No row "${key}" was found.`);
	if (hits.length > 1) return fail('ambiguous', `${hits.length} rows hold "${key}".`);
	const { table, row } = hit;
	return { span: row.span, node: table.node, what: 'row', table, row };
}

/** Rows whose first cell is the key; where none has it there, rows that have it in another cell. */
function rowsWith({ rows, node, style }: SourceTable, key: string): TableRow[] {
	const wanted = key.toLowerCase();
	const is = (text: string | undefined): boolean => text?.toLowerCase() === wanted;
	if (style === 'html') return rows.filter((_, index) => node.table?.rows[index]?.some(is) === true);
	const first = rows.filter(({ cells }) => is(cells[0]?.text));
	if (first.length > 0) return first;
	const other = rows.filter(({ cells }) => cells.some(({ text }) => is(text)));
	const surname = TITLED.exec(key)?.[1]?.toLowerCase();
	return other.length > 0 || surname === undefined
		? other
		: rows.filter(({ cells: [name] }) => ` ${name?.text.toLowerCase() ?? ''}`.endsWith(` ${surname}`));
}

/** `Mr Lind`, `Frau Krüger`: the one whose name ends so. */
const TITLED = /^(?:(?:Mr|Mrs|Ms|Mx|Dr|Prof|M|Mme)\b\.?|Herrn?|Frau|Monsieur|Madame) (.+)$/;

/** `Ada Lovelace, ada@sud.example` in a list of people: the one paragraph or item that opens with the name. */
function listEntry(base: Base, key: string, outer: Located): Resolution {
	const wanted = key.toLowerCase();
	const entries = base.within(outer.span).filter((node) => {
		if (node === outer.node || base.isFurniture(node) || node.children.length > 0) return false;
		const words = base.words({ start: base.opening(node).label, end: node.span.end }).toLowerCase();
		return words.startsWith(wanted) && /^(?:$|[,;:.(<]|\s[-\u2013\u2014(<]|\s\S+@)/.test(words.slice(wanted.length));
	});
	const [entry] = entries;
	if (!entry) return fail('not_found', `No row or entry "${key}" was found.`);
	if (entries.length > 1) return fail('ambiguous', `${entries.length} entries open with "${key}".`);
	return { span: base.extent(entry), node: entry, what: 'clause' };
}

/** The one table of a place. */
export function resolveTable(base: Base, outer: Located | undefined): Resolution {
	const table = onlyTable(base, outer);
	return 'status' in table ? table : { span: table.span, node: table.node, what: 'table', table };
}

export function onlyTable(base: Base, outer: Located | undefined): SourceTable | Failure {
	const tables = tablesIn(base, outer?.span ?? { start: 0, end: base.document.text.length });
	const [table] = tables;
	if (!table) return fail('not_found', 'There is no table there.');
	return tables.length > 1 ? fail('ambiguous', `There are ${tables.length} tables there.`) : table;
}

/** A column of the one table there, or behind a row the cell where both meet. */
export function resolveColumn(base: Base, name: string, outer: Located | undefined): Resolution {
	const table = outer?.table ?? onlyTable(base, outer);
	if ('status' in table) return table;
	if (table.style === 'html') return fail('ambiguous', 'The table is written in HTML; its cells are left to a person.');
	const at = columnIndex(table, name);
	if (typeof at !== 'number') return at;
	if (!outer?.row) return { span: table.span, node: table.node, what: 'column', table, column: at };
	const cell = outer.row.cells[at];
	return cell && cell.span.end > cell.span.start
		? { span: cell.span, node: table.node, what: 'words', table, row: outer.row, column: at }
		: fail('not_found', `The row has nothing in the column "${name}".`);
}

function columnIndex({ columns }: SourceTable, name: string): number | Failure {
	const wanted = name.toLowerCase().replace(/\s+/g, ' ');
	const hits = columns.flatMap(({ text }, index) => (text.toLowerCase() === wanted ? [index] : []));
	const [hit] = hits;
	if (hit === undefined) return fail('not_found', `The table has no column "${name}".`);
	return hits.length > 1 ? fail('ambiguous', `The table has ${hits.length} columns "${name}".`) : hit;
}

/** What goes with a column: in each line its cell, with what keeps it apart from the next. */
export function columnCells(
	source: string,
	{ style, columns, rows, rule }: SourceTable,
	at: number,
): Span[] | undefined {
	const lines = [{ cells: columns }, ...(rule ? [rule] : []), ...rows];
	const spans = lines.map(({ cells }): Span | undefined => {
		const [before, cell, after] = [cells[at - 1], cells[at], cells[at + 1]];
		if (!cell) return undefined;
		if (after) return { start: cell.span.start, end: after.span.start };
		if (before) return { start: before.span.end, end: cell.span.end };
		return undefined;
	});
	const found = spans.filter((span): span is Span => span !== undefined);
	// A row that lacks the cell would be cut in the wrong place.
	return found.length === lines.length &&
		(style !== 'pipe' || found.every((span) => source.slice(span.start, span.end).includes('|')))
		? found
		: undefined;
}
