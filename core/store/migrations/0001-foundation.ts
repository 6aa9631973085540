import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Statements rather than a builder: a migration is history and must not change when builders do. */
const TABLES = [
	`create table meta (key text primary key, value text not null) strict`,

	`create table events (
		id text primary key, source text not null, external_id text not null, type text not null,
		content_hash text not null, contract_id text not null, payload text not null,
		state text not null check (state in ('received','processing','done','refused')),
		lease_until text, attempts integer not null default 0,
		occurred_at text not null, received_at text not null, done_at text,
		unique (source, external_id)) strict`,

	`create table documents (sha256 text primary key, format text not null, text text not null, first_seen_at text not null) strict`,

	`create table contract_versions (
		contract_id text not null, version integer not null, sha256 text not null references documents (sha256),
		format text not null, header text not null, event_id text not null, effective_at text not null, known_at text not null,
		primary key (contract_id, version)) strict`,

	`create table identities (id text primary key, created_at text not null) strict`,
	`create table identity_keys (
		kind text not null, value text not null, identity_id text not null references identities (id),
		primary key (kind, value)) strict`,
	`create table identity_attributes (
		identity_id text not null references identities (id), name text not null, value text not null,
		source text not null, effective_from text not null, known_at text not null) strict`,
	`create index identity_attributes_by_identity on identity_attributes (identity_id, name, effective_from)`,

	`create table policies (
		hash text primary key, name text not null, version integer not null, source text not null,
		author text not null, published_at text not null, unique (name, version)) strict`,

	`create table grants (
		identity_id text not null references identities (id), entitlement text not null,
		source_kind text not null, source_ref text not null, source text not null,
		valid_from text not null, valid_until text, opened_at text not null, closed_at text, action_id text) strict`,
	`create unique index grants_open on grants (identity_id, entitlement, source_kind, source_ref) where closed_at is null`,
	`create index grants_by_source on grants (source_kind, source_ref) where closed_at is null`,

	`create table accounts (
		application text not null, identity_id text not null references identities (id), remote_id text not null,
		external_id text, user_name text not null, attributes text not null, active integer not null, updated_at text not null,
		primary key (application, identity_id)) strict`,

	`create table plans (
		id text primary key, event_id text references events (id), contract_id text, execution_id text,
		policy_hash text not null references policies (hash), as_of text not null, effective_from text not null,
		kept text not null, blocked text not null, created_at text not null) strict`,
	`create index plans_by_execution on plans (execution_id)`,
	`create index plans_by_event on plans (event_id)`,

	`create table actions (
		id text primary key, plan_id text not null references plans (id), sequence integer not null,
		hash text not null, content text not null, identity_id text not null references identities (id),
		application text not null, entitlement text, operation text not null, due_at text not null, valid_until text,
		sources text not null, reason text not null, subject text not null, privileged integer not null,
		approval_need text,
		approval_state text not null check (approval_state in ('not_needed','pending','approved','denied','expired')),
		execution_state text not null check (execution_state in
			('planned','blocked','claimed','applied','verified','failed','rolled_back','superseded','cancelled')),
		lease_id text, lease_until text, attempts integer not null default 0, note text, updated_at text not null) strict`,
	`create index actions_by_plan on actions (plan_id, sequence)`,
	`create index actions_open on actions (application, due_at) where execution_state in ('planned','blocked','claimed','failed')`,
	`create index actions_open_by_identity on actions (identity_id) where execution_state in ('planned','blocked','claimed','failed')`,
	`create index actions_by_lease on actions (lease_id) where lease_id is not null`,

	`create table journal (
		action_id text not null references actions (id), lease_id text not null, before text not null, after text,
		outcome text, writes integer, started_at text not null, finished_at text,
		primary key (action_id, lease_id)) strict`,

	`create table bundles (
		id text primary key, execution_id text not null, workflow_id text not null,
		state text not null check (state in ('open','decided','collected')), deadline text not null, created_at text not null) strict`,
	`create index bundles_by_execution on bundles (execution_id, created_at)`,
	`create table approval_requests (
		id text primary key, bundle_id text not null references bundles (id), rule text not null,
		identity_id text not null references identities (id), subject text not null, approvers text not null, need text not null,
		state text not null check (state in ('pending','approved','denied','expired')),
		created_at text not null, expires_at text not null, decided_at text) strict`,
	`create index requests_by_bundle on approval_requests (bundle_id)`,
	`create table request_actions (
		request_id text not null references approval_requests (id), action_id text not null references actions (id),
		hash text not null, primary key (request_id, action_id)) strict`,
	`create index request_actions_by_action on request_actions (action_id)`,
	`create table approval_tokens (
		hash text primary key, bundle_id text not null references bundles (id), approver text not null, used_at text,
		unique (bundle_id, approver)) strict`,
	`create table votes (
		request_id text not null references approval_requests (id), approver text not null,
		vote text not null check (vote in ('approve','deny')), comment text, cast_at text not null,
		primary key (request_id, approver)) strict`,

	`create table audit_records (
		seq integer primary key, recorded_at text not null, type text not null,
		leaf text not null, leaf_hash text not null, chain_hash text not null, personal text, salt text) strict`,
	`create index audit_records_by_type on audit_records (type, seq)`,

	`create table refusals (source text not null, minute text not null, count integer not null, primary key (source, minute)) strict`,

	// A bug of ours must not be able to rewrite history; only the erasure of personal data is let through.
	`create trigger audit_no_delete before delete on audit_records begin select raise(abort, 'the audit log is append-only'); end`,
	`create trigger audit_no_update before update on audit_records
		when new.seq is not old.seq or new.recorded_at is not old.recorded_at or new.type is not old.type
			or new.leaf is not old.leaf or new.leaf_hash is not old.leaf_hash or new.chain_hash is not old.chain_hash
			or new.personal is not null or new.salt is not null
		begin select raise(abort, 'the audit log is append-only'); end`,
];

export const foundation: Migration = {
	async up(db: Kysely<unknown>) {
		for (const statement of TABLES) await sql.raw(statement).execute(db);
	},
};
