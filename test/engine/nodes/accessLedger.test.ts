import type { IDataObject } from 'n8n-workflow';
import { actionFor, ADA, BOB, governedLedger, type GovernedLedger } from './governed-ledger';
import { runNode } from './one-node';

let ledger: GovernedLedger;
beforeEach(async () => {
	ledger = await governedLedger();
});

const run = (parameters: IDataObject, items: IDataObject[] = [{}], onError?: 'continueRegularOutput') =>
	runNode('accessLedger', parameters, items, { file: ledger.file, ...(onError ? { node: { onError } } : {}) });

const PERSON = { lookUpBy: 'email', person: 'ada@example.com' };
const ASK = {
	...PERSON,
	policyName: 'acme',
	entitlements: 'github/admin',
	requestedBy: 'ada@example.com',
	reason: 'On call',
};
const errorOf = (item: IDataObject | undefined) => item?.['error'] as { message: string; code: string; remedy: string };

describe('Access Ledger: Request Access', () => {
	const request = { operation: 'requestAccess', ...ASK };

	it('assigns what the policy lets people ask for, for as long as it allows', async () => {
		const { items } = await run(request).then((done) => ({ items: done.items('Node') }));
		expect(items).toMatchObject([
			{ type: 'request', status: 'recorded', identityId: ADA, entitlement: 'github/admin' },
		]);
		const days = (Date.parse(items[0]?.['until'] as string) - Date.parse(items[0]?.['from'] as string)) / 86_400_000;
		expect(Math.round(days)).toBe(5);
		expect((await ledger.within((open) => open.peopleState([ADA]))).assignments).toHaveLength(1);
		expect((await run(request)).items('Node')).toMatchObject([{ status: 'already_open' }]);
	});

	it.each([
		[
			'who does not meet the condition',
			{ person: 'bob@example.com', requestedBy: 'bob@example.com' },
			/Who gets the access/,
		],
		['by a stranger', { requestedBy: 'mallory@example.com' }, /Who asks/],
		['of what nobody may ask for', { entitlements: 'erp/pay' }, /not requestable/],
		['of what the policy does not know', { entitlements: 'github/admn' }, /declares no "github\/admn"/],
		['for longer than allowed', { until: 'P30D' }, /too late/],
		['until something that is no date', { until: 'next week' }, /"Until".*no date/],
		['without a reason', { reason: ' ' }, /"Reason" is empty/],
		['for nobody known', { person: 'nobody@example.com' }, /"Person".*knows nobody/],
		['under a policy that is not there', { policyName: 'other' }, /"Policy Name".*no policy/],
	])('refuses a request %s, naming item and remedy', async (_name, more, message) => {
		const failed = await run({ ...request, ...more });
		expect(failed.status).toBe('error');
		expect(failed.error).toMatch(message);
		expect(failed.error).toContain('[item 0]');
		const gone = await run({ ...request, ...more }, [{}], 'continueRegularOutput');
		expect(errorOf(gone.items('Node')[0]).message).toMatch(message);
		expect(errorOf(gone.items('Node')[0]).remedy).not.toBe('');
		expect((await ledger.within((open) => open.peopleState([ADA, BOB]))).assignments).toEqual([]);
	});

	it('writes all items and all their entitlements in one transaction, and the good ones where others fail', async () => {
		const many = { ...request, entitlements: 'github/admin', until: 'P2D' };
		const people = ['ada@example.com', 'nobody@example.com', 'ada@example.com'];
		const items = people.map((email) => ({ email }));
		const failed = await run({ ...many, person: '={{ $json.email }}' }, items);
		expect(failed.error).toMatch(/knows nobody.*\[item 1\]/);
		expect((await ledger.within((open) => open.peopleState([ADA]))).assignments).toEqual([]);
		const gone = await run({ ...many, person: '={{ $json.email }}' }, items, 'continueRegularOutput');
		expect(gone.items('Node').map((item) => item['status'] ?? errorOf(item).code)).toEqual([
			'recorded',
			'INPUT_INVALID',
			'already_open',
		]);
	});

	it('goes by what HR says of a person now, by the names of the policy', async () => {
		const event = {
			id: 'hr-1',
			source: 'hris',
			type: 'hire' as const,
			createdAt: '2026-01-01T00:00:00.000Z',
			effectiveAt: '2026-01-01T00:00:00.000Z',
			person: { hrId: '77', email: 'grace@example.com' },
			attributes: { department: 'Engineering' },
		};
		await ledger.within((open) => open.receiveLifecycleEvents([event], { policyView: { zone: 'Europe/Berlin' } }));
		const grace = { lookUpBy: 'hrId', person: '77', requestedBy: 'grace@example.com' };
		expect((await run({ ...request, ...grace })).items('Node')).toMatchObject([{ status: 'recorded' }]);
		const shown = (await run({ operation: 'getIdentity', ...grace })).items('Node')[0];
		expect(shown).toMatchObject({ attributes: { department: 'Engineering' }, keys: { hrId: '77' } });
	});

	it('grants an exception with an owner and an end', async () => {
		const exception = {
			...request,
			kind: 'exception',
			entitlements: 'erp/pay',
			owner: 'cto@example.com',
			until: 'P10D',
		};
		expect((await run(exception)).items('Node')).toMatchObject([{ source: { kind: 'exception' } }]);
		expect((await run({ ...exception, owner: 'mallory@example.com' })).error).toMatch(/owner is not among/);
	});
});

describe('Access Ledger: Break Glass', () => {
	const use = { operation: 'breakGlass', ...ASK, usedBy: 'ada@example.com' };

	it('gives emergency access for hours, with reviewers', async () => {
		const [item] = (await run(use)).items('Node');
		expect(item).toMatchObject({ type: 'breakGlass', reviewers: ['ciso@example.com'] });
		const hours = (Date.parse(item?.['until'] as string) - Date.now()) / 3_600_000;
		expect(Math.round(hours)).toBe(4);
	});

	it.each([
		['by whom the policy does not let', { person: 'bob@example.com' }, /does not meet/],
		['of what it does not give', { entitlements: 'erp/pay' }, /not among/],
		['for longer', { until: 'PT5H' }, /too long/],
	])('refuses it %s', async (_name, more, message) => {
		expect((await run({ ...use, ...more })).error).toMatch(message);
	});

	it('is reviewed by somebody else', async () => {
		const id = (await run(use)).items('Node')[0]?.['breakGlassId'];
		const review = {
			operation: 'resolve',
			what: 'breakGlass',
			resolveId: id,
			reason: 'Incident',
			resolvedBy: 'ada@example.com',
		};
		expect((await run(review as IDataObject)).error).toMatch(/not reviewed by the person/);
		const done = await run({ ...review, resolvedBy: 'ciso@example.com' });
		expect(done.items('Node')).toMatchObject([{ type: 'resolved', outcome: 'justified' }]);
	});
});

describe('Access Ledger: Extend', () => {
	it('moves the end of a request, as far as exceptions go', async () => {
		await run({ operation: 'requestAccess', ...ASK });
		const extend = { operation: 'extend', ...ASK, extendedBy: 'cto@example.com', until: 'P6D' };
		expect((await run(extend)).items('Node')).toMatchObject([{ type: 'extension', how: 'moved' }]);
		expect((await run({ ...extend, until: 'P90D' })).error).toMatch(/too late/);
	});

	it('refuses what is not held', async () => {
		const extend = {
			operation: 'extend',
			...ASK,
			entitlements: 'erp/pay',
			extendedBy: 'cto@example.com',
			until: 'P6D',
		};
		expect((await run(extend)).error).toMatch(/holds no "erp\/pay".*\[item 0\]/);
	});
});

describe('Access Ledger: Get Due, Claim and Record Result', () => {
	const due = { operation: 'getDue' };

	it('hands out due actions, lets other nodes do them, and closes only what was claimed', async () => {
		const action = actionFor(ledger.hash);
		await ledger.save([action]);
		const got = (await run(due)).items('Node');
		expect(got.filter(({ type }) => type === 'action')).toMatchObject([{ actionId: action.id, application: 'github' }]);
		expect((await run(due)).items('Node')).toEqual([]);

		const claim = { operation: 'claim', application: 'github', scope: 'items' };
		const claimed = await run(claim, [{ actionId: action.id }]);
		expect(claimed.items('Node', 0)).toEqual([]);
		const [item] = claimed.items('Node', 1);
		expect(item).toMatchObject({ actionId: action.id, match: { userName: 'ada@example.com' }, target: 'eng' });

		const again = await run(claim, [{ actionId: action.id }]);
		expect(again.items('Node', 0)).toMatchObject([{ error: { code: 'LEDGER_REFUSED' } }]);
		expect(again.items('Node', 1)).toEqual([]);

		const record = { operation: 'recordResult', outcome: 'verified', options: { after: '{"member":true}' } };
		const forged = await run(record, [{ actionId: action.id, leaseId: 'lease_forged' }]);
		expect(forged.error).toMatch(/does not hold this action.*\[item 0\]/);
		const done = await run(record, [{ actionId: action.id, leaseId: item?.['leaseId'] }]);
		expect(done.items('Node')).toMatchObject([{ actionId: action.id, execution: 'verified', outcome: 'verified' }]);
		expect((await ledger.within((open) => open.peopleState([ADA]))).held).toMatchObject([
			{ entitlement: 'github/eng' },
		]);
	});

	it('records the good results when one of them is not', async () => {
		const actions = [
			actionFor(ledger.hash),
			actionFor(ledger.hash, { entitlement: 'github/member', operation: 'create_account' }),
		];
		await ledger.save(actions);
		const claimed = (await run({ operation: 'claim', application: 'github', scope: 'due' })).items('Node', 1);
		expect(claimed).toHaveLength(2);
		const items = [
			...claimed.map(({ actionId, leaseId }) => ({ actionId, leaseId })),
			{ actionId: 'act_made_up', leaseId: claimed[0]?.['leaseId'] as string },
			{ actionId: '', leaseId: '' },
		];
		const record = { operation: 'recordResult', outcome: 'applied' };
		const recorded = (await run(record, items, 'continueRegularOutput')).items('Node');
		expect(recorded.map((item) => item['outcome'] ?? errorOf(item).code)).toEqual([
			'applied',
			'applied',
			'LEDGER_REFUSED',
			'INPUT_INVALID',
		]);
		expect(errorOf(recorded[3]).message).toMatch(/"Lease ID" is empty/);
	});

	it('says who has to be looked at again', async () => {
		await run({ operation: 'requestAccess', ...ASK });
		const got = (await run({ ...due, kinds: ['review'] })).items('Node');
		expect(got).toMatchObject([{ type: 'review', identityId: ADA, reasons: ['request of access'] }]);
	});

	it.each([
		['an unknown kind', { ...due, kinds: ['everything'] }, /"Kinds": there is no kind "everything"/],
		['no limit', { ...due, limit: 0 }, /"Limit" is no whole number/],
		['no application', { operation: 'claim', application: ' ', scope: 'due' }, /"Application" is empty/],
		['no action', { operation: 'claim', application: 'github', scope: 'items' }, /"Actions": none of the items/],
	])('refuses %s', async (_name, parameters, message) => {
		expect((await run(parameters as IDataObject)).error).toMatch(message);
	});

	it('refuses items of another ledger', async () => {
		const foreign = [{ ledger: 'ldg_other', actionId: 'act_1', leaseId: 'x' }];
		expect((await run({ operation: 'recordResult', outcome: 'applied' }, foreign)).error).toMatch(/comes from ledger/);
	});
});

describe('Access Ledger: Get Identity', () => {
	it('says who has what, since when and why, and what ended', async () => {
		await run({ operation: 'requestAccess', ...ASK });
		const [item] = (await run({ operation: 'getIdentity', ...PERSON })).items('Node');
		expect(item).toMatchObject({
			identityId: ADA,
			keys: { email: 'ada@example.com' },
			holdings: [],
			assignments: [{ entitlement: 'github/admin', source: { kind: 'request' } }],
			nextReview: { reason: 'request of access' },
		});
		const before = await run({ operation: 'getIdentity', ...PERSON, options: { asOf: '2026-01-01T00:00:00Z' } });
		expect(before.items('Node')[0]).toMatchObject({ assignments: [] });
	});

	it('finds nobody where there is nobody', async () => {
		const failed = await run({ operation: 'getIdentity', lookUpBy: 'identityId', person: 'idn_nobody' });
		expect(failed.error).toMatch(/"Person".*no identity "idn_nobody".*\[item 0\]/);
	});
});

describe('Access Ledger: Resolve', () => {
	const word = { operation: 'resolve', reason: 'Checked', resolvedBy: 'it@example.com' };

	it('lets halted actions go on', async () => {
		const action = actionFor(ledger.hash);
		await ledger.save([action], { halts: [{ tripped: [{ guard: 'x' }], actionIds: [action.id] }] });
		const log = await ledger.within((open) => open.readLog({ after: 0, limit: 1_000 }));
		const halt = log.map(({ leaf }) => JSON.parse(leaf) as { type: string; refs: { halt: string } });
		const id = halt.find(({ type }) => type === 'guard.halted')?.refs.halt ?? '';
		const resumed = await run({ ...word, what: 'halt', resolveId: id, decision: 'resume' });
		expect(resumed.items('Node')).toMatchObject([{ decision: 'resume', actionIds: [action.id] }]);
		const again = await run({ ...word, what: 'halt', resolveId: id, decision: 'cancel' });
		expect(again.error).toMatch(/no open halt/);
	});

	it.each([
		['halt', /no open halt/],
		['feed', /no open halt of a feed/],
		['breakGlass', /no emergency access/],
		['nonsense', /"What": there is no "nonsense"/],
	])('says when there is no such %s', async (what, message) => {
		expect((await run({ ...word, what, resolveId: 'x' })).error).toMatch(message);
	});

	it('says when there is no such finding', async () => {
		const failed = await run({ ...word, what: 'finding', resolveId: 'x', findingPolicy: 'acme' });
		expect(failed.error).toMatch(/no open finding/);
	});
});

describe('Access Ledger: Plan Rollback', () => {
	async function applied() {
		const action = actionFor(ledger.hash);
		await ledger.save([action]);
		const claimed = (await run({ operation: 'claim', application: 'github', scope: 'due' })).items('Node', 1);
		const options = { before: '{"member":false}', after: '{"member":true}' };
		const record = { operation: 'recordResult', outcome: 'verified', options };
		await run(record, [{ actionId: action.id, leaseId: claimed[0]?.['leaseId'] }]);
		return action;
	}
	const rollback = { operation: 'planRollback', rollbackOf: 'identity', identityId: ADA, policyName: 'acme' };

	it('plans the inverse of what was done, and nothing the second time', async () => {
		const action = await applied();
		const planned = await run(rollback);
		expect(planned.error).toBeUndefined();
		expect(planned.items('Node', 0)).toEqual([]);
		expect(planned.items('Node', 1)).toMatchObject([{ operation: 'remove_from_group', entitlement: 'github/eng' }]);
		const [undo] = (await run({ operation: 'claim', application: 'github', scope: 'due' })).items('Node', 1);
		await run({ operation: 'recordResult', outcome: 'verified' }, [
			{ actionId: undo?.['actionId'], leaseId: undo?.['leaseId'] },
		]);
		const [after] = await ledger.within((open) => open.readActions({ actionIds: [action.id] }));
		expect(after?.executionState).toBe('rolled_back');
		const second = await run(rollback);
		expect(second.outputs('Node').flat()).toEqual([]);
	});

	it('only shows it in a dry run', async () => {
		await applied();
		const dry = await run({ ...rollback, options: { dryRun: true } });
		expect(dry.items('Node', 1)).toMatchObject([{ dryRun: true }]);
		expect((await run({ operation: 'claim', application: 'github', scope: 'due' })).items('Node', 1)).toEqual([]);
	});

	it.each([
		['a moment without an offset', { rollbackOf: 'since', since: '2026-11-20' }, /"Since" is no instant/],
		['no plan', { rollbackOf: 'plan', planId: ' ' }, /"Plan ID" is empty/],
		['no policy', { policyName: ' ' }, /"Policy Name" is empty/],
	])('refuses %s', async (_name, more, message) => {
		const failed = await run({ ...rollback, ...more });
		expect(failed.error).toMatch(message);
		const gone = await run({ ...rollback, ...more }, [{}], 'continueRegularOutput');
		expect(errorOf(gone.items('Node', 0)[0]).message).toMatch(message);
	});
});
