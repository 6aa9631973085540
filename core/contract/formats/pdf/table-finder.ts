import { readLabel } from '../../tree/label';
import { gridAt, type Grid } from './grid';
import { lineText, type PdfLine } from './page';
import { emptyStrips, gapsOf, intersect, isAligned, splitAt, type Gutter } from './segments';
import { isSingle, rowsOf, withoutText } from './table-rows';

export interface FoundTable {
	rows: PdfLine[][][];
	/** Strips between the columns. */
	columns: readonly Gutter[];
	/** Lines that it takes, from the one it was looked for at. */
	taken: number;
}

/** Points that stay empty between columns over all rows. */
const LEAST_GUTTER = 2.2;
/** Wider than this apart, two lines belong to different things. */
const BLOCK_GAP = 2.2;
/** More lines than any page holds; keeps hostile pages from being searched over and over. */
const MOST_LINES = 500;
const MARK = /^[-*+\u2022\u25cf\u25cb\u25aa\u00b7\u2013\uf0b7\uf0a7]$/;

/** `(a)   text`: a label with a tab behind it is no row; nor are a bullet and a label. */
function opensWithMark(line: PdfLine): boolean {
	const gaps = gapsOf(line);
	if (gaps.length === 0 || gaps.length > 2) return false;
	return gaps.every((gap, at) => isMark(line, gaps[at - 1]?.to ?? -Infinity, gap.from));
}

function isMark(line: PdfLine, from: number, to: number): boolean {
	const head = lineText(line.pieces.filter((piece) => piece.x >= from - 0.01 && piece.x < to + 0.01));
	if (MARK.test(head)) return true;
	const label = readLabel(`${head} Text`);
	return label !== undefined && label.length >= head.length;
}

function top(line: PdfLine): number {
	return line.y - line.size;
}

/** Gutters with text on both sides in at least two lines, aligned behind them. */
function columnsOf(lines: readonly PdfLine[], gutters: readonly Gutter[]): Gutter[] {
	return gutters.filter((gutter) => {
		const both = lines.some(
			(line) =>
				line.pieces.some((piece) => piece.x < gutter.from + 0.01) &&
				line.pieces.some((piece) => piece.x >= gutter.to - 0.01),
		);
		if (!both) return false;
		const starts = lines.flatMap((line) => line.pieces.find((piece) => piece.x >= gutter.to - 0.01)?.x ?? []);
		return starts.length >= 2 && (isAligned(starts) || gutter.to - gutter.from > 24);
	});
}

/**
 * A table that begins at a line: lines that leave the same vertical strips empty, with text on both sides.
 * @param leading distance of lines in running text, in parts of the type size
 * @param cut columns of a table on the page before that may go on here
 */
export function findTable(
	lines: readonly PdfLine[],
	from: number,
	width: number,
	leading: number,
	cut?: readonly Gutter[],
): FoundTable | undefined {
	const first = lines[from];
	if (!first) return undefined;
	if (cut) {
		// Text behind a strip stands at its edge on both pages; text before it may reach further on one of them.
		const edges = cut.map(({ from: left, to }) => ({ from: Math.max(left, to - LEAST_GUTTER - 0.1), to }));
		const goesOn = tableIn(lines, from, width, leading, edges);
		if (goesOn) return goesOn;
	}
	const opens = gapsOf(first).length === 0 ? standsBeside(first, lines[from + 1], leading) : !opensWithMark(first);
	return opens ? tableIn(lines, from, width, leading) : undefined;
}

/** A cell of several lines beside a shorter one in its middle: their lines stand closer than lines of a text do. */
function standsBeside(line: PdfLine, next: PdfLine | undefined, leading: number): boolean {
	if (!next || next.y - line.y > leading * 1.09 * line.size + 0.3) return false;
	if (next.y - line.y < 0.85 * leading * line.size) return next.x1 < line.x0 || next.x0 > line.x1;
	return gapsOf(next).some((gap) => Math.abs(gap.to - line.x0) < 1.2 && next.x0 < line.x0) && !opensWithMark(next);
}

function tableIn(
	lines: readonly PdfLine[],
	from: number,
	width: number,
	leading: number,
	cut?: readonly Gutter[],
): FoundTable | undefined {
	const own = stretchOf(lines, from, width, cut);
	if (!own || (own.lines.length < 2 && !cut)) return undefined;
	const columns = cut ?? columnsOf(own.lines, inner(own.gutters, own.lines));
	if (columns.length === 0 || own.lines.every(opensWithMark)) return undefined;
	const rows = withoutText(rowsOf(own.lines, columns, leading));
	const filled = rows.filter((row) => !isSingle(row)).length;
	if (filled < (cut ? 1 : 2)) return undefined;
	const kept = new Set(rows.flatMap((row) => row.cells.flat().flatMap((line) => line.pieces)));
	const taken = own.lines.filter((line) => line.pieces.some((piece) => kept.has(piece))).length;
	return { rows: rows.map(({ cells }) => cells), columns, taken };
}

/** Lines that leave the same strips empty. */
function stretchOf(
	lines: readonly PdfLine[],
	from: number,
	width: number,
	cut: readonly Gutter[] | undefined,
): { lines: PdfLine[]; gutters: Gutter[] } | undefined {
	const first = lines[from];
	if (!first) return undefined;
	let gutters = cut ? [...cut] : emptyStrips(first, width);
	let to = cut ? from : from + 1;
	for (let last = first; to < lines.length && to - from < MOST_LINES; to++) {
		const line = lines[to];
		if (!line || top(line) - last.y > BLOCK_GAP * last.size || Math.abs(line.size - first.size) > 2.5) break;
		const next = intersect(gutters, emptyStrips(line, width), LEAST_GUTTER);
		if (cut ? next.length < cut.length : !hasInner(next, lines, from, to)) break;
		gutters = next;
		last = line;
	}
	return to > from ? { lines: lines.slice(from, to), gutters } : undefined;
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

/** The table with drawn borders that a line stands in. */
export function readGrid(lines: readonly PdfLine[], from: number, grids: readonly Grid[]): FoundTable | undefined {
	const grid = gridAt(lines[from], grids);
	if (!grid) return undefined;
	let to = from;
	while (to < lines.length && gridAt(lines[to], [grid])) to++;
	const columns = grid.xs.slice(1, -1).map((x) => ({ from: x - 0.5, to: x + 0.5 }));
	const rows: PdfLine[][][] = Array.from({ length: Math.max(1, grid.ys.length - 1) }, () =>
		Array.from({ length: columns.length + 1 }, () => []),
	);
	let row = 0;
	for (const line of lines.slice(from, to)) {
		const middle = line.y - 0.3 * line.size;
		while (row < rows.length - 1 && middle > (grid.ys[row + 1] ?? Infinity)) row++;
		splitAt(line, columns).forEach((part, column) => part && rows[row]?.[column]?.push(part));
	}
	const filled = rows.filter((cells) => cells.some((cell) => cell.length > 0));
	if (filled.filter((cells) => cells.filter((cell) => cell.length > 0).length > 1).length === 0) return undefined;
	return { rows: filled, columns, taken: to - from };
}
