import { ANN, rolesOn } from './support/role-stage';
import { outcomes, Stage } from './support/stage';

const stage = Stage.set();
const { give, take, withRoles, rolesOf, writes, operations, expectNothingLeft } = rolesOn(stage);

describe('roles over SCIM', () => {
	test('all changes of one account are one PATCH that names each role, and no other role is touched', async () => {
		const other = { value: 'r-7', display: 'Auditor', primary: true };
		const id = withRoles(other, { value: 'VendorApprove' }, { value: 'Old' });
		give('VendorCreate');
		give('VendorRead');
		take('VendorApprove');
		const report = await stage.apply();
		expect(outcomes(report)).toEqual(['verified 1', 'verified 1', 'verified 1']);
		expect(writes()).toEqual([`PATCH /Users/${id}`]);
		expect(operations()).toEqual([
			[
				{ op: 'remove', path: 'roles[value eq "VendorApprove"]' },
				{ op: 'add', path: 'roles', value: [{ value: 'VendorCreate' }, { value: 'VendorRead' }] },
			],
		]);
		expect(rolesOf(id)).toEqual([other, { value: 'Old' }, { value: 'VendorCreate' }, { value: 'VendorRead' }]);
		expect(stage.server.users.get(id)).toMatchObject({ title: 'Kept', active: true });
		await expectNothingLeft();
	});

	test('the journal has each role before and after, and what was there already costs no write', async () => {
		const id = withRoles({ value: 'VendorCreate' });
		const [given, had, taken] = [give('VendorRead'), give('VendorCreate'), take('Never')];
		const report = await stage.apply();
		expect(outcomes(report)).toEqual(['verified 1', 'verified 0', 'verified 0']);
		const role = { accountId: id, attribute: 'roles' };
		expect(stage.ledger.journal).toEqual([
			{ actionId: given, before: { ...role, role: 'VendorRead', held: false } },
			{ actionId: had, before: { ...role, role: 'VendorCreate', held: true } },
			{ actionId: taken, before: { ...role, role: 'Never', held: false } },
		]);
		expect(report.results[0]).toMatchObject({ after: { ...role, role: 'VendorRead', held: true } });
		expect(report.results[0]?.account).toMatchObject({ remoteId: id, userName: ANN });
	});

	test('the last role leaves nothing behind', async () => {
		const id = withRoles({ value: 'VendorCreate' });
		take('VendorCreate');
		expect(outcomes(await stage.apply())).toEqual(['verified 1']);
		expect(rolesOf(id)).toEqual([]);
		await expectNothingLeft();
	});

	test('a role is known by its value, or by the name that the application shows for it', async () => {
		const id = withRoles({ value: 'r-1', display: 'Vendor Create' }, { value: 'r-2', display: 'Vendor Approve' });
		give('vendor create');
		take('Vendor Approve');
		expect(outcomes(await stage.apply())).toEqual(['verified 0', 'verified 1']);
		expect(operations()).toEqual([[{ op: 'remove', path: 'roles[value eq "r-2"]' }]]);
		expect(rolesOf(id)).toEqual([{ value: 'r-1', display: 'Vendor Create' }]);
	});

	test('two roles of one name are not told apart by guessing', async () => {
		const id = withRoles({ value: 'r-1', display: 'Admin' }, { value: 'r-2', display: 'Admin' });
		take('Admin');
		expect((await stage.apply()).results).toMatchObject([{ outcome: 'failed', code: 'SCIM_AMBIGUOUS' }]);
		expect(rolesOf(id)).toHaveLength(2);
		expect(stage.proxy.writes()).toEqual([]);
	});

	test('a new account brings its roles along: one request, and each action says that it was written', async () => {
		stage.create(ANN);
		give('VendorCreate');
		give('VendorRead');
		expect(outcomes(await stage.apply())).toEqual(['verified 1', 'verified 1', 'verified 1']);
		expect(writes()).toEqual(['POST /Users']);
		expect(stage.server.user(ANN)?.['roles']).toEqual([{ value: 'VendorCreate' }, { value: 'VendorRead' }]);
		await expectNothingLeft();
	});

	test('a role that the application refuses costs nobody the account, nor the other role', async () => {
		stage.create(ANN);
		give('Good');
		give('Bad');
		stage.proxy.fault(({ body }) =>
			body.includes('Bad') ? { status: 400, body: '{"detail":"no such role"}' } : undefined,
		);
		const report = await stage.apply();
		expect(report.results.map(({ outcome }) => outcome)).toEqual(['verified', 'verified', 'failed']);
		expect(report.results[2]?.note).toContain('no such role');
		expect(stage.server.user(ANN)?.['roles']).toEqual([{ value: 'Good' }]);
	});

	test('who leaves is disabled first, and loses roles even where disabling fails', async () => {
		const id = withRoles({ value: 'VendorCreate' }, { value: 'Other' });
		stage.forPerson(ANN, 'disable_account');
		take('VendorCreate');
		stage.proxy.fault(({ body }) => (body.includes('"active"') ? { status: 403 } : undefined));
		expect((await stage.apply()).results.map(({ outcome }) => outcome)).toEqual(['failed', 'verified']);
		expect(rolesOf(id)).toEqual([{ value: 'Other' }]);
		stage.proxy.reset();
		expect(outcomes(await stage.apply())).toEqual(['verified 1', 'verified 0']);
		expect(stage.server.users.get(id)).toMatchObject({ active: false, roles: [{ value: 'Other' }] });
	});

	test('nobody gets a role without an account, and who has none has no role', async () => {
		give('VendorCreate');
		take('VendorCreate', 'bob@x.example');
		const report = await stage.apply();
		expect(report.results).toMatchObject([
			{ outcome: 'failed', remedy: expect.stringContaining('account') as string },
			{ outcome: 'verified', writes: 0, note: 'no account, so no role' },
		]);
		expect(stage.proxy.writes()).toEqual([]);
	});

	test('giving and taking one role at once is refused, and so is an action that names none', async () => {
		withRoles();
		give('A');
		take('A');
		stage.forPerson(ANN, 'assign_role');
		expect((await stage.apply()).results.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed']);
		expect(stage.proxy.writes()).toEqual([]);
	});

	test('a role that is taken back from another account than it was given to is a conflict', async () => {
		const id = withRoles({ value: 'VendorCreate' });
		const action = take('VendorCreate');
		const after = { accountId: 'another', attribute: 'roles', role: 'VendorCreate', held: true };
		const open = stage.ledger.open.get(action);
		if (open !== undefined) stage.ledger.open.set(action, { ...open, precondition: { after } });
		expect((await stage.apply()).results).toMatchObject([{ outcome: 'conflict', writes: 0 }]);
		expect(rolesOf(id)).toEqual([{ value: 'VendorCreate' }]);
	});
});
