import type { ContractChange } from '../../model';
import type { ClauseNode, ContractTree } from '../tree';

/** What the redline shows one after the other, in the order of the later version. */
export type Piece =
	| { type: 'change'; change: ContractChange; node?: ClauseNode }
	/** Changed rows of one table. */
	| { type: 'rows'; changes: ContractChange[]; after?: ClauseNode; before?: ClauseNode }
	/** Clauses whose words stayed: untouched ones, and ones of which only number or layout changed. */
	| { type: 'calm'; changes: QuietChange[]; nodes: ClauseNode[] };

export interface QuietChange {
	change: ContractChange;
	node?: ClauseNode;
}

/** Only its number or its layout changed: told on one line. */
export function isQuiet(change: ContractChange): boolean {
	if (change.needsHuman || change.scope !== undefined || (change.refs?.broken.length ?? 0) > 0) return false;
	if (change.kind === 'row' || change.origin === 'instruction') return false;
	return change.op.every((op) => op === 'renumbered' || op === 'formatting');
}

/** Where changes and clauses stand, found once for the whole page. */
class Places {
	readonly afterByKey = new Map<string, ClauseNode>();
	readonly beforeByKey = new Map<string, ClauseNode>();
	/** For each earlier clause the later one that it, or the nearest before it, became. */
	readonly #nearest: number[] = [];

	constructor(
		before: ContractTree | undefined,
		readonly after: ContractTree,
		changes: readonly ContractChange[],
	) {
		for (const node of after.nodes) this.afterByKey.set(node.key, node);
		const became = new Map<string, string>();
		for (const { clause } of changes)
			if (clause?.keyBefore !== undefined && clause.keyAfter !== undefined)
				became.set(clause.keyBefore, clause.keyAfter);
		let last = -1;
		for (const node of before?.nodes ?? []) {
			this.beforeByKey.set(node.key, node);
			last = this.afterByKey.get(became.get(node.key) ?? node.key)?.index ?? last;
			this.#nearest.push(last);
		}
	}

	/** How many clauses of the later version stand before the change. */
	of(change: ContractChange): number {
		const after = this.afterByKey.get(change.clause?.keyAfter ?? '');
		if (after) return after.index;
		const before = this.beforeByKey.get(change.clause?.keyBefore ?? '');
		return before ? (this.#nearest[before.index] ?? -1) + 1 : 0;
	}
}

/**
 * Puts changes and unchanged clauses in one order. Linear: each clause and each change is looked at once.
 * Without the later version's tree only changes are told.
 */
export function flowOf(
	changes: readonly ContractChange[],
	before: ContractTree | undefined,
	after: ContractTree | undefined,
): Piece[] {
	const pieces: Piece[] = [];
	if (!after) {
		for (const change of changes) addChange(pieces, change, undefined, undefined);
		return pieces;
	}
	const places = new Places(before, after, changes);
	const told = toldClauses(changes, after);
	let next = 0;
	const flush = (until: number): void => {
		for (; next < until; next++) {
			const node = after.nodes[next];
			if (node && !told.has(next)) addCalm(pieces, node);
		}
	};
	for (const change of changes) {
		flush(places.of(change));
		const node = places.afterByKey.get(change.clause?.keyAfter ?? '');
		addChange(pieces, change, node, places.beforeByKey.get(change.clause?.keyBefore ?? ''));
	}
	flush(after.nodes.length);
	return pieces;
}

/** Later clauses that some change shows, with everything that lies within its span. */
function toldClauses(changes: readonly ContractChange[], after: ContractTree): Set<number> {
	const told = new Set<number>();
	const indexOf = new Map(after.nodes.map((node) => [node.key, node.index]));
	for (const change of changes) {
		if (change.kind === 'lifecycle' || change.kind === 'party' || isQuiet(change)) continue;
		const index = indexOf.get(change.clause?.keyAfter ?? '');
		if (index === undefined) continue;
		told.add(index);
		const end = change.kind === 'row' ? 0 : (change.span?.after?.end ?? 0);
		for (let at = index + 1; (after.nodes[at]?.span.start ?? Infinity) < end && !told.has(at); at++) told.add(at);
	}
	return told;
}

function addCalm(pieces: Piece[], node: ClauseNode): void {
	const last = pieces.at(-1);
	if (last?.type === 'calm') last.nodes.push(node);
	else pieces.push({ type: 'calm', changes: [], nodes: [node] });
}

function addChange(
	pieces: Piece[],
	change: ContractChange,
	after: ClauseNode | undefined,
	before: ClauseNode | undefined,
): void {
	const last = pieces.at(-1);
	const place = after ? { node: after } : {};
	if (isQuiet(change)) {
		if (last?.type === 'calm') last.changes.push({ change, ...place });
		else pieces.push({ type: 'calm', changes: [{ change, ...place }], nodes: [] });
	} else if (change.kind !== 'row') {
		dropHeadingOf(pieces, after);
		pieces.push({ type: 'change', change, ...place });
	} else if (last?.type === 'rows' && belongs(change, last, after)) {
		last.changes.push(change);
		if (after) last.after ??= after;
		if (before) last.before ??= before;
	} else pieces.push({ type: 'rows', changes: [change], ...(after ? { after } : {}), ...(before ? { before } : {}) });
}

/** A heading whose own paragraph follows as a change is shown there, not as an unchanged clause of its own. */
function dropHeadingOf(pieces: Piece[], node: ClauseNode | undefined): void {
	const last = pieces.at(-1);
	const heading = last?.type === 'calm' ? last.nodes.at(-1) : undefined;
	if (last?.type !== 'calm' || !node || !heading || heading.index !== node.parent || heading.text !== '') return;
	if (node.number !== undefined || node.heading !== undefined) return;
	last.nodes.pop();
	if (last.nodes.length === 0 && last.changes.length === 0) pieces.pop();
}

/** Rows of one later table; removed ones join where their columns fit. */
function belongs(
	change: ContractChange,
	group: Extract<Piece, { type: 'rows' }>,
	after: ClauseNode | undefined,
): boolean {
	if (after && group.after) return after === group.after;
	const columnsOf = (row: ContractChange['row']) => Object.keys(row?.after ?? row?.before ?? {});
	const known = new Set(columnsOf(group.changes[0]?.row));
	const columns = columnsOf(change.row);
	return columns.filter((column) => known.has(column)).length * 2 > columns.length;
}
