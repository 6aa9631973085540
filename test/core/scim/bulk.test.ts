import { BulkRun, sized, type BulkOperation } from '../../../core/scim/bulk';
import { readBulkAnswer } from '../../../core/scim/bulk-answer';
import { Stage } from './support/stage';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const create = (bulkId: string): BulkOperation => ({
	method: 'POST',
	path: ['Users'],
	bulkId,
	data: { schemas: [USER], userName: `${bulkId}@x.example` },
});
const change = (id: string, bulkId = `change-${id}`): BulkOperation => ({
	method: 'PATCH',
	path: ['Users', id],
	bulkId,
	data: { Operations: [{ op: 'replace', path: 'title', value: 'Engineer' }] },
});
const people = ['ann', 'bob', 'cid', 'dan', 'eve'].map(create);

describe('a bulk answer', () => {
	const read = (Operations: unknown, sent: readonly BulkOperation[]) => readBulkAnswer({ Operations }, sent);

	test('tells each operation its own end: scimgateway status objects, errors, and what is not mentioned', () => {
		const Operations = [
			{ bulkId: 'bob', method: 'POST', status: { code: '201' }, location: '/Users/b%201' },
			{ bulkId: 'ann', method: 'POST', status: '409', response: { scimType: 'uniqueness', detail: 'taken' } },
			{ bulkId: 'cid', method: 'POST', status: 201, location: 'https://elsewhere.example/scim/Users/c1' },
		];
		expect(read(Operations, people.slice(0, 4))).toMatchObject([
			{ status: 409, ambiguous: false, error: { code: 'SCIM_FAILED', details: { scimType: 'uniqueness' } } },
			{ status: 201, id: 'b 1' },
			{ status: 201, id: 'c1' },
			{ status: 0, ambiguous: true },
		]);
	});

	test.each([
		[
			'by address',
			[
				{ location: '/Users/2', status: '412' },
				{ location: '/Users/1', status: '200' },
			],
			[200, 412],
		],
		['by order, where it has no address', [{ status: '204' }, { status: '404' }], [204, 404]],
		[
			'not by order, where the address is of another',
			[{ location: '/Users/9', status: '200' }, { status: 200 }],
			[0, 200],
		],
		['not by order, where one is missing', [{ status: '204' }], [0, 0]],
		['not where two have one address', Array(2).fill({ location: '/Users/1', status: '200' }), [0, 0]],
	])('changes without a bulkId are told apart %s', (_, Operations, statuses) => {
		expect(read(Operations, [change('1'), change('2')]).map(({ status }) => status)).toEqual(statuses);
	});

	test('changes without a bulkId stand among creations with one', () => {
		const Operations = [{ status: '204' }, { bulkId: 'ann', status: '201', location: '/Users/a' }, { status: '404' }];
		const results = read(Operations, [change('1'), create('ann'), change('2')]);
		expect(results.map(({ status, id }) => [status, id])).toEqual([
			[204, '1'],
			[201, 'a'],
			[404, undefined],
		]);
	});

	test('creations are told apart by bulkId only: a place could give one the id of another', () => {
		const Operations = [
			{ status: '201', location: '/Users/1' },
			{ status: '201', location: '/Users/2' },
		];
		expect(read(Operations, people.slice(0, 2))).toMatchObject(Array(2).fill({ status: 0, ambiguous: true }));
	});

	test('what is told twice is unclear, and an id that two creations got is nobody’s', () => {
		const twice = [
			{ bulkId: 'ann', status: '201', location: '/Users/1' },
			{ bulkId: 'ann', status: '409' },
			{ bulkId: 'bob', status: '201', location: '/Users/2' },
			{ bulkId: 'cid', status: '201', location: '/Users/2' },
		];
		const [ann, bob, cid] = read(twice, people.slice(0, 3));
		expect(ann).toMatchObject({ status: 0, ambiguous: true });
		expect([bob, cid]).toEqual(Array(2).fill({ status: 201, ambiguous: false }));
	});

	test('the entry of an answer counts where it is the one that was written', () => {
		const shown = (id: string) => ({ status: '200', response: { id, title: 'Engineer' } });
		const results = read([shown('1'), shown('7')], [change('1'), change('2')]);
		expect(results.map(({ resource }) => resource?.id)).toEqual(['1', undefined]);
	});

	test.each([
		['a failure of the server is unclear', '503', true],
		['"not implemented" is a refusal', '501', false],
		['throttling is a refusal', '429', false],
	])('%s', (_, status, ambiguous) => {
		expect(read([{ bulkId: 'ann', status }], [create('ann')])).toMatchObject([{ ambiguous }]);
	});

	test.each([undefined, null, '', 7, [], { Operations: {} }, { Operations: [[], null, { bulkId: 'ann' }] }])(
		'nonsense says nothing of any operation: %j',
		(body) => {
			expect(readBulkAnswer(body, people)).toMatchObject(Array(5).fill({ status: 0, ambiguous: true }));
		},
	);
});

describe('bulk requests', () => {
	const stage = Stage.set();
	const offer = (maxOperations = 100, maxPayloadBytes = 100_000): BulkRun => {
		stage.connection.client.learn({ bulk: { maxOperations, maxPayloadBytes } }, 'test');
		return new BulkRun(stage.connection.client);
	};

	test.each([600, 601, 1000, 1_000_000])(
		'hold as many operations as fit into %i bytes, to the last one',
		async (most) => {
			const run = offer(100, most);
			const many = Array.from({ length: 20 }, (_, index) => create(`p${String(index).padStart(2, '0')}`));
			const count = run.fits(many.map(sized));
			await run.send(many.slice(0, count));
			const [request] = stage.proxy.writes();
			expect(Buffer.byteLength(request?.body ?? '')).toBeLessThanOrEqual(most);
			// The next one would not have fitted beside the envelope that is reckoned with.
			if (count < 20) expect(Buffer.byteLength(request?.body ?? '') + 2 * 120).toBeGreaterThan(most);
		},
	);

	test('hold one operation at least, and encode ids into paths', async () => {
		expect(offer(100, 10).fits(people.map(sized))).toBe(1);
		const id = stage.server.addUser({ userName: 'x@x.example' }, 'a b?');
		await offer().send([change(id), ...people]);
		expect(stage.proxy.writes()[0]?.body).toContain('"/Users/a%20b%3F"');
	});

	test.each([404, 501, 500])('are not sent again where they were answered %i', async (status) => {
		stage.proxy.fault(() => ({ status, body: '{}' }));
		const run = offer();
		const results = await run.send(people);
		expect(run.isTaken).toBe(false);
		// What a 500 carried out nobody knows: that is left to whoever looks.
		if (status === 500) expect(results).toMatchObject(Array(5).fill({ ambiguous: true }));
		else expect(results).toBeUndefined();
	});

	test('are halved where they are too large, until they hold one', async () => {
		stage.proxy.fault(() => ({ status: 413, body: '{}' }));
		const run = offer();
		const sizes: number[] = [];
		while (run.isTaken) {
			sizes.push(run.fits(people.map(sized)));
			expect(await run.send(people.slice(0, sizes.at(-1)))).toBeUndefined();
		}
		expect(sizes).toEqual([5, 2]);
	});

	test('are not worth it for little; once they worked, two are enough', async () => {
		const run = offer();
		expect([2, 3].map((count) => run.isWorth(count))).toEqual([false, true]);
		await run.send(people);
		expect([1, 2].map((count) => run.isWorth(count))).toEqual([false, true]);
		expect(run.traffic).toEqual({ requests: 1, operations: 5, saved: 4 });
	});
});
