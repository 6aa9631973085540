import type { ActionOperation } from '../../model';
import { addDuration } from '../../policy';
import type { EarlierRevocation, GuardedAction, GuardInput } from './types';

const TAKES: ReadonlySet<ActionOperation> = new Set(['disable_account', 'remove_from_group', 'remove_role']);
const WITH_THE_LEAVER: ReadonlySet<ActionOperation> = new Set([
	'revoke_sessions',
	'revoke_tokens',
	'transfer_ownership',
]);

/** A revocation that counts, from this run (then with its action) or from an earlier one. */
export interface Counted {
	identityId: string;
	application: string;
	entitlement: string;
	actionId?: string;
}

export interface Counts {
	inferred: Counted[];
	/** Actions of people who left, and said so; by person. */
	leavers: Map<string, string[]>;
}

const DEFAULT_WINDOW = 'PT1H';

function isLeaver({ content, event, inferred }: GuardedAction): boolean {
	if (inferred === true) return false;
	return event === 'leaver' && (TAKES.has(content.operation) || WITH_THE_LEAVER.has(content.operation));
}

function holdingKey({ identityId, application, entitlement }: Counted): string {
	return `${identityId}\n${application}\n${entitlement}`;
}

/** What counts over the rolling window. A holding counts once, however often its revocation was planned anew. */
export function countRevocations({ compiled, actions, history, asOf }: GuardInput): Counts {
	const { policy, zone } = compiled;
	const window = policy.guards?.window ?? DEFAULT_WINDOW;
	const since = addDuration(asOf, window, zone, 'start', -1);
	const horizon = addDuration(asOf, window, zone, 'end');
	const inferred = new Map<string, Counted>();
	const leavers = new Map<string, string[]>();
	for (const each of history) {
		if (each.at <= since || each.at > asOf) continue;
		if (each.leaver) leavers.set(each.identityId, leavers.get(each.identityId) ?? []);
		if (!each.inferred) continue;
		const { identityId, application, entitlement = '' } = each;
		const counted = { identityId, application, entitlement };
		inferred.set(holdingKey(counted), counted);
	}
	for (const action of actions) {
		const { identityId, application, entitlement = '', operation, dueAt } = action.content;
		if (isLeaver(action)) {
			// A leave that lies ahead was said in time: it counts when it comes.
			if (dueAt <= horizon) leavers.set(identityId, [...(leavers.get(identityId) ?? []), action.id]);
		} else if (action.inferred === true && TAKES.has(operation)) {
			const counted = { identityId, application, entitlement, actionId: action.id };
			inferred.set(holdingKey(counted), counted);
		}
	}
	return { inferred: [...inferred.values()], leavers };
}

/** A planned revocation as the history of later runs wants it. */
export function revocationOf(action: GuardedAction, at: string): EarlierRevocation | undefined {
	const { identityId, application, entitlement, operation } = action.content;
	const leaver = isLeaver(action);
	if (!leaver && !(action.inferred === true && TAKES.has(operation))) return undefined;
	const inferred = action.inferred === true;
	return { at, identityId, application, ...(entitlement !== undefined && { entitlement }), inferred, leaver };
}
