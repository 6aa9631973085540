import { listAll } from '../../../core/scim';
import { connect } from './support/client';
import { Stage } from './support/stage';

const stage = Stage.set();

describe('listing', () => {
	/** Pages out of a made-up population, the way a vendor would give them. */
	function serve(
		population: number,
		page: (start: number, count: number) => { from: number; size: number; total?: number },
	): void {
		stage.proxy.fault(({ path }) => {
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
		// The third one is POST /.search, for servers that read numbers from a body only.
		['the same page for ever', 250, (_, size) => ({ from: 1, size, total: 250 }), false, 3],
		['an end before the total', 150, (from, size) => ({ from, size, total: 400 }), false, 3],
	])('%s', async (_, population, page, complete, requests) => {
		serve(population, page);
		const listing = await listAll(stage.connection.client, 'Users');
		expect([listing.complete, stage.proxy.seen.length]).toEqual([complete, requests]);
		expect(new Set(listing.resources.map(({ id }) => id)).size).toBe(listing.resources.length);
		if (complete) expect(listing.resources).toHaveLength(population);
		else expect(listing.reason).toBeDefined();
	});

	test('an endless server ends at the limit', async () => {
		serve(Infinity, (from, size) => ({ from, size }));
		const { client, close } = connect(stage.proxy.baseUrl, { limits: { maxResources: 1000 } });
		expect(await listAll(client, 'Users')).toMatchObject({ complete: false });
		close();
	});

	test('entries without id make it incomplete, and lower-case `resources` is read', async () => {
		stage.proxy.once(() => true, { status: 200, body: '{"totalResults":1,"resources":[{"id":"a"}]}' });
		expect(await listAll(stage.connection.client, 'Users')).toEqual({ resources: [{ id: 'a' }], complete: true });
		stage.proxy.once(() => true, { status: 200, body: '{"totalResults":2,"Resources":[{"id":"a"},{"name":"b"}]}' });
		expect((await listAll(stage.connection.client, 'Users')).complete).toBe(false);
	});
});
