import { createServer, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';

import type { Http, HttpResponse } from '../../../core/ports';
import {
	ScimClient,
	bearerAuth,
	clientCredentialsAuth,
	createAxiosHttp,
	isAmbiguous,
	retryAfterOf,
	scimTypeOf,
	statusOf,
	type AxiosHttp,
} from '../../../core/scim';
import { connect, type TestClient } from './support/client';
import { startFaultProxy, type FaultProxy } from './support/fault-proxy';
import { startScimmy, type ScimServer } from './support/scimmy-server';

let server: ScimServer;
let proxy: FaultProxy;
let connection: TestClient;

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
	connection = connect(proxy.baseUrl);
});
afterEach(() => connection.close());

const failure = (work: Promise<unknown>): Promise<unknown> =>
	work.then(
		() => undefined,
		(error: unknown) => error,
	);

describe('requests', () => {
	test('carry SCIM media types, the user agent and the token', async () => {
		await connection.client.post(['Users'], {
			schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
			userName: 'ann',
		});
		expect(proxy.seen[0]?.headers).toMatchObject({
			accept: 'application/scim+json',
			'content-type': 'application/scim+json',
			'user-agent': 'contract-provisioning-test',
			authorization: 'Bearer test-token-0123456789',
		});
	});

	test('encode ids and values once', async () => {
		await failure(connection.client.get(['Users', 'a/b?c#d%2F'], { filter: 'userName eq "a&b=c +%"' }));
		expect(proxy.seen[0]?.path).toBe('/Users/a%2Fb%3Fc%23d%252F?filter=userName%20eq%20%22a%26b%3Dc%20%2B%25%22');
	});

	test.each(['.', '..', '', '\ud800', 'x'.repeat(5000)])(
		'are not sent for an id that could leave its collection (%j)',
		async (id) => {
			expect(await failure(connection.client.get(['Users', id]))).toMatchObject({ code: 'SCIM_FAILED' });
			expect(proxy.seen).toEqual([]);
		},
	);

	test.each([
		'ftp://host/scim',
		'host/scim',
		'https://user:pw@host/scim',
		'https://host/scim?x=1',
		'https://host/scim#x',
	])('need a plain base URL (%s)', (baseUrl) => {
		expect(() => connect(baseUrl)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }) as Error);
	});

	test('do not follow redirects, so the token stays where it belongs', async () => {
		proxy.fault(() => ({ status: 302, headers: { location: 'http://127.0.0.1:1/elsewhere' } }));
		const error = await failure(connection.client.get(['Users']));
		expect(statusOf(error)).toBe(302);
		expect(proxy.seen).toHaveLength(1);
	});

	test('count what they send, in every view', async () => {
		const view = connection.client.tracked();
		proxy.once(() => true, { status: 503, headers: { 'retry-after': '1' } });
		await view.get(['Users']);
		await connection.client.get(['Users']);
		expect([view.traffic, connection.client.traffic]).toEqual([
			{ reads: 2, writes: 0 },
			{ reads: 3, writes: 0 },
		]);
	});
});

describe('answers', () => {
	test('errors carry status, scimType, detail and a remedy', async () => {
		server.addUser({ userName: 'ann' });
		const error = await failure(
			connection.client.post(['Users'], { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'ann' }),
		);
		expect(error).toMatchObject({ code: 'SCIM_FAILED', message: expect.stringContaining('taken') as unknown });
		expect([statusOf(error), scimTypeOf(error), isAmbiguous(error)]).toEqual([409, 'uniqueness', false]);
		expect((error as { remedy: string }).remedy).not.toBe('');
	});

	test("a server's words are one short line without our token", async () => {
		const detail = `a\u0000b\n test-token-0123456789 ${'x'.repeat(5000)}`;
		proxy.fault(() => ({ status: 400, body: JSON.stringify({ detail: [detail, 7] }) }));
		const { message } = (await failure(connection.client.get(['Users']))) as Error;
		expect(message.length).toBeLessThan(300);
		expect(message).toContain('***');
		expect(message).not.toMatch(/test-token|[\u0000-\u001f]/);
	});

	test.each([
		['HTML', '<html>login</html>'],
		['nothing', ''],
		['endless nesting', '['.repeat(100_000)],
		['broken JSON', '{"a":'],
	])('%s in place of SCIM content is an error with the remedy', async (_, body) => {
		proxy.fault(() => ({ status: 200, body }));
		expect(await failure(connection.client.get(['Users']))).toMatchObject({
			remedy: expect.stringContaining('base URL') as unknown,
		});
	});

	test('too large an answer is cut off and not asked for again', async () => {
		const { client, close } = connect(proxy.baseUrl, { limits: { maxResponseBytes: 1000 } });
		proxy.fault(() => ({ status: 200, body: `"${'x'.repeat(2000)}"` }));
		expect(await failure(client.get(['Users']))).toMatchObject({ details: { kind: 'too_large' } });
		expect(proxy.seen).toHaveLength(1);
		close();
	});

	test('members named __proto__ reach no prototype', async () => {
		proxy.fault(() => ({ status: 200, body: '{"__proto__":{"polluted":true},"id":"1"}' }));
		await connection.client.get(['Users', '1']);
		expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
	});
});

describe('throttling and outages', () => {
	test.each([
		['seconds', { 'retry-after': '7' }, 7000],
		['a date', { 'retry-after': 'Fri, 20 Nov 2026 00:00:09 GMT' }, 9000],
		["better-auth's header", { 'x-retry-after': '4' }, 4000],
		['nothing readable', { 'retry-after': 'soon' }, 500],
		['nothing', {}, 500],
	])('a wait given as %s is kept', async (_, headers, expected) => {
		proxy.once(() => true, { status: 429, headers: headers as Record<string, string> });
		await connection.client.get(['Users']);
		expect(connection.waits).toEqual([expected]);
	});

	test('a wait beyond the limit ends the request with the wait named', async () => {
		proxy.fault(() => ({ status: 429, headers: { 'retry-after': '86400' } }));
		const error = await failure(connection.client.get(['Users']));
		expect([statusOf(error), retryAfterOf(error)]).toEqual([429, 86_400_000]);
		expect(proxy.seen).toHaveLength(1);
	});

	test('reads are repeated a bounded number of times', async () => {
		proxy.fault(() => ({ status: 503 }));
		expect(statusOf(await failure(connection.client.get(['Users'])))).toBe(503);
		expect(proxy.seen).toHaveLength(6);
		expect(connection.waits).toEqual([500, 1000, 2000, 4000, 8000]);
	});

	test('reads survive a broken connection', async () => {
		proxy.once(() => true, 'reset');
		expect((await connection.client.get(['Users'])).status).toBe(200);
	});

	test.each(['reset' as const, 'reset-after' as const, { status: 503 }, { status: 500 }])(
		'a write that may have arrived is sent once and called ambiguous (%p)',
		async (fault) => {
			proxy.fault(() => fault);
			expect(isAmbiguous(await failure(connection.client.patch(['Users', '1'], {})))).toBe(true);
			expect(proxy.seen).toHaveLength(1);
		},
	);

	test('a write that was throttled is repeated: it was not carried out', async () => {
		proxy.once(() => true, { status: 429 });
		await connection.client.post(['Users'], {
			schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
			userName: 'ann',
		});
		expect(server.users.size).toBe(1);
	});

	test('a write to a server that cannot be reached is repeated, then fails as not sent', async () => {
		const { client, close, waits } = connect('http://127.0.0.1:1/scim');
		const error = await failure(client.post(['Users'], {}));
		expect(error).toMatchObject({ details: { kind: 'unreachable', sent: false } });
		expect(waits).toHaveLength(5);
		close();
	});

	test('a time-out of a write is ambiguous', async () => {
		const http = createAxiosHttp();
		const silent = createServer(() => undefined).listen(0, '127.0.0.1');
		await new Promise((resolve) => silent.once('listening', resolve));
		const { port } = silent.address() as AddressInfo;
		const { client } = connect(`http://127.0.0.1:${port}`, { http, limits: { timeoutMs: 50 } });
		expect(await failure(client.post(['Users'], {}))).toMatchObject({ details: { kind: 'timeout', ambiguous: true } });
		http.close();
		silent.closeAllConnections();
		silent.close();
	});

	test('all requests of a client share few connections', async () => {
		const connections = new Set<unknown>();
		const counting = createServer((request, response) => {
			connections.add(request.socket);
			response.setHeader('content-type', 'application/scim+json').end('{"Resources":[]}');
		});
		await listen(counting);
		const { client, close } = connect(`http://127.0.0.1:${(counting.address() as AddressInfo).port}`);
		await Promise.all(Array.from({ length: 100 }, () => client.get(['Users'])));
		expect(connections.size).toBeLessThanOrEqual(8);
		close();
		counting.close();
	});
});

describe('authentication', () => {
	const form = (body: string | undefined): Record<string, string> => Object.fromEntries(new URLSearchParams(body));

	/** A token endpoint and an application behind one port; tokens are t1, t2 … */
	function fakeWorld(options: { lifetime?: number; accepts?: (token: string) => boolean } = {}): {
		http: Http;
		tokenRequests: Array<Parameters<Http>[0]>;
		answers: HttpResponse[];
	} {
		const tokenRequests: Array<Parameters<Http>[0]> = [];
		const answers: HttpResponse[] = [];
		const http: Http = async (request) => {
			if (!request.url.startsWith('https://login.example/')) {
				const token = (request.headers['authorization'] ?? '').replace('Bearer ', '');
				const accepted = options.accepts?.(token) ?? true;
				return { status: accepted ? 200 : 401, headers: {}, body: '{"Resources":[]}' };
			}
			tokenRequests.push(request);
			await new Promise((resolve) => setImmediate(resolve));
			const prepared = answers.shift();
			if (prepared !== undefined) return prepared;
			const body = {
				access_token: `t${tokenRequests.length}`,
				token_type: 'bearer',
				expires_in: options.lifetime ?? 3600,
			};
			return { status: 200, headers: {}, body: JSON.stringify(body) };
		};
		return { http, tokenRequests, answers };
	}

	function oauthClient(
		world: { http: Http },
		extra: Partial<Parameters<typeof clientCredentialsAuth>[0]> = {},
	): TestClient & { pass(ms: number): void } {
		let now = 0;
		const sleep = async (ms: number): Promise<void> => void (now += ms);
		const auth = clientCredentialsAuth({
			http: world.http,
			tokenUrl: 'https://login.example/token',
			clientId: 'id:1',
			clientSecret: 's€cret & more',
			scope: 'scim',
			clock: () => now,
			sleep,
			userAgent: 'test',
			...extra,
		});
		const connection_ = connect('https://app.example/scim', { http: world.http, auth, clock: () => now, sleep });
		return { ...connection_, pass: (ms) => (now += ms) };
	}

	test('a token is fetched once for callers side by side, with the secret in the header', async () => {
		const world = fakeWorld();
		const { client } = oauthClient(world);
		await Promise.all(Array.from({ length: 20 }, () => client.get(['Users'])));
		expect(world.tokenRequests).toHaveLength(1);
		const [request] = world.tokenRequests;
		expect(form(request?.body)).toEqual({ grant_type: 'client_credentials', scope: 'scim' });
		const pair = Buffer.from((request?.headers['authorization'] ?? '').replace('Basic ', ''), 'base64').toString();
		expect(pair).toBe('id%3A1:s%E2%82%ACcret+%26+more');
	});

	test('the secret goes into the form where the server wants it there', async () => {
		const world = fakeWorld();
		await oauthClient(world, { clientAuthentication: 'body' }).client.get(['Users']);
		expect(form(world.tokenRequests[0]?.body)).toMatchObject({ client_id: 'id:1', client_secret: 's€cret & more' });
		expect(world.tokenRequests[0]?.headers['authorization']).toBeUndefined();
	});

	test('a token is renewed shortly before its end', async () => {
		const world = fakeWorld({ lifetime: 100 });
		const { client, pass } = oauthClient(world);
		await client.get(['Users']);
		pass(89_000);
		await client.get(['Users']);
		expect(world.tokenRequests).toHaveLength(1);
		pass(2_000);
		await client.get(['Users']);
		expect(world.tokenRequests).toHaveLength(2);
	});

	test('a 401 renews the token once for all callers, and the requests go through', async () => {
		const world = fakeWorld({ accepts: (token) => token === 't2' });
		const { client } = oauthClient(world);
		const answers = await Promise.all(Array.from({ length: 10 }, () => client.get(['Users'])));
		expect(answers.every(({ status }) => status === 200)).toBe(true);
		expect(world.tokenRequests).toHaveLength(2);
	});

	test('a 401 that a new token does not mend ends the request', async () => {
		const world = fakeWorld({ accepts: () => false });
		const { client } = oauthClient(world);
		expect(statusOf(await failure(client.get(['Users'])))).toBe(401);
		expect(world.tokenRequests).toHaveLength(2);
	});

	test('a fixed token that is refused is not tried again', async () => {
		proxy.fault(() => ({ status: 401 }));
		const error = await failure(connection.client.get(['Users']));
		expect(error).toMatchObject({ remedy: expect.stringContaining('token') as unknown });
		expect(proxy.seen).toHaveLength(1);
	});

	test('a throttled token endpoint is waited for', async () => {
		const world = fakeWorld();
		world.answers.push({ status: 429, headers: { 'retry-after': '2' }, body: '' });
		expect((await oauthClient(world).client.get(['Users'])).status).toBe(200);
	});

	test.each([
		[{ status: 401, headers: {}, body: '{"error":"invalid_client s€cret & more"}' }, /invalid_client/],
		[{ status: 200, headers: {}, body: '<html>' }, /access_token/],
		[{ status: 200, headers: {}, body: '{"access_token":"x","token_type":"mac"}' }, /mac/],
	])('a token endpoint that gives no token is an error without the secret', async (answer, message) => {
		const world = fakeWorld();
		world.answers.push(answer);
		const error = (await failure(oauthClient(world).client.get(['Users']))) as Error;
		expect(error.message).toMatch(message);
		expect(JSON.stringify(error) + error.message).not.toContain('s€cret');
	});

	test.each(['', 'two words', 'line\nbreak'])('a token that is none is refused early (%j)', (token) => {
		expect(() => bearerAuth(token)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }) as Error);
	});
});

describe('egress filter', () => {
	let target: Server;
	let http: AxiosHttp | undefined;
	beforeAll(async () => {
		target = createServer((_, response) => response.end('{"Resources":[]}'));
		await listen(target);
	});
	afterEach(() => http?.close());
	afterAll(() => void target.close());

	function filtered(host: string, allow: boolean, looked: string[] = []): ScimClient {
		const createSecureLookup = (): LookupFunction => (name, _options, done) => {
			looked.push(name);
			done(null, [{ address: '127.0.0.1', family: 4 }]);
		};
		const validateUrl = async (): Promise<{ ok: true } | { ok: false; error: Error }> =>
			allow ? { ok: true } : { ok: false, error: new Error('blocked') };
		http = createAxiosHttp({ egress: { validateUrl, createSecureLookup } });
		const { port } = target.address() as AddressInfo;
		return connect(`http://${host}:${port}`, { http }).client;
	}

	test('an address that the instance forbids gets no request', async () => {
		expect(await failure(filtered('127.0.0.1', false).get(['Users']))).toMatchObject({ details: { kind: 'refused' } });
	});

	test('names are resolved by the look-up of the filter', async () => {
		const looked: string[] = [];
		await filtered('scim.invalid', true, looked).get(['Users']);
		expect(looked).toEqual(['scim.invalid']);
	});
});

async function listen(target: Server): Promise<void> {
	target.listen(0, '127.0.0.1');
	await new Promise((resolve) => target.once('listening', resolve));
}
