import { discover } from '../../../core/scim';
import { ANN, rolesOn } from './support/role-stage';
import { edit, outcomes, Stage } from './support/stage';

const stage = Stage.set();
const { give, take, withRoles, rolesOf, expectNothingLeft } = rolesOn(stage);

describe('what the application says of itself', () => {
	type Schema = { id: string; attributes: Array<Record<string, unknown>> };
	const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
	const saying = (change: (user: Schema) => void): void =>
		stage.proxy.fault(({ path }) =>
			path.startsWith('/Schemas')
				? { rewrite: edit((schema) => (schema['id'] === USER ? change(schema as Schema) : undefined)) }
				: undefined,
		);
	const without =
		(...names: string[]) =>
		(user: Schema): void => {
			user.attributes = user.attributes.filter(({ name }) => !names.includes(String(name)));
		};

	test('without roles and entitlements everything about roles is refused before anything is sent; accounts are not', async () => {
		saying(without('roles', 'entitlements'));
		await discover(stage.connection.client);
		stage.create(ANN);
		give('VendorCreate');
		take('VendorRead', 'bob@x.example');
		const before = stage.proxy.seen.length;
		const report = await stage.apply();
		expect(report.results.map(({ outcome }) => outcome)).toEqual(['verified', 'failed', 'failed']);
		expect(report.results[1]).toMatchObject({
			code: 'INPUT_INVALID',
			note: expect.stringContaining('neither "roles" nor "entitlements"') as string,
			remedy: expect.stringContaining('group') as string,
		});
		expect(stage.proxy.seen.slice(before).some(({ body }) => body.includes('Vendor'))).toBe(false);
		expect(stage.ledger.journal).toHaveLength(1);
	});

	test('with entitlements alone these are what roles are', async () => {
		saying(without('roles'));
		await discover(stage.connection.client);
		const id = stage.server.addUser({ userName: ANN, entitlements: [{ value: 'seat' }] });
		give('VendorCreate');
		take('seat');
		expect(outcomes(await stage.apply())).toEqual(['verified 1', 'verified 1']);
		expect(rolesOf(id, 'entitlements')).toEqual([{ value: 'VendorCreate' }]);
		await expectNothingLeft();
	});

	test('roles that nobody may change are refused', async () => {
		saying((user) => {
			for (const each of user.attributes)
				if (each['name'] === 'roles' || each['name'] === 'entitlements') each['mutability'] = 'readOnly';
		});
		await discover(stage.connection.client);
		withRoles();
		give('VendorCreate');
		expect((await stage.apply()).results).toMatchObject([{ outcome: 'failed', code: 'INPUT_INVALID' }]);
		expect(stage.proxy.writes()).toEqual([]);
	});

	test('an application that is documented to let only other attributes be changed is not asked (Sentry, GitLab)', async () => {
		stage.connection.client.learn({ mutableUser: ['active'] }, 'test');
		withRoles();
		give('VendorCreate');
		expect((await stage.apply()).results).toMatchObject([{ outcome: 'failed', code: 'INPUT_INVALID' }]);
		expect(stage.proxy.seen.every(({ method }) => method === 'GET')).toBe(true);
	});

	test('where case matters, a role in other letters is another role', async () => {
		saying((user) => {
			const roles = user.attributes.find(({ name }) => name === 'roles');
			for (const sub of (roles?.['subAttributes'] ?? []) as Array<Record<string, unknown>>) sub['caseExact'] = true;
		});
		await discover(stage.connection.client);
		const id = withRoles({ value: 'vendorcreate' });
		give('VendorCreate');
		expect(outcomes(await stage.apply())).toEqual(['verified 1']);
		expect(rolesOf(id)).toEqual([{ value: 'vendorcreate' }, { value: 'VendorCreate' }]);
	});

	test('roles that are never shown are sent and called applied', async () => {
		saying((user) => {
			for (const each of user.attributes) if (each['name'] === 'roles') each['returned'] = 'never';
		});
		await discover(stage.connection.client);
		const id = withRoles({ value: 'Old' });
		stage.proxy.fault(({ path }) =>
			path.startsWith('/Users') ? { rewrite: edit((user) => Reflect.deleteProperty(user, 'roles')) } : undefined,
		);
		give('VendorCreate');
		take('Old');
		const report = await stage.apply();
		expect(outcomes(report)).toEqual(['applied 1', 'applied 1']);
		expect(stage.ledger.journal.map(({ before }) => before)).toMatchObject([{ held: null }, { held: null }]);
		expect(rolesOf(id)).toEqual([{ value: 'VendorCreate' }]);
	});
});
