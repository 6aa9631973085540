import { connect } from './support/client';
import type { Fault } from './support/fault-proxy';
import { ANN, isElement, isList, isPatch, never, operationsOf, rolesOn, type Operation } from './support/role-stage';
import { edit, outcomes, Stage } from './support/stage';

const stage = Stage.set();
const { give, take, withRoles, rolesOf, writes, expectNothingLeft } = rolesOn(stage);

describe('servers that take roles their own way', () => {
	const kept = { value: 'r-7', display: 'Auditor', primary: true };

	test.each<[string, Fault]>([
		['answered 200 and not carried out', { status: 200, body: '{}' }],
		['refused', { status: 400, body: '{}' }],
		['not implemented', { status: 500, body: '{}' }],
	])('roles by themselves are %s: the whole list goes instead, which is remembered', async (_, answer) => {
		const id = withRoles(kept, { value: 'Old' });
		give('VendorCreate');
		take('Old');
		stage.proxy.fault(never(answer, isElement));
		const report = await stage.apply();
		expect(report.results.map(({ outcome }) => outcome)).toEqual(['verified', 'verified']);
		expect(rolesOf(id)).toEqual([kept, { value: 'VendorCreate' }]);
		expect(report.profile.capabilities.roleForm).toBe('path');
		expect(report.profile.basis.roleForm?.from).toBe('learned');

		const bob = stage.server.addUser({ userName: 'bob@x.example', roles: [kept] });
		stage.ledger.open.clear();
		give('VendorCreate', 'bob@x.example');
		const from = stage.proxy.writes().length;
		expect(outcomes(await stage.apply())).toEqual(['verified 1']);
		expect(writes().slice(from)).toEqual([`PATCH /Users/${bob}`]);
		expect(rolesOf(bob)).toEqual([kept, { value: 'VendorCreate' }]);
	});

	test.each<[string, Array<(operation: Operation) => boolean>, string[]]>([
		// What comes without a path is added: that gives roles, and takes none.
		['without a path', [isElement, isList], ['PATCH', 'PATCH', 'PATCH']],
		['by PUT', [() => true], ['PATCH', 'PATCH', 'PATCH', 'PUT']],
	])(
		'what is accepted in other forms and never carried out goes %s, and nobody loses a role',
		async (_, forms, sent) => {
			const id = withRoles(kept, { value: 'Old' });
			give('VendorCreate');
			const isTaking = sent.includes('PUT');
			if (isTaking) take('Old');
			stage.proxy.fault(never({ status: 200, body: '{}' }, ...forms));
			const report = await stage.apply();
			expect(report.results.every(({ outcome }) => outcome === 'verified')).toBe(true);
			const roles = [kept, ...(isTaking ? [] : [{ value: 'Old' }]), { value: 'VendorCreate' }];
			expect(stage.server.users.get(id)).toMatchObject({ title: 'Kept', roles });
			expect(writes().map((line) => line.split(' ')[0])).toEqual(sent);
		},
	);

	test('a whole list is written after a fresh read: what somebody gave in the meantime stays', async () => {
		const id = withRoles(kept);
		give('VendorCreate');
		stage.connection.client.learn({ roleForm: 'path' }, 'test');
		stage.ledger.onJournal = () => {
			stage.server.users.set(id, { ...stage.server.users.get(id), id, roles: [kept, { value: 'Meanwhile' }] });
		};
		expect(outcomes(await stage.apply())).toEqual(['verified 1']);
		expect(rolesOf(id)).toEqual([kept, { value: 'Meanwhile' }, { value: 'VendorCreate' }]);
	});

	test('without any PATCH the account is put as a whole, with everything that it has', async () => {
		const id = withRoles(kept, { value: 'Old' });
		give('VendorCreate');
		take('Old');
		stage.proxy.fault((request) => (isPatch(request) ? { status: 501 } : undefined));
		const report = await stage.apply();
		expect(report.results.map(({ outcome }) => outcome)).toEqual(['verified', 'verified']);
		expect(writes().map((line) => line.split(' ')[0])).toEqual(['PATCH', 'PUT']);
		expect(stage.server.users.get(id)).toMatchObject({ title: 'Kept', roles: [kept, { value: 'VendorCreate' }] });
	});

	test('where nothing carries it out, it is failed, says so, and is not tried in all forms for everybody', async () => {
		const names = ['ann', 'bob', 'cid'].map((name) => `${name}@x.example`);
		for (const userName of names) stage.server.addUser({ userName, roles: [kept] });
		for (const email of names) give('Unknown', email);
		const ignore = edit((user) => {
			if (Array.isArray(user['roles'])) user['roles'] = [kept];
		});
		stage.proxy.fault((request) => (request.method === 'GET' ? { rewrite: ignore } : { status: 200, body: '{}' }));
		const alone = connect(stage.proxy.baseUrl, { limits: { concurrency: 1 } });
		const report = await stage.apply({ client: alone.client });
		alone.close();
		expect(report.results).toMatchObject(Array(3).fill({ outcome: 'failed', code: 'SCIM_NOT_APPLIED' }));
		expect(report.results[0]?.note).toContain('"Unknown"');
		expect(stage.proxy.writes()).toHaveLength(4 + 1 + 1);
	});

	test('a removal that takes all roles along: the others are put back at once, and the form is not used again', async () => {
		const id = withRoles(kept, { value: 'Old' }, { value: 'Other' });
		take('Old');
		stage.proxy.fault((request) =>
			isPatch(request) && operationsOf(request).some(isElement)
				? {
						forward: { body: request.body.replace(/roles\[.*?\]"/, 'roles"') },
						rewrite: (answer) => answer,
					}
				: undefined,
		);
		const report = await stage.apply();
		expect(outcomes(report)).toEqual(['verified 1']);
		expect(rolesOf(id)).toEqual([kept, { value: 'Other' }]);
		expect(report.profile.capabilities.roleForm).toBe('path');
	});

	test('an application that keeps one role an account gets its old one back, and the action says so', async () => {
		const id = withRoles(kept);
		give('VendorCreate');
		const keepOne = (): void => {
			const user = stage.server.users.get(id);
			const roles = (user?.['roles'] ?? []) as unknown[];
			if (roles.length > 1) stage.server.users.set(id, { ...user, id, roles: roles.slice(-1) });
		};
		stage.proxy.fault(() => {
			keepOne();
			return undefined;
		});
		const [result] = (await stage.apply()).results;
		expect(result).toMatchObject({ outcome: 'failed', code: 'SCIM_NOT_APPLIED' });
		expect(result?.note).toContain('one role');
		expect(rolesOf(id)).toEqual([kept]);
	});

	test('a name with a quote, which the server can’t read in a filter, goes all the same', async () => {
		const id = withRoles({ value: 'the "A" role' }, kept);
		take('the "A" role');
		expect((await stage.apply()).results.map(({ outcome }) => outcome)).toEqual(['verified']);
		expect(rolesOf(id)).toEqual([kept]);
	});

	test.each<[string, (nth: number) => Fault]>([
		['lost before the work', () => 'reset'],
		['lost after the work', () => 'reset-after'],
		['answered 503', () => ({ status: 503 })],
		['answered 412', () => ({ status: 412 })],
		['throttled', () => ({ status: 429, headers: { 'retry-after': '1' } })],
	])('a write that is %s is looked at before it is sent again, and no role is there twice', async (_, fault) => {
		const id = withRoles(kept, { value: 'Old' });
		give('VendorCreate');
		take('Old');
		stage.proxy.once(isPatch, fault(1));
		expect((await stage.apply()).results.map(({ outcome }) => outcome)).toEqual(['verified', 'verified']);
		expect(rolesOf(id)).toEqual([kept, { value: 'VendorCreate' }]);
	});

	test('a refusal for good is no matter of form', async () => {
		withRoles(kept);
		give('VendorCreate');
		stage.proxy.fault((request) => (isPatch(request) ? { status: 403, body: '{"detail":"no rights"}' } : undefined));
		expect((await stage.apply()).results).toMatchObject([{ outcome: 'failed', writes: 1 }]);
		expect(stage.proxy.writes()).toHaveLength(1);
	});

	test('the account is deleted meanwhile: what was to be taken is gone, what was to be given failed', async () => {
		const id = withRoles({ value: 'Old' });
		take('Old');
		give('VendorCreate');
		stage.ledger.onJournal = () => void stage.server.users.delete(id);
		expect((await stage.apply()).results.map(({ outcome }) => outcome)).toEqual(['verified', 'failed']);
	});

	test('many people’s roles travel in one bulk request where the application takes them', async () => {
		stage.connection.client.learn({ bulk: { maxOperations: 100, maxPayloadBytes: 1_000_000 } }, 'test');
		const names = ['ann', 'bob', 'cid', 'dan', 'eve', 'fay'].map((name) => `${name}@x.example`);
		const ids = names.map((userName) => stage.server.addUser({ userName, roles: [kept] }));
		for (const email of names) give('VendorCreate', email);
		const report = await stage.apply();
		expect(outcomes(report)).toEqual(Array(6).fill('verified 1'));
		expect(writes()).toEqual(['POST /Bulk']);
		expect(ids.map((id) => rolesOf(id))).toEqual(Array(6).fill([kept, { value: 'VendorCreate' }]));
		await expectNothingLeft();
	});

	test('new accounts bring their roles along in bulk, too; one bad role costs its account nothing', async () => {
		stage.connection.client.learn({ bulk: { maxOperations: 100, maxPayloadBytes: 1_000_000 } }, 'test');
		const names = ['ann', 'bob', 'cid', 'dan', 'eve'].map((name) => `${name}@x.example`);
		for (const email of names) {
			stage.create(email);
			// The server takes a value only as a text.
			give(email === ANN ? 'Bad' : 'VendorCreate', email);
		}
		stage.proxy.fault(({ path, body }) => {
			if (path !== '/Bulk')
				return body.includes('"Bad"') ? { status: 400, body: '{"detail":"no such role"}' } : undefined;
			return { forward: { body: body.replace('{"value":"Bad"}', '{"value":{}}') }, rewrite: (answer) => answer };
		});
		const report = await stage.apply();
		expect(report.results.map(({ outcome }) => outcome)).toEqual([
			...['verified', 'failed'],
			...Array<string>(8).fill('verified'),
		]);
		expect(writes().filter((line) => line === 'POST /Bulk')).toHaveLength(1);
		expect(names.map((name) => stage.server.user(name)?.['roles'] ?? [])).toEqual([
			[],
			...Array<unknown>(4).fill([{ value: 'VendorCreate' }]),
		]);
	});

	test('a listing that leaves roles out is no proof that there are none', async () => {
		const id = withRoles(kept, { value: 'VendorCreate' });
		give('VendorCreate');
		stage.proxy.fault(({ method, path }) =>
			method === 'GET' && path.startsWith('/Users?')
				? { rewrite: edit((user) => Reflect.deleteProperty(user, 'roles')) }
				: undefined,
		);
		expect(outcomes(await stage.apply())).toEqual(['verified 0']);
		expect(stage.ledger.journal).toMatchObject([{ before: { held: true } }]);
		expect(rolesOf(id)).toHaveLength(2);
	});
});
