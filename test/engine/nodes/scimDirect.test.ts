import { randomBytes } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { Ledger } from '../../../core/store';
import { startScimApplication } from '../../../sandbox/src/scim-server.js';
import { startFaultProxy, type FaultProxy } from '../../support/scim-fault-proxy';
import { ledgerFile, runNode } from './one-node';

const ADA = 'ada@example.com';
const BOB = 'bob@example.com';
const PEOPLE = {
	[ADA]: { givenName: 'Ada', familyName: 'Lovelace' },
	[BOB]: { givenName: 'Bob', familyName: 'Builder' },
};

let application: Awaited<ReturnType<typeof startScimApplication>>;
let file: string;
let seeded: number;

beforeEach(async () => {
	application = await startScimApplication('slack');
	await application.seed({ accounts: [ADA, BOB], groups: { Engineering: [ADA] } }, PEOPLE);
	seeded = (await application.writes()).length;
	file = ledgerFile();
});
let front: FaultProxy | undefined;
afterEach(async () => {
	await front?.close();
	front = undefined;
	await application.stop();
});

interface Call extends IDataObject {
	resource: 'user' | 'group';
	operation: string;
}

async function run(
	parameters: Call,
	more: { allow?: boolean; items?: IDataObject[]; token?: string; baseUrl?: string } = {},
) {
	const { allow = true, items = [{}], token = application.token, baseUrl = application.baseUrl } = more;
	const credentials = { scimBearerTokenApi: { baseUrl, token, allowPastLedger: allow } };
	return await runNode('scim', parameters, items, { credentials, file });
}

async function item(parameters: Call, more?: Parameters<typeof run>[1]): Promise<IDataObject> {
	const done = await run(parameters, more);
	if (done.error !== undefined) throw new Error(done.error);
	const [first] = done.items('Node');
	if (first === undefined) throw new Error('No item left the node.');
	return first;
}

async function withLedger<T>(work: (ledger: Ledger) => Promise<T>): Promise<T> {
	const ledger = await Ledger.open({ file, clock: Date.now, random: randomBytes });
	try {
		return await work(ledger);
	} finally {
		await ledger.close();
	}
}

const records = () => withLedger((ledger) => ledger.readLog({ after: 0, limit: 1000 }));
const by = (mode: string, value: string) => ({ __rl: true, mode, value });
const user = (operation: string, more: IDataObject = {}): Call => ({ resource: 'user', operation, ...more });
const group = (operation: string, more: IDataObject = {}): Call => ({ resource: 'group', operation, ...more });
const writesSince = async () => (await application.writes()).slice(seeded).map((line) => line.split(' ')[0]);

describe('SCIM: User', () => {
	it('finds an account by id, userName and externalId, and says what is not there', async () => {
		const byName = await item(user('get', { user: by('userName', ADA.toUpperCase()) }));
		expect(byName).toMatchObject({ userName: ADA, active: true, emails: [ADA] });
		const id = byName['id'] as string;
		expect(await item(user('get', { user: by('list', id) }))).toMatchObject({ id });
		const raw = await item(user('get', { user: by('id', id), simplify: false }));
		expect(raw).toMatchObject({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], meta: {} });
		const missing = await run(user('get', { user: by('externalId', 'nobody') }));
		expect(missing.error).toContain('no account with externalId "nobody"');
	});

	it('lists accounts by filters, up to a limit or all', async () => {
		const all = await run(user('getAll', { returnAll: true }));
		expect(all.items('Node').map((each) => each['userName'])).toEqual([ADA, BOB]);
		expect((await run(user('getAll', { returnAll: false, limit: 1 }))).items('Node')).toHaveLength(1);
		const filtered = await run(user('getAll', { returnAll: true, filters: { email: BOB, active: 'active' } }));
		expect(filtered.items('Node').map((each) => each['userName'])).toEqual([BOB]);
		expect((await run(user('getAll', { returnAll: true, filters: { active: 'inactive' } }))).items('Node')).toEqual([]);
		const own = await run(user('getAll', { returnAll: true, filters: { scimFilter: `userName sw "ada"` } }));
		expect(own.items('Node').map((each) => each['userName'])).toEqual([ADA]);
		expect(await writesSince()).toEqual([]);
	});

	it('writes nothing with a credential that does not allow it, and shows in a dry run what it would do', async () => {
		const create = user('create', { userName: 'eve@example.com', additionalFields: { firstName: 'Eve' } });
		const refused = await run(create, { allow: false });
		expect(refused.error).toContain('does not allow writes past the ledger');
		const dry = await item({ ...create, options: { dryRun: true } }, { allow: false });
		expect(dry).toMatchObject({ dryRun: true, outcome: 'planned', plan: { actions: [{ kind: 'create_user' }] } });
		expect(await writesSince()).toEqual([]);
		const done = await item(create);
		expect(done['plan']).toEqual(dry['plan']);
		expect(done).toMatchObject({ exception: true, outcome: 'verified', resource: { userName: 'eve@example.com' } });
		expect(await writesSince()).toEqual(['POST']);
	});

	it('journals each write before and after it and records it as an exception', async () => {
		await item(user('deactivate', { user: by('userName', ADA), options: { application: 'slack' } }));
		const types = (await records()).map(({ leaf }) => JSON.parse(leaf) as { type: string; data: IDataObject });
		const exceptions = types.filter(({ type }) => type.startsWith('exception.'));
		expect(exceptions.map(({ type, data }) => [type, data['application'], data['kind']])).toEqual([
			['exception.begun', 'slack', 'deactivate_user'],
			['exception.written', 'slack', 'deactivate_user'],
		]);
		expect(JSON.stringify(exceptions)).not.toContain(ADA);
		expect((await application.holdings()).accounts[ADA]).toEqual({ active: false });
		expect(await withLedger((ledger) => ledger.pastWritesIn({ application: 'slack', since: '2000' }))).toBe(1);
		expect(await withLedger((ledger) => ledger.verifyLog())).toMatchObject({ ok: true });
	});

	it('creates only what is not there, and takes over what is with Create or Update', async () => {
		const create = user('create', { userName: BOB });
		expect((await run(create)).error).toContain('there already');
		const upsert = user('upsert', { userName: BOB, additionalFields: { title: 'Builder', lastName: 'Baumeister' } });
		const done = await item(upsert);
		expect(done).toMatchObject({ outcome: 'verified', resource: { name: { familyName: 'Baumeister' } } });
		expect(await writesSince()).toEqual(['PATCH']);
		expect(await item(upsert)).toMatchObject({ outcome: 'unchanged', exception: false });
		expect(await writesSince()).toEqual(['PATCH']);
	});

	it('never takes an account for another because they share an address', async () => {
		const done = await item(user('upsert', { userName: 'team@example.com', additionalFields: { email: ADA } }));
		expect(done).toMatchObject({
			plan: { actions: [{ kind: 'create_user' }] },
			resource: { userName: 'team@example.com' },
		});
		expect(Object.keys((await application.holdings()).accounts)).toContain(ADA);
	});

	it.each(['shows', 'hides'])('lets nobody in by a change of title, where a listing %s who is active', async (how) => {
		await item(user('deactivate', { user: by('userName', BOB) }));
		const { baseUrl, ...proxy } = (front = await startFaultProxy(application.baseUrl));
		if (how === 'hides') {
			proxy.fault(({ method, path }) =>
				method === 'GET' && path.startsWith('/Users?')
					? { rewrite: ({ status, body }) => ({ status, body: body?.replaceAll('"active":false,', '') ?? '' }) }
					: undefined,
			);
		}
		const update = user('update', { user: by('userName', BOB), updateFields: { title: 'Chief' } });
		const upsert = user('upsert', { userName: BOB, additionalFields: { title: 'Builder' } });
		const back = user('update', { user: by('userName', BOB), updateFields: { active: true } });
		expect(await item(update, { baseUrl })).toMatchObject({ outcome: 'verified' });
		expect(await item(upsert, { baseUrl })).toMatchObject({ outcome: 'verified' });
		expect(proxy.writes().map(({ method }) => method)).toEqual(['PATCH', 'PATCH']);
		expect(JSON.stringify(proxy.writes().map(({ body }) => body))).not.toContain('active');
		expect((await application.holdings()).accounts[BOB]).toEqual({ active: false });
		await item(back, { baseUrl });
		expect((await application.holdings()).accounts[BOB]).toEqual({ active: true });
	});

	it('changes what is named and leaves the rest, an inactive account inactive', async () => {
		await item(user('deactivate', { user: by('userName', BOB) }));
		const done = await item(
			user('update', { user: by('userName', BOB), updateFields: { userName: 'bob2@example.com', title: 'Chief' } }),
		);
		expect(done).toMatchObject({ resource: { userName: 'bob2@example.com', active: false, emails: [BOB] } });
		const extension = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
		const attributes = JSON.stringify({ [extension]: { department: 'R&D' } });
		await item(user('update', { user: by('userName', ADA), updateFields: { attributes } }));
		const raw = await item(user('get', { user: by('userName', ADA), simplify: false }));
		expect(raw[extension]).toMatchObject({ department: 'R&D' });
		expect((await run(user('update', { user: by('userName', ADA) }))).error).toContain('nothing to update');
	});

	it('deletes an account, proves it by reading again, and says so when it is gone already', async () => {
		const found = await item(user('get', { user: by('userName', ADA) }));
		const done = await item(user('delete', { user: by('id', found['id'] as string) }));
		expect(done).toMatchObject({ outcome: 'verified', note: expect.stringContaining('not found') as string });
		expect(Object.keys((await application.holdings()).accounts)).toEqual([BOB]);
		expect((await run(user('delete', { user: by('id', found['id'] as string) }))).error).toContain('no account');
	});

	it('explains what the application refused', async () => {
		const refused = await run(user('get', { user: by('userName', ADA) }), { token: 'a-wrong-token-1234567890' });
		expect(refused.error).toMatch(/401/);
		expect(JSON.stringify(refused.data)).toContain('The credential is not accepted');
		expect(JSON.stringify(refused.data)).not.toContain('a-wrong-token-1234567890');
		const taken = await run(user('update', { user: by('userName', ADA), updateFields: { userName: BOB } }));
		expect(taken.error).toMatch(/409/);
		expect(JSON.stringify(taken.data)).toContain('Another entry');
	});
});

describe('SCIM: Group', () => {
	it('reads groups by name and lists them', async () => {
		const found = await item(group('get', { group: by('displayName', 'Engineering') }));
		expect(found).toMatchObject({ displayName: 'Engineering', members: [{}] });
		const all = await run(group('getAll', { returnAll: true }));
		expect(all.items('Node').map((each) => each['displayName'])).toEqual(['Engineering']);
		const none = await run(group('getAll', { returnAll: true, filters: { displayName: 'Sales' } }));
		expect(none.items('Node')).toEqual([]);
	});

	it('creates a group with its members, and changes nothing the second time', async () => {
		const upsert = group('upsert', { displayName: 'Sales', additionalFields: { members: BOB } });
		expect(await item(upsert)).toMatchObject({
			outcome: 'verified',
			resource: { displayName: 'Sales', members: [{}] },
		});
		const writes = await writesSince();
		expect(await item(upsert)).toMatchObject({ outcome: 'unchanged' });
		expect(await writesSince()).toEqual(writes);
		expect((await run(group('create', { displayName: 'Sales' }))).error).toContain('there already');
	});

	it('adds and removes members by one request each, in a dry run by none', async () => {
		const add = group('addMembers', { group: by('displayName', 'Engineering'), members: `${ADA}, ${BOB}` });
		const dry = await item({ ...add, options: { dryRun: true } });
		expect(dry).toMatchObject({
			outcome: 'planned',
			plan: { actions: [{ kind: 'add_members', members: [expect.any(String) as string] }] },
		});
		expect(await writesSince()).toEqual([]);
		const done = await item(add);
		expect(done['plan']).toEqual(dry['plan']);
		expect(await writesSince()).toEqual(['PATCH']);
		expect((await application.holdings()).groups).toEqual({ Engineering: [ADA, BOB] });
		expect(await item(add)).toMatchObject({ outcome: 'unchanged' });
		await item(group('removeMembers', { group: by('displayName', 'Engineering'), members: [ADA] }));
		expect((await application.holdings()).groups).toEqual({ Engineering: [BOB] });
		expect(await writesSince()).toEqual(['PATCH', 'PATCH']);
		const unknown = await run({ ...add, members: `${ADA}, nobody@example.com` });
		expect(unknown.error).toContain('nobody@example.com');
		expect(await writesSince()).toEqual(['PATCH', 'PATCH']);
	});

	it('renames a group and deletes it', async () => {
		const rename = group('update', {
			group: by('displayName', 'Engineering'),
			updateFields: { displayName: 'Platform' },
		});
		expect(await item(rename)).toMatchObject({ resource: { displayName: 'Platform' } });
		const gone = await item(group('delete', { group: by('displayName', 'Platform') }));
		expect(gone).toMatchObject({ outcome: 'verified' });
		expect((await application.holdings()).groups).toEqual({});
	});
});

describe('SCIM: what is known of an application', () => {
	it('is asked once, kept in the ledger and shown with each write', async () => {
		const done = await item(user('upsert', { userName: ADA, options: { dryRun: true } }));
		expect(done['profile']).toMatchObject({ vendor: 'generic', patch: 'path', paging: 'index' });
		const kept = await withLedger((ledger) => ledger.readScimProfile(application.baseUrl));
		expect(kept).toMatchObject({ baseUrl: application.baseUrl, profile: { vendor: 'generic' } });
		expect(kept?.schemas.length).toBeGreaterThan(0);
	});

	it('goes on with the other items where one fails, if the node is told to', async () => {
		const parameters = user('get', { user: by('userName', '={{ $json.who }}') });
		const items = [{ who: 'nobody@example.com' }, { who: ADA }];
		const credentials = { scimBearerTokenApi: { baseUrl: application.baseUrl, token: application.token } };
		const node = { onError: 'continueRegularOutput' as const };
		const done = await runNode('scim', parameters, items, { credentials, file, node });
		expect(done.items('Node')).toMatchObject([{ error: { code: 'SCIM_FAILED' } }, { userName: ADA }]);
	});

	it('works with user name and password', async () => {
		const { createServer } = await import('node:http');
		const seen: string[] = [];
		const server = createServer((request, response) => {
			seen.push(request.headers.authorization ?? '');
			response.writeHead(200, { 'content-type': 'application/scim+json' });
			response.end(JSON.stringify({ totalResults: 0, Resources: [] }));
		}).listen(0, '127.0.0.1');
		await new Promise((resolve) => server.once('listening', resolve));
		const { port } = server.address() as { port: number };
		const scimBasicAuthApi = { baseUrl: `http://127.0.0.1:${port}`, user: 'admin', password: 'pä:ss' };
		const done = await runNode('scim', { ...user('getAll', { returnAll: true }), authentication: 'basicAuth' }, [{}], {
			credentials: { scimBasicAuthApi },
			file,
		});
		server.close();
		expect(done.error).toBeUndefined();
		expect(new Set(seen)).toEqual(new Set([`Basic ${Buffer.from('admin:pä:ss', 'utf8').toString('base64')}`]));
	});
});
