import type { Kysely } from 'kysely';
import { canonicalJson, type Action } from '../model';
import type { ClaimRequest, ClaimResult, ClaimedAction } from '../ports';
import { approvedHashes, giveUp, isFinal, isTamper, NEVER_GIVEN, reasonToRefuse } from './claim-checks';
import { holdingKey, revocableHoldings, TAKES } from './grants';
import { conflictsOf, preconditionOf } from './preconditions';
import { actionFromRow } from './rows';
import type { ActionRow, LedgerTables } from './schema';
import { anyOf, later, type LedgerTransaction } from './transaction';

/** Actions by id, and all of the given plans with those that the plans keep from earlier ones. */
export async function readActions(
	db: Kysely<LedgerTables>,
	scope: { actionIds?: readonly string[]; planIds?: readonly string[] },
): Promise<Action[]> {
	const ids = new Set(scope.actionIds ?? []);
	const planIds = scope.planIds ?? [];
	if (planIds.length > 0) {
		const own = await db.selectFrom('actions').select('id').where('plan_id', 'in', anyOf(planIds)).execute();
		const plans = await db.selectFrom('plans').select('kept').where('id', 'in', anyOf(planIds)).execute();
		for (const row of own) ids.add(row.id);
		for (const plan of plans) for (const id of JSON.parse(plan.kept) as string[]) ids.add(id);
	}
	return (await rowsById(db, [...ids])).map(actionFromRow);
}

async function rowsById(db: Kysely<LedgerTables>, ids: readonly string[]): Promise<ActionRow[]> {
	return await db
		.selectFrom('actions')
		.innerJoin('plans', 'plans.id', 'actions.plan_id')
		.selectAll('actions')
		.where('actions.id', 'in', anyOf(ids))
		.orderBy('plans.created_at')
		.orderBy('plan_id')
		.orderBy('sequence')
		.execute();
}

export async function plansOfExecution(db: Kysely<LedgerTables>, executionId: string): Promise<string[]> {
	const rows = await db
		.selectFrom('plans')
		.select('id')
		.where('execution_id', '=', executionId)
		.orderBy('id')
		.execute();
	return rows.map((row) => row.id);
}

/**
 * Hands out leases. Everything that protects an application stands here, in one transaction: an action is given only
 * if it is due, approved where it must be by a request that names this very hash, not expired, nobody else's, and
 * its content still has the hash that was planned.
 */
export async function claimActions(tx: LedgerTransaction, request: ClaimRequest): Promise<ClaimResult> {
	const rows = await candidates(tx, request);
	const approved = await approvedHashes(tx.db, rows);
	const revocable = await revocableHoldings(tx.db, [...new Set(rows.map((row) => row.identity_id))]);
	const leaseId = tx.newId('lease');
	const refused: ClaimResult['refused'] = [];
	const granted: ActionRow[] = [];
	const passedOver: string[] = [];
	const conflicts = await conflictsOf(tx.db, rows);
	for (const row of rows) {
		const reason =
			reasonToRefuse(row, request.application, tx.now, approved.get(row.id)) ??
			conflicts.get(row.id) ??
			(TAKES.has(row.operation) && !revocable.has(holdingKey(row.identity_id, row.entitlement))
				? NEVER_GIVEN
				: undefined);
		if (reason !== undefined) refused.push({ id: row.id, reason });
		else if (!isAskedFor(request, row)) passedOver.push(row.id);
		else if (granted.length < request.limit) granted.push(row);
		else
			refused.push({ id: row.id, reason: `The limit of ${request.limit} actions per claim is reached; claim again.` });
	}
	const known = new Set(rows.map((row) => row.id));
	for (const id of request.actionIds ?? []) {
		if (!known.has(id)) refused.push({ id, reason: 'The ledger knows no such action.' });
	}
	await giveUp(tx, refused.filter(isFinal));
	if (granted.length > 0) {
		await tx.db
			.updateTable('actions')
			.set((eb) => ({
				execution_state: 'claimed',
				lease_id: leaseId,
				lease_until: later(tx.now, request.leaseSeconds),
				attempts: eb('attempts', '+', 1),
				updated_at: tx.now,
			}))
			.where('id', 'in', anyOf(granted.map((row) => row.id)))
			.execute();
	}
	for (const row of granted) {
		tx.audit({
			type: 'action.claimed',
			actor: { kind: 'node', id: request.claimedBy },
			occurredAt: tx.now,
			refs: { action: row.id, plan: row.plan_id, lease: leaseId },
			data: { hash: row.hash, application: row.application, attempt: row.attempts + 1 },
		});
	}
	for (const entry of refused.filter((each) => isTamper(each.reason))) {
		tx.audit({
			type: 'action.claim_refused',
			actor: { kind: 'node', id: request.claimedBy },
			occurredAt: tx.now,
			refs: { action: entry.id },
			data: { reason: entry.reason },
		});
	}
	return {
		leaseId,
		claimed: await withAccounts(tx.db, granted),
		refused,
		...(passedOver.length > 0 && { passedOver }),
	};
}

async function candidates(tx: LedgerTransaction, request: ClaimRequest): Promise<ActionRow[]> {
	if (request.actionIds !== undefined || request.planIds !== undefined) {
		const ids = await readActions(tx.db, {
			...(request.actionIds ? { actionIds: request.actionIds } : {}),
			...(request.planIds ? { planIds: request.planIds } : {}),
		});
		return await rowsById(
			tx.db,
			ids.map((action) => action.id),
		);
	}
	const { operations } = request;
	if (operations === undefined) return await dueOf(tx, request).execute();
	// What nobody carries out must not stand in the way of what is due behind it.
	return [
		...(await dueOf(tx, request)
			.where('operation', 'in', [...operations])
			.execute()),
		...(await dueOf(tx, request)
			.where('operation', 'not in', [...operations])
			.execute()),
	];
}

function dueOf(tx: LedgerTransaction, { application, limit }: ClaimRequest) {
	return tx.db
		.selectFrom('actions')
		.selectAll()
		.where('application', '=', application)
		.where('execution_state', 'in', ['planned', 'claimed', 'failed'])
		.where('approval_state', 'in', ['not_needed', 'approved'])
		.where('due_at', '<=', tx.now)
		.orderBy('due_at')
		.orderBy('plan_id')
		.orderBy('sequence')
		.limit(limit);
}

function isAskedFor({ operations }: ClaimRequest, { operation }: ActionRow): boolean {
	return operations?.some((each) => each === operation) ?? true;
}

async function withAccounts(db: Kysely<LedgerTables>, rows: readonly ActionRow[]): Promise<ClaimedAction[]> {
	const accounts = await db
		.selectFrom('accounts')
		.selectAll()
		.where('identity_id', 'in', anyOf([...new Set(rows.map((row) => row.identity_id))]))
		.execute();
	const byKey = new Map(
		accounts.map((account) => [canonicalJson([account.application, account.identity_id]), account]),
	);
	return rows.map((row) => {
		const account = byKey.get(canonicalJson([row.application, row.identity_id]));
		return {
			id: row.id,
			hash: row.hash,
			content: actionFromRow(row).content,
			...claimedPrecondition(row),
			...(account
				? {
						account: {
							remoteId: account.remote_id,
							...(account.external_id === null ? {} : { externalId: account.external_id }),
						},
					}
				: {}),
		};
	});
}

/** What the ledger knew is its own to check; the rest is for whoever writes. */
function claimedPrecondition({ details }: ActionRow): Pick<ClaimedAction, 'precondition'> {
	const { ledger: _ledger, ...precondition } = preconditionOf(details) ?? {};
	return Object.keys(precondition).length === 0 ? {} : { precondition };
}
