import { sql } from 'kysely';
import { canonicalJson, DomainError, type Json } from '../model';
import { putAssignments } from './assignments';
import { holdingKey, putGrants } from './grants';
import { bumpRevision } from './revision';
import type { StagedAccountRow } from './adoption-schema';
import { anyOf, chunks, type LedgerTransaction } from './transaction';

/** An account that was found in an application, and whose it is. */
export interface FoundAccount {
	identityId: string;
	remoteId: string;
	externalId?: string;
	userName: string;
	active: boolean;
	/** Entitlements that it holds there, names of the policy. */
	entitlements: readonly string[];
}

export interface AdoptionRequest {
	/** What was staged under. */
	run: string;
	application: string;
	/** Who answers for what was found: an address or `group:NAME`. */
	owner: string;
	/** ISO instant by which somebody has to have looked at it. */
	reviewBy: string;
	policyHash: string;
	executionId?: string;
	/** What was seen, for the record. */
	counts: Readonly<Record<string, number>>;
}

export interface Adopted {
	/** People of whom something new is known now. */
	people: number;
	accounts: number;
	grants: number;
	/** Grants that were known already, by whatever source. */
	known: number;
	/** The ledger knows another account of the person in this application: it stays as it is. */
	conflicts: Array<{ identityId: string; remoteId: string }>;
}

const PAGE = 1_000;

/** Takes found accounts in without any effect yet: a large application comes in many pages. */
export async function stageAdoption(tx: LedgerTransaction, run: string, found: readonly FoundAccount[]): Promise<void> {
	const rows = found.map((account) => ({
		run,
		identity_id: account.identityId,
		remote_id: account.remoteId,
		external_id: account.externalId ?? null,
		user_name: account.userName,
		active: account.active ? 1 : 0,
		entitlements: canonicalJson([...account.entitlements].sort()),
		staged_at: tx.now,
	}));
	for (const chunk of chunks(rows)) await tx.db.insertInto('adoption_staging').values(chunk).execute();
}

/**
 * Makes what was staged the ledger's own: accounts, grants and assignments of source `discovered`, with an owner and a
 * date for its review, all at once and with a record for each person. What is held through any source already stays as
 * it is, so adopting again changes nothing.
 */
export async function adopt(tx: LedgerTransaction, request: AdoptionRequest): Promise<Adopted> {
	const sum: Adopted = { people: 0, accounts: 0, grants: 0, known: 0, conflicts: [] };
	await refuseForeign(tx, request);
	for (let after = ''; ;) {
		const rows = await tx.db
			.selectFrom('adoption_staging')
			.selectAll()
			.where('run', '=', request.run)
			.where('identity_id', '>', after)
			.orderBy('identity_id')
			.limit(PAGE)
			.execute();
		const last = rows.at(-1);
		if (last === undefined) break;
		after = last.identity_id;
		await adoptPage(tx, request, rows, sum);
	}
	await tx.db.deleteFrom('adoption_staging').where('run', '=', request.run).execute();
	// Left behind by runs that broke off.
	const yesterday = new Date(Date.parse(tx.now) - 86_400_000).toISOString();
	await tx.db.deleteFrom('adoption_staging').where('staged_at', '<', yesterday).execute();
	if (sum.people === 0) return sum;
	await bumpRevision(tx);
	tx.audit({
		type: 'adoption.done',
		actor: { kind: 'node', id: `execution:${request.executionId ?? 'none'}` },
		occurredAt: tx.now,
		refs: { run: request.run, policy: request.policyHash },
		data: {
			application: request.application,
			reviewBy: request.reviewBy,
			people: sum.people,
			accounts: sum.accounts,
			grants: sum.grants,
			known: sum.known,
			seen: { ...request.counts } as Json,
		},
		personal: { owner: request.owner },
	});
	return sum;
}

async function adoptPage(
	tx: LedgerTransaction,
	request: AdoptionRequest,
	rows: readonly StagedAccountRow[],
	sum: Adopted,
): Promise<void> {
	const ids = rows.map((row) => row.identity_id);
	const accounts = await tx.db
		.selectFrom('accounts')
		.select(['identity_id', 'remote_id'])
		.where('application', '=', request.application)
		.where('identity_id', 'in', anyOf(ids))
		.execute();
	const remoteIds = new Map(accounts.map((row) => [row.identity_id, row.remote_id]));
	const open = await tx.db
		.selectFrom('grants')
		.select(['identity_id', 'entitlement'])
		.where('closed_at', 'is', null)
		.where('identity_id', 'in', anyOf(ids))
		.execute();
	const held = new Set(open.map((row) => holdingKey(row.identity_id, row.entitlement)));
	const adopted: Array<{ row: StagedAccountRow; isNew: boolean; entitlements: string[] }> = [];
	for (const row of rows) {
		const remoteId = remoteIds.get(row.identity_id);
		if (remoteId !== undefined && remoteId !== row.remote_id) {
			sum.conflicts.push({ identityId: row.identity_id, remoteId: row.remote_id });
			continue;
		}
		const all = JSON.parse(row.entitlements) as string[];
		const entitlements = all.filter((name) => !held.has(holdingKey(row.identity_id, name)));
		sum.known += all.length - entitlements.length;
		const isNew = remoteId === undefined;
		if (!isNew && entitlements.length === 0) continue;
		adopted.push({ row, isNew, entitlements });
		sum.people++;
		if (isNew) sum.accounts++;
		sum.grants += entitlements.length;
	}
	await write(tx, request, adopted);
}

async function write(
	tx: LedgerTransaction,
	request: AdoptionRequest,
	adopted: ReadonlyArray<{ row: StagedAccountRow; isNew: boolean; entitlements: string[] }>,
): Promise<void> {
	const { application, owner, reviewBy } = request;
	const accounts = adopted.flatMap(({ row, isNew }) => (isNew ? [accountRow(application, row, tx.now)] : []));
	for (const chunk of chunks(accounts)) await tx.db.insertInto('accounts').values(chunk).execute();
	const holdings = adopted.flatMap(({ row, entitlements }) =>
		entitlements.map((entitlement) => ({
			identityId: row.identity_id,
			entitlement,
			source: discovered(application, tx.now),
			validFrom: tx.now,
		})),
	);
	await putGrants(
		tx,
		holdings.map((grant) => ({ grant, actionId: null })),
	);
	await putAssignments(tx, holdings, 'adopted again');
	const rows = holdings.map(({ identityId, entitlement }) => ({
		application,
		identity_id: identityId,
		entitlement,
		owner,
		review_by: reviewBy,
		run: request.run,
		adopted_at: tx.now,
	}));
	for (const chunk of chunks(rows)) {
		await tx.db
			.insertInto('adoptions')
			.values(chunk)
			.onConflict((conflict) =>
				conflict.columns(['application', 'identity_id', 'entitlement']).doUpdateSet((eb) => ({
					owner: eb.ref('excluded.owner'),
					review_by: eb.ref('excluded.review_by'),
					run: eb.ref('excluded.run'),
					adopted_at: eb.ref('excluded.adopted_at'),
				})),
			)
			.execute();
	}
	for (const { row, isNew, entitlements } of adopted) {
		tx.audit({
			type: 'account.adopted',
			actor: { kind: 'node', id: `execution:${request.executionId ?? 'none'}` },
			occurredAt: tx.now,
			refs: { identity: row.identity_id, run: request.run, policy: request.policyHash },
			data: { application, entitlements, reviewBy, newAccount: isNew, active: row.active === 1 },
			personal: { userName: row.user_name, remoteId: row.remote_id, owner },
		});
	}
}

/** The source of what was found rather than given. */
export function discovered(application: string, now: string): { kind: 'discovered'; ref: string; reason: string } {
	return {
		kind: 'discovered',
		ref: `application:${application}`,
		reason: `Found in ${application} on ${now.slice(0, 10)}.`,
	};
}

function accountRow(application: string, row: StagedAccountRow, now: string) {
	return {
		application,
		identity_id: row.identity_id,
		remote_id: row.remote_id,
		external_id: row.external_id,
		user_name: row.user_name,
		// Nothing was written by us, so there is nothing that it could differ from.
		attributes: '{}',
		active: row.active,
		updated_at: now,
	};
}

/** An account belongs to one person: a second one would be the wrong person's. */
async function refuseForeign(tx: LedgerTransaction, { run, application }: AdoptionRequest): Promise<void> {
	// The order is told: the other way round would read all staged rows for each account.
	const { rows } = await sql`select 1 from adoption_staging as s cross join accounts as a
		where s.run = ${run} and a.application = ${application} and a.remote_id = s.remote_id
			and a.identity_id <> s.identity_id limit 1`.execute(tx.db);
	if (rows.length === 0) return;
	throw new DomainError(
		'LEDGER_REFUSED',
		'The ledger has an account of this application for another person than it was matched to.',
		'Nothing was adopted. Run again: the matching reads the ledger anew.',
	);
}
