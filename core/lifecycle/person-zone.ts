import { instantOf, isZone } from '../time';
import { byRank, firstSpeaking, holders, type Step } from './steps';
import type { StatedFact, TimelineRules } from './types';

/** The zone of a person at any moment. */
export type ZoneAt = (instant: string) => string;

const ZONE = 'zone';

/** Reads the attribute `zone`; before it is known, and where it names no zone, the policy's zone counts. */
export function personZone(facts: readonly StatedFact[], rules: TimelineRules): ZoneAt {
	const spoken = facts.filter((fact) => fact.name === ZONE && typeof fact.value === 'string' && isZone(fact.value));
	if (spoken.length === 0) return () => rules.zone;
	const steps = firstSpeaking(byRank(spoken, rules.authority.get(ZONE)).map(holders));
	return (instant) => {
		const step = lastBefore(steps, instant);
		return typeof step?.value?.value === 'string' ? step.value.value : rules.zone;
	};
}

function lastBefore<T>(steps: readonly Step<T>[], instant: string): Step<T> | undefined {
	let found: Step<T> | undefined;
	for (const step of steps) if (step.at <= instant) found = step;
	return found;
}

/** Reads dates and local times again where they were read in another zone than the person's. */
export function inPersonZone(facts: readonly StatedFact[], zoneAt: ZoneAt): StatedFact[] {
	return facts.map((fact) => {
		const { local } = fact;
		if (local === undefined || local.fixed) return fact;
		const zone = zoneAt(fact.from);
		if (zone === local.zone) return fact;
		return {
			...fact,
			...(local.effectiveAt !== undefined && { from: instantOf(local.effectiveAt, zone, local.edge) }),
			...(fact.until !== undefined && local.until !== undefined && { until: instantOf(local.until, zone, 'end') }),
		};
	});
}
