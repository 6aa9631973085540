import type { ApprovalState, BundleState, ExecutionState, RequestState, Vote } from '../model';
import type { AdoptionTables } from './adoption-schema';
import type { GovernanceTables } from './governance-schema';
import type { LifecycleTables } from './lifecycle-schema';

/** Tables of the ledger as Kysely sees them. Instants are ISO UTC text with milliseconds; JSON is canonical text. */
export interface LedgerTables extends AdoptionTables, GovernanceTables, LifecycleTables {
	meta: { key: string; value: string };
	events: EventRow;
	documents: { sha256: string; format: string; text: string; first_seen_at: string };
	contract_versions: ContractVersionRow;
	identities: { id: string; created_at: string };
	identity_keys: { kind: string; value: string; identity_id: string; since?: string | null };
	identity_attributes: IdentityAttributeRow;
	policies: PolicyRow;
	grants: GrantRow;
	accounts: AccountRow;
	plans: PlanRow;
	actions: ActionRow;
	journal: JournalRow;
	bundles: BundleRow;
	approval_requests: ApprovalRequestRow;
	request_actions: { request_id: string; action_id: string; hash: string };
	approval_tokens: { hash: string; bundle_id: string; approver: string; used_at: string | null };
	votes: VoteRow;
	audit_records: AuditRow;
	refusals: { source: string; minute: string; count: number };
}

export interface EventRow {
	id: string;
	source: string;
	external_id: string;
	type: string;
	content_hash: string;
	contract_id: string;
	payload: string;
	state: 'received' | 'processing' | 'done' | 'refused';
	lease_until: string | null;
	attempts: number;
	occurred_at: string;
	received_at: string;
	done_at: string | null;
	/** Of lifecycle events: their person, and their content as an integer. */
	identity_id?: string | null;
	content_key?: number | null;
}

export interface ContractVersionRow {
	contract_id: string;
	version: number;
	sha256: string;
	format: string;
	header: string;
	event_id: string;
	effective_at: string;
	known_at: string;
}

export interface IdentityAttributeRow {
	identity_id: string;
	name: string;
	value: string;
	source: string;
	effective_from: string;
	known_at: string;
}

export interface PolicyRow {
	hash: string;
	name: string;
	version: number;
	source: string;
	author: string;
	published_at: string;
}

export interface GrantRow {
	identity_id: string;
	entitlement: string;
	source_kind: string;
	source_ref: string;
	source: string;
	valid_from: string;
	valid_until: string | null;
	opened_at: string;
	closed_at: string | null;
	action_id: string | null;
}

export interface AccountRow {
	application: string;
	identity_id: string;
	remote_id: string;
	external_id: string | null;
	user_name: string;
	attributes: string;
	active: number;
	updated_at: string;
}

export interface PlanRow {
	id: string;
	event_id: string | null;
	contract_id: string | null;
	execution_id: string | null;
	policy_hash: string;
	as_of: string;
	effective_from: string;
	kind: 'contract' | 'people' | 'rollback';
	/** JSON: what a rollback undoes, alarms of guards. */
	details: string | null;
	/** Ids of open actions of earlier plans that this plan still wants. */
	kept: string;
	blocked: string;
	created_at: string;
}

export interface ActionRow {
	id: string;
	plan_id: string;
	sequence: number;
	hash: string;
	content: string;
	identity_id: string;
	application: string;
	entitlement: string | null;
	operation: string;
	due_at: string;
	valid_until: string | null;
	sources: string;
	reason: string;
	subject: string;
	privileged: number;
	approval_need: string | null;
	approval_state: ApprovalState;
	execution_state: ExecutionState;
	lease_id: string | null;
	lease_until: string | null;
	attempts: number;
	note: string | null;
	inferred: number;
	verify_by: string | null;
	/** JSON: risk, separation of duties, kind of event, precondition. */
	details: string | null;
	updated_at: string;
}

export interface JournalRow {
	action_id: string;
	lease_id: string;
	before: string;
	after: string | null;
	outcome: string | null;
	writes: number | null;
	started_at: string;
	finished_at: string | null;
}

export interface BundleRow {
	id: string;
	execution_id: string;
	workflow_id: string;
	state: BundleState;
	deadline: string;
	created_at: string;
}

export interface ApprovalRequestRow {
	id: string;
	bundle_id: string;
	rule: string;
	identity_id: string;
	subject: string;
	approvers: string;
	need: string;
	state: RequestState;
	created_at: string;
	expires_at: string;
	decided_at: string | null;
}

export interface VoteRow {
	request_id: string;
	approver: string;
	vote: Vote;
	comment: string | null;
	cast_at: string;
}

export interface AuditRow {
	seq: number;
	recorded_at: string;
	type: string;
	leaf: string;
	leaf_hash: string;
	chain_hash: string;
	personal: string | null;
	salt: string | null;
}
