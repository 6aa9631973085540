import { readLabel, type Label } from '../../tree/label';
import { lineText, type PdfLine } from './page';
import { brokeFull, endsSentence } from './pages-join';

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
		const own = piece.text.trim().length;
		if (passed >= characters) return piece.x;
		if (passed + own > characters) {
			return piece.x + (piece.width * Math.min(piece.text.length, characters - passed + 1)) / piece.text.length;
		}
		passed += own;
	}
	return line.x1;
}

/** Lines further apart are set with space between, or are paragraphs of one line each. */
const TIGHT = 1.7;

/**
 * Distance of neighbouring lines in running text, in parts of the type size: the most frequent of the tight ones, since a
 * document may hold more short paragraphs than long ones; of all where nothing is set tight.
 */
export function usualLeading(lines: readonly PdfLine[]): number {
	const counts = new Map<number, number>();
	for (let at = 1; at < lines.length; at++) {
		const [above, line] = [lines[at - 1], lines[at]];
		if (!above || !line || Math.abs(above.size - line.size) > 0.3) continue;
		const distance = Math.round(((line.y - above.y) / line.size) * 20) / 20;
		if (distance > 0.9 && distance < 3) counts.set(distance, (counts.get(distance) ?? 0) + 1);
	}
	const tight = [...counts].filter(([distance]) => distance <= TIGHT);
	const enough = tight.reduce((sum, [, count]) => sum + count, 0) * 20 >= lines.length;
	let [best, most] = [1.2, 0];
	for (const [distance, count] of enough ? tight : counts)
		if (count > most || (count === most && distance < best)) [best, most] = [distance, count];
	return best;
}

function isBold(line: PdfLine): boolean {
	return line.pieces.every((piece) => piece.bold || piece.text.trim() === '');
}

function isCentred(line: PdfLine, left: number, right: number): boolean {
	const [before, behind] = [line.x0 - left, right - line.x1];
	return before > 3 * line.size && Math.abs(before - behind) < 2 * line.size;
}

export interface Area {
	left: number;
	right: number;
	/** Distance of lines in running text, in parts of the type size. */
	leading: number;
	/** Where the open block's text begins behind its mark. */
	edge: number;
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
	if (opening && breaksAt(opening, above, line, area.edge)) return false;
	if (line.x0 > Math.max(above.x0, area.edge) + 1.2 * size) return isCentred(line, area.left, area.right);
	return (
		brokeFull(above, line, area.right) ||
		(!endsSentence(lineText(above.pieces)) && /^\p{Ll}/u.test(lineText(line.pieces)))
	);
}

/** A bold line alone is a heading; one that ends in the middle of its words goes on. */
function endsBold(line: PdfLine): boolean {
	return !/[,\u2013-]$/.test(lineText(line.pieces));
}

/** A label at a line's start begins a clause, unless it merely came to stand there in the middle of a sentence. */
function breaksAt(opening: Opening, above: PdfLine, line: PdfLine, edge: number): boolean {
	const text = lineText(above.pieces);
	if (opening.kind === 'bullet') return !/[\u2013\u2014-]/.test(opening.marker) || endsSentence(text);
	if (endsSentence(text) || /(?:[,;] (?:and|or|und|oder|et|ou)|[,;:])$/.test(text)) return true;
	// Out of the paragraph's edge, or hanging before its own text: set as a clause.
	const hangs = opening.textX - line.x0 > 1.4 * line.size && line.pieces.length > 1;
	return (Math.abs(line.x0 - above.x0) > 0.8 * line.size && Math.abs(line.x0 - edge) > 0.8 * line.size) || hangs;
}
