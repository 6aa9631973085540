import { listAll } from '../../../core/scim';
import { Runs, group, user } from './support/desired';
import type { Answer } from './support/fault-proxy';
import { Stage } from './support/stage';

const stage = Stage.set();

type Body = Record<string, unknown>;

/** Pages of so many entries whatever is asked for, each called the total (saml-jackson). */
function shortPages(size: number, { paged }: { paged: boolean }): void {
	stage.proxy.fault(({ method, path }) => {
		const [collection = '', search = ''] = path.split('?');
		const query = new URLSearchParams(search);
		if (method !== 'GET' || !/^\/(Users|Groups)$/.test(collection) || query.has('filter')) return undefined;
		const start = paged ? (query.get('startIndex') ?? '1') : '1';
		// Past the end scimmy begins again.
		if (Number(start) > stage.server[collection === '/Users' ? 'users' : 'groups'].size)
			return { status: 200, body: '{"totalResults":0,"Resources":[]}' };
		const rewrite = (answer: Answer): Answer => {
			const body = JSON.parse(answer.body ?? '{}') as Body;
			return { ...answer, body: JSON.stringify({ ...body, totalResults: (body['Resources'] as unknown[]).length }) };
		};
		return { forward: { path: `${collection}?startIndex=${start}&count=${size}` }, rewrite };
	});
}

test.each([50, 25, 64])('pages of %d that are called the total are read to the end', async (size) => {
	for (let index = 0; index < 170; index++) stage.server.addUser({ userName: `u${index}@x.example` });
	shortPages(size, { paged: true });
	const listing = await listAll(stage.connection.client, 'Users');
	expect([listing.complete, listing.resources.length]).toEqual([true, 170]);
});

test('a listing that ends with its first page costs one request', async () => {
	for (let index = 0; index < 37; index++) stage.server.addUser({ userName: `u${index}@x.example` });
	expect((await listAll(stage.connection.client, 'Users')).resources).toHaveLength(37);
	expect(stage.proxy.seen).toHaveLength(1);
});

test('a server that takes looking behind the end for an error has given out everything', async () => {
	for (let index = 0; index < 50; index++) stage.server.addUser({ userName: `u${index}@x.example` });
	stage.proxy.fault(({ path }) => (path.includes('startIndex=51') ? { status: 400, body: '{}' } : undefined));
	const listing = await listAll(stage.connection.client, 'Users');
	expect([listing.complete, listing.resources.length]).toEqual([true, 50]);
});

test('groups beyond the first and only page are found by name, neither missing nor created again', async () => {
	for (let index = 0; index < 30; index++) stage.server.addGroup(`g${index}`);
	stage.server.addUser(user('ada'), 'ada');
	shortPages(20, { paged: false });
	const runs = new Runs(stage);
	const wanted = [group('g29', 'ada'), group('new', 'ada')];
	const report = await runs.apply([user('ada')], wanted);
	expect(report.results.map(({ kind, subject }) => [kind, subject])).toEqual([
		['add_members', 'g29'],
		['create_group', 'new'],
	]);
	expect((await runs.apply([user('ada')], wanted)).requests.writes).toBe(0);
	expect(stage.server.groups.size).toBe(31);
});
