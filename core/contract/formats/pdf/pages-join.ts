import { readLabel } from '../../tree/label';
import type { PdfBlock } from './block';
import { lineText, type PdfLine } from './page';
import { weigh } from './widths';

/** Width of the first word of a line, by its share of the line's width. */
function firstWordWidth(line: PdfLine): number {
	const text = lineText(line.pieces);
	const word = text.split(' ', 1)[0] ?? '';
	return text.length === 0 ? 0 : ((line.x1 - line.x0) * weigh(word)) / weigh(text);
}

/**
 * Whether the line broke because it was full: the next line's first word had no room left. A paragraph's last line
 * nearly always had.
 */
export function brokeFull(line: PdfLine, next: PdfLine, right: number): boolean {
	// Widths of words are estimated from their line: a tenth more or less says nothing.
	return line.x1 + 0.25 * line.size + 1.1 * firstWordWidth(next) > right - 0.2 * line.size;
}

export function endsSentence(text: string): boolean {
	return /[.!?:;\u2026]["'\u201d\u2019)\]]{0,3}$/.test(text.trimEnd());
}

/** Part of a line that may stay empty where the next word was too long for it. */
const WIDE_GAP = 0.12;

/** Whether the first block of a page goes on with the last one of the page before. */
function goesOn(last: PdfBlock, next: PdfBlock): boolean {
	const end = last.lines.at(-1);
	const start = next.lines[0];
	if (!end || !start || next.marker !== undefined || next.kind !== 'paragraph' || last.kind === 'table') return false;
	if (last.kind === 'heading' || Math.abs(end.size - start.size) > 0.6) return false;
	const inside = last.kind === 'item' ? last.depth + 1 : last.depth;
	if (next.depth !== inside) return false;
	const [left, right] = [lineText(end.pieces), lineText(start.pieces)];
	const margin = Math.max(last.right, end.x1);
	// The end of an unfinished sentence and its lower-case rest belong together, even if a long word left a gap.
	if (!endsSentence(left) && /^\p{Ll}/u.test(right) && margin - end.x1 < WIDE_GAP * (margin - end.x0)) return true;
	if (!brokeFull(end, start, margin)) return false;
	if (!endsSentence(left) || /^\p{Ll}/u.test(right)) return true;
	// Printers leave no single line of a paragraph behind, neither before the page break nor after it.
	return last.lines.length > 1 && next.lines.length > 1 && !opensAnew(end, start) && !readLabel(right);
}

/** A quoted term or bold words behind the end of a sentence. */
export function opensAnew(above: PdfLine, line: PdfLine): boolean {
	const [last, first] = [above.pieces.at(-1), line.pieces[0]];
	return /^["\u201c\u201e\u00ab]/.test(lineText(line.pieces)) || (first?.bold === true && last?.bold !== true);
}

function cellText(cell: readonly PdfLine[]): string {
	return cell.map((line) => lineText(line.pieces)).join(' ');
}

/** Columns that a page has at most; a table's header is printed in each that it goes on in. */
const MOST_COLUMNS = 4;

/** Whether a table begins with the header row of another, printed once or, for the columns of a page, several times. */
export function repeatsHeader({ rows }: PdfBlock, next: PdfBlock): boolean {
	const [header, first] = [rows?.[0], next.rows?.[0]];
	if (!header || !first || header.length !== first.length) return false;
	const words = (row: PdfLine[][]): string[] => row.map((cell) => cellText(cell).split(' ').sort().join(' '));
	const [wanted, found] = [words(header), words(first)];
	for (let times = 1; times <= MOST_COLUMNS; times++)
		if (wanted.every((cell, at) => repeated(cell, times) === found[at])) return true;
	return false;
}

/** Sorted words, each so many times. */
function repeated(words: string, times: number): string {
	return words
		.split(' ')
		.flatMap((word) => Array<string>(times).fill(word))
		.join(' ');
}

/** A table goes on over the page; a header row that is printed again is left out. */
export function joinTables(last: PdfBlock, next: PdfBlock): boolean {
	const [rows, more] = [last.rows, next.rows];
	const [header, first] = [rows?.[0], more?.[0]];
	if (!rows || !more || !header || !first || header.length !== first.length) return false;
	const body = repeatsHeader(last, next) ? more.slice(1) : more;
	const split = body[0];
	const end = rows.at(-1);
	// A row broken by the page goes on with empty cells where it was finished.
	if (split && end && rows.length > 1 && split.some((cell) => cell.length === 0) && isRest(split)) {
		split.forEach((cell, column) => end[column]?.push(...cell));
		body.shift();
	}
	rows.push(...body);
	return true;
}

function isRest(row: ReadonlyArray<readonly PdfLine[]>): boolean {
	return row[0]?.length === 0 || row.every((cell) => cell.length === 0 || /^[\p{Ll}(,;]/u.test(cellText(cell)));
}

/** One list of blocks: paragraphs and tables that a page break cut are whole again. */
export function joinPages(pages: readonly PdfBlock[][]): PdfBlock[] {
	const joined: PdfBlock[] = [];
	for (const blocks of pages) {
		let fresh = true;
		for (const block of blocks) {
			const last = joined.at(-1);
			const cut = fresh && last !== undefined && last.page < block.page;
			fresh = false;
			if (cut && goesOn(last, block)) last.lines.push(...block.lines);
			else if (cut && last.kind === 'table' && block.kind === 'table' && joinTables(last, block))
				last.page = block.page;
			else joined.push(block);
		}
	}
	return joined;
}
