import type { Identity, PersonTimeline, Segment } from '../../model';

/** The segment that holds at an instant; before the first, what is known first, since a future hire has no earlier one. */
export function segmentAt({ segments }: PersonTimeline, instant: string): Segment | undefined {
	let found = segments[0];
	for (const segment of segments) {
		if (segment.from > instant) break;
		found = segment;
	}
	return found;
}

/** A person as of an instant. */
export function identityAt(timeline: PersonTimeline, instant: string): Identity {
	const attributes = segmentAt(timeline, instant)?.attributes ?? {};
	return { id: timeline.identityId, keys: timeline.keys, attributes: attributes };
}
