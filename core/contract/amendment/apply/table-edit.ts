import type { Base } from '../target/base';
import { isFailure, type Located } from '../target/located';
import { resolvePlace } from '../target/resolve';
import { columnCells, onlyTable } from '../target/rows';
import { rowLine, type SourceTable } from '../target/table';
import { plainWords } from '../text/plain';
import type { Instruction } from '../types';
import { fail, withBreakBefore, type Edit, type Outcome } from './edit';

/** Cells of a row as an amendment writes it: between bars, tabs, semicolons or blanks. */
export function rowCells(raw: string): string[] {
	// `A | B | C.`: the full stop is the sentence's.
	const whole = raw.trim();
	const line = (whole.includes('|') && !whole.startsWith('|') ? whole.replace(/\.$/, '') : whole).replace(
		/^\||\|$/g,
		'',
	);
	return line.split(line.includes('|') ? '|' : line.includes('\t') ? '\t' : /;\s| {2,}/).map((cell) => cell.trim());
}

/** `Name: Bob; Role: Reader`: cells by the names of their columns, in the order of the table; undefined where it is not written so. */
function namedCells({ columns }: SourceTable, raw: string): string[] | undefined {
	const parts = raw
		.trim()
		.replace(/[.;]$/, '')
		.split(/;\s*|\n+|,\s+(?=[^,:;\n]{1,60}:\s)/)
		.map((part) => /^"?([^:]{1,60}?)"?:\s+(.*)$/s.exec(part.trim()));
	const given = new Map<string, string>();
	for (const part of parts) if (part) given.set((part[1] ?? '').toLowerCase(), (part[2] ?? '').trim());
	if (given.size !== parts.length || given.size === 0) return undefined;
	const cells = columns.map(({ text }) => given.get(text.toLowerCase()));
	const known = cells.filter((cell) => cell !== undefined).length;
	return known === given.size && cells[0] !== undefined ? cells.map((cell) => cell ?? '') : undefined;
}

/** The cells of a new row: by the names of the columns, else as a line of the table; commas only where they give just as many. */
function cellsFor(table: SourceTable, raw: string): string[] {
	const named = namedCells(table, raw);
	if (named) return named;
	const cells = rowCells(raw);
	const listed = raw.trim().replace(/\.$/, '').split(/,\s+/);
	return cells.length === 1 && listed.length === table.columns.length ? listed : cells;
}

/** A row has as many cells as its table, and is written as the table writes its rows. */
export function rowText(base: Base, table: SourceTable, raw: string): string | Outcome {
	const cells = cellsFor(table, raw);
	if (cells.length !== table.columns.length)
		return fail('conflict', `The new row has ${cells.length} cells and the table ${table.columns.length} columns.`);
	return (
		rowLine(base, table, cells) ?? fail('ambiguous', 'The table is written in HTML; its rows are left to a person.')
	);
}

/** New rows behind the row the instruction names, else at the end of the one table of the place. */
export function addRow(base: Base, instruction: Instruction): Outcome {
	const { new: fresh } = instruction;
	const [place] = instruction.target.places;
	if (!fresh) return fail('not_found', 'It does not say what the row holds.');
	const beside = instruction.position?.at === 'after' || instruction.position?.at === 'before';
	const steps = (place?.steps ?? []).filter((step) => beside || step.by !== 'row');
	const located = steps.length > 0 ? resolvePlace(base, { steps, quote: '' }) : undefined;
	if (located && isFailure(located)) return located;
	const table = located?.table ?? onlyTable(base, located);
	if ('status' in table) return table;
	return rowsAt(
		base,
		table,
		fresh.raw,
		located?.row && instruction.position?.at === 'before' ? located : undefined,
		located?.row && beside ? located : undefined,
	);
}

/** Whether a text is nothing but rows for the table. */
export function isRowsFor(table: SourceTable, raw: string): boolean {
	const lines = rowLines(raw);
	if (namedCells(table, raw)) return true;
	return (
		lines.length > 0 && lines.every((line) => /[|\t]/.test(line) && rowCells(line).length === table.columns.length)
	);
}

/**
 * `Lena Voss, lena@example.org, Analyst`: one line with commas between just as many short parts as the table has
 * columns, that are of the kind of those above: an address under addresses, figures under figures.
 */
export function isListedRow({ columns, rows }: SourceTable, raw: string): boolean {
	const cells = raw
		.trim()
		.replace(/\.$/, '')
		.split(/[,;]\s+/);
	const kind = (cell: string): string => (cell.includes('@') ? '@' : /\d/.test(cell) ? '0' : 'a');
	const last = rows.at(-1)?.cells.map(({ text }) => kind(text));
	const short = cells.every((cell) => cell !== '' && !cell.includes('\n') && cell.split(' ').length <= MOST_CELL_WORDS);
	if (columns.length < 2 || cells.length !== columns.length || !short || !last) return false;
	return (
		cells.every((cell, at) => kind(cell) === last[at]) && (last.some((one) => one !== 'a') || !/^\p{Ll}/u.test(raw))
	);
}

const MOST_CELL_WORDS = 5;

function rowLines(raw: string): string[] {
	return raw
		.trim()
		.split(/\n+/)
		.filter((line) => !/^[|:\-+=\s]*$/.test(line));
}

/** Rows at the end of a table. */
export function appendRows(base: Base, table: SourceTable, raw: string): Outcome {
	return rowsAt(base, table, raw, undefined, undefined);
}

function rowsAt(
	base: Base,
	table: SourceTable,
	raw: string,
	before: Located | undefined,
	behind: Located | undefined,
): Outcome {
	const { format } = base.document;
	const same = (cells: readonly string[]): string => cells.map((cell) => plainWords(cell, format)).join('\u0000');
	const lines = namedCells(table, raw) ? [raw] : rowLines(raw);
	const headed = lines.filter((line) => same(rowCells(line)) !== same(table.columns.map(({ text }) => text)));
	const written = headed.map((line) => rowText(base, table, line));
	const wrong = written.find((row): row is Outcome => typeof row !== 'string');
	if (wrong) return wrong;
	if (written.length === 0) return fail('not_found', 'It does not say what the row holds.');
	const existing = new Set(table.rows.map(({ cells }) => same(cells.map(({ text }) => text))));
	if (headed.every((line) => existing.has(same(cellsFor(table, line)))))
		return fail('conflict', 'The row stands there already.');
	if (before)
		return {
			status: 'applied',
			edits: [{ ...edge(before.span.start), text: written.map((row) => `${row as string}\n`).join('') }],
		};
	const last =
		behind?.span.end ??
		table.rows.at(-1)?.span.end ??
		table.rule?.span.end ??
		table.columns.at(-1)?.span.end ??
		table.span.end;
	return {
		status: 'applied',
		edits: [{ ...edge(lineEnd(base.document.text, last)), text: written.map((row) => `\n${row as string}`).join('') }],
	};
}

const edge = (at: number): { start: number; end: number } => ({ start: at, end: at });

/** Behind the last mark of the line: a header's own bar stands behind its last cell. */
function lineEnd(text: string, at: number): number {
	let end = at;
	while (end < text.length && text.charAt(end) !== '\n' && /[\s|]/.test(text.charAt(end))) end++;
	while (end > at && /\s/.test(text.charAt(end - 1))) end--;
	return end;
}

/** A column that goes, in every line of its table. */
export function deleteColumn(base: Base, located: Located): Outcome {
	const { table, column } = located;
	if (!table || column === undefined) return fail('not_found', 'The column was not found.');
	const cells = columnCells(base.document.text, table, column);
	return cells
		? { status: 'applied', edits: cells.map((span) => ({ ...span, text: '' })) }
		: fail('ambiguous', 'Not every row of the table has a cell in that column.');
}

/** A row that goes. */
export function rowRemoval(base: Base, located: Located): Omit<Edit, 'instructionId'> {
	return { ...withBreakBefore(base.document.text, located.span), text: '' };
}
