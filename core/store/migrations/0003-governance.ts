import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Access over time per person: what is assigned, asked for, halted, due, and what a policy version is worth. */
const STATEMENTS = [
	// What sources other than rules assign. A change closes a row and opens another: what was believed when stays readable.
	`create table assignments (
		identity_id text not null references identities (id), entitlement text not null,
		source_kind text not null check (source_kind in ('contract','request','exception','break_glass','discovered')),
		source_ref text not null, source text not null, contract_id text,
		valid_from text not null, valid_until text,
		opened_at text not null, closed_at text, close_reason text) strict`,
	`create unique index assignments_open on assignments (identity_id, entitlement, source_kind, source_ref, valid_from) where closed_at is null`,
	`create index assignments_of_contract on assignments (contract_id) where closed_at is null and contract_id is not null`,
	`create index assignments_by_identity on assignments (identity_id)`,

	`create table access_requests (
		id text primary key, identity_id text not null references identities (id), entitlement text not null,
		kind text not null check (kind in ('request','exception')),
		requested_by text not null, reason text not null, owner text, policy_hash text,
		valid_from text not null, valid_until text, created_at text not null) strict`,
	`create index access_requests_by_identity on access_requests (identity_id)`,

	`create table break_glass (
		id text primary key, identity_id text not null references identities (id), entitlement text not null,
		used_by text not null, reason text not null, policy_hash text,
		valid_from text not null, valid_until text not null,
		reviewers text not null, review_by text not null,
		outcome text check (outcome in ('justified','unjustified')), reviewed_by text, reviewed_at text, review_reason text) strict`,
	`create index break_glass_to_review on break_glass (review_by) where outcome is null`,
	`create index break_glass_by_identity on break_glass (identity_id)`,

	`create table guard_halts (
		id text primary key, plan_id text not null references plans (id), tripped text not null,
		state text not null check (state in ('open','resumed','cancelled')),
		created_at text not null, resolved_at text, resolved_by text, reason text) strict`,
	`create index guard_halts_open on guard_halts (created_at) where state = 'open'`,
	`create table halted_actions (
		halt_id text not null references guard_halts (id), action_id text not null references actions (id),
		primary key (halt_id, action_id)) strict, without rowid`,
	`create index halted_actions_by_action on halted_actions (action_id)`,

	// The last snapshot of a feed, to compare the next with. 'number' makes the events of two equal changes two events.
	`create table feeds (
		name text primary key, number integer not null, hash text not null, row_count integer not null, taken_at text not null) strict`,
	`create table feed_rows (
		feed text not null references feeds (name), key text not null, hash text not null, row text not null,
		introduced integer not null,
		primary key (feed, key)) strict, without rowid`,
	// A snapshot that a guard stopped, until somebody says whether it is right.
	`create table feed_halts (
		id text primary key, feed text not null, hash text not null, reason text not null, before_count integer not null,
		after_count integer not null, state text not null check (state in ('open','resumed','cancelled')),
		created_at text not null, resolved_at text, resolved_by text, resolution text) strict`,
	`create index feed_halts_open on feed_halts (feed) where state = 'open'`,

	// Who has to be looked at again, and from when: boundaries of timelines, and whatever changed since.
	`create table reviews (
		identity_id text not null references identities (id), due_at text not null, reason text not null,
		created_at text not null, primary key (identity_id, due_at, reason)) strict, without rowid`,
	`create index reviews_due on reviews (due_at)`,

	// Who works on a due task, so that two heartbeats don't do it twice; 'told' marks what is told once.
	`create table due_leases (
		task text primary key, lease_until text not null, attempts integer not null) strict, without rowid`,
	`create table told (task text primary key, told_at text not null) strict, without rowid`,

	// Access that went on after it should have ended, as far as it was found out later.
	`create table exposures (
		plan_id text not null references plans (id), identity_id text not null references identities (id),
		entitlement text not null, exposed_from text not null, exposed_until text not null, found_at text not null,
		primary key (plan_id, identity_id, entitlement, exposed_from)) strict, without rowid`,
	`create index exposures_by_identity on exposures (identity_id)`,

	`create table policy_publications (
		name text not null, number integer not null, hash text not null references policies (hash),
		author text not null, author_proof text not null check (author_proof in ('proved','claimed')),
		state text not null check (state in ('pending','active','rejected')),
		note text, submitted_at text not null, decided_by text, decided_proof text, decided_at text, decision_note text,
		primary key (name, number)) strict, without rowid`,
	`create index policy_publications_active on policy_publications (name, number) where state = 'active'`,

	`create table plan_events (
		plan_id text not null references plans (id), event_id text not null references events (id),
		primary key (plan_id, event_id)) strict, without rowid`,

	`alter table plans add column kind text not null default 'contract' check (kind in ('contract','people','rollback'))`,
	`alter table plans add column details text`,
	`create index plans_by_time on plans (created_at)`,
	`create index plans_by_contract on plans (contract_id, created_at) where contract_id is not null`,

	`alter table actions add column inferred integer not null default 0`,
	`alter table actions add column verify_by text`,
	// Risk, separation of duties, kind of event, precondition: never searched by.
	`alter table actions add column details text`,
	`create index actions_due on actions (due_at) where execution_state in ('planned','claimed','failed')`,
	`create index actions_by_identity on actions (identity_id)`,
	// What a rollback takes back; several actions where they net out to one.
	`create table undone_actions (
		action_id text not null references actions (id), undoes text not null references actions (id),
		primary key (action_id, undoes)) strict, without rowid`,
	`create index undone_actions_by_undone on undone_actions (undoes)`,
	`create index actions_to_verify on actions (verify_by) where execution_state = 'applied' and verify_by is not null`,

	// Lookups that used to read whole tables.
	`create index accounts_by_identity on accounts (identity_id)`,
	`create index journal_by_finish on journal (finished_at) where finished_at is not null`,
	`create index requests_pending on approval_requests (expires_at) where state = 'pending'`,
	// What contracts gave before assignments were kept: without it, the next plan would take it for unearned. The contract's
	// id is what stands before the last slash.
	`insert into assignments
		select identity_id, entitlement, source_kind, source_ref, source,
			case source_kind when 'contract' then rtrim(rtrim(source_ref, replace(source_ref, '/', '')), '/') end,
			valid_from, valid_until, opened_at, null, null
		from grants where closed_at is null and source_kind <> 'rule'`,
	`create index events_unfinished on events (received_at) where state in ('received','processing')`,
];

export const governance: Migration = {
	async up(db: Kysely<unknown>) {
		for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
		// People from before this version are found by their keys as well.
		await sql.raw(`create index if not exists identity_keys_by_identity on identity_keys (identity_id)`).execute(db);
	},
};
