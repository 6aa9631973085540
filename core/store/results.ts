import { sql } from 'kysely';
import { canonicalJson, DomainError, executionStatesBefore, type Action } from '../model';
import type { ActionResult, JournalEntry } from '../ports';
import { saveAccounts } from './accounts';
import { settleGrants } from './grants';
import { CONFLICT } from './preconditions';
import { reviewManagerReferences } from './manager-accounts';
import { bumpRevision } from './revision';
import { actionFromRow } from './rows';
import type { ActionRow } from './schema';
import { anyOf, chunks, type LedgerTransaction } from './transaction';

/** Keeps the state before the first write, so that whatever happens next can be undone. */
export async function journalBefore(
	tx: LedgerTransaction,
	leaseId: string,
	entries: readonly JournalEntry[],
): Promise<void> {
	const held = await leased(tx, leaseId);
	const rows = entries.map((entry) => {
		if (!held.has(entry.actionId)) throw leaseLost(leaseId);
		return {
			action_id: entry.actionId,
			lease_id: leaseId,
			before: canonicalJson(entry.before ?? null),
			after: null,
			outcome: null,
			writes: null,
			started_at: tx.now,
			finished_at: null,
		};
	});
	for (const chunk of chunks(rows)) {
		await tx.db
			.insertInto('journal')
			.values(chunk)
			.onConflict((conflict) => conflict.columns(['action_id', 'lease_id']).doNothing())
			.execute();
	}
}

interface Done {
	action: Action;
	result: ActionResult;
}

/** Writes results with grants, accounts, journal and audit records: all of them or none. */
export async function completeActions(
	tx: LedgerTransaction,
	leaseId: string,
	results: readonly ActionResult[],
): Promise<void> {
	const held = await leased(tx, leaseId);
	const done = [...new Map(results.map((result) => [result.actionId, result])).values()].map((result): Done => {
		const row = held.get(result.actionId);
		if (!row) throw leaseLost(leaseId);
		return { action: actionFromRow(row), result };
	});
	if (done.length === 0) return;
	await writeOutcomes(tx, leaseId, done);
	for (const each of done) auditOutcome(tx, leaseId, each);
	await endConflicts(tx, done);
	const effective = done.filter(({ result }) => result.outcome === 'verified' || result.outcome === 'applied');
	await settleGrants(
		tx,
		effective.map(({ action }) => action),
	);
	const moved = await saveAccounts(
		tx,
		effective.flatMap(({ action, result: { account } }) => (account ? [{ action, account }] : [])),
	);
	await reviewManagerReferences(tx, moved);
	await markRolledBack(tx, effective);
	await bumpRevision(tx);
}

/** What was done outside our own nodes. */
export interface RecordedResult {
	leaseId: string;
	result: ActionResult;
	/** State before, where whoever did it looked. */
	before?: unknown;
}

/** Journals and completes in one go, for what n8n's own nodes did between claim and result. */
export async function recordResults(tx: LedgerTransaction, recorded: readonly RecordedResult[]): Promise<void> {
	const byLease = new Map<string, RecordedResult[]>();
	for (const each of recorded) byLease.set(each.leaseId, [...(byLease.get(each.leaseId) ?? []), each]);
	for (const [leaseId, results] of byLease) {
		await journalBefore(
			tx,
			leaseId,
			results.map(({ result, before }) => ({ actionId: result.actionId, before: before ?? UNSEEN })),
		);
		await completeActions(
			tx,
			leaseId,
			results.map(({ result }) => result),
		);
	}
}

/** Nobody looked at the state before; `null` would say that there was nothing. */
const UNSEEN = { unseen: true };

async function leased(tx: LedgerTransaction, leaseId: string): Promise<Map<string, ActionRow>> {
	const rows = await tx.db
		.selectFrom('actions')
		.selectAll()
		.where('lease_id', '=', leaseId)
		.where('execution_state', '=', 'claimed')
		.execute();
	return new Map(rows.map((row) => [row.id, row]));
}

function leaseLost(leaseId: string): DomainError {
	return new DomainError(
		'LEDGER_REFUSED',
		`Lease ${leaseId} does not hold this action any more.`,
		'Another run has taken it over after the lease ended. Let that run finish; a second run writes nothing twice.',
	);
}

async function writeOutcomes(tx: LedgerTransaction, leaseId: string, done: readonly Done[]): Promise<void> {
	const list = JSON.stringify(
		done.map(({ result }) => ({
			id: result.actionId,
			outcome: result.outcome,
			state: result.outcome === 'conflict' ? 'failed' : result.outcome,
			note: noteOf(result),
			after: result.after === undefined ? null : canonicalJson(result.after),
			writes: result.writes,
		})),
	);
	await sql`update actions set execution_state = r.value ->> 'state', lease_id = null, lease_until = null,
		note = r.value ->> 'note', updated_at = ${tx.now}
		from json_each(${list}) as r where actions.id = r.value ->> 'id'`.execute(tx.db);
	await sql`update journal set after = r.value ->> 'after', outcome = r.value ->> 'outcome',
		writes = r.value ->> 'writes', finished_at = ${tx.now}
		from json_each(${list}) as r where journal.action_id = r.value ->> 'id' and journal.lease_id = ${leaseId}`.execute(
		tx.db,
	);
}

/** A conflict is over: the same action would meet the same conflict again. Its audit record says what was met. */
async function endConflicts(tx: LedgerTransaction, done: readonly Done[]): Promise<void> {
	const ids = done.flatMap(({ action, result }) => (result.outcome === 'conflict' ? [action.id] : []));
	if (ids.length === 0) return;
	await tx.db
		.updateTable('actions')
		.set({ execution_state: 'cancelled', updated_at: tx.now })
		.where('id', 'in', anyOf(ids))
		.where('execution_state', 'in', executionStatesBefore('cancelled'))
		.execute();
}

/** Notes of conflicts begin with the same word, whoever found them: the ledger at claim, or the writer. */
function noteOf({ outcome, note }: ActionResult): string | null {
	if (outcome !== 'conflict' || note?.startsWith(CONFLICT) === true) return note ?? null;
	return `${CONFLICT} ${note ?? 'the application is not as it was when the rollback was planned.'}`;
}

function auditOutcome(tx: LedgerTransaction, leaseId: string, { action, result }: Done): void {
	tx.audit({
		type: `action.${result.outcome}`,
		actor: { kind: 'package', id: `lease:${leaseId}` },
		occurredAt: tx.now,
		refs: {
			action: action.id,
			plan: action.planId,
			identity: action.content.identityId,
			lease: leaseId,
		},
		data: {
			hash: action.hash,
			application: action.content.application,
			operation: action.content.operation,
			entitlement: action.content.entitlement ?? null,
			writes: result.writes,
			after: result.after === undefined ? null : tx.pseudonym(result.after),
		},
		personal: {
			subject: action.subject,
			account: result.account?.remoteId ?? null,
			note: noteOf(result),
			// Who answers now for what a leaver owned.
			...(action.content.transferTo === undefined ? {} : { transferTo: action.content.transferTo }),
		},
	});
}

/** What a rollback took back is rolled back, in the same transaction. */
async function markRolledBack(tx: LedgerTransaction, done: readonly Done[]): Promise<void> {
	const ids = done.map(({ action }) => action.id);
	const rows = await tx.db
		.updateTable('actions')
		.set({ execution_state: 'rolled_back', updated_at: tx.now })
		.where('id', 'in', (eb) => eb.selectFrom('undone_actions').select('undoes').where('action_id', 'in', anyOf(ids)))
		.where('execution_state', 'in', executionStatesBefore('rolled_back'))
		.returning(['id', 'plan_id', 'identity_id'])
		.execute();
	for (const row of rows) {
		tx.audit({
			type: 'action.rolled_back',
			actor: { kind: 'package', id: 'ledger' },
			occurredAt: tx.now,
			refs: { action: row.id, plan: row.plan_id, identity: row.identity_id },
		});
	}
}

/** Claimed actions whose run died before it journaled anything go back to planned when their lease is given up. */
export async function releaseLease(tx: LedgerTransaction, leaseId: string): Promise<void> {
	const held = await leased(tx, leaseId);
	if (held.size === 0) return;
	await tx.db
		.updateTable('actions')
		.set({ execution_state: 'planned', lease_id: null, lease_until: null, updated_at: tx.now })
		.where('id', 'in', anyOf([...held.keys()]))
		.execute();
}
