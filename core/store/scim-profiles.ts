import type { Kysely } from 'kysely';
import { canonicalJson } from '../model';
import type { LedgerTables } from './schema';
import type { LedgerTransaction } from './transaction';

/** What is known of one application's SCIM service. */
export interface ScimProfileEntry {
	/** Where its resources begin, without a slash at the end. */
	baseUrl: string;
	/** A capability profile, as plain data. */
	profile: unknown;
	/** Its schemas, in the form of RFC 7643 §7. */
	schemas: readonly unknown[];
	/** When the application was last asked about itself (ISO instant). */
	discoveredAt: string;
}

export async function readScimProfile(
	db: Kysely<LedgerTables>,
	baseUrl: string,
): Promise<ScimProfileEntry | undefined> {
	const row = await db.selectFrom('scim_profiles').selectAll().where('base_url', '=', baseUrl).executeTakeFirst();
	if (row === undefined) return undefined;
	return {
		baseUrl,
		profile: JSON.parse(row.profile) as unknown,
		schemas: JSON.parse(row.schemas) as unknown[],
		discoveredAt: row.discovered_at,
	};
}

/** Keeps it for later runs. It is no evidence, so no audit record is written. */
export async function saveScimProfile(tx: LedgerTransaction, entry: ScimProfileEntry): Promise<void> {
	const values = {
		base_url: entry.baseUrl,
		profile: canonicalJson(entry.profile),
		schemas: canonicalJson(entry.schemas),
		discovered_at: entry.discoveredAt,
		updated_at: tx.now,
	};
	const { base_url: _key, ...changes } = values;
	await tx.db
		.insertInto('scim_profiles')
		.values(values)
		.onConflict((conflict) => conflict.column('base_url').doUpdateSet(changes))
		.execute();
}
