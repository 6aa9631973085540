import type { Ledger } from '../../../core/store';
import type { Vote } from '../../../core/model';
import { ADA, openTestLedger, plannedAction, PRIVILEGED, savePlan } from './ledger-fixture';

const EXECUTION = '7';
const CLAIM = { application: 'slack', claimedBy: 'execution:7', leaseSeconds: 300, limit: 100, planIds: ['pln_1'] };

async function gate(need = 1) {
	const context = await openTestLedger();
	const approval = { ...PRIVILEGED, need: { 'group:security': need } };
	const action = plannedAction({}, { approval });
	await savePlan(context.ledger, [action]);
	const bundle = await context.ledger.createBundle({
		id: 'apb_1',
		executionId: EXECUTION,
		workflowId: 'wf',
		deadline: '2026-11-23T09:00:00.000Z',
		requests: [
			{
				id: 'req_1',
				createdAt: context.now(),
				rule: approval.rule,
				identityId: ADA,
				subject: 'Ada Example',
				approvers: approval.approvers,
				need: approval.need,
				expiresAt: '2026-11-23T09:00:00.000Z',
				actions: [{ actionId: action.id, hash: action.hash }],
			},
		],
		tokens: [
			{ approver: 'ciso@example.com', hash: 'token-ciso' },
			{ approver: 'sec@example.com', hash: 'token-sec' },
		],
	});
	const requestId = bundle.requests[0]?.id ?? '';
	return {
		...context,
		action,
		bundle,
		vote: (token: string, vote: Vote) => cast(context.ledger, token, requestId, vote),
	};
}

function cast(ledger: Ledger, tokenHash: string, requestId: string, vote: Vote, executionId = EXECUTION) {
	return ledger.castVotes({ tokenHash, executionId, decisions: new Map([[requestId, vote]]) });
}

describe('the approval gate in the ledger', () => {
	it('lets an approved action be claimed, and nothing before', async () => {
		const { ledger, vote, action } = await gate();
		expect((await ledger.claim(CLAIM)).claimed).toEqual([]);
		expect(await vote('token-ciso', 'approve')).toMatchObject({
			status: 'recorded',
			bundleState: 'decided',
			resume: true,
		});
		expect((await ledger.claim(CLAIM)).claimed.map((claimed) => claimed.id)).toEqual([action.id]);
	});

	it('denies with one denial', async () => {
		const { ledger, vote } = await gate(2);
		expect(await vote('token-ciso', 'deny')).toMatchObject({ status: 'recorded', resume: true });
		expect((await ledger.claim(CLAIM)).refused[0]?.reason).toMatch(/denied/);
	});

	it('waits for as many votes as the policy needs', async () => {
		const { ledger, vote } = await gate(2);
		expect(await vote('token-ciso', 'approve')).toMatchObject({ bundleState: 'open', resume: false });
		expect((await ledger.claim(CLAIM)).claimed).toEqual([]);
		expect(await vote('token-sec', 'approve')).toMatchObject({ bundleState: 'decided', resume: true });
		expect((await ledger.claim(CLAIM)).claimed).toHaveLength(1);
	});

	it('counts a link once, also when it is posted six times at the same moment', async () => {
		const { ledger, vote } = await gate(2);
		const outcomes = await Promise.all(Array.from({ length: 6 }, () => vote('token-ciso', 'approve')));
		expect(outcomes.filter((outcome) => outcome.status === 'recorded')).toHaveLength(1);
		expect(outcomes.filter((outcome) => outcome.status === 'already_used')).toHaveLength(5);
		expect((await ledger.claim(CLAIM)).claimed).toEqual([]);
	});

	it('asks for the workflow to be woken again until it has gone on, and not after', async () => {
		const { ledger, vote, bundle } = await gate();
		await vote('token-ciso', 'approve');
		expect(await vote('token-ciso', 'approve')).toMatchObject({ status: 'already_used', resume: true });
		expect(await ledger.collectBundle(bundle.id)).toBe(true);
		expect(await ledger.collectBundle(bundle.id)).toBe(false);
		expect(await vote('token-ciso', 'approve')).toMatchObject({ status: 'already_used', resume: false });
	});

	it('knows no link by another token, nor a link on another execution', async () => {
		const { ledger, vote, bundle } = await gate();
		expect(await vote('token-forged', 'approve')).toEqual({ status: 'unknown_link', resume: false });
		const requestId = bundle.requests[0]?.id ?? '';
		expect(await cast(ledger, 'token-ciso', requestId, 'approve', '8')).toEqual({
			status: 'unknown_link',
			resume: false,
		});
	});

	it('decides nothing after the deadline', async () => {
		const { ledger, vote, advance } = await gate();
		advance(3 * 24 * 3_600);
		expect((await vote('token-ciso', 'approve')).status).toBe('expired');
		expect((await ledger.claim(CLAIM)).refused[0]?.reason).toMatch(/expired/);
	});

	it('voids the approval of an action that a newer plan replaced', async () => {
		const { ledger, vote, action } = await gate();
		await savePlan(ledger, [], { id: 'pln_2', superseded: [{ actionId: action.id, reason: 'No longer earned.' }] });
		expect((await vote('token-ciso', 'approve')).status).toBe('stale');
		expect((await ledger.claim(CLAIM)).claimed).toEqual([]);
	});

	it('takes no form that leaves a request undecided', async () => {
		const { ledger } = await gate();
		const outcome = await ledger.castVotes({ tokenHash: 'token-ciso', executionId: EXECUTION, decisions: new Map() });
		expect(outcome).toEqual({ status: 'incomplete', resume: false });
	});

	it('asks again for what expired undecided', async () => {
		const { ledger, advance, action } = await gate();
		advance(3 * 24 * 3_600);
		expect((await ledger.actionsToAsk({ planIds: ['pln_1'] })).map((asked) => asked.id)).toEqual([action.id]);
	});
});
