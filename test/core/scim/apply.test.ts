import { applyActions, type ApplyOptions, type ApplyReport } from '../../../core/scim';
import type { ActionContent } from '../../../core/model';
import { connect, type TestClient } from './support/client';
import { startFaultProxy, type FaultProxy } from './support/fault-proxy';
import { MemoryLedger } from './support/memory-ledger';
import { startScimmy, type ScimServer } from './support/scimmy-server';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

let server: ScimServer;
let proxy: FaultProxy;
let connection: TestClient;
let ledger: MemoryLedger;

beforeAll(async () => {
	server = await startScimmy();
	proxy = await startFaultProxy(server.baseUrl);
});
afterAll(async () => {
	await proxy.close();
	await server.close();
});
beforeEach(() => {
	server.reset();
	proxy.reset();
	ledger = new MemoryLedger();
	connection = connect(proxy.baseUrl);
});
afterEach(() => connection.close());

function apply(options: Partial<ApplyOptions> = {}): Promise<ApplyReport> {
	const claim = { claimedBy: 'test', leaseSeconds: 600, limit: 1000 };
	return applyActions({ ledger, client: connection.client, application: 'app', claim, ...options });
}

function create(email: string, extra: Partial<ActionContent> = {}): string {
	const [name = ''] = email.split('@');
	return ledger.add({
		identityId: `person-${name}`,
		operation: 'create_account',
		match: { userName: email, email },
		attributes: {
			userName: email,
			name: { givenName: name, familyName: 'Test' },
			emails: [{ value: email, type: 'work', primary: true }],
			[ENTERPRISE]: { department: 'Engineering' },
		},
		...extra,
	});
}

function forPerson(email: string, operation: ActionContent['operation'], extra: Partial<ActionContent> = {}): string {
	const [name = ''] = email.split('@');
	return ledger.add({ identityId: `person-${name}`, operation, match: { userName: email, email }, ...extra });
}

const outcomes = (report: ApplyReport): string[] => report.results.map(({ outcome, writes }) => `${outcome} ${writes}`);

describe('creating accounts', () => {
	test('an unknown person gets an account with all mapped attributes, read back', async () => {
		create('ann@x.example');
		const report = await apply();
		expect(outcomes(report)).toEqual(['verified 1']);
		expect(server.user('ann@x.example')).toMatchObject({
			externalId: 'person-ann',
			active: true,
			name: { givenName: 'ann', familyName: 'Test' },
			[ENTERPRISE]: { department: 'Engineering' },
		});
		expect(report.results[0]?.account).toMatchObject({ externalId: 'person-ann', userName: 'ann@x.example' });
		expect(ledger.journal).toEqual([{ actionId: report.results[0]?.actionId, before: null }]);
	});

	test('an account that is there under the same userName is adopted, not created again', async () => {
		const id = server.addUser({ userName: 'Ann@X.example', emails: [{ value: 'ann@x.example' }] });
		create('Ann@X.example');
		const report = await apply();
		expect(report.results[0]).toMatchObject({ outcome: 'verified', writes: 1, account: { remoteId: id } });
		expect(server.users.size).toBe(1);
		expect(proxy.writes().map(({ method }) => method)).toEqual(['PATCH']);
	});

	test("a rehire's inactive account is reactivated and updated in one PATCH", async () => {
		server.addUser({
			userName: 'ann@x.example',
			active: false,
			name: { givenName: 'ann', familyName: 'Old' },
			[ENTERPRISE]: { department: 'Engineering' },
		});
		create('ann@x.example');
		const report = await apply();
		expect(outcomes(report)).toEqual(['verified 1']);
		expect(server.user('ann@x.example')).toMatchObject({ active: true, name: { familyName: 'Test' } });
		const [patch] = proxy.writes();
		const { Operations } = JSON.parse(patch?.body ?? '{}') as { Operations: Array<{ path: string }> };
		expect(Operations.map(({ path }) => path).sort()).toEqual(['active', 'emails', 'name.familyName']);
	});

	test('a conflict that names an account matching did not see is taken over after a full listing', async () => {
		// scimmy compares userName with regard to case, its store does not: the search misses, the POST is refused.
		server.addUser({ userName: 'ANN@x.example' });
		create('ann@x.example');
		const report = await apply();
		expect(report.results[0]).toMatchObject({
			outcome: 'verified',
			note: expect.stringContaining('taken over') as unknown,
		});
		expect(server.users.size).toBe(1);
		expect(proxy.writes().map(({ method }) => method)).toEqual(['POST', 'PATCH']);
	});

	test('a conflict that nobody explains fails and creates nothing', async () => {
		create('ann@x.example');
		proxy.once(({ method }) => method === 'POST', { status: 409, body: '{"status":"409","scimType":"uniqueness"}' });
		const report = await apply();
		expect(report.results[0]).toMatchObject({ outcome: 'failed', code: 'SCIM_FAILED', writes: 1 });
		expect(server.users.size).toBe(0);
	});

	test.each([['reset-after' as const], [{ rewrite: () => ({ status: 502, body: 'bad gateway' }) }]])(
		'a POST whose answer is lost makes no duplicate (%p)',
		async (fault) => {
			create('ann@x.example');
			proxy.once(({ method }) => method === 'POST', fault);
			const report = await apply();
			expect(report.results[0]).toMatchObject({
				outcome: 'verified',
				writes: 1,
				note: expect.stringContaining('looked up') as unknown,
			});
			expect(server.users.size).toBe(1);
		},
	);

	test.each([['reset' as const], [{ status: 503, headers: { 'retry-after': '3' } }]])(
		'a POST that never arrived is looked up, then sent once more (%p)',
		async (fault) => {
			create('ann@x.example');
			proxy.once(({ method }) => method === 'POST', fault);
			const report = await apply();
			expect(outcomes(report)).toEqual(['verified 2']);
			expect(server.users.size).toBe(1);
			const order = proxy.seen.map(({ method }) => method);
			expect(order.slice(order.indexOf('POST'), order.lastIndexOf('POST'))).toContain('GET');
		},
	);

	test('attributes that the application drops silently fail the action by name, with the account reported', async () => {
		create('ann@x.example');
		proxy.fault(({ method }) => (method === 'GET' ? { rewrite: without(ENTERPRISE) } : undefined));
		const report = await apply();
		expect(report.results[0]).toMatchObject({
			outcome: 'failed',
			code: 'SCIM_NOT_APPLIED',
			account: { userName: 'ann@x.example' },
		});
		expect(report.results[0]?.note).toContain(`${ENTERPRISE}:department`);
	});

	test('two identities with one userName create nothing', async () => {
		create('ann@x.example', { identityId: 'one' });
		create('ANN@x.example', { identityId: 'two' });
		const report = await apply();
		expect(report.results.map(({ code }) => code)).toEqual(['SCIM_AMBIGUOUS', 'SCIM_AMBIGUOUS']);
		expect(proxy.writes()).toEqual([]);
	});

	test('an action without any key of the person fails', async () => {
		create('ann@x.example', { match: {}, attributes: {} });
		const report = await apply();
		expect(report.results[0]).toMatchObject({ outcome: 'failed', code: 'INPUT_INVALID' });
		expect(proxy.seen).toEqual([]);
	});
});

describe('updating and disabling accounts', () => {
	test('an update sends what differs and nothing else', async () => {
		const id = server.addUser({
			userName: 'ann@x.example',
			title: 'Engineer',
			name: { givenName: 'Ann', familyName: 'Old' },
		});
		forPerson('ann@x.example', 'update_account', {
			attributes: { userName: 'Ann@X.example', TITLE: 'Engineer', name: { givenName: 'Ann', familyName: 'New' } },
		});
		const report = await apply();
		expect(outcomes(report)).toEqual(['verified 1']);
		expect(proxy.writes().map(({ path, body }) => [path, JSON.parse(body) as unknown])).toEqual([
			[
				`/Users/${id}`,
				{
					schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
					Operations: [{ op: 'replace', path: 'name.familyName', value: 'New' }],
				},
			],
		]);
		expect(ledger.journal[0]?.before).toMatchObject({ name: { familyName: 'Old' } });
	});

	test('an update of a person without account fails with a remedy', async () => {
		forPerson('ann@x.example', 'update_account', { attributes: { title: 'x' } });
		const report = await apply();
		expect(report.results[0]).toMatchObject({ outcome: 'failed', writes: 0 });
		expect(report.results[0]?.remedy).not.toBe('');
	});

	test('a leaver is deactivated and keeps everything else', async () => {
		server.addUser({ userName: 'ann@x.example', title: 'Engineer' });
		forPerson('ann@x.example', 'disable_account');
		expect(outcomes(await apply())).toEqual(['verified 1']);
		expect(server.user('ann@x.example')).toMatchObject({ active: false, title: 'Engineer' });
	});

	test('disabling an account that is inactive or absent writes nothing and is verified', async () => {
		server.addUser({ userName: 'ann@x.example', active: false });
		forPerson('ann@x.example', 'disable_account');
		forPerson('bob@x.example', 'disable_account');
		const report = await apply();
		expect(report.results.map(({ outcome, note }) => [outcome, note])).toEqual([
			['verified', 'already inactive'],
			['verified', 'no account'],
		]);
		expect(proxy.writes()).toEqual([]);
	});

	test('an application that answers 404 for deactivated accounts counts as done', async () => {
		const id = server.addUser({ userName: 'ann@x.example' });
		forPerson('ann@x.example', 'disable_account');
		proxy.fault(({ method }) => {
			if (method === 'PATCH') server.users.delete(id);
			return method === 'PATCH' ? { status: 200, body: '{}' } : undefined;
		});
		expect(outcomes(await apply())).toEqual(['verified 1']);
	});

	test('a 200 that did not deactivate is a failure', async () => {
		server.addUser({ userName: 'ann@x.example' });
		forPerson('ann@x.example', 'disable_account');
		proxy.fault(({ method }) => (method === 'PATCH' ? { status: 200, body: '{}' } : undefined));
		const report = await apply();
		expect(report.results[0]).toMatchObject({ outcome: 'failed', code: 'SCIM_NOT_APPLIED' });
		expect(server.user('ann@x.example')?.['active']).toBe(true);
	});

	test('a read-back from a lagging replica is repeated before it counts', async () => {
		server.addUser({ userName: 'ann@x.example' });
		forPerson('ann@x.example', 'disable_account');
		proxy.fault(({ method }, nth) =>
			method === 'GET' && nth === proxy.seen.findIndex((seen) => seen.method === 'PATCH') + 2
				? { rewrite: active }
				: undefined,
		);
		expect(outcomes(await apply())).toEqual(['verified 1']);
	});

	test('a PATCH with a lost answer is not repeated once the read-back shows it', async () => {
		server.addUser({ userName: 'ann@x.example' });
		forPerson('ann@x.example', 'disable_account');
		proxy.once(({ method }) => method === 'PATCH', 'reset-after');
		expect(outcomes(await apply())).toEqual(['verified 1']);
	});

	test('an account found by its stored id is not searched for, whatever characters the id has', async () => {
		const id = 'a/b c?d#e%2F@x';
		server.addUser({ userName: 'ann@x.example', emails: [{ value: 'ann@x.example' }], externalId: 'person-ann' }, id);
		ledger.add(
			{
				identityId: 'person-ann',
				operation: 'disable_account',
				match: { userName: 'ann@x.example', email: 'ann@x.example' },
			},
			{ remoteId: id, externalId: 'person-ann' },
		);
		expect(outcomes(await apply())).toEqual(['verified 1']);
		expect(server.users.get(id)?.['active']).toBe(false);
		const path = '/Users/a%2Fb%20c%3Fd%23e%252F%40x';
		expect(proxy.seen.map((seen) => `${seen.method} ${seen.path}`)).toEqual([
			`GET ${path}`,
			`PATCH ${path}`,
			`GET ${path}`,
		]);
	});
});

describe('memberships', () => {
	test('one PATCH a group carries all adds and removals of the run', async () => {
		const [ann, bob, eve, old] = ['ann', 'bob', 'eve', 'old'].map((name) =>
			server.addUser({ userName: `${name}@x.example` }),
		);
		const group = server.addGroup('engineering', [eve ?? '', old ?? '']);
		forPerson('ann@x.example', 'add_to_group', { target: 'engineering' });
		forPerson('bob@x.example', 'add_to_group', { target: 'engineering' });
		forPerson('eve@x.example', 'remove_from_group', { target: 'engineering' });
		const report = await apply();
		expect(outcomes(report)).toEqual(['verified 1', 'verified 1', 'verified 1']);
		expect(server.membersOf(group).sort()).toEqual([ann, bob, old].sort());
		expect(proxy.writes()).toHaveLength(1);
		expect(JSON.parse(proxy.writes()[0]?.body ?? '')).toMatchObject({
			Operations: [
				{ op: 'remove', path: `members[value eq "${eve ?? ''}"]` },
				{ op: 'add', path: 'members', value: [{ value: ann }, { value: bob }] },
			],
		});
		expect(ledger.journal[2]?.before).toMatchObject({ group: { id: group }, memberId: eve, member: true });
	});

	test('a joiner is created first and then put into groups, a leaver disabled first and then taken out', async () => {
		const leaver = server.addUser({ userName: 'lea@x.example' });
		const group = server.addGroup('staff', [leaver]);
		forPerson('lea@x.example', 'remove_from_group', { target: 'staff' });
		forPerson('ann@x.example', 'add_to_group', { target: 'staff' });
		forPerson('lea@x.example', 'disable_account');
		create('ann@x.example');
		const report = await apply();
		expect(outcomes(report)).toEqual(Array(4).fill('verified 1'));
		expect(proxy.writes().map(({ method, path }) => `${method} ${path}`)).toEqual([
			`PATCH /Users/${leaver}`,
			'POST /Users',
			`PATCH /Groups/${group}`,
		]);
		expect(server.membersOf(group)).toEqual([server.user('ann@x.example')?.id]);
	});

	test('a missing group fails, is not created, and stops nobody else', async () => {
		const bob = server.addUser({ userName: 'bob@x.example' });
		const group = server.addGroup('staff');
		forPerson('bob@x.example', 'add_to_group', { target: 'nowhere' });
		forPerson('bob@x.example', 'add_to_group', { target: 'staff' });
		const report = await apply();
		expect(outcomes(report)).toEqual(['failed 0', 'verified 1']);
		expect(report.results[0]?.remedy).toContain('Create the group');
		expect(server.groups.size).toBe(1);
		expect(server.membersOf(group)).toEqual([bob]);
	});

	test('a group whose name differs in case is not taken for the one meant', async () => {
		server.addUser({ userName: 'bob@x.example' });
		server.addGroup('Admins');
		forPerson('bob@x.example', 'add_to_group', { target: 'admins' });
		const report = await apply();
		expect(report.results[0]).toMatchObject({ outcome: 'failed', writes: 0 });
		expect(proxy.writes()).toEqual([]);
	});

	test('memberships of a person whose account failed are not given; those of others are', async () => {
		const bob = server.addUser({ userName: 'bob@x.example' });
		const group = server.addGroup('staff');
		create('ann@x.example');
		forPerson('ann@x.example', 'add_to_group', { target: 'staff' });
		forPerson('bob@x.example', 'add_to_group', { target: 'staff' });
		proxy.fault(({ method }) =>
			method === 'POST' ? { status: 400, body: '{"scimType":"invalidValue","detail":"no"}' } : undefined,
		);
		const report = await apply();
		expect(outcomes(report)).toEqual(['failed 1', 'failed 0', 'verified 1']);
		expect(report.results[1]?.note).toContain('could not be brought into place');
		expect(server.membersOf(group)).toEqual([bob]);
	});

	test('a leaver whose deactivation fails still loses the groups', async () => {
		const lea = server.addUser({ userName: 'lea@x.example' });
		const group = server.addGroup('staff', [lea]);
		forPerson('lea@x.example', 'disable_account');
		forPerson('lea@x.example', 'remove_from_group', { target: 'staff' });
		proxy.fault(({ method, path }) => (method === 'PATCH' && path.startsWith('/Users') ? { status: 403 } : undefined));
		expect(outcomes(await apply())).toEqual(['failed 1', 'verified 1']);
		expect(server.membersOf(group)).toEqual([]);
	});

	test('a membership change that is answered 200 and not applied fails, also for the first member', async () => {
		const bob = server.addUser({ userName: 'bob@x.example' });
		server.addGroup('other', [bob]);
		server.addGroup('staff');
		forPerson('bob@x.example', 'add_to_group', { target: 'staff' });
		proxy.fault(({ method }) => (method === 'PATCH' ? { status: 200, body: '{}' } : undefined));
		const report = await apply();
		expect(report.results[0]).toMatchObject({ outcome: 'failed', code: 'SCIM_NOT_APPLIED' });
	});

	test('hidden members are asked for by filter', async () => {
		const bob = server.addUser({ userName: 'bob@x.example' });
		const group = server.addGroup('staff');
		forPerson('bob@x.example', 'add_to_group', { target: 'staff' });
		proxy.fault(({ method, path }) =>
			method === 'GET' && path.startsWith('/Groups') ? { rewrite: without('members') } : undefined,
		);
		const report = await apply();
		expect(outcomes(report)).toEqual(['verified 1']);
		expect(server.membersOf(group)).toEqual([bob]);
	});

	test('hidden members that nothing confirms are applied, and said to be unconfirmed', async () => {
		server.addUser({ userName: 'bob@x.example' });
		server.addGroup('staff');
		forPerson('bob@x.example', 'add_to_group', { target: 'staff' });
		proxy.fault(({ method, path }) => {
			if (method !== 'GET' || !path.startsWith('/Groups')) return undefined;
			return path.includes('members.value')
				? { status: 400, body: '{"scimType":"invalidFilter"}' }
				: { rewrite: without('members') };
		});
		const report = await apply();
		expect(report.results[0]).toMatchObject({
			outcome: 'applied',
			writes: 1,
			note: expect.stringContaining('does not show') as unknown,
		});
	});

	test('one bad member among many does not keep the others out', async () => {
		const ids = ['a', 'b', 'c', 'd', 'e'].map((name) => server.addUser({ userName: `${name}@x.example` }));
		const group = server.addGroup('staff');
		for (const name of ['a', 'b', 'c', 'd', 'e']) forPerson(`${name}@x.example`, 'add_to_group', { target: 'staff' });
		proxy.fault(({ method, body }) =>
			method === 'PATCH' && body.includes(`"${ids[2] ?? ''}"`)
				? { status: 400, body: '{"detail":"unknown member"}' }
				: undefined,
		);
		const report = await apply();
		expect(report.results.map(({ outcome }) => outcome)).toEqual([
			'verified',
			'verified',
			'failed',
			'verified',
			'verified',
		]);
		expect(server.membersOf(group).sort()).toEqual(ids.filter((id) => id !== ids[2]).sort());
	});

	test('an add with a lost answer is not sent twice: scimmy would list the member twice', async () => {
		const bob = server.addUser({ userName: 'bob@x.example' });
		const group = server.addGroup('staff');
		forPerson('bob@x.example', 'add_to_group', { target: 'staff' });
		proxy.once(({ method }) => method === 'PATCH', 'reset-after');
		expect(outcomes(await apply())).toEqual(['verified 1']);
		expect(server.membersOf(group)).toEqual([bob]);
	});
});

describe('a whole run', () => {
	test('the second run of the same actions sends only reads', async () => {
		const lea = server.addUser({ userName: 'lea@x.example' });
		server.addGroup('staff', [lea]);
		server.addGroup('last', [lea]);
		create('ann@x.example');
		forPerson('ann@x.example', 'add_to_group', { target: 'staff' });
		forPerson('lea@x.example', 'disable_account');
		forPerson('lea@x.example', 'remove_from_group', { target: 'staff' });
		forPerson('lea@x.example', 'remove_from_group', { target: 'last' });
		const first = await apply();
		expect(first.requests.writes).toBe(4);
		proxy.reset();
		const second = await apply();
		expect(second.results.map(({ outcome }) => outcome)).toEqual(Array(5).fill('verified'));
		expect(second.requests.writes).toBe(0);
		expect(proxy.writes()).toEqual([]);
	});

	test('the journal is complete before the first write, and results come in one call', async () => {
		server.addGroup('staff');
		create('ann@x.example');
		forPerson('ann@x.example', 'add_to_group', { target: 'staff' });
		let writesAtJournal = -1;
		ledger.onJournal = () => (writesAtJournal = proxy.writes().length);
		await apply();
		expect(writesAtJournal).toBe(0);
		expect(ledger.journal).toHaveLength(2);
		expect(ledger.calls).toEqual(['claim', 'journal', 'complete']);
	});

	test('nothing is written when the journal is refused', async () => {
		create('ann@x.example');
		ledger.onJournal = () => {
			throw new Error('lease gone');
		};
		await expect(apply()).rejects.toThrow('lease gone');
		expect(proxy.writes()).toEqual([]);
		expect(ledger.results).toEqual([]);
	});

	test('a run that breaks off records what it did', async () => {
		for (const name of ['a', 'b', 'c']) create(`${name}@x.example`);
		const run = apply({
			client: connect(proxy.baseUrl, { limits: { concurrency: 1 } }).client,
			onProgress: ({ phase, done }) => {
				if (phase === 'accounts' && done === 2) throw new Error('stopped');
			},
		});
		await expect(run).rejects.toThrow('stopped');
		expect(ledger.results.map(({ outcome }) => outcome)).toEqual(['verified', 'verified']);
		expect(server.users.size).toBe(2);
	});

	test('no write begins once the lease is about to end', async () => {
		server.addGroup('staff');
		create('ann@x.example');
		forPerson('ann@x.example', 'add_to_group', { target: 'staff' });
		proxy.once(({ method }) => method === 'GET', { status: 429, headers: { 'retry-after': '20' } });
		const report = await apply({ claim: { claimedBy: 'test', leaseSeconds: 20, limit: 10 } });
		expect(report.results).toEqual([]);
		expect(report.unfinished).toHaveLength(2);
		expect(proxy.writes()).toEqual([]);
	});

	test('a throttled run ends with everything in place', async () => {
		for (let index = 0; index < 30; index++) create(`user${index}@x.example`);
		proxy.fault((_, nth) => (nth % 4 === 0 ? { status: 429, headers: { 'retry-after': '1' } } : undefined));
		const report = await apply();
		expect(report.results.flatMap(({ note }) => note ?? [])).toEqual([]);
		expect(report.results).toHaveLength(30);
		expect(server.users.size).toBe(30);
		expect(connection.waits.length).toBeGreaterThan(0);
	});

	test('roles, foreign applications and contradictions are refused with a reason', async () => {
		server.addUser({ userName: 'ann@x.example' });
		server.addGroup('staff');
		forPerson('ann@x.example', 'assign_role', { target: 'admin' });
		forPerson('ann@x.example', 'update_account', { application: 'elsewhere' });
		forPerson('ann@x.example', 'add_to_group', { target: 'staff' });
		forPerson('ann@x.example', 'remove_from_group', { target: 'staff' });
		const report = await apply();
		expect(report.results.map(({ outcome }) => outcome)).toEqual(Array(4).fill('failed'));
		expect(report.results.every(({ remedy }) => (remedy ?? '') !== '')).toBe(true);
		expect(proxy.writes()).toEqual([]);
	});

	test('neither token nor password reaches journal, results or errors', async () => {
		server.addUser({ userName: 'bob@x.example', password: 'hunter2-hunter2' });
		create('ann@x.example');
		forPerson('bob@x.example', 'disable_account');
		proxy.fault(({ method, headers }) =>
			method === 'POST'
				? { status: 400, body: JSON.stringify({ detail: `bad ${String(headers.authorization)}` }) }
				: undefined,
		);
		const report = await apply();
		const everything = JSON.stringify([report, ledger.journal, ledger.results]);
		expect(everything).toContain('bad');
		expect(everything).not.toMatch(/test-token|hunter2/);
	});
});

type Body = Record<string, unknown>;

function edit(
	change: (resource: Body) => void,
): (answer: { status: number; body?: string }) => { status: number; body: string } {
	return (answer) => {
		const body = JSON.parse(answer.body ?? '{}') as Body;
		for (const resource of (body['Resources'] as Body[] | undefined) ?? [body]) change(resource);
		return { status: answer.status, body: JSON.stringify(body) };
	};
}
const without = (name: string): ReturnType<typeof edit> => edit((resource) => Reflect.deleteProperty(resource, name));
const active = edit((resource) => (resource['active'] = true));
