import type { Action } from '../../../core/model';
import { applyAction, planRollback } from '../../../core/plan';
import type { DoneAction, RollbackInput, RollbackPlan } from '../../../core/plan';
import { assigned, company, HIRED, timeline, World } from './people/world';

const NOW = '2026-11-20T09:00:00.000Z';
const LATER = '2026-11-21T09:00:00.000Z';

/** What was done, as the journal has it: with images like those of a SCIM server. */
function journal(actions: readonly Action[], images: Partial<Record<string, Partial<DoneAction>>> = {}): DoneAction[] {
	return actions.map((action) => ({
		action: { ...action, executionState: 'verified' as const },
		before:
			action.content.operation === 'create_account'
				? null
				: { active: true, member: action.content.operation.startsWith('remove') },
		after: { id: 'u1', active: true, meta: { version: `W/"${action.sequence}"` } },
		writes: 1,
		...images[action.content.entitlement ?? action.content.operation],
	}));
}

function rollback(world: World, entries: readonly DoneAction[], more: Partial<RollbackInput> = {}): RollbackPlan {
	return planRollback({
		compiled: world.policy,
		policyHash: world.policy.hash,
		seed: 'rollback-1',
		scope: 'plan:pln_1',
		entries,
		held: world.held,
		openActions: world.open,
		accounts: world.accounts,
		timelines: world.people,
		asOf: LATER,
		...more,
	});
}

const operations = (plan: RollbackPlan) =>
	plan.actions.map(({ content }) => `${content.operation} ${content.entitlement ?? content.application}`);

function joined(policy = company()): { world: World; done: Action[] } {
	const world = new World(policy).know(timeline('Ada', [[HIRED, { department: 'Sales' }]]));
	world.plan(NOW);
	const done = [...world.open];
	world.run(NOW);
	return { world, done };
}

describe('rollback', () => {
	it('takes back what was done, last first, and says what must still be so', () => {
		const { world, done } = joined();
		const plan = rollback(world, journal(done));
		expect(operations(plan)).toEqual([
			'remove_from_group slack/all',
			'disable_account slack/member',
			'disable_account crm/user',
		]);
		expect(plan.undoes.map(({ undoes }) => undoes)).toEqual([...done].reverse().map(({ id }) => id));
		expect(plan.preconditions[0]).toMatchObject({ version: 'W/"2"' });
		expect(plan.actions.every(({ inferred }) => inferred === true)).toBe(true);
		for (const action of plan.actions) world.held = applyAction(world.held, action);
		expect(world.held).toEqual([]);
	});

	it('is empty the second time', () => {
		const { world } = joined();
		expect(rollback(world, [])).toMatchObject({ actions: [], conflicts: [] });
	});

	it('leaves alone what was there before us', () => {
		const { world, done } = joined();
		const plan = rollback(
			world,
			journal(done, {
				'crm/user': { before: { active: true, userName: 'ada.old@acme.example', title: 'kept' } },
				'slack/all': { before: { member: true } },
			}),
		);
		expect(operations(plan)).toEqual(['disable_account slack/member', 'update_account crm']);
		expect(plan.actions[1]?.content.attributes).toEqual({ userName: 'ada.old@acme.example' });
		expect(plan.skipped).toHaveLength(1);
	});

	it('leaves what a rule earns as well, whatever gave it first', () => {
		const { world, done: first } = joined();
		const source = { kind: 'contract' as const, ref: 'MSA/people', reason: 'r' };
		world.assignments = [assigned('Ada', 'crm/us', source, HIRED), assigned('Ada', 'slack/all', source, HIRED)];
		world.plan(NOW);
		const done = [...world.open];
		world.run(NOW);
		const access = new Map([['idn_ada', world.access('idn_ada', LATER)]]);
		const mine = done.filter(({ content }) => content.entitlement === 'crm/us');
		const shared = first.filter(({ content }) => content.entitlement === 'slack/all');
		const plan = rollback(world, journal([...shared, ...mine]), { access });
		expect(operations(plan)).toEqual(['remove_from_group crm/us']);
		expect(plan.conflicts).toMatchObject([
			{ entitlement: 'slack/all', code: 'STILL_EARNED', reason: expect.stringContaining('rule') as string },
		]);
		expect(plan.warnings).toMatchObject([expect.stringContaining('MSA/people')]);
	});

	it('reports what somebody changed since, and does not overwrite it', () => {
		const { world, done } = joined();
		world.held = world.held.filter(({ entitlement }) => entitlement !== 'crm/user');
		const plan = rollback(world, journal(done));
		expect(plan.conflicts).toMatchObject([{ entitlement: 'crm/user', code: 'CHANGED_SINCE' }]);
		expect(operations(plan)).not.toContain('disable_account crm/user');
	});

	it('gives back what was taken, by the rule that still earns it or as an exception that ends', () => {
		const policy = company({ exceptions: { maxDuration: 'P30D' } });
		const { world } = joined(policy);
		world.assignments = [assigned('Ada', 'crm/us', { kind: 'contract', ref: 'MSA/people', reason: 'r' }, HIRED)];
		world.settle(NOW);
		world.assignments = [];
		world.plan(NOW);
		const done = [...world.open];
		world.run(NOW);
		const plan = rollback(world, journal(done));
		expect(operations(plan)).toEqual(['add_to_group crm/us']);
		expect(plan.assignments).toEqual([
			{
				identityId: 'idn_ada',
				entitlement: 'crm/us',
				source: { kind: 'exception', ref: 'rollback:plan:pln_1', reason: 'Restored by rollback of plan:pln_1' },
				validFrom: LATER,
				validUntil: '2026-12-21T09:00:00.000Z',
			},
		]);
		for (const action of plan.actions) world.held = applyAction(world.held, action);
		world.assignments = plan.assignments;
		const again = world.plan(LATER);
		expect(again.actions.map(({ content }) => [content.operation, content.dueAt])).toEqual([
			['remove_from_group', '2026-12-21T09:00:00.000Z'],
		]);
		const earned = rollback(world, [], { access: new Map([['idn_ada', world.access('idn_ada', LATER)]]) });
		expect(earned.assignments).toEqual([]);
	});

	it('asks for the approvals that giving back needs', () => {
		const approvals = [{ id: 'all', approvers: ['group:security'] }];
		const { world } = joined(company({ approvals: [] }));
		world.know(timeline('Ada', [[HIRED, { department: 'Legal' }]]));
		world.plan(NOW);
		const done = [...world.open];
		world.run(NOW);
		world.policy = company({ approvals });
		const plan = rollback(world, journal(done));
		expect(plan.actions.map(({ content, approval }) => [content.operation, approval?.rule])).toEqual([
			['create_account', 'all'],
		]);
	});

	it('gives nothing back to people who left, and cannot undo a transfer', () => {
		const { world, done } = joined();
		world.know(timeline('Ada', [[HIRED, { department: 'Sales' }]], [{ from: HIRED, until: NOW }]));
		const [first] = done;
		if (first === undefined) throw new Error('nothing was done');
		const taken = { ...first, content: { ...first.content, operation: 'disable_account' as const } };
		world.held = [];
		expect(rollback(world, journal([taken])).conflicts).toMatchObject([{ code: 'NOT_EMPLOYED' }]);
		const { entitlement: _none, ...content } = first.content;
		const transfer = { ...first, content: { ...content, operation: 'transfer_ownership' as const } };
		expect(rollback(world, journal([transfer])).conflicts).toMatchObject([{ code: 'IRREVERSIBLE' }]);
	});

	it.each([
		['assign_role', { held: false }, ['remove_role erp/audit']],
		['assign_role', { held: null }, ['remove_role erp/audit']],
		['assign_role', { held: true }, []],
		['remove_role', { held: true }, ['assign_role erp/audit']],
		['remove_role', { held: false }, []],
	] as const)('%s with %j before is taken back by %j', (operation, before, expected) => {
		const { world, done } = joined();
		const [first] = done;
		if (first === undefined) throw new Error('nothing done');
		const role = { operation, application: 'erp', entitlement: 'erp/audit', target: 'Audit' } as const;
		const action: Action = { ...first, content: { ...first.content, ...role } };
		const held = operation === 'assign_role' ? applyAction(world.held, action) : world.held;
		const plan = rollback(world, journal([action], { 'erp/audit': { before } }), { held });
		expect(operations(plan)).toEqual(expected);
		expect(plan.skipped).toHaveLength(expected.length === 0 ? 1 : 0);
	});

	it('nets what was given and taken again', () => {
		const { world, done } = joined();
		world.know(timeline('Ada', [[HIRED, { department: 'Legal' }]]));
		world.plan(NOW);
		const all = [...done, ...world.open];
		world.run(NOW);
		const plan = rollback(world, journal(all));
		expect(operations(plan)).toEqual(['remove_from_group slack/all', 'disable_account slack/member']);
		expect(plan.skipped).toHaveLength(2);
		expect(plan.conflicts).toEqual([]);
	});
});
