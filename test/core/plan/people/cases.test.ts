import { assigned, company, HIRED, steps, timeline, World } from './world';

const contract = (ref: string) => ({ kind: 'contract' as const, ref, reason: `contract ${ref}` });

describe('the cases of people, policy and plan', () => {
	it('1: a future hire gets disabled accounts seven days before, let in on the first day', () => {
		const start = '2027-01-03T23:00:00.000Z';
		const prepare = '2026-12-27T23:00:00.000Z';
		const world = new World(company({ joiner: { preProvision: 'P7D' } }));
		world.know(timeline('Ada', [[start, { department: 'Sales' }]]));
		const plan = world.plan();
		expect(steps(plan)).toEqual([
			`create_account crm/user ${prepare}`,
			`create_account slack/member ${prepare}`,
			`enable_account crm/user ${start}`,
			`enable_account slack/member ${start}`,
			`add_to_group slack/all ${start}`,
		]);
		expect(plan.actions.slice(0, 2).map(({ content }) => [content.disabled, content.attributes?.['userName']])).toEqual(
			[
				[true, 'ada@acme.example'],
				[true, 'ada@acme.example'],
			],
		);
		expect(plan.summary).toMatchObject({ grants: 0, revokes: 0, scheduled: 5 });
		expect(world.preview('2026-12-01T00:00:00.000Z')).toMatchObject({ actions: [], superseded: [] });
		world.run(prepare);
		expect(world.preview('2026-12-28T12:00:00.000Z')).toMatchObject({ actions: [], superseded: [] });
		world.run(start);
		expect(world.preview('2027-01-04T12:00:00.000Z')).toMatchObject({ actions: [], superseded: [], kept: [] });
	});

	it('1: a hire that is taken back after its accounts were made ready loses them', () => {
		const world = new World(company({ joiner: { preProvision: 'P7D' } }));
		world.know(timeline('Ada', [['2027-01-03T23:00:00.000Z', { department: 'Sales' }]])).plan();
		world.run('2026-12-28T00:00:00.000Z');
		world.know({ identityId: 'idn_ada', keys: { email: 'ada@acme.example' }, segments: [], employment: [] });
		const plan = world.plan('2026-12-29T00:00:00.000Z');
		expect(steps(plan)).toEqual([
			'disable_account crm/user 2026-12-29T00:00:00.000Z',
			'disable_account slack/member 2026-12-29T00:00:00.000Z',
		]);
		expect(plan.superseded).toHaveLength(3);
	});

	it('1: a first day that moves takes its accounts along, without disabling what is ready', () => {
		const world = new World(company({ joiner: { preProvision: 'P7D' } }));
		world.know(timeline('Ada', [['2027-01-03T23:00:00.000Z', { department: 'Sales' }]])).plan();
		world.run('2026-12-28T00:00:00.000Z');
		world.know(timeline('Ada', [['2027-01-31T23:00:00.000Z', { department: 'Sales' }]]));
		const plan = world.plan('2026-12-29T00:00:00.000Z');
		expect(steps(plan)).toEqual([
			'enable_account crm/user 2027-01-31T23:00:00.000Z',
			'enable_account slack/member 2027-01-31T23:00:00.000Z',
			'add_to_group slack/all 2027-01-31T23:00:00.000Z',
		]);
		expect(plan.superseded).toHaveLength(3);
	});

	it('2: the same state again plans nothing', () => {
		const world = new World().know(timeline('Ada', [[HIRED, { department: 'Sales' }]]));
		const first = world.plan();
		const again = world.plan('2026-11-20T09:05:00.000Z');
		expect(again).toMatchObject({ actions: [], superseded: [], grantChanges: { open: [], close: [] } });
		expect(again.kept.map(({ actionId }) => actionId).sort()).toEqual(first.actions.map(({ id }) => id).sort());
		world.run('2026-11-20T09:06:00.000Z');
		expect(world.preview('2026-11-20T10:00:00.000Z').people).toEqual({ total: 1, unchanged: 1 });
	});

	it('4: a mover gets the new access at local midnight and keeps the CRM for fourteen days, shared roles untouched', () => {
		const moves = '2026-12-01T05:00:00.000Z';
		const world = new World(company({ overlap: { on: ['department', 'country'], keep: ['crm/*'], for: 'P14D' } }));
		world.know(timeline('Bob', [[HIRED, { department: 'Sales', country: 'DE', zone: 'Europe/Berlin' }]])).settle();
		world.know(
			timeline('Bob', [
				[HIRED, { department: 'Sales', country: 'DE', zone: 'Europe/Berlin' }],
				[moves, { department: 'Engineering', country: 'US', zone: 'America/New_York' }],
			]),
		);
		const plan = world.plan();
		expect(steps(plan)).toEqual([
			`create_account github/member ${moves}`,
			'disable_account crm/user 2026-12-15T05:00:00.000Z',
		]);
		expect(plan.actions[1]?.sources[0]).toMatchObject({ kind: 'rule', ref: 'sales' });
		expect(plan.actions[1]?.sources[0]?.reason).toContain('overlap');
		expect(plan.actions[1]?.inferred).toBeUndefined();
		world.run(moves);
		expect(world.plan('2026-12-02T00:00:00.000Z').actions).toEqual([]);
		world.run('2026-12-15T05:00:00.000Z');
		expect(world.held.map(({ entitlement }) => entitlement).sort()).toEqual([
			'github/member',
			'slack/all',
			'slack/member',
		]);
	});

	it('4: an extension prolongs what the overlap keeps', () => {
		const moves = '2026-12-01T05:00:00.000Z';
		const world = new World(company({ overlap: { on: 'department', keep: ['crm/*'], for: 'P14D' } }));
		world.know(
			timeline('Bob', [
				[HIRED, { department: 'Sales' }],
				[moves, { department: 'Engineering' }],
			]),
		);
		world.settle('2026-12-02T00:00:00.000Z');
		const source = { kind: 'exception' as const, ref: 'overlap:sales', reason: 'handover takes longer' };
		world.assignments = [assigned('Bob', 'crm/user', source, moves, '2026-12-22T05:00:00.000Z')];
		const plan = world.plan('2026-12-03T00:00:00.000Z');
		expect(steps(plan)).toEqual(['disable_account crm/user 2026-12-22T05:00:00.000Z']);
		expect(plan.superseded).toHaveLength(1);
	});

	it('5: a rise that would complete a pair is withheld, the old right stays, both rules are named', () => {
		const world = new World().know(timeline('Eve', [[HIRED, { department: 'Finance', level: 3 }]]));
		world.settle();
		world.know(
			timeline('Eve', [
				[HIRED, { department: 'Finance', level: 3 }],
				['2026-11-20T08:00:00.000Z', { department: 'Finance', level: 5 }],
			]),
		);
		const plan = world.plan();
		expect(plan.actions).toEqual([]);
		expect(plan.blocked).toEqual([expect.objectContaining({ entitlement: 'erp/approve', rule: 'four-eyes' })]);
		expect(plan.blocked[0]?.reason).toContain('rule finance-leads');
		expect(plan.blocked[0]?.reason).toContain('rule finance)');
	});

	it('5: a mover whose old right ends at the same instant gets the new one; who keeps it, does not', () => {
		const rules = [
			{ id: 'buyers', when: { department: 'Buying' }, grant: ['erp/create'] },
			{ id: 'payers', when: { department: 'Paying' }, grant: ['erp/approve'] },
		];
		const moves = '2026-12-01T00:00:00.000Z';
		const mover = timeline('Eve', [
			[HIRED, { department: 'Buying' }],
			[moves, { department: 'Paying' }],
		]);
		const clean = new World(company({ rules })).know(mover);
		expect(clean.access('idn_eve').withheld).toEqual([]);
		expect(steps(clean.plan())).toContain(`assign_role erp/approve ${moves}`);
		const kept = new World(company({ rules, overlap: { on: 'department', keep: ['erp/*'], for: 'P7D' } })).know(mover);
		const ends = '2026-12-08T00:00:00.000Z';
		expect(kept.access('idn_eve').withheld).toMatchObject([{ entitlement: 'erp/approve', from: moves, until: ends }]);
		expect(steps(kept.plan())).toContain(`assign_role erp/approve ${ends}`);
	});

	it('6: who is terminated at once loses everything now: no overlap, no approval, accounts first', () => {
		const policy = company({
			overlap: { on: 'department', keep: ['*'], for: 'P14D' },
			batch: { disable: { from: '20:00', to: '06:00' }, revoke: { from: '20:00', to: '06:00' } },
			applications: {
				...(JSON.parse(JSON.stringify(company().policy.applications)) as object),
				crm: { connector: 'scim', owner: 'sales@acme.example', enforcement: 'approve' },
				erp: { connector: 'manual', owner: 'finance@acme.example' },
			},
			leaver: { order: ['disable', 'sessions', 'tokens', 'groups', 'ownership'], transferTo: 'manager' },
			sla: { leaver: 'PT15M' },
		});
		const about = { department: 'Sales', manager: 'boss@acme.example' };
		const rules = [...(policy.policy.rules ?? []), { id: 'tmp', when: { department: 'Sales' }, grant: ['erp/user'] }];
		const world = new World(company({ ...policy.policy, rules })).know(timeline('Mallory', [[HIRED, about]]));
		world.plan();
		world.run('2026-11-21T00:00:00.000Z');
		expect(world.held).toHaveLength(4);
		const at = '2026-11-21T10:00:00.000Z';
		world.know(timeline('Mallory', [[HIRED, about]], [{ from: HIRED, until: at, immediate: true }]));
		const plan = world.plan(at);
		expect(steps(plan)).toEqual([
			`disable_account crm/user ${at}`,
			`disable_account erp/user ${at}`,
			`disable_account slack/member ${at}`,
			`revoke_sessions erp ${at}`,
			`revoke_tokens erp ${at}`,
			`remove_from_group slack/all ${at}`,
			`transfer_ownership erp ${at}`,
		]);
		expect(plan.actions.every(({ approval, inferred }) => approval === undefined && inferred === undefined)).toBe(true);
		expect(plan.actions.every(({ verifyBy }) => verifyBy === '2026-11-21T10:15:00.000Z')).toBe(true);
		expect(plan.actions.at(-1)?.content.transferTo).toBe('boss@acme.example');
		world.run(at);
		expect(world.held).toEqual([]);
		expect(world.preview('2026-11-21T11:00:00.000Z')).toMatchObject({ actions: [], superseded: [] });
	});

	it.each([
		['2026-10-25', '2026-10-25T23:00:00.000Z'],
		['2027-03-28', '2027-03-28T22:00:00.000Z'],
	])('6: a leave at the end of %s is due when that day ends', (_day, end) => {
		const asOf = '2026-10-01T00:00:00.000Z';
		const world = new World().know(timeline('Mallory', [[HIRED, { department: 'Sales' }]]));
		world.settle(asOf);
		world.know(timeline('Mallory', [[HIRED, { department: 'Sales' }]], [{ from: HIRED, until: end }]));
		const plan = world.plan(asOf);
		expect(plan.actions.map(({ content }) => content.dueAt)).toEqual([end, end, end]);
		expect(plan.actions.every(({ inferred }) => inferred === undefined)).toBe(true);
	});

	it('7: a backdated move grants now, revokes what should have ended and reports the exposure', () => {
		const world = new World().know(timeline('Bob', [[HIRED, { department: 'Sales' }]]));
		world.settle();
		const before = JSON.stringify(world.held);
		const moved = '2026-11-01T00:00:00.000Z';
		const asOf = '2026-11-25T09:00:00.000Z';
		world.held = world.held.map((grant) => ({ ...grant, validFrom: HIRED }));
		world.know(
			timeline('Bob', [
				[HIRED, { department: 'Sales' }],
				[moved, { department: 'Engineering' }],
			]),
		);
		const plan = world.plan(asOf, { effectiveAt: moved });
		// Due with the move itself, which is due now, and the same on every run.
		expect(steps(plan)).toEqual([`disable_account crm/user ${moved}`, `create_account github/member ${moved}`]);
		expect(plan.actions.every(({ content }) => content.dueAt <= asOf)).toBe(true);
		expect(plan.exposures).toEqual([{ identityId: 'idn_bob', entitlement: 'crm/user', from: moved, until: asOf }]);
		expect(plan.actions[0]?.risk?.factors.map(({ factor }) => factor)).toEqual(['backdated']);
		expect(before).toContain('crm/user');
	});

	it.each([
		['at its own reception is no exposure', '2026-11-25T09:00:00.000Z', '2026-11-25T09:00:00.005Z', 0],
		['that was learnt two minutes late is one', '2026-11-25T09:00:00.000Z', '2026-11-25T09:02:00.000Z', 3],
	])('6: a leave at once %s', (_what, end, asOf, exposures) => {
		const world = new World().know(timeline('Bob', [[HIRED, { department: 'Sales' }]]));
		world.settle();
		world.held = world.held.map((grant) => ({ ...grant, validFrom: HIRED }));
		world.know(timeline('Bob', [[HIRED, { department: 'Sales' }]], [{ from: HIRED, until: end, immediate: true }]));
		const plan = world.plan(asOf);
		expect(plan.actions.every(({ content }) => content.dueAt <= asOf)).toBe(true);
		expect(plan.exposures).toHaveLength(exposures);
	});

	it('8: Finance, Sales, Engineering and Finance again in one day plan nothing', () => {
		const world = new World().know(timeline('Eve', [[HIRED, { department: 'Finance' }]]));
		world.settle('2026-11-19T00:00:00.000Z');
		const moves = [
			[HIRED, { department: 'Finance' }],
			['2026-11-20T07:00:00.000Z', { department: 'Sales' }],
			['2026-11-20T08:00:00.000Z', { department: 'Engineering' }],
			['2026-11-20T08:30:00.000Z', { department: 'Finance' }],
		] as const;
		world.know(timeline('Eve', moves));
		const plan = world.plan();
		expect(plan).toMatchObject({ actions: [], superseded: [], kept: [], grantChanges: { open: [], close: [] } });
		expect(plan.people).toEqual({ total: 1, unchanged: 1 });
	});

	it('9: one set of assignments gives the same plan, whichever version of the contract came first', () => {
		const versions = [
			assigned('Ada', 'crm/us', contract('MSA/people'), '2026-11-01T00:00:00.000Z', '2026-11-10T00:00:00.000Z'),
			assigned('Ada', 'crm/us', contract('MSA/people'), '2026-11-15T00:00:00.000Z', '2027-01-31T23:00:00.000Z'),
			assigned('Ada', 'crm/user', contract('MSA/people'), '2026-11-01T00:00:00.000Z', '2027-01-31T23:00:00.000Z'),
		];
		const hashes = [versions, [...versions].reverse()].map((assignments) => {
			const world = new World().know({ ...timeline('Ada', [[HIRED, { department: 'Legal' }]]) });
			world.assignments = assignments;
			return world.plan().actions.map(({ hash }) => hash);
		});
		expect(hashes[0]).toEqual(hashes[1]);
		expect(hashes[0]?.length).toBeGreaterThan(0);
	});

	it('10: what an amendment gave and a rule earns by now stays when the amendment is voided', () => {
		const world = new World();
		world.know(timeline('Ada', [[HIRED, { department: 'Legal' }]]));
		world.assignments = [assigned('Ada', 'crm/us', contract('MSA/people'), HIRED)];
		world.settle();
		const rules = [...(company().policy.rules ?? []), { id: 'us', when: { department: 'Legal' }, grant: ['crm/us'] }];
		world.policy = company({ rules });
		expect(world.plan('2026-11-21T00:00:00.000Z').actions).toEqual([]);
		world.assignments = [];
		const plan = world.plan('2026-11-22T00:00:00.000Z');
		expect(plan.actions).toEqual([]);
		expect(plan.grantChanges.close).toEqual([expect.objectContaining({ sourceRef: 'MSA/people' })]);
		expect(world.held.filter(({ entitlement }) => entitlement === 'crm/us').map(({ source }) => source.ref)).toEqual([
			'us',
		]);
	});

	it('10: a voided amendment takes away only what only it gave', () => {
		const world = new World().know(timeline('Ada', [[HIRED, { department: 'Sales' }]]));
		world.assignments = [
			assigned('Ada', 'crm/user', contract('MSA/people'), HIRED),
			assigned('Ada', 'crm/us', contract('MSA/people'), HIRED),
		];
		world.settle();
		world.assignments = [];
		const plan = world.plan('2026-11-21T00:00:00.000Z');
		expect(steps(plan)).toEqual(['remove_from_group crm/us 2026-11-21T00:00:00.000Z']);
		expect(plan.actions[0]?.inferred).toBe(true);
	});

	it.each([
		['at the instant at which the other ends', '2026-12-01T00:00:00.000Z', 0],
		['one second earlier', '2026-11-30T23:59:59.000Z', 1],
	])('11: approving from %s', (_when, from, withheld) => {
		const until = '2026-12-01T00:00:00.000Z';
		const world = new World().know(timeline('Eve', [[HIRED, { department: 'Legal' }]]));
		world.assignments = [
			assigned('Eve', 'erp/create', contract('A/creators'), HIRED, until),
			assigned('Eve', 'erp/approve', contract('B/approvers'), from),
		];
		const access = world.access('idn_eve');
		expect(access.withheld).toHaveLength(withheld);
		expect(access.holdings.get('erp/approve')?.map((each) => each.from)).toEqual([until]);
		expect(steps(world.plan())).toContain(`assign_role erp/approve ${until}`);
	});

	it('12: an end that occurs twice is due at the earlier instant that the timeline gives', () => {
		const end = '2026-10-25T00:30:00.000Z';
		const world = new World().know(timeline('Bob', [[HIRED, { department: 'Sales' }]], [{ from: HIRED, until: end }]));
		const plan = world.plan('2026-10-01T00:00:00.000Z');
		expect(plan.actions.filter(({ content }) => content.dueAt === end)).toHaveLength(3);
	});
});
