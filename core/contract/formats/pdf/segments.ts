import { makeLine, type PdfLine, type PlacedText } from './page';

/** Gaps, in parts of the type size. Cells of printed tables stand nearer than one thinks; justified words further. */
const CELL_GAP = 0.2;
/** Where the file places every word by itself, a gap is a word space at first. */
const WORD_SPACE = 0.6;
/** Behind a blank that is written, the rest of the space has to be a cell's: justified lines have wide blanks. */
const BEHIND_BLANK = 1.5;
const ALIGNED = 1.2;

/** An empty vertical strip between two columns. */
export interface Gutter {
	from: number;
	to: number;
}

/** Blanks of a justified line are about as wide as one another. */
const EVEN = 0.55;

/** Gaps between neighbours on a line that are wider than a word space. */
export function gapsOf(line: PdfLine, least = CELL_GAP): Gutter[] {
	const gaps: Array<Gutter & { spaced: boolean }> = [];
	let end = -Infinity;
	let [blanks, narrowest, widest] = [0, Infinity, 0];
	const placed = line.wordwise ? Math.max(least, WORD_SPACE) : least;
	for (const [at, piece] of line.pieces.entries()) {
		const spaced = piece.spaced === true;
		const wanted = spaced ? Math.max(placed, BEHIND_BLANK) : placed;
		if (at > 0 && piece.x - end > wanted * line.size) gaps.push({ from: end, to: piece.x, spaced });
		if (at > 0 && spaced && piece.x - end > CELL_GAP * line.size) {
			blanks++;
			[narrowest, widest] = [Math.min(narrowest, piece.x - end), Math.max(widest, piece.x - end)];
		}
		end = Math.max(end, piece.x + piece.width);
	}
	const justified = blanks > 1 && narrowest > EVEN * widest;
	// In a justified line only what is wider than its blanks, and no blank itself, parts columns.
	return justified ? gaps.filter(({ from, to, spaced }) => !spaced && to - from > widest) : gaps;
}

/** Whether a file places its text word by word: then a gap between pieces says nothing yet. */
export function isWordwise(lines: readonly PdfLine[]): boolean {
	let [single, several] = [0, 0];
	for (const { pieces } of lines) {
		for (const { text } of pieces) {
			if (text.trim().includes(' ')) several += text.length;
			else single += text.length;
		}
	}
	return single > several;
}

/** What two sets of strips have in common, as far as it is at least as wide as `least`. */
export function intersect(a: readonly Gutter[], b: readonly Gutter[], least: number): Gutter[] {
	const found: Gutter[] = [];
	let [i, j] = [0, 0];
	while (i < a.length && j < b.length) {
		const [left, right] = [a[i], b[j]];
		if (!left || !right) break;
		const from = Math.max(left.from, right.from);
		const to = Math.min(left.to, right.to);
		if (to - from >= least) found.push({ from, to });
		if (left.to < right.to) i++;
		else j++;
	}
	return found;
}

/** The strips that a line leaves empty, the margins included. */
export function emptyStrips(line: PdfLine, width: number): Gutter[] {
	return [{ from: -1, to: line.x0 }, ...gapsOf(line), { from: line.x1, to: width + 1 }];
}

/** The parts of a line between gutters; undefined for an empty one. */
export function splitAt(line: PdfLine, gutters: readonly Gutter[]): Array<PdfLine | undefined> {
	const parts: PlacedText[][] = Array.from({ length: gutters.length + 1 }, () => []);
	for (const piece of line.pieces) {
		const middle = piece.x + Math.min(piece.width, line.size) / 2;
		let column = 0;
		while (column < gutters.length && middle > (gutters[column]?.to ?? Infinity) - 0.01) column++;
		parts[column]?.push(piece);
	}
	return parts.map((pieces) => (pieces.length > 0 ? makeLine(pieces) : undefined));
}

/** Whether starts of text behind a gutter stand one below the other. */
export function isAligned(starts: readonly number[]): boolean {
	const sorted = starts.toSorted((a, b) => a - b);
	for (let at = 1; at < sorted.length; at++) if ((sorted[at] ?? 0) - (sorted[at - 1] ?? 0) <= ALIGNED) return true;
	return false;
}
