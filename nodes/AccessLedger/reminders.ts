import { addDuration, type PolicyDocument } from '../../core/policy';
import type { LedgerApi, PendingApproval } from '../../core/store';
import { policyHeadOf } from '../runtime/policy-worker';
import type { PolicyHead } from '../runtime/worker';

/** An approval that waits and that the policy wants to be remembered of, or passed on. */
export interface Reminder {
	kind: 'approvalReminder' | 'approvalEscalation';
	task: string;
	dueAt: string;
	request: PendingApproval;
	/** Whom the policy wants to be called in. */
	to?: string;
}

/**
 * Reminders that are due and that nobody has sent. Each is handed out once: a reminder that comes late is worth little, one
 * that comes twice is a nuisance.
 */
export async function dueReminders(ledger: LedgerApi, at: string, limit: number): Promise<Reminder[]> {
	const pending = await ledger.pendingApprovals({ at, limit: 1_000 });
	const policies = new Map<string, PolicyHead | undefined>();
	const due: Reminder[] = [];
	for (const request of pending) {
		if (!policies.has(request.policyHash)) policies.set(request.policyHash, await policyOf(ledger, request.policyHash));
		const policy = policies.get(request.policyHash);
		if (policy) due.push(...remindersOf(policy, request).filter(({ dueAt }) => dueAt <= at));
	}
	due.sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0));
	const fresh = new Set(await ledger.tellOnce(due.map(({ task }) => task).slice(0, limit)));
	return due.filter(({ task }) => fresh.has(task));
}

async function policyOf(ledger: LedgerApi, hash: string): Promise<PolicyHead | undefined> {
	const version = await ledger.readPolicy({ hash });
	return version && (await policyHeadOf(version.source));
}

/** What the rules of a request want, one entry a moment. Several rules of one request are joined by "+". */
export function remindersOf(
	policy: Pick<PolicyDocument, 'zone'> & { approvals?: PolicyHead['approvals'] },
	request: PendingApproval,
): Reminder[] {
	const ids = new Set(request.rule.split('+'));
	const rules = (policy.approvals ?? []).filter(({ id }) => ids.has(id));
	const after = (duration: string) => addDuration(request.createdAt, duration, policy.zone, 'start');
	const reminders = new Map<string, Reminder>();
	for (const { remind = [], escalate } of rules) {
		for (const duration of remind) {
			const task = `remind:${request.requestId}:${duration}`;
			reminders.set(task, { kind: 'approvalReminder', task, dueAt: after(duration), request });
		}
		if (escalate === undefined) continue;
		const task = `escalate:${request.requestId}:${escalate.to}`;
		reminders.set(task, { kind: 'approvalEscalation', task, dueAt: after(escalate.after), request, to: escalate.to });
	}
	return [...reminders.values()];
}
