import type { PdfLine } from './page';
import type { Box } from './shapes';

/** A table as its borders draw it: the places of its lines between columns and rows. */
export interface Grid extends Box {
	xs: number[];
	ys: number[];
}

/** Borders this near to one another are one: cells with a border each stand a little apart. */
const SAME = 5;
const MOST_GRIDS = 200;
/** Part of the width that a border between two rows takes at least; underlines take less. */
const ROW_RULE = 0.4;

/** Places along one direction, those near one another as one. */
function clusters(values: readonly number[]): number[] {
	const found: number[] = [];
	let [last, first] = [-Infinity, -Infinity];
	for (const value of values.toSorted((a, b) => a - b)) {
		if (value - last > SAME) {
			found.push(value);
			first = value;
		} else found[found.length - 1] = (first + value) / 2;
		last = value;
	}
	return found;
}

function near(sorted: readonly number[], value: number): boolean {
	return sorted.some((one) => Math.abs(one - value) <= SAME);
}

/** Stretches of the page that vertical borders run through. */
function bands(verticals: readonly Box[]): Box[][] {
	const found: Box[][] = [];
	let bottom = -Infinity;
	for (const rule of verticals.toSorted((a, b) => a.y0 - b.y0)) {
		if (rule.y0 > bottom + SAME) found.push([]);
		found.at(-1)?.push(rule);
		bottom = Math.max(bottom, rule.y1);
	}
	return found;
}

function gridOf(verticals: readonly Box[], horizontals: readonly Box[]): Grid | undefined {
	const xs = clusters(verticals.map((rule) => (rule.x0 + rule.x1) / 2));
	const [x0, x1] = [xs[0] ?? 0, xs.at(-1) ?? 0];
	let [y0, y1] = [Infinity, -Infinity];
	for (const rule of verticals) [y0, y1] = [Math.min(y0, rule.y0), Math.max(y1, rule.y1)];
	const own = horizontals.filter(
		(rule) => rule.y0 >= y0 - SAME && rule.y1 <= y1 + SAME && near(xs, rule.x0) && near(xs, rule.x1),
	);
	const heights = clusters(own.map((rule) => rule.y0));
	const widths = new Map(heights.map((height) => [height, 0]));
	let index = 0;
	for (const rule of own.toSorted((a, b) => a.y0 - b.y0)) {
		while (index < heights.length - 1 && rule.y0 - (heights[index] ?? 0) > SAME) index++;
		const height = heights[index] ?? 0;
		widths.set(height, (widths.get(height) ?? 0) + rule.x1 - rule.x0);
	}
	const ys = heights.filter((height) => (widths.get(height) ?? 0) >= ROW_RULE * (x1 - x0));
	return xs.length >= 3 && ys.length >= 3 ? { x0, x1, y0, y1, xs, ys } : undefined;
}

/** Stretches of a band that horizontal borders run through: tables that stand side by side. */
function sides(levels: readonly Box[]): Array<{ x0: number; x1: number }> {
	const found: Array<{ x0: number; x1: number }> = [];
	for (const { x0, x1 } of levels.toSorted((a, b) => a.x0 - b.x0)) {
		const last = found.at(-1);
		if (last && x0 <= last.x1 + SAME) last.x1 = Math.max(last.x1, x1);
		else found.push({ x0, x1 });
	}
	return found;
}

/** Tables with drawn borders: at least two columns and two rows. */
export function gridsOf(rules: readonly Box[]): Grid[] {
	if (rules.length < 6) return [];
	const upright = rules.filter((rule) => rule.y1 - rule.y0 > rule.x1 - rule.x0);
	const level = rules.filter((rule) => rule.y1 - rule.y0 <= rule.x1 - rule.x0);
	return bands(upright)
		.slice(0, MOST_GRIDS)
		.flatMap((band) => {
			const [first, last] = [band[0], Math.max(...band.map((rule) => rule.y1))];
			const own = level.filter((rule) => first && rule.y1 >= first.y0 - SAME && rule.y0 <= last + SAME);
			return sides(own).flatMap(({ x0, x1 }) => {
				const within = (rule: Box): boolean => rule.x1 >= x0 - SAME && rule.x0 <= x1 + SAME;
				return gridOf(band.filter(within), own.filter(within)) ?? [];
			});
		});
}

/** The grid that a line stands in. */
export function gridAt(line: PdfLine | undefined, grids: readonly Grid[]): Grid | undefined {
	if (!line) return undefined;
	const middle = line.y - 0.3 * line.size;
	return grids.find(({ x0, y0, x1, y1 }) => middle > y0 && middle < y1 && line.x1 > x0 && line.x0 < x1);
}
