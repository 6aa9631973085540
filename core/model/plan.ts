import type { Source } from './access';

/** What an action does in its application. */
export type ActionOperation =
	| 'create_account'
	| 'update_account'
	/** Lets in whoever has an account that was made ready before the first day. */
	| 'enable_account'
	| 'disable_account'
	| 'revoke_sessions'
	| 'revoke_tokens'
	| 'transfer_ownership'
	| 'add_to_group'
	| 'remove_from_group'
	| 'assign_role'
	| 'remove_role';

/**
 * The content of an action: exactly what is approved and exactly what is applied. Its hash binds both.
 * `create_account` also finds and reactivates an existing account: matching comes before creating.
 */
export interface ActionContent {
	v: 1;
	identityId: string;
	application: string;
	operation: ActionOperation;
	/** The entitlement that is given or taken; absent for `update_account`. */
	entitlement?: string;
	/** Display name of the group or role in the application. */
	target?: string;
	/** Keys that find the account (`userName`, `email`). */
	match: Record<string, string>;
	/** Mapped SCIM attributes, for create and update. */
	attributes?: Record<string, unknown>;
	/** `create_account` before the first day: the account is there, and nobody can sign in. */
	disabled?: true;
	/** `transfer_ownership`: identity id or address that takes over. */
	transferTo?: string;
	/** ISO instant from which it may be applied. */
	dueAt: string;
	/** End of the access that it gives, if there is one. */
	validUntil?: string;
	/** Hash of the policy version that asked for it. */
	policyHash: string;
	/** Contract that it follows from, if one does. */
	contractId?: string;
}

export type ApprovalState = 'not_needed' | 'pending' | 'approved' | 'denied' | 'expired';
export type ExecutionState =
	'planned' | 'blocked' | 'claimed' | 'applied' | 'verified' | 'failed' | 'rolled_back' | 'superseded' | 'cancelled';

/** Which approval rule wants what of whom. */
export interface ApprovalNeed {
	/** Id of the approval rule in the policy. */
	rule: string;
	/** Approver addresses by the name they were asked under (`manager`, `group:security`, an address). */
	approvers: Record<string, string[]>;
	/** Votes needed by the same names. */
	need: Record<string, number>;
	/** ISO-8601 duration from the request. */
	expires: string;
}

export interface RiskFactor {
	/** `privileged`, `separation`, `widening`, `off_peer_group`, `new_identity`, `off_hours`, `backdated`. */
	factor: string;
	/** Points that it adds. */
	points: number;
	/** Why it applies, in one sentence. */
	because: string;
}

export interface Risk {
	/** 0–100: the sum of all factors, capped. */
	score: number;
	/** Highest first, then by name. */
	factors: RiskFactor[];
}

export interface SeparationHit {
	/** Id of the rule in the policy. */
	rule: string;
	entitlement: string;
	conflictsWith: string;
	action: 'block' | 'approve' | 'record';
	/** When both would be held, half-open. */
	from: string;
	until?: string;
	/** Rules or other sources that earn each side. */
	sources: string[];
	/** Control that makes up for it, as the policy names it. */
	compensating?: string;
	exemption?: { owner: string; until: string; reason: string };
}

export interface PlannedAction {
	/** Derived from hash and plan. */
	id: string;
	hash: string;
	content: ActionContent;
	/** Why: for grants the sources that earn it, for revocations the sources that ended. */
	sources: Source[];
	reason: string;
	/** Readable name of the person (display only, not hashed). */
	subject: string;
	privileged: boolean;
	/** How risky, with every factor that made it so. */
	risk?: Risk;
	/** Separation-of-duties rules that the action touches without being blocked by them (`approve`, `record`). */
	separation?: SeparationHit[];
	/** What sort of event it follows from: how fast it has to be, and which guard counts it. */
	event?: 'joiner' | 'mover' | 'leaver' | 'contract';
	/** Concluded from an absence or a changed rule rather than said by an explicit leave: what guards count. */
	inferred?: boolean;
	/** ISO instant by which the result must be verified. */
	verifyBy?: string;
	approval?: ApprovalNeed;
}

/** An action as the ledger holds it. */
export interface Action extends PlannedAction {
	planId: string;
	sequence: number;
	approvalState: ApprovalState;
	executionState: ExecutionState;
	/** Why it failed or is blocked. */
	note?: string;
}
