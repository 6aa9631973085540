import { sameValue } from '../people/same-value';
import { accountKey } from '../types';
import type { DoneAction, RollbackConflict, RollbackInput } from './types';

type Drift = Pick<RollbackConflict, 'code' | 'reason' | 'remedy'>;

const GIVES = new Set(['create_account', 'add_to_group', 'assign_role']);
const TAKES = new Set(['disable_account', 'remove_from_group', 'remove_role']);

/**
 * The ledger's picture of the people concerned, moved back action by action: what an action left must still be there
 * when its turn comes, or somebody else has changed it since.
 */
export class Picture {
	readonly #held = new Set<string>();
	readonly #attributes = new Map<string, Readonly<Record<string, unknown>>>();
	readonly #busy = new Set<string>();

	constructor(input: RollbackInput) {
		for (const { identityId, entitlement } of input.held) this.#held.add(`${identityId}\n${entitlement}`);
		for (const [key, { attributes }] of input.accounts) this.#attributes.set(key, attributes);
		for (const { content, executionState } of input.openActions) {
			if (executionState !== 'claimed') continue;
			this.#busy.add(`${content.identityId}\n${content.entitlement ?? content.application}`);
		}
	}

	/** Why an action cannot be taken back now; undefined where all is as it left it. */
	drift({ action }: DoneAction): Drift | undefined {
		const { identityId, entitlement, application, operation, attributes } = action.content;
		if (this.#busy.has(`${identityId}\n${entitlement ?? application}`)) {
			const reason = 'Another action on the same access is being applied at this moment.';
			return { code: 'UNDER_WAY', reason, remedy: 'Plan the rollback again when it has finished.' };
		}
		if (entitlement !== undefined) {
			const held = this.#held.has(`${identityId}\n${entitlement}`);
			if (GIVES.has(operation) && !held) return changed(`${entitlement} was taken away since.`);
			if (TAKES.has(operation) && held) return changed(`${entitlement} was given again since.`);
		}
		if (operation === 'update_account') {
			const now = this.#attributes.get(accountKey(application, identityId));
			if (now !== undefined && !sameValue(now, attributes ?? {})) {
				return changed(`The account in ${application} was changed since.`);
			}
		}
		return undefined;
	}

	/** Takes an action back in the picture. */
	undo({ action }: DoneAction, before: Readonly<Record<string, unknown>> | undefined): void {
		const { identityId, entitlement, application, operation } = action.content;
		const key = `${identityId}\n${entitlement ?? ''}`;
		if (GIVES.has(operation)) this.#held.delete(key);
		if (TAKES.has(operation)) this.#held.add(key);
		if (operation !== 'update_account') return;
		if (before === undefined) this.#attributes.delete(accountKey(application, identityId));
		else this.#attributes.set(accountKey(application, identityId), before);
	}

	/** True where the holding is held in the picture as it is now. */
	holds(identityId: string, entitlement: string): boolean {
		return this.#held.has(`${identityId}\n${entitlement}`);
	}
}

function changed(reason: string): Drift {
	const remedy = 'It stays as it is. Decide by hand, or roll back what changed it first.';
	return { code: 'CHANGED_SINCE', reason, remedy };
}
