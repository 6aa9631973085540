import type { DueTask } from '../../../core/store';
import { ADA, BOB, openPeopleLedger, plannedAction, savePlan } from './governance-fixture';
import { PRIVILEGED } from './ledger-fixture';

const ASK = { limit: 100, leaseSeconds: 600 };
const kinds = (tasks: readonly DueTask[]) => tasks.map(({ kind }) => kind);

const EVENT = {
	source: 'contract:inbox',
	externalId: 'evt-1',
	type: 'contract.amended',
	contentHash: 'a'.repeat(64),
	contractId: 'MSA-1',
	occurredAt: '2026-11-20T08:00:00.000Z',
	payload: {},
	documents: [],
	leaseSeconds: 60,
};

describe('what is due', () => {
	it('is handed to one caller at a time, and again when it stays undone, later each time', async () => {
		const { ledger, advance } = await openPeopleLedger();
		await savePlan(ledger, [plannedAction(), plannedAction({ dueAt: '2026-12-01T00:00:00.000Z' })]);
		for (const wait of [600, 1_200, 2_400]) {
			expect(kinds((await ledger.dueTasks(ASK)).tasks)).toEqual(['action']);
			advance(wait - 1);
			expect((await ledger.dueTasks(ASK)).tasks).toEqual([]);
			advance(1);
		}
	});

	it('comes ends of access first, disables before all', async () => {
		const { ledger } = await openPeopleLedger();
		const at = (hour: number) => `2026-11-20T0${hour}:00:00.000Z`;
		await savePlan(ledger, [
			plannedAction({ dueAt: at(1) }),
			plannedAction({ operation: 'remove_from_group', entitlement: 'slack/x', dueAt: at(2) }),
			plannedAction({ operation: 'disable_account', identityId: BOB, dueAt: at(3) }),
		]);
		const { tasks } = await ledger.dueTasks(ASK);
		const operations = tasks.map((task) => (task.kind === 'action' ? task.action.content.operation : task.kind));
		expect(operations).toEqual(['disable_account', 'remove_from_group', 'create_account']);
	});

	it('leaves out what needs approval, is being applied, failed a moment ago, or would give ended access', async () => {
		const { ledger, advance } = await openPeopleLedger();
		const failing = plannedAction({ application: 'github', entitlement: 'github/member' });
		const claimed = plannedAction({ application: 'jira', entitlement: 'jira/member' });
		await savePlan(ledger, [
			plannedAction({}, { approval: PRIVILEGED }),
			plannedAction({ entitlement: 'slack/y', validUntil: '2026-11-20T08:30:00.000Z' }),
			failing,
			claimed,
		]);
		const claim = { claimedBy: 'execution:7', leaseSeconds: 3_600, limit: 10 };
		const { leaseId } = await ledger.claim({ ...claim, application: 'github', actionIds: [failing.id] });
		await ledger.complete(leaseId, [{ actionId: failing.id, outcome: 'failed', writes: 0, note: 'down' }]);
		await ledger.claim({ ...claim, application: 'jira', actionIds: [claimed.id] });
		expect((await ledger.dueTasks(ASK)).tasks).toEqual([]);
		advance(121);
		expect((await ledger.dueTasks(ASK)).tasks.map(({ task }) => task)).toEqual([`action:${failing.id}`]);
		advance(3_600);
		expect((await ledger.dueTasks(ASK)).tasks.map(({ task }) => task)).toContain(`action:${claimed.id}`);
	});

	it('contains events whose work was cut off, and none that is done', async () => {
		const { ledger, advance } = await openPeopleLedger();
		const { eventId } = await ledger.receiveEvent(EVENT);
		expect((await ledger.dueTasks(ASK)).tasks).toEqual([]);
		advance(61);
		expect((await ledger.dueTasks(ASK)).tasks).toMatchObject([{ kind: 'event', eventId, contractId: 'MSA-1' }]);
		advance(601);
		await ledger.finishEvent(eventId);
		expect((await ledger.dueTasks(ASK)).tasks).toEqual([]);
	});

	it('contains people to look at again once, until they were evaluated', async () => {
		const { ledger, advance } = await openPeopleLedger();
		await ledger.addReviews([
			{ identityId: ADA, dueAt: '2026-11-20T08:00:00.000Z', reason: 'policy changed' },
			{ identityId: ADA, dueAt: '2026-11-20T08:30:00.000Z', reason: 'device signal expires' },
			{ identityId: BOB, dueAt: '2026-12-01T00:00:00.000Z', reason: 'employment ends' },
		]);
		const { tasks } = await ledger.dueTasks(ASK);
		expect(tasks).toMatchObject([
			{ kind: 'review', identityId: ADA, reasons: ['device signal expires', 'policy changed'] },
		]);
		await savePlan(ledger, [], { asOf: '2026-11-20T09:00:00.000Z', evaluated: [ADA], reviews: [] });
		await ledger.addReviews([{ identityId: ADA, dueAt: '2026-11-20T09:00:00.000Z', reason: 'signal' }]);
		// The lease of the review that is done does not hold up the next.
		expect(kinds((await ledger.dueTasks(ASK)).tasks)).toEqual(['review']);
		advance(30 * 86_400);
		expect((await ledger.dueTasks({ ...ASK, kinds: ['review'] })).tasks.map(({ task }) => task)).toContain(
			`review:${BOB}`,
		);
	});

	it('can be looked at ahead without being leased', async () => {
		const { ledger } = await openPeopleLedger();
		await savePlan(ledger, [plannedAction({ dueAt: '2026-12-01T00:00:00.000Z' })]);
		const ahead = { ...ASK, at: '2026-12-02T00:00:00.000Z' };
		expect(kinds((await ledger.dueTasks(ahead)).tasks)).toEqual(['action']);
		expect(kinds((await ledger.dueTasks(ahead)).tasks)).toEqual(['action']);
	});

	it('says when the limit left some out, and can be limited to an application', async () => {
		const { ledger } = await openPeopleLedger();
		await ledger.addReviews([{ identityId: ADA, dueAt: '2026-11-20T08:00:00.000Z', reason: 'x' }]);
		await savePlan(ledger, [plannedAction(), plannedAction({ application: 'github', entitlement: 'github/member' })]);
		const github = await ledger.dueTasks({ ...ASK, application: 'github' });
		expect(github.tasks).toHaveLength(1);
		const one = await ledger.dueTasks({ ...ASK, limit: 1 });
		expect([one.tasks.length, one.more]).toEqual([1, true]);
		const rest = await ledger.dueTasks(ASK);
		expect([rest.tasks.length, rest.more]).toEqual([1, false]);
	});

	it('contains what was applied and not verified in time', async () => {
		const { ledger, advance } = await openPeopleLedger();
		const action = plannedAction({}, { verifyBy: '2026-11-20T10:00:00.000Z' });
		await savePlan(ledger, [action]);
		const claim = { application: 'slack', claimedBy: 'execution:7', leaseSeconds: 300, limit: 10 };
		const { leaseId } = await ledger.claim(claim);
		await ledger.complete(leaseId, [{ actionId: action.id, outcome: 'applied', writes: 1 }]);
		expect((await ledger.dueTasks(ASK)).tasks).toEqual([]);
		advance(3_601);
		expect((await ledger.dueTasks(ASK)).tasks).toMatchObject([{ kind: 'verify', action: { id: action.id } }]);
	});
});

describe('approvals that nobody decides', () => {
	async function asked() {
		const context = await openPeopleLedger();
		const action = plannedAction({}, { approval: PRIVILEGED });
		await savePlan(context.ledger, [action]);
		await context.ledger.createBundle({
			id: 'apb_1',
			executionId: '7',
			workflowId: 'wf',
			deadline: '2026-11-23T09:00:00.000Z',
			requests: [
				{
					id: 'req_1',
					createdAt: context.now(),
					rule: 'privileged',
					identityId: ADA,
					subject: 'Ada Example',
					approvers: PRIVILEGED.approvers,
					need: { 'group:security': 2 },
					expiresAt: '2026-11-23T09:00:00.000Z',
					actions: [{ actionId: action.id, hash: action.hash }],
				},
			],
			tokens: [{ approver: 'ciso@example.com', hash: 'token-ciso' }],
		});
		return { ...context, action };
	}

	it('are pending with whom they wait for', async () => {
		const { ledger, now } = await asked();
		await ledger.castVotes({ tokenHash: 'token-ciso', executionId: '7', decisions: new Map([['req_1', 'approve']]) });
		expect(await ledger.pendingApprovals({ at: now(), limit: 10 })).toMatchObject([
			{ requestId: 'req_1', waitingFor: ['sec@example.com'], policyHash: 'f'.repeat(64) },
		]);
		expect(await ledger.tellOnce(['remind:req_1:1', 'remind:req_1:1'])).toEqual(['remind:req_1:1']);
		expect(await ledger.tellOnce(['remind:req_1:1'])).toEqual([]);
	});

	it('are told once when they expire', async () => {
		const { ledger, advance, action } = await asked();
		advance(4 * 86_400);
		const { tasks } = await ledger.dueTasks(ASK);
		expect(tasks).toMatchObject([{ kind: 'approvalExpired', requestId: 'req_1', actionIds: [action.id] }]);
		advance(30 * 86_400);
		expect((await ledger.dueTasks(ASK)).tasks).toEqual([]);
	});
});

describe('the order of a leaver', () => {
	it('takes effect on accounts: disabled, prepared disabled, and enabled on the first day', async () => {
		const { ledger } = await openPeopleLedger();
		const prepare = plannedAction({ disabled: true });
		await savePlan(ledger, [prepare]);
		const account = { remoteId: 'u1', userName: 'ada@example.com' };
		const done = async (id: string) => {
			const claim = { application: 'slack', claimedBy: 'execution:7', leaseSeconds: 300, limit: 10, actionIds: [id] };
			const { leaseId } = await ledger.claim(claim);
			await ledger.complete(leaseId, [{ actionId: id, outcome: 'verified', writes: 1, account }]);
			return (await ledger.peopleState([ADA])).accounts[0]?.active;
		};
		expect(await done(prepare.id)).toBe(false);
		const enable = plannedAction({ operation: 'enable_account' });
		await savePlan(ledger, [enable], { id: 'pln_2' });
		expect(await done(enable.id)).toBe(true);
		const disable = plannedAction({ operation: 'disable_account' });
		await savePlan(ledger, [disable], { id: 'pln_3' });
		expect(await done(disable.id)).toBe(false);
		expect((await ledger.peopleState([ADA])).held).toEqual([]);
	});
});
