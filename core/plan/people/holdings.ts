import type { Action, Grant } from '../../model';
import type { HoldingState } from '../holding';
import type { PersonToPlan } from './types';

/** One entry for each entitlement that anything speaks of: what should be held, is held, or is under way. Sorted. */
export function holdingStates({ access, held, openActions }: PersonToPlan): HoldingState[] {
	const { identityId } = access;
	const states = new Map<string, { held: Grant[]; open: Action[] }>();
	const at = (entitlement: string) => {
		let state = states.get(entitlement);
		if (state === undefined) {
			state = { held: [], open: [] };
			states.set(entitlement, state);
		}
		return state;
	};
	for (const entitlement of access.holdings.keys()) at(entitlement);
	for (const grant of held) at(grant.entitlement).held.push(grant);
	for (const action of openActions) {
		const { entitlement } = action.content;
		if (entitlement !== undefined) at(entitlement).open.push(action);
	}
	return [...states]
		.sort((a, b) => (a[0] < b[0] ? -1 : 1))
		.map(([entitlement, state]) => {
			state.open.sort((a, b) => (a.id < b.id ? -1 : 1));
			return { identityId, entitlement, ...state };
		});
}
