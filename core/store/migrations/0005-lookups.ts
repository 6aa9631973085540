import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Lookups that would read whole tables: who has a userName in an application, and whose manager somebody is. */
const STATEMENTS = [
	`create index accounts_by_name on accounts (application, lower(user_name))`,
	`create index identity_managers_by_manager on identity_managers (manager)`,
];

export const lookups: Migration = {
	async up(db: Kysely<unknown>) {
		for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
	},
};
