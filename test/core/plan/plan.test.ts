import type { Action } from '../../../core/model';
import { contentHash } from '../../../core/model';
import { grantsOf } from '../../../core/plan';
import { AS_OF, BASE, compiled, contract, date, number, person, row } from '../policy/builders';
import { Ledger, steps } from './builders';

const END = '2027-12-31T23:00:00.000Z';
const LATER = '2027-02-01T00:00:00.000Z';

/** The scheduled ends are asserted on their own. */
const due = (plan: ReturnType<Ledger['plan']>, asOf = AS_OF) =>
	steps({ ...plan, actions: plan.actions.filter(({ content }) => content.dueAt <= asOf) });

describe('what a plan asks for', () => {
	it('gives accounts before groups, and schedules each end', () => {
		const plan = new Ledger(compiled()).plan([contract([row('Ada', 'Developer')])]);
		expect(steps(plan)).toEqual([
			'create_account github/member ada',
			'create_account slack/member ada',
			'add_to_group github/eng ada',
			'add_to_group slack/project:atlas ada',
			'disable_account github/member ada',
			'disable_account slack/member ada',
			'remove_from_group github/eng ada',
			'remove_from_group slack/project:atlas ada',
		]);
		expect(plan.actions.map(({ content }) => content.dueAt)).toEqual([
			...Array<string>(4).fill(AS_OF),
			...Array<string>(4).fill(END),
		]);
		expect(plan.summary).toMatchObject({ grants: 4, revokes: 0, scheduled: 4, applications: { github: 4, slack: 4 } });
		expect(plan.connectors).toEqual({ github: 'scim', slack: 'scim' });
	});

	it('binds an action to its content, and its id to content and plan', () => {
		const ledger = new Ledger(compiled());
		const [action] = ledger.preview([contract([row('Ada')])]).actions;
		expect(action).toMatchObject({
			subject: 'Ada Example',
			privileged: false,
			content: {
				v: 1,
				application: 'slack',
				operation: 'create_account',
				match: { userName: 'ada@partner.example', email: 'ada@partner.example' },
				attributes: { userName: 'ada@partner.example', displayName: 'Ada Example' },
				contractId: 'MSA-1',
				validUntil: END,
			},
		});
		expect(action?.hash).toBe(contentHash(action?.content));
		const [again] = ledger.preview([contract([row('Ada')])], {}, { seed: 'another' }).actions;
		expect(again?.hash).toBe(action?.hash);
		expect(again?.id).not.toBe(action?.id);
	});

	it('asks nothing again for an event that comes again, before and after it was applied', () => {
		const ledger = new Ledger(compiled());
		const first = ledger.plan([contract([row('Ada', 'Developer')])]);
		const later = { asOf: '2026-11-20T10:00:00.000Z', effectiveFrom: '2026-11-20T10:00:00.000Z' };
		const again = ledger.plan([contract([row('Ada', 'Developer')])], later);
		expect(again).toMatchObject({ actions: [], superseded: [], grantChanges: { open: [], close: [] } });
		expect(again.kept.map(({ actionId }) => actionId).sort()).toEqual(first.actions.map(({ id }) => id).sort());
		ledger.run('2026-11-20T11:00:00.000Z');
		expect(ledger.plan([contract([row('Ada', 'Developer')])], later)).toMatchObject({
			actions: [],
			superseded: [],
			grantChanges: { open: [], close: [] },
		});
	});

	it('takes away what is earned no longer, the account before its groups, and the scheduled end with it', () => {
		const ledger = new Ledger(compiled());
		ledger.plan([contract([row('Ada', 'Developer')])]);
		ledger.run();
		const plan = ledger.plan([contract([])]);
		expect(steps(plan)).toEqual([
			'disable_account github/member ada',
			'disable_account slack/member ada',
			'remove_from_group github/eng ada',
			'remove_from_group slack/project:atlas ada',
		]);
		expect(plan.superseded).toHaveLength(4);
		expect(plan.superseded.map(({ by }) => by).sort()).toEqual(plan.actions.map(({ id }) => id).sort());
		expect(plan.actions[0]?.reason).toContain('Nothing earns github/member any longer');
		expect(plan.actions.every(({ approval }) => approval === undefined)).toBe(true);
		ledger.run();
		expect(ledger.held).toEqual([]);
	});

	it('withdraws what was asked for and is not wanted any more', () => {
		const ledger = new Ledger(compiled());
		ledger.plan([contract([row('Ada')])]);
		const plan = ledger.plan([contract([])]);
		expect(plan.actions).toEqual([]);
		expect(plan.superseded).toHaveLength(2);
		expect(ledger.open).toEqual([]);
	});

	it('revokes nothing while another source remains', () => {
		const ledger = new Ledger(compiled());
		const other = contract([row('Ada')], {}, { id: 'MSA-2' });
		ledger.plan([contract([row('Ada')]), other]);
		ledger.run();
		const plan = ledger.plan([contract([]), other]);
		expect(plan.actions).toEqual([]);
		expect(plan.grantChanges).toEqual({
			open: [],
			close: [expect.objectContaining({ entitlement: 'slack/member', sourceRef: 'MSA-1/people' })],
		});
	});

	it('needs no action for a second source, and forgets the scheduled end if that source is open-ended', () => {
		const rules = [{ id: 'partners', when: { email: { prefix: 'ada' } }, grant: ['consultant'] }];
		const ledger = new Ledger(compiled());
		ledger.plan([contract([row('Ada')])]);
		ledger.run();
		const second = new Ledger(compiled({ rules }));
		Object.assign(second, {
			held: ledger.held,
			open: ledger.open,
			identities: ledger.identities,
			accounts: ledger.accounts,
		});
		const plan = second.plan([contract([row('Ada')])]);
		expect(plan.actions).toEqual([]);
		expect(plan.grantChanges.open).toEqual([
			expect.objectContaining({ entitlement: 'slack/member', validFrom: AS_OF }),
		]);
		expect(plan.superseded).toHaveLength(1);
	});

	it('moves the scheduled end with the contract, and rewrites no access', () => {
		const ledger = new Ledger(compiled());
		ledger.plan([contract([row('Ada')])]);
		ledger.run();
		const plan = ledger.plan([contract([row('Ada')], { endDate: date('2028-06-30') })]);
		expect(plan.actions.map(({ content }) => [content.operation, content.dueAt])).toEqual([
			['disable_account', '2028-06-30T22:00:00.000Z'],
		]);
		expect(plan.superseded).toEqual([expect.objectContaining({ by: plan.actions[0]?.id })]);
		expect(plan.grantChanges.open.map(({ validUntil }) => validUntil)).toEqual(['2028-06-30T22:00:00.000Z']);
	});

	it('leaves an end that has come to the action that is scheduled for it', () => {
		const ledger = new Ledger(compiled());
		const [scheduled] = ledger.plan([contract([row('Ada')])]).actions.slice(1);
		ledger.run();
		const after = '2028-01-15T00:00:00.000Z';
		const plan = ledger.plan([contract([row('Ada')])], { asOf: after, effectiveFrom: after });
		expect(plan).toMatchObject({ actions: [], superseded: [], kept: [{ actionId: scheduled?.id }] });
		ledger.run(after);
		expect(ledger.held).toEqual([]);
	});

	it('plans a future change for the future: nothing happens before', () => {
		const ledger = new Ledger(compiled());
		ledger.plan([contract([row('Ada')])]);
		ledger.run();
		const plan = ledger.plan([contract([row('Bob')])], { effectiveFrom: LATER });
		expect(due(plan)).toEqual([]);
		expect(plan.actions.map(({ content }) => [content.operation, content.match.email, content.dueAt])).toEqual([
			['disable_account', 'ada@partner.example', LATER],
			['create_account', 'bob@partner.example', LATER],
			['disable_account', 'bob@partner.example', END],
		]);
		ledger.run('2027-01-31T00:00:00.000Z');
		expect(ledger.held).toHaveLength(1);
		ledger.run(LATER);
		expect(ledger.held.map(({ entitlement }) => entitlement)).toEqual(['slack/member']);
	});

	it('bridges a gap with an end, a new beginning and a new end', () => {
		const ledger = new Ledger(compiled());
		ledger.plan([contract([row('Ada')], { endDate: date('2026-12-31') })]);
		ledger.run();
		const plan = ledger.plan([contract([row('Ada')])], { effectiveFrom: LATER });
		expect(plan.actions.map(({ content }) => [content.operation, content.dueAt])).toEqual([
			['create_account', LATER],
			['disable_account', END],
		]);
		expect(plan.kept).toHaveLength(1);
	});

	it('sees one stretch where one contract begins the instant that another ends', () => {
		const ledger = new Ledger(compiled());
		ledger.plan([contract([row('Ada')], { endDate: date('2026-12-31') })]);
		ledger.run();
		const next = contract([row('Ada')], {}, { id: 'MSA-2' });
		const plan = ledger.plan([next], { effectiveFrom: '2026-12-31T23:00:00.000Z' });
		expect(plan.actions.map(({ content }) => [content.operation, content.dueAt])).toEqual([['disable_account', END]]);
		expect(plan.superseded).toHaveLength(1);
		expect(plan.grantChanges.open.map(({ source }) => source.ref)).toEqual(['MSA-2/people']);
	});

	it('names in a scheduled end only the sources that last until then', () => {
		const short = contract([row('Ada')], { endDate: date('2026-12-31') });
		const plan = new Ledger(compiled()).plan([short, contract([row('Ada')], {}, { id: 'MSA-2' })]);
		const [end] = plan.actions.filter(({ content }) => content.operation === 'disable_account');
		expect(end?.content.dueAt).toBe(END);
		expect(end?.sources.map(({ ref }) => ref)).toEqual(['MSA-2/people']);
	});

	it('takes nothing away by a rule that cannot be decided, and grants nothing by it', () => {
		const ledger = new Ledger(compiled());
		ledger.plan([contract([row('Ada')])]);
		ledger.run();
		const before = JSON.stringify(ledger.held);
		const unreadable = contract([row('Bob')], { endDate: { name: 'endDate', problem: 'ambiguous' } });
		const plan = ledger.plan([unreadable]);
		expect(plan).toMatchObject({ actions: [], superseded: [], grantChanges: { open: [], close: [] } });
		expect(JSON.stringify(ledger.held)).toBe(before);
		expect(ledger.open).toHaveLength(1);
	});

	it('does not take an unreadable row for a person who left, but sees who is listed with less', () => {
		const ledger = new Ledger(compiled());
		ledger.plan([contract([row('Ada', 'Developer'), row('Bob', 'Developer')])]);
		ledger.run();
		const plan = ledger.plan([contract([{ Name: 'Ada', Email: 'ada@', Access: 'Developer' }, row('Bob')])]);
		expect(new Set(plan.actions.map(({ subject }) => subject))).toEqual(new Set(['Bob Example']));
		expect(due(plan)).toEqual([
			'disable_account github/member bob',
			'remove_from_group github/eng bob',
			'remove_from_group slack/project:atlas bob',
		]);
	});

	it('leaves other contracts, requests and people outside the evaluation alone', () => {
		const ledger = new Ledger(compiled());
		const other = contract([row('Ada')], {}, { id: 'MSA-2' });
		ledger.plan([contract([row('Ada'), row('Bob')]), other]);
		ledger.run();
		const requested = {
			identityId: 'idn_x',
			entitlement: 'github/eng',
			source: { kind: 'request' as const, ref: 'req-1', reason: 'asked' },
			validFrom: AS_OF,
		};
		ledger.held.push(requested);
		const plan = ledger.plan([contract([]), contract([], {}, { id: 'MSA-2' })], {}, { scope: { contractId: 'MSA-1' } });
		expect(due(plan)).toEqual(['disable_account slack/member bob']);
		expect(plan.grantChanges.close.map(({ sourceRef }) => sourceRef)).toEqual(['MSA-1/people']);
		expect(ledger.held).toContainEqual(requested);
	});

	it('takes access from those who lost their seat', () => {
		const ledger = new Ledger(compiled());
		ledger.plan([contract([row('Ada'), row('Bob')])]);
		ledger.run();
		expect(due(ledger.plan([contract([row('Ada'), row('Bob')], { seats: number(1) })]))).toEqual([
			'disable_account slack/member bob',
		]);
	});

	it('updates an account whose attributes changed, once', () => {
		const ledger = new Ledger(compiled());
		ledger.plan([contract([row('Ada')])]);
		ledger.run();
		const renamed = [contract([row('Ada', 'Member', { Name: 'Ada Lovelace' })])];
		const plan = ledger.plan(renamed);
		expect(plan.actions.map(({ content }) => [content.operation, content.attributes?.['displayName']])).toEqual([
			['update_account', 'Ada Lovelace'],
		]);
		expect(ledger.plan(renamed)).toMatchObject({ actions: [], superseded: [] });
		const back = ledger.plan([contract([row('Ada')])]);
		expect(back.actions).toEqual([]);
		expect(back.superseded.map(({ actionId }) => actionId)).toEqual([plan.actions[0]?.id]);
	});

	it('treats what is being applied as held: it can still be revoked', () => {
		const ledger = new Ledger(compiled());
		ledger.plan([contract([row('Ada')])]);
		ledger.open = ledger.open.map((action) =>
			action.content.operation === 'create_account' ? { ...action, executionState: 'claimed' } : action,
		);
		const plan = ledger.plan([contract([])]);
		expect(due(plan)).toEqual(['disable_account slack/member ada']);
		expect(plan.superseded).toHaveLength(1);
	});

	it('reports access to an entitlement that the policy has forgotten', () => {
		const ledger = new Ledger(compiled());
		ledger.held = [
			{
				identityId: 'idn_ada',
				entitlement: 'gone/away',
				source: { kind: 'contract', ref: 'MSA-1/people', reason: '' },
				validFrom: AS_OF,
			},
		];
		ledger.identities.set('idn_ada', person('Ada'));
		expect(ledger.plan([contract([])]).blocked).toEqual([expect.objectContaining({ entitlement: 'gone/away' })]);
	});
});

describe('approvals in a plan', () => {
	const approvals = [
		{ id: 'privileged', when: { 'entitlement.privileged': true }, approvers: ['group:security'], expires: 'P3D' },
	];
	const contracts = [
		{
			id: 'admins',
			when: { 'row.access': 'Administrator' },
			subjects: 'terms.users',
			grant: ['administrator'],
			until: 'terms.endDate',
		},
	];
	const admin = [contract([row('Ada', 'Administrator')])];

	it('go with the privileged grant only', () => {
		const plan = new Ledger(compiled({ approvals, contracts })).plan(admin);
		const needing = plan.actions.filter(({ approval }) => approval !== undefined);
		expect(
			needing.map(({ content, privileged, approval }) => [
				content.operation,
				content.entitlement,
				privileged,
				approval?.rule,
			]),
		).toEqual([['add_to_group', 'github/admin', true, 'privileged']]);
		expect(plan.summary.needApproval).toBe(1);
	});

	it('block the grant and its end where nobody can give them', () => {
		const plan = new Ledger(compiled({ approvals: [{ ...approvals[0], approvers: ['manager'] }], contracts })).plan(
			admin,
		);
		expect(plan.blocked).toEqual([expect.objectContaining({ entitlement: 'github/admin', rule: 'privileged' })]);
		expect(plan.actions.filter(({ content }) => content.entitlement === 'github/admin')).toEqual([]);
		expect(plan.actions.length).toBeGreaterThan(0);
	});

	it('are not asked for again after a denial of the same thing', () => {
		const ledger = new Ledger(compiled({ approvals, contracts }));
		ledger.plan(admin);
		const deny = (action: Action): Action =>
			action.approval === undefined ? action : { ...action, approvalState: 'denied' };
		ledger.open = ledger.open.map(deny);
		expect(ledger.plan(admin)).toMatchObject({ actions: [], superseded: [] });
	});

	it('are asked for anew when another contract earns what was denied, and for that contract alone', () => {
		const ledger = new Ledger(compiled({ approvals, contracts }));
		ledger.plan(admin);
		ledger.open = ledger.open.map((action) =>
			action.approval === undefined ? action : { ...action, approvalState: 'denied' },
		);
		const plan = ledger.plan(
			[contract([row('Ada', 'Administrator')], {}, { id: 'MSA-2' })],
			{},
			{ scope: { contractId: 'MSA-2' } },
		);
		const [asked] = plan.actions.filter(({ approval }) => approval !== undefined);
		expect(asked?.sources.map(({ ref }) => ref)).toEqual(['MSA-2/admins']);
	});

	it('are void when the policy asks in another version', () => {
		const ledger = new Ledger(compiled({ approvals, contracts }));
		ledger.plan(admin);
		const next = new Ledger(compiled({ approvals: [{ ...approvals[0], expires: 'P1D' }], contracts }));
		Object.assign(next, { open: ledger.open, identities: ledger.identities });
		const plan = next.plan(admin);
		expect(plan.actions.filter(({ approval }) => approval !== undefined)).toHaveLength(1);
		const superseded = new Set(plan.superseded.map(({ actionId }) => actionId));
		expect(ledger.open.filter(({ approval }) => approval !== undefined).every(({ id }) => superseded.has(id))).toBe(
			true,
		);
	});

	it('come with grants whose sources keep ends of their own', () => {
		const policy = compiled({
			contracts: [...BASE.contracts, { id: 'all', subjects: 'terms.users', grant: ['consultant'] }],
		});
		const [create] = new Ledger(policy).plan([contract([row('Ada')])]).actions;
		if (create === undefined) throw new Error('nothing planned');
		expect(create.content.validUntil).toBeUndefined();
		expect(grantsOf(create).map(({ source, validUntil }) => [source.ref, validUntil])).toEqual([
			['MSA-1/all', undefined],
			['MSA-1/people', END],
		]);
	});
});
