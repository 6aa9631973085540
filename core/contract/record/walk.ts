import type { ChangeOp, ContractChange, FieldType } from '../../model';
import { fieldType, valueOf } from './field-type';
import { matchLists, type ListMatch } from './list-match';
import { cellsOf, isAbsent, rawText, sizeOf, type RecordNode } from './record-tree';

export type Draft = Omit<ContractChange, 'id'>;

interface Whole {
	draft: Draft;
	node: RecordNode;
	path: string[];
}

/** Smaller parts than this are found in many places by chance: they are not said to have moved. */
const MOVABLE = 3;

/** `modules[*].seats` and `modules.*.seats` as names. */
function patternNames(pattern: string): string[] {
	return pattern
		.replace(/^\$\.?/, '')
		.split(/[./[\]]+/)
		.filter((name) => name !== '');
}

/** Walks two records side by side and writes down what differs. */
export class RecordWalk {
	readonly warnings: string[] = [];
	readonly #drafts: Draft[] = [];
	readonly #wholes: Whole[] = [];
	readonly #keys: Array<{ names: string[]; key: string }>;

	constructor(keys: Record<string, string>) {
		this.#keys = Object.entries(keys).map(([pattern, key]) => ({ names: patternNames(pattern), key }));
	}

	compare(before: RecordNode, after: RecordNode): Draft[] {
		this.#node(before, after, []);
		return this.#joinMoves();
	}

	#node(before: RecordNode, after: RecordNode, path: string[]): void {
		// Lists are hashed in order: equal hashes are equal order, too.
		if (before.hash === after.hash && before.kind === after.kind) return;
		if (before.kind === 'object' && after.kind === 'object') this.#object(before.fields, after.fields, path);
		else if (before.kind === 'array' && after.kind === 'array') this.#list(before.items, after.items, path);
		else this.#field(before, after, path);
	}

	#object(before: ReadonlyMap<string, RecordNode>, after: ReadonlyMap<string, RecordNode>, path: string[]): void {
		for (const [name, node] of after) {
			const old = before.get(name);
			if (old !== undefined && !isAbsent(old) && !isAbsent(node)) this.#node(old, node, [...path, name]);
			else if (isAbsent(old) && !isAbsent(node)) this.#whole(node, 'added', [...path, name]);
			else if (old !== undefined && !isAbsent(old)) this.#whole(old, 'removed', [...path, name]);
		}
		for (const [name, node] of before)
			if (!after.has(name) && !isAbsent(node)) this.#whole(node, 'removed', [...path, name]);
	}

	#field(before: RecordNode, after: RecordNode, path: string[]): void {
		const type = fieldType([valueOf(before), valueOf(after)]);
		this.#drafts.push({
			kind: 'field',
			op: ['modified'],
			field: { path, from: rawText(before), to: rawText(after), type },
			origin: 'record',
			confidence: 1,
		});
	}

	/** A field, or a whole part of the record, that one version has alone. */
	#whole(node: RecordNode, op: 'added' | 'removed', path: string[]): void {
		const side = op === 'added' ? 'to' : 'from';
		const draft: Draft = {
			kind: 'field',
			op: [op],
			field: { path, [side]: rawText(node), type: fieldType([valueOf(node)]) },
			origin: 'record',
			confidence: 1,
		};
		this.#drafts.push(draft);
		this.#wholes.push({ draft, node, path });
	}

	#list(before: readonly RecordNode[], after: readonly RecordNode[], path: string[]): void {
		const match = matchLists(before, after, this.#givenKey(path));
		if (match.warning !== undefined) this.warnings.push(`${path.join('.')}: ${match.warning}.`);
		const removedAt = new Map<number, number[]>();
		for (const at of match.removed) this.#addTo(removedAt, this.#placeAfter(match, at), at);
		for (const at of removedAt.get(-1) ?? []) this.#entry(before[at], undefined, match, path, at, ['removed']);
		const pairs = new Map(match.pairs.map((pair) => [pair.after, pair]));
		after.forEach((node, at) => {
			const pair = pairs.get(at);
			if (pair) this.#pair(before[pair.before], node, match, path, pair);
			else this.#entry(undefined, node, match, path, at, ['added']);
			for (const gone of removedAt.get(at) ?? []) this.#entry(before[gone], undefined, match, path, gone, ['removed']);
		});
	}

	#addTo(lists: Map<number, number[]>, key: number, value: number): void {
		const list = lists.get(key);
		if (list) list.push(value);
		else lists.set(key, [value]);
	}

	/** A removed entry is told behind the nearest entry before it that stayed. */
	#placeAfter(match: ListMatch, removed: number): number {
		let [low, high] = [0, match.pairs.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((match.pairs[middle]?.before ?? 0) < removed) low = middle + 1;
			else high = middle;
		}
		return low === 0 ? -1 : (match.pairs[low - 1]?.after ?? -1);
	}

	#pair(
		before: RecordNode | undefined,
		after: RecordNode,
		match: ListMatch,
		path: string[],
		pair: ListMatch['pairs'][number],
	): void {
		if (!before) return;
		const same = before.hash === after.hash && before.kind === after.kind;
		if (same && !pair.moved) return;
		const flat = before.kind !== 'array' && after.kind !== 'array';
		const differs = !same && flat && changedCells(before, after).length > 0;
		const ops: ChangeOp[] = [...(differs ? (['modified'] as const) : []), ...(pair.moved ? (['moved'] as const) : [])];
		if (ops.length > 0) this.#entry(before, after, match, path, pair.after, ops, pair.confidence);
		if (!same) this.#lists(before, after, [...path, entryName(after, match.key, pair.after)]);
	}

	/** Lists inside a matched entry; its scalars are told with the entry. */
	#lists(before: RecordNode, after: RecordNode, path: string[]): void {
		if (before.kind === 'array' && after.kind === 'array') return this.#list(before.items, after.items, path);
		if (before.kind !== 'object' || after.kind !== 'object') return;
		const names = new Set([...after.fields.keys(), ...before.fields.keys()]);
		for (const name of names) {
			const [old, now] = [before.fields.get(name), after.fields.get(name)];
			if (old?.hash === now?.hash) continue;
			if (old && now && old.kind !== 'scalar' && now.kind !== 'scalar') this.#lists(old, now, [...path, name]);
			else if (old?.kind === 'array' && isAbsent(now)) this.#whole(old, 'removed', [...path, name]);
			else if (now?.kind === 'array' && isAbsent(old)) this.#whole(now, 'added', [...path, name]);
			else if (old && now && old.kind !== now.kind && (old.kind === 'array' || now.kind === 'array'))
				this.#field(old, now, [...path, name]);
		}
	}

	#entry(
		before: RecordNode | undefined,
		after: RecordNode | undefined,
		match: ListMatch,
		path: string[],
		at: number,
		op: ChangeOp[],
		confidence = 1,
	): void {
		const node = after ?? before;
		if (!node) return;
		const key = entryName(node, match.key, at);
		const cells = before && after ? changedCells(before, after) : [];
		const single = cells.length === 1 ? cells[0] : undefined;
		const draft: Draft = {
			kind: 'row',
			op,
			...(single ? { field: { path: [...path, key, single.name], ...single.change } } : {}),
			row: {
				key,
				table: path.join('.'),
				...(before ? { before: texts(before) } : {}),
				...(after ? { after: texts(after) } : {}),
			},
			origin: 'record',
			confidence,
		};
		this.#drafts.push(draft);
		if (!before || !after) this.#wholes.push({ draft, node, path: [...path, key] });
	}

	#givenKey(path: string[]): string | undefined {
		return this.#keys.find(
			({ names }) => names.length === path.length && names.every((name, at) => name === '*' || name === path[at]),
		)?.key;
	}

	/** The same part gone in one place and come in another has moved; each part moves once. */
	#joinMoves(): Draft[] {
		const gone = new Map<string, Whole[]>();
		for (const whole of this.#wholes) {
			if (whole.draft.op[0] !== 'removed' || sizeOf(whole.node) < MOVABLE) continue;
			const list = gone.get(whole.node.hash);
			if (list) list.push(whole);
			else gone.set(whole.node.hash, [whole]);
		}
		const dropped = new Set<Draft>();
		for (const whole of this.#wholes) {
			const from = whole.draft.op[0] === 'added' ? gone.get(whole.node.hash)?.shift() : undefined;
			if (!from) continue;
			dropped.add(from.draft);
			whole.draft.op = ['moved'];
			whole.draft.field = { path: whole.path, from: from.path.join('.'), to: whole.path.join('.'), type: 'text' };
			if (whole.draft.row && from.draft.row?.before) whole.draft.row.before = from.draft.row.before;
		}
		return this.#drafts.filter((draft) => !dropped.has(draft));
	}
}

function entryName(node: RecordNode, key: string | undefined, at: number): string {
	if (node.kind === 'scalar') return rawText(node);
	if (node.kind !== 'object') return String(at);
	const named = key === undefined ? undefined : (node.fields.get(key) ?? cellsOf(node).get(key));
	if (named && !isAbsent(named)) return rawText(named);
	for (const [, cell] of cellsOf(node)) if (!isAbsent(cell)) return rawText(cell);
	return String(at);
}

/** Cells as text. fromEntries defines own properties, so a field named `__proto__` is a cell like any other. */
function texts(node: RecordNode): Record<string, string> {
	return Object.fromEntries([...cellsOf(node)].map(([name, cell]) => [name, rawText(cell)]));
}

interface CellChange {
	name: string;
	change: { from?: string; to?: string; type: FieldType };
}

function changedCells(before: RecordNode, after: RecordNode): CellChange[] {
	const [old, now] = [cellsOf(before), cellsOf(after)];
	const names = new Set([...now.keys(), ...old.keys()]);
	const changes: CellChange[] = [];
	for (const name of names) {
		const [a, b] = [old.get(name), now.get(name)];
		if (a?.hash === b?.hash || (isAbsent(a) && isAbsent(b))) continue;
		changes.push({
			name,
			change: {
				...(a && !isAbsent(a) ? { from: rawText(a) } : {}),
				...(b && !isAbsent(b) ? { to: rawText(b) } : {}),
				type: fieldType([valueOf(a), valueOf(b)]),
			},
		});
	}
	return changes;
}
