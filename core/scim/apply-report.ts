import type { ActionLedger, ClaimRequest, ClaimResult, Random } from '../ports';
import type { ScimClient, Traffic } from './client';
import type { CapabilityProfile } from './profiles';
import type { AppliedAction } from './results';

export interface ApplyProgress {
	/** Reading everything first, then writing account by account and group by group. */
	phase: 'read' | 'disable' | 'accounts' | 'roles' | 'groups';
	done: number;
	total: number;
}

export interface ApplyOptions {
	ledger: ActionLedger;
	client: ScimClient;
	/** Name of the application in the policy. */
	application: string;
	claim: Omit<ClaimRequest, 'application'>;
	/** For initial passwords, where a mapping or the application asks for them. */
	random?: Random;
	onProgress?: (progress: ApplyProgress) => void;
}

export interface ApplyReport {
	leaseId: string;
	/** One an action, in the order of the claim. */
	results: AppliedAction[];
	/** Asked for and not handed out by the ledger, each with the reason. */
	refused: ClaimResult['refused'];
	/** Claimed and not begun before the lease ran out: the ledger hands them out again. */
	unfinished: string[];
	/**
	 * Due and nothing that SCIM has requests for (sessions, tokens, ownership): neither done nor failed. A ledger that knows
	 * no operations in a claim has handed them out: give the lease back, so that whoever carries them out can claim them.
	 */
	elsewhere: string[];
	requests: Traffic;
	/** What is known of the application after the run; store it for the next one. */
	profile: CapabilityProfile;
}
