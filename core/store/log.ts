import type { Kysely } from 'kysely';
import { ChainVerifier, type AuditVerdict, type StoredRecord } from '../audit';
import type { LedgerTables } from './schema';

const PAGE = 500;

/** Reads the whole log in pages, giving other work a turn between them, and checks every record. */
export async function verifyLog(
	db: Kysely<LedgerTables>,
	ledgerId: string,
	noted?: { records: number; head: string },
): Promise<AuditVerdict> {
	const verifier = new ChainVerifier(ledgerId, noted);
	let after = 0;
	for (;;) {
		const page = await readLog(db, { after, limit: PAGE });
		for (const record of page) verifier.add(record);
		const last = page.at(-1);
		if (!last || page.length < PAGE) break;
		after = last.seq;
		await new Promise((resolve) => setImmediate(resolve));
	}
	return verifier.verdict();
}

export async function readLog(
	db: Kysely<LedgerTables>,
	range: { after: number; limit: number },
): Promise<StoredRecord[]> {
	const rows = await db
		.selectFrom('audit_records')
		.selectAll()
		.where('seq', '>', range.after)
		.orderBy('seq')
		.limit(range.limit)
		.execute();
	return rows.map((row) => ({
		seq: row.seq,
		leaf: row.leaf,
		leafHash: row.leaf_hash,
		chainHash: row.chain_hash,
		personal: row.personal,
		salt: row.salt,
	}));
}
