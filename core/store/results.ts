import { canonicalJson, DomainError, type Action } from '../model';
import type { ActionResult, JournalEntry } from '../ports';
import { settleGrants } from './grants';
import { bumpRevision } from './plans';
import { actionFromRow } from './rows';
import { anyOf, type LedgerTransaction } from './transaction';

/** Keeps the state before the first write, so that whatever happens next can be undone. */
export async function journalBefore(
	tx: LedgerTransaction,
	leaseId: string,
	entries: readonly JournalEntry[],
): Promise<void> {
	const held = await leased(tx, leaseId);
	for (const entry of entries) {
		const action = held.get(entry.actionId);
		if (!action) throw leaseLost(leaseId);
		await tx.db
			.insertInto('journal')
			.values({
				action_id: entry.actionId,
				lease_id: leaseId,
				before: canonicalJson(entry.before ?? null),
				after: null,
				outcome: null,
				writes: null,
				started_at: tx.now,
				finished_at: null,
			})
			.onConflict((conflict) => conflict.columns(['action_id', 'lease_id']).doNothing())
			.execute();
	}
}

/** Writes results with grants, accounts, journal and audit records: all of them or none. */
export async function completeActions(
	tx: LedgerTransaction,
	leaseId: string,
	results: readonly ActionResult[],
): Promise<void> {
	const held = await leased(tx, leaseId);
	for (const result of results) {
		const action = held.get(result.actionId);
		if (!action) throw leaseLost(leaseId);
		await writeOutcome(tx, leaseId, action, result);
		if (result.outcome !== 'failed') await settleGrants(tx, action);
		if (result.account && result.outcome !== 'failed') await saveAccount(tx, action, result.account);
	}
	if (results.length > 0) await bumpRevision(tx);
}

async function leased(tx: LedgerTransaction, leaseId: string): Promise<Map<string, Action>> {
	const rows = await tx.db
		.selectFrom('actions')
		.selectAll()
		.where('lease_id', '=', leaseId)
		.where('execution_state', '=', 'claimed')
		.execute();
	return new Map(rows.map((row) => [row.id, actionFromRow(row)]));
}

function leaseLost(leaseId: string): DomainError {
	return new DomainError(
		'LEDGER_REFUSED',
		`Lease ${leaseId} does not hold this action any more.`,
		'Another run has taken it over after the lease ended. Let that run finish; a second run writes nothing twice.',
	);
}

async function writeOutcome(
	tx: LedgerTransaction,
	leaseId: string,
	action: Action,
	result: ActionResult,
): Promise<void> {
	await tx.db
		.updateTable('actions')
		.set({
			execution_state: result.outcome,
			lease_id: null,
			lease_until: null,
			note: result.note ?? null,
			updated_at: tx.now,
		})
		.where('id', '=', action.id)
		.execute();
	await tx.db
		.updateTable('journal')
		.set({
			after: result.after === undefined ? null : canonicalJson(result.after),
			outcome: result.outcome,
			writes: result.writes,
			finished_at: tx.now,
		})
		.where('action_id', '=', action.id)
		.where('lease_id', '=', leaseId)
		.execute();
	tx.audit({
		type: `action.${result.outcome}`,
		actor: { kind: 'package', id: `lease:${leaseId}` },
		occurredAt: tx.now,
		refs: { action: action.id, plan: action.planId, identity: action.content.identityId, lease: leaseId },
		data: {
			hash: action.hash,
			application: action.content.application,
			operation: action.content.operation,
			entitlement: action.content.entitlement ?? null,
			writes: result.writes,
			after: result.after === undefined ? null : tx.pseudonym(result.after),
		},
		personal: { subject: action.subject, account: result.account?.remoteId ?? null, note: result.note ?? null },
	});
}

async function saveAccount(
	tx: LedgerTransaction,
	action: Action,
	account: { remoteId: string; externalId?: string; userName: string },
): Promise<void> {
	const { application, identityId, operation, attributes } = action.content;
	const active = operation === 'disable_account' ? 0 : 1;
	const carriesAttributes = operation === 'create_account' || operation === 'update_account';
	const mapped = canonicalJson(attributes ?? {});
	await tx.db
		.insertInto('accounts')
		.values({
			application,
			identity_id: identityId,
			remote_id: account.remoteId,
			external_id: account.externalId ?? null,
			user_name: account.userName,
			attributes: carriesAttributes ? mapped : '{}',
			active,
			updated_at: tx.now,
		})
		.onConflict((conflict) =>
			conflict.columns(['application', 'identity_id']).doUpdateSet({
				remote_id: account.remoteId,
				external_id: account.externalId ?? null,
				user_name: account.userName,
				...(carriesAttributes ? { attributes: mapped } : {}),
				...(operation === 'disable_account' || operation === 'create_account' ? { active } : {}),
				updated_at: tx.now,
			}),
		)
		.execute();
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
