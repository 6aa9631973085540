import { readLabel } from '../../tree/label';
import { lineText, type PdfLine } from './page';
import { emptyStrips, gapsOf, intersect, isAligned, splitAt, type Gutter } from './segments';

export interface FoundTable {
	rows: PdfLine[][][];
	/** Lines that it takes, from the one it was looked for at. */
	taken: number;
}

/** Points that stay empty between columns over all rows. */
const LEAST_GUTTER = 2.6;
/** Empty height between rows, in parts of the type size; lines of one cell stand closer. */
const ROW_GAP = 0.36;
/** Wider than this apart, two lines belong to different things. */
const BLOCK_GAP = 2.2;
/** More lines than any page holds; keeps hostile pages from being searched over and over. */
const MOST_LINES = 500;
const MARK = /^[-*+\u2022\u25cf\u25cb\u25aa\u00b7\u2013\uf0b7\uf0a7]$/;

function innerGutters(line: PdfLine, width: number, so: readonly Gutter[]): Gutter[] {
	return intersect(so, emptyStrips(line, width), LEAST_GUTTER);
}

/** `(a)   text`: a label with a tab behind it is no row. */
function opensWithMark(line: PdfLine): boolean {
	const [first] = gapsOf(line);
	if (!first) return false;
	const head = lineText(line.pieces.filter((piece) => piece.x < first.from + 0.01));
	if (MARK.test(head)) return gapsOf(line).length === 1;
	const label = readLabel(`${head} X`);
	return label !== undefined && label.length >= head.length && gapsOf(line).length === 1;
}

function top(line: PdfLine): number {
	return line.y - line.size;
}

/** Gutters with text on both sides in at least two lines, aligned behind them. */
function columnsOf(lines: readonly PdfLine[], gutters: readonly Gutter[]): Gutter[] {
	return gutters.filter((gutter) => {
		const starts = lines.flatMap((line) => {
			const before = line.pieces.some((piece) => piece.x < gutter.from + 0.01);
			const behind = line.pieces.find((piece) => piece.x >= gutter.to - 0.01);
			return before && behind ? [behind.x] : [];
		});
		if (starts.length === 0) return false;
		const all = lines.flatMap((line) => line.pieces.filter((piece) => piece.x >= gutter.to - 0.01).slice(0, 1));
		return all.length >= 2 && (isAligned(all.map((piece) => piece.x)) || gutter.to - gutter.from > 24);
	});
}

/**
 * A table that begins at a line: lines that leave the same vertical strips empty, with text on both sides. Rows are told
 * by the height between them, since cells may run over several lines and stand higher or lower than their neighbours.
 */
export function findTable(lines: readonly PdfLine[], from: number, width: number): FoundTable | undefined {
	const first = lines[from];
	if (!first || gapsOf(first).length === 0 || opensWithMark(first)) return undefined;
	let gutters = emptyStrips(first, width);
	let to = from + 1;
	for (let last = first; to < lines.length && to - from < MOST_LINES; to++) {
		const line = lines[to];
		if (!line || top(line) - last.y > BLOCK_GAP * last.size || Math.abs(line.size - first.size) > 2.5) break;
		const next = innerGutters(line, width, gutters);
		if (!hasInner(next, lines, from, to)) break;
		gutters = next;
		last = line;
	}
	const own = lines.slice(from, to);
	if (own.length < 2) return undefined;
	const columns = columnsOf(own, inner(gutters, own));
	if (columns.length === 0 || own.every(opensWithMark)) return undefined;
	const rows = rowsOf(own, columns);
	return rows.length >= 2 && rows.filter((row) => row.filter((cell) => cell.length > 0).length > 1).length >= 2
		? { rows, taken: own.length }
		: undefined;
}

/** Strips between texts, not the margins. */
function inner(gutters: readonly Gutter[], lines: readonly PdfLine[]): Gutter[] {
	const left = Math.min(...lines.map((line) => line.x0));
	const right = Math.max(...lines.map((line) => line.x1));
	return gutters.filter((gutter) => gutter.from > left && gutter.to < right);
}

function hasInner(gutters: readonly Gutter[], lines: readonly PdfLine[], from: number, to: number): boolean {
	return inner(gutters, lines.slice(from, Math.min(to + 1, from + 40))).length > 0;
}

/** Lines at less than the row gap from one another, over all columns, are one row. */
function rowsOf(lines: readonly PdfLine[], columns: readonly Gutter[]): PdfLine[][][] {
	const rows: PdfLine[][][] = [];
	let bottom = -Infinity;
	const gaps = lines.slice(1).map((line, at) => (top(line) - (lines[at]?.y ?? 0)) / line.size);
	const parted = gaps.some((gap) => gap > ROW_GAP);
	for (const line of lines) {
		const parts = splitAt(line, columns);
		const fresh = parted ? top(line) - bottom > ROW_GAP * line.size : parts[0] !== undefined;
		if (fresh || rows.length === 0) rows.push(parts.map(() => []));
		parts.forEach((part, column) => part && rows.at(-1)?.[column]?.push(part));
		bottom = Math.max(bottom, line.y);
	}
	return rows;
}
