import { Stage, outcomes, without } from './support/stage';

const stage = Stage.set();

describe('memberships', () => {
	test('one PATCH a group carries all adds and removals of the run', async () => {
		const [ann, bob, eve, old] = ['ann', 'bob', 'eve', 'old'].map((name) =>
			stage.server.addUser({ userName: `${name}@x.example` }),
		);
		const group = stage.server.addGroup('engineering', [eve ?? '', old ?? '']);
		stage.forPerson('ann@x.example', 'add_to_group', { target: 'engineering' });
		stage.forPerson('bob@x.example', 'add_to_group', { target: 'engineering' });
		stage.forPerson('eve@x.example', 'remove_from_group', { target: 'engineering' });
		const report = await stage.apply();
		expect(outcomes(report)).toEqual(['verified 1', 'verified 1', 'verified 1']);
		expect(stage.server.membersOf(group).sort()).toEqual([ann, bob, old].sort());
		expect(stage.proxy.writes()).toHaveLength(1);
		expect(JSON.parse(stage.proxy.writes()[0]?.body ?? '')).toMatchObject({
			Operations: [
				{ op: 'remove', path: `members[value eq "${eve ?? ''}"]` },
				{ op: 'add', path: 'members', value: [{ value: ann }, { value: bob }] },
			],
		});
		expect(stage.ledger.journal[2]?.before).toMatchObject({ group: { id: group }, memberId: eve, member: true });
	});

	test('a joiner is created first and then put into groups, a leaver disabled first and then taken out', async () => {
		const leaver = stage.server.addUser({ userName: 'lea@x.example' });
		const group = stage.server.addGroup('staff', [leaver]);
		stage.forPerson('lea@x.example', 'remove_from_group', { target: 'staff' });
		stage.forPerson('ann@x.example', 'add_to_group', { target: 'staff' });
		stage.forPerson('lea@x.example', 'disable_account');
		stage.create('ann@x.example');
		const report = await stage.apply();
		expect(outcomes(report)).toEqual(Array(4).fill('verified 1'));
		expect(stage.proxy.writes().map(({ method, path }) => `${method} ${path}`)).toEqual([
			`PATCH /Users/${leaver}`,
			'POST /Users',
			`PATCH /Groups/${group}`,
		]);
		expect(stage.server.membersOf(group)).toEqual([stage.server.user('ann@x.example')?.id]);
	});

	test('a missing group fails, is not created, and stops nobody else', async () => {
		const bob = stage.server.addUser({ userName: 'bob@x.example' });
		const group = stage.server.addGroup('staff');
		stage.forPerson('bob@x.example', 'add_to_group', { target: 'nowhere' });
		stage.forPerson('bob@x.example', 'add_to_group', { target: 'staff' });
		const report = await stage.apply();
		expect(outcomes(report)).toEqual(['failed 0', 'verified 1']);
		expect(report.results[0]?.remedy).toContain('Create the group');
		expect(stage.server.groups.size).toBe(1);
		expect(stage.server.membersOf(group)).toEqual([bob]);
	});

	test('a group whose name differs in case is not taken for the one meant', async () => {
		stage.server.addUser({ userName: 'bob@x.example' });
		stage.server.addGroup('Admins');
		stage.forPerson('bob@x.example', 'add_to_group', { target: 'admins' });
		const report = await stage.apply();
		expect(report.results[0]).toMatchObject({ outcome: 'failed', writes: 0 });
		expect(stage.proxy.writes()).toEqual([]);
	});

	test('memberships of a person whose account failed are not given; those of others are', async () => {
		const bob = stage.server.addUser({ userName: 'bob@x.example' });
		const group = stage.server.addGroup('staff');
		stage.create('ann@x.example');
		stage.forPerson('ann@x.example', 'add_to_group', { target: 'staff' });
		stage.forPerson('bob@x.example', 'add_to_group', { target: 'staff' });
		stage.proxy.fault(({ method }) =>
			method === 'POST' ? { status: 400, body: '{"scimType":"invalidValue","detail":"no"}' } : undefined,
		);
		const report = await stage.apply();
		expect(outcomes(report)).toEqual(['failed 1', 'failed 0', 'verified 1']);
		expect(report.results[1]?.note).toContain('could not be brought into place');
		expect(stage.server.membersOf(group)).toEqual([bob]);
	});

	test('a leaver whose deactivation fails still loses the groups', async () => {
		const lea = stage.server.addUser({ userName: 'lea@x.example' });
		const group = stage.server.addGroup('staff', [lea]);
		stage.forPerson('lea@x.example', 'disable_account');
		stage.forPerson('lea@x.example', 'remove_from_group', { target: 'staff' });
		stage.proxy.fault(({ method, path }) =>
			method === 'PATCH' && path.startsWith('/Users') ? { status: 403 } : undefined,
		);
		expect(outcomes(await stage.apply())).toEqual(['failed 1', 'verified 1']);
		expect(stage.server.membersOf(group)).toEqual([]);
	});

	test('a membership change that is answered 200 and not applied fails, also for the first member', async () => {
		const bob = stage.server.addUser({ userName: 'bob@x.example' });
		stage.server.addGroup('other', [bob]);
		stage.server.addGroup('staff');
		stage.forPerson('bob@x.example', 'add_to_group', { target: 'staff' });
		stage.proxy.fault(({ method }) => (method === 'PATCH' ? { status: 200, body: '{}' } : undefined));
		const report = await stage.apply();
		expect(report.results[0]).toMatchObject({ outcome: 'failed', code: 'SCIM_NOT_APPLIED' });
	});

	test('hidden members are asked for by filter', async () => {
		const bob = stage.server.addUser({ userName: 'bob@x.example' });
		const group = stage.server.addGroup('staff');
		stage.forPerson('bob@x.example', 'add_to_group', { target: 'staff' });
		stage.proxy.fault(({ method, path }) =>
			method === 'GET' && path.startsWith('/Groups') ? { rewrite: without('members') } : undefined,
		);
		const report = await stage.apply();
		expect(outcomes(report)).toEqual(['verified 1']);
		expect(stage.server.membersOf(group)).toEqual([bob]);
	});

	test('hidden members that nothing confirms are applied, and said to be unconfirmed', async () => {
		stage.server.addUser({ userName: 'bob@x.example' });
		stage.server.addGroup('staff');
		stage.forPerson('bob@x.example', 'add_to_group', { target: 'staff' });
		stage.proxy.fault(({ method, path }) => {
			if (method !== 'GET' || !path.startsWith('/Groups')) return undefined;
			return path.includes('members.value')
				? { status: 400, body: '{"scimType":"invalidFilter"}' }
				: { rewrite: without('members') };
		});
		const report = await stage.apply();
		expect(report.results[0]).toMatchObject({
			outcome: 'applied',
			writes: 1,
			note: expect.stringContaining('does not show') as unknown,
		});
	});

	test('a removal from a group that may hide its members is sent, and said to be unconfirmed', async () => {
		const bob = stage.server.addUser({ userName: 'bob@x.example' });
		const group = stage.server.addGroup('staff', [bob]);
		stage.forPerson('bob@x.example', 'remove_from_group', { target: 'staff' });
		stage.proxy.fault(({ method, path }) =>
			method === 'GET' && path.startsWith('/Groups') ? { rewrite: without('members') } : undefined,
		);
		expect(outcomes(await stage.apply())).toEqual(['applied 1']);
		expect(stage.server.membersOf(group)).toEqual([]);
	});

	test('one bad member among many does not keep the others out', async () => {
		const ids = ['a', 'b', 'c', 'd', 'e'].map((name) => stage.server.addUser({ userName: `${name}@x.example` }));
		const group = stage.server.addGroup('staff');
		for (const name of ['a', 'b', 'c', 'd', 'e'])
			stage.forPerson(`${name}@x.example`, 'add_to_group', { target: 'staff' });
		stage.proxy.fault(({ method, body }) =>
			method === 'PATCH' && body.includes(`"${ids[2] ?? ''}"`)
				? { status: 400, body: '{"detail":"unknown member"}' }
				: undefined,
		);
		const report = await stage.apply();
		expect(report.results.map(({ outcome }) => outcome)).toEqual([
			'verified',
			'verified',
			'failed',
			'verified',
			'verified',
		]);
		expect(stage.server.membersOf(group).sort()).toEqual(ids.filter((id) => id !== ids[2]).sort());
	});

	test('an add with a lost answer is not sent twice: scimmy would list the member twice', async () => {
		const bob = stage.server.addUser({ userName: 'bob@x.example' });
		const group = stage.server.addGroup('staff');
		stage.forPerson('bob@x.example', 'add_to_group', { target: 'staff' });
		stage.proxy.once(({ method }) => method === 'PATCH', 'reset-after');
		expect(outcomes(await stage.apply())).toEqual(['verified 1']);
		expect(stage.server.membersOf(group)).toEqual([bob]);
	});
});
