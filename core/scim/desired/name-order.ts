import { foldCase, textAttribute } from '../resource';
import type { ActionList } from './action-list';
import { temporaryName } from './temporary-name';
import type { ScimAction } from './types';

/**
 * Whoever takes a userName waits for the one who gives it up. Of names that go round in a circle, the first to be planned
 * steps aside for a moment.
 */
export function orderByNames(actions: ActionList): void {
	const frees = new Map<string, ScimAction>();
	const takes = new Map<string, string>();
	for (const action of actions.list()) {
		const taken = action.kind === 'create_user' ? action.subject : renamedTo(action);
		if (taken === undefined) continue;
		takes.set(action.id, foldCase(taken));
		const before = actions.memory.before.get(action.id);
		const freed = before && textAttribute(before, 'userName');
		if (freed !== undefined) frees.set(foldCase(freed), action);
	}
	breakCircles(actions, frees, takes);
	for (const [id, name] of takes) {
		let wave = 0;
		const passed = new Set([id]);
		for (let next = frees.get(name); next !== undefined && !passed.has(next.id); wave++) {
			passed.add(next.id);
			next = frees.get(takes.get(next.id) ?? '');
		}
		if (wave > 0) actions.memory.waves.set(id, wave);
	}
}

function breakCircles(
	{ memory }: ActionList,
	frees: Map<string, ScimAction>,
	takes: ReadonlyMap<string, string>,
): void {
	for (const [id, name] of takes) {
		const passed = new Set<string>();
		let next = frees.get(name);
		while (next !== undefined && next.id !== id && !passed.has(next.id)) {
			passed.add(next.id);
			next = frees.get(takes.get(next.id) ?? '');
		}
		const before = memory.before.get(id);
		const own = before && textAttribute(before, 'userName');
		// Whoever takes only their own name in another case is in nobody's way.
		if (next?.id !== id || before === undefined || own === undefined || foldCase(own) === name) continue;
		memory.aside.set(id, temporaryName(own, before.id));
		frees.delete(foldCase(own));
	}
}

function renamedTo({ changes }: ScimAction): string | undefined {
	const name = changes?.find(({ path }) => foldCase(path) === 'username')?.after;
	return typeof name === 'string' ? name : undefined;
}
