import type { ApplyReport } from '../../../core/scim';
import { connect } from './support/client';
import type { Fault } from './support/fault-proxy';
import { outcomes, Stage } from './support/stage';

const stage = Stage.set();
const NAMES = ['ann', 'bob', 'cid', 'dan', 'eve'];
const mail = (name: string) => `${name}@x.example`;
const offer = (maxOperations = 100, maxPayloadBytes = 1_000_000): void =>
	stage.connection.client.learn({ bulk: { maxOperations, maxPayloadBytes } }, 'test');
const createAll = (names = NAMES): string[] => names.map((name) => stage.create(mail(name)));
const userNames = (): unknown[] => [...stage.server.users.values()].map(({ userName }) => userName).sort();
const writes = (): string[] => stage.proxy.writes().map(({ method, path }) => `${method} ${path}`);
const verified = (count: number, each = 1): string[] => Array<string>(count).fill(`verified ${each}`);

interface Sent {
	Operations: Array<{ method: string; path: string; bulkId: string; data: Record<string, unknown> }>;
}
const operationsOf = (body: string): Sent['Operations'] => (JSON.parse(body) as Sent).Operations;

/** The server sees all but one operation of a bulk request; `says` is what the answer tells of that one. */
function withoutOperation(userName: string, says?: object): (request: { path: string; body: string }) => Fault {
	return ({ path, body }) => {
		if (path !== '/Bulk') return undefined;
		const whole = JSON.parse(body) as Sent;
		const left = whole.Operations.filter(({ data }) => data['userName'] !== userName);
		const out = whole.Operations.find(({ data }) => data['userName'] === userName);
		return {
			forward: { body: JSON.stringify({ ...whole, Operations: left }) },
			rewrite: ({ status, body: text }) => {
				const answer = JSON.parse(text ?? '{}') as { Operations: object[] };
				const told = says === undefined || out === undefined ? [] : [{ method: 'POST', bulkId: out.bulkId, ...says }];
				return { status, body: JSON.stringify({ ...answer, Operations: [...answer.Operations, ...told] }) };
			},
		};
	};
}

/** What happened, with and without bulk, to the same people. */
async function both(arrange: () => void): Promise<[ApplyReport, ApplyReport]> {
	arrange();
	const other = connect(stage.proxy.baseUrl);
	const alone = await stage.apply({ client: other.client });
	other.close();
	stage.server.reset();
	stage.proxy.reset();
	stage.ledger.open.clear();
	arrange();
	offer();
	return [alone, await stage.apply()];
}

describe('account actions of the ledger, where the application takes bulk', () => {
	test('who leaves is disabled by one request, then all others are written by one; reads are the same', async () => {
		const [alone, bulk] = await both(() => {
			for (const name of ['lea', 'leo', 'liz']) stage.server.addUser({ userName: mail(name) });
			for (const name of ['max', 'mia']) stage.server.addUser({ userName: mail(name), title: 'Analyst' });
			for (const name of ['lea', 'leo', 'liz']) stage.forPerson(mail(name), 'disable_account');
			for (const name of ['max', 'mia']) {
				stage.forPerson(mail(name), 'update_account', { attributes: { userName: mail(name), title: 'Engineer' } });
			}
			createAll();
		});
		expect(outcomes(bulk)).toEqual(verified(10));
		expect([alone.requests.writes, bulk.requests.writes]).toEqual([10, 2]);
		expect(bulk.requests.reads).toBe(alone.requests.reads);
		expect(writes()).toEqual(['POST /Bulk', 'POST /Bulk']);
		const [first, second] = stage.proxy.writes().map(({ body }) => operationsOf(body).map(({ method }) => method));
		expect(first).toEqual(['PATCH', 'PATCH', 'PATCH']);
		expect(second?.sort()).toEqual([...Array<string>(2).fill('PATCH'), ...Array<string>(5).fill('POST')]);
		expect(stage.server.user(mail('lea'))?.['active']).toBe(false);
		expect(stage.server.user(mail('mia'))?.['title']).toBe('Engineer');
		expect(bulk.results.every(({ account }) => (account?.remoteId ?? '') !== '')).toBe(true);

		stage.proxy.reset();
		expect(outcomes(await stage.apply())).toEqual(verified(10, 0));
		expect(stage.proxy.writes()).toEqual([]);
	});

	test.each([
		[2, ['POST /Bulk', 'POST /Bulk']],
		[3, ['POST /Bulk', 'POST /Users']],
	])('keeps to a limit of %i operations, in the fewest requests', async (most, requests) => {
		offer(most);
		createAll(['ann', 'bob', 'cid', 'dan']);
		expect(outcomes(await stage.apply())).toEqual(verified(4));
		expect(writes()).toEqual(requests);
		const sizes = stage.proxy.writes().map(({ path, body }) => (path === '/Bulk' ? operationsOf(body).length : 1));
		expect(sizes).toEqual([most, 4 - most]);
	});

	test('is journaled whole before the first request, and memberships follow', async () => {
		offer();
		const group = stage.server.addGroup('staff');
		createAll();
		for (const name of NAMES) stage.forPerson(mail(name), 'add_to_group', { target: 'staff' });
		let before = -1;
		stage.ledger.onJournal = () => (before = stage.proxy.writes().length);
		await stage.apply();
		expect(before).toBe(0);
		expect(stage.ledger.journal).toHaveLength(10);
		expect(stage.server.membersOf(group)).toHaveLength(5);
		expect(writes()).toEqual(['POST /Bulk', `PATCH /Groups/${group}`]);
	});

	test('is not used for fewer than three who need a write', async () => {
		offer();
		for (const name of ['cid', 'dan', 'eve']) stage.server.addUser({ userName: mail(name), active: false });
		for (const name of ['cid', 'dan', 'eve']) stage.forPerson(mail(name), 'disable_account');
		createAll(['ann', 'bob']);
		expect(outcomes(await stage.apply())).toEqual([...verified(3, 0), ...verified(2)]);
		expect(writes()).toEqual(['POST /Users', 'POST /Users']);
	});
});

describe('bulk that does not go well', () => {
	test.each([400, 403, 404, 405, 501])('falls back to single requests where /Bulk is answered %i', async (status) => {
		offer();
		createAll();
		stage.proxy.fault(({ path }) => (path === '/Bulk' ? { status, body: '{}' } : undefined));
		expect(outcomes(await stage.apply())).toEqual(verified(5));
		expect(writes()).toEqual(['POST /Bulk', ...Array<string>(5).fill('POST /Users')]);
		expect(stage.connection.client.capabilities.bulk).toBeNull();
	});

	test('halves what is too large', async () => {
		offer();
		createAll();
		stage.proxy.fault(({ path, body }) =>
			path === '/Bulk' && operationsOf(body).length > 2 ? { status: 413, body: '{}' } : undefined,
		);
		expect(outcomes(await stage.apply())).toEqual(verified(5));
		expect(userNames()).toEqual(NAMES.map(mail));
	});

	test('looks every account up where the answer is lost, and makes none twice', async () => {
		offer();
		createAll();
		stage.proxy.once(({ path }) => path === '/Bulk', 'reset-after');
		expect((await stage.apply()).results).toMatchObject(
			Array(5).fill({ outcome: 'verified', note: expect.stringContaining('looked up') as string }),
		);
		expect(writes()).toEqual(['POST /Bulk']);
		expect(userNames()).toEqual(NAMES.map(mail));
	});

	test.each([
		['reset before the server saw it', 'reset' as const],
		['answered 500', { status: 500, body: '{}' }],
	])('sends each write alone, after a look, where the request is %s', async (_, fault) => {
		offer();
		createAll();
		stage.proxy.once(({ path }) => path === '/Bulk', fault);
		await stage.apply();
		expect(writes()).toEqual(['POST /Bulk', ...Array<string>(5).fill('POST /Users')]);
		const [bulk, firstAlone] = stage.proxy.seen.flatMap(({ method }, index) => (method === 'GET' ? [] : [index]));
		expect(stage.proxy.seen.slice(bulk, firstAlone).some(({ method }) => method === 'GET')).toBe(true);
		expect(userNames()).toEqual(NAMES.map(mail));
	});

	test.each([
		['is not mentioned', undefined],
		['is throttled', { status: '429' }],
		['is refused', { status: '400', response: { scimType: 'invalidValue' } }],
		['is said to be done and is not', { status: '201', location: '/Users/nowhere' }],
	])('one operation that %s is seen to by itself, and no other', async (_, says) => {
		offer();
		createAll();
		stage.proxy.fault(withoutOperation(mail('cid'), says));
		const { results } = await stage.apply();
		const others = results.filter(({ content }) => content.match['userName'] !== mail('cid'));
		expect(others).toMatchObject(Array(4).fill({ outcome: 'verified', writes: 1 }));
		const [cid] = results.filter(({ content }) => content.match['userName'] === mail('cid'));
		if (stage.server.user(mail('cid')) === undefined) expect(cid).toMatchObject({ outcome: 'failed' });
		else expect(cid).toMatchObject({ outcome: 'verified' });
		expect(stage.server.user(mail('cid')) === undefined).toBe(says?.status === '201');
		expect(userNames().filter((name) => name === mail('cid')).length).toBeLessThan(2);
	});

	test('a change that bulk accepts and does not make is found, and made', async () => {
		offer();
		for (const name of NAMES) stage.server.addUser({ userName: mail(name) });
		for (const name of NAMES) stage.forPerson(mail(name), 'disable_account');
		stage.proxy.once(({ path }) => path === '/Bulk', {
			status: 200,
			body: JSON.stringify({
				Operations: NAMES.map((_, index) => ({ method: 'PATCH', bulkId: `w${index + 1}`, status: '200' })),
			}),
		});
		const report = await stage.apply();
		expect(report.results.map(({ outcome }) => outcome)).toEqual(Array(5).fill('verified'));
		expect([...stage.server.users.values()].map(({ active }) => active)).toEqual(Array(5).fill(false));
	});

	test('nothing more is sent once the lease is about to end; what was held back stays open', async () => {
		offer(3);
		const ids = createAll([...NAMES, 'fay', 'gus', 'hal', 'ida']);
		let requests = 0;
		stage.proxy.fault(({ path }) =>
			path === '/Bulk' && ++requests === 2 ? { status: 429, headers: { 'retry-after': '20' } } : undefined,
		);
		const report = await stage.apply({ claim: { claimedBy: 'test', leaseSeconds: 20, limit: 10 } });
		expect(report.unfinished).toEqual(ids.slice(6));
		expect(outcomes(report)).toEqual(verified(6));
		expect(stage.server.users.size).toBe(6);
	});

	test('no password of a creation is kept', async () => {
		offer();
		for (const name of NAMES) {
			const attributes = { userName: mail(name), password: '{generated}' };
			stage.forPerson(mail(name), 'create_account', { attributes });
		}
		const report = await stage.apply({ random: (bytes) => Buffer.alloc(bytes, 7) });
		const [request] = stage.proxy.writes();
		const [password] = operationsOf(request?.body ?? '').map(({ data }) => String(data['password']));
		expect(password).toMatch(/^.{24}$/);
		expect(JSON.stringify([report, stage.ledger.journal, stage.ledger.results])).not.toContain(password);
	});
});
