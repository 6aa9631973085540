import { rightEdge } from './margins';
import type { PdfLine } from './page';
import { brokeFull } from './pages-join';
import { emptyStrips, gapsOf, intersect, splitAt, type Gutter } from './segments';

/** Fewer lines than this on both sides of a gutter make a table, not a page of two columns. */
const LEAST_LINES = 10;
/** More lines than any page holds; keeps hostile pages from being searched over and over. */
const MOST_LINES = 1_000;
/** The part of a column's lines that are full where it is running text. */
const FILLED = 0.55;
/** Gaps within a column are cells; a few come with labels and tabs. */
const GAPPED = 0.2;

const ALIKE = 0.6;

/** The widest strip that all lines leave empty in the middle of the page; lines across the page end the stretch. */
function commonGutter(lines: readonly PdfLine[], width: number): Gutter | undefined {
	let strips: Gutter[] = [{ from: width * 0.25, to: width * 0.75 }];
	for (const line of lines) strips = intersect(strips, emptyStrips(line, width), 6);
	return strips.toSorted((a, b) => b.to - b.from - (a.to - a.from))[0];
}

/** Running text fills its lines: most of them break because the next word had no room left. Cells do not. */
function isRunningText(lines: readonly PdfLine[]): boolean {
	const right = rightEdge(lines);
	let full = 0;
	for (let at = 1; at < lines.length; at++) {
		const [above, line] = [lines[at - 1], lines[at]];
		if (above && line && brokeFull(above, line, right)) full++;
	}
	const gapped = lines.filter((line) => gapsOf(line, 0.8).length > 0).length;
	return lines.length >= LEAST_LINES && full > FILLED * lines.length && gapped < GAPPED * lines.length;
}

/**
 * The stretches of a page that are set in one column each, in reading order. A stretch of two columns is read left
 * column first; lines across the page part stretches.
 */
export function splitColumns(lines: readonly PdfLine[], width: number): PdfLine[][] {
	const regions: PdfLine[][] = [];
	let single: PdfLine[] = [];
	for (let at = 0; at < lines.length;) {
		const stretch = twoColumns(lines, at, width);
		if (!stretch) {
			const line = lines[at++];
			if (line) single.push(line);
			continue;
		}
		if (single.length > 0) regions.push(single);
		single = [];
		regions.push(stretch.left, stretch.right);
		at = stretch.to;
	}
	if (single.length > 0) regions.push(single);
	return regions;
}

/** Columns of text are about as wide as one another; terms and their meanings are not. */
function alikeWide(left: readonly PdfLine[], right: readonly PdfLine[]): boolean {
	const [a = 0, b = 0] = [left, right].map((lines) => rightEdge(lines) - Math.min(...lines.map((line) => line.x0)));
	return Math.min(a, b) >= ALIKE * Math.max(a, b);
}

function twoColumns(
	lines: readonly PdfLine[],
	from: number,
	width: number,
): { left: PdfLine[]; right: PdfLine[]; to: number } | undefined {
	const first = lines[from];
	// Only where a line has text on both sides of a gap can two columns begin.
	if (
		!first ||
		!emptyStrips(first, width)
			.slice(1, -1)
			.some((gap) => gap.to > width * 0.25 && gap.from < width * 0.75)
	)
		return undefined;
	let to = from;
	let strips: Gutter[] = [{ from: width * 0.25, to: width * 0.75 }];
	for (; to < lines.length && to - from < MOST_LINES; to++) {
		const line = lines[to];
		const next = line ? intersect(strips, emptyStrips(line, width), 6) : [];
		if (next.length === 0) break;
		strips = next;
	}
	const stretch = lines.slice(from, to);
	const gutter = commonGutter(stretch, width);
	if (!gutter || stretch.length < LEAST_LINES) return undefined;
	const halves = stretch.map((line) => splitAt(line, [gutter]));
	const left = halves.flatMap(([half]) => (half ? [half] : []));
	const right = halves.flatMap(([, half]) => (half ? [half] : []));
	if (!alikeWide(left, right)) return undefined;
	return isRunningText(left) && isRunningText(right) ? { left, right, to } : undefined;
}
