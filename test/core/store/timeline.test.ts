import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { parseLifecycleEvent } from '../../../core/ingress';
import { isEmployedAt, valueAt, type LifecyclePolicy } from '../../../core/lifecycle';
import { Ledger, type LedgerApi } from '../../../core/store';
import { openTestLedger, savePlan } from './ledger-fixture';

const POLICY: LifecyclePolicy = {
	zone: 'Europe/Berlin',
	attributes: {
		department: { type: 'text', values: ['Sales', 'Engineering', 'Finance'], aliases: { 'Eng.': 'Engineering' } },
		endDate: { type: 'date', requiredFor: 'contractor' },
	},
};
const OPTIONS = { policyView: POLICY };
const ADA = { hrId: '7', email: 'ada@example.com', birthDate: '1985-12-10', firstName: 'Ada', lastName: 'Lovelace' };

type Said = Record<string, unknown>;
let number = 0;

function parse(said: Said, receivedAt = '2026-11-20T09:00:00.000Z') {
	const id = `e${++number}`;
	return parseLifecycleEvent({ id, createdAt: receivedAt, ...said }, { zone: 'Europe/Berlin', receivedAt });
}

const receive = (ledger: LedgerApi, ...said: Said[]) =>
	ledger.receiveLifecycleEvents(
		said.map((each) => parse(each)),
		OPTIONS,
	);

async function one(ledger: LedgerApi, said: Said) {
	const [receipt] = await receive(ledger, said);
	if (!receipt) throw new Error('There is no receipt.');
	return receipt;
}

async function timelineOf(ledger: LedgerApi, identityId: string | undefined, knownAt?: string) {
	const [timeline] = await ledger.timelines([identityId ?? ''], {
		policyView: POLICY,
		...(knownAt !== undefined && { knownAt }),
	});
	if (!timeline) throw new Error('There is no timeline.');
	return timeline;
}

async function recordTypes(ledger: LedgerApi): Promise<string[]> {
	const records = await ledger.readLog({ after: 0, limit: 1_000 });
	return records.map(({ leaf }) => (JSON.parse(leaf) as { type: string }).type);
}

const hire = (more: Said = {}) => ({
	type: 'hire',
	effectiveAt: '2026-01-01',
	person: ADA,
	attributes: { department: 'Sales' },
	...more,
});
const noon = (day: string) => `${day}T12:00:00.000Z`;

describe('events of HR in the ledger', () => {
	it('make a person, with a timeline as known at any time', async () => {
		const { ledger, advance, now } = await openTestLedger();
		const first = await one(ledger, hire());
		const before = now();
		advance(60);
		const second = await one(ledger, {
			type: 'mover',
			effectiveAt: '2026-10-01',
			person: { hrId: '7' },
			attributes: { department: 'Eng.' },
		});
		expect([first.status, second.status]).toEqual(['accepted', 'accepted']);
		expect(second.identityIds).toEqual(first.identityIds);
		expect(valueAt(await timelineOf(ledger, first.identityIds[0], before), 'department', noon('2026-11-01'))).toBe(
			'Sales',
		);
		const after = await timelineOf(ledger, first.identityIds[0]);
		expect(valueAt(after, 'department', noon('2026-11-01'))).toBe('Engineering');
		expect(after.keys).toEqual({ email: 'ada@example.com', hrId: '7' });
		expect((await ledger.verifyLog()).ok).toBe(true);
	});

	it('say nothing of a person in the open part of the audit log', async () => {
		const { ledger } = await openTestLedger();
		await receive(
			ledger,
			hire({ person: { ...ADA, nationalId: '12 345' } }),
			hire({ person: { ...ADA, birthDate: '1990-01-01' } }),
		);
		const leaves = (await ledger.readLog({ after: 0, limit: 100 })).map(({ leaf }) => leaf).join();
		for (const word of ['ada', 'Ada', 'Lovelace', '1985', '12345', '"7"', 'Sales']) expect(leaves).not.toContain(word);
	});

	it('the same event twice, and again under a new id, has one effect and two records', async () => {
		const { ledger } = await openTestLedger();
		const event = parse(hire({ id: 'x1' }));
		const [first] = await ledger.receiveLifecycleEvents([event], OPTIONS);
		await ledger.finishEvent(first?.eventId ?? '');
		const [again] = await ledger.receiveLifecycleEvents([event], OPTIONS);
		const [renamed] = await ledger.receiveLifecycleEvents([{ ...event, id: 'x2' }], OPTIONS);
		expect([again?.status, renamed?.status]).toEqual(['duplicate', 'duplicate_content']);
		expect(renamed?.duplicateOf).toBe(first?.eventId);
		expect((await recordTypes(ledger)).filter((type) => type === 'event.duplicate')).toHaveLength(2);
	});

	it('the same event twice in one batch is one', async () => {
		const { ledger } = await openTestLedger();
		const event = parse(hire({ id: 'x1' }));
		const receipts = await ledger.receiveLifecycleEvents([event, event, { ...event, id: 'x2' }], OPTIONS);
		expect(receipts.map(({ status }) => status)).toEqual(['accepted', 'duplicate', 'duplicate_content']);
	});

	it('the same id with other content is a conflict', async () => {
		const { ledger } = await openTestLedger();
		const receipts = await receive(ledger, hire({ id: 'x1' }), hire({ id: 'x1', effectiveAt: '2026-02-01' }));
		expect(receipts.map(({ status }) => status)).toEqual(['accepted', 'conflict']);
	});

	it('words without a time of recording are news again after other words, and a repeat without them', async () => {
		const { ledger, now } = await openTestLedger();
		const say = (id: string, department: string) =>
			parseLifecycleEvent(
				{ id, type: 'change', effectiveAt: '2026-11-20', person: { hrId: '7' }, attributes: { department } },
				{ zone: 'Europe/Berlin', receivedAt: new Date(Date.parse(now()) + Number(id)).toISOString() },
			);
		const receipts = await ledger.receiveLifecycleEvents(
			[say('1', 'Sales'), say('2', 'Sales'), say('3', 'Finance'), say('4', 'Sales')],
			OPTIONS,
		);
		expect(receipts.map(({ status }) => status)).toEqual(['accepted', 'duplicate_content', 'accepted', 'accepted']);
		expect(valueAt(await timelineOf(ledger, receipts[0]?.identityIds[0]), 'department', noon('2026-11-21'))).toBe(
			'Sales',
		);
	});

	it('an event whose work was cut off is handed out again when its lease has ended', async () => {
		const { ledger, advance } = await openTestLedger();
		const event = parse(hire());
		const status = async () => (await ledger.receiveLifecycleEvents([event], OPTIONS))[0]?.status;
		expect([await status(), await status()]).toEqual(['accepted', 'in_progress']);
		advance(601);
		expect(await status()).toBe('accepted');
	});
});

describe('who it is', () => {
	it('is the person whom a contract named by the same address', async () => {
		const { ledger } = await openTestLedger();
		await savePlan(ledger, []);
		const receipt = await one(ledger, hire());
		const state = await ledger.planningState({ emails: ['ada@example.com'] });
		expect(receipt.identityIds).toEqual(state.identities.map(({ id }) => id));
	});

	it.each([
		['birth date', { birthDate: '1990-01-01', hrId: '8' }],
		['birth date, although the HR id is the same', { birthDate: '1990-01-01' }],
		['national id', { nationalId: '222' }],
	])('is not decided where the address is the same and the %s is another: nothing is written', async (_, other) => {
		const { ledger } = await openTestLedger();
		const first = await one(ledger, hire({ person: { ...ADA, nationalId: '111' } }));
		const held = await one(
			ledger,
			hire({ effectiveAt: '2026-02-01', person: { ...ADA, ...other }, attributes: { department: 'Finance' } }),
		);
		expect(held).toMatchObject({ status: 'held', identityIds: [] });
		expect(held.findings).toMatchObject([{ code: 'KEYS_CONTRADICT', level: 'hold' }]);
		expect(await ledger.openFindings()).toMatchObject([{ code: 'KEYS_CONTRADICT' }]);
		const timeline = await timelineOf(ledger, first.identityIds[0]);
		expect(valueAt(timeline, 'department', noon('2026-11-20'))).toBe('Sales');
		expect(await recordTypes(ledger)).toContain('event.held');
	});

	it('is not decided where two keys point at two people', async () => {
		const { ledger } = await openTestLedger();
		const bob = { hrId: '8', email: 'bob@example.com' };
		const receipts = await receive(ledger, hire(), hire({ person: bob }), {
			type: 'change',
			person: { hrId: '7', email: 'bob@example.com' },
			attributes: { title: 'Lead' },
		});
		expect(receipts.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'held']);
	});

	it('stays the same through changes of name and address, also where they arrive first', async () => {
		const change = {
			type: 'nameChange',
			effectiveAt: '2026-06-01',
			person: { email: 'ada.king@example.com', previousEmail: 'ada@example.com' },
			attributes: { lastName: 'King' },
		};
		const byMail = hire({ person: { email: 'ada@example.com' } });
		const later = {
			type: 'mover',
			effectiveAt: '2026-07-01',
			person: { email: 'ada.king@example.com' },
			attributes: { department: 'Finance' },
		};
		for (const order of [
			[byMail, change, later],
			[change, byMail, later],
		]) {
			const { ledger } = await openTestLedger();
			const receipts = await receive(ledger, ...order);
			expect(new Set(receipts.flatMap(({ identityIds }) => identityIds)).size).toBe(1);
			const timeline = await timelineOf(ledger, receipts[0]?.identityIds[0]);
			expect(timeline.keys['email']).toBe('ada.king@example.com');
			expect(valueAt(timeline, 'email', noon('2026-03-01'))).toBe('ada@example.com');
		}
	});

	it('is the same after a rehire under a new number, once the old engagement is over', async () => {
		const { ledger } = await openTestLedger();
		const person = { hrId: '7', email: 'ada@example.com' };
		const receipts = await receive(
			ledger,
			hire({ person }),
			{ type: 'leave', effectiveAt: '2026-03-31', person },
			{ type: 'rehire', effectiveAt: '2026-11-01', person: { hrId: '99', email: 'ada@example.com' } },
		);
		expect(receipts.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'accepted']);
		expect(new Set(receipts.flatMap(({ identityIds }) => identityIds)).size).toBe(1);
	});

	it('waits where the old engagement goes on, and is released by the leave that arrives late', async () => {
		const { ledger } = await openTestLedger();
		const person = { hrId: '7', email: 'ada@example.com' };
		const first = await one(ledger, hire({ person }));
		const rehire = await one(ledger, {
			type: 'rehire',
			effectiveAt: '2026-11-01',
			person: { hrId: '99', email: 'ada@example.com' },
		});
		expect(rehire.status).toBe('held');
		const waits = await one(ledger, {
			type: 'mover',
			effectiveAt: '2026-11-02',
			person: { hrId: '99' },
			attributes: { department: 'Finance' },
		});
		expect(waits.status).toBe('held');
		const receipts = await receive(ledger, { type: 'leave', effectiveAt: '2026-03-31', person: { hrId: '7' } });
		expect(receipts.map(({ status, released }) => [status, released])).toEqual([
			['accepted', undefined],
			['accepted', true],
			['accepted', true],
		]);
		const timeline = await timelineOf(ledger, first.identityIds[0]);
		expect(timeline.employment).toHaveLength(2);
		expect(valueAt(timeline, 'department', noon('2026-11-10'))).toBe('Finance');
		expect(await ledger.openFindings()).toEqual([]);
	});

	it('birth date and address together prove a new number while employed', async () => {
		const { ledger } = await openTestLedger();
		const receipts = await receive(ledger, hire(), {
			type: 'change',
			person: { ...ADA, hrId: '700' },
			attributes: { title: 'Lead' },
		});
		expect(receipts[1]?.identityIds).toEqual(receipts[0]?.identityIds);
	});

	it('an id of another system is another person', async () => {
		const { ledger } = await openTestLedger();
		const vendor = {
			type: 'contractorStart',
			effectiveAt: '2026-01-01',
			until: '2027-12-31',
			person: { hrId: '7', email: 'bob@vendor.example' },
		};
		const receipts = await receive(ledger, hire(), vendor);
		expect(receipts[1]?.status).toBe('accepted');
		expect(receipts[1]?.identityIds).not.toEqual(receipts[0]?.identityIds);
		expect((await timelineOf(ledger, receipts[1]?.identityIds[0])).keys['hrId']).toBe('7');
	});

	it('is decided by somebody, with a reason', async () => {
		const { ledger } = await openTestLedger();
		const first = await one(ledger, hire());
		const held = await one(
			ledger,
			hire({ person: { email: 'ada@example.com', birthDate: '1990-01-01' }, attributes: { department: 'Finance' } }),
		);
		const findingId = held.findings[0]?.id ?? '';
		const decide = (person?: 'new' | { identityId: string }) =>
			ledger.resolveFinding({
				...OPTIONS,
				findingId,
				by: 'hr@example.com',
				reason: 'Two people.',
				...(person && { person }),
			});
		await expect(decide()).rejects.toThrow('no person was named');
		await expect(decide({ identityId: 'idn_nobody' })).rejects.toThrow('no identity');
		const [receipt] = await decide('new');
		expect(receipt?.identityIds).not.toEqual(first.identityIds);
		expect(valueAt(await timelineOf(ledger, receipt?.identityIds[0]), 'department', noon('2026-06-01'))).toBe(
			'Finance',
		);
		await expect(decide('new')).rejects.toThrow('no open finding');
	});

	it('dismissed, an event has no effect', async () => {
		const { ledger } = await openTestLedger();
		await one(ledger, hire());
		const held = await one(ledger, hire({ person: { ...ADA, birthDate: '1990-01-01' } }));
		const findingId = held.findings[0]?.id ?? '';
		expect(
			await ledger.resolveFinding({ ...OPTIONS, findingId, by: 'hr', reason: 'Test data.', person: 'dismiss' }),
		).toEqual([]);
		expect(await ledger.openFindings()).toEqual([]);
	});
});

describe('cancellations and corrections', () => {
	const leave = { id: 'L1', type: 'leave', effectiveAt: '2026-12-31', person: { hrId: '7' } };
	const cancel = { id: 'C1', type: 'cancel', refersTo: 'L1' };

	it.each([
		['after', [hire(), leave, cancel]],
		['before', [cancel, hire(), leave]],
		['with', [leave, cancel, hire()]],
	])('a leave that was cancelled never happened, cancelled %s it arrived', async (_, said) => {
		for (const batches of [[said], said.map((each) => [each])]) {
			const { ledger, advance } = await openTestLedger();
			let identity: string | undefined;
			for (const batch of batches) {
				const receipts = await receive(ledger, ...batch);
				identity = receipts.flatMap(({ identityIds }) => identityIds)[0] ?? identity;
				advance(1);
			}
			const timeline = await timelineOf(ledger, identity);
			expect(timeline.employment).toEqual([{ from: '2025-12-31T23:00:00.000Z' }]);
		}
	});

	it('is still known to have been believed before', async () => {
		const { ledger, advance, now } = await openTestLedger();
		const [{ identityIds } = { identityIds: [] }] = await receive(ledger, hire(), leave);
		const before = now();
		advance(60);
		const [receipt] = await receive(ledger, cancel);
		expect(receipt?.identityIds).toEqual(identityIds);
		expect(isEmployedAt(await timelineOf(ledger, identityIds[0], before), noon('2027-02-01'))).toBe(false);
		expect(isEmployedAt(await timelineOf(ledger, identityIds[0]), noon('2027-02-01'))).toBe(true);
	});

	it('what was taken back may be said again', async () => {
		const { ledger } = await openTestLedger();
		const receipts = await receive(ledger, hire(), leave, cancel);
		const again = await one(ledger, { ...leave, id: 'L2', createdAt: '2026-11-20T09:05:00Z' });
		expect(again.status).toBe('accepted');
		expect((await timelineOf(ledger, receipts[0]?.identityIds[0])).employment?.[0]?.until).toBe(
			'2026-12-31T23:00:00.000Z',
		);
	});

	it('a cancelled cancellation lets the event stand', async () => {
		const { ledger, advance } = await openTestLedger();
		const receipts = await receive(ledger, hire(), leave, cancel);
		advance(1);
		await receive(ledger, { id: 'C2', type: 'cancel', refersTo: 'C1' });
		expect((await timelineOf(ledger, receipts[0]?.identityIds[0])).employment?.[0]?.until).toBe(
			'2026-12-31T23:00:00.000Z',
		);
	});

	const correct = { id: 'K1', type: 'correction', refersTo: 'L1', effectiveAt: '2026-11-30' };
	const correctHire = { id: 'K2', type: 'correction', refersTo: 'H1', attributes: { department: 'Finance' } };

	it.each([[[0, 1, 2, 3]], [[3, 2, 1, 0]], [[2, 0, 3, 1]]])(
		'corrections lie over what they correct, in the order %p',
		async (order) => {
			const { ledger, advance } = await openTestLedger();
			const said = [hire({ id: 'H1' }), leave, correct, correctHire];
			const ids = new Set<string>();
			for (const index of order) {
				for (const { identityIds } of await receive(ledger, said[index] ?? {}))
					for (const id of identityIds) ids.add(id);
				advance(1);
			}
			const timeline = await timelineOf(ledger, [...ids][0]);
			expect(ids.size).toBe(1);
			expect(timeline.employment).toEqual([{ from: '2025-12-31T23:00:00.000Z', until: '2026-11-30T23:00:00.000Z' }]);
			expect(valueAt(timeline, 'department', noon('2026-06-01'))).toBe('Finance');
			expect(valueAt(timeline, 'email', noon('2026-06-01'))).toBe('ada@example.com');
		},
	);
});

describe('data that cannot be right', () => {
	it('an unknown department is held with the nearest known one, until it is mended', async () => {
		const { ledger } = await openTestLedger();
		const receipt = await one(ledger, hire({ attributes: { department: 'Enginering' } }));
		expect(receipt).toMatchObject({
			status: 'accepted',
			findings: [{ code: 'UNKNOWN_VALUE', level: 'hold', field: 'department', nearest: 'Engineering' }],
		});
		expect(await ledger.openFindings({ identityIds: receipt.identityIds })).toHaveLength(1);
		await receive(ledger, { type: 'change', person: { hrId: '7' }, attributes: { department: 'Engineering' } });
		expect(await ledger.openFindings()).toEqual([]);
	});

	it('a contractor without an end is held; one with an end is not', async () => {
		const { ledger } = await openTestLedger();
		const start = (email: string, more: Said) => ({
			type: 'contractorStart',
			effectiveAt: '2026-01-01',
			person: { email },
			...more,
		});
		const receipts = await receive(ledger, start('a@v.example', {}), start('b@v.example', { until: '2026-12-31' }));
		expect(receipts.map(({ findings }) => findings.map(({ code }) => code))).toEqual([['END_DATE_MISSING'], []]);
	});

	it('reversed dates are held', async () => {
		const { ledger } = await openTestLedger();
		const receipt = await one(ledger, hire({ attributes: { startDate: '2026-05-01', endDate: '2026-04-01' } }));
		expect(receipt.findings).toMatchObject([{ code: 'DATES_REVERSED', level: 'hold' }]);
	});

	it('managers in a circle are found', async () => {
		const { ledger } = await openTestLedger();
		const person = (name: string, manager: string) =>
			hire({ person: { email: `${name}@example.com` }, attributes: { manager: `${manager}@example.com` } });
		await receive(ledger, person('a', 'b'), person('b', 'c'));
		expect(await ledger.openFindings()).toEqual([]);
		const receipt = await one(ledger, person('c', 'a'));
		expect(receipt.findings).toMatchObject([{ code: 'MANAGER_CYCLE', identityId: receipt.identityIds[0] }]);
		await receive(ledger, {
			type: 'managerChange',
			person: { email: 'c@example.com' },
			attributes: { manager: 'z@example.com' },
			createdAt: '2026-11-20T09:30:00Z',
		});
		expect(await ledger.openFindings()).toEqual([]);
	});
});

describe('whatever order events arrive in', () => {
	const person = { hrId: '7', email: 'ada@example.com' };
	const story: Said[] = [
		{
			id: 's1',
			type: 'hire',
			effectiveAt: '2026-01-01',
			createdAt: '2025-12-01T00:00:00Z',
			person,
			attributes: { department: 'Sales', title: 'Clerk' },
		},
		{
			id: 's2',
			type: 'nameChange',
			effectiveAt: '2026-02-01',
			createdAt: '2026-01-20T00:00:00Z',
			person: { hrId: '7', email: 'ada.king@example.com', previousEmail: 'ada@example.com' },
			attributes: { lastName: 'King' },
		},
		{
			id: 's3',
			type: 'mover',
			effectiveAt: '2026-03-01',
			createdAt: '2026-02-20T00:00:00Z',
			person: { hrId: '7' },
			attributes: { department: 'Finance', zone: 'America/New_York' },
		},
		{ id: 's4', type: 'leave', effectiveAt: '2026-05-31', createdAt: '2026-05-01T00:00:00Z', person: { hrId: '7' } },
		{
			id: 's5',
			type: 'correction',
			refersTo: 's3',
			createdAt: '2026-03-02T00:00:00Z',
			attributes: { department: 'Engineering' },
		},
		{
			id: 's6',
			type: 'rehire',
			effectiveAt: '2026-09-01',
			createdAt: '2026-08-01T00:00:00Z',
			person: { hrId: '7' },
			attributes: { endDate: '2027-03-28' },
		},
		{
			id: 's7',
			type: 'mover',
			effectiveAt: '2026-10-01',
			createdAt: '2026-09-20T00:00:00Z',
			person: { hrId: '7' },
			attributes: { department: 'Sales' },
		},
		{ id: 's8', type: 'cancel', refersTo: 's7', createdAt: '2026-09-25T00:00:00Z' },
		{
			id: 's9',
			type: 'signal',
			effectiveAt: '2026-10-05T08:00:00Z',
			until: '2026-10-05T20:00:00Z',
			createdAt: '2026-10-05T08:00:00Z',
			person: { hrId: '7' },
			attributes: { threat: 'high' },
		},
	];

	async function tell(said: readonly Said[], batch: number) {
		let now = Date.parse('2026-11-20T09:00:00.000Z');
		const ledger = await Ledger.open({ file: ':memory:', clock: () => now, random: randomBytes });
		const advance = (seconds: number) => (now += seconds * 1_000);
		const ids = new Set<string>();
		for (let at = 0; at < said.length; at += batch) {
			for (const { identityIds } of await receive(ledger, ...said.slice(at, at + batch)))
				for (const id of identityIds) ids.add(id);
			advance(1);
		}
		const timelines = await ledger.timelines([...ids], { policyView: POLICY });
		await ledger.close();
		return timelines.map(({ identityId: _, ...rest }) => rest);
	}

	it('the person is the same at the end', async () => {
		const expected = await tell(story, 1);
		expect(expected).toHaveLength(1);
		expect(expected[0]?.employment).toEqual([
			{ from: '2025-12-31T23:00:00.000Z', until: '2026-06-01T04:00:00.000Z' },
			{ from: '2026-09-01T04:00:00.000Z', until: '2027-03-29T04:00:00.000Z' },
		]);
		const orders = fc.tuple(fc.shuffledSubarray(story, { minLength: story.length }), fc.integer({ min: 1, max: 9 }));
		await fc.assert(
			fc.asyncProperty(orders, async ([said, batch]) => {
				expect(await tell(said, batch)).toEqual(expected);
			}),
			{ numRuns: 40 },
		);
	});

	it('repeats change nothing, under the same id or another, before or after', async () => {
		const expected = await tell(story, 1);
		const repeats = story.map((said) => ({ ...said, id: `${String(said['id'])}-again` }));
		const all = [...story, ...repeats, ...story];
		const orders = fc.tuple(fc.shuffledSubarray(all, { minLength: all.length }), fc.integer({ min: 1, max: 9 }));
		await fc.assert(
			fc.asyncProperty(orders, async ([said, batch]) => {
				expect(await tell(said, batch)).toEqual(expected);
			}),
			{ numRuns: 40 },
		);
	});
});
