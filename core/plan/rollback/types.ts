import type { Action, Assignment, Blocked, Grant, PersonTimeline, PlannedAction } from '../../model';
import type { CompiledPolicy, PersonAccess } from '../../policy';
import type { KnownAccount } from '../people';

/** An action as it was really done, with the state of the application before and after. */
export interface DoneAction {
	action: Action;
	/** `null` where there was no account; a resource for accounts, a membership for groups. */
	before: unknown;
	after?: unknown;
	/** Write requests that were sent; 0 where everything already was as wanted. */
	writes: number;
}

export interface RollbackInput {
	compiled: CompiledPolicy;
	policyHash: string;
	seed: string;
	/** What is rolled back, e.g. `plan:pln_1` or `since:2026-11-20T09:00:00.000Z`: becomes part of reasons and sources. */
	scope: string;
	/** In the order in which it was done. What a rollback took back already must not be there. */
	entries: readonly DoneAction[];
	/** Everything open of the people concerned, as the ledger knows it now. */
	held: readonly Grant[];
	openActions: readonly Action[];
	accounts: ReadonlyMap<string, KnownAccount>;
	timelines: ReadonlyMap<string, PersonTimeline>;
	/** What the policy wants of these people now, where it was evaluated: decides by what restored access is earned. */
	access?: ReadonlyMap<string, PersonAccess>;
	/** ISO instant. */
	asOf: string;
}

/** What must still be true in the application when an inverse action is carried out. */
export interface Precondition {
	actionId: string;
	/** State as we left it; anything else was changed by somebody else since. */
	after: unknown;
	/** Version of the resource as we left it (`meta.version`), where the application gives one. */
	version?: string;
}

export interface RollbackConflict {
	/** The action that is not taken back. */
	actionId: string;
	identityId: string;
	application: string;
	entitlement?: string;
	/** `STILL_EARNED`: a rule, or something else than what is rolled back, gives the access as well. */
	code:
		'CHANGED_SINCE' | 'UNDER_WAY' | 'IRREVERSIBLE' | 'NO_BEFORE_IMAGE' | 'NOT_EMPLOYED' | 'STILL_EARNED' | 'UNKNOWN';
	reason: string;
	remedy: string;
}

export interface RollbackPlan {
	/** Inverse actions, what was done last first. */
	actions: PlannedAction[];
	/** Which earlier actions each action takes back; several where they net out to one. */
	undoes: Array<{ actionId: string; undoes: string }>;
	preconditions: Precondition[];
	/** Exceptions that restored access rests on where the policy does not earn it. */
	assignments: Assignment[];
	conflicts: RollbackConflict[];
	/** Done without any write, or needing none to be undone. */
	skipped: Array<{ actionId: string; reason: string }>;
	/** Access that the rollback takes although what gave it (a contract, a request) still stands: the next plan gives it back. */
	warnings: string[];
	blocked: Blocked[];
	connectors: Record<string, 'scim' | 'manual' | 'n8n'>;
}
