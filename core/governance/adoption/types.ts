import type { Action, Blocked } from '../../model';
import type { CapabilityProfile, ReconcileKind, Traffic } from '../../scim';
import type { Adopted, LedgerApi } from '../../store';

/** The part of the ledger that comparing an application works with. */
export type ReconcileLedger = Pick<
	LedgerApi,
	| 'accountsPage'
	| 'heldEntitlements'
	| 'holdersPage'
	| 'identityHits'
	| 'adoptionsToReview'
	| 'timelines'
	| 'peopleState'
	| 'guardInputs'
	| 'stageAdoption'
	| 'adopt'
	| 'saveReconciliation'
	| 'lastDryRun'
	| 'pastWritesIn'
	| 'savePlan'
>;

export interface ReconcileRequest {
	/** Name of the application in the policy. */
	application: string;
	/** Policy document. */
	policy: string;
	mode: 'report' | 'plan' | 'adopt';
	/** ISO instant. */
	asOf: string;
	/** Accounts idle for so many days are listed. */
	idleDays?: number;
	/** Findings handed out at most; the counts are always whole. */
	maxFindings: number;
	/** For `adopt`: who answers for what was found, and until when somebody has to have looked at it. */
	owner?: string;
	reviewBy?: string;
	/** Makes ids of this run its own. */
	run: string;
	executionId?: string;
}

export type FindingKind =
	| ReconcileKind
	/** A group that the policy does not know. */
	| 'unmanaged_group'
	/** Adopted access that somebody should have looked at by now. */
	| 'review_due'
	/** A correction that the policy does not let be planned. */
	| 'blocked';

/** One thing that is otherwise than the ledger has it. */
export interface Finding {
	kind: FindingKind;
	/** userName of an account, name of a group. */
	subject: string;
	/** What it is, in one sentence, and what to do. */
	says: string;
	remedy: string;
	identityId?: string;
	remoteId?: string;
	group?: string;
	/** Of a membership that is a role of the account. */
	role?: string;
	entitlement?: string;
	/** Attributes: `before` is what the application shows, `after` what the ledger has. */
	changes?: unknown;
	active?: boolean;
	days?: number;
	since?: string;
	by?: string;
	other?: string;
	owner?: string;
	reviewBy?: string;
	/** A correction of it is part of the plan. */
	planned?: boolean;
}

export interface PlannedCorrections {
	planId: string;
	/** As the ledger holds them, guards' halts included. */
	actions: Action[];
	blocked: Blocked[];
	/** Why guards stopped some of them. */
	halted: string[];
	/** Corrections that were left for a later run. */
	left: number;
	/** False where the application is only recorded: then this is what would be planned. */
	saved: boolean;
}

export interface ReconcileOutcome {
	application: string;
	mode: ReconcileRequest['mode'];
	/** False where something could not be read to the end: then nothing was concluded from what is absent. */
	complete: boolean;
	reasons: string[];
	counts: Record<string, number>;
	/** More was found than was handed out. */
	truncated: boolean;
	requests: Traffic;
	/** Writes of the last thirty days that no plan asked for. */
	writtenPastLedger: number;
	enforcement: 'record' | 'approve' | 'enforce';
	policyHash: string;
	profile: CapabilityProfile;
	plan?: PlannedCorrections;
	adopted?: Adopted;
}

export interface ReconcileHooks {
	/** Told of findings, some at a time and in order. */
	onFindings: (findings: readonly Finding[]) => Promise<void> | void;
	onProgress?: (progress: { phase: string; done: number }) => void;
}
