import type { Kysely } from 'kysely';
import type { LedgerTables } from './schema';
import type { LedgerTransaction } from './transaction';

/** Changes with everything that a plan is made from; a plan made on an older one is refused. */
export async function readRevision(db: Kysely<LedgerTables>): Promise<number> {
	const row = await db.selectFrom('meta').select('value').where('key', '=', 'revision').executeTakeFirst();
	return row ? Number(row.value) : 0;
}

export async function bumpRevision(tx: LedgerTransaction): Promise<void> {
	const next = String((await readRevision(tx.db)) + 1);
	await tx.db
		.insertInto('meta')
		.values({ key: 'revision', value: next })
		.onConflict((conflict) => conflict.column('key').doUpdateSet({ value: next }))
		.execute();
}
