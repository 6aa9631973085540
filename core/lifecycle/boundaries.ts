import type { AttributeValue, Identity, PersonTimeline, Segment } from '../model';

/** The next moment after `after` at which something of the person changes by itself; undefined: never. */
export function nextBoundary(timeline: PersonTimeline, after: string): string | undefined {
	const moments = [...timeline.segments, ...(timeline.employment ?? [])].flatMap(({ from, until }) =>
		until === undefined ? [from] : [from, until],
	);
	return moments.filter((moment) => moment > after).sort()[0];
}

/** What touches people besides their own events. */
export type Touch =
	/** The clock went from `after` (excluded) to `upTo` (included). */
	| { kind: 'clock'; after: string; upTo: string }
	/** Another policy version: whoever the predicate tells apart from `asOf` on. */
	| { kind: 'policy'; asOf: string; concerns: (attributes: Segment['attributes']) => boolean };

/** Who has to be evaluated again, in the order given; nobody else has. */
export function touchedBy(touch: Touch, timelines: Iterable<PersonTimeline>): string[] {
	const touched: string[] = [];
	for (const timeline of timelines) {
		if (isTouched(touch, timeline)) touched.push(timeline.identityId);
	}
	return touched;
}

function isTouched(touch: Touch, timeline: PersonTimeline): boolean {
	if (touch.kind === 'clock') {
		const next = nextBoundary(timeline, touch.after);
		return next !== undefined && next <= touch.upTo;
	}
	return timeline.segments.some(
		({ until, attributes }) => (until === undefined || until > touch.asOf) && touch.concerns(attributes),
	);
}

/** The segment that holds at an instant. */
export function segmentAt(timeline: PersonTimeline, at: string): Segment | undefined {
	return timeline.segments.find(({ from, until }) => from <= at && (until === undefined || at < until));
}

/** An attribute's value at an instant. */
export function valueAt(timeline: PersonTimeline, name: string, at: string): AttributeValue | undefined {
	const attributes = segmentAt(timeline, at)?.attributes;
	return attributes && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

export function isEmployedAt(timeline: PersonTimeline, at: string): boolean | undefined {
	return timeline.employment?.some(({ from, until }) => from <= at && (until === undefined || at < until));
}

/** A person as of one instant, as evaluation of contracts takes them. */
export function identityAt(timeline: PersonTimeline, at: string): Identity {
	return {
		id: timeline.identityId,
		keys: { ...timeline.keys },
		attributes: { ...segmentAt(timeline, at)?.attributes },
	};
}
