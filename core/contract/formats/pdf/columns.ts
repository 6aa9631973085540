import { gridAt, type Grid } from './grid';
import { rightEdge } from './margins';
import type { PdfLine } from './page';
import { brokeFull } from './pages-join';
import { gapsOf, splitAt, type Gutter } from './segments';

/** Fewer lines than this on both sides of a gutter make a table, not a page of two columns. */
const LEAST_LINES = 10;
/** The part of a column's lines that are full where it is running text. */
const FILLED = 0.55;
/** The same where the lines of the two columns stand at heights of their own: those of cells stand side by side. */
const FILLED_APART = 0.3;
const SIDE_BY_SIDE = 0.6;
const SAME_HEIGHT = 0.6;
/** Gaps within a column are cells; a few come with labels and tabs. */
const GAPPED = 0.2;
const ALIKE = 0.6;
const LEAST_GUTTER = 6;

/** Full lines of a column, and how many of its lines have gaps in them. */
function textOf(lines: readonly PdfLine[]): { full: number; gapped: number } {
	const right = rightEdge(lines);
	let full = 0;
	for (let at = 1; at < lines.length; at++) {
		const [above, line] = [lines[at - 1], lines[at]];
		if (above && line && brokeFull(above, line, right)) full++;
	}
	return {
		full: full / lines.length,
		gapped: lines.filter((line) => gapsOf(line, 0.8).length > 0).length / lines.length,
	};
}

/** Part of the lines of the shorter column that stand at the height of one in the other. */
function besideOneAnother(left: readonly PdfLine[], right: readonly PdfLine[]): number {
	let [at, beside] = [0, 0];
	for (const { y } of left) {
		while ((right[at]?.y ?? Infinity) < y - SAME_HEIGHT) at++;
		if (Math.abs((right[at]?.y ?? Infinity) - y) <= SAME_HEIGHT) beside++;
	}
	return beside / Math.min(left.length, right.length);
}

/** Columns of text are about as wide as one another; terms and their meanings are not. */
function alikeWide(left: readonly PdfLine[], right: readonly PdfLine[]): boolean {
	const [a = 0, b = 0] = [left, right].map((lines) => rightEdge(lines) - Math.min(...lines.map((line) => line.x0)));
	return Math.min(a, b) >= ALIKE * Math.max(a, b);
}

/**
 * Running text fills its lines: most of them break because the next word had no room left. Cells do not; those of a table
 * whose borders stand in one of the columns say nothing.
 */
function areColumns(left: readonly PdfLine[], right: readonly PdfLine[], grids: readonly Grid[]): boolean {
	const free = [left, right].map((lines) => lines.filter((line) => !gridAt(line, grids)));
	if (left.length > 0 && right.length > 0 && free.every((lines) => lines.length === 0)) return true;
	if (Math.min(left.length, right.length) < LEAST_LINES || !alikeWide(left, right)) return false;
	const [freeLeft = [], freeRight = []] = free;
	const texts = [
		...(2 * freeLeft.length >= left.length ? [textOf(freeLeft)] : []),
		...(2 * freeRight.length >= right.length ? [textOf(freeRight)] : []),
	];
	if (texts.length === 0) return true;
	const full = Math.min(...texts.map((text) => text.full));
	const gapped = Math.max(...texts.map((text) => text.gapped));
	if (full > FILLED && gapped < GAPPED) return true;
	return full > FILLED_APART && gapped < 2 * GAPPED && besideOneAnother(left, right) < SIDE_BY_SIDE;
}

/** The place in the middle of the page where most lines have a gap. */
function middleOf(lines: readonly PdfLine[], width: number, grids: readonly Grid[]): number | undefined {
	const edges: Array<readonly [x: number, step: number]> = [];
	for (const line of lines)
		for (const { from, to } of gapsOf(line)) {
			const [start, end] = [Math.max(from, width * 0.25), Math.min(to, width * 0.75)];
			if (end - start >= LEAST_GUTTER && !isInside(line, (start + end) / 2, grids)) edges.push([start, 1], [end, -1]);
		}
	edges.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
	let [open, most] = [0, 0];
	let best: number | undefined;
	edges.forEach(([x, step], at) => {
		open += step;
		if (open > most) [most, best] = [open, (x + (edges[at + 1]?.[0] ?? x)) / 2];
	});
	return best;
}

/** Whether a place on a line is inside of borders. */
function isInside(line: PdfLine, x: number, grids: readonly Grid[]): boolean {
	return gridAt({ ...line, x0: x, x1: x }, grids) !== undefined;
}

/** Whether a line goes on over a place, or has but the blank between two words there. */
function crosses(line: PdfLine, x: number): boolean {
	if (line.x1 <= x || line.x0 >= x) return false;
	return !gapsOf(line).some(({ from, to }) => from < x && x < to && to - from >= LEAST_GUTTER);
}

/**
 * The stretches of a page that are set in one column each, in reading order. A stretch of two columns is read left
 * column first; lines across the page part stretches.
 */
export function splitColumns(lines: readonly PdfLine[], width: number, grids: readonly Grid[]): PdfLine[][] {
	const middle = middleOf(lines, width, grids);
	if (middle === undefined) return splitAtGrids(lines, grids);
	const across = grids.filter(({ x0, x1 }) => x0 < middle && x1 > middle);
	const inside = grids.filter((grid) => !across.includes(grid));
	return splitAtGrids(lines, across).flatMap((stretch) =>
		gridAt(stretch[0], across) ? [stretch] : splitStretch(stretch, middle, inside),
	);
}

/** What stands inside of borders is no column. */
function splitAtGrids(lines: readonly PdfLine[], grids: readonly Grid[]): PdfLine[][] {
	const regions: PdfLine[][] = [];
	for (let from = 0, to = 0; from < lines.length; from = to) {
		const own = gridAt(lines[from], grids);
		while (to < lines.length && gridAt(lines[to], grids) === own) to++;
		regions.push(lines.slice(from, to));
	}
	return regions;
}

function splitStretch(lines: readonly PdfLine[], middle: number, grids: readonly Grid[]): PdfLine[][] {
	const regions: PdfLine[][] = [];
	let single: PdfLine[] = [];
	const across = (line: PdfLine | undefined): boolean => line !== undefined && crosses(line, middle);
	for (let from = 0, to = 0; from < lines.length; from = to) {
		for (to = from; to < lines.length && !across(lines[to]);) to++;
		const columns = columnsOf(lines.slice(from, to), middle, grids);
		if (columns) {
			if (single.length > 0) regions.push(...splitAtGrids(single, grids));
			regions.push(...columns.flatMap((column) => splitAtGrids(column, grids)));
			single = [];
		} else single.push(...lines.slice(from, to));
		for (; across(lines[to]); to++) single.push(...lines.slice(to, to + 1));
	}
	return single.length > 0 ? [...regions, ...splitAtGrids(single, grids)] : regions;
}

function columnsOf(
	lines: readonly PdfLine[],
	middle: number,
	grids: readonly Grid[],
): [PdfLine[], PdfLine[]] | undefined {
	const gutter: Gutter = { from: middle, to: middle };
	const halves = lines.map((line) => splitAt(line, [gutter]));
	const byHeight = (a: PdfLine, b: PdfLine): number => a.y - b.y;
	const left = halves.flatMap(([half]) => (half ? [half] : [])).sort(byHeight);
	const right = halves.flatMap(([, half]) => (half ? [half] : [])).sort(byHeight);
	return areColumns(left, right, grids) ? [left, right] : undefined;
}
