import { capabilityProfile, listAll, vendorProfile, type Capabilities } from '../../../core/scim';
import { playVendor } from '../../support/scim-fault-proxy';
import { connect } from './support/client';
import { Stage, edit } from './support/stage';

const stage = Stage.set('express4');
const GENERIC = capabilityProfile(vendorProfile('generic'));

const POPULATION = 250;
beforeEach(() => {
	for (let index = 0; index < POPULATION; index++) stage.server.addUser({ userName: `u${index}@x.example` });
});

function serve(found: Partial<Capabilities>, lowercase = false): void {
	stage.proxy.fault(playVendor({ capabilities: { ...GENERIC.capabilities, ...found }, lowercase }));
}

const reads = (): string[] => stage.proxy.seen.map(({ path }) => path.replace(/^\/Users/, ''));

describe.each<[string, Partial<Capabilities>, boolean]>([
	['cursors (RFC 9865)', { paging: 'cursor' }, false],
	['cursors without totals (AWS)', { paging: 'bare_cursor' }, false],
	['cursors and lower-case resources (Entra)', { paging: 'cursor' }, true],
	['one answer for everything', { paging: 'none' }, false],
	['pages of twenty', { pageSize: 20 }, false],
])('%s', (_, found, lowercase) => {
	test('are read to the end by a client that knows', async () => {
		serve(found, lowercase);
		const profile = { ...GENERIC, capabilities: { ...GENERIC.capabilities, ...found } };
		const { client, close } = connect(stage.proxy.baseUrl, { profile });
		const listing = await listAll(client, 'Users');
		expect([listing.complete, listing.resources.length]).toEqual([true, POPULATION]);
		const size = found.paging === 'none' ? POPULATION : (found.pageSize ?? 100);
		expect(stage.proxy.seen).toHaveLength(Math.ceil(POPULATION / size));
		close();
	});

	test('are read to the end by a client that does not, which learns it', async () => {
		serve(found, lowercase);
		const { client } = stage.connection;
		const listing = await listAll(client, 'Users');
		expect([listing.complete, listing.resources.length]).toEqual([true, POPULATION]);
		if (found.paging?.endsWith('cursor')) expect(client.profile.basis.paging?.from).toBe('learned');
	});
});

describe('cursors', () => {
	beforeEach(() => stage.connection.client.learn({ paging: 'cursor' }, 'test'));

	test('begin with a bare parameter', async () => {
		serve({ paging: 'cursor' });
		await listAll(stage.connection.client, 'Users');
		expect(reads()).toEqual(['?cursor&count=100', '?cursor=101&count=100', '?cursor=201&count=100']);
	});

	test('that expire begin again, and nobody is shown twice', async () => {
		serve({ paging: 'cursor' });
		stage.proxy.once(({ path }) => path.includes('cursor=201'), {
			status: 400,
			body: '{"scimType":"expiredCursor"}',
		});
		const listing = await listAll(stage.connection.client, 'Users');
		expect([listing.complete, listing.resources.length]).toEqual([true, POPULATION]);
		expect(new Set(listing.resources.map(({ id }) => id)).size).toBe(POPULATION);
	});

	test('that always expire, or repeat, leave it incomplete', async () => {
		stage.proxy.fault(({ path }) =>
			path.includes('cursor=')
				? { status: 410, body: '{}' }
				: { status: 200, body: '{"Resources":[{"id":"a"}],"nextCursor":"x"}' },
		);
		expect(await listAll(stage.connection.client, 'Users')).toMatchObject({ complete: false });
		stage.proxy.fault(() => ({ status: 200, body: '{"Resources":[{"id":"a"}],"nextCursor":"x"}' }));
		expect(await listAll(stage.connection.client, 'Users')).toMatchObject({ complete: false });
	});

	test('that nobody gives out although there is more are given up for startIndex', async () => {
		stage.proxy.fault(({ path }) =>
			path.includes('cursor')
				? { forward: { path: '/Users?startIndex=1&count=100' }, rewrite: (answer) => answer }
				: undefined,
		);
		const listing = await listAll(stage.connection.client, 'Users');
		expect([listing.complete, listing.resources.length]).toEqual([true, POPULATION]);
		expect(stage.connection.client.capabilities.paging).toBe('index');
	});

	test('are data, never addresses: what looks like a link goes nowhere else', async () => {
		const elsewhere = 'http://127.0.0.1:1/steal';
		stage.proxy.once(() => true, { status: 200, body: `{"Resources":[{"id":"a"}],"nextCursor":"${elsewhere}"}` });
		stage.proxy.fault(({ path }) =>
			path.includes('steal')
				? { status: 200, body: '{"Resources":[{"id":"b"}]}' }
				: { status: 200, body: `{"Resources":[{"id":"a"}],"nextCursor":"${elsewhere}"}` },
		);
		const listing = await listAll(stage.connection.client, 'Users');
		expect(listing.resources.map(({ id }) => id)).toEqual(['a', 'b']);
		expect(reads()[1]).toBe(`?cursor=${encodeURIComponent(elsewhere)}&count=100`);
	});
});

test('projection is not asked for where the vendor refuses it', async () => {
	serve({ projection: false });
	stage.connection.client.learn({ projection: false }, 'test');
	const listing = await listAll(stage.connection.client, 'Groups', { excludedAttributes: ['members'] });
	expect(listing.complete).toBe(true);
});

test('entries that come twice are shown once', async () => {
	const doubled = edit(() => undefined);
	stage.proxy.fault(() => ({
		rewrite: (answer) => {
			const body = JSON.parse(doubled(answer).body ?? '{}') as { Resources: unknown[] };
			return {
				status: 200,
				body: JSON.stringify({ ...body, Resources: body.Resources.flatMap((each) => [each, each]) }),
			};
		},
	}));
	const { resources } = await listAll(stage.connection.client, 'Users');
	expect(new Set(resources.map(({ id }) => id)).size).toBe(resources.length);
});
