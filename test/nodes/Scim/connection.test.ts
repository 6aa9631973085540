import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ILoadOptionsFunctions } from 'n8n-workflow';
import type { ScimProfileEntry } from '../../../core/store';
import { connect, type ConnectOptions } from '../../../nodes/Scim/connection';
import { searchGroups, searchUsers } from '../../../nodes/Scim/direct';

interface Stub {
	baseUrl: string;
	/** Method, path and filter of each request. */
	requests: string[];
	close(): void;
}

const NAMES = Array.from({ length: 120 }, (_, index) => `p${String(index).padStart(3, '0')}@example.com`);

/** A small SCIM server; `config` is the status of what it says about itself, `filters` whether it can search. */
async function startStub({ config = 200, filters = true } = {}): Promise<Stub> {
	const requests: string[] = [];
	const server: Server = createServer((request, response) => {
		const url = new URL(request.url ?? '/', 'http://stub');
		requests.push(`${request.method ?? ''} ${url.pathname}${url.searchParams.has('filter') ? ' filter' : ''}`);
		const send = (status: number, body: object) =>
			response.writeHead(status, { 'content-type': 'application/scim+json' }).end(JSON.stringify(body));
		if (!/Users|Groups/.test(url.pathname)) {
			const body = url.pathname.includes('Config') ? { patch: { supported: true } } : { Resources: [] };
			return send(config, body);
		}
		const filter = url.searchParams.get('filter');
		if (filter !== null && !filters) return send(400, { scimType: 'invalidFilter' });
		const wanted = /co "(?<text>.*)"/.exec(filter ?? '')?.groups?.['text'] ?? '';
		const found = NAMES.filter((name) => name.includes(wanted));
		const start = Number(url.searchParams.get('startIndex') ?? 1);
		const page = found.slice(start - 1, start - 1 + Number(url.searchParams.get('count') ?? 100));
		const Resources = page.map((name) => ({ id: `id-${name}`, userName: name, displayName: name.toUpperCase() }));
		return send(200, { totalResults: found.length, startIndex: start, itemsPerPage: page.length, Resources });
	}).listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	return {
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		close: () => server.close(),
	};
}

const nodeFor = ({ baseUrl }: Stub) => ({
	getCredentials: async () => ({ baseUrl: `${baseUrl}/`, token: 'a-token-0123456789' }),
	getCurrentNodeParameter: () => 'bearerToken',
	helpers: {
		getSecureEgressFilter: () => ({
			validateUrl: async () => ({ ok: true as const }),
			createSecureLookup: () => undefined as never,
		}),
	},
});

function memory(known?: ScimProfileEntry) {
	const saved: ScimProfileEntry[] = [];
	const ledger: NonNullable<ConnectOptions['ledger']> = {
		readScimProfile: async () => saved.at(-1) ?? known,
		saveScimProfile: async (entry) => {
			saved.push(entry);
		},
	};
	return { ledger, saved };
}

const options = (ledger: NonNullable<ConnectOptions['ledger']>): ConnectOptions => ({
	authentication: 'bearerToken',
	limits: { concurrency: 2, maxAttempts: 1 },
	ledger,
});

let stub: Stub | undefined;
afterEach(() => stub?.close());

describe('what is known of an application', () => {
	it('is asked of it once and not again by later runs', async () => {
		stub = await startStub();
		const { ledger, saved } = memory();
		await (await connect(nodeFor(stub), options(ledger))).close();
		expect(stub.requests).toEqual(['GET /ServiceProviderConfig', 'GET /Schemas', 'GET /ResourceTypes']);
		expect(saved).toHaveLength(1);
		const again = await connect(nodeFor(stub), options(ledger));
		await again.close();
		expect(stub.requests).toHaveLength(3);
		expect(saved).toHaveLength(1);
	});

	it('keeps what a run learned for the next one', async () => {
		stub = await startStub();
		const { ledger } = memory();
		const first = await connect(nodeFor(stub), options(ledger));
		first.client.learn({ patch: 'put' }, 'a PATCH was answered 501');
		await first.close();
		const second = await connect(nodeFor(stub), options(ledger));
		expect(second.client.capabilities.patch).toBe('put');
		expect(second.client.profile.basis.patch).toMatchObject({ from: 'learned' });
		await second.close();
	});

	it('is forgotten after a week, and asked for anew', async () => {
		stub = await startStub();
		const { ledger, saved } = memory();
		const first = await connect(nodeFor(stub), options(ledger));
		first.client.learn({ patch: 'put' }, 'a PATCH was answered 501');
		await first.close();
		const last = saved.at(-1);
		if (last) last.discoveredAt = new Date(Date.now() - 8 * 86_400_000).toISOString();
		const later = await connect(nodeFor(stub), options(ledger));
		expect(later.client.capabilities.patch).toBe('path');
		expect(stub.requests).toHaveLength(6);
		await later.close();
	});

	it('may be nothing: an application that keeps it to itself is worked with all the same', async () => {
		stub = await startStub({ config: 403 });
		const { ledger, saved } = memory();
		const connection = await connect(nodeFor(stub), options(ledger));
		expect(connection.client.capabilities.patch).toBe('path');
		await connection.close();
		expect(saved).toEqual([]);
	});
});

describe('the lists of the editor', () => {
	const search = (kind: typeof searchUsers, ...args: Parameters<OmitThisParameter<typeof searchUsers>>) => {
		if (stub === undefined) throw new Error('No server.');
		return kind.call(nodeFor(stub) as unknown as ILoadOptionsFunctions, ...args);
	};

	it('come page by page, with the name that people know', async () => {
		stub = await startStub();
		const first = await search(searchUsers);
		expect(first.results).toHaveLength(50);
		expect(first.results[0]).toEqual({ name: `${NAMES[0] ?? ''} (P000@EXAMPLE.COM)`, value: `id-${NAMES[0] ?? ''}` });
		const second = await search(searchUsers, undefined, first.paginationToken);
		expect(second.results[0]?.value).toBe(`id-${NAMES[50] ?? ''}`);
		const third = await search(searchUsers, undefined, second.paginationToken);
		expect(third.paginationToken).toBeUndefined();
		expect(stub.requests.some((line) => line.includes('Schemas'))).toBe(false);
	});

	it('are searched by the application, and here where it cannot', async () => {
		stub = await startStub();
		expect((await search(searchUsers, 'p117')).results).toHaveLength(1);
		stub.close();
		stub = await startStub({ filters: false });
		expect((await search(searchUsers, 'p017')).results).toHaveLength(1);
		expect((await search(searchGroups, 'P018')).results).toHaveLength(1);
	});

	it('take a quote as part of a name', async () => {
		stub = await startStub();
		expect((await search(searchUsers, 'x" or userName pr')).results).toEqual([]);
	});
});
