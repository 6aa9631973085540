import { timelineOf } from './timeline';
import type { PersonFacts, StatedTimeline, TimelineRules } from './types';

/** A person over time with the keys of the moment: the address that holds then, and an HR id wherever there is one. */
export function personTimeline(person: PersonFacts, rules: TimelineRules): StatedTimeline {
	const timeline = timelineOf(person, rules);
	return { ...timeline, keys: keysAt(person.keys, timeline, rules.knownAt) };
}

function keysAt(known: PersonFacts['keys'], timeline: StatedTimeline, at: string): Record<string, string> {
	const keys = new Map(Object.entries(known));
	const segment = timeline.segments.findLast(({ from }) => from <= at) ?? timeline.segments[0];
	const email = segment?.attributes['email'];
	if (typeof email === 'string') keys.set('email', email.toLowerCase());
	const foreign = [...keys].find(([kind]) => kind.startsWith('hrId:'))?.[1];
	if (foreign !== undefined && !keys.has('hrId')) keys.set('hrId', foreign);
	return Object.fromEntries([...keys].sort(([a], [b]) => (a < b ? -1 : 1)));
}
