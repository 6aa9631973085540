import { contentHash, contentId } from '../model';
import type { Action, ActionContent, Blocked, Identity, PlannedAction, Source } from '../model';
import type { CompiledPolicy } from '../policy';
import { connectorOf, displayName } from './content';
import { isRefused } from './holding';
import { sourceKey } from './intervals';
import { takeEqual } from './netting';
import type { Time } from './netting';
import { inOrder, ranksOf } from './order';
import { summarise } from './summary';
import type { GrantChanges, KeptAction, PlanResult, SupersededAction } from './types';

export type EventKind = NonNullable<PlannedAction['event']>;

/** An action that is wanted, before it has an id. */
export type Draft = Omit<PlannedAction, 'id' | 'hash' | 'subject'>;

/** What an action changes, whatever else it says. */
function changeKey({ identityId, application, entitlement, operation }: ActionContent): string {
	return JSON.stringify([identityId, application, entitlement ?? null, operation]);
}

function asksTheSame(action: Action, sources: readonly Source[]): boolean {
	const before = new Set(action.sources.map((source) => sourceKey(source)));
	return sources.every((source) => source.kind !== 'request' || before.has(sourceKey(source)));
}

/** Collects a plan: what is new, what stays of earlier plans, and what takes the place of what. */
export class ActionBook {
	readonly blocked: Blocked[] = [];
	readonly changes: GrantChanges = { open: [], close: [] };
	readonly #actions: PlannedAction[] = [];
	/** Id of the last action planned for the same change, for what it takes the place of. */
	readonly #successors = new Map<string, string>();
	readonly #kept: KeptAction[] = [];
	readonly #superseded: SupersededAction[] = [];

	constructor(readonly seed: string) {}

	/** Keeps an open action that already says what is wanted, and takes it out of `open`; undefined where there is none. */
	keep(open: Set<Action>, content: ActionContent, sources: Source[], time: Time): Action | undefined {
		if (open.size === 0) return undefined;
		// What was refused stays refused, but only for who asked then: a new request is a new question.
		const candidates = new Set([...open].filter((action) => !isRefused(action) || asksTheSame(action, sources)));
		const equal = takeEqual(candidates, content, contentHash(content), time);
		if (equal === undefined) return undefined;
		open.delete(equal);
		this.#kept.push({ actionId: equal.id, hash: equal.hash, sources });
		return equal;
	}

	plan(identity: Identity, draft: Draft): PlannedAction {
		const hash = contentHash(draft.content);
		const id = contentId('act', { plan: this.seed, hash });
		const action = { id, hash, ...draft, subject: displayName(identity) };
		this.#actions.push(action);
		this.#successors.set(changeKey(draft.content), id);
		return action;
	}

	supersede(open: Iterable<Action>, reason: string): void {
		for (const action of open) {
			const successor = this.#successors.get(changeKey(action.content));
			this.#superseded.push({ actionId: action.id, reason, ...(successor && { by: successor }) });
		}
	}

	result(compiled: CompiledPolicy, asOf: string): PlanResult {
		const actions = inOrder(this.#actions, asOf, ranksOf(compiled.policy));
		const applications = [...new Set(actions.map(({ content }) => content.application))].sort();
		const connectors = applications.map((name) => [name, connectorOf(compiled, name)] as const);
		const plan = {
			actions,
			kept: this.#kept,
			superseded: this.#superseded,
			blocked: this.blocked,
			grantChanges: this.changes,
			connectors: Object.fromEntries(connectors),
		};
		return { ...plan, summary: summarise(plan, asOf) };
	}
}
