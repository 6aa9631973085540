import type { PersonTenure } from '../../policy';
import type { PersonToPlan } from './types';

function earns(tenures: readonly PersonTenure[], kind: string, ref: string): boolean {
	for (const { source, until } of tenures) {
		if (until === undefined && source.kind === kind && source.ref === ref) return true;
	}
	return false;
}

/**
 * Whether somebody holds exactly what they should, for good, and nothing is under way. That is most people, most of the
 * time: nothing is sorted, copied or hashed for them.
 */
export function isUnchanged({ access, held, openActions }: PersonToPlan, asOf: string): boolean {
	if (openActions.length > 0) return false;
	let wanted = 0;
	for (const tenures of access.holdings.values()) {
		for (const { from, until } of tenures) {
			if (until !== undefined && until <= asOf) continue;
			if (until !== undefined || from > asOf) return false;
			wanted += 1;
		}
	}
	if (wanted !== held.length) return false;
	for (const { entitlement, source, validUntil } of held) {
		if (validUntil !== undefined) return false;
		const tenures = access.holdings.get(entitlement);
		if (tenures === undefined || !earns(tenures, source.kind, source.ref)) return false;
	}
	return true;
}
