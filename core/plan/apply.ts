import type { Grant, PlannedAction } from '../model';
import { sourceKey } from './intervals';
import type { GrantChanges } from './types';

type Grants = readonly Grant[];

function sameGrant(a: Grant, b: Grant): boolean {
	return (
		a.identityId === b.identityId && a.entitlement === b.entitlement && sourceKey(a.source) === sourceKey(b.source)
	);
}

function upsert(held: Grants, grant: Grant): Grant[] {
	return [...held.filter((each) => !sameGrant(each, grant)), grant];
}

/** The grants that the ledger opens when a grant action was applied: one for each source, with the source's own end. */
export function grantsOf(action: PlannedAction): Grant[] {
	const { identityId, entitlement, dueAt, validUntil } = action.content;
	if (entitlement === undefined) return [];
	return action.sources.map((timed) => {
		const { validUntil: own, ...source } = timed;
		const until = own ?? validUntil;
		return { identityId, entitlement, source, validFrom: dueAt, ...(until !== undefined && { validUntil: until }) };
	});
}

/** Open grants after an action was applied. A revocation closes every grant of its holding. */
export function applyAction(held: Grants, action: PlannedAction): Grant[] {
	const { operation, identityId, entitlement } = action.content;
	switch (operation) {
		case 'create_account':
		case 'add_to_group':
		case 'assign_role':
			return grantsOf(action).reduce(upsert, [...held]);
		case 'disable_account':
		case 'remove_from_group':
		case 'remove_role':
			return held.filter((each) => each.identityId !== identityId || each.entitlement !== entitlement);
		case 'update_account':
		case 'enable_account':
		case 'revoke_sessions':
		case 'revoke_tokens':
		case 'transfer_ownership':
			return [...held];
	}
}

/** Open grants after the ledger's own bookkeeping of a plan. */
export function applyGrantChanges(held: Grants, changes: GrantChanges): Grant[] {
	const closed = held.filter(
		(each) =>
			!changes.close.some(
				(close) =>
					close.identityId === each.identityId &&
					close.entitlement === each.entitlement &&
					close.sourceKind === each.source.kind &&
					close.sourceRef === each.source.ref,
			),
	);
	return changes.open.reduce(upsert, closed);
}
