import type { Kysely } from 'kysely';
import type { LedgerTables, PolicyRow } from './schema';
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
	const last = await tx.db
		.selectFrom('policies')
		.select((eb) => eb.fn.max('version').as('version'))
		.where('name', '=', policy.name)
		.executeTakeFirst();
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

/**
 * A version by its hash; or the one in force under a name: the newest that was published, and where none ever was, the
 * newest that was evaluated. What waits for approval or was rejected is never in force.
 */
export async function readPolicy(
	db: Kysely<LedgerTables>,
	by: { hash: string } | { name: string },
): Promise<PolicyVersion | undefined> {
	const query = db.selectFrom('policies').selectAll().orderBy('version', 'desc').limit(1);
	if ('hash' in by) return versionOf(await query.where('hash', '=', by.hash).executeTakeFirst());
	const published = await db
		.selectFrom('policy_publications')
		.select('hash')
		.where('name', '=', by.name)
		.where('state', '=', 'active')
		.orderBy('number', 'desc')
		.limit(1)
		.executeTakeFirst();
	if (published) return versionOf(await query.where('hash', '=', published.hash).executeTakeFirst());
	const undecided = db.selectFrom('policy_publications').select('hash').where('name', '=', by.name);
	return versionOf(await query.where('name', '=', by.name).where('hash', 'not in', undecided).executeTakeFirst());
}

function versionOf(row: PolicyRow | undefined): PolicyVersion | undefined {
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
