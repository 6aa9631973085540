import type { Assignment, Grant, PersonTimeline, SeparationHit, Source, Tenure } from '../../model';
import type { CompiledPolicy } from '../compile';

/**
 * What ends a tenure: the end of employment, an end that its source states (a contract's, a request's), a change of the
 * person or of the rules, the end of an overlap window, the longest duration allowed, or another rule that takes precedence.
 */
export type EndCause = 'employment' | 'stated' | 'change' | 'overlap' | 'duration' | 'withheld';

/** A tenure of one person, with what planning has to know besides. */
export interface PersonTenure extends Tenure {
	/** Present where `until` is. */
	endedBy?: EndCause;
	/** An account that may be made ready from here on, disabled until `from`. */
	prepareFrom?: string;
	/** When the sort of source began to be valid: decides who was first, without moving `from`. */
	earnedSince?: string;
}

/** Something that is earned and not given, with the reason. */
export interface Withheld {
	code: 'SEPARATION' | 'EXCLUDED' | 'MAX_DURATION' | 'UNKNOWN_ENTITLEMENT';
	entitlement: string;
	sources: Source[];
	from: string;
	until?: string;
	/** Rule of the policy that withholds it: the separation rule, the role, or the rule that earns it. */
	rule: string;
	reason: string;
	remedy: string;
}

/** An assignment, and when somebody last let it go on for longer: longest durations count from then. */
export interface ExtendedAssignment extends Assignment {
	extendedAt?: string;
}

export interface PersonInput {
	compiled: CompiledPolicy;
	timeline: PersonTimeline;
	/** Of this person, from every source but rules. */
	assignments: readonly ExtendedAssignment[];
	/** Open grants of this person: who holds something by a deprecated rule keeps it. */
	held: readonly Grant[];
	/** ISO instant. */
	asOf: string;
	/**
	 * Since when each rule of the policy is in force as it is (rule id → ISO instant). Without an entry a rule counts as if
	 * it had always been there. Only who was first in a separation of duties depends on it.
	 */
	rulesSince?: ReadonlyMap<string, string>;
}

/** What a person should hold, when, and why. */
export interface PersonAccess {
	identityId: string;
	/** By entitlement; tenures sorted by start and source. Past ones are there too: they say what ended, and why. */
	holdings: ReadonlyMap<string, readonly PersonTenure[]>;
	/** Sorted by entitlement and time; only what is not over. */
	withheld: Withheld[];
	/** Every pair that separation of duties touches, the withheld ones included; only what is not over. */
	separation: SeparationHit[];
	/** What proposed rules would earn today. */
	proposed: Array<{ rule: string; entitlement: string }>;
}
