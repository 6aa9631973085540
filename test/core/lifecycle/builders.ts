import { parseLifecycleEvent } from '../../../core/ingress';
import {
	factsOf,
	statementOf,
	timelineOf,
	timelineRules,
	type LifecyclePolicy,
	type StatedEvent,
	type StatedFact,
	type StatedTimeline,
} from '../../../core/lifecycle';

export const BERLIN: LifecyclePolicy = { zone: 'Europe/Berlin' };
export const ALWAYS = '2099-01-01T00:00:00.000Z';
export const RECEIVED = '2026-11-20T09:00:00.000Z';

let number = 0;

/** An event as somebody in HR would write it; `hrId` 7 unless a person is given. */
export function event(said: Record<string, unknown>, receivedAt = RECEIVED): StatedEvent {
	const id = `e${++number}`;
	return parseLifecycleEvent(
		{ id, person: { hrId: '7' }, createdAt: receivedAt, ...said },
		{ zone: 'Europe/Berlin', receivedAt },
	);
}

/** Facts as the ledger would keep them, each event known from its receipt on. */
export function factsFrom(events: readonly StatedEvent[], knownAt = RECEIVED): StatedFact[] {
	return events.flatMap((each) => {
		const spoken = statementOf(each);
		return spoken ? factsOf({ ...spoken, eventId: `evt_${each.id}`, knownAt }) : [];
	});
}

export function timeline(events: readonly StatedEvent[], policy = BERLIN, knownAt = ALWAYS): StatedTimeline {
	return timelineOf({ identityId: 'idn_7', keys: {}, facts: factsFrom(events) }, timelineRules(policy, knownAt));
}
