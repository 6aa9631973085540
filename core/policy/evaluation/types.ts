import type { Blocked, DesiredHolding, Identity } from '../../model';

/**
 * Something that cannot be decided now, because a term, row or condition could not be read. Nothing is granted by it,
 * and nothing that people hold through it is taken away.
 */
export interface HeldBack {
	/** Absent for birthright rules. */
	contractId?: string;
	ruleId: string;
	reason: string;
	/** Only this person; all where absent. */
	identityId?: string;
	/** Everyone but these (people who were read): set where an unreadable row may be anybody else. */
	exceptIdentityIds?: string[];
	/** Only this entitlement, `*` as wildcard. */
	entitlement?: string;
}

/** What a policy version says about a set of people and contracts at one moment. */
export interface Evaluation {
	/** ISO instant of the evaluation. */
	asOf: string;
	/** ISO instant from which the evaluated state holds. */
	effectiveFrom: string;
	/** Ids of the contracts that were evaluated, sorted. */
	contracts: string[];
	/** Sorted by identity and entitlement. */
	desired: DesiredHolding[];
	/** Everybody in scope, sorted by id: those given and those found in contracts. */
	identities: Identity[];
	blocked: Blocked[];
	heldBack: HeldBack[];
}
