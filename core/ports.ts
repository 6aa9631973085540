import type { ActionContent, ActionOperation } from './model';

/**
 * The doors through which the domain touches the world. Everything else in `core` is a function of its arguments,
 * so the same input gives the same bytes on every machine.
 */

/** The current instant in milliseconds since the Unix epoch, UTC. */
export type Clock = () => number;

/** Cryptographically strong random bytes (ids, salts, one-time tokens). */
export type Random = (bytes: number) => Buffer;

export interface HttpRequest {
	method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** Absolute URL, already encoded. */
	url: string;
	headers: Record<string, string>;
	/** Sent as it is; the caller serialises. */
	body?: string;
	timeoutMs: number;
	/** Answers longer than this are cut off with an error. */
	maxResponseBytes: number;
}

export interface HttpResponse {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	body: string;
}

/**
 * Sends one request and resolves with whatever the server answered, error statuses included.
 * Rejects only when there was no whole answer (refused, reset, time-out, too large). Never follows redirects.
 */
export type Http = (request: HttpRequest) => Promise<HttpResponse>;

/** An action whose lease is ours until `leaseUntil`, with what the ledger knows of the account. */
export interface ClaimedAction {
	id: string;
	hash: string;
	content: ActionContent;
	/** The account as we last saw it, when we did. */
	account?: { remoteId: string; externalId?: string };
	/** Of an action that takes something back: how the application must still be, else it ends as a conflict. */
	precondition?: ClaimPrecondition;
}

/** What an application held when we left it, as the journal's image after the write says. */
export interface ClaimPrecondition {
	after?: unknown;
	/** Version (ETag) of the resource, where the application gives one. */
	version?: string;
}

export interface ClaimRequest {
	application: string;
	/** Only these actions; or all of these plans; or all that is due where both are absent. */
	actionIds?: readonly string[];
	planIds?: readonly string[];
	/** Only these operations; others are named in `passedOver` and stay as they are. All where absent. */
	operations?: readonly ActionOperation[];
	/** Who claims, for the record, e.g. the workflow execution. */
	claimedBy: string;
	leaseSeconds: number;
	limit: number;
}

export interface ClaimResult {
	leaseId: string;
	claimed: ClaimedAction[];
	/** Asked for by id or plan and not handed out, each with the reason. */
	refused: Array<{ id: string; reason: string }>;
	/** What would have been handed out, had its operation been asked for: it counts as no attempt. */
	passedOver?: string[];
}

/** State of a resource before we touch it: what undoes the action. Written before the first write goes out. */
export interface JournalEntry {
	actionId: string;
	/** `null` where the account did not exist. */
	before: unknown;
}

/**
 * `verified`: read back. `applied`: taken, and the application shows no way to read it back. `failed`: due again later.
 * `conflict`: the precondition of an action that takes something back does not hold; nothing was sent, and the ledger ends
 * the action, since trying again would change nothing.
 */
export type ActionOutcome = 'verified' | 'applied' | 'failed' | 'conflict';

export interface ActionResult {
	actionId: string;
	outcome: ActionOutcome;
	/** State after the write, as read back. */
	after?: unknown;
	/** Write requests that were sent for this action; 0 where everything already was as wanted. */
	writes: number;
	account?: { remoteId: string; externalId?: string; userName: string };
	/** Why it failed, or what was found, for a person. */
	note?: string;
}

/**
 * The part of the ledger that whoever writes to an application works against. Nothing is written without a claim:
 * the ledger hands a lease out only for actions that are due, approved where they must be, not expired and whose
 * content hash is unchanged.
 */
export interface ActionLedger {
	claim(request: ClaimRequest): Promise<ClaimResult>;
	/** Before images, in one transaction, before any write. Rejects when the lease has gone. */
	journalBefore(leaseId: string, entries: readonly JournalEntry[]): Promise<void>;
	/** Results, in one transaction with grants and audit records. */
	complete(leaseId: string, results: readonly ActionResult[]): Promise<void>;
}
