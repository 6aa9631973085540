import type { Source } from '../model';
import type { Transition } from './holding';
import { contractOf } from './scope';

export function named(source: Source): string {
	const contract = contractOf(source);
	if (contract !== undefined) return `contract ${contract.contractId} (rule ${contract.ruleId})`;
	return `${source.kind} ${source.ref}`;
}

/** One sentence on why an action is there: for grants what earns it, for revocations what ended. */
export function transitionReason(transition: Transition, entitlement: string, asOf: string): string {
	if (transition.kind !== 'revoke') {
		return [...new Set(transition.stretch.tenures.map(({ source }) => source.reason))].join('; ');
	}
	const tenures = transition.tenures;
	const sources = [...new Set(tenures.map(({ source }) => named(source)))].sort().join(', ');
	if (transition.dueAt > asOf) return `${entitlement} ends at ${transition.dueAt}: so far earned by ${sources}`;
	return `Nothing earns ${entitlement} any longer: it came from ${sources}`;
}
