import type { Kysely } from 'kysely';
import { canonicalJson, type Identity } from '../model';
import type { LedgerTables } from './schema';
import { anyOf, chunks, type LedgerTransaction } from './transaction';

/** Identities by one kind of key, e.g. `email` (former addresses find them as well); the map is from key value to identity id. */
export async function identitiesByKey(
	db: Kysely<LedgerTables>,
	kind: string,
	values: readonly string[],
): Promise<Map<string, string>> {
	const rows = await db
		.selectFrom('identity_keys')
		.select(['kind', 'value', 'identity_id'])
		.where('kind', 'in', kind === 'email' ? ['email', 'otherEmail'] : [kind])
		.where('value', 'in', anyOf(values))
		.execute();
	// Who has an address now comes before who once had it.
	const found = new Map(rows.filter((row) => row.kind !== kind).map((row) => [row.value, row.identity_id]));
	for (const row of rows) if (row.kind === kind) found.set(row.value, row.identity_id);
	return found;
}

/** Identities with their keys and newest attribute values. */
export async function readIdentities(db: Kysely<LedgerTables>, ids: readonly string[]): Promise<Identity[]> {
	const keys = await db
		.selectFrom('identity_keys')
		.selectAll()
		.where('identity_id', 'in', anyOf(ids))
		.orderBy('identity_id')
		.orderBy('kind')
		.execute();
	const attributes = await db
		.selectFrom('identity_attributes')
		.selectAll()
		.where('identity_id', 'in', anyOf(ids))
		.orderBy('effective_from')
		.orderBy('known_at')
		.execute();
	const byId = new Map<string, Identity>(ids.map((id) => [id, { id, keys: {}, attributes: {} }]));
	for (const row of keys) {
		const identity = byId.get(row.identity_id);
		if (identity) define(identity.keys, row.kind, row.value);
	}
	for (const row of attributes) {
		const identity = byId.get(row.identity_id);
		if (identity) define(identity.attributes, row.name, JSON.parse(row.value) as string | number | boolean);
	}
	return [...byId.values()];
}

/** Writes new identities, new keys and changed attribute values; what is unchanged adds no row. */
export async function saveIdentities(
	tx: LedgerTransaction,
	identities: readonly Identity[],
	origin: { source: string; effectiveFrom: string },
): Promise<void> {
	const ids = identities.map((identity) => identity.id);
	const known = new Map((await readIdentities(tx.db, ids)).map((identity) => [identity.id, identity]));
	const existing = new Set(
		(await tx.db.selectFrom('identities').select('id').where('id', 'in', anyOf(ids)).execute()).map((row) => row.id),
	);
	const fresh = identities.filter((identity) => !existing.has(identity.id));
	for (const chunk of chunks(fresh)) {
		await tx.db
			.insertInto('identities')
			.values(chunk.map((identity) => ({ id: identity.id, created_at: tx.now })))
			.execute();
	}
	const keys = identities.flatMap((identity) =>
		Object.entries(identity.keys)
			.filter(([kind, value]) => known.get(identity.id)?.keys[kind] !== value)
			.map(([kind, value]) => ({ kind, value, identity_id: identity.id })),
	);
	for (const chunk of chunks(keys)) await tx.db.insertInto('identity_keys').values(chunk).execute();
	const attributes = identities.flatMap((identity) =>
		Object.entries(identity.attributes)
			.filter(([name, value]) => known.get(identity.id)?.attributes[name] !== value)
			.map(([name, value]) => ({
				identity_id: identity.id,
				name,
				value: canonicalJson(value),
				source: origin.source,
				effective_from: origin.effectiveFrom,
				known_at: tx.now,
			})),
	);
	for (const chunk of chunks(attributes)) await tx.db.insertInto('identity_attributes').values(chunk).execute();
	for (const identity of fresh) {
		tx.audit({
			type: 'identity.created',
			actor: { kind: 'package', id: 'ledger' },
			occurredAt: origin.effectiveFrom,
			refs: { identity: identity.id },
			data: { attributes: Object.keys(identity.attributes).sort(), source: origin.source },
			personal: { keys: identity.keys },
		});
	}
}

/** Sets an own property whatever the name, `__proto__` included. */
function define<T>(target: Record<string, T>, name: string, value: T): void {
	Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
}
