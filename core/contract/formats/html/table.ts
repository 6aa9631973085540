import { readLabel } from '../../tree/label';
import { looksLikeHeader } from '../../tree/table';
import { integer } from './list-number';

interface Cell {
	text: string;
	header: boolean;
	colspan: number;
	rowspan: number;
}

export interface HtmlTable {
	/** Text lines where the table only lays out paragraphs; rows with a header row otherwise. */
	layout?: string[];
	rows: string[][];
}

const MOST_ROWS_SPANNED = 65_534;

/** The table being read. Inner tables give their text to the cell around them. */
export class TableBuilder {
	readonly #rows: Array<{ cells: Cell[]; head: boolean }> = [];
	caption = '';
	#head = false;

	constructor(private readonly maxColumns: number) {}

	section(name: string): void {
		this.#head = name === 'thead';
	}

	row(): void {
		this.#rows.push({ cells: [], head: this.#head });
	}

	cell(text: string, header: boolean, attributes: ReadonlyMap<string, string>): void {
		if (this.#rows.length === 0) this.row();
		this.#rows.at(-1)?.cells.push({
			text,
			header,
			colspan: Math.min(Math.max(1, integer(attributes.get('colspan')) ?? 1), this.maxColumns),
			rowspan: Math.min(Math.max(1, integer(attributes.get('rowspan')) ?? 1), MOST_ROWS_SPANNED),
		});
	}

	finish(): HtmlTable {
		const layout = this.#layout();
		if (layout) return { layout, rows: [] };
		const grid = this.#grid();
		const heads = this.#headRows();
		const header = mergeHeads(grid.slice(0, heads));
		const rows = dropEmptyColumns([header, ...grid.slice(heads)].filter((row) => row.some((text) => text !== '')));
		// What the page does not set as a header, and what does not read like one, is a row like the others.
		const named = this.#isHead(0) && header.some((text) => text !== '');
		return { rows: named || looksLikeHeader(rows[0] ?? []) ? rows : [[], ...rows] };
	}

	/** A table of one column, or of labels beside paragraphs, sets text and holds no rows. */
	#layout(): string[] | undefined {
		const filled = this.#rows
			.map(({ cells }) => cells.filter((cell) => cell.text !== ''))
			.filter((cells) => cells.length > 0);
		const headed = this.#rows.some(
			({ head, cells }) => head || (cells.length > 1 && cells.some((cell) => cell.header)),
		);
		if (headed) return undefined;
		const sets = filled.every(([first, second, ...more]) => {
			if (!second) return true;
			return more.length === 0 && first !== undefined && isMark(first.text);
		});
		return sets
			? filled.flatMap((cells) =>
					cells
						.map((cell) => cell.text)
						.join(cells.length > 1 ? ' ' : '\n')
						.split('\n\n'),
				)
			: undefined;
	}

	#headRows(): number {
		let heads = 0;
		while (heads < this.#rows.length && heads < 4) {
			if (!this.#isHead(heads)) break;
			heads++;
		}
		return Math.max(1, heads);
	}

	#isHead(at: number): boolean {
		const row = this.#rows[at];
		return row !== undefined && (row.head || (row.cells.length > 1 && row.cells.every((cell) => cell.header)));
	}

	/** Cells in their columns: a cell over several rows stands in each of them, one over several columns in the first. */
	#grid(): string[][] {
		const grid: string[][] = [];
		const hanging: Array<{ text: string; rows: number } | undefined> = [];
		for (const { cells, head } of this.#rows) {
			const row: string[] = [];
			let column = 0;
			const fill = (): void => {
				for (let held = hanging[column]; held && held.rows > 0; held = hanging[column]) {
					row[column++] = held.text;
					held.rows--;
				}
			};
			for (const cell of cells) {
				fill();
				for (let n = 0; n < cell.colspan && column < this.maxColumns; n++, column++) {
					const text = n === 0 || head || cell.header ? cell.text : '';
					row[column] = text;
					hanging[column] = cell.rowspan > 1 ? { text, rows: cell.rowspan - 1 } : undefined;
				}
			}
			fill();
			grid.push(Array.from(row, (text) => (text as string | undefined) ?? ''));
		}
		return grid;
	}
}

function isMark(text: string): boolean {
	if (/^[-*+\u2022\u25cf\u25aa\u00b7\u2013\u25a1\u25a0o]$/.test(text)) return true;
	const label = readLabel(`${text} X`);
	return label !== undefined && label.length >= text.length;
}

/** Several header rows are one: `Fees` over `Year 1` reads `Fees Year 1`. */
function mergeHeads(heads: string[][]): string[] {
	const width = Math.max(0, ...heads.map((row) => row.length));
	return Array.from({ length: width }, (_, column) => {
		const parts = heads.map((row) => row[column] ?? '').filter((text) => text !== '');
		return [...new Set(parts)].join(' ');
	});
}

/** Columns that only keep other columns apart (filings set `$` and blanks in columns of their own) have no text. */
function dropEmptyColumns(rows: string[][]): string[][] {
	const used = new Set<number>();
	for (const row of rows) row.forEach((text, column) => text !== '' && used.add(column));
	const columns = [...used].sort((a, b) => a - b);
	return rows.map((row) => columns.map((column) => row[column] ?? ''));
}
