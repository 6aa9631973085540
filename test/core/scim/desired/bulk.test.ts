import {
	MemoryJournal,
	applyScim,
	discover,
	planScim,
	recallLearned,
	undoScim,
	type ApplyScimOptions,
	type JournalRecord,
	type PlanOptions,
	type ScimApplyReport,
	type ScimPlan,
} from '../../../../core/scim';
import { connect } from '../support/client';
import { failure } from '../support/failure';
import { ENTERPRISE, Stage } from '../support/stage';

const stage = Stage.set();
const GENEROUS = { maxOperations: 1000, maxPayloadBytes: 1_000_000 };

const mail = (name: string): string => `${name}@example.com`;
const user = (name: string, extra: Record<string, unknown> = {}): Record<string, unknown> => ({
	externalId: `x-${name}`,
	userName: mail(name),
	name: { givenName: name, familyName: 'Test' },
	...extra,
});
const people = (count: number, prefix = 'p', extra: Record<string, unknown> = {}): Array<Record<string, unknown>> =>
	Array.from({ length: count }, (_, index) => user(`${prefix}${index}`, extra));
const offer = (bulk: object = {}): void => stage.connection.client.learn({ bulk: { ...GENEROUS, ...bulk } }, 'test');

const plan = (users: unknown[], groups: unknown[] = [], options: PlanOptions = {}): Promise<ScimPlan> => {
	const { client } = stage.connection;
	return planScim(client, client.profile, { users, groups }, { application: 'app', ...options });
};
const apply = (planned: ScimPlan, options: Partial<ApplyScimOptions> = {}): Promise<ScimApplyReport> =>
	applyScim(planned, { client: stage.connection.client, ...options });

interface Operation {
	method: string;
	path: string;
	bulkId: string;
	data: Record<string, unknown>;
}
type Entry = Record<string, unknown> & { bulkId?: string };
const operationsOf = (body: string): Operation[] => (JSON.parse(body) as { Operations: Operation[] }).Operations;

/** The writes in their order, ids left out: `POST /Bulk 5` held five operations. */
const writes = (): string[] =>
	stage.proxy.writes().map(({ method, path, body }) => {
		const [, collection = ''] = path.split('/');
		return `${method} /${collection}${collection === 'Bulk' ? ` ${operationsOf(body).length}` : ''}`;
	});
const times = (count: number, write: string): string[] => Array<string>(count).fill(write);
const outcomes = ({ counts }: ScimApplyReport): unknown => counts;
const allVerified = (verified: number): unknown => ({ verified, applied: 0, failed: 0, skipped: 0 });
const names = (): unknown[] => [...stage.server.users.values()].map(({ userName }) => userName).sort();
const mails = (users: ReadonlyArray<Record<string, unknown>>): unknown[] =>
	users.map(({ userName }) => userName).sort();

/** Changes the operations of a bulk request before the server sees them, and the entries of its answer. */
function meddle(
	forward: (sent: Operation[]) => Operation[],
	told: (entries: Entry[], sent: Operation[]) => Entry[],
): void {
	stage.proxy.fault(({ path, body }) => {
		if (path !== '/Bulk') return undefined;
		const request = JSON.parse(body) as { Operations: Operation[] };
		return {
			forward: { body: JSON.stringify({ ...request, Operations: forward(request.Operations) }) },
			rewrite: ({ status, body: text }) => {
				const answer = JSON.parse(text ?? '{}') as { Operations: Entry[] };
				const Operations = told(answer.Operations, request.Operations);
				return { status, body: JSON.stringify({ ...answer, Operations }) };
			},
		};
	});
}
const isOf = (name: string) => (operation: Operation) => operation.data['userName'] === mail(name);

/** A journal whose disk takes its time. */
class SlowJournal extends MemoryJournal {
	override async append(records: readonly JournalRecord[]): Promise<void> {
		for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
		await super.append(records);
	}
}

/** A journal that dies after so many appends. */
class DyingJournal extends MemoryJournal {
	constructor(public left: number) {
		super();
	}

	override async append(records: readonly JournalRecord[]): Promise<void> {
		if (this.left-- <= 0) throw new Error('killed');
		await super.append(records);
	}
}

describe('a desired state, where the application takes bulk', () => {
	it('deactivates alone and first, then writes all accounts by one request; groups follow with the new ids', async () => {
		for (const each of people(6, 'old', { title: 'Analyst' })) stage.server.addUser(each);
		for (const each of people(2, 'leaver')) stage.server.addUser(each);
		const wanted = [
			...people(12),
			...people(6, 'old', { title: 'Engineer' }),
			...people(2, 'leaver', { active: false }),
		];
		const group = { displayName: 'Readers', members: people(12).map(({ externalId }) => ({ externalId })) };
		offer();
		const planned = await plan(wanted, [group], { createGroups: true });
		const journal = new MemoryJournal();
		const report = await apply(planned, { journal });
		expect(outcomes(report)).toEqual(allVerified(21));
		expect(writes()).toEqual(['PATCH /Users', 'PATCH /Users', 'POST /Bulk 18', 'POST /Groups']);
		expect(report.bulk).toEqual({ requests: 1, operations: 18, saved: 17 });
		expect(report.requests).toEqual({ writes: planned.minimum.writes - 17, reads: planned.minimum.readBack });
		expect(report.results.map((each) => each.writes)).toEqual(Array(21).fill(1));
		const [readers] = [...stage.server.groups.values()];
		expect(stage.server.membersOf(readers?.id ?? '').sort()).toEqual(
			people(12)
				.map((each) => stage.server.user(String(each['userName']))?.id)
				.sort(),
		);
		expect(stage.server.user(mail('old3'))?.['title']).toBe('Engineer');

		stage.proxy.reset();
		const second = await apply(await plan(wanted, [group], { createGroups: true }), { journal });
		expect(second.bulk).toBeUndefined();
		expect(stage.proxy.writes()).toEqual([]);

		expect((await undoScim(stage.connection.client, journal)).outcome).toBe('done');
		expect(stage.server.user(mail('old3'))?.['title']).toBe('Analyst');
		const active = [...stage.server.users.values()].filter((each) => each['active'] !== false);
		expect(active.map(({ userName }) => userName).sort()).toEqual(mails([...people(6, 'old'), ...people(2, 'leaver')]));
	});

	it('believes what the application says of itself', async () => {
		await discover(stage.connection.client);
		expect((await apply(await plan(people(7)))).bulk).toEqual({ requests: 1, operations: 7, saved: 6 });
		expect(writes()).toEqual(['POST /Bulk 7']);
	});

	it.each([
		[4, times(4, 'POST /Users')],
		[5, ['POST /Bulk 5']],
	])('uses it for five changes or more: %i', async (count, expected) => {
		offer();
		expect(outcomes(await apply(await plan(people(count))))).toEqual(allVerified(count));
		expect(writes()).toEqual(expected);
	});

	it('sends each change alone where told so, or where bulk is not offered', async () => {
		await apply(await plan(people(6)));
		offer();
		const report = await apply(await plan(people(6, 'q')), { bulk: 'off' });
		expect(report).not.toHaveProperty('bulk');
		expect(writes()).toEqual(times(12, 'POST /Users'));
	});

	it.each([
		[5, ['POST /Bulk 5', 'POST /Bulk 5', 'POST /Bulk 2']],
		[11, ['POST /Bulk 11', 'POST /Users']],
		[2, times(6, 'POST /Bulk 2')],
	])('keeps to a limit of %i operations, in the fewest requests', async (maxOperations, expected) => {
		offer({ maxOperations });
		expect(outcomes(await apply(await plan(people(12))))).toEqual(allVerified(12));
		expect(writes()).toEqual(expected);
	});

	it('keeps to the limit on size; what is too large for any bulk request goes alone', async () => {
		offer({ maxPayloadBytes: 1500 });
		const wanted = [...people(10), user('large', { title: 'x'.repeat(2000) })];
		expect(outcomes(await apply(await plan(wanted)))).toEqual(allVerified(11));
		const bulk = stage.proxy.writes().filter(({ path }) => path === '/Bulk');
		for (const { body } of bulk) expect(body.length).toBeLessThanOrEqual(1500);
		const sizes = bulk.map(({ body }) => operationsOf(body).length);
		expect(writes().filter((write) => write === 'POST /Users')).toHaveLength(11 - sizes.reduce((a, b) => a + b, 0));
		expect(Math.max(...sizes)).toBeGreaterThanOrEqual(5);
	});

	it('begins with a hundred, and takes more as long as answers come quickly', async () => {
		offer();
		expect(outcomes(await apply(await plan(people(400))))).toEqual(allVerified(400));
		expect(writes()).toEqual(['POST /Bulk 100', 'POST /Bulk 300']);
	});

	it('takes no more where answers are slow', async () => {
		offer();
		const planned = await plan(people(250));
		stage.proxy.once(({ path }) => path === '/Bulk', { status: 429, headers: { 'retry-after': '20' }, body: '{}' });
		expect(outcomes(await apply(planned))).toEqual(allVerified(250));
		expect(writes()).toEqual(['POST /Bulk 100', 'POST /Bulk 100', 'POST /Bulk 100', 'POST /Bulk 50']);
	});

	it('sets managers by a request of their own, after the accounts', async () => {
		offer();
		const managed = people(6).map((each, index) => ({
			...each,
			[ENTERPRISE]: { manager: { value: `x-p${(index + 1) % 6}` } },
		}));
		expect((await apply(await plan(managed))).outcome).toBe('done');
		expect(writes()).toEqual(['POST /Bulk 6', 'POST /Bulk 6']);
		const extension = stage.server.user(mail('p5'))?.[ENTERPRISE] as { manager?: { value?: string } };
		expect(extension.manager?.value).toBe(stage.server.user(mail('p0'))?.id);
	});

	it('lets names change hands between two requests, never within one', async () => {
		offer();
		people(6).forEach((each, index) => stage.server.addUser(each, `u${index}`));
		people(6, 'q').forEach((each, index) => stage.server.addUser(each, `v${index}`));
		const freed = people(6).map((each, index) => ({ ...each, userName: mail(`new${index}`) }));
		const taken = people(6, 'q').map((each, index) => ({ ...each, userName: mail(`p${index}`) }));
		expect((await apply(await plan([...taken, ...freed]))).outcome).toBe('done');
		expect(writes()).toEqual(['POST /Bulk 6', 'POST /Bulk 6']);
		expect(stage.server.users.get('v2')?.['userName']).toBe(mail('p2'));
	});

	it('sends alone what a server would take for a reference, and whole entries that were just read', async () => {
		offer();
		stage.connection.client.learn({ patch: 'put' }, 'test');
		stage.server.addUser(user('old'), 'u1');
		const wanted = [...people(6), user('odd', { title: 'bulkId:w1' }), user('old', { title: 'Engineer' })];
		expect(outcomes(await apply(await plan(wanted)))).toEqual(allVerified(8));
		expect(writes().sort()).toEqual(['POST /Bulk 6', 'POST /Users', 'PUT /Users']);
		expect(stage.server.user(mail('odd'))?.['title']).toBe('bulkId:w1');
	});
});

describe('answers that are trusted', () => {
	it('are not had in bulk where it shows no entries: it is tried once, with a few', async () => {
		offer();
		const report = await apply(await plan(people(12)), { verification: 'answer' });
		expect(outcomes(report)).toEqual(allVerified(12));
		expect(writes()).toEqual(['POST /Bulk 5', ...times(7, 'POST /Users')]);
		expect(report.requests.reads).toBe(5);
	});

	it('need no read where the bulk answer shows the entries as wanted', async () => {
		offer();
		const shown = (entry: Entry): Entry => {
			const id = String(entry['location']).split('/').at(-1) ?? '';
			return { ...entry, response: { ...stage.server.users.get(id) } };
		};
		meddle(
			(sent) => sent,
			(entries) => entries.map(shown),
		);
		const report = await apply(await plan(people(12)), { verification: 'answer' });
		expect(outcomes(report)).toEqual(allVerified(12));
		expect(writes()).toEqual(['POST /Bulk 5', 'POST /Bulk 7']);
		expect(report.requests).toEqual({ writes: 2, reads: 0 });
	});
});

describe('the journal', () => {
	it('has the state before of every operation when a bulk request leaves', async () => {
		offer({ maxOperations: 70 });
		for (const each of people(150, 'p', { title: 'Analyst' })) stage.server.addUser(each);
		const journal = new SlowJournal();
		const unjournaled: string[] = [];
		stage.proxy.fault(({ path, body }) => {
			if (path !== '/Bulk') return undefined;
			const safe = new Set(journal.records.flatMap((each) => (each.type === 'before' ? [each.before?.id] : [])));
			for (const operation of operationsOf(body)) {
				const id = operation.path.split('/').at(-1) ?? '';
				if (!safe.has(id)) unjournaled.push(id);
			}
			return undefined;
		});
		expect((await apply(await plan(people(150, 'p', { title: 'Engineer' })), { journal })).outcome).toBe('done');
		expect(writes()).toEqual(['POST /Bulk 70', 'POST /Bulk 70', 'POST /Bulk 10']);
		expect(unjournaled).toEqual([]);
	});

	it('sends nothing where it can not be written, and nothing more once it fails', async () => {
		offer({ maxOperations: 5 });
		expect(await failure(apply(await plan(people(10)), { journal: new DyingJournal(1) }))).toMatchObject({
			code: 'SCIM_FAILED',
		});
		expect(stage.proxy.writes()).toEqual([]);
		// The run and the states before are kept; the first result is not.
		await failure(apply(await plan(people(30)), { journal: new DyingJournal(2) }));
		expect(writes().filter((write) => write !== 'POST /Bulk 5')).toEqual([]);
		expect(stage.server.users.size).toBeLessThan(30);
	});

	it('lets a killed run go on: what was sent is looked up, nothing is made twice, all of it can be undone', async () => {
		offer();
		const journal = new DyingJournal(3);
		await failure(apply(await plan(people(12)), { journal }));
		expect(stage.server.users.size).toBeGreaterThan(0);
		journal.left = Infinity;
		const report = await apply(await plan(people(12)), { journal });
		expect(report.outcome).toBe('done');
		expect(report.recovered.applied).toBeGreaterThan(0);
		expect(names()).toEqual(mails(people(12)));
		expect(writes()).toEqual(['POST /Bulk 12']);
		await undoScim(stage.connection.client, journal);
		expect([...stage.server.users.values()].filter((each) => each['active'] !== false)).toEqual([]);
	});

	it('tells the next run that bulk was refused', async () => {
		offer();
		const journal = new MemoryJournal();
		stage.proxy.fault(({ path }) => (path === '/Bulk' ? { status: 501, body: '{}' } : undefined));
		await apply(await plan(people(5)), { journal });
		const next = connect(stage.proxy.baseUrl);
		recallLearned(next.client, journal.records, 'app');
		next.client.takeDiscovery({ bulk: GENEROUS }, 'ServiceProviderConfig');
		expect(next.client.capabilities.bulk).toBeNull();
		next.close();
	});

	it('keeps no password of a creation', async () => {
		offer();
		const journal = new MemoryJournal();
		const planned = await plan(people(5), [], { passwords: true });
		const report = await apply(planned, { journal, random: (bytes) => Buffer.alloc(bytes, 7) });
		const [request] = stage.proxy.writes();
		const [operation] = operationsOf(request?.body ?? '');
		expect(operation?.data['password']).toMatch(/^.{24}$/);
		expect(JSON.stringify([planned, report, journal.records])).not.toContain(operation?.data['password']);
	});
});

describe('bulk that does not go well', () => {
	it.each([400, 403, 404, 405, 422, 501])('goes on alone where /Bulk is answered %i, and asks once', async (status) => {
		offer({ maxOperations: 6 });
		stage.proxy.fault(({ path }) => (path === '/Bulk' ? { status, body: '{}' } : undefined));
		const report = await apply(await plan(people(20)));
		expect(outcomes(report)).toEqual(allVerified(20));
		expect(writes()).toEqual(['POST /Bulk 6', ...times(20, 'POST /Users')]);
		expect(report.bulk).toEqual({ requests: 1, operations: 0, saved: -1 });
		expect(stage.connection.client.capabilities.bulk).toBeNull();
	});

	it('halves what is too large, and keeps to that', async () => {
		offer();
		stage.proxy.fault(({ path, body }) =>
			path === '/Bulk' && operationsOf(body).length > 4 ? { status: 413, body: '{}' } : undefined,
		);
		expect(outcomes(await apply(await plan(people(12))))).toEqual(allVerified(12));
		expect(writes()).toEqual(['POST /Bulk 12', 'POST /Bulk 6', ...times(4, 'POST /Bulk 3')]);
		expect(stage.connection.client.capabilities.bulk?.maxOperations).toBe(3);
	});

	it('looks every account up where the answer is lost, and makes none twice', async () => {
		offer();
		stage.proxy.once(({ path }) => path === '/Bulk', 'reset-after');
		const report = await apply(await plan(people(8)));
		expect(report.results).toMatchObject(
			Array(8).fill({ outcome: 'verified', note: expect.stringContaining('looked up') as string }),
		);
		expect(writes()).toEqual(['POST /Bulk 8']);
	});

	it.each([
		['reset before the server saw it', 'reset' as const],
		['answered 500', { status: 500, body: '{}' }],
		['answered 504', { status: 504, body: '{}' }],
	])('sends each change alone, after a look, where the request is %s', async (_, fault) => {
		offer();
		for (const each of people(3, 'old', { title: 'Analyst' })) stage.server.addUser(each);
		const planned = await plan([...people(3, 'old', { title: 'Engineer' }), ...people(3)]);
		stage.proxy.reset();
		stage.proxy.once(({ path }) => path === '/Bulk', fault);
		expect(outcomes(await apply(planned))).toEqual(allVerified(6));
		expect(writes().sort()).toEqual([...times(3, 'PATCH /Users'), 'POST /Bulk 6', ...times(3, 'POST /Users')]);
		const [bulk, firstAlone] = stage.proxy.seen.flatMap(({ method }, index) => (method === 'GET' ? [] : [index]));
		expect(stage.proxy.seen.slice(bulk, firstAlone).some(({ method }) => method === 'GET')).toBe(true);
		expect(names()).toEqual(mails([...people(3, 'old'), ...people(3)]));
	});

	it('sends less at once after a lost answer', async () => {
		offer();
		const planned = await plan(people(160));
		stage.proxy.once(({ path }) => path === '/Bulk', 'reset-after');
		expect(outcomes(await apply(planned))).toEqual(allVerified(160));
		expect(writes()).toEqual(['POST /Bulk 100', 'POST /Bulk 25', 'POST /Bulk 25', 'POST /Bulk 10']);
	});

	it.each([
		['is not mentioned', undefined],
		['is throttled', { status: '429' }],
		['failed in the server', { status: 503 }],
		['is refused', { status: '400', response: { scimType: 'invalidValue' } }],
		['lacks a precondition', { status: '428' }],
	])('one operation that %s is seen to by itself, and no other', async (_, says) => {
		offer();
		meddle(
			(sent) => sent.filter((each) => !isOf('p3')(each)),
			(entries, sent) => {
				const out = sent.find(isOf('p3'));
				return says === undefined ? entries : [{ method: 'POST', bulkId: out?.bulkId ?? '', ...says }, ...entries];
			},
		);
		const report = await apply(await plan(people(8)));
		expect(outcomes(report)).toEqual(allVerified(8));
		expect(writes()).toEqual(['POST /Bulk 8', 'POST /Users']);
		expect(report.bulk).toEqual({ requests: 1, operations: 7, saved: 6 });
		expect(names()).toEqual(mails(people(8)));
	});

	it('looks up what comes after the error that a server stopped at', async () => {
		offer();
		stage.server.addUser({ userName: mail('other'), externalId: 'x-other' });
		const wanted = people(8);
		const planned = await plan(wanted);
		const upToError = (sent: Operation[]): Operation[] => sent.slice(0, sent.findIndex(isOf('p3')));
		meddle(upToError, (entries, sent) => [
			...entries,
			{ method: 'POST', bulkId: sent.find(isOf('p3'))?.bulkId ?? '', status: '400', response: { detail: 'no' } },
		]);
		expect(outcomes(await apply(planned))).toEqual(allVerified(8));
		expect(writes()).toEqual(['POST /Bulk 8', ...times(5, 'POST /Users')]);
	});

	it('believes no id that leads to the account of somebody else', async () => {
		offer();
		const journal = new MemoryJournal();
		meddle(
			(sent) => sent,
			(entries) => {
				const [first = {}, second = {}, ...rest] = entries.map(({ response: _, ...entry }): Entry => entry);
				return [{ ...first, location: second['location'] }, { ...second, location: first['location'] }, ...rest];
			},
		);
		expect(outcomes(await apply(await plan(people(8)), { journal }))).toEqual(allVerified(8));
		expect(writes()).toEqual(['POST /Bulk 8']);
		expect(names()).toEqual(mails(people(8)));
	});

	it('tells the failure of one change as the application tells it, and no other fails', async () => {
		offer();
		stage.proxy.fault(({ path, body }) => {
			if (path === '/Users' && body.includes(mail('p3')))
				return { status: 400, body: JSON.stringify({ scimType: 'invalidValue', detail: 'no' }) };
			if (path !== '/Bulk') return undefined;
			const request = JSON.parse(body) as { Operations: Operation[] };
			const Operations = request.Operations.map((each) => (isOf('p3')(each) ? { ...each, path: '/Nowhere' } : each));
			return { forward: { body: JSON.stringify({ ...request, Operations }) }, rewrite: (answer) => answer };
		});
		const { results, outcome } = await apply(await plan(people(6)));
		expect(outcome).toBe('failed');
		const failed = results.filter((each) => each.outcome === 'failed');
		expect(failed).toMatchObject([
			{ subject: mail('p3'), remedy: expect.stringContaining('refuses a value') as string },
		]);
		expect(results.filter((each) => each.outcome === 'verified')).toHaveLength(5);
	});

	it('takes over who exists already (409), journaled first: an undo leaves their access', async () => {
		offer();
		const journal = new MemoryJournal();
		const planned = await plan(people(6));
		stage.server.addUser(user('p2', { title: 'Analyst' }), 'there');
		const report = await apply(planned, { journal });
		expect(outcomes(report)).toEqual(allVerified(6));
		expect(writes()).toEqual(['POST /Bulk 6', 'POST /Users']);
		expect(report.results.find(({ subject }) => subject === mail('p2'))?.note).toContain('taken over');
		await undoScim(stage.connection.client, journal);
		const active = [...stage.server.users.values()].filter((each) => each['active'] !== false);
		expect(active.map(({ id }) => id)).toEqual(['there']);
	});

	it('reads again and writes alone where a version was stale (412)', async () => {
		offer();
		stage.connection.client.learn({ etag: 'checked' }, 'test');
		for (const each of people(6, 'p', { title: 'Analyst' })) stage.server.addUser(each);
		const planned = await plan(people(6, 'p', { title: 'Engineer' }));
		const stale = stage.server.user(mail('p2'))?.id ?? '';
		meddle(
			(sent) => sent.filter(({ path }) => path !== `/Users/${stale}`),
			(entries) => [{ method: 'PATCH', location: `/Users/${stale}`, status: '412' }, ...entries],
		);
		expect(outcomes(await apply(planned))).toEqual(allVerified(6));
		expect(writes()).toEqual(['POST /Bulk 6', 'PATCH /Users']);
	});

	it.each([
		['with content of another kind', { status: 200, body: '<html>' }],
		['with no operations', { status: 200, body: '{"Operations":[]}' }],
		['with nonsense', { status: 200, body: '{"Operations":[null,7,{"status":{}},{"bulkId":{}}]}' }],
	])('is given up where it is answered %s', async (_, fault) => {
		offer({ maxOperations: 5 });
		stage.proxy.fault(({ path }) => (path === '/Bulk' ? fault : undefined));
		expect(outcomes(await apply(await plan(people(15))))).toEqual(allVerified(15));
		expect(writes()).toEqual(['POST /Bulk 5', ...times(15, 'POST /Users')]);
		expect(stage.connection.client.capabilities.bulk).toBeNull();
	});

	it('is left for this run where nothing of a request was carried out', async () => {
		offer({ maxOperations: 5 });
		meddle(
			() => [{ method: 'PATCH', path: '/Users/nobody', bulkId: 'x', data: {} }],
			(_, sent) => sent.map(({ bulkId }) => ({ method: 'POST', bulkId, status: '403' })),
		);
		expect(outcomes(await apply(await plan(people(15))))).toEqual(allVerified(15));
		expect(writes()).toEqual(['POST /Bulk 5', ...times(15, 'POST /Users')]);
	});

	it('one request that is refused whole after others worked costs that request only', async () => {
		offer({ maxOperations: 5 });
		let requests = 0;
		stage.proxy.fault(({ path }) => (path === '/Bulk' && ++requests === 2 ? { status: 400, body: '{}' } : undefined));
		expect(outcomes(await apply(await plan(people(15))))).toEqual(allVerified(15));
		expect(stage.connection.client.capabilities.bulk).not.toBeNull();
		expect(writes().slice(0, 7)).toEqual(['POST /Bulk 5', 'POST /Bulk 5', ...times(5, 'POST /Users')]);
	});

	it('an account that is said to be made and is not is a failure, and no other', async () => {
		offer();
		meddle(
			(sent) => sent.filter((each) => !isOf('p3')(each)),
			(entries, sent) => [
				{ method: 'POST', bulkId: sent.find(isOf('p3'))?.bulkId ?? '', status: '201', location: '/Users/nowhere' },
				...entries,
			],
		);
		const { results } = await apply(await plan(people(6)));
		expect(results.filter(({ outcome }) => outcome === 'failed')).toMatchObject([
			{ subject: mail('p3'), code: 'SCIM_NOT_APPLIED' },
		]);
	});

	it('changes that are accepted and not made are found, and made', async () => {
		offer();
		for (const each of people(6, 'p', { title: 'Analyst' })) stage.server.addUser(each);
		const planned = await plan(people(6, 'p', { title: 'Engineer' }));
		stage.proxy.once(({ path }) => path === '/Bulk', {
			status: 200,
			body: JSON.stringify({ Operations: Array(6).fill({ method: 'PATCH', status: '200' }) }),
		});
		expect(outcomes(await apply(planned))).toEqual(allVerified(6));
		expect([...stage.server.users.values()].map(({ title }) => title)).toEqual(Array(6).fill('Engineer'));
	});
});
