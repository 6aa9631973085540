import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const STATEMENTS = [
	// An event of HR says something of one person; its content may come again under another id.
	`alter table events add column identity_id text references identities (id)`,
	`alter table events add column content_key integer`,
	`create index events_by_content on events (content_key) where content_key is not null`,
	`create index events_by_identity on events (identity_id) where identity_id is not null`,

	// Former and coming addresses find a person as well; \`since\` orders them whatever order they arrive in.
	`alter table identity_keys add column since text`,
	`create index identity_keys_by_identity on identity_keys (identity_id)`,

	// Pseudonyms under the ledger's secret: they are only ever compared.
	`create table identity_births (
		identity_id text primary key references identities (id), birth_date text not null, birth_name text) strict, without rowid`,
	`create index identity_births_by_name on identity_births (birth_name) where birth_name is not null`,
	`create table identity_managers (
		identity_id text primary key references identities (id), manager text not null, since text not null) strict, without rowid`,

	// What one event says of one person: \`facts\` is an object of values by name. Rows are added and voided, never changed.
	`create table lifecycle_statements (
		identity_id text not null references identities (id), event_id text not null, known_at text not null,
		source text not null, valid_from text not null, valid_until text, created_at text not null,
		facts text not null, local text, voided_at text,
		primary key (identity_id, event_id, known_at)) strict, without rowid`,

	// Who takes back or corrects whom, whichever of the two arrived first.
	`create table lifecycle_references (
		source text not null, refers_to text not null, event_id text not null, type text not null check (type in ('cancel','correct')),
		primary key (source, refers_to, event_id)) strict, without rowid`,
	// Ids under which an event came again: who cancels one of them means the event.
	`create table lifecycle_repeats (
		source text not null, external_id text not null, event_id text not null references events (id),
		primary key (source, external_id)) strict, without rowid`,
	`create index lifecycle_repeats_by_event on lifecycle_repeats (event_id)`,

	`create table lifecycle_findings (
		id text primary key, code text not null, level text not null check (level in ('note','warning','hold')),
		identity_id text references identities (id), event_id text, field text, message text not null, remedy text not null,
		nearest text, found_at text not null, resolved_at text, resolution text, resolved_by text) strict`,
	`create index lifecycle_findings_open on lifecycle_findings (identity_id) where resolved_at is null`,
	`create index lifecycle_findings_by_event on lifecycle_findings (event_id) where event_id is not null`,

	// Events whose person is not certain: nothing of them holds until somebody, or a later event, decides.
	`create table lifecycle_reviews (
		event_id text primary key references events (id), evidence text not null, id_key text, opened_at text not null,
		closed_at text, decision text) strict, without rowid`,
	`create index lifecycle_reviews_by_key on lifecycle_reviews (id_key) where closed_at is null and id_key is not null`,
	`create table lifecycle_review_candidates (
		identity_id text not null references identities (id), event_id text not null references events (id),
		primary key (identity_id, event_id)) strict, without rowid`,

	// Moments at which something begins or ends for a person, for whoever looks for work that the clock brings.
	`create table lifecycle_boundaries (
		at text not null, identity_id text not null references identities (id), primary key (at, identity_id)) strict, without rowid`,
];

/** People over time: what HR and other sources said of them, and what is still unclear. */
export const lifecycle: Migration = {
	async up(db: Kysely<unknown>) {
		for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
	},
};
