import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { DomainError } from '../model';
import type { Clock, Random } from '../ports';
import { MIGRATIONS } from './migrations';
import type { LedgerTables } from './schema';

export interface LedgerOptions {
	/** Path of the SQLite file, or `:memory:`. */
	file: string;
	clock: Clock;
	random: Random;
	/** Only to look: nothing is created, migrated or written, and every method that would write fails. */
	readOnly?: boolean;
}

export async function migrate(db: Kysely<LedgerTables>): Promise<void> {
	const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) } });
	const { error } = await migrator.migrateToLatest();
	if (error !== undefined) throw error instanceof Error ? error : new Error(JSON.stringify(error));
}

/** A value of the ledger that is made when it is first opened and never changes. */
export async function madeOnce(db: Kysely<LedgerTables>, key: string, value: string): Promise<string> {
	await db
		.insertInto('meta')
		.values({ key, value })
		.onConflict((conflict) => conflict.column('key').doNothing())
		.execute();
	const row = await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirstOrThrow();
	return row.value;
}

/** A value of a ledger that was made before. */
export async function kept(db: Kysely<LedgerTables>, key: string): Promise<string> {
	const row = await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst();
	if (row) return row.value;
	throw new Error('it holds no ledger');
}

export function unavailable(file: string, error: unknown): DomainError {
	const why = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
	return new DomainError(
		'LEDGER_UNAVAILABLE',
		`The ledger file "${file}" cannot be opened: ${why}.`,
		'Check that the folder exists, is writable by the n8n process and is on a local disk, then run again.',
	);
}
