import {
	AccountMatcher,
	findGroup,
	listAll,
	testConnection,
	type AccountKeys,
	type AccountMatch,
} from '../../../core/scim';
import { connect, type TestClient } from './support/client';
import { startFaultProxy, type Answer, type FaultProxy } from './support/fault-proxy';
import { startScimmy, type ScimServer } from './support/scimmy-server';

let server: ScimServer;
let proxy: FaultProxy;
let connection: TestClient;

beforeAll(async () => {
	// On Express 5 this scimmy ignores startIndex and repeats its first page: the harder of the two.
	server = await startScimmy('express5');
	proxy = await startFaultProxy(server.baseUrl);
});
afterAll(async () => {
	await proxy.close();
	await server.close();
});
beforeEach(() => {
	server.reset();
	proxy.reset();
	connection = connect(proxy.baseUrl);
});
afterEach(() => connection.close());

const match = (keys: AccountKeys, thorough = false): Promise<AccountMatch | undefined> =>
	new AccountMatcher().match(connection.client, keys, { thorough });
const found = async (keys: AccountKeys): Promise<[string, string] | undefined> => {
	const hit = await match(keys);
	return hit === undefined ? undefined : [hit.by, hit.resource.id];
};
const ann = { userName: 'ann@x.example', emails: [{ value: 'ann@x.example' }], externalId: 'p-1' };

describe('matching', () => {
	test('takes the strongest key and asks no more than needed', async () => {
		const id = server.addUser(ann);
		const keys = { externalId: 'p-1', userName: 'ANN@x.example', email: 'ann@X.example' };
		expect(await found(keys)).toEqual(['externalId', id]);
		expect(proxy.seen).toHaveLength(1);
	});

	test('goes on to the next key, and says when there is nobody', async () => {
		const id = server.addUser({ ...ann, externalId: undefined });
		expect(await found({ externalId: 'p-1', userName: 'ann@x.example' })).toEqual(['userName', id]);
		expect(await found({ externalId: 'p-1', userName: 'other', email: 'ann@x.example' })).toEqual(['email', id]);
		expect(await found({ externalId: 'p-2', userName: 'bob', email: 'bob@x.example' })).toBeUndefined();
	});

	test('falls back to the other keys where the stored id has gone', async () => {
		const id = server.addUser(ann);
		expect(await found({ remoteId: 'gone', externalId: 'p-1' })).toEqual(['externalId', id]);
	});

	test('tries lower case for servers that compare userName with regard to case', async () => {
		const id = server.addUser(ann);
		expect(await found({ userName: 'Ann@X.Example' })).toEqual(['userName', id]);
	});

	test.each<[string, AccountKeys]>([
		['externalId and userName', { externalId: 'p-1', userName: 'bob@x.example' }],
		['the stored id and externalId', { remoteId: 'bob', externalId: 'p-1' }],
		['userName and e-mail', { userName: 'bob@x.example', email: 'ann@x.example' }],
	])('stops where %s point at two accounts', async (_, keys) => {
		server.addUser(ann);
		server.addUser({ userName: 'bob@x.example', emails: [{ value: 'bob@x.example' }] }, 'bob');
		await expect(match(keys)).rejects.toMatchObject({ code: 'SCIM_AMBIGUOUS' });
	});

	test('stops where one key matches several accounts', async () => {
		server.addUser({ userName: 'a', emails: [{ value: 'shared@x.example' }] });
		server.addUser({ userName: 'b', emails: [{ value: 'shared@x.example' }] });
		await expect(match({ email: 'shared@x.example' })).rejects.toMatchObject({ code: 'SCIM_AMBIGUOUS' });
	});

	test('does not believe a server that ignores filters, and lists instead', async () => {
		const id = server.addUser(ann);
		server.addUser({ userName: 'bob' });
		const everybody = JSON.stringify({ totalResults: 1, Resources: [{ id: 'x', userName: 'synthetic' }] });
		proxy.fault(({ path }) => (path.includes('filter=') ? { status: 200, body: everybody } : undefined));
		expect(await found({ userName: 'ann@x.example' })).toEqual(['userName', id]);
		expect(await found({ userName: 'nobody' })).toBeUndefined();
	});

	test('lists once a run where a key cannot be searched', async () => {
		server.addUser(ann);
		proxy.fault(({ path }) =>
			path.includes('externalId') ? { status: 400, body: '{"scimType":"invalidFilter"}' } : undefined,
		);
		const matcher = new AccountMatcher();
		for (const name of ['a', 'b', 'c'])
			expect(await matcher.match(connection.client, { externalId: name, userName: name })).toBeUndefined();
		expect(proxy.seen.filter(({ path }) => path.includes('startIndex'))).toHaveLength(1);
		expect(proxy.seen.filter(({ path }) => path.includes('externalId'))).toHaveLength(1);
	});

	test('an e-mail that cannot be searched is listed for, unless the userName that was searched is the same', async () => {
		// scimmy refuses emails.value as soon as one account has no address.
		server.addUser({ userName: 'nobody' });
		const id = server.addUser({ userName: 'a.miller', emails: [{ value: 'ann@x.example' }] });
		expect(await found({ userName: 'ann', email: 'ANN@x.example' })).toEqual(['email', id]);
		proxy.reset();
		expect(await found({ userName: 'new@x.example', email: 'new@x.example' })).toBeUndefined();
		expect(proxy.seen.some(({ path }) => path.includes('startIndex'))).toBe(false);
	});

	test('fails where it can neither search nor list to the end', async () => {
		for (let index = 0; index < 150; index++) server.addUser({ userName: `u${index}` });
		proxy.fault(({ path }) => (path.includes('filter=') ? { status: 501 } : undefined));
		await expect(match({ userName: 'nobody' })).rejects.toMatchObject({
			code: 'SCIM_FAILED',
			message: expect.stringContaining('repeats') as unknown,
		});
	});

	test.each([
		'" or userName pr or userName eq "',
		'a"b',
		'back\\slash',
		'a) or (id pr',
		"o'neil",
		'ünïcødé 𝒳',
		'x&filter=y#z%22',
	])('a hostile value finds only itself (%s)', async (userName) => {
		server.addUser(ann);
		expect(await found({ userName })).toBeUndefined();
		const id = server.addUser({ userName });
		expect(await found({ userName })).toEqual(['userName', id]);
	});

	test('letters that only look alike after case folding are somebody else', async () => {
		server.addUser({ userName: '\u212Aevin@x.example' });
		expect(await match({ userName: 'kevin@x.example' }, true)).toBeUndefined();
	});

	test('an account found by an externalId that the server hides needs another key to agree', async () => {
		const id = server.addUser(ann);
		proxy.fault(() => ({
			rewrite: (answer: Answer) => ({ ...answer, body: (answer.body ?? '').replaceAll('"externalId"', '"hidden"') }),
		}));
		expect(await found({ externalId: 'p-1', userName: 'ann@x.example' })).toEqual(['externalId', id]);
	});
});

describe('listing', () => {
	/** Pages out of a made-up population, the way a vendor would give them. */
	function serve(
		population: number,
		page: (start: number, count: number) => { from: number; size: number; total?: number },
	): void {
		proxy.fault(({ path }) => {
			const query = new URLSearchParams(path.split('?')[1]);
			const { from, size, total } = page(Number(query.get('startIndex')), Number(query.get('count')));
			const Resources = Array.from({ length: Math.max(0, Math.min(size, population - from + 1)) }, (_, index) => ({
				id: `u${from + index}`,
			}));
			return { status: 200, body: JSON.stringify({ totalResults: total, Resources }) };
		});
	}

	test.each<
		[string, number, (start: number, count: number) => { from: number; size: number; total?: number }, boolean, number]
	>([
		['honest pages', 250, (from, size) => ({ from, size, total: 250 }), true, 3],
		['one exact page', 100, (from, size) => ({ from, size, total: 100 }), true, 2],
		['pages capped by the server', 95, (from) => ({ from, size: 20, total: 95 }), true, 5],
		[
			'totals that count the page',
			250,
			(from, size) => ({ from, size, total: Math.max(0, Math.min(size, 251 - from)) }),
			true,
			4,
		],
		['no totals', 250, (from, size) => ({ from, size }), true, 4],
		[
			'the first page again past the end, with an honest total',
			200,
			(from, size) => (from > 200 ? { from: 1, size, total: 200 } : { from, size, total: 200 }),
			true,
			2,
		],
		['the same page for ever', 250, (_, size) => ({ from: 1, size, total: 250 }), false, 2],
		['an end before the total', 150, (from, size) => ({ from, size, total: 400 }), false, 3],
	])('%s', async (_, population, page, complete, requests) => {
		serve(population, page);
		const listing = await listAll(connection.client, 'Users');
		expect([listing.complete, proxy.seen.length]).toEqual([complete, requests]);
		expect(new Set(listing.resources.map(({ id }) => id)).size).toBe(listing.resources.length);
		if (complete) expect(listing.resources).toHaveLength(population);
		else expect(listing.reason).toBeDefined();
	});

	test('an endless server ends at the limit', async () => {
		serve(Infinity, (from, size) => ({ from, size }));
		const { client, close } = connect(proxy.baseUrl, { limits: { maxResources: 1000 } });
		expect(await listAll(client, 'Users')).toMatchObject({ complete: false });
		close();
	});

	test('entries without id make it incomplete, and lower-case `resources` is read', async () => {
		proxy.once(() => true, { status: 200, body: '{"totalResults":1,"resources":[{"id":"a"}]}' });
		expect(await listAll(connection.client, 'Users')).toEqual({ resources: [{ id: 'a' }], complete: true });
		proxy.once(() => true, { status: 200, body: '{"totalResults":2,"Resources":[{"id":"a"},{"name":"b"}]}' });
		expect((await listAll(connection.client, 'Users')).complete).toBe(false);
	});
});

describe('groups', () => {
	test('two of one name stop, also where the server cannot search', async () => {
		server.groups.set('g1', { id: 'g1', displayName: 'staff' });
		server.groups.set('g2', { id: 'g2', displayName: 'staff' });
		await expect(findGroup(connection.client, 'staff')).rejects.toMatchObject({ code: 'SCIM_AMBIGUOUS' });
		proxy.fault(({ path }) => (path.includes('filter=') ? { status: 400 } : undefined));
		await expect(findGroup(connection.client, 'staff')).rejects.toMatchObject({ code: 'SCIM_AMBIGUOUS' });
	});

	test('a name with quotes is found', async () => {
		const id = server.addGroup('the "A" team \\ more');
		expect((await findGroup(connection.client, 'the "A" team \\ more')).id).toBe(id);
	});
});

describe('testing a connection', () => {
	test('works and tells what the application can do', async () => {
		expect(await testConnection(connection.client)).toMatchObject({
			ok: true,
			features: { patch: true, filter: true },
		});
	});

	test('works without a configuration endpoint', async () => {
		proxy.fault(({ path }) => (path.startsWith('/ServiceProviderConfig') ? { status: 404, body: '{}' } : undefined));
		expect(await testConnection(connection.client)).toEqual({ ok: true, message: expect.any(String) as unknown });
	});

	test('a wrong token fails although the configuration is public', async () => {
		proxy.fault(({ path }) => (path.startsWith('/Users') ? { status: 401 } : undefined));
		expect(await testConnection(connection.client)).toMatchObject({
			ok: false,
			remedy: expect.stringContaining('token') as unknown,
		});
	});

	test.each([
		['a web page', { status: 200, body: '<html>' }],
		['JSON that is no SCIM', { status: 200, body: '{"hello":"world"}' }],
		['nothing there', { status: 404, body: 'Not found' }],
	])('%s is told apart with a remedy', async (_, answer) => {
		proxy.fault(() => answer);
		expect(await testConnection(connection.client)).toMatchObject({
			ok: false,
			remedy: expect.stringContaining('base URL') as unknown,
		});
	});
});
