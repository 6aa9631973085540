import type { Kysely } from 'kysely';
import type { LedgerTables } from './schema';
import type { LedgerTransaction } from './transaction';

export interface PolicyVersion {
	hash: string;
	name: string;
	version: number;
	source: string;
	author: string;
	publishedAt: string;
}

/** Keeps a policy as an immutable version. The same text again is the same version. */
export async function keepPolicy(
	tx: LedgerTransaction,
	policy: { hash: string; name: string; source: string; author: string },
): Promise<PolicyVersion> {
	const known = await readPolicy(tx.db, { hash: policy.hash });
	if (known) return known;
	const last = await readPolicy(tx.db, { name: policy.name });
	const version = (last?.version ?? 0) + 1;
	await tx.db
		.insertInto('policies')
		.values({ ...policy, version, published_at: tx.now })
		.execute();
	tx.audit({
		type: 'policy.version_recorded',
		actor: { kind: 'node', id: policy.author },
		occurredAt: tx.now,
		refs: { policy: policy.hash },
		data: { name: policy.name, version },
	});
	return { ...policy, version, publishedAt: tx.now };
}

/** A version by its hash, or the newest of a name. */
export async function readPolicy(
	db: Kysely<LedgerTables>,
	by: { hash: string } | { name: string },
): Promise<PolicyVersion | undefined> {
	const query = db.selectFrom('policies').selectAll().orderBy('version', 'desc').limit(1);
	const row = await (
		'hash' in by ? query.where('hash', '=', by.hash) : query.where('name', '=', by.name)
	).executeTakeFirst();
	return (
		row && {
			hash: row.hash,
			name: row.name,
			version: row.version,
			source: row.source,
			author: row.author,
			publishedAt: row.published_at,
		}
	);
}
