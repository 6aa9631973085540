import { clauseRef } from '../clause-ref';
import type { ChangeDraft } from '../clause-change';
import type { ClauseNode } from '../../tree';
import { columnId } from './names';
import { tableName, type TableFamily } from './rows';

type Placed = Array<{ at: ClauseNode; draft: ChangeDraft }>;

/** Changes of tables as such: their columns, and tables that were split or put together. Rows are told apart. */
export function tableChanges(family: TableFamily): Placed {
	const [before] = family.before;
	const [after] = family.after;
	if (!before?.table || !after?.table) return [];
	return [...columnChanges(family, before, after), ...splitTables(family)];
}

function change(
	before: ClauseNode,
	after: ClauseNode,
	rest: Pick<ChangeDraft, 'op' | 'field' | 'text'>,
): Placed[number] {
	const draft: ChangeDraft = {
		kind: 'field',
		clause: clauseRef(before, after),
		span: { before: before.span, after: after.span },
		origin: 'diff',
		confidence: 1,
		...rest,
	};
	return { at: after, draft };
}

/** The values of a column with the keys of their rows: what an added column brings and a removed one takes away. */
function valuesOf(family: TableFamily, side: 'before' | 'after', column: number): string {
	return family.rows
		.flatMap((match) => {
			const row = match[side];
			const value = row?.values[column] ?? '';
			return row && value !== '' ? [`${row.key}: ${value}`] : [];
		})
		.join('\n');
}

function columnChanges(family: TableFamily, before: ClauseNode, after: ClauseNode): Placed {
	const [old, now] = [before.table?.columns ?? [], after.table?.columns ?? []];
	const { pairs, removed, added } = family.columns;
	const found: Placed = [];
	for (const pair of pairs) {
		const [from = '', to = ''] = [old[pair.before], now[pair.after]];
		if (columnId(from) === columnId(to)) continue;
		found.push(change(before, after, { op: ['modified'], field: { path: ['column', to], from, to, type: 'text' } }));
	}
	for (const column of removed) {
		const from = old[column] ?? '';
		const field = { path: ['column', from], from, type: 'text' as const };
		found.push(change(before, after, { op: ['removed'], field, text: { before: valuesOf(family, 'before', column) } }));
	}
	for (const column of added) {
		const to = now[column] ?? '';
		const field = { path: ['column', to], to, type: 'text' as const };
		found.push(change(before, after, { op: ['added'], field, text: { after: valuesOf(family, 'after', column) } }));
	}
	if (pairs.some((pair, index) => index > 0 && pair.after < (pairs[index - 1]?.after ?? -1))) {
		const field = { path: ['columns'], from: old.join(' | '), to: now.join(' | '), type: 'text' as const };
		found.push(change(before, after, { op: ['moved'], field }));
	}
	return found;
}

/** Tables whose rows went to several tables, or came from several; one row that changed tables is a moved row. */
function splitTables(family: TableFamily): Placed {
	const [to, from] = [new Map<ClauseNode, Set<ClauseNode>>(), new Map<ClauseNode, Set<ClauseNode>>()];
	for (const { before, after, moved } of family.rows) {
		if (!before || !after || moved) continue;
		to.set(before.node, (to.get(before.node) ?? new Set()).add(after.node));
		from.set(after.node, (from.get(after.node) ?? new Set()).add(before.node));
	}
	const found: Placed = [];
	for (const [node, parts] of to) {
		const [first] = parts;
		if (parts.size < 2 || !first) continue;
		const text = { before: tableName(node), after: [...parts].map(tableName).join('\n') };
		found.push(change(node, first, { op: ['split'], text }));
	}
	for (const [node, parts] of from) {
		const [first] = parts;
		if (parts.size < 2 || !first) continue;
		const text = { before: [...parts].map(tableName).join('\n'), after: tableName(node) };
		found.push(change(first, node, { op: ['merged'], text }));
	}
	return found.map(({ at, draft }) => ({ at, draft: { ...draft, kind: 'clause' } }));
}
