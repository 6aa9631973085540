import fc from 'fast-check';
import {
	MemoryJournal,
	applyScim,
	planScim,
	undoScim,
	type ScimApplyReport,
	type ScimPlan,
	type Verification,
} from '../../../../core/scim';
import { connect, type TestClient } from '../support/client';
import { startFaultProxy, type Answer, type Fault, type FaultProxy } from '../support/fault-proxy';
import { startScimmy, type ScimServer } from '../support/scimmy-server';

jest.setTimeout(240_000);

/** What one bulk request meets on its way. */
const FAULTS = [
	'none',
	'none',
	'lost before',
	'lost after',
	'500 before',
	'503 after',
	'400',
	'501',
	'413',
	'throttled',
	'not JSON',
	'stops in the middle',
	'skips every other',
	'refuses every other',
	'shuffled',
	'without bulkIds',
	'shuffled, without bulkIds',
	'without addresses',
	'one told as another',
] as const;
type FaultName = (typeof FAULTS)[number];

interface Operation {
	bulkId: string;
	method: string;
	data: Record<string, unknown>;
}
type Entry = Record<string, unknown>;

const everyOther = <Item>(items: readonly Item[]): Item[] => items.filter((_, index) => index % 2 === 0);

const BEFORE: Partial<Record<FaultName, (sent: Operation[]) => Operation[]>> = {
	'stops in the middle': (sent) => sent.slice(0, Math.ceil(sent.length / 2)),
	'skips every other': everyOther,
	'refuses every other': everyOther,
};

const AFTER: Partial<Record<FaultName, (entries: Entry[], sent: Operation[]) => Entry[]>> = {
	'refuses every other': (entries, sent) => [
		...entries,
		...sent
			.filter((_, index) => index % 2 === 1)
			.map(({ bulkId, method }) => ({ bulkId, method, status: '400', response: { scimType: 'invalidValue' } })),
	],
	shuffled: (entries) => [...entries].reverse(),
	'without bulkIds': (entries) => entries.map(({ bulkId: _, ...entry }) => entry),
	'shuffled, without bulkIds': (entries) => entries.map(({ bulkId: _, ...entry }) => entry).reverse(),
	'without addresses': (entries) => entries.map(({ location: _, ...entry }) => entry),
	'one told as another': (entries) => entries.map((entry) => ({ ...entry, location: entries[0]?.['location'] })),
};

function answered(fault: FaultName, answer: Answer, sent: Operation[]): Answer {
	if (fault === '503 after') return { status: 503, body: '{}' };
	if (fault === 'not JSON') return { status: 200, body: 'done' };
	const body = JSON.parse(answer.body ?? '{}') as { Operations?: Entry[] };
	const Operations = (AFTER[fault] ?? ((entries: Entry[]) => entries))(body.Operations ?? [], sent);
	return { status: answer.status, body: JSON.stringify({ ...body, Operations }) };
}

function faultOf(fault: FaultName, body: string): Fault {
	if (fault === 'lost before') return 'reset';
	if (fault === 'lost after') return 'reset-after';
	if (fault === 'throttled') return { status: 429, headers: { 'retry-after': '2' }, body: '{}' };
	if (['500 before', '400', '501', '413'].includes(fault)) return { status: Number(fault.slice(0, 3)), body: '{}' };
	const request = JSON.parse(body) as { Operations: Operation[] };
	const Operations = (BEFORE[fault] ?? ((sent: Operation[]) => sent))(request.Operations);
	return {
		forward: { body: JSON.stringify({ ...request, Operations }) },
		rewrite: (answer) => answered(fault, answer, request.Operations),
	};
}

/** 0: not there yet; else the title that the account has, and is to have. */
const person = fc.record({ before: fc.integer({ min: 0, max: 3 }), after: fc.integer({ min: 1, max: 3 }) });
const scenes = fc.record({
	people: fc.array(person, { minLength: 5, maxLength: 24 }),
	faults: fc.array(fc.constantFrom(...FAULTS), { minLength: 1, maxLength: 4 }),
	maxOperations: fc.integer({ min: 2, max: 12 }),
	maxPayloadBytes: fc.constantFrom(700, 1500, 100_000),
	verification: fc.constantFrom<Verification>('read', 'answer'),
	etag: fc.constantFrom('none', 'checked'),
});

describe('bulk against an application that does with it what it likes', () => {
	let server: ScimServer;
	let proxy: FaultProxy;
	let connection: TestClient;

	beforeAll(async () => {
		server = await startScimmy();
		proxy = await startFaultProxy(server.baseUrl);
	});
	afterAll(async () => {
		await proxy.close();
		await server.close();
	});
	beforeEach(() => (connection = connect(proxy.baseUrl)));
	afterEach(() => connection.close());

	const plan = (users: unknown[]): Promise<ScimPlan> =>
		planScim(connection.client, connection.client.profile, { users }, { application: 'app' });
	const userOf = (index: number, title: number): Record<string, unknown> => ({
		externalId: `x-${index}`,
		userName: `p${index}@example.com`,
		name: { givenName: 'P', familyName: `N${index}` },
		title: `Title ${title}`,
		active: true,
	});
	const held = (): unknown[] =>
		[...server.users.values()].map(({ userName, title, active }) => [userName, title, active]).sort();
	const notDone = ({ results }: ScimApplyReport): unknown[] => results.filter(({ outcome }) => outcome !== 'verified');

	it('reaches the target without making anybody twice; a second run only reads, undo restores the start', async () => {
		let carried = 0;
		await fc.assert(
			fc.asyncProperty(scenes, async ({ people, faults, maxOperations, maxPayloadBytes, verification, etag }) => {
				connection.close();
				connection = connect(proxy.baseUrl);
				server.reset();
				proxy.reset();
				people.forEach(({ before }, index) => {
					if (before > 0) server.addUser(userOf(index, before), `u${index}`);
				});
				const start = held();
				const { client } = connection;
				client.learn(
					{ bulk: { maxOperations, maxPayloadBytes }, etag: etag === 'checked' ? 'checked' : 'none' },
					'test',
				);
				const journal = new MemoryJournal();
				const wanted = people.map(({ after }, index) => userOf(index, after));
				const planned = await plan(wanted);

				let requests = 0;
				proxy.fault(({ path, body }) => {
					if (path !== '/Bulk') return undefined;
					return faultOf(faults[requests++] ?? 'none', body);
				});
				const report = await applyScim(planned, { client, journal, verification });
				carried += report.bulk?.operations ?? 0;
				expect(notDone(report)).toEqual([]);
				expect(held()).toEqual(wanted.map(({ userName, title }) => [userName, title, true]).sort());

				proxy.reset();
				expect((await plan(wanted)).actions).toEqual([]);
				expect((await undoScim(client, journal)).outcome).toBe('done');
				const created = people.flatMap(({ before, after }, index) =>
					before > 0 ? [] : [[`p${index}@example.com`, `Title ${after}`, false]],
				);
				expect(held()).toEqual([...start, ...created].sort());
			}),
			{ numRuns: 60, seed: 20261120 },
		);
		expect(carried).toBeGreaterThan(100);
	});
});
