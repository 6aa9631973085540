import type { Span } from '../../../model';
import type { ClauseNode } from '../../tree';
import { plainWords } from '../text/plain';
import type { Base } from './base';

/** How the source writes the cells of a row beside each other. */
export type TableStyle = 'pipe' | 'tab' | 'aligned' | 'html';

export interface TableCell {
	text: string;
	/** Without the blanks around it; empty cells have an empty span. */
	span: Span;
}

export interface TableRow {
	cells: TableCell[];
	span: Span;
}

/** A table of the agreement, with where each cell stands in the source. */
export interface SourceTable {
	style: TableStyle;
	columns: TableCell[];
	rows: TableRow[];
	/** The row of dashes under the header of a table with bars. */
	rule?: TableRow;
	span: Span;
	node: ClauseNode;
}

/** The tables inside a stretch: those of the clause tree, and those that are only set out with blanks. */
export function tablesIn(base: Base, span: Span): SourceTable[] {
	const nodes = base.within(span);
	const written = nodes.flatMap((node) => (node.table ? (readWritten(base, node) ?? []) : []));
	return [...written, ...alignedTables(base, span, nodes)].sort((a, b) => a.span.start - b.span.start);
}

function readWritten(base: Base, node: ClauseNode): SourceTable | undefined {
	const { text } = base.document;
	const source = text.slice(node.span.start, node.span.end);
	const table = node.table;
	if (!table) return undefined;
	if (/^\s*</.test(source)) {
		const cell = (name: string): TableCell => ({ text: name, span: { start: node.span.start, end: node.span.start } });
		const rows = table.rows.map((cells, index) => ({ cells: cells.map(cell), span: table.spans[index] ?? node.span }));
		return { style: 'html', columns: table.columns.map(cell), rows, span: node.span, node };
	}
	const style = source.includes('|') ? 'pipe' : 'tab';
	const lines = linesOf(text, node.span, style).map((line) => ({ line, cells: cellsOf(base, line, style) }));
	const rule = lines.find(({ cells }) => cells.every(({ text: words }) => /^[:=+\-\s]*$/.test(words) && words !== ''));
	const rows = lines
		.filter((one) => one !== rule && one.cells.some((cell) => cell.text !== ''))
		.map(({ line, cells }) => ({ cells, span: line }));
	const [header, ...rest] = rows;
	return header
		? {
				style,
				columns: header.cells,
				rows: rest,
				span: node.span,
				node,
				...(rule ? { rule: { cells: rule.cells, span: rule.line } } : {}),
			}
		: undefined;
}

/** Lines with something in them; a tab at an end is an empty cell. */
function linesOf(text: string, { start, end }: Span, style: 'pipe' | 'tab'): Span[] {
	const lines: Span[] = [];
	for (let at = start; at < end;) {
		const feed = text.indexOf('\n', at);
		const stop = feed < 0 || feed > end ? end : feed;
		const line =
			style === 'tab'
				? { start: at, end: text.charAt(stop - 1) === '\r' ? stop - 1 : stop }
				: trimmed(text, { start: at, end: stop });
		if (text.slice(line.start, line.end).trim() !== '') lines.push(line);
		at = stop + 1;
	}
	return lines;
}

function trimmed(text: string, { start, end }: Span): Span {
	let [from, to] = [start, end];
	while (from < to && /\s/.test(text.charAt(from))) from++;
	while (to > from && /\s/.test(text.charAt(to - 1))) to--;
	return { start: from, end: to };
}

function cellsOf(base: Base, line: Span, style: 'pipe' | 'tab'): TableCell[] {
	const { text, format } = base.document;
	const mark = style === 'pipe' ? '|' : '\t';
	const cells: TableCell[] = [];
	let from = style === 'pipe' && text.charAt(line.start) === '|' ? line.start + 1 : line.start;
	for (let at = from; at <= line.end; at++) {
		if (at < line.end && (text.charAt(at) !== mark || text.charAt(at - 1) === '\\')) continue;
		if (at === line.end && from === line.end && style === 'pipe') break;
		const span = trimmed(text, { start: from, end: at });
		cells.push({ text: plainWords(text.slice(span.start, span.end), format), span });
		from = at + 1;
	}
	return cells;
}

const GAP = / {2,}/g;

/** Stretches of a line that two blanks or more keep apart. */
function stretches(text: string, line: Span): TableCell[] {
	const cells: TableCell[] = [];
	const words = text.slice(line.start, line.end);
	let from = 0;
	for (const gap of [...words.matchAll(GAP), undefined]) {
		const to = gap ? gap.index : words.length;
		if (to > from) {
			const span = { start: line.start + from, end: line.start + to };
			cells.push({ text: words.slice(from, to), span });
		}
		from = gap ? gap.index + gap[0].length : words.length;
	}
	return cells;
}

/**
 * Tables set out with blanks: lines one under the other with the same number of cells, whose cells begin (or end, as
 * numbers do) in the same columns. Two lines are enough where the first reads as a header.
 */
function alignedTables(base: Base, span: Span, nodes: readonly ClauseNode[]): SourceTable[] {
	if (base.document.format !== 'text') return [];
	const { text } = base.document;
	const found: SourceTable[] = [];
	let run: TableRow[] = [];
	const close = (): void => {
		const [header, ...rows] = run;
		const node = header && nodes.find((one) => one.span.start <= header.span.start && one.span.end >= header.span.end);
		if (
			header &&
			node &&
			!node.table &&
			rows.length > 0 &&
			header.cells.every(({ text: words }) => /\p{L}/u.test(words))
		)
			found.push({
				style: 'aligned',
				columns: header.cells,
				rows,
				span: { start: header.span.start, end: rows.at(-1)?.span.end ?? header.span.end },
				node,
			});
		run = [];
	};
	for (let at = span.start; at < span.end;) {
		const feed = text.indexOf('\n', at);
		const stop = feed < 0 || feed > span.end ? span.end : feed;
		const line = trimmed(text, { start: at, end: stop });
		const cells = stretches(text, line);
		if (cells.length < 2 || (run[0] && !fits(text, run[0], cells))) close();
		if (cells.length >= 2) run.push({ cells, span: line });
		at = stop + 1;
	}
	close();
	return found;
}

function columnOf(text: string, offset: number): number {
	return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

function fits(text: string, header: TableRow, cells: readonly TableCell[]): boolean {
	return (
		cells.length === header.cells.length &&
		cells.every((cell, index) => {
			const above = header.cells[index];
			if (!above) return false;
			const near = (a: number, b: number): boolean => Math.abs(columnOf(text, a) - columnOf(text, b)) <= 1;
			return near(cell.span.start, above.span.start) || near(cell.span.end, above.span.end);
		})
	);
}

/** A row as the table writes its rows. */
export function rowLine(base: Base, table: SourceTable, cells: readonly string[]): string | undefined {
	const last = table.rows.at(-1) ?? { cells: table.columns, span: table.span };
	switch (table.style) {
		case 'pipe': {
			const bare = base.document.text.charAt(last.span.start) !== '|';
			return bare ? cells.join(' | ') : `| ${cells.join(' | ')} |`;
		}
		case 'tab':
			return cells.join('\t');
		case 'aligned':
			return alignedLine(base.document.text, last, cells);
		case 'html':
			return undefined;
	}
}

/** Cells begin where those of the row above do; longer ones push the next to the right. */
function alignedLine(text: string, above: TableRow, cells: readonly string[]): string {
	const first = above.cells[0]?.span.start ?? above.span.start;
	let line = '';
	cells.forEach((cell, index) => {
		const start = (above.cells[index]?.span.start ?? first) - first;
		line = (index === 0 ? '' : line.padEnd(Math.max(start, line.length + 2))) + cell;
	});
	return ' '.repeat(columnOf(text, first)) + line;
}
