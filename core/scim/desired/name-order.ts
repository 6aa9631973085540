import { foldCase, textAttribute } from '../resource';
import type { ActionList } from './action-list';
import type { ScimAction } from './types';

/** Whoever takes a userName waits for the one who gives it up. Names that go round in a circle are refused by the application. */
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

function renamedTo({ changes }: ScimAction): string | undefined {
	const name = changes?.find(({ path }) => foldCase(path) === 'username')?.after;
	return typeof name === 'string' ? name : undefined;
}
