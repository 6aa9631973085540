import { randomBytes } from 'node:crypto';
import { computeHere, policyHead, runDecision } from '../../../core/governance';
import { Ledger } from '../../../core/store';

const POLICY = `
policy: acme
zone: Europe/Berlin
applications:
  crm: { connector: scim, owner: it@acme.example, attributes: { userName: "{email}" } }
  erp: { connector: scim, owner: it@acme.example, attributes: { userName: "{email}" } }
entitlements:
  crm/user: { app: crm, account: true }
  erp/report: { app: erp, group: report, requestable: { by: { department: Sales }, for: P30D } }
rules: [{ id: sales, when: { department: Sales }, grant: [crm/user] }]
overlap: { on: department, keep: [crm/*], for: P14D }
exceptions: { maxDuration: P60D }
`;

async function scene() {
	let now = '';
	const ledger = await Ledger.open({ file: ':memory:', clock: () => Date.parse(now), random: randomBytes });
	const head = policyHead(POLICY);
	let runs = 0;
	const say = async (at: string, event: object) => {
		now = at;
		const stated = { source: 'hris', createdAt: at, ...event } as Parameters<
			Ledger['receiveLifecycleEvents']
		>[0][number];
		const [receipt] = await ledger.receiveLifecycleEvents([stated], { policyView: head.view, leaseSeconds: 600 });
		return receipt?.identityIds[0] ?? '';
	};
	const decide = async (at: string, identityId: string) => {
		now = at;
		runs += 1;
		const { actions, decision } = await runDecision(ledger, computeHere, {
			...{ policy: POLICY, policyHash: head.hash, zone: head.zone, identityIds: [identityId], eventIds: [] },
			...{ run: `run:${runs}`, author: 'test', asOf: at },
		});
		const shown = actions.map(({ content }) => `${content.dueAt} ${content.operation} ${content.entitlement ?? ''}`);
		return { actions: shown, superseded: decision.plan.superseded.length };
	};
	const apply = async (at: string, application: string) => {
		now = at;
		const { leaseId, claimed } = await ledger.claim({ application, claimedBy: 'test', leaseSeconds: 60, limit: 50 });
		await ledger.complete(
			leaseId,
			claimed.map(({ id }) => ({ actionId: id, outcome: 'verified', writes: 1 })),
		);
		return claimed.map(({ content }) => `${content.operation} ${content.entitlement ?? ''}`);
	};
	const at = (moment: string) => {
		now = moment;
	};
	return { ledger, say, decide, apply, at };
}

const HIRE = {
	id: 'h',
	type: 'hire',
	effectiveAt: '2026-01-01T23:00:00.000Z',
	person: { hrId: '1', email: 'ada@acme.example' },
	attributes: { department: 'Sales' },
};
const MOVE = {
	id: 'm',
	type: 'change',
	effectiveAt: '2026-02-28T23:00:00.000Z',
	person: { hrId: '1' },
	attributes: { department: 'Legal' },
};

describe('access that somebody prolongs', () => {
	it('after a move: its planned end is taken back, another is planned, and it ends once', async () => {
		const { ledger, say, decide, apply, at } = await scene();
		const ada = await say('2026-01-02T09:00:00.000Z', HIRE);
		await decide('2026-01-02T09:00:00.000Z', ada);
		expect(await apply('2026-01-02T09:00:00.000Z', 'crm')).toEqual(['create_account crm/user']);
		await say('2026-02-20T09:00:00.000Z', MOVE);
		expect((await decide('2026-02-20T09:00:00.000Z', ada)).actions).toEqual([
			'2026-03-14T23:00:00.000Z disable_account crm/user',
		]);
		at('2026-03-10T09:00:00.000Z');
		const until = '2026-04-10T22:00:00.000Z';
		const by = { by: 'boss@acme.example', owner: 'boss@acme.example', reason: 'hand-over' };
		const extended = await ledger.extend({ identityId: ada, entitlement: 'crm/user', until, ...by });
		expect(extended).toMatchObject({ how: 'prolonged', previousEnd: '2026-03-14T23:00:00.000Z' });
		expect(await decide('2026-03-10T09:00:00.000Z', ada)).toEqual({
			actions: [`${until} disable_account crm/user`],
			superseded: 1,
		});
		expect(await decide('2026-03-10T09:05:00.000Z', ada)).toEqual({ actions: [], superseded: 0 });
		expect(await apply('2026-03-15T09:00:00.000Z', 'crm')).toEqual([]);
		expect(await apply(until, 'crm')).toEqual(['disable_account crm/user']);
		expect((await ledger.peopleState([ada])).held).toEqual([]);
	});

	it('of a request that is applied: the end moves, nothing is given anew', async () => {
		const { ledger, say, decide, apply, at } = await scene();
		const ada = await say('2026-01-02T09:00:00.000Z', HIRE);
		at('2026-02-01T09:00:00.000Z');
		const request = { identityId: ada, entitlements: ['erp/report'], kind: 'request' as const };
		const asked = { requestedBy: 'ada@acme.example', reason: 'audit', validFrom: '2026-02-01T09:00:00.000Z' };
		await ledger.requestAccess({ ...request, ...asked, validUntil: '2026-03-03T09:00:00.000Z' });
		await decide('2026-02-01T09:00:00.000Z', ada);
		expect(await apply('2026-02-01T09:00:00.000Z', 'erp')).toEqual(['add_to_group erp/report']);
		at('2026-02-20T09:00:00.000Z');
		const until = '2026-03-20T09:00:00.000Z';
		const extended = await ledger.extend({
			...{ identityId: ada, entitlement: 'erp/report', until },
			...{ by: 'boss@acme.example', reason: 'more to do' },
		});
		expect(extended).toMatchObject({ how: 'moved', previousEnd: '2026-03-03T09:00:00.000Z' });
		expect(await decide('2026-02-20T09:00:00.000Z', ada)).toEqual({
			actions: [`${until} remove_from_group erp/report`],
			superseded: 1,
		});
		const { held } = await ledger.peopleState([ada]);
		expect(held.find(({ entitlement }) => entitlement === 'erp/report')?.validUntil).toBe(until);
		expect(await apply('2026-03-04T09:00:00.000Z', 'erp')).toEqual([]);
		expect(await apply(until, 'erp')).toEqual(['remove_from_group erp/report']);
	});
});
