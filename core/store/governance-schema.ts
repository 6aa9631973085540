import type { SourceKind } from '../model';

/** Tables of access over time; see `schema.ts`. */
export interface GovernanceTables {
	assignments: AssignmentRow;
	access_requests: AccessRequestRow;
	break_glass: BreakGlassRow;
	guard_halts: GuardHaltRow;
	halted_actions: { halt_id: string; action_id: string };
	feeds: { name: string; number: number; hash: string; row_count: number; taken_at: string };
	feed_rows: { feed: string; key: string; hash: string; row: string; introduced: number };
	feed_halts: FeedHaltRow;
	reviews: { identity_id: string; due_at: string; reason: string; created_at: string };
	due_leases: { task: string; lease_until: string; attempts: number };
	told: { task: string; told_at: string };
	exposures: ExposureRow;
	policy_publications: PolicyPublicationRow;
	undone_actions: { action_id: string; undoes: string };
	plan_events: { plan_id: string; event_id: string };
}

export interface AssignmentRow {
	identity_id: string;
	entitlement: string;
	source_kind: SourceKind;
	source_ref: string;
	source: string;
	/** The contract whose evaluation replaces the row. */
	contract_id: string | null;
	valid_from: string;
	valid_until: string | null;
	opened_at: string;
	closed_at: string | null;
	close_reason: string | null;
}

export interface AccessRequestRow {
	id: string;
	identity_id: string;
	entitlement: string;
	kind: 'request' | 'exception';
	requested_by: string;
	reason: string;
	owner: string | null;
	policy_hash: string | null;
	valid_from: string;
	valid_until: string | null;
	created_at: string;
}

export interface BreakGlassRow {
	id: string;
	identity_id: string;
	entitlement: string;
	used_by: string;
	reason: string;
	policy_hash: string | null;
	valid_from: string;
	valid_until: string;
	/** JSON list of addresses. */
	reviewers: string;
	review_by: string;
	outcome: 'justified' | 'unjustified' | null;
	reviewed_by: string | null;
	reviewed_at: string | null;
	review_reason: string | null;
}

export type HaltState = 'open' | 'resumed' | 'cancelled';

export interface GuardHaltRow {
	id: string;
	plan_id: string;
	/** JSON: which guards, with counts and limits. */
	tripped: string;
	state: HaltState;
	created_at: string;
	resolved_at: string | null;
	resolved_by: string | null;
	reason: string | null;
}

export interface FeedHaltRow {
	id: string;
	feed: string;
	hash: string;
	reason: string;
	before_count: number;
	after_count: number;
	state: HaltState;
	created_at: string;
	resolved_at: string | null;
	resolved_by: string | null;
	resolution: string | null;
}

export interface ExposureRow {
	plan_id: string;
	identity_id: string;
	entitlement: string;
	exposed_from: string;
	exposed_until: string;
	found_at: string;
}

export interface PolicyPublicationRow {
	name: string;
	number: number;
	hash: string;
	author: string;
	author_proof: 'proved' | 'claimed';
	state: 'pending' | 'active' | 'rejected';
	note: string | null;
	submitted_at: string;
	decided_by: string | null;
	decided_proof: 'proved' | 'claimed' | null;
	decided_at: string | null;
	decision_note: string | null;
}
