import type { ChangeOp, ContractChange } from '../../../model';
import { clauseRef } from '../clause-ref';
import type { RowMatch, TableRow } from './rows';

interface CellChange {
	column: string;
	from?: string;
	to?: string;
}

/** Cells that differ, in columns that both versions have; columns that came or went are told of the table. */
function changedCells({ before, after, columns }: RowMatch): CellChange[] {
	if (!before || !after) return [];
	const changes: CellChange[] = [];
	for (const pair of columns.pairs) {
		const [from = '', to = ''] = [before.values[pair.before], after.values[pair.after]];
		if (from !== to) changes.push({ column: after.node.table?.columns[pair.after] ?? '', from, to });
	}
	return changes;
}

function valueType(change: CellChange): 'text' | 'number' | 'date' {
	const values = [change.from, change.to].filter((value) => value !== undefined && value !== '');
	if (values.length > 0 && values.every((value) => /^-?[0-9][0-9,]{0,20}(?:\.[0-9]{1,12})?$/.test(value ?? '')))
		return 'number';
	return values.length > 0 && values.every((value) => /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value ?? ''))
		? 'date'
		: 'text';
}

/** Cells by column name. fromEntries defines own properties, so a header named __proto__ is a header like any other. */
function cellsOf({ node, values }: TableRow): Record<string, string> {
	return Object.fromEntries((node.table?.columns ?? []).map((name, at) => [name, values[at] ?? '']));
}

/** The change of one row, without id; undefined where nothing but its padding differs. */
export function rowChange(match: RowMatch): Omit<ContractChange, 'id'> | undefined {
	const { before, after, moved } = match;
	const place = after ?? before;
	if (!place) return undefined;
	const cells = changedCells(match);
	const ops: ChangeOp[] = !before ? ['added'] : !after ? ['removed'] : [];
	if (cells.length > 0) ops.push('modified');
	if (moved) ops.push('moved');
	if (ops.length === 0) return undefined;
	const single = cells.length === 1 ? cells[0] : undefined;
	return {
		kind: 'row',
		op: ops,
		clause: clauseRef(before?.node, after?.node),
		...(single ? { field: { path: [place.key, single.column], ...endsOf(single), type: valueType(single) } } : {}),
		row: {
			key: place.key,
			table: place.table,
			...(before ? { before: cellsOf(before) } : {}),
			...(after ? { after: cellsOf(after) } : {}),
		},
		span: { ...(before ? { before: before.span } : {}), ...(after ? { after: after.span } : {}) },
		origin: 'diff',
		confidence: 1,
	};
}

function endsOf({ from, to }: CellChange): { from?: string; to?: string } {
	return { ...(from !== undefined ? { from } : {}), ...(to !== undefined ? { to } : {}) };
}
