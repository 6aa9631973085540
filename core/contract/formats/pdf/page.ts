import type { Box } from './shapes';

/** A piece of text as the page places it. Points (1/72 inch), y grows downwards, baseline. */
export interface PlacedText {
	text: string;
	x: number;
	y: number;
	width: number;
	size: number;
	bold: boolean;
	/** Marked-content id that ties it to the structure tree. */
	mark?: string;
	/** A blank is written before it. */
	spaced?: boolean;
	/** How many blanks are drawn behind it. */
	blanks?: number;
	/** Declared as no part of the document: running heads, page numbers. */
	artifact: boolean;
}

/** A node of the document's structure tree (ISO 32000-1, 14.7), as far as it touches one page. */
export interface StructNode {
	role: string;
	children: Array<StructNode | { mark: string }>;
}

export interface PdfPage {
	width: number;
	height: number;
	/** As the text layer has them. */
	texts: PlacedText[];
	/** As they are drawn: cut between cells, with bullets that are no letters. */
	drawn: PlacedText[];
	/** Thin lines: borders of cells, underlines. */
	rules: Box[];
	/** Width of the usual blank, in parts of the type size. */
	blank?: number;
	structure?: StructNode;
}

/** Pieces that stand on one baseline, from left to right. */
export interface PdfLine {
	pieces: PlacedText[];
	x0: number;
	x1: number;
	y: number;
	size: number;
	/** The file places words one by one. */
	wordwise?: boolean;
}

/** How far apart two pieces may stand and still be one word, in parts of the type size. */
const WORD_GAP = 0.14;

/** Text between two neighbours on a line: nothing inside a word, a blank between words. */
export function glue(left: PlacedText, right: PlacedText): string {
	if (/\s$/.test(left.text) || /^\s/.test(right.text)) return '';
	const gap = right.x - (left.x + left.width);
	return gap > WORD_GAP * Math.min(left.size, right.size) ? ' ' : '';
}

export function lineText(pieces: readonly PlacedText[]): string {
	let text = '';
	let last: PlacedText | undefined;
	for (const piece of pieces) {
		text += (last ? glue(last, piece) : '') + piece.text;
		last = piece;
	}
	return text.trim();
}

export function makeLine(pieces: PlacedText[]): PdfLine {
	let [x0, x1, size] = [Infinity, -Infinity, 0];
	const sizes = new Map<number, number>();
	for (const piece of pieces) {
		x0 = Math.min(x0, piece.x);
		x1 = Math.max(x1, piece.x + piece.width);
		sizes.set(piece.size, (sizes.get(piece.size) ?? 0) + piece.text.length);
	}
	let most = -1;
	for (const [value, count] of sizes) if (count > most) [size, most] = [value, count];
	const main = pieces.find((piece) => piece.size === size) ?? pieces[0];
	return { pieces, x0, x1, y: main?.y ?? 0, size };
}
