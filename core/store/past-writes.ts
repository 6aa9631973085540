import type { Kysely } from 'kysely';
import { canonicalJson, type Json } from '../model';
import type { LedgerTables } from './schema';
import { chunks, type LedgerTransaction } from './transaction';

/** One line of the journal of a write that no plan asked for. */
export interface PastWrite {
	/** All lines of one item's work. */
	run: string;
	application: string;
	/** `run`, `before`, `after`, `end`. */
	type: string;
	/** Id of the change; absent for lines about the run. */
	action?: string;
	/** What is done, e.g. `deactivate_user`. */
	kind?: string;
	/** The application's id. */
	remoteId?: string;
	/** What people call the account or group; kept beside the audit record. */
	subject?: string;
	outcome?: string;
	/** Hash that a dry run of the same change shows. */
	hash?: string;
	/** Everything: the state before or after. Never a password. */
	record: Json;
}

/**
 * Keeps before and after of writes past the ledger, in order; each beginning and each end is an audit record of an
 * exception, sealed with it. Called before the request leaves, so a write without a record can't be.
 */
export async function journalPastWrites(
	tx: LedgerTransaction,
	writes: readonly PastWrite[],
	by: { executionId: string },
): Promise<void> {
	const rows = writes.map(({ run, application, action, type, record }) => ({
		run,
		application,
		action: action ?? null,
		type,
		record: canonicalJson(record),
		at: tx.now,
	}));
	for (const chunk of chunks(rows)) await tx.db.insertInto('past_writes').values(chunk).execute();
	for (const write of writes) {
		if (write.type !== 'before' && write.type !== 'after') continue;
		tx.audit({
			type: write.type === 'before' ? 'exception.begun' : 'exception.written',
			actor: { kind: 'node', id: `execution:${by.executionId}` },
			occurredAt: tx.now,
			refs: { run: write.run, ...(write.action === undefined ? {} : { action: write.action }) },
			data: {
				application: write.application,
				why: 'written past the ledger',
				...(write.kind === undefined ? {} : { kind: write.kind }),
				...(write.hash === undefined ? {} : { hash: write.hash }),
				...(write.outcome === undefined ? {} : { outcome: write.outcome }),
			},
			personal: {
				...(write.subject === undefined ? {} : { subject: write.subject }),
				...(write.remoteId === undefined ? {} : { remoteId: write.remoteId }),
			},
		});
	}
}

/** What was written past the ledger in an application: for reports. */
export async function pastWritesIn(
	db: Kysely<LedgerTables>,
	scope: { application: string; since: string },
): Promise<number> {
	const row = await db
		.selectFrom('past_writes')
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.where('application', '=', scope.application)
		.where('type', '=', 'after')
		.where('at', '>=', scope.since)
		.executeTakeFirstOrThrow();
	return row.count;
}

/** The journal of an application's writes past the ledger, in order. */
export async function readPastWrites(
	db: Kysely<LedgerTables>,
	scope: { run: string },
): Promise<Array<{ type: string; record: unknown }>> {
	const rows = await db
		.selectFrom('past_writes')
		.select(['type', 'record'])
		.where('run', '=', scope.run)
		.orderBy('seq')
		.execute();
	return rows.map(({ type, record }) => ({ type, record: JSON.parse(record) as unknown }));
}
