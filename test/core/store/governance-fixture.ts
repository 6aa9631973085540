import { contentId, type Assignment, type Identity } from '../../../core/model';
import type { LedgerApi } from '../../../core/store';
import { ADA, openTestLedger, plannedAction, POLICY_HASH, savePlan } from './ledger-fixture';

export const BOB = contentId('idn', { email: 'bob@example.com' });

export const identity = (id: string, email: string): Identity => ({ id, keys: { email }, attributes: { email } });

export function assignment(more: Partial<Assignment> = {}, ref = 'MSA-1/consultants'): Assignment {
	return {
		identityId: ADA,
		entitlement: 'slack/member',
		source: { kind: 'contract', ref, reason: 'A row of Schedule A.' },
		validFrom: '2026-11-20T08:00:00.000Z',
		...more,
	};
}

/** A ledger that knows Ada and Bob. */
export async function openPeopleLedger(start?: string) {
	const context = await openTestLedger(start);
	await savePlan(context.ledger, [], {
		id: 'pln_0',
		identities: [identity(ADA, 'ada@example.com'), identity(BOB, 'bob@example.com')],
	});
	return context;
}

/** Claims and completes actions, as SCIM does. */
export async function applyAll(ledger: LedgerApi, application: string, actionIds: string[]): Promise<void> {
	const { leaseId, claimed } = await ledger.claim({
		application,
		actionIds,
		claimedBy: 'execution:7',
		leaseSeconds: 300,
		limit: 1_000,
	});
	await ledger.journalBefore(
		leaseId,
		claimed.map(({ id }) => ({ actionId: id, before: null })),
	);
	await ledger.complete(
		leaseId,
		claimed.map(({ id }) => ({ actionId: id, outcome: 'verified', writes: 1, after: { active: true } })),
	);
}

/** Types of the audit records, in order. */
export async function recorded(ledger: LedgerApi, after = 0): Promise<string[]> {
	const records = await ledger.readLog({ after, limit: 10_000 });
	return records.map(({ leaf }) => (JSON.parse(leaf) as { type: string }).type);
}

/** Everything of the audit log that can never be erased. */
export async function leaves(ledger: LedgerApi): Promise<string> {
	return (await ledger.readLog({ after: 0, limit: 10_000 })).map(({ leaf }) => leaf).join('\n');
}

export { ADA, plannedAction, POLICY_HASH, savePlan };
