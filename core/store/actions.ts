import type { Kysely } from 'kysely';
import { canonicalJson, contentHash, executionStatesBefore, type Action } from '../model';
import type { ClaimRequest, ClaimResult, ClaimedAction } from '../ports';
import { GIVES, holdingKey, revocableHoldings, TAKES } from './grants';
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
	for (const row of rows) {
		const reason =
			reasonToRefuse(row, request.application, tx.now, approved.get(row.id)) ??
			(TAKES.has(row.operation) && !revocable.has(holdingKey(row.identity_id, row.entitlement))
				? NEVER_GIVEN
				: undefined);
		if (reason !== undefined) refused.push({ id: row.id, reason });
		else if (granted.length < request.limit) granted.push(row);
		else
			refused.push({ id: row.id, reason: `The limit of ${request.limit} actions per claim is reached; claim again.` });
	}
	const known = new Set(rows.map((row) => row.id));
	for (const id of request.actionIds ?? []) {
		if (!known.has(id)) refused.push({ id, reason: 'The ledger knows no such action.' });
	}
	await cancel(
		tx,
		refused.filter((entry) => entry.reason === NEVER_GIVEN).map((entry) => entry.id),
	);
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
	return { leaseId, claimed: await withAccounts(tx.db, granted), refused };
}

/** Otherwise a schedule would be handed the same action again and again. */
async function cancel(tx: LedgerTransaction, ids: readonly string[]): Promise<void> {
	if (ids.length === 0) return;
	await tx.db
		.updateTable('actions')
		.set({ execution_state: 'cancelled', note: NEVER_GIVEN, updated_at: tx.now })
		.where('id', 'in', anyOf(ids))
		.where('execution_state', 'in', executionStatesBefore('cancelled'))
		.execute();
	for (const id of ids) {
		tx.audit({
			type: 'action.cancelled',
			actor: { kind: 'package', id: 'ledger' },
			occurredAt: tx.now,
			refs: { action: id },
			data: { reason: NEVER_GIVEN },
		});
	}
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
	return await tx.db
		.selectFrom('actions')
		.selectAll()
		.where('application', '=', request.application)
		.where('execution_state', 'in', ['planned', 'claimed', 'failed'])
		.where('approval_state', 'in', ['not_needed', 'approved'])
		.where('due_at', '<=', tx.now)
		.orderBy('due_at')
		.orderBy('plan_id')
		.orderBy('sequence')
		.limit(request.limit)
		.execute();
}

/** What lets somebody in: pointless, and wrong, once the access has ended. */
const OPENS: ReadonlySet<string> = new Set([...GIVES, 'enable_account']);

const CHANGED = 'Its content is not what was planned: the hash differs.';
const NOT_BOUND = 'It is marked approved, but no approved request covers this content.';

/**
 * The end of an access is planned together with its beginning. Where the beginning was never approved, the end would
 * take something that was there before us.
 */
const NEVER_GIVEN = 'Nothing in the ledger gives this access, so there is nothing of ours to take away.';

function isTamper(reason: string): boolean {
	return reason === CHANGED || reason === NOT_BOUND;
}

function reasonToRefuse(
	row: ActionRow,
	application: string,
	now: string,
	approvedHashes: ReadonlySet<string> | undefined,
): string | undefined {
	if (row.application !== application) return `It belongs to application "${row.application}".`;
	switch (row.execution_state) {
		case 'planned':
		case 'failed':
			break;
		case 'claimed':
			if (row.lease_until !== null && row.lease_until > now) return 'Another run is applying it at this moment.';
			break;
		default:
			return `It is ${row.execution_state.replace('_', ' ')}.`;
	}
	if (row.approval_state !== 'not_needed' && row.approval_state !== 'approved')
		return `Its approval is ${row.approval_state}.`;
	if (row.due_at > now) return `It is due at ${row.due_at}.`;
	if (OPENS.has(row.operation) && row.valid_until !== null && row.valid_until <= now)
		return `The access it gives ended at ${row.valid_until}.`;
	if (contentHash(JSON.parse(row.content)) !== row.hash) return CHANGED;
	// The approval state is a column like any other; the signed-off request is what counts.
	if ((row.approval_state === 'approved' || row.approval_need !== null) && !approvedHashes?.has(row.hash))
		return NOT_BOUND;
	return undefined;
}

async function approvedHashes(
	db: Kysely<LedgerTables>,
	rows: readonly ActionRow[],
): Promise<Map<string, ReadonlySet<string>>> {
	const found = await db
		.selectFrom('request_actions')
		.innerJoin('approval_requests', 'approval_requests.id', 'request_actions.request_id')
		.select(['request_actions.action_id', 'request_actions.hash'])
		.where('approval_requests.state', '=', 'approved')
		.where('request_actions.action_id', 'in', anyOf(rows.map((row) => row.id)))
		.execute();
	const byAction = new Map<string, Set<string>>();
	for (const row of found) byAction.set(row.action_id, (byAction.get(row.action_id) ?? new Set()).add(row.hash));
	return byAction;
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
