import fc from 'fast-check';
import { groupIntoRequests, latestDeadline, linksPerApprover } from '../../../core/approval';
import { tally, type Action } from '../../../core/model';
import { action, need, NOW } from './build';

const group = (...actions: Action[]) => groupIntoRequests(actions, { now: NOW, seed: 'bundle-1' });
const ben = { identityId: 'idn_ben', match: { userName: 'ben@vendor.example' } };

describe('approval requests', () => {
	it('cover the actions of one person under one rule, with their hashes', () => {
		const first = action();
		const second = action({ content: { target: 'owners' } });
		const other = action({ content: ben, subject: 'Ben Ito' });
		const { requests, refused } = group(first, other, second);
		expect(refused).toEqual([]);
		expect(requests.map((request) => [request.subject, request.actions.map(({ actionId }) => actionId)])).toEqual([
			['Mara Lind', [first.id, second.id]],
			['Ben Ito', [other.id]],
		]);
		expect(requests[0]).toMatchObject({
			rule: 'privileged',
			identityId: 'idn_mara',
			need: { manager: 1, 'group:security': 2 },
			createdAt: '2026-11-20T09:00:00.000Z',
			expiresAt: '2026-11-23T09:00:00.000Z',
			actions: [{ actionId: first.id, hash: first.hash }, expect.anything()],
		});
	});

	it('are apart for each rule', () => {
		const { requests } = group(action(), action({ content: { target: 'x' }, approval: need({ rule: 'production' }) }));
		expect(requests.map((request) => request.rule)).toEqual(['privileged', 'production']);
	});

	it('take all approvers, the highest need and the nearest deadline of their actions', () => {
		const wider = need({
			approvers: { manager: ['Other@Acme.example ', 'BOSS@acme.example'] },
			need: { manager: 2 },
			expires: 'PT12H',
		});
		const { requests } = group(action(), action({ content: { target: 'x' }, approval: wider }));
		expect(requests[0]).toMatchObject({
			approvers: { manager: ['boss@acme.example', 'other@acme.example'] },
			need: { manager: 2, 'group:security': 2 },
			expiresAt: '2026-11-20T21:00:00.000Z',
		});
	});

	it('never ask somebody about their own access', () => {
		const approval = need({
			approvers: { manager: ['Mara@Vendor.example', 'boss@acme.example'] },
			need: { manager: 1 },
		});
		expect(group(action({ approval })).requests[0]?.approvers).toEqual({ manager: ['boss@acme.example'] });
		const alone = group(
			action({ approval: need({ approvers: { manager: ['mara@vendor.example'] }, need: { manager: 1 } }) }),
		);
		expect(alone.requests).toEqual([]);
		expect(alone.refused[0]?.reason).toContain('could never be approved');
	});

	it.each([
		['fewer approvers than votes', need({ approvers: { manager: ['a@x.example'] }, need: { manager: 2 } })],
		[
			'one approver written twice',
			need({ approvers: { manager: ['a@x.example', 'A@x.example'] }, need: { manager: 2 } }),
		],
		['a group without members', need({ approvers: {}, need: { manager: 1 } })],
		['a group named like a member of every object', need({ approvers: {}, need: { constructor: 1 } })],
		['nobody to ask', need({ need: {} })],
		['no votes needed', need({ need: { manager: 0 } })],
	])('are refused with %s, since they could only expire', (_, approval) => {
		const made = group(action({ approval }), action({ content: ben, subject: 'Ben Ito' }));
		expect(made.refused).toMatchObject([{ subject: 'Mara Lind', actionIds: [action().id] }]);
		expect(made.refused[0]?.remedy).toContain('privileged');
		expect(made.requests.map((request) => request.subject)).toEqual(['Ben Ito']);
	});

	it.each(['3 days', '', 'P0D', 'PT-1H', 'P'])('are refused with the deadline "%s"', (expires) => {
		expect(group(action({ approval: need({ expires }) })).refused[0]?.reason).toContain('"expires"');
	});

	it('leave out what needs no approval, and say so', () => {
		const { approval: _, ...without } = action();
		for (const free of [{ ...without, approvalState: 'not_needed' as const }, action({ approvalState: 'denied' })]) {
			const made = group(free);
			expect(made.requests).toEqual([]);
			expect(made.refused).toMatchObject([{ actionIds: [free.id] }]);
		}
		expect(group(action({ approvalState: 'expired' })).requests).toHaveLength(1);
	});

	it('count an action once that came in twice', () => {
		expect(group(action(), action()).requests[0]?.actions).toHaveLength(1);
	});

	it('have ids of their content and round, whatever the order of their actions', () => {
		const pair = [action(), action({ content: { target: 'owners' } })];
		const id = group(...pair).requests[0]?.id;
		expect(id).toMatch(/^req_[0-9a-f]{24}$/);
		expect(group(...pair.reverse()).requests[0]?.id).toBe(id);
		expect(groupIntoRequests(pair, { now: NOW, seed: 'bundle-2' }).requests[0]?.id).not.toBe(id);
		expect(group(action()).requests[0]?.id).not.toBe(id);
	});

	it('can always be approved by those who are asked, and every action is requested or refused', () => {
		const address = fc.constantFrom('a@x.example', 'b@x.example', 'c@x.example', 'mara@vendor.example');
		const name = fc.constantFrom('manager', 'group:security', 'constructor');
		const approval = fc.record({
			approvers: fc.dictionary(name, fc.array(address, { maxLength: 4 })),
			need: fc.dictionary(name, fc.integer({ min: -1, max: 3 })),
			rule: fc.constantFrom('one', 'two'),
		});
		fc.assert(
			fc.property(fc.array(approval, { maxLength: 6 }), (needs) => {
				const actions = needs.map((more, index) => action({ content: { target: `g${index}` }, approval: need(more) }));
				const { requests, refused } = group(...actions);
				for (const request of requests) {
					const all = Object.values(request.approvers).flat();
					expect(
						tally(
							request,
							all.map((approver) => ({ approver, vote: 'approve' })),
						),
					).toBe('approved');
				}
				const covered = [
					...requests.flatMap((r) => r.actions.map((a) => a.actionId)),
					...refused.flatMap((r) => r.actionIds),
				];
				expect(covered.sort()).toEqual(actions.map(({ id }) => id).sort());
			}),
		);
	});
});

describe('links', () => {
	it('are one an approver, with the requests of all their groups', () => {
		const both = need({
			approvers: { manager: ['sec1@acme.example'], 'group:security': ['sec1@acme.example', 'sec2@acme.example'] },
		});
		const { requests } = group(action(), action({ content: ben, approval: both }));
		const [mara, benRequest] = requests.map(({ id }) => id);
		expect(linksPerApprover(requests)).toEqual([
			{ approver: 'boss@acme.example', requestIds: [mara] },
			{ approver: 'sec1@acme.example', requestIds: [mara, benRequest] },
			{ approver: 'sec2@acme.example', requestIds: [mara, benRequest] },
		]);
	});

	it('stay open until the last deadline', () => {
		const late = need({ expires: 'P5D' });
		const { requests } = group(action(), action({ content: ben, approval: late }));
		expect(latestDeadline(requests)).toBe('2026-11-25T09:00:00.000Z');
		expect(latestDeadline([])).toBeUndefined();
	});
});
