import { sql, type Kysely } from 'kysely';
import { canonicalJson, type Action, type Grant } from '../model';
import { grantFromRow } from './rows';
import type { LedgerTables } from './schema';
import { anyOf, chunks, type LedgerTransaction } from './transaction';

/** Which grant: identity × entitlement × one source. */
export interface GrantKey {
	identityId: string;
	entitlement: string;
	sourceKind: string;
	sourceRef: string;
}

export async function openGrants(db: Kysely<LedgerTables>, identityIds: readonly string[]): Promise<Grant[]> {
	const rows = await db
		.selectFrom('grants')
		.selectAll()
		.where('closed_at', 'is', null)
		.where('identity_id', 'in', anyOf(identityIds))
		.orderBy('identity_id')
		.orderBy('entitlement')
		.orderBy('source_ref')
		.execute();
	return rows.map(grantFromRow);
}

/** People who hold anything through a contract. */
export async function holdersOfContract(db: Kysely<LedgerTables>, contractId: string): Promise<string[]> {
	const rows = await db
		.selectFrom('grants')
		.select('identity_id')
		.distinct()
		.where('closed_at', 'is', null)
		.where('source_kind', '=', 'contract')
		// A range instead of LIKE: contract ids may hold % and _. "0" is the character after "/".
		.where('source_ref', '>=', `${contractId}/`)
		.where('source_ref', '<', `${contractId}0`)
		.execute();
	return rows.map((row) => row.identity_id);
}

/** Opens grants, or moves the end of those that are open already. */
export async function putGrants(
	tx: LedgerTransaction,
	grants: ReadonlyArray<{ grant: Grant; actionId: string | null }>,
): Promise<void> {
	const rows = grants.map(({ grant, actionId }) => ({
		identity_id: grant.identityId,
		entitlement: grant.entitlement,
		source_kind: grant.source.kind,
		source_ref: grant.source.ref,
		source: canonicalJson(grant.source),
		valid_from: grant.validFrom,
		valid_until: grant.validUntil ?? null,
		opened_at: tx.now,
		closed_at: null,
		action_id: actionId,
	}));
	for (const chunk of chunks(rows)) {
		await tx.db
			.insertInto('grants')
			.values(chunk)
			.onConflict((conflict) =>
				conflict
					.columns(['identity_id', 'entitlement', 'source_kind', 'source_ref'])
					.where('closed_at', 'is', null)
					.doUpdateSet((eb) => ({ source: eb.ref('excluded.source'), valid_until: eb.ref('excluded.valid_until') })),
			)
			.execute();
	}
}

/** Closes grants by their keys, in one statement. */
export async function closeGrants(tx: LedgerTransaction, keys: readonly GrantKey[]): Promise<void> {
	if (keys.length === 0) return;
	const list = JSON.stringify(keys.map((key) => [key.identityId, key.entitlement, key.sourceKind, key.sourceRef]));
	await sql`update grants set closed_at = ${tx.now} where rowid in (
		select g.rowid from json_each(${list}) as k cross join grants as g
		where g.identity_id = k.value ->> 0 and g.entitlement = k.value ->> 1
			and g.source_kind = k.value ->> 2 and g.source_ref = k.value ->> 3 and g.closed_at is null)`.execute(tx.db);
}

/** Closes every grant of the given holdings: the access is gone from the application, whatever earned it. */
async function closeHoldings(tx: LedgerTransaction, holdings: ReadonlyArray<readonly [string, string]>): Promise<void> {
	if (holdings.length === 0) return;
	await sql`update grants set closed_at = ${tx.now} where rowid in (
		select g.rowid from json_each(${JSON.stringify(holdings)}) as k cross join grants as g
		where g.identity_id = k.value ->> 0 and g.entitlement = k.value ->> 1 and g.closed_at is null)`.execute(tx.db);
}

export const GIVES: ReadonlySet<string> = new Set(['create_account', 'add_to_group', 'assign_role']);
export const TAKES: ReadonlySet<string> = new Set(['disable_account', 'remove_from_group', 'remove_role']);

/** Key of one person's hold of one entitlement. */
export function holdingKey(identityId: string, entitlement: string | null): string {
	return JSON.stringify([identityId, entitlement]);
}

/**
 * What may be taken away again: holdings with an open grant, and those that we ever tried to give, since a failed attempt
 * may have reached the application all the same.
 */
export async function revocableHoldings(
	db: Kysely<LedgerTables>,
	identityIds: readonly string[],
): Promise<Set<string>> {
	const open = await db
		.selectFrom('grants')
		.select(['identity_id', 'entitlement'])
		.where('closed_at', 'is', null)
		.where('identity_id', 'in', anyOf(identityIds))
		.execute();
	const tried = await db
		.selectFrom('actions')
		.select(['identity_id', 'entitlement'])
		.where('identity_id', 'in', anyOf(identityIds))
		.where('operation', 'in', [...GIVES])
		.where('attempts', '>', 0)
		.execute();
	return new Set([...open, ...tried].map((row) => holdingKey(row.identity_id, row.entitlement)));
}

/** Brings the grants in line with what actions did in their application, in the order given. */
export async function settleGrants(tx: LedgerTransaction, actions: readonly Action[]): Promise<void> {
	let given = new Map<string, Array<{ grant: Grant; actionId: string }>>();
	let taken: Array<readonly [string, string]> = [];
	const flush = async () => {
		await closeHoldings(tx, taken);
		await putGrants(tx, [...given.values()].flat());
		given = new Map();
		taken = [];
	};
	for (const action of actions) {
		const { identityId, entitlement, operation } = action.content;
		if (entitlement === undefined) continue;
		const key = holdingKey(identityId, entitlement);
		if (GIVES.has(operation)) given.set(key, [...(given.get(key) ?? []), ...grantsGiven(action, entitlement)]);
		else if (TAKES.has(operation)) {
			// Closing comes first in a batch: what was given before in the same batch has to be there to be closed.
			if (given.has(key)) await flush();
			taken.push([identityId, entitlement]);
		}
	}
	await flush();
}

function grantsGiven(action: Action, entitlement: string): Array<{ grant: Grant; actionId: string }> {
	const { identityId, dueAt, validUntil } = action.content;
	return action.sources.map((source) => {
		// Each source has an end of its own: the grant carries it, not the source.
		const { validUntil: own, ...plain } = source;
		const until = own ?? validUntil;
		const end = until === undefined ? {} : { validUntil: until };
		return { grant: { identityId, entitlement, source: plain, validFrom: dueAt, ...end }, actionId: action.id };
	});
}
