import type { TermExtractor } from '../../model';
import { columnId, rowId } from '../compare/table';
import { subtree, type ClauseNode, type ClauseTable } from '../tree';
import { findHeaded, nearbyHeadings, type Version } from './passage';
import type { Reading } from './reading';

const MOST_NAMED = 3;

/** Tables under a heading; of several the one with the key column, with those of the same header joined. */
function chooseTables(nodes: ClauseNode[], key: string | undefined): ClauseNode[] {
	const tables = nodes.filter((node) => node.table);
	const hasKey = (node: ClauseNode): boolean => key === undefined || keyColumn(node.table, key) >= 0;
	const first = tables.find(hasKey) ?? tables[0];
	const header = (node: ClauseNode | undefined): string => (node?.table?.columns ?? []).map(columnId).join('\u0000');
	return tables.filter((node) => header(node) === header(first));
}

function keyColumn(table: ClauseTable | undefined, key: string): number {
	return (table?.columns ?? []).findIndex((column) => columnId(column) === columnId(key));
}

/** Why the key column cannot identify rows, if it cannot. */
function keyProblem(rows: string[][], column: number, key: string): string | undefined {
	const seen = new Set<string>();
	const twice = new Set<string>();
	let empty = 0;
	for (const row of rows) {
		const id = rowId(row[column] ?? '');
		if (id === '') empty++;
		else if (seen.has(id)) twice.add(row[column] ?? '');
		seen.add(id);
	}
	if (twice.size > 0)
		return `the key column "${key}" holds ${[...twice]
			.slice(0, MOST_NAMED)
			.map((value) => `"${value}"`)
			.join(', ')} more than once`;
	return empty > 0 ? `the key column "${key}" is empty in ${empty} of ${rows.length} rows` : undefined;
}

/** Positions of the columns that are asked for, in the table's order; all of them where none is named. */
function keptColumns(columns: string[], wanted: string[] | undefined): { at: number[] } | { missing: string } {
	if (wanted === undefined) return { at: columns.map((_, at) => at) };
	const at = wanted.map((name) => columns.findIndex((column) => columnId(column) === columnId(name)));
	const missing = wanted[at.indexOf(-1)];
	return missing === undefined ? { at: at.sort((a, b) => a - b) } : { missing };
}

/**
 * The rows of a schedule's table as records by column header.
 * @param schedules where it stands, if its number belongs to another schedule in this version
 */
export function readTableTerm(version: Version, extractor: TermExtractor, schedules?: ClauseNode[]): Reading {
	const name = extractor.schedule ?? extractor.clause ?? extractor.definition ?? '';
	const headed = schedules ?? findHeaded(version.tree, name);
	if (headed.length === 0)
		return { problem: `No schedule has the heading "${name}". ${nearbyHeadings(version.tree, name)}` };
	const nodes = new Map(headed.flatMap(subtree).map((node) => [node.index, node]));
	const tables = chooseTables(
		[...nodes.values()].sort((a, b) => a.index - b.index),
		extractor.key,
	);
	const first = tables[0];
	const columns = first?.table?.columns;
	if (!first || !columns) return { problem: `The schedule "${name}" holds no table with a header row.` };
	const quote = {
		clause: [headed[0]?.number, headed[0]?.heading].filter((part) => part !== undefined).join(' '),
		text: columns.join(' | '),
		span: { start: first.span.start, end: tables.at(-1)?.span.end ?? first.span.end },
	};
	const rows = tables.flatMap((node) => node.table?.rows ?? []);
	if (extractor.key !== undefined) {
		const column = keyColumn(first.table, extractor.key);
		if (column < 0)
			return {
				problem: `The table of "${name}" has no column "${extractor.key}"; it has: ${columns.join(', ')}.`,
				quote,
			};
		const doubt = keyProblem(rows, column, extractor.key);
		if (doubt !== undefined) return { problem: `In the table of "${name}", ${doubt}.`, quote };
	}
	const kept = keptColumns(columns, extractor.columns);
	if ('missing' in kept)
		return { problem: `The table of "${name}" has no column "${kept.missing}"; it has: ${columns.join(', ')}.`, quote };
	const records = rows.map((row) => Object.fromEntries(kept.at.map((at) => [columns[at] ?? '', row[at] ?? ''])));
	return { value: { type: 'table', columns: kept.at.map((at) => columns[at] ?? ''), rows: records }, quote };
}
