import { sql, type Kysely } from 'kysely';
import { canonicalJson, type Json, type Source } from '../model';
import type { LedgerTables } from './schema';
import { anyOf, type LedgerTransaction } from './transaction';

/** A person's account in an application, as the ledger has it. */
export interface KeptAccountState {
	identityId: string;
	remoteId: string;
	externalId?: string;
	userName: string;
	active: boolean;
	/** As last written by us; empty where we never wrote any. */
	attributes: Readonly<Record<string, unknown>>;
}

/** One page of the accounts of an application, by identity. */
export async function accountsPage(
	db: Kysely<LedgerTables>,
	page: { application: string; after?: string; limit: number },
): Promise<KeptAccountState[]> {
	const rows = await db
		.selectFrom('accounts')
		.selectAll()
		.where('application', '=', page.application)
		.where('identity_id', '>', page.after ?? '')
		.orderBy('identity_id')
		.limit(page.limit)
		.execute();
	return rows.map((row) => ({
		identityId: row.identity_id,
		remoteId: row.remote_id,
		...(row.external_id === null ? {} : { externalId: row.external_id }),
		userName: row.user_name,
		active: row.active === 1,
		attributes: JSON.parse(row.attributes) as Record<string, unknown>,
	}));
}

/** Somebody who holds an entitlement now, with everything that earns it. */
export interface Holder {
	identityId: string;
	entitlement: string;
	sources: Source[];
}

/** Names of all entitlements that anybody holds. */
export async function heldEntitlements(db: Kysely<LedgerTables>): Promise<string[]> {
	const rows = await db
		.selectFrom('grants')
		.select('entitlement')
		.distinct()
		.where('closed_at', 'is', null)
		.orderBy('entitlement')
		.execute();
	return rows.map(({ entitlement }) => entitlement);
}

/** One page of who holds some entitlements; a page ends with a whole person. */
export async function holdersPage(
	db: Kysely<LedgerTables>,
	page: { entitlements: readonly string[]; after?: string; limit: number },
): Promise<Holder[]> {
	const people = await db
		.selectFrom('grants')
		.select('identity_id')
		.distinct()
		.where('closed_at', 'is', null)
		.where('entitlement', 'in', anyOf(page.entitlements))
		.where('identity_id', '>', page.after ?? '')
		.orderBy('identity_id')
		.limit(page.limit)
		.execute();
	const rows = await db
		.selectFrom('grants')
		.select(['identity_id', 'entitlement', 'source', 'valid_until'])
		.where('closed_at', 'is', null)
		.where('entitlement', 'in', anyOf(page.entitlements))
		.where('identity_id', 'in', anyOf(people.map((row) => row.identity_id)))
		.orderBy('identity_id')
		.orderBy('entitlement')
		.orderBy('source_ref')
		.execute();
	const holders: Holder[] = [];
	for (const row of rows) {
		const last = holders.at(-1);
		const source = JSON.parse(row.source) as Source;
		const dated = row.valid_until === null ? source : { ...source, validUntil: row.valid_until };
		if (last?.identityId === row.identity_id && last.entitlement === row.entitlement) last.sources.push(dated);
		else holders.push({ identityId: row.identity_id, entitlement: row.entitlement, sources: [dated] });
	}
	return holders;
}

/** Whom a key of an account may stand for. */
export interface KeyHit {
	/** `id`, `email`, `otherEmail`, `hrId`, `hrId:<source>`. */
	kind: string;
	value: string;
	identityId: string;
}

/** People whom accounts may belong to: by our own id, an e-mail address, or an id of an HR system. */
export async function identityHits(
	db: Kysely<LedgerTables>,
	keys: { ids: readonly string[]; emails: readonly string[] },
): Promise<KeyHit[]> {
	const own = await db.selectFrom('identities').select('id').where('id', 'in', anyOf(keys.ids)).execute();
	const rows = await db
		.selectFrom('identity_keys')
		.select(['kind', 'value', 'identity_id'])
		.where((eb) =>
			eb.or([
				eb.and([eb('kind', 'in', ['email', 'otherEmail']), eb('value', 'in', anyOf(keys.emails))]),
				eb.and([eb.or([eb('kind', '=', 'hrId'), eb('kind', 'like', 'hrId:%')]), eb('value', 'in', anyOf(keys.ids))]),
			]),
		)
		.execute();
	return [
		...own.map(({ id }) => ({ kind: 'id', value: id, identityId: id })),
		...rows.map((row) => ({ kind: row.kind, value: row.value, identityId: row.identity_id })),
	];
}

export interface Reconciliation {
	application: string;
	policyHash: string;
	executionId?: string;
	mode: 'report' | 'plan' | 'adopt';
	/** Whether everything was read to the end. */
	complete: boolean;
	counts: Readonly<Record<string, number>>;
}

/** Notes that an application was compared with the ledger: enforcement may begin where that was seen once. */
export async function saveReconciliation(tx: LedgerTransaction, done: Reconciliation): Promise<void> {
	const id = tx.newId('rec');
	await tx.db
		.insertInto('reconciliations')
		.values({
			id,
			application: done.application,
			policy_hash: done.policyHash,
			execution_id: done.executionId ?? null,
			mode: done.mode,
			complete: done.complete ? 1 : 0,
			counts: canonicalJson({ ...done.counts }),
			at: tx.now,
		})
		.execute();
	tx.audit({
		type: 'application.reconciled',
		actor: { kind: 'node', id: `execution:${done.executionId ?? 'none'}` },
		occurredAt: tx.now,
		refs: { reconciliation: id, policy: done.policyHash },
		data: {
			application: done.application,
			mode: done.mode,
			complete: done.complete,
			counts: { ...done.counts } as Json,
		},
	});
}

/** When the application was last compared to the end without anything being changed (ISO instant). */
export async function lastDryRun(db: Kysely<LedgerTables>, application: string): Promise<string | undefined> {
	const row = await db
		.selectFrom('reconciliations')
		.select('at')
		.where('application', '=', application)
		.where('mode', '=', 'report')
		.where('complete', '=', 1)
		.orderBy('at', 'desc')
		.limit(1)
		.executeTakeFirst();
	return row?.at;
}

/** Adopted access whose review is due, of people who still hold it as it was found. */
export interface DueReview {
	identityId: string;
	entitlement: string;
	owner: string;
	reviewBy: string;
}

export async function adoptionsToReview(
	db: Kysely<LedgerTables>,
	scope: { application: string; at: string; limit: number },
): Promise<DueReview[]> {
	const { rows } = await sql<{ identity_id: string; entitlement: string; owner: string; review_by: string }>`
		select a.identity_id, a.entitlement, a.owner, a.review_by from adoptions as a
		where a.application = ${scope.application} and a.review_by <= ${scope.at} and exists (
			select 1 from grants as g where g.identity_id = a.identity_id and g.entitlement = a.entitlement
				and g.source_kind = 'discovered' and g.closed_at is null)
		order by a.review_by, a.identity_id, a.entitlement limit ${scope.limit}`.execute(db);
	return rows.map((row) => ({
		identityId: row.identity_id,
		entitlement: row.entitlement,
		owner: row.owner,
		reviewBy: row.review_by,
	}));
}
