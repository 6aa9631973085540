import type { DocumentFormat, Span } from '../../model';
import { assertCount, type ContractLimits } from '../limits';
import { readInline } from './inline';
import type { Line } from './lines';
import type { ClauseTable } from './node';

function isDelimiterCharacter(code: number): boolean {
	return (
		code === 0x2d || code === 0x3a || code === 0x7c || code === 0x2b || code === 0x20 || code === 0x09 || code === 0x3d
	);
}

/** `| --- | :-: |`, and the `+----+` rules of plain text tables. */
export function isDelimiterRow(text: string, line: Line | undefined): boolean {
	if (!line || line.content >= line.end) return false;
	let dashes = 0;
	let bars = 0;
	for (let at = line.content; at < line.end; at++) {
		const code = text.charCodeAt(at);
		if (!isDelimiterCharacter(code)) return false;
		if (code === 0x2d || code === 0x3d) dashes++;
		if (code === 0x7c || code === 0x2b) bars++;
	}
	return dashes > 0 && bars > 0;
}

/** How large tables may become, all of a document together. */
export interface TableBounds {
	maxColumns: number;
	/** Told of cells as they are read; throws where they are too many. */
	count(cells: number): void;
}

/** @throws DomainError INPUT_TOO_LARGE (`maxCells`), from `count` */
export function tableBounds(limits: ContractLimits): TableBounds {
	let cells = 0;
	return { maxColumns: limits.maxColumns, count: (more) => assertCount('maxCells', (cells += more), limits) };
}

function splitCells(text: string, line: Line, separator: number, format: DocumentFormat): string[] {
	const cells: string[] = [];
	let from = line.content;
	if (separator === 0x7c && text.charCodeAt(from) === separator) from++;
	for (let at = from; at <= line.end; at++) {
		if (at < line.end && (text.charCodeAt(at) !== separator || text.charCodeAt(at - 1) === 0x5c)) continue;
		cells.push(readInline(text, from, at, format).text);
		from = at + 1;
	}
	if (separator === 0x7c && cells.at(-1) === '') cells.pop();
	return cells;
}

/** Header cells as unique, non-empty names. */
function columnNames(header: string[], width: number): string[] {
	const seen = new Set<string>();
	const names: string[] = [];
	for (let i = 0; i < width; i++) {
		const wanted = header[i] === undefined || header[i] === '' ? `Column ${i + 1}` : (header[i] ?? '');
		let name = wanted;
		for (let n = 2; seen.has(name); n++) name = `${wanted} ${n}`;
		seen.add(name);
		names.push(name);
	}
	return names;
}

/**
 * Reads a table from its lines. The header is the row above the delimiter row, or the first row with content:
 * converters from HTML write an empty header and put the real one into the body.
 */
export function readTable(text: string, lines: Line[], format: DocumentFormat, bounds: TableBounds): ClauseTable {
	const separator = lines.some((line) => text.slice(line.content, line.end).includes('|')) ? 0x7c : 0x09;
	const read: TableLine[] = [];
	let ruled = false;
	for (let at = 0; at < lines.length; at++) {
		const first = lines[at];
		if (!first) continue;
		if (isDelimiterRow(text, first)) {
			ruled ||= read.length === 1;
			continue;
		}
		if (separator === 0x7c) at = lastLineOfRow(text, lines, at);
		const line = { ...first, end: lines[at]?.end ?? first.end };
		const cells = splitCells(text, line, separator, format).slice(0, bounds.maxColumns);
		if (!cells.some((cell) => cell !== '')) continue;
		bounds.count(cells.length);
		read.push({ cells, span: { start: line.content, end: line.end } });
	}
	// Without a header of its own a table may have none at all: `Other information: | Not applicable.`
	const headless = !ruled && read[0] !== undefined && !looksLikeHeader(read[0].cells);
	return tableOf(headless ? [{ cells: [], span: read[0]?.span ?? { start: 0, end: 0 } }, ...read] : read, bounds);
}

const LONGEST_HEADER = 80;

/**
 * Whether a first row may name the columns. Names are short and are no sentences; of a form the first cell of a row asks
 * and the next one answers.
 */
export function looksLikeHeader(cells: readonly string[]): boolean {
	if (cells.some((cell) => cell.length > LONGEST_HEADER || /[.;]$/.test(cell))) return false;
	return !(cells[0]?.endsWith(':') === true && cells.slice(1).some((cell) => cell !== '' && !cell.endsWith(':')));
}

const MOST_LINES_IN_ROW = 40;

/** Whether a line closes its row with a bar, or breaks inside of a cell: a backslash or two blanks at its end. */
function rowEnding(text: string, line: Line): 'closed' | 'broken' | 'open' {
	let end = line.end;
	while (end > line.content && text.charCodeAt(end - 1) === 0x20) end--;
	const last = text.charCodeAt(end - 1);
	if (last === 0x7c) return 'closed';
	return last === 0x5c || line.end - end >= 2 ? 'broken' : 'open';
}

/** The last line of the row that begins at `at`: over hard line breaks in its cells it goes on to the bar that closes it. */
export function lastLineOfRow(text: string, lines: readonly Line[], at: number): number {
	for (let to = at; to < Math.min(lines.length, at + MOST_LINES_IN_ROW); to++) {
		const line = lines[to];
		if (!line || line.content >= line.end) return at;
		const ending = rowEnding(text, line);
		if (ending === 'closed') return to;
		if (ending === 'open') return at;
	}
	return at;
}

/** Cells of a row as read, with where they stand. */
export interface TableLine {
	cells: string[];
	span: Span;
}

/** A table from its lines, whose cells have been counted: the first is the header. */
export function tableOf(lines: readonly TableLine[], bounds: TableBounds): ClauseTable {
	const [header, ...rows] = lines;
	const width = lines.reduce((most, { cells }) => Math.max(most, cells.length), 0);
	for (const { cells } of rows) bounds.count(width - cells.length);
	return {
		columns: columnNames(header?.cells ?? [], width),
		rows: rows.map(({ cells }) => cells.concat(new Array<string>(width - cells.length).fill(''))),
		spans: rows.map(({ span }) => span),
	};
}
