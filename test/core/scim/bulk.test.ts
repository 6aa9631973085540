import { sendAll, type BulkOperation } from '../../../core/scim';
import { Stage } from './support/stage';

const stage = Stage.set();
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

const create = (name: string): BulkOperation => ({
	method: 'POST',
	path: ['Users'],
	bulkId: name,
	data: { schemas: [USER], userName: `${name}@x.example` },
});
const people = ['ann', 'bob', 'cid', 'dan', 'eve'].map(create);
const team: BulkOperation = {
	method: 'POST',
	path: ['Groups'],
	bulkId: 'team',
	data: { schemas: [GROUP], displayName: 'team', members: [{ value: 'bulkId:ann' }, { value: 'bulkId:eve' }] },
};

const members = (): string[] => {
	const [group] = [...stage.server.groups.values()];
	return stage.server.membersOf(group?.id ?? '').sort();
};
const idsOf = (...names: string[]): string[] =>
	names.map((name) => stage.server.user(`${name}@x.example`)?.id ?? '').sort();

describe('bulk', () => {
	test('carries a whole graph: what refers to others follows in a request of its own', async () => {
		stage.connection.client.learn({ bulk: { maxOperations: 100, maxPayloadBytes: 100_000 } }, 'test');
		const results = await sendAll(stage.connection.client, [...people, team]);
		expect(results.map(({ status }) => status)).toEqual(Array(6).fill(201));
		expect(results.slice(0, 5).map(({ id }) => id)).toEqual(people.map(({ bulkId }) => idsOf(bulkId ?? '')[0]));
		expect(members()).toEqual(idsOf('ann', 'eve'));
		expect(stage.proxy.writes().map(({ path }) => path)).toEqual(['/Bulk', '/Groups']);
	});

	test.each([
		['operations', { maxOperations: 2, maxPayloadBytes: 100_000 }, 4],
		['bytes', { maxOperations: 100, maxPayloadBytes: 600 }, undefined],
	])('keeps to the limit on %s, and resolves references across requests', async (_, bulk, requests) => {
		stage.connection.client.learn({ bulk }, 'test');
		const results = await sendAll(stage.connection.client, [...people, team]);
		expect(results.map(({ status }) => status)).toEqual(Array(6).fill(201));
		expect(members()).toEqual(idsOf('ann', 'eve'));
		if (requests !== undefined) expect(stage.proxy.writes()).toHaveLength(requests);
		for (const { body } of stage.proxy.writes()) expect(body.length).toBeLessThanOrEqual(bulk.maxPayloadBytes);
	});

	test.each([404, 501, 500])('falls back to single requests where /Bulk is answered %i', async (status) => {
		stage.connection.client.learn({ bulk: { maxOperations: 100, maxPayloadBytes: 100_000 } }, 'test');
		stage.proxy.fault(({ path }) => (path === '/Bulk' ? { status, body: '{}' } : undefined));
		const results = await sendAll(stage.connection.client, [...people, team]);
		expect(stage.connection.client.capabilities.bulk).toBeNull();
		// What a 500 carried out nobody knows: those are left to whoever looks.
		expect(results.every(({ status: each, ambiguous }) => each === 201 || (status === 500 && ambiguous))).toBe(true);
		if (status !== 500) expect(members()).toEqual(idsOf('ann', 'eve'));
	});

	test('halves on 413', async () => {
		stage.connection.client.learn({ bulk: { maxOperations: 100, maxPayloadBytes: 100_000 } }, 'test');
		stage.proxy.fault(({ path, body }) =>
			path === '/Bulk' && body.length > 500 ? { status: 413, body: '{}' } : undefined,
		);
		const results = await sendAll(stage.connection.client, [...people, team]);
		expect(results.map(({ status }) => status)).toEqual(Array(6).fill(201));
		expect(members()).toEqual(idsOf('ann', 'eve'));
	});

	test('tells each operation its own end: scimgateway status objects, errors, and what is not mentioned', async () => {
		stage.connection.client.learn({ bulk: { maxOperations: 100, maxPayloadBytes: 100_000 } }, 'test');
		const Operations = [
			{ bulkId: 'bob', method: 'POST', status: { code: '201' }, location: '/Users/b%201' },
			{ bulkId: 'ann', method: 'POST', status: '409', response: { scimType: 'uniqueness', detail: 'taken' } },
			{ bulkId: 'cid', method: 'POST', status: 201, location: 'https://elsewhere.example/scim/Users/c1' },
		];
		stage.proxy.fault(() => ({ status: 200, body: JSON.stringify({ Operations }) }));
		const results = await sendAll(stage.connection.client, people.slice(0, 4));
		expect(results).toMatchObject([
			{ status: 409, ambiguous: false, error: { code: 'SCIM_FAILED' } },
			{ status: 201, id: 'b 1' },
			{ status: 201, id: 'c1' },
			{ status: 0, ambiguous: true },
		]);
	});

	test('is not used for little, nor where the application has none', async () => {
		await sendAll(stage.connection.client, people);
		stage.connection.client.learn({ bulk: { maxOperations: 100, maxPayloadBytes: 100_000 } }, 'test');
		await sendAll(stage.connection.client, [create('zoe')]);
		expect(stage.proxy.writes().map(({ path }) => path)).toEqual(Array(6).fill('/Users'));
	});
});
