import type { Kysely } from 'kysely';
import { EMPLOYMENT, factsOf, type PersonFacts, type StatedFact } from '../lifecycle';
import type { AttributeValue } from '../model';
import { statementFromRow } from './lifecycle-rows';
import type { LedgerTables } from './schema';
import { anyOf } from './transaction';

/**
 * All that was said of people and had not been taken back at a moment, in the order asked for, by the same few queries for
 * any number of them; give them in pages of some thousands.
 */
export async function readPersonFacts(
	db: Kysely<LedgerTables>,
	identityIds: readonly string[],
	knownAt: string,
): Promise<PersonFacts[]> {
	const facts = new Map<string, StatedFact[]>(identityIds.map((id) => [id, []]));
	const statements = await db
		.selectFrom('lifecycle_statements as s')
		.leftJoin('events as e', 'e.id', 's.event_id')
		.selectAll('s')
		.select('e.external_id')
		.where('s.identity_id', 'in', anyOf(identityIds))
		.where('known_at', '<=', knownAt)
		.where((eb) => eb.or([eb('voided_at', 'is', null), eb('voided_at', '>', knownAt)]))
		.execute();
	for (const row of statements) {
		const senderId = row.external_id;
		const said = factsOf(statementFromRow(row)).map((fact) => (senderId === null ? fact : { ...fact, senderId }));
		facts.get(row.identity_id)?.push(...said);
	}
	await addContractFacts(db, identityIds, facts);
	const keys = await readKeys(db, identityIds);
	return identityIds.map((identityId) => ({
		identityId,
		keys: Object.fromEntries(keys.get(identityId) ?? []),
		facts: facts.get(identityId) ?? [],
	}));
}

/** What contracts say of people is a fact as well, of the source `contract`. */
async function addContractFacts(
	db: Kysely<LedgerTables>,
	identityIds: readonly string[],
	facts: ReadonlyMap<string, StatedFact[]>,
): Promise<void> {
	const rows = await db
		.selectFrom('identity_attributes')
		.selectAll()
		.where('identity_id', 'in', anyOf(identityIds))
		.execute();
	for (const row of rows) {
		if (row.name === EMPLOYMENT) continue;
		facts.get(row.identity_id)?.push({
			name: row.name,
			value: JSON.parse(row.value) as AttributeValue,
			source: row.source.startsWith('contract:') ? 'contract' : row.source,
			from: row.effective_from,
			createdAt: row.known_at,
			knownAt: row.known_at,
			eventId: row.source,
		});
	}
}

/** Keys that are no former or coming addresses and no pseudonyms. */
async function readKeys(
	db: Kysely<LedgerTables>,
	identityIds: readonly string[],
): Promise<Map<string, Map<string, string>>> {
	const rows = await db
		.selectFrom('identity_keys')
		.select(['identity_id', 'kind', 'value'])
		.where('identity_id', 'in', anyOf(identityIds))
		.where('kind', 'not in', ['otherEmail', 'nationalId'])
		.execute();
	const keys = new Map<string, Map<string, string>>();
	for (const row of rows) {
		const own = keys.get(row.identity_id);
		if (own) own.set(row.kind, row.value);
		else keys.set(row.identity_id, new Map([[row.kind, row.value]]));
	}
	return keys;
}
