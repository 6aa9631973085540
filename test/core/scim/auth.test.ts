import type { Http, HttpResponse } from '../../../core/ports';
import { basicAuth, bearerAuth, clientCredentialsAuth, statusOf } from '../../../core/scim';
import { connect, type TestClient } from './support/client';
import { failure } from './support/failure';

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
		let requests = 0;
		const http: Http = async () => {
			requests++;
			return { status: 401, headers: {}, body: '' };
		};
		const { client } = connect('https://app.example/scim', { http, auth: bearerAuth('fixed') });
		const error = await failure(client.get(['Users']));
		expect(error).toMatchObject({ remedy: expect.stringContaining('token') as unknown });
		expect(requests).toBe(1);
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

describe('user name and password', () => {
	test('go as RFC 7617 has it, in UTF-8', async () => {
		expect(await basicAuth('scim', 'pä:ss')()).toEqual({
			authorization: `Basic ${Buffer.from('scim:pä:ss', 'utf8').toString('base64')}`,
		});
	});

	test.each([
		['', 'x'],
		['a:b', 'x'],
		['a', 'x\ny'],
	])('that have no such form are refused (%j, %j)', (name, password) => {
		expect(() => basicAuth(name, password)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }) as Error);
	});
});
