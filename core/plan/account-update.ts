import { contentHash } from '../model';
import type { Action, ActionContent, Identity, Source } from '../model';
import type { Entitlement } from '../policy';
import { updateContent } from './content';
import type { ContentContext } from './content';
import type { HoldingPlan } from './holding';
import { timedSource } from './intervals';
import { accountKey } from './types';
import type { PlanInput } from './types';

export interface AccountUpdate {
	identity: Identity;
	/** Absent where the account is as it should be. */
	content?: ActionContent;
	sources: Source[];
	/** Unfinished updates of the same account. */
	open: Action[];
}

/**
 * Which accounts that stay have attributes other than last applied, and which open updates their accounts outlive.
 * Accounts of unknown state are left alone.
 */
export function updatesOf(
	input: PlanInput,
	context: ContentContext,
	accounts: ReadonlyArray<{ identity: Identity; entitlement: Entitlement; plan: HoldingPlan }>,
	effectiveFrom: string,
): AccountUpdate[] {
	const evaluated = new Set(input.evaluation.identities.map(({ id }) => id));
	const open = new Map<string, Action[]>();
	for (const action of input.openActions) {
		const { operation, application, identityId } = action.content;
		if (operation !== 'update_account' || action.executionState === 'claimed') continue;
		const key = accountKey(application, identityId);
		open.set(key, [...(open.get(key) ?? []), action]);
	}
	return accounts.flatMap(({ identity, entitlement, plan }) => {
		const key = accountKey(entitlement.application, identity.id);
		const applied = input.accounts?.get(key);
		const waiting = open.get(key) ?? [];
		if (plan.current === undefined) return [{ identity, sources: [], open: waiting }];
		if (applied === undefined || !evaluated.has(identity.id)) return [];
		const content = updateContent(context, identity, entitlement.application, effectiveFrom);
		const changed = contentHash(content.attributes) !== contentHash(applied);
		const sources = plan.current.tenures.map(timedSource);
		return [{ identity, sources, open: waiting, ...(changed && { content }) }];
	});
}
