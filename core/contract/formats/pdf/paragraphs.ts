import { readLabel, type Label } from '../../tree/label';
import type { PdfBlock } from './block';
import { lineText, type PdfLine } from './page';
import { brokeFull, endsSentence, opensAnew } from './pages-join';
import { weigh } from './widths';

/** A mark at the start of a line that opens an item. */
export interface Opening {
	/** As printed. */
	marker: string;
	kind: 'bullet' | 'ordinal' | 'label';
	label?: Label;
	/** Where the text behind the mark stands. */
	textX: number;
}

const BULLET =
	/^[-*+\u2022\u25cf\u25cb\u25e6\u25aa\u25ab\u25a0\u00b7\u2219\u2043\u27a2\u2013\u2014\uf0b7\uf0a7\uf0d8](?=\s|$)/;

/** The mark that a line opens with, if any. */
export function openingOf(line: PdfLine): Opening | undefined {
	const text = lineText(line.pieces);
	const bullet = BULLET.exec(text);
	if (bullet) return { marker: bullet[0], kind: 'bullet', textX: textStart(line, 1) };
	const label = readLabel(text);
	if (!label || label.style === 'schedule' || label.style === 'article' || label.style === 'part') return undefined;
	const printed = text.slice(0, label.length).trim();
	const kind = /^[0-9]{1,3}\.$/.test(printed) ? 'ordinal' : 'label';
	return { marker: printed, kind, label, textX: textStart(line, printed.length) };
}

/** Where text goes on behind its first characters. */
function textStart(line: PdfLine, characters: number): number {
	let passed = 0;
	for (const piece of line.pieces) {
		const text = piece.text.trim();
		if (passed >= characters) return piece.x;
		if (passed + text.length > characters) {
			const mark = text.slice(0, characters - passed);
			const blank = text.charAt(mark.length) === ' ' ? ' ' : '';
			return piece.x + (piece.width * weigh(mark + blank)) / weigh(text);
		}
		passed += text.length;
	}
	return line.x1;
}

export function isBold(line: PdfLine): boolean {
	return line.pieces.every((piece) => piece.bold || piece.text.trim() === '');
}

export function isCentred(line: PdfLine, left: number, right: number): boolean {
	const [before, behind] = [line.x0 - left, right - line.x1];
	return before > 3 * line.size && Math.abs(before - behind) < 2 * line.size;
}

export interface Area {
	left: number;
	right: number;
	/** Distance of lines in running text, in parts of the type size. */
	leading: number;
	/** Paragraphs stand further apart than lines. */
	apart: boolean;
	/** Where the open block's text begins behind its mark. */
	edge: number;
	/** Where its only line begins. */
	first: number;
	/** The line stands where no paragraph of the document begins. */
	inside?: boolean;
}

/** Whether a line goes on with the paragraph of the line above it. */
export function continues(above: PdfLine, line: PdfLine, area: Area): boolean {
	const size = Math.max(above.size, line.size);
	if (Math.abs(above.size - line.size) > 0.12 * size + 0.3) return false;
	if (line.y - above.y > area.leading * size * 1.22 + 0.5 || line.y <= above.y) return false;
	const [bold, plain] = [isBold(above), isBold(line)];
	if (bold !== plain && (bold ? endsBold(above) : true) && !brokeFull(above, line, area.right)) return false;
	if (isCentred(above, area.left, area.right) !== isCentred(line, area.left, area.right) && bold !== plain)
		return false;
	const opening = openingOf(line);
	if (opening && breaksAt(opening, above, line, area)) return false;
	if (line.x0 > Math.max(above.x0, area.edge) + 1.2 * size) return isCentred(line, area.left, area.right);
	return (
		brokeFull(above, line, area.right) ||
		(!endsSentence(lineText(above.pieces)) && /^\p{Ll}/u.test(lineText(line.pieces)))
	);
}

/** Part of a line that may stay empty where the next word was too long for it. */
const WIDE_GAP = 0.12;

/**
 * Whether the first line of a page or column goes on with the last block before it.
 * @param follows whether the line after it goes on with it: printers leave no single line of a paragraph behind
 * @param area `edge` counted from the left edge of the block's own area
 */
export function goesOnBehind(open: PdfBlock, line: PdfLine, follows: boolean, area: Area): boolean {
	const above = open.lines.at(-1);
	if (!above || open.kind === 'heading' || open.kind === 'table') return false;
	if (Math.abs(above.size - line.size) > 0.6 || openingOf(line)?.kind === 'bullet') return false;
	const edge = area.edge + (open.left ?? 0);
	const near = (x: number): boolean => Math.abs(x) < 1.2 * line.size;
	if (
		!near(line.x0 - edge) &&
		!near(line.x0 - area.left - area.edge) &&
		!(open.lines.length === 1 && near(line.x0 - area.left))
	)
		return false;
	const [left, right] = [lineText(above.pieces), lineText(line.pieces)];
	const margin = Math.max(open.right, above.x1);
	const lower = /^\p{Ll}/u.test(right);
	const opening = openingOf(line);
	if (opening && breaksAt(opening, above, line, { ...area, edge, apart: false })) return false;
	// The end of an unfinished sentence and its lower-case rest belong together, even if a long word left a gap.
	if (!endsSentence(left) && lower && margin - above.x1 < WIDE_GAP * (margin - above.x0)) return true;
	if (!brokeFull(above, line, margin)) return false;
	if (!endsSentence(left) || lower) return true;
	return open.lines.length > 1 && follows && !opensAnew(above, line);
}

/** A bold line alone is a heading; one that ends in the middle of its words goes on. */
function endsBold(line: PdfLine): boolean {
	return !/[,\u2013-]$/.test(lineText(line.pieces));
}

/** A label at a line's start begins a clause, unless it merely came to stand there in the middle of a sentence. */
function breaksAt(opening: Opening, above: PdfLine, line: PdfLine, area: Area): boolean {
	const { edge } = area;
	if (area.inside === true && opening.kind !== 'bullet' && brokeFull(above, line, area.right)) return false;
	const text = lineText(above.pieces);
	// Where paragraphs stand apart, a label at the edge of full lines is in the middle of one.
	const near = (x: number): boolean => Math.abs(line.x0 - x) < 0.3 * line.size;
	const inside = (near(edge) || near(area.first)) && brokeFull(above, line, area.right) && !hangs(opening, line);
	if (area.apart && inside && opening.kind !== 'bullet') return false;
	if (opening.kind === 'bullet') return !/[\u2013\u2014-]/.test(opening.marker) || endsSentence(text);
	if (endsSentence(text) || /(?:[,;] (?:and|or|und|oder|et|ou)|[,;:])$/.test(text)) return true;
	// Out of the paragraph's edge, or hanging before its own text: set as a clause.
	const moved = Math.abs(line.x0 - above.x0) > 0.8 * line.size && Math.abs(line.x0 - edge) > 0.8 * line.size;
	return moved || hangs(opening, line);
}

function hangs({ textX }: Opening, line: PdfLine): boolean {
	const behind = line.pieces.find((piece) => piece.x === textX);
	return textX - line.x0 > 1.4 * line.size && behind !== undefined && !behind.spaced;
}
