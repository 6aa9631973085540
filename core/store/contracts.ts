import { canonicalJson, type ContractDocument, type ContractHeader, type DocumentFormat } from '../model';
import type { LedgerTables } from './schema';
import type { Kysely } from 'kysely';
import { anyOf, type LedgerTransaction } from './transaction';

/** A contract as last evaluated: what a new version is compared with. */
export interface ContractVersion {
	version: number;
	header: ContractHeader;
	document: ContractDocument;
	effectiveAt: string;
	knownAt: string;
	eventId: string;
}

export interface StoredEvent {
	id: string;
	type: string;
	state: string;
	contractId: string;
	occurredAt: string;
	receivedAt: string;
	payload: unknown;
}

export async function readDocument(db: Kysely<LedgerTables>, hash: string): Promise<ContractDocument | undefined> {
	const row = await db.selectFrom('documents').selectAll().where('sha256', '=', hash).executeTakeFirst();
	return row && { sha256: row.sha256, format: row.format as DocumentFormat, text: row.text };
}

export async function readEvent(db: Kysely<LedgerTables>, id: string): Promise<StoredEvent | undefined> {
	const row = await db.selectFrom('events').selectAll().where('id', '=', id).executeTakeFirst();
	return (
		row && {
			id: row.id,
			type: row.type,
			state: row.state,
			contractId: row.contract_id,
			occurredAt: row.occurred_at,
			receivedAt: row.received_at,
			payload: JSON.parse(row.payload) as unknown,
		}
	);
}

/** The newest version of a contract that was evaluated, other than by the given event. */
export async function latestVersion(
	db: Kysely<LedgerTables>,
	contractId: string,
	exceptEvent?: string,
): Promise<ContractVersion | undefined> {
	let query = db
		.selectFrom('contract_versions')
		.innerJoin('documents', 'documents.sha256', 'contract_versions.sha256')
		.selectAll('contract_versions')
		.select('documents.text')
		.where('contract_id', '=', contractId);
	if (exceptEvent !== undefined) query = query.where('event_id', '!=', exceptEvent);
	const row = await query.orderBy('version', 'desc').limit(1).executeTakeFirst();
	return (
		row && {
			version: row.version,
			header: JSON.parse(row.header) as ContractHeader,
			document: { sha256: row.sha256, format: row.format as DocumentFormat, text: row.text },
			effectiveAt: row.effective_at,
			knownAt: row.known_at,
			eventId: row.event_id,
		}
	);
}

/**
 * The document that was last seen of a contract before the given event (before now where none is given): for contracts
 * that nobody evaluates, as every event's document is kept by its hash.
 */
export async function latestSeen(
	db: Kysely<LedgerTables>,
	contractId: string,
	beforeEvent?: string,
): Promise<ContractDocument | undefined> {
	let query = db.selectFrom('events').select('payload').where('contract_id', '=', contractId);
	if (beforeEvent !== undefined) {
		query = query
			.where('id', '!=', beforeEvent)
			.where('received_at', '<=', (eb) =>
				eb.selectFrom('events as this').select('this.received_at').where('this.id', '=', beforeEvent),
			);
	}
	const row = await query.orderBy('received_at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst();
	const after = row && (JSON.parse(row.payload) as { after?: { sha256?: string } }).after;
	return after?.sha256 === undefined ? undefined : await readDocument(db, after.sha256);
}

/** One version of a contract with the event that brought it. */
export interface ContractHistoryEntry {
	eventId: string;
	type: string;
	header: ContractHeader;
	document: ContractDocument;
	effectiveAt: string;
	occurredAt: string;
	number?: string;
	amendmentId?: string;
}

/** Every version of these contracts that was ever evaluated, with its text, by contract; one query for all. */
export async function versionsOfContracts(
	db: Kysely<LedgerTables>,
	contractIds: readonly string[],
): Promise<Map<string, ContractHistoryEntry[]>> {
	const rows = await db
		.selectFrom('contract_versions as v')
		.innerJoin('documents as d', 'd.sha256', 'v.sha256')
		.innerJoin('events as e', 'e.id', 'v.event_id')
		.select(['v.contract_id', 'v.event_id', 'v.header', 'v.sha256', 'v.format', 'v.effective_at', 'd.text'])
		.select(['e.type', 'e.occurred_at', 'e.payload'])
		.where('v.contract_id', 'in', anyOf(contractIds))
		.orderBy('v.contract_id')
		.orderBy('v.version')
		.execute();
	const versions = new Map(contractIds.map((id) => [id, [] as ContractHistoryEntry[]]));
	for (const row of rows) {
		const { amendment } = JSON.parse(row.payload) as { amendment?: { id: string; number?: string } };
		versions.get(row.contract_id)?.push({
			eventId: row.event_id,
			type: row.type,
			header: JSON.parse(row.header) as ContractHeader,
			document: { sha256: row.sha256, format: row.format as DocumentFormat, text: row.text },
			effectiveAt: row.effective_at,
			occurredAt: row.occurred_at,
			...(amendment?.number !== undefined && { number: amendment.number }),
			...(amendment && { amendmentId: amendment.id }),
		});
	}
	return versions;
}

/** Contracts that name one of these people, or assign them anything. Sorted. */
export async function contractsNaming(db: Kysely<LedgerTables>, identityIds: readonly string[]): Promise<string[]> {
	const ids = anyOf(identityIds);
	const said = await db
		.selectFrom('identity_attributes')
		.select('source')
		.distinct()
		.where('identity_id', 'in', ids)
		.where('source', '>=', 'contract:')
		// ";" is the character after ":".
		.where('source', '<', 'contract;')
		.execute();
	const assigned = await db
		.selectFrom('assignments')
		.select('contract_id')
		.distinct()
		.where('identity_id', 'in', ids)
		.where('closed_at', 'is', null)
		.where('contract_id', 'is not', null)
		.execute();
	const named = said.map(({ source }) => source.slice('contract:'.length));
	return [...new Set([...named, ...assigned.flatMap((row) => row.contract_id ?? [])])].sort();
}

/** Adds the version an event brought. The same event twice adds it once. */
export async function addVersion(
	tx: LedgerTransaction,
	version: { header: ContractHeader; sha256: string; format: DocumentFormat; eventId: string; effectiveAt: string },
): Promise<number> {
	const last = await tx.db
		.selectFrom('contract_versions')
		.select(['version', 'event_id'])
		.where('contract_id', '=', version.header.id)
		.orderBy('version', 'desc')
		.limit(1)
		.executeTakeFirst();
	if (last?.event_id === version.eventId) return last.version;
	const number = (last?.version ?? 0) + 1;
	await tx.db
		.insertInto('contract_versions')
		.values({
			contract_id: version.header.id,
			version: number,
			sha256: version.sha256,
			format: version.format,
			header: canonicalJson(version.header),
			event_id: version.eventId,
			effective_at: version.effectiveAt,
			known_at: tx.now,
		})
		.execute();
	tx.audit({
		type: 'contract.version_recorded',
		actor: { kind: 'package', id: 'ledger' },
		occurredAt: version.effectiveAt,
		refs: { contract: version.header.id, event: version.eventId },
		data: { version: number, sha256: version.sha256, format: version.format },
	});
	return number;
}
