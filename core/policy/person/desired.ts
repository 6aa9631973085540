import { applySeparation } from '../separation';
import { addAssignments } from './assigned';
import { Earned } from './earned';
import { spellsOf } from './employment';
import { applyExclusions, exclusionsOf } from './exclusions';
import { coalesce } from './intervals';
import { ruleStretches } from './rule-tenures';
import type { PersonAccess, PersonInput, Withheld } from './types';

function byEntitlementAndTime(a: Withheld, b: Withheld): number {
	if (a.entitlement !== b.entitlement) return a.entitlement < b.entitlement ? -1 : 1;
	if (a.from !== b.from) return a.from < b.from ? -1 : 1;
	return a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0;
}

/** Spells that ended before anything held began, and before now, change nothing any more. */
function relevantSince({ held, asOf }: PersonInput): string {
	let since = asOf;
	for (const { validFrom } of held) if (validFrom < since) since = validFrom;
	return since;
}

/**
 * What a person should hold over time, with every source that earns it: rules from each segment of the timeline and what
 * is assigned, cut by employment, durations, exclusions of roles and separation of duties. A function of its arguments:
 * the order of assignments and of held grants changes nothing.
 */
export function desiredTenures(input: PersonInput): PersonAccess {
	const { compiled, timeline } = input;
	const spells = spellsOf(timeline);
	const earned = new Earned(input);
	const stretches = ruleStretches(input, spells, relevantSince(input)).filter((stretch) => earned.stretch(stretch));
	if (input.assignments.length > 0) addAssignments(earned, spells);
	applyExclusions(earned, exclusionsOf(compiled, stretches, earned));
	for (const [entitlement, tenures] of earned.tenures) {
		if (tenures.length > 1) earned.tenures.set(entitlement, coalesce(tenures));
	}
	const separated = applySeparation(input, earned.tenures);
	const withheld = separated.withheld.length === 0 ? earned.withheld : [...earned.withheld, ...separated.withheld];
	return {
		identityId: timeline.identityId,
		holdings: earned.tenures,
		withheld: withheld.length > 1 ? withheld.sort(byEntitlementAndTime) : withheld,
		separation: separated.hits,
		proposed: earned.proposed,
	};
}
