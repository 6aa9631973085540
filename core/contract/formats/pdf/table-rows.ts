import type { PdfLine } from './page';
import { splitAt, type Gutter } from './segments';

/** Letters reach this far above and below the line that they stand on, in parts of the type size. */
const ASCENT = 0.75;
const DESCENT = 0.25;
/** Lines further apart than the text's are no lines of one cell. */
const LOOSE = 1.09;

interface Cell {
	column: number;
	top: number;
	bottom: number;
	lines: PdfLine[];
}

/** The parts of each column, those set like lines of running text gathered to cells. */
function cellsOf(lines: readonly PdfLine[], columns: readonly Gutter[], leading: number): Cell[] {
	const cells: Cell[] = [];
	const open: Array<Cell | undefined> = [];
	for (const line of lines) {
		splitAt(line, columns).forEach((part, column) => {
			if (!part) return;
			const cell = open[column];
			const above = cell?.lines.at(-1);
			const [top, bottom] = [part.y - ASCENT * part.size, part.y + DESCENT * part.size];
			if (cell && above && part.y - above.y <= leading * LOOSE * Math.max(part.size, above.size) + 0.3) {
				cell.lines.push(part);
				cell.bottom = Math.max(cell.bottom, bottom);
			} else cells.push((open[column] = { column, top, bottom, lines: [part] }));
		});
	}
	return cells;
}

/** A row of a table with the height that its text takes. */
export interface Row {
	top: number;
	bottom: number;
	cells: PdfLine[][];
}

/**
 * Rows of a table without borders: cells that stand beside one another, whether at their top, middle or foot. Where rows
 * have no space between them, each line with text in the first column opens one.
 */
export function rowsOf(lines: readonly PdfLine[], columns: readonly Gutter[], leading: number): Row[] {
	const rows: Row[] = [];
	for (const cell of cellsOf(lines, columns, leading).sort((a, b) => a.top - b.top)) {
		const last = rows.at(-1);
		const size = cell.lines[0]?.size ?? 0;
		if (last && cell.top < last.bottom - 0.1 * size) {
			last.cells[cell.column]?.push(...cell.lines);
			last.bottom = Math.max(last.bottom, cell.bottom);
		} else rows.push(rowWith(cell, columns.length + 1));
	}
	return rows.length > 1 ? rows : rowsByFirst(lines, columns);
}

function rowWith({ top, bottom, column, lines }: Cell, width: number): Row {
	const cells: PdfLine[][] = Array.from({ length: width }, () => []);
	cells[column]?.push(...lines);
	return { top, bottom, cells };
}

function rowsByFirst(lines: readonly PdfLine[], columns: readonly Gutter[]): Row[] {
	const rows: Row[] = [];
	for (const line of lines) {
		const parts = splitAt(line, columns);
		const [top, bottom] = [line.y - ASCENT * line.size, line.y + DESCENT * line.size];
		if (parts[0] || rows.length === 0) rows.push({ top, bottom, cells: parts.map(() => []) });
		const row = rows.at(-1);
		if (row) row.bottom = bottom;
		parts.forEach((part, column) => part && row?.cells[column]?.push(part));
	}
	return rows;
}

/** Space before a row this much wider than before the others parts it from them. */
const WIDER = 1.6;

/** Rows up to a wide space with only one cell filled behind it: that is text below the table. */
export function withoutText(rows: readonly Row[]): Row[] {
	const gaps = rows.slice(1).map((row, at) => row.top - (rows[at]?.bottom ?? row.top));
	const usual = gaps.toSorted((a, b) => a - b)[Math.floor((gaps.length - 1) / 2)] ?? 0;
	const end = rows.findIndex((row, at) => {
		const size = row.cells.flat()[0]?.size ?? 10;
		const gap = gaps[at - 1] ?? 0;
		return at > 0 && isSingle(row) && gap > Math.max(WIDER * usual, usual + 0.4 * size);
	});
	return end < 0 ? [...rows] : rows.slice(0, end);
}

export function isSingle(row: Row): boolean {
	return row.cells.filter((cell) => cell.length > 0).length <= 1;
}
