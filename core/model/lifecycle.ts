/** What an attribute can hold. Dates are ISO calendar dates, kept as text. */
export type AttributeValue = string | number | boolean | readonly string[];

export type LifecycleEventType =
	| 'hire'
	| 'change'
	| 'leave'
	| 'rehire'
	| 'contractor.start'
	| 'contractor.extend'
	| 'contractor.end'
	/** Takes an earlier event back, whether it has arrived yet or not. */
	| 'cancel'
	/** Replaces what an earlier event said. */
	| 'correct'
	/** Sets attributes for a while: device, location, threat, training. */
	| 'signal';

/**
 * Keys by which a person is found again, in the order in which they are believed. National ids arrive hashed or are
 * hashed under the ledger's secret before they are stored.
 */
export interface PersonKeys {
	hrId?: string;
	nationalIdHash?: string;
	/** ISO date; never enough alone. */
	birthDate?: string;
	/** Lower case. */
	email?: string;
	previousEmail?: string;
	/** HR id under which the person was known before. */
	previousHrId?: string;
}

/** One event of an HR system, a vendor management system or a signal source, after parsing. */
export interface LifecycleEvent {
	/** The sender's id, unique in its source. */
	id: string;
	/** Authority name as the policy's `attributes.*.from` uses it, e.g. `hris`, `vms`, `signal`. */
	source: string;
	type: LifecycleEventType;
	/** When the sender recorded it (ISO instant): orders what holds from the same moment. */
	createdAt: string;
	/** ISO instant from which it holds, zone applied; for a leave the instant at which employment ends. */
	effectiveAt: string;
	/** End of what it says (ISO instant); attributes then fall back to what held before. */
	until?: string;
	person: PersonKeys;
	/** `null`: the source says that there is no value. */
	attributes: Readonly<Record<string, AttributeValue | null>>;
	/** Sender's id of the event that a `cancel` or `correct` is about. */
	refersTo?: string;
	/** A leave at once: no overlap, no approval, no batch window. */
	immediate?: boolean;
	/** Concluded from an absence (somebody vanished from a feed) rather than said. */
	inferred?: true;
}

/** What one source says of one attribute from one moment on. Employment is the reserved attribute `employment`. */
export interface Fact {
	name: string;
	value: AttributeValue | null;
	source: string;
	/** Half-open, ISO instants. */
	from: string;
	until?: string;
	createdAt: string;
	knownAt: string;
	/** Ledger id of the event. */
	eventId: string;
	/** When we learnt that it was cancelled or corrected; it does not hold for anybody who asks later. */
	voidedAt?: string;
}

/** A stretch of time in which no attribute of a person changes. */
export interface Segment {
	from: string;
	until?: string;
	/** By the names the policy declares, aliases and authority applied; sorted by name. */
	attributes: Readonly<Record<string, AttributeValue>>;
}

/** Time in which a person is employed or engaged. */
export interface EmploymentSpell {
	from: string;
	until?: string;
	/** The end was an explicit leave at once. */
	immediate?: boolean;
	/** Concluded because somebody vanished from a feed: nobody said that they left. */
	inferred?: boolean;
}

/** A person over time, as known at one moment. */
export interface PersonTimeline {
	identityId: string;
	keys: Readonly<Record<string, string>>;
	/** Without gaps from the first fact on, sorted; empty where nothing is known. */
	segments: readonly Segment[];
	/** Sorted, disjoint. Absent where no source ever spoke of employment (people known from contracts only). */
	employment?: readonly EmploymentSpell[];
}

export type FindingLevel = 'note' | 'warning' | 'hold';

/** Something wrong with incoming data. `hold`: access follows only after somebody resolved it. */
export interface DataFinding {
	/** Stable, e.g. `END_DATE_MISSING`, `UNKNOWN_VALUE`, `MANAGER_CYCLE`, `DATES_REVERSED`, `KEYS_CONTRADICT`. */
	code: string;
	level: FindingLevel;
	identityId?: string;
	/** Attribute or key that it is about. */
	field?: string;
	message: string;
	remedy: string;
	/** Nearest known value, where one is meant to be known. */
	nearest?: string;
}
