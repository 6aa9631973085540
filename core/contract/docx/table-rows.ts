import { looksLikeHeader } from '../tree/table';
import type { Block, Row, Table } from './content';

export type CellText = (blocks: Block[]) => string;

/** A cell over several rows, as the rows below see it. */
interface Above {
	text: string;
}

/**
 * The cells of a table as a grid of texts; the first row is its header. A cell over several rows is repeated in each
 * of them, since a row is read as a record; of a cell over several columns the others stay empty. Several header rows
 * become one.
 */
export function tableRows(
	table: Table,
	text: CellText,
	maxColumns: number,
	grow: (length: number) => void,
): string[][] {
	const above: Array<Above | undefined> = [];
	const headers = countHeaders(table);
	const rows = table.rows.map((row, index) => {
		const cells = rowCells(row, text, above, maxColumns, index < headers && headers > 1);
		grow(cells.reduce((sum, cell) => sum + cell.length + 3, 0));
		return cells;
	});
	if (headers > 1) return [mergedHeader(rows.slice(0, headers)), ...rows.slice(headers)];
	const named = table.rows[0]?.header === true || looksLikeHeader(rows[0] ?? []);
	return named ? rows : [[], ...rows];
}

function countHeaders(table: Table): number {
	const first = table.rows.findIndex((row) => !row.header);
	return first < 0 ? Math.min(1, table.rows.length) : first;
}

function rowCells(
	row: Row,
	text: CellText,
	above: Array<Above | undefined>,
	maxColumns: number,
	spread: boolean,
): string[] {
	const cells: string[] = new Array<string>(row.before).fill('');
	for (const cell of row.cells) {
		const column = cells.length;
		if (column >= maxColumns) break;
		const own = text(cell.blocks);
		const shown = cell.merge === 'continue' ? (above[column]?.text ?? own) : own;
		above[column] = cell.merge === undefined ? undefined : { text: shown };
		cells.push(shown);
		for (let more = 1; more < cell.columns && cells.length < maxColumns; more++) cells.push(spread ? shown : '');
	}
	return cells;
}

/** `Price` over `Net` and `Gross` names two columns: `Price Net`, `Price Gross`. */
function mergedHeader(rows: string[][]): string[] {
	const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
	return Array.from({ length: width }, (_, column) =>
		[...new Set(rows.map((row) => row[column] ?? ''))].filter((cell) => cell !== '').join(' '),
	);
}
