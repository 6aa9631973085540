import { parsePolicy } from '../../../core/policy';
import type { LedgerApi, PendingApproval } from '../../../core/store';
import { dueReminders, remindersOf } from '../../../nodes/AccessLedger/reminders';

const SOURCE = `policy: acme
zone: Europe/Berlin
groups: { security: [ciso@example.com] }
applications: { github: { connector: n8n, owner: cto@example.com } }
entitlements: { github/member: { app: github, account: true } }
approvals:
  - { id: all, approvers: ["group:security"], remind: [P1D, P3D], escalate: { after: P2D, to: boss@example.com } }
  - { id: other, approvers: ["group:security"], remind: [PT1H] }
`;

const PENDING: PendingApproval = {
	requestId: 'req_1',
	bundleId: 'apb_1',
	rule: 'all',
	identityId: 'idn_1',
	subject: 'Ada Example',
	createdAt: '2026-11-20T09:00:00.000Z',
	expiresAt: '2026-11-27T09:00:00.000Z',
	waitingFor: ['ciso@example.com'],
	policyHash: 'f'.repeat(64),
	actionIds: ['act_1'],
};

describe('reminders of approvals', () => {
	it('come when the rules of the request say so', () => {
		const { policy } = parsePolicy(SOURCE);
		const moments = remindersOf(policy, PENDING).map(({ kind, dueAt, to }) => [kind, dueAt, to]);
		expect(moments).toEqual([
			['approvalReminder', '2026-11-21T09:00:00.000Z', undefined],
			['approvalReminder', '2026-11-23T09:00:00.000Z', undefined],
			['approvalEscalation', '2026-11-22T09:00:00.000Z', 'boss@example.com'],
		]);
		expect(remindersOf(policy, { ...PENDING, rule: 'all+other' })).toHaveLength(4);
		expect(remindersOf(policy, { ...PENDING, rule: 'gone' })).toEqual([]);
	});

	it('are handed out once, when they are due', async () => {
		const told = new Set<string>();
		const ledger = {
			pendingApprovals: async () => [PENDING],
			readPolicy: async () => ({ source: SOURCE }),
			tellOnce: async (tasks: readonly string[]) => tasks.filter((task) => !told.has(task) && told.add(task)),
		} as unknown as LedgerApi;
		const at = async (instant: string) => (await dueReminders(ledger, instant, 10)).map(({ kind }) => kind);
		expect(await at('2026-11-20T10:00:00.000Z')).toEqual([]);
		expect(await at('2026-11-22T10:00:00.000Z')).toEqual(['approvalReminder', 'approvalEscalation']);
		expect(await at('2026-11-22T11:00:00.000Z')).toEqual([]);
	});
});
