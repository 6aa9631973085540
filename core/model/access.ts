import type { Quote } from './contract';
import type { AttributeValue } from './lifecycle';

/** A worker or external person. The id is ours and never changes; the e-mail is a key in lower case. */
export interface Identity {
	id: string;
	/** Keys that find the identity again, e.g. `email`. */
	keys: Record<string, string>;
	/** Attributes as of the evaluation, after aliases, by the names the policy declares. */
	attributes: Record<string, AttributeValue>;
}

export type SourceKind = 'rule' | 'contract' | 'request' | 'exception' | 'break_glass' | 'discovered';

/** Why a grant exists. */
export interface Source {
	kind: SourceKind;
	/** Rule id; for contracts `<contract id>/<contract rule id>`. */
	ref: string;
	/** Role through which the entitlement came, if any. */
	role?: string;
	/** One readable sentence. */
	reason: string;
	/** The words of the contract it follows from. */
	quote?: Quote;
	/** End of what this source earns (ISO instant); absent where it is open-ended. */
	validUntil?: string;
}

/** Identity × entitlement × one source × [validFrom, validUntil). Instants are ISO UTC. */
export interface Grant {
	identityId: string;
	entitlement: string;
	source: Source;
	validFrom: string;
	validUntil?: string;
}

/**
 * What one source other than a birthright rule assigns to a person, before employment and separation of duties cut it:
 * by contracts, requests, exceptions, break-glass, and what was found in an application. Rules are not stored: they follow
 * from the person's timeline and the policy at any time.
 */
export interface Assignment {
	identityId: string;
	entitlement: string;
	source: Source;
	/** Half-open, ISO instants. */
	validFrom: string;
	validUntil?: string;
}

/** A source with the interval in which it earns a holding, half-open, ISO instants. */
export interface Tenure {
	source: Source;
	from: string;
	/** Absent where open-ended. */
	until?: string;
}

/** What the policy says an identity should hold: one entry an entitlement, with every source that earns it. */
export interface DesiredHolding {
	identityId: string;
	entitlement: string;
	sources: Source[];
	validFrom: string;
	/** Latest end over the sources; absent where one source is open-ended. */
	validUntil?: string;
}

/** Something asked for that may not be given, with the reason. It becomes an item on the Blocked output. */
export interface Blocked {
	identityId?: string;
	/** Who or what, readable, without a whole record (e.g. the row's key). */
	subject: string;
	entitlement?: string;
	rule?: string;
	reason: string;
	remedy: string;
}
