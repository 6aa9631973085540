import { discover } from '../../../core/scim';
import { connect } from './support/client';
import type { Fault, SeenRequest } from './support/fault-proxy';
import { edit, outcomes, Stage } from './support/stage';

const stage = Stage.set();
const ANN = 'ann@x.example';

interface Operation {
	op: string;
	path?: string;
	value?: unknown;
}

const give = (role: string, email = ANN): string => stage.forPerson(email, 'assign_role', { target: role });
const take = (role: string, email = ANN): string => stage.forPerson(email, 'remove_role', { target: role });
const withRoles = (...roles: object[]): string => stage.server.addUser({ userName: ANN, title: 'Kept', roles });
const rolesOf = (id: string, name = 'roles'): unknown => stage.server.users.get(id)?.[name] ?? [];
const writes = (): string[] => stage.proxy.writes().map(({ method, path }) => `${method} ${path}`);
const operations = (): Operation[][] =>
	stage.proxy.writes().map(({ body }) => (JSON.parse(body) as { Operations: Operation[] }).Operations);
const isPatch = ({ method }: SeenRequest): boolean => method === 'PATCH';

async function expectNothingLeft(): Promise<void> {
	stage.proxy.reset();
	const again = await stage.apply();
	expect(again.results.map(({ outcome }) => outcome)).toEqual(again.results.map(() => 'verified'));
	expect(stage.proxy.writes()).toEqual([]);
}

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

describe('servers that take roles their own way', () => {
	const kept = { value: 'r-7', display: 'Auditor', primary: true };
	const isElement = ({ op, path }: Operation): boolean => path !== undefined && (op === 'add' || path.includes('['));
	const isList = ({ op, path }: Operation): boolean => op === 'replace' && path === 'roles';
	const patchOf = ({ body }: SeenRequest): Operation[] => (JSON.parse(body) as { Operations: Operation[] }).Operations;
	/** Forms that are refused, or answered 200 and not carried out. */
	const never =
		(answer: Fault, ...forms: Array<(operation: Operation) => boolean>) =>
		(request: SeenRequest): Fault =>
			isPatch(request) && patchOf(request).some((operation) => forms.some((form) => form(operation)))
				? answer
				: undefined;

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
			isPatch(request) && patchOf(request).some(isElement)
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
