import { createServer, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import type { NodeEgressFilter } from 'n8n-workflow';

import { createAxiosHttp, type AxiosHttp, type EgressFilter, type ScimClient } from '../../../core/scim';
import { connect } from './support/client';
import { failure } from './support/failure';

describe('connections', () => {
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

	test("n8n's own filter fits unchanged", () => {
		const fits = (filter: NodeEgressFilter): EgressFilter => filter;
		expect(fits).toBeInstanceOf(Function);
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
