import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What was found in applications rather than given by us, what was written past us, and what is known of the applications. */
const STATEMENTS = [
	// What an application can do, as its documents, itself and earlier runs have it. Not evidence: it may be forgotten at any time.
	`create table scim_profiles (
		base_url text primary key, profile text not null, schemas text not null,
		discovered_at text not null, updated_at text not null) strict, without rowid`,

	`create index accounts_by_remote_id on accounts (application, remote_id)`,

	// Adopted access: who answers for it and until when somebody has to look at it.
	`create table adoptions (
		application text not null, identity_id text not null references identities (id), entitlement text not null,
		owner text not null, review_by text not null, run text not null, adopted_at text not null,
		primary key (application, identity_id, entitlement)) strict, without rowid`,
	`create index adoptions_to_review on adoptions (application, review_by)`,

	// Found accounts of an adoption that is under way: they come page by page and count all at once.
	`create table adoption_staging (
		run text not null, identity_id text not null, remote_id text not null, external_id text, user_name text not null,
		active integer not null, entitlements text not null, staged_at text not null,
		primary key (run, identity_id)) strict, without rowid`,

	`create table reconciliations (
		id text primary key, application text not null, policy_hash text not null, execution_id text,
		mode text not null check (mode in ('report','plan','adopt')),
		complete integer not null, counts text not null, at text not null) strict, without rowid`,
	`create index reconciliations_of_application on reconciliations (application, at)`,

	// Before and after of every write that no plan of the ledger asked for.
	`create table past_writes (
		seq integer primary key, run text not null, application text not null, action text, type text not null,
		record text not null, at text not null) strict`,
	`create index past_writes_by_application on past_writes (application, at)`,
];

export const adoption: Migration = {
	async up(db: Kysely<unknown>) {
		for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
	},
};
