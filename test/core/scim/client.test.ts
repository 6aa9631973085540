import { isAmbiguous, retryAfterOf, scimTypeOf, statusOf } from '../../../core/scim';
import { connect } from './support/client';
import { startFaultProxy } from './support/fault-proxy';
import { failure } from './support/failure';
import { Stage } from './support/stage';

const stage = Stage.set();

describe('requests', () => {
	test('carry SCIM media types, the user agent and the token', async () => {
		await stage.connection.client.post(['Users'], {
			schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
			userName: 'ann',
		});
		expect(stage.proxy.seen[0]?.headers).toMatchObject({
			accept: 'application/scim+json',
			'content-type': 'application/scim+json',
			'user-agent': 'contract-provisioning-test',
			authorization: 'Bearer test-token-0123456789',
		});
	});

	test('encode ids and values once', async () => {
		await failure(stage.connection.client.get(['Users', 'a/b?c#d%2F'], { filter: 'userName eq "a&b=c +%"' }));
		expect(stage.proxy.seen[0]?.path).toBe('/Users/a%2Fb%3Fc%23d%252F?filter=userName%20eq%20%22a%26b%3Dc%20%2B%25%22');
	});

	test.each(['.', '..', '', '\ud800', 'x'.repeat(5000)])(
		'are not sent for an id that could leave its collection (%j)',
		async (id) => {
			expect(await failure(stage.connection.client.get(['Users', id]))).toMatchObject({ code: 'SCIM_FAILED' });
			expect(stage.proxy.seen).toEqual([]);
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
		stage.proxy.fault(() => ({ status: 302, headers: { location: 'http://127.0.0.1:1/elsewhere' } }));
		const error = await failure(stage.connection.client.get(['Users']));
		expect(statusOf(error)).toBe(302);
		expect(stage.proxy.seen).toHaveLength(1);
	});

	test('count what they send, in every view', async () => {
		const view = stage.connection.client.tracked();
		stage.proxy.once(() => true, { status: 503, headers: { 'retry-after': '1' } });
		await view.get(['Users']);
		await stage.connection.client.get(['Users']);
		expect([view.traffic, stage.connection.client.traffic]).toEqual([
			{ reads: 2, writes: 0 },
			{ reads: 3, writes: 0 },
		]);
	});
});

describe('answers', () => {
	test('errors carry status, scimType, detail and a remedy', async () => {
		stage.server.addUser({ userName: 'ann' });
		const error = await failure(
			stage.connection.client.post(['Users'], {
				schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
				userName: 'ann',
			}),
		);
		expect(error).toMatchObject({ code: 'SCIM_FAILED', message: expect.stringContaining('taken') as unknown });
		expect([statusOf(error), scimTypeOf(error), isAmbiguous(error)]).toEqual([409, 'uniqueness', false]);
		expect((error as { remedy: string }).remedy).not.toBe('');
	});

	test("a server's words are one short line without our token", async () => {
		const detail = `a\u0000b\n test-token-0123456789 ${'x'.repeat(5000)}`;
		stage.proxy.fault(() => ({ status: 400, body: JSON.stringify({ detail: [detail, 7] }) }));
		const { message } = (await failure(stage.connection.client.get(['Users']))) as Error;
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
		stage.proxy.fault(() => ({ status: 200, body }));
		expect(await failure(stage.connection.client.get(['Users']))).toMatchObject({
			remedy: expect.stringContaining('base URL') as unknown,
		});
	});

	test('too large an answer is cut off and not asked for again', async () => {
		const { client, close } = connect(stage.proxy.baseUrl, { limits: { maxResponseBytes: 1000 } });
		stage.proxy.fault(() => ({ status: 200, body: `"${'x'.repeat(2000)}"` }));
		expect(await failure(client.get(['Users']))).toMatchObject({ details: { kind: 'too_large' } });
		expect(stage.proxy.seen).toHaveLength(1);
		close();
	});

	test('members named __proto__ reach no prototype', async () => {
		stage.proxy.fault(() => ({ status: 200, body: '{"__proto__":{"polluted":true},"id":"1"}' }));
		await stage.connection.client.get(['Users', '1']);
		expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
	});
});

describe('throttling and outages', () => {
	test.each([
		['seconds', { 'retry-after': '7' }, 7000],
		['a date', { 'retry-after': 'Fri, 20 Nov 2026 00:00:09 GMT' }, 9000],
		["better-auth's header", { 'x-retry-after': '4' }, 4000],
		['seconds until the allowance is full (ConfigCat)', { 'x-rate-limit-reset': '12' }, 12_000],
		['the instant of it', { 'x-ratelimit-reset': '1795132803' }, 3000],
		['the shorter word of two', { 'retry-after': '2', 'x-rate-limit-reset': '60' }, 2000],
		['nothing readable', { 'retry-after': 'soon' }, 500],
		['nothing', {}, 500],
	])('a wait given as %s is kept', async (_, headers, expected) => {
		stage.proxy.once(() => true, { status: 429, headers: headers });
		await stage.connection.client.get(['Users']);
		expect(stage.connection.waits).toEqual([expected]);
	});

	test('a wait beyond the limit ends the request with the wait named', async () => {
		stage.proxy.fault(() => ({ status: 429, headers: { 'retry-after': '86400' } }));
		const error = await failure(stage.connection.client.get(['Users']));
		expect([statusOf(error), retryAfterOf(error)]).toEqual([429, 86_400_000]);
		expect(stage.proxy.seen).toHaveLength(1);
	});

	test('reads are repeated a bounded number of times', async () => {
		stage.proxy.fault(() => ({ status: 503 }));
		expect(statusOf(await failure(stage.connection.client.get(['Users'])))).toBe(503);
		expect(stage.proxy.seen).toHaveLength(6);
		expect(stage.connection.waits).toEqual([500, 1000, 2000, 4000, 8000]);
	});

	test('reads survive a broken connection', async () => {
		stage.proxy.once(() => true, 'reset');
		expect((await stage.connection.client.get(['Users'])).status).toBe(200);
	});

	test.each(['reset' as const, 'reset-after' as const, { status: 503 }, { status: 500 }])(
		'a write that may have arrived is sent once and called ambiguous (%p)',
		async (fault) => {
			stage.proxy.fault(() => fault);
			expect(isAmbiguous(await failure(stage.connection.client.patch(['Users', '1'], {})))).toBe(true);
			expect(stage.proxy.seen).toHaveLength(1);
		},
	);

	test('a write that was throttled is repeated: it was not carried out', async () => {
		stage.proxy.once(() => true, { status: 429 });
		await stage.connection.client.post(['Users'], {
			schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
			userName: 'ann',
		});
		expect(stage.server.users.size).toBe(1);
	});

	test('a write to a server that went away is repeated, then fails as not sent', async () => {
		const proxy = await startFaultProxy(stage.server.baseUrl);
		const { client, close, waits } = connect(proxy.baseUrl);
		await client.get(['Users']);
		await proxy.close();
		// The connections that were open break at the next request.
		await failure(client.get(['Users']));
		waits.length = 0;
		const error = await failure(client.post(['Users'], {}));
		expect(error).toMatchObject({ details: { kind: 'unreachable', sent: false } });
		expect(waits).toHaveLength(5);
		close();
	});

	test.each([
		[undefined, 1],
		[4, 3],
	])('a server that was never there is given up soon, or after %p attempts', async (firstAttempts, expected) => {
		const limits = firstAttempts === undefined ? {} : { firstAttempts };
		const { client, close, waits } = connect('http://127.0.0.1:1/scim', { limits });
		const error = await failure(client.get(['Users']));
		expect(error).toMatchObject({
			details: { kind: 'unreachable' },
			remedy: expect.stringContaining('base URL') as string,
		});
		expect(waits).toHaveLength(expected);
		close();
	});
});

describe('media types', () => {
	test('that are refused with 415 give way to application/json, once and for all', async () => {
		stage.proxy.fault(({ headers, method }) =>
			method === 'POST' && headers['content-type'] !== 'application/json' ? { status: 415, body: '{}' } : undefined,
		);
		const user = (userName: string): object => ({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName });
		await stage.connection.client.post(['Users'], user('ann'));
		await stage.connection.client.post(['Users'], user('bob'));
		expect(stage.proxy.seen).toHaveLength(3);
		expect(stage.connection.client.profile.basis.mediaType?.from).toBe('learned');
	});

	test('that are refused both end as an error', async () => {
		stage.proxy.fault(() => ({ status: 415, body: '{}' }));
		expect(statusOf(await failure(stage.connection.client.post(['Users'], {})))).toBe(415);
		expect(stage.proxy.seen).toHaveLength(2);
	});
});
