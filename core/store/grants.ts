import type { Kysely } from 'kysely';
import { canonicalJson, type Action, type Grant } from '../model';
import { grantFromRow } from './rows';
import type { LedgerTables } from './schema';
import { anyOf, type LedgerTransaction } from './transaction';

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

export async function openGrant(tx: LedgerTransaction, grant: Grant, actionId: string | null): Promise<void> {
	await tx.db
		.insertInto('grants')
		.values({
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
		})
		.onConflict((conflict) =>
			conflict
				.columns(['identity_id', 'entitlement', 'source_kind', 'source_ref'])
				.where('closed_at', 'is', null)
				.doUpdateSet({ source: canonicalJson(grant.source), valid_until: grant.validUntil ?? null }),
		)
		.execute();
}

export async function closeGrant(tx: LedgerTransaction, key: GrantKey): Promise<void> {
	await tx.db
		.updateTable('grants')
		.set({ closed_at: tx.now })
		.where('identity_id', '=', key.identityId)
		.where('entitlement', '=', key.entitlement)
		.where('source_kind', '=', key.sourceKind)
		.where('source_ref', '=', key.sourceRef)
		.where('closed_at', 'is', null)
		.execute();
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

/** Brings the grants in line with what an action did in its application. */
export async function settleGrants(tx: LedgerTransaction, action: Action): Promise<void> {
	const { identityId, entitlement, operation, dueAt, validUntil } = action.content;
	if (entitlement === undefined) return;
	if (GIVES.has(operation)) {
		for (const source of action.sources) {
			// Each source has an end of its own: the grant carries it, not the source.
			const { validUntil: own, ...plain } = source;
			const until = own ?? validUntil;
			await openGrant(
				tx,
				{
					identityId,
					entitlement,
					source: plain,
					validFrom: dueAt,
					...(until === undefined ? {} : { validUntil: until }),
				},
				action.id,
			);
		}
	} else if (TAKES.has(operation)) {
		// The access is gone from the application, whatever earned it.
		await tx.db
			.updateTable('grants')
			.set({ closed_at: tx.now })
			.where('identity_id', '=', identityId)
			.where('entitlement', '=', entitlement)
			.where('closed_at', 'is', null)
			.execute();
	}
}
