import type { ChangeOp, ContractChange } from '../model';
import { clauseRef } from './clause-ref';
import { columnId, type RowMatch, type TableRow } from './rows';

interface CellChange {
	column: string;
	from?: string;
	to?: string;
}

/** Cells that differ, by column name; a column that only one version has differs where it is filled. */
function changedCells(before: TableRow, after: TableRow): CellChange[] {
	const old = new Map(Object.entries(before.cells).map(([name, value]) => [columnId(name), value]));
	const changes: CellChange[] = [];
	for (const [column, to] of Object.entries(after.cells)) {
		const from = old.get(columnId(column));
		old.delete(columnId(column));
		if (from !== to && (from ?? '') !== to) changes.push({ column, to, ...(from !== undefined ? { from } : {}) });
	}
	for (const [column, value] of Object.entries(before.cells)) {
		if (old.has(columnId(column)) && value !== '') changes.push({ column, from: value });
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

/** The change of one row, without id; undefined where nothing but its padding differs. */
export function rowChange({ before, after, moved }: RowMatch): Omit<ContractChange, 'id'> | undefined {
	const place = after ?? before;
	if (!place) return undefined;
	const cells = before && after ? changedCells(before, after) : [];
	const ops: ChangeOp[] = !before ? ['added'] : !after ? ['removed'] : [];
	if (cells.length > 0) ops.push('modified');
	if (moved) ops.push('moved');
	if (ops.length === 0) return undefined;
	const single = cells.length === 1 ? cells[0] : undefined;
	return {
		kind: 'row',
		op: ops,
		clause: clauseRef(before?.node, after?.node),
		...(single
			? {
					field: {
						path: [place.key, single.column],
						...(single.from !== undefined ? { from: single.from } : {}),
						...(single.to !== undefined ? { to: single.to } : {}),
						type: valueType(single),
					},
				}
			: {}),
		row: {
			key: place.key,
			table: place.table,
			...(before ? { before: before.cells } : {}),
			...(after ? { after: after.cells } : {}),
		},
		span: { ...(before ? { before: before.span } : {}), ...(after ? { after: after.span } : {}) },
		origin: 'diff',
		confidence: 1,
	};
}
