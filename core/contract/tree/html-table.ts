import type { Span } from '../../model';
import { readInline } from './inline';
import type { ClauseTable } from './node';
import { tableOf, type TableBounds, type TableLine } from './table';

const OPEN = '<table';
const CLOSE = '</table';
const TAG = /<(\/?)(tr|td|th)\b([^<>]*)>/gi;
const CAPTION = /<caption\b[^<>]*>([^<]*(?:<(?!\/caption)[^<]*)*)<\/caption/i;
const LONGEST_SPAN = 1_000;

/** Whether an HTML table begins at `at`. */
export function opensHtmlTable(text: string, at: number): boolean {
	return text.charCodeAt(at) === 0x3c && text.slice(at, at + OPEN.length).toLowerCase() === OPEN;
}

/** End of the HTML table that begins at `at`, behind its closing tag; -1 where none closes it. */
export function htmlTableEnd(text: string, at: number): number {
	for (let close = text.indexOf('</', at); close >= 0; close = text.indexOf('</', close + 2)) {
		if (text.slice(close, close + CLOSE.length).toLowerCase() !== CLOSE) continue;
		const end = text.indexOf('>', close);
		return end < 0 ? text.length : end + 1;
	}
	return -1;
}

/** Where the caption's text stands. */
export function htmlCaption(text: string, { start, end }: Span): Span | undefined {
	const match = CAPTION.exec(text.slice(start, Math.min(end, start + 4_096)));
	if (match?.[1] === undefined) return undefined;
	const from = start + match.index + match[0].indexOf('>') + 1;
	return { start: from, end: from + match[1].length };
}

function spanned(attributes: string, name: string): number {
	if (attributes === '') return 1;
	const value = new RegExp(`\\b${name}\\s{0,4}=\\s{0,4}["']?([0-9]{1,4})`, 'i').exec(attributes)?.[1];
	return Math.min(LONGEST_SPAN, Math.max(1, Number(value ?? 1)));
}

/** Collects cells into rows, as a browser lays them out: a cell over several rows stands in each of them. */
class Rows {
	readonly lines: TableLine[] = [];
	#cells: string[] = [];
	#start = -1;
	/** Cells that reach down from earlier rows, by column. */
	#hanging = new Map<number, { text: string; rows: number }>();

	constructor(private readonly bounds: TableBounds) {}

	open(at: number): void {
		this.close(at);
		this.#start = at;
	}

	add(text: string, attributes: string, at: number): void {
		if (this.#start < 0) this.#start = at;
		this.#fill();
		const rows = spanned(attributes, 'rowspan');
		for (let i = 0; i < spanned(attributes, 'colspan') && this.#cells.length < this.bounds.maxColumns; i++) {
			if (rows > 1) this.#hanging.set(this.#cells.length, { text: i === 0 ? text : '', rows });
			this.#cells.push(i === 0 ? text : '');
		}
	}

	close(at: number): void {
		if (this.#start < 0) return;
		this.#fill();
		for (const [column, hanging] of this.#hanging) if (--hanging.rows === 0) this.#hanging.delete(column);
		if (this.#cells.some((cell) => cell !== '')) {
			this.bounds.count(this.#cells.length);
			this.lines.push({ cells: this.#cells, span: { start: this.#start, end: at } });
		}
		this.#cells = [];
		this.#start = -1;
	}

	#fill(): void {
		for (let held = this.#hanging.get(this.#cells.length); held; held = this.#hanging.get(this.#cells.length)) {
			// The row that the cell began in has it already.
			if (this.#cells.length >= this.bounds.maxColumns) return;
			this.#cells.push(held.text);
		}
	}
}

/** Reads an HTML table inside Markdown as rows. Linear: every tag is looked at once. */
export function readHtmlTable(text: string, { start, end }: Span, bounds: TableBounds): ClauseTable {
	const rows = new Rows(bounds);
	let cell: { from: number; attributes: string } | undefined;
	const finish = (at: number): void => {
		if (cell) rows.add(readInline(text, cell.from, at, 'markdown').text, cell.attributes, cell.from);
		cell = undefined;
	};
	const inner = text.slice(start, end);
	for (const match of inner.matchAll(TAG)) {
		const at = start + match.index;
		finish(at);
		const isRow = match[2]?.toLowerCase() === 'tr';
		if (isRow && match[1] === '') rows.open(at);
		else if (isRow) rows.close(at + match[0].length);
		else if (match[1] === '') cell = { from: at + match[0].length, attributes: match[3] ?? '' };
	}
	finish(end);
	rows.close(end);
	return tableOf(rows.lines, bounds);
}
