import { rightEdge } from './margins';
import type { PdfLine, PdfPage, PlacedText } from './page';
import { brokeFull, endsSentence } from './pages-join';
import { usualLeading } from './spacing';

/** How a text file is set: everything in one type, with the blanks and blank lines that were typed. */
export interface Typing {
	/** Width of a blank, in points. */
	blank: number;
	left: number;
	right: number;
	/** Distance of neighbouring lines, in points. */
	leading: number;
	/** Characters that fit a line, where all characters are as wide. */
	columns?: number;
}

const MOST_OF = 0.95;

interface Type {
	size: number;
	/** Width of a character in parts of the type size, where (nearly) all are as wide. */
	pitch?: number;
}

function pitchOf(piece: PlacedText): number {
	return Math.round((piece.width / piece.text.length / piece.size) * 50) / 50;
}

function mostFrequent(counts: ReadonlyMap<number, number>): readonly [number, number] {
	return [...counts].sort((a, b) => b[1] - a[1])[0] ?? [0, 0];
}

/** The one type that (nearly) all text is set in. Single letters prove nothing. */
function typeOf(lines: readonly PdfLine[]): Type | undefined {
	const [pitches, sizes] = [new Map<number, number>(), new Map<number, number>()];
	let all = 0;
	for (const piece of lines.flatMap((line) => line.pieces)) {
		if (piece.bold) return undefined;
		if (piece.text.length < 4) continue;
		const pitch = pitchOf(piece);
		all += piece.text.length;
		pitches.set(pitch, (pitches.get(pitch) ?? 0) + piece.text.length);
		sizes.set(piece.size, (sizes.get(piece.size) ?? 0) + piece.text.length);
	}
	const [[pitch, count], [size, typed]] = [mostFrequent(pitches), mostFrequent(sizes)];
	if (all === 0 || typed < all * MOST_OF) return undefined;
	// The fonts in use have 0.6.
	return count < all * MOST_OF || pitch < 0.45 ? { size } : { size, pitch };
}

/** The longest piece tells the width of a character best. */
function exactWidth(lines: readonly PdfLine[], size: number): number | undefined {
	let longest: PlacedText | undefined;
	for (const { pieces } of lines)
		for (const piece of pieces)
			if (piece.size === size && piece.text.length > (longest?.text.length ?? 0)) longest = piece;
	return longest && longest.width / longest.text.length;
}

/** Neighbouring lines of one page. */
function neighbours(lines: ReadonlyArray<readonly PdfLine[]>): Array<readonly [PdfLine, PdfLine]> {
	return lines.flatMap((page) =>
		page.flatMap((line, at) => {
			const above = page[at - 1];
			return above ? [[above, line] as const] : [];
		}),
	);
}

/** The distance that most neighbours near the usual one have. */
function exactLeading(lines: ReadonlyArray<readonly PdfLine[]>, usual: number): number {
	const near = neighbours(lines)
		.map(([above, line]) => line.y - above.y)
		.filter((distance) => Math.abs(distance - usual) < 0.1 * usual)
		.sort((a, b) => a - b);
	return near[Math.floor(near.length / 2)] ?? usual;
}

/** How the lines are typed; undefined for what is set in several types, or draws no blanks. */
export function findTyping(pages: readonly PdfPage[], lines: ReadonlyArray<readonly PdfLine[]>): Typing | undefined {
	const all = lines.flat();
	const type = typeOf(all);
	if (!type) return undefined;
	const { size, pitch } = type;
	const [left, right] = all.reduce(([x0, x1], line) => [Math.min(x0, line.x0), Math.max(x1, line.x1)], [Infinity, 0]);
	const base = { left, right, leading: exactLeading(lines, usualLeading(all, rightEdge(all)) * size) };
	if (pitch !== undefined) {
		const blank = exactWidth(all, size) ?? pitch * size;
		return { ...base, blank, columns: Math.round((right - left) / blank) };
	}
	const blank = pages.find((page) => page.blank !== undefined)?.blank;
	return blank === undefined ? undefined : { ...base, blank: blank * size };
}

const ON_GRID = 0.06;
/** Kerning moves words by parts of a blank. */
const ON_BLANK = 0.3;
/** Blank lines, wide blanks, lines broken by hand: fewer prove nothing. */
const FEW = 3;

function isWhole(value: number, within: number): boolean {
	return Math.abs(value - Math.round(value)) <= within;
}

/** Whether lines stand as lines of a file do: whole lines apart, with blank ones between. */
function areTypedLines(pairs: ReadonlyArray<readonly [PdfLine, PdfLine]>, leading: number): boolean {
	let [grid, blank] = [0, 0];
	for (const [above, line] of pairs) {
		const distance = (line.y - above.y) / leading;
		if (!isWhole(distance, ON_GRID * Math.max(1, distance)) || distance < 0.5) continue;
		grid++;
		if (distance > 1.5) blank++;
	}
	return blank >= FEW && grid >= MOST_OF * pairs.length;
}

/** Whether spaces on lines are blanks in a row: no other page has several of them between words. */
function hasWideBlanks(lines: readonly PdfLine[], blank: number): boolean {
	let [wide, odd] = [0, 0];
	for (const { pieces } of lines) {
		pieces.forEach((piece, at) => {
			const last = pieces[at - 1];
			if (!last) return;
			const count = (piece.x - last.x - last.width) / blank;
			if (count < 2.5) return;
			if (isWhole(count, ON_BLANK)) wide++;
			else odd++;
		});
	}
	return wide >= FEW && odd <= 0.1 * wide;
}

/** Whether lines were broken by hand at a width of their own: not because they were full, nor at the end of anything. */
function areBrokenByHand(pairs: ReadonlyArray<readonly [PdfLine, PdfLine]>, { leading, right }: Typing): boolean {
	let [tight, broken] = [0, 0];
	for (const [above, line] of pairs) {
		if (line.y - above.y > 1.5 * leading) continue;
		tight++;
		const text = above.pieces.at(-1)?.text ?? '';
		if (!brokeFull(above, line, right) && !endsSentence(text)) broken++;
	}
	return broken > FEW * FEW && broken > tight / 2;
}

/** Whether the pages look like a printed text file, whatever the file's tags say. */
export function looksTyped(lines: ReadonlyArray<readonly PdfLine[]>, typing: Typing): boolean {
	const pairs = neighbours(lines);
	if (!areTypedLines(pairs, typing.leading)) return false;
	return typing.columns !== undefined || hasWideBlanks(lines.flat(), typing.blank) || areBrokenByHand(pairs, typing);
}
