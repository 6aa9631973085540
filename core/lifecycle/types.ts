import type { AttributeValue, EmploymentSpell, Fact, LifecycleEvent, PersonTimeline } from '../model';

/** Local dates and times as the sender wrote them, to be read in the person's own zone once that is known. */
export interface LocalMoments {
	effectiveAt?: string;
	/** Which side of an interval `effectiveAt` is: a leave ends something. */
	edge: 'start' | 'end';
	until?: string;
	/** Zone in which the instants beside them were computed. */
	zone: string;
	/** The sender named the zone: it stays, whatever the person's own is. */
	fixed?: true;
}

/** A lifecycle event with what parsing knows beyond the model; every member is optional. */
export interface StatedEvent extends LifecycleEvent {
	local?: LocalMoments;
	/** Members that the sender left out, and that were filled from the time of receipt. */
	defaulted?: ReadonlyArray<'createdAt' | 'effectiveAt'>;
	/** A correction without a date of its own: it holds from when the corrected event does. */
	sameEffectiveAt?: true;
	/** Concluded from an absence (somebody vanished from a feed) rather than said. */
	inferred?: true;
}

/** What the reserved attribute `employment` can say. */
export type EmploymentWord = 'started' | 'extended' | 'ended' | 'left' | 'left_at_once' | 'vanished';

export const EMPLOYMENT = 'employment';
/** The address in an event that uses it as a key without setting it; `~` is no character of attribute names. */
export const MENTIONED_EMAIL = '~email';

/** A fact that remembers how its moments were written. */
export interface StatedFact extends Fact {
	local?: LocalMoments;
	/** The sender's own id of the event: orders what was recorded at the same moment. */
	senderId?: string;
}

/** A spell whose end may have been concluded from an absence. */
export interface StatedSpell extends EmploymentSpell {
	inferred?: true;
}

export interface StatedTimeline extends PersonTimeline {
	employment?: readonly StatedSpell[];
}

/** What is known of a person before it is put in order. */
export interface PersonFacts {
	identityId: string;
	keys: Readonly<Record<string, string>>;
	/** In any order. */
	facts: readonly StatedFact[];
}

/** How a policy version reads attributes. The maps are those of a compiled policy. */
export interface TimelineRules {
	/** ISO instant: what was learnt later, or taken back by then, does not count. */
	knownAt: string;
	/** Zone of people who have no attribute `zone`. */
	zone: string;
	/** Attribute → sources in the order in which they are believed; without an entry all sources are alike. */
	authority: ReadonlyMap<string, readonly string[]>;
	aliases: ReadonlyMap<string, ReadonlyMap<string, AttributeValue>>;
	/** `text`, `number`, `date`, `boolean` or `list` by attribute. */
	types: ReadonlyMap<string, string>;
}
