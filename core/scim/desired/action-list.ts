import { contentHash, contentId } from '../../model';
import type { PlanMemory, ScimAction } from './types';

/** Actions as they are planned; each gets an id from its content. */
export class ActionList {
	readonly #actions: ScimAction[] = [];

	constructor(readonly memory: PlanMemory) {}

	add(content: Omit<ScimAction, 'id'>): ScimAction {
		const action = { id: contentId('scim', content), ...content };
		this.#actions.push(action);
		return action;
	}

	list(): ScimAction[] {
		return [...this.#actions];
	}
}

/** The hash that a dry run shows and an applied run repeats. */
export function planHash(application: string, actions: readonly ScimAction[]): string {
	return contentHash({ v: 1, application, actions });
}
