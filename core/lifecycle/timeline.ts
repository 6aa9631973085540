import { employmentOf } from './employment';
import { inPersonZone, personZone } from './person-zone';
import { segmentsOf } from './segments';
import type { PersonFacts, StatedFact, StatedTimeline, TimelineRules } from './types';

/**
 * A person over time, as known at `rules.knownAt`: a function of the set of facts, whatever order they arrived in.
 * Cost grows with `n log n` of the person's facts.
 */
export function timelineOf(person: PersonFacts, rules: TimelineRules): StatedTimeline {
	const known = person.facts.filter((fact) => isKnown(fact, rules.knownAt));
	const zoneAt = personZone(known, rules);
	const facts = inPersonZone(known, zoneAt);
	const employment = employmentOf(facts, rules, zoneAt);
	return {
		identityId: person.identityId,
		keys: person.keys,
		segments: segmentsOf(facts, rules),
		...(employment !== undefined && { employment }),
	};
}

function isKnown(fact: StatedFact, knownAt: string): boolean {
	return fact.knownAt <= knownAt && (fact.voidedAt === undefined || fact.voidedAt > knownAt);
}
