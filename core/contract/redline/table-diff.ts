import type { ContractChange } from '../../model';
import type { ClauseNode } from '../tree';
import { badges } from './change-card';
import { classesOf } from './filters';
import { markup, type Html } from '../../html';
import { fromTo, inserted, removed } from './inline-text';
import { count } from './count';
import { OPS } from './words';

/** Tables up to this many rows are shown whole; of larger ones only the rows that changed. */
const WHOLE_UP_TO = 60;

export interface TableGroup {
	changes: ContractChange[];
	after?: ClauseNode;
	before?: ClauseNode;
	/** Anchor of a change on the page. */
	anchorOf: (change: ContractChange) => string;
}

/** e.g. `2 added, 1 modified`. */
export function rowsInWords(changes: readonly ContractChange[]): string {
	const parts = Object.entries(OPS).flatMap(([op, { word }]) => {
		const number = changes.filter((change) => change.op.some((each) => each === op)).length;
		return number > 0 ? [`${number} ${word.toLowerCase()}`] : [];
	});
	return parts.join(', ');
}

/** The table's name in the later version; a row that went knows only the name it had. */
export function tableName(changes: readonly ContractChange[]): string {
	const named = changes.find(({ row }) => row?.after) ?? changes[0];
	return named?.row?.table ?? '';
}

/** The changed rows of one table among its unchanged ones, with every cell's old and new value. */
export function tableDiff(group: TableGroup): Html {
	const columns = columnsOf(group);
	const lines = linesOf(group, columns);
	const unchanged = (group.after?.table?.rows.length ?? 0) - group.changes.filter(({ row }) => row?.after).length;
	const hidden = unchanged - lines.filter((line) => line.type === 'same').length;
	return markup`<div class="scroll"><table>
<thead><tr><th scope="col">Change</th>${columns.map((column) => markup`<th scope="col"><bdi>${column}</bdi></th>`)}</tr></thead>
<tbody>
${lines.map((line) => (line.type === 'same' ? sameRow(line.cells) : changedRow(line.change, columns, group)))}</tbody>
</table></div>
${hidden > 0 ? markup`<p class="note">${count(hidden, 'unchanged row')} not shown.</p>` : undefined}`;
}

function sameRow(cells: readonly string[]): Html {
	return markup`<tr class="calm-text"><td></td>${cells.map((cell) => markup`<td dir="auto">${cell}</td>`)}</tr>
`;
}

function changedRow(change: ContractChange, columns: readonly string[], group: TableGroup): Html {
	const [before, after] = [cellsOf(change.row?.before), cellsOf(change.row?.after)];
	const cell = (column: string): Html => {
		const [from, to] = [before?.get(column), after?.get(column)];
		if (!before) return to === undefined || to === '' ? markup`` : inserted(to);
		if (!after) return from === undefined || from === '' ? markup`` : removed(from);
		return fromTo(from, to);
	};
	const cells = columns.map((column) => markup`<td dir="auto">${cell(column)}</td>`);
	return markup`<tr class="${classesOf(change)}" id="${group.anchorOf(change)}"><td class="badges">${badges(change)}</td>${cells}</tr>
`;
}

function cellsOf(cells: Readonly<Record<string, string>> | undefined): Map<string, string> | undefined {
	return cells && new Map(Object.entries(cells));
}

/** Columns of the later table, then those that only the earlier one has. */
function columnsOf({ changes, after, before }: TableGroup): string[] {
	const columns = new Set<string>([...(after?.table?.columns ?? []), ...(before?.table?.columns ?? [])]);
	for (const { row } of changes)
		for (const cells of [row?.after, row?.before]) for (const name of Object.keys(cells ?? {})) columns.add(name);
	return [...columns];
}

type Line = { type: 'same'; cells: string[] } | { type: 'change'; change: ContractChange };

/** Changed rows at their places among the unchanged ones, removed ones behind the row that they stood behind. */
function linesOf({ changes, after, before }: TableGroup, columns: readonly string[]): Line[] {
	const table = after?.table;
	if (!table || table.rows.length > WHOLE_UP_TO) return changes.map((change) => ({ type: 'change', change }));
	const byStart = new Map(table.spans.map(({ start }, index) => [start, index]));
	const changed = new Set(changes.map(({ span }) => byStart.get(span?.after?.start ?? -1)));
	const lines: Line[] = [];
	let next = 0;
	const flush = (until: number): void => {
		for (; next < until; next++) {
			const row = table.rows[next];
			if (row && !changed.has(next)) lines.push({ type: 'same', cells: columns.map((_, at) => row[at] ?? '') });
		}
	};
	const behind = removedPlaces(before, after);
	for (const change of changes) {
		flush(byStart.get(change.span?.after?.start ?? -1) ?? behind(change.span?.before?.start ?? -1));
		lines.push({ type: 'change', change });
	}
	flush(table.rows.length);
	return lines;
}

/** Place in the later table behind the last row that stood before the given one and is still there. */
function removedPlaces(before: ClauseNode | undefined, after: ClauseNode): (start: number) => number {
	const line = (cells: readonly string[]): string => cells.join('\u0001');
	const later = new Map(after.table?.rows.map((cells, index) => [line(cells), index]));
	const places = new Map<number, number>();
	let place = 0;
	before?.table?.rows.forEach((cells, index) => {
		places.set(before.table?.spans[index]?.start ?? -1, place);
		const still = later.get(line(cells));
		if (still !== undefined) place = still + 1;
	});
	return (start) => places.get(start) ?? 0;
}
