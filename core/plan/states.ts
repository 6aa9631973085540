import type { DesiredHolding, Grant } from '../model';
import { toInstant } from '../policy';
import type { HoldingState } from './holding';
import type { PlanInput } from './types';

/** Instants compare as texts, which they only do in one notation. */
export function normalised(grant: Grant): Grant {
	const { validFrom, validUntil } = grant;
	const from = toInstant('validFrom of a held grant', validFrom);
	if (validUntil === undefined) return { ...grant, validFrom: from };
	return { ...grant, validFrom: from, validUntil: toInstant('validUntil of a held grant', validUntil) };
}

export interface EvaluatedHolding extends HoldingState {
	desired?: DesiredHolding;
}

/** Everything known of each identity × entitlement that anything speaks about, sorted. */
export function collectHoldings({ evaluation, held, openActions }: PlanInput): EvaluatedHolding[] {
	const states = new Map<string, EvaluatedHolding>();
	const at = (identityId: string, entitlement: string): EvaluatedHolding => {
		const key = `${identityId}\n${entitlement}`;
		const state = states.get(key) ?? { identityId, entitlement, held: [], open: [] };
		states.set(key, state);
		return state;
	};
	for (const grant of held) at(grant.identityId, grant.entitlement).held.push(normalised(grant));
	for (const desired of evaluation.desired) at(desired.identityId, desired.entitlement).desired = desired;
	for (const action of openActions) {
		const { identityId, entitlement } = action.content;
		if (entitlement !== undefined) at(identityId, entitlement).open.push(action);
	}
	const sorted = [...states].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([, state]) => state);
	for (const { open } of sorted) open.sort((a, b) => (a.id < b.id ? -1 : 1));
	return sorted;
}
