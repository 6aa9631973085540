import type { Base } from '../target/base';
import { isFailure } from '../target/located';
import { resolvePlace } from '../target/resolve';
import { onlyTable, resolveColumn } from '../target/rows';
import type { SourceTable, TableCell, TableRow } from '../target/table';
import type { Instruction } from '../types';
import { fail, type Outcome } from './edit';
import { rowCells } from './table-edit';

/** A column more: behind the one that is named, else at the end. Every row needs an entry. */
export function addColumn(base: Base, instruction: Instruction): Outcome {
	const { target, new: fresh, position } = instruction;
	const step = target.adds?.[0]?.steps.at(-1);
	const name = step?.by === 'column' ? step.name : headingIn(fresh?.raw ?? '');
	if (name === undefined) return fail('not_found', 'It does not say how the new column is headed.');
	const steps = (target.places[0]?.steps ?? []).filter(({ by }) => by !== 'column');
	const located = steps.length > 0 ? resolvePlace(base, { steps, quote: '' }) : undefined;
	if (located && isFailure(located)) return located;
	const table = located?.table ?? onlyTable(base, located);
	if ('status' in table) return table;
	if (table.columns.some(({ text }) => text.toLowerCase() === name.toLowerCase()))
		return fail('conflict', `The table has a column "${name}" already.`);
	const at = besideColumn(base, instruction, table);
	if (typeof at !== 'number') return at;
	if (table.style === 'html' || (table.style === 'aligned' && at < table.columns.length - 1))
		return fail('ambiguous', 'The table is written in a way that leaves a new column to a person.');
	const entries = entriesOf(table, fresh?.raw ?? '');
	if (!entries) return fail('ambiguous', 'It does not give each row of the table its own entry in the new column.');
	const before = position?.at === 'before' && at < 0;
	const rows = [{ cells: table.columns, span: headSpan(table) }, ...(table.rule ? [table.rule] : []), ...table.rows];
	const values = [name, ...(table.rule ? [RULE] : []), ...entries];
	const written = rows.map((row, index) =>
		cellEdit(base.document.text, table, row, before ? 0 : at, values[index] ?? ''),
	);
	const edits = written.filter((edit) => edit !== undefined);
	return edits.length === rows.length
		? { status: 'applied', edits }
		: fail('ambiguous', 'Not every row of the table has as many cells as it has columns.');
}

/** `| Name | Region |` above the entries: the second is the new one. */
function headingIn(raw: string): string | undefined {
	const [first = '', second] = raw.trim().split('\n');
	const cells = rowCells(first);
	return cells.length === 2 && second !== undefined && /[|\t]/.test(first) ? cells[1] : undefined;
}

function headSpan({ columns, span }: SourceTable): TableRow['span'] {
	return { start: columns[0]?.span.start ?? span.start, end: columns.at(-1)?.span.end ?? span.end };
}

/** The column that the new one stands behind. */
function besideColumn(base: Base, { target, position }: Instruction, table: SourceTable): number | Outcome {
	const named = target.places.flatMap(({ steps }) => steps).find(({ by }) => by === 'column');
	if (named?.by !== 'column' || !position || position.at === 'end') return table.columns.length - 1;
	const column = resolveColumn(base, named.name, { span: table.span, node: table.node, what: 'table', table });
	if (isFailure(column)) return column;
	const at = column.column ?? 0;
	if (position.at === 'after') return at;
	return at > 0 ? at - 1 : fail('ambiguous', 'A new first column changes what the rows are named by.');
}

const RULE = '---';
const FOR =
	/"([^"]*)"\s*(?:for|opposite|against|in the row (?:for|of|beginning with)|in respect of)\s+"?([^",;]+?)"?(?=\s*(?:[,;.]|and "|$))/g;
const EACH =
	/^"?([^"]*?)"?\s*(?:for|in|against|opposite) (?:each|every|all)(?: (?:of the|existing))* (?:rows?|entry|entries|lines?|items?)\b/i;

/** What each row holds in the new column, in the order of the rows; undefined where a row is left without. */
function entriesOf(table: SourceTable, raw: string): string[] | undefined {
	const text = raw.replace(/[\u201c\u201d]/g, '"').trim();
	// A list that begins with a quoted entry lost its first mark to the passage.
	const whole = text.split('"').length % 2 === 0 ? `"${text}` : text;
	const each = EACH.exec(whole);
	if (each?.[1] !== undefined) return table.rows.map(() => each[1] ?? '');
	const given = new Map<string, string>();
	for (const [, value = '', key = ''] of whole.matchAll(FOR)) given.set(key.trim().toLowerCase(), value);
	if (given.size === 0)
		for (const line of whole.split(/\n+|;\s/)) {
			const [key, value, more] = line.replace(/^\||\|$/g, '').split(/\s*[|\t]\s*|:\s+/);
			if (key === undefined || value === undefined || more !== undefined) continue;
			given.set(bare(key), bare(value, true));
		}
	const entries = table.rows.map(({ cells }) => {
		const found = cells.flatMap(({ text: words }) => given.get(words.toLowerCase()) ?? []);
		return found.length === 1 ? found[0] : undefined;
	});
	return entries.every((entry) => entry !== undefined) ? entries : undefined;
}

function bare(text: string, asWritten = false): string {
	const words = text
		.trim()
		.replace(/^"|"$|[.,;]$/g, '')
		.trim();
	return asWritten ? words : words.toLowerCase();
}

/** Behind a cell of a line, as the table keeps its cells apart. */
function cellEdit(
	text: string,
	{ style, columns, rows }: SourceTable,
	row: { cells: readonly TableCell[]; span: TableRow['span'] },
	at: number,
	value: string,
): { start: number; end: number; text: string } | undefined {
	const cell = row.cells[at];
	if (!cell || row.cells.length !== columns.length) return undefined;
	const { end } = cell.span;
	if (style === 'tab') return { start: end, end, text: `\t${value}` };
	if (style === 'pipe' && value === RULE) return { start: end, end, text: `|${value}` };
	if (style === 'pipe') return { start: end, end, text: ` | ${value}` };
	const widest = Math.max(
		...[{ cells: columns }, ...rows].map(({ cells }) => widthTo(text, cells.at(-1)?.span.end ?? 0)),
	);
	return { start: end, end, text: ' '.repeat(widest - widthTo(text, end) + 2) + value };
}

function widthTo(text: string, offset: number): number {
	return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}
