import { apply, type Matrix } from './matrix';

export interface Box {
	x0: number;
	y0: number;
	x1: number;
	y1: number;
}

export interface Shapes {
	/** Small filled or stroked marks: what stands before an item where the bullet is no letter. */
	dots: Box[];
	/** Thin lines: borders of cells, underlines. */
	rules: Box[];
}

/** Points that a border is thick at most. */
const THIN = 2.2;
const SHORTEST_RULE = 3;
const DOT = { least: 1.1, most: 9 };
/** Coordinates that follow each drawing command: move, line, cubic, quadratic, close. */
const COORDINATES = [2, 2, 6, 4, 0];

/** Boxes around the closed parts of a path, in the path's own units. */
function* parts(data: ArrayLike<number>): Generator<Box> {
	let box: Box | undefined;
	for (let at = 0; at < data.length;) {
		const command = data[at] ?? -1;
		const count = COORDINATES[command];
		if (count === undefined) return;
		if (command === 0) {
			if (box) yield box;
			box = undefined;
		}
		for (let pair = at + 1; pair < at + 1 + count; pair += 2) {
			const [x, y] = [data[pair] ?? 0, data[pair + 1] ?? 0];
			box = box
				? { x0: Math.min(box.x0, x), y0: Math.min(box.y0, y), x1: Math.max(box.x1, x), y1: Math.max(box.y1, y) }
				: { x0: x, y0: y, x1: x, y1: y };
		}
		at += 1 + count;
	}
	if (box) yield box;
}

function placed(box: Box, matrix: Matrix): Box {
	const [ax, ay] = apply(matrix, box.x0, box.y0);
	const [bx, by] = apply(matrix, box.x1, box.y1);
	return { x0: Math.min(ax, bx), y0: Math.min(ay, by), x1: Math.max(ax, bx), y1: Math.max(ay, by) };
}

/** The four sides of a box that is stroked. */
function sides({ x0, y0, x1, y1 }: Box): Box[] {
	return [
		{ x0, y0, x1, y1: y0 },
		{ x0, y0: y1, x1, y1 },
		{ x0, y0, x1: x0, y1 },
		{ x0: x1, y0, x1, y1 },
	];
}

function isDot(width: number, height: number): boolean {
	const [small, large] = [Math.min(width, height), Math.max(width, height)];
	return small >= DOT.least && large <= DOT.most && large <= 1.6 * small;
}

/** Painting operators by their numbers: stroke 20 and 21, fill 22 and 23, both 24 to 27; 28 only clips. */
const [FIRST_PAINT, FIRST_FILL, CLIP] = [20, 22, 28];

/** Sorts what a path paints into dots and rules; larger areas are backgrounds. */
export function shapesOf(args: readonly unknown[], matrix: Matrix, into: Shapes): void {
	const [operator, paths] = args;
	if (typeof operator !== 'number' || operator < FIRST_PAINT || operator >= CLIP || !Array.isArray(paths)) return;
	const data: unknown = paths[0];
	if (!ArrayBuffer.isView(data) && !Array.isArray(data)) return;
	for (const part of parts(data as unknown as ArrayLike<number>)) {
		const box = placed(part, matrix);
		const [width, height] = [box.x1 - box.x0, box.y1 - box.y0];
		if (Math.min(width, height) <= THIN) {
			if (isDot(width, height)) into.dots.push(box);
			else if (Math.max(width, height) >= SHORTEST_RULE) into.rules.push(box);
		} else if (isDot(width, height)) into.dots.push(box);
		else if (operator < FIRST_FILL || operator > FIRST_FILL + 1) into.rules.push(...sides(box));
	}
}
