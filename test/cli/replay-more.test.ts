import type { ReplayEntry, ReplayResult } from '../../core/governance';
import { folderWith, run } from './run';

/** A company in Berlin, with people in other zones, signals, contracts with seats, emergencies and duties kept apart. */
const POLICY = `
policy: acme
zone: Europe/Berlin
attributes:
  department: { type: text, from: [hris, vms], values: [Sales, Engineering, Finance], aliases: { "Eng.": Engineering } }
  region: { type: text }
  title: { type: text }
  clerk: { type: boolean }
  threat: { type: text, from: [signal] }
applications:
  chat: { connector: scim, owner: it@acme.example, attributes: { userName: "{email}" } }
  crm: { connector: scim, owner: it@acme.example, attributes: { userName: "{email}" } }
  git: { connector: scim, owner: it@acme.example, attributes: { userName: "{email}" } }
  erp: { connector: scim, owner: it@acme.example, attributes: { userName: "{email}" } }
entitlements:
  chat/member: { app: chat, account: true }
  crm/member: { app: crm, account: true }
  crm/eu: { app: crm, group: EU }
  crm/us: { app: crm, group: US }
  git/member: { app: git, account: true }
  erp/member: { app: erp, account: true }
  erp/create: { app: erp, group: create }
  erp/approve: { app: erp, group: approve }
  erp/archive: { app: erp, group: archive }
  erp/report: { app: erp, group: report, privileged: true, maxDuration: P7D, requestable: { by: { department: Finance }, for: P5D } }
rules:
  - { id: everybody, when: { employmentType: { exists: true } }, grant: [chat/member] }
  - { id: sales, when: { department: Sales, threat: { exists: false } }, grant: [crm/member] }
  - { id: sales-eu, when: { department: Sales, region: EU }, grant: [crm/eu] }
  - { id: engineers, when: { department: Engineering }, grant: [git/member] }
  - { id: finance, when: { department: Finance }, grant: [erp/member] }
  - { id: clerks, when: { clerk: true }, grant: [erp/create] }
  - { id: leads, when: { title: Lead }, grant: [erp/approve] }
  - { id: auditors, when: { title: Auditor }, grant: [erp/archive] }
terms:
  seats: { type: number, clause: Seats }
  users: { type: table, schedule: Authorised Users, key: Email }
contracts:
  - { id: us, when: { contract.status: active, contract.kind: services }, subjects: terms.users, grant: [crm/us], seats: { limit: terms.seats } }
  - { id: clerks-by-contract, when: { contract.status: active, contract.kind: clerks }, subjects: terms.users, grant: [erp/create] }
  - { id: leads-by-contract, when: { contract.status: active, contract.kind: leads }, subjects: terms.users, grant: [erp/approve] }
  - { id: finance-by-contract, when: { contract.status: active, contract.kind: by-person, department: Finance }, subjects: terms.users, grant: [crm/us] }
joiner: { preProvision: P7D }
overlap: { on: department, keep: [crm/*], for: P14D }
breakGlass: { grant: [erp/archive], by: { department: Finance }, for: PT4H, review: { approvers: [group:security], within: P1D } }
separationOfDuties:
  - id: pay
    any: [erp/create]
    with: [erp/approve]
    action: block
    exempt: [{ person: p9@acme.example, until: 2026-06-30, owner: cfo@acme.example, reason: year end }]
approvals:
  - { id: privileged, when: { entitlement.privileged: true }, approvers: [group:security] }
groups: { security: [sec@acme.example] }
`;

const contract = (seats: number, ...people: string[]) =>
	[
		'# Services Agreement',
		'',
		'## 1. Seats',
		'',
		`The Customer may name up to ${seats} users.`,
		'',
		'## Schedule A: Authorised Users',
		'',
		'| Email | Region |',
		'| --- | --- |',
		...people.map((name) => `| ${name}@v.example | US |`),
		'',
	].join('\n');

const FILES = {
	'three.md': contract(3, 'ana', 'ben', 'cy'),
	'two.md': contract(2, 'ana', 'ben', 'cy'),
	'one.md': contract(3, 'ana'),
	'pair.md': contract(3, 'ana', 'ben'),
};

async function replay(events: readonly object[], asOf?: string): Promise<ReplayResult> {
	const lines = events.map((event) => JSON.stringify(event)).join('\n');
	const folder = folderWith({ 'policy.yaml': POLICY, 'events.jsonl': lines, ...FILES });
	const until = asOf === undefined ? [] : ['--as-of', asOf];
	const { out, err } = await run(folder, 'replay', 'policy.yaml', 'events.jsonl', '--json', ...until);
	if (out === '') throw new Error(err);
	const result = JSON.parse(out) as ReplayResult;
	expect(result.final.audit).toBe('intact');
	return result;
}

/** Somebody in Sales of Europe, since 3 January 2026. */
const hire = (id = '1', more: { at?: string; start?: string; attributes?: object; person?: object } = {}) => ({
	receivedAt: more.at ?? '2026-01-02T09:00:00Z',
	createdAt: more.at ?? '2026-01-02T08:00:00Z',
	id: `hire-${id}`,
	type: 'hire',
	effectiveAt: more.start ?? '2026-01-03',
	person: { hrId: id, email: `p${id}@acme.example`, ...more.person },
	attributes: { department: 'Sales', region: 'EU', employmentType: 'full-time', ...more.attributes },
});
const say = (type: string, receivedAt: string, more: object) => ({
	receivedAt,
	id: `${type}-${receivedAt}`,
	type,
	person: { hrId: '1' },
	...more,
});
const move = (receivedAt: string, effectiveAt: string, attributes: object) =>
	say('mover', receivedAt, { effectiveAt, attributes });
const leave = (receivedAt: string, effectiveAt: string, more: object = {}) =>
	say('leave', receivedAt, { effectiveAt, ...more });
const undo = (receivedAt: string, refersTo: string) => ({
	receivedAt,
	id: `cancel-${receivedAt}`,
	type: 'cancel',
	refersTo,
});
const correct = (receivedAt: string, refersTo: string, more: object) => ({
	receivedAt,
	id: `correct-${receivedAt}`,
	type: 'correct',
	refersTo,
	...more,
});

const line = (result: ReplayResult, number: number): ReplayEntry | undefined =>
	result.events.find((entry) => entry.line === number);
const planned = (result: ReplayResult, number: number) =>
	(line(result, number)?.plan?.actions ?? []).map(
		({ dueAt, operation, entitlement, application }) => `${dueAt} ${operation} ${entitlement ?? application}`,
	);
const held = ({ final }: ReplayResult) => final.grants.map(({ entitlement }) => entitlement);
const SALES = ['chat/member', 'crm/eu', 'crm/member'];

describe('replay: employment', () => {
	it('goes on where an announced leave is cancelled', async () => {
		const gone = leave('2026-03-01T09:00:00Z', '2026-06-30');
		const result = await replay([hire(), gone, undo('2026-03-10T09:00:00Z', gone.id)], '2026-08-01');
		expect(held(result)).toEqual(SALES);
		expect(result.final.scheduled).toEqual([]);
	});

	it('begins anew by a rehire after a leave that took the place of a cancelled one', async () => {
		const first = leave('2026-03-01T09:00:00Z', '2026-06-30');
		const events = [
			hire(),
			first,
			undo('2026-03-10T09:00:00Z', first.id),
			leave('2026-04-01T09:00:00Z', '2026-07-31'),
			say('rehire', '2026-08-15T09:00:00Z', { effectiveAt: '2026-09-01', attributes: { department: 'Engineering' } }),
		];
		expect(held(await replay(events.slice(0, 4), '2026-07-31T21:59:59Z'))).toEqual(SALES);
		expect(held(await replay(events.slice(0, 4), '2026-07-31T22:00:00Z'))).toEqual([]);
		expect(held(await replay(events, '2026-10-01'))).toEqual(['chat/member', 'git/member']);
	});

	it('of a contractor is extended twice and then shortened, to the end of that day', async () => {
		const person = { hrId: 'V-1', email: 'v1@vendor.example' };
		const events = [
			say('contractorStart', '2026-01-20T09:00:00Z', {
				...{ effectiveAt: '2026-02-01', until: '2026-03-31', person },
				attributes: { employmentType: 'contractor', department: 'Engineering' },
			}),
			say('contractorExtension', '2026-03-01T09:00:00Z', { effectiveAt: '2026-04-01', until: '2026-06-30', person }),
			say('contractorExtension', '2026-05-01T09:00:00Z', { effectiveAt: '2026-07-01', until: '2026-12-31', person }),
			say('contractorEnd', '2026-07-01T09:00:00Z', { effectiveAt: '2026-08-31', person }),
		];
		expect(held(await replay(events, '2026-08-31T21:59:59Z'))).toEqual(['chat/member', 'git/member']);
		expect(held(await replay(events, '2026-08-31T22:00:00Z'))).toEqual([]);
		expect(held(await replay(events.slice(0, 2), '2026-06-30T22:00:00Z'))).toEqual([]);
	});

	it.each([
		['New York, 25 hours', 'America/New_York', '2026-11-01', '2026-11-02T05:00:00.000Z'],
		['New York, 23 hours', 'America/New_York', '2026-03-08', '2026-03-09T04:00:00.000Z'],
		['Lord Howe, 23½ hours', 'Australia/Lord_Howe', '2026-10-04', '2026-10-04T13:00:00.000Z'],
		['Lord Howe, 24½ hours', 'Australia/Lord_Howe', '2026-04-05', '2026-04-05T13:30:00.000Z'],
		['Kiritimati, UTC+14', 'Pacific/Kiritimati', '2026-12-31', '2026-12-31T10:00:00.000Z'],
		['Berlin, 25 hours', 'Europe/Berlin', '2026-10-25', '2026-10-25T23:00:00.000Z'],
	])('ends with the day in %s', async (_name, zone, day, end) => {
		const result = await replay([hire('1', { attributes: { zone } }), leave('2026-02-20T09:00:00Z', day)]);
		expect(new Set(planned(result, 2).map((each) => each.slice(0, 24)))).toEqual(new Set([end]));
	});

	it('of somebody on an absence stops and goes on by itself', async () => {
		const events = [hire(), leave('2026-02-20T09:00:00Z', '2026-03-01', { until: '2026-03-31' })];
		expect(held(await replay(events, '2026-03-01T22:59:59Z'))).toEqual(SALES);
		expect(held(await replay(events, '2026-03-01T23:00:00Z'))).toEqual([]);
		// The accounts are made ready a week before they are back, and let nobody in.
		const ready = await replay(events, '2026-03-31T21:59:59Z');
		expect(held(ready)).toEqual(['chat/member', 'crm/member']);
		expect(ready.final.scheduled.filter(({ operation }) => operation === 'enable_account')).toHaveLength(2);
		expect(held(await replay(events, '2026-03-31T22:00:00Z'))).toEqual(SALES);
	});

	it('never begins where the hire is cancelled after the accounts were made ready', async () => {
		const future = hire('1', { at: '2026-11-20T09:00:00Z', start: '2027-01-04' });
		const ready = await replay([future], '2026-12-30');
		expect(held(ready)).toEqual(['chat/member', 'crm/member']);
		const result = await replay([future, undo('2026-12-30T09:00:00Z', future.id)], '2027-02-01');
		expect(held(result)).toEqual([]);
		expect(result.final.scheduled).toEqual([]);
		const enabled = result.events.flatMap(({ applied = [] }) => applied);
		const enabling = line(result, 1)?.plan?.actions.filter(({ operation }) => operation === 'enable_account') ?? [];
		expect(enabling).toHaveLength(2);
		expect(enabling.filter(({ id }) => enabled.includes(id))).toEqual([]);
	});

	it('was over by a backdated leave, and begins again the same day, with the exposure told', async () => {
		const result = await replay([
			hire(),
			leave('2026-05-10T09:00:00Z', '2026-04-30'),
			say('rehire', '2026-05-10T10:00:00Z', { effectiveAt: '2026-05-10' }),
		]);
		expect(line(result, 2)?.plan?.exposures.map(({ entitlement, from, until }) => [entitlement, from, until])).toEqual(
			SALES.map((name) => [name, '2026-04-30T22:00:00.000Z', '2026-05-10T09:00:00.000Z']),
		);
		expect(line(result, 2)?.plan?.summary).toBeDefined();
		expect(held(result)).toEqual(SALES);
	});

	it('ends as the leave recorded last says, while the earlier one is ahead', async () => {
		const events = [
			hire(),
			leave('2026-03-01T09:00:00Z', '2026-12-31'),
			leave('2026-03-02T09:00:00Z', '2026-11-30'),
			leave('2026-03-03T09:00:00Z', '2027-01-31'),
		];
		expect(held(await replay(events.slice(0, 3), '2026-11-30T23:00:00Z'))).toEqual([]);
		expect(held(await replay(events, '2027-01-31T22:59:59Z'))).toEqual(SALES);
		expect(held(await replay(events, '2027-01-31T23:00:00Z'))).toEqual([]);
	});

	it('is the same whether the leave arrives before the hire or after it', async () => {
		const gone = { ...leave('2026-01-01T09:00:00Z', '2026-06-30'), createdAt: '2026-01-02T08:30:00Z' };
		const early = await replay([gone, hire()], '2026-07-01');
		const inOrder = await replay([hire(), { ...gone, receivedAt: '2026-01-02T09:30:00Z' }], '2026-07-01');
		expect(held(early)).toEqual([]);
		expect(early.final.grantsHash).toBe(inOrder.final.grantsHash);
		expect(held(await replay([gone, hire()], '2026-06-30T21:59:59Z'))).toEqual(SALES);
	});

	it('ends where the cancellation of its end is cancelled', async () => {
		const gone = leave('2026-03-01T09:00:00Z', '2026-06-30');
		const first = undo('2026-03-10T09:00:00Z', gone.id);
		const events = [hire(), gone, first, undo('2026-03-11T09:00:00Z', first.id)];
		expect(held(await replay(events, '2026-06-30T22:00:00Z'))).toEqual([]);
	});

	it('under a new HR number, with the address of before, is that of the same person', async () => {
		const events = [
			hire(),
			leave('2026-03-01T09:00:00Z', '2026-03-31'),
			hire('77', { at: '2026-05-02T09:00:00Z', start: '2026-05-03', person: { email: 'p1@acme.example' } }),
		];
		const result = await replay(events, '2026-05-04');
		expect(new Set(result.events.flatMap(({ identities = [] }) => identities)).size).toBe(1);
		expect(held(result)).toEqual(SALES);
	});
});

describe('replay: attributes over time', () => {
	it('a move that is cancelled after it took effect is taken back at once, and what overlapped stays', async () => {
		const moved = move('2026-02-20T09:00:00Z', '2026-03-01', { department: 'Engineering' });
		const events = [hire(), moved, undo('2026-03-05T09:00:00Z', moved.id)];
		const result = await replay(events);
		expect(planned(result, 3)).toEqual(['2026-03-05T09:00:00.000Z disable_account git/member']);
		expect(held(await replay(events, '2026-04-15'))).toEqual(SALES);
	});

	it('a signal takes access for as long as it lasts, and leaves an overlap window alone', async () => {
		const signal = say('signal', '2026-03-05T10:00:00Z', {
			...{ effectiveAt: '2026-03-05T10:00:00Z', until: '2026-03-05T18:00:00Z' },
			person: { email: 'p1@acme.example' },
			attributes: { threat: 'high' },
		});
		const here = await replay([hire(), signal], '2026-03-05T17:59:59Z');
		expect(held(here)).toEqual(['chat/member', 'crm/eu']);
		expect(held(await replay([hire(), signal], '2026-03-05T18:00:00Z'))).toEqual(SALES);
		const moved = move('2026-02-20T09:00:00Z', '2026-03-01', { department: 'Engineering', region: 'EU' });
		const window = [hire(), moved, signal];
		expect(held(await replay(window, '2026-03-14T22:59:59Z'))).toEqual([...SALES, 'git/member']);
		expect(held(await replay(window, '2026-03-14T23:00:00Z'))).toEqual(['chat/member', 'git/member']);
	});

	it('the same event with its members in another order is a duplicate, under its own id and under a new one', async () => {
		const first = hire();
		const { attributes, person, ...rest } = first;
		const turned = {
			person: Object.fromEntries(Object.entries(person).reverse()),
			attributes: Object.fromEntries(Object.entries(attributes).reverse()),
			...Object.fromEntries(Object.entries(rest).reverse()),
		};
		const result = await replay([first, turned, { ...turned, id: 'new' }]);
		expect([2, 3].map((number) => line(result, number)?.status)).toEqual(['duplicate', 'duplicate_content']);
	});

	it('a correction of a correction counts, by whichever of the two it names', async () => {
		const moved = move('2026-11-20T09:00:00Z', '2026-12-01', { department: 'Engineering' });
		const first = correct('2026-11-21T09:00:00Z', moved.id, { effectiveAt: '2026-12-08' });
		for (const refersTo of [moved.id, first.id]) {
			const second = correct('2026-11-22T09:00:00Z', refersTo, { effectiveAt: '2026-12-15' });
			const result = await replay([hire(), moved, first, second], '2027-01-15');
			expect(held(result)).toEqual(['chat/member', 'git/member']);
			expect(held(await replay([hire(), moved, first, second], '2026-12-14T22:59:59Z'))).toEqual(SALES);
			expect(held(await replay([hire(), moved, first, second], '2026-12-14T23:00:00Z'))).toContain('git/member');
		}
	});

	it('two people who are each other’s manager are told of, and keep their access', async () => {
		const result = await replay(
			[
				hire('1', { attributes: { manager: 'p2@acme.example' } }),
				hire('2', { attributes: { manager: 'p1@acme.example' } }),
			],
			'2026-01-04',
		);
		expect(line(result, 2)?.findings).toMatchObject([{ code: 'MANAGER_CYCLE' }]);
		expect(held(result)).toEqual([...SALES, ...SALES]);
	});

	it('another word for the same department changes nothing', async () => {
		const result = await replay([
			hire('1', { attributes: { department: 'Eng.' } }),
			move('2026-03-01T09:00:00Z', '2026-03-02', { department: 'Engineering' }),
		]);
		expect(planned(result, 2)).toEqual([]);
		expect(held(result)).toEqual(['chat/member', 'git/member']);
	});

	it('moves that arrive in the wrong order hold in the order of their days', async () => {
		const later = move('2026-02-20T09:00:00Z', '2026-04-01', { department: 'Finance' });
		const late = move('2026-03-20T09:00:00Z', '2026-03-01', { department: 'Engineering' });
		expect(held(await replay([hire(), later, late], '2026-03-25'))).toEqual(['chat/member', 'git/member']);
		expect(held(await replay([hire(), later, late], '2026-06-01'))).toEqual(['chat/member', 'erp/member']);
	});

	it('a new name changes accounts and makes none', async () => {
		const result = await replay([
			hire(),
			say('nameChange', '2026-03-01T09:00:00Z', {
				effectiveAt: '2026-03-01',
				person: { hrId: '1', email: 'q1@acme.example', previousEmail: 'p1@acme.example' },
				attributes: { lastName: 'New' },
			}),
		]);
		expect(line(result, 2)?.plan?.actions.map(({ operation, application }) => [operation, application])).toEqual([
			['update_account', 'chat'],
			['update_account', 'crm'],
		]);
		expect(new Set(result.events.flatMap(({ identities = [] }) => identities)).size).toBe(1);
	});

	it('a correction of what somebody was before they left changes nothing', async () => {
		const events = [
			hire(),
			leave('2026-03-01T09:00:00Z', '2026-03-31'),
			correct('2026-05-01T09:00:00Z', 'hire-1', { attributes: { department: 'Finance' } }),
		];
		const result = await replay(events);
		expect(planned(result, 3)).toEqual([]);
		expect(held(result)).toEqual([]);
	});
});

describe('replay: contracts, duties and access for a while', () => {
	const signed = (id: string, receivedAt: string, type: string, more: object) => ({
		...{ receivedAt, id, type: `contract.${type}`, occurredAt: receivedAt },
		contract: { id: 'C-1', kind: 'services', status: 'active' },
		...more,
	});
	const people = (result: ReplayResult, name: string) =>
		result.final.grants.filter(({ entitlement }) => entitlement === name).map(({ person }) => person);

	it('fewer seats take from those who come last, and say so', async () => {
		const result = await replay([
			signed('e1', '2026-02-01T09:00:00Z', 'signed', { after: { file: 'three.md' } }),
			signed('e2', '2026-03-01T09:00:00Z', 'amended', { amendment: { id: 'A1' }, after: { file: 'two.md' } }),
		]);
		expect(planned(result, 2).map((each) => each.slice(25))).toEqual(['remove_from_group crm/us']);
		expect(people(result, 'crm/us')).toEqual(['ana@v.example', 'ben@v.example']);
		expect(line(result, 2)?.plan?.blocked).toHaveLength(1);
		expect(JSON.stringify(line(result, 2)?.plan?.blocked)).toContain('cy@v.example');
	});

	it('an amendment that is voided twice is voided once', async () => {
		const result = await replay([
			signed('e1', '2026-02-01T09:00:00Z', 'signed', { after: { file: 'one.md' } }),
			signed('e2', '2026-03-01T09:00:00Z', 'amended', { amendment: { id: 'A1' }, after: { file: 'pair.md' } }),
			signed('e3', '2026-04-01T09:00:00Z', 'reversed', { amendment: { id: 'A1' } }),
			signed('e4', '2026-05-01T09:00:00Z', 'reversed', { amendment: { id: 'A1' } }),
		]);
		expect(planned(result, 3)).toEqual(['2026-04-01T09:00:00.000Z remove_from_group crm/us']);
		expect(planned(result, 4)).toEqual([]);
		expect(people(result, 'crm/us')).toEqual(['ana@v.example']);
	});

	it('a contract that asks about the person gives and takes as the person changes', async () => {
		const ana = (id: string, at: string, effectiveAt: string, department: string) => ({
			...{ receivedAt: at, id, type: id === 'h' ? 'hire' : 'mover', effectiveAt },
			person: { hrId: 'A', email: 'ana@v.example' },
			attributes: { department, employmentType: 'full-time' },
		});
		const by = { contract: { id: 'C-1', kind: 'by-person', status: 'active' } };
		const events = [
			signed('e1', '2026-02-01T09:00:00Z', 'signed', { ...by, after: { file: 'pair.md' } }),
			ana('h', '2026-02-02T09:00:00Z', '2026-02-02', 'Engineering'),
			ana('m1', '2026-03-01T09:00:00Z', '2026-04-01', 'Finance'),
			ana('m2', '2026-05-01T09:00:00Z', '2026-05-02', 'Engineering'),
		];
		expect(people(await replay(events.slice(0, 3), '2026-03-31T21:59:59Z'), 'crm/us')).toEqual([]);
		expect(people(await replay(events.slice(0, 3), '2026-03-31T22:00:00Z'), 'crm/us')).toEqual(['ana@v.example']);
		expect(people(await replay(events, '2026-05-01T22:00:00Z'), 'crm/us')).toEqual([]);
		// The one whom nothing was said of is left alone.
		expect(people(await replay(events, '2026-06-01'), 'crm/us')).toEqual([]);
	});

	it('duties of two contracts are kept apart, until the contract that came first ends', async () => {
		const of = (id: string, kind: string, status = 'active') => ({ contract: { id, kind, status } });
		const result = await replay([
			signed('e1', '2026-02-01T09:00:00Z', 'signed', { ...of('C-1', 'clerks'), after: { file: 'one.md' } }),
			signed('e2', '2026-03-01T09:00:00Z', 'signed', { ...of('C-2', 'leads'), after: { file: 'one.md' } }),
			signed('e3', '2026-05-01T09:00:00Z', 'ended', { ...of('C-1', 'clerks') }),
		]);
		expect(line(result, 2)?.plan?.blocked).toMatchObject([{ entitlement: 'erp/approve', rule: 'pay' }]);
		expect(planned(result, 2)).toEqual([]);
		expect(people(result, 'erp/create')).toEqual([]);
		expect(people(result, 'erp/approve')).toEqual(['ana@v.example']);
	});

	it('an exemption from duties kept apart ends with its last day', async () => {
		const nine = hire('9', { attributes: { department: 'Finance', clerk: true } });
		const lead = { ...move('2026-01-20T09:00:00Z', '2026-02-01', { title: 'Lead' }), person: { hrId: '9' } };
		expect(held(await replay([nine, lead], '2026-06-30T21:59:59Z'))).toContain('erp/approve');
		const over = held(await replay([nine, lead], '2026-06-30T22:00:00Z'));
		expect(over).not.toContain('erp/approve');
		expect(over).toContain('erp/create');
	});

	it('emergency access ends, and what a rule has come to give meanwhile stays', async () => {
		const glass = {
			...{ receivedAt: '2026-03-02T09:00:00Z', type: 'access.breakGlass' },
			...{ person: 'p1@acme.example', entitlement: 'erp/archive', by: 'p1@acme.example' },
		};
		const finance = hire('1', { attributes: { department: 'Finance' } });
		const promoted = move('2026-03-02T10:00:00Z', '2026-03-02T11:00:00Z', { title: 'Auditor' });
		expect(held(await replay([finance, glass], '2026-03-02T12:59:59Z'))).toContain('erp/archive');
		expect(held(await replay([finance, glass], '2026-03-02T13:00:00Z'))).not.toContain('erp/archive');
		const result = await replay([finance, glass, promoted], '2026-03-05');
		expect(result.final.grants.filter(({ entitlement }) => entitlement === 'erp/archive')).toMatchObject([
			{ source: 'rule:auditors' },
		]);
		const taken = result.events.flatMap(({ plan, applied = [] }) =>
			(plan?.actions ?? []).filter(({ id, operation }) => applied.includes(id) && operation.startsWith('remove')),
		);
		expect(taken).toEqual([]);
	});

	it('access for a while never outlasts its end, whatever the person becomes', async () => {
		const events = [
			hire('1', { attributes: { department: 'Finance' } }),
			{
				...{ receivedAt: '2026-03-02T09:00:00Z', type: 'access.request', person: 'p1@acme.example' },
				...{ entitlement: 'erp/report', reason: 'audit' },
			},
			{ receivedAt: '2026-03-02T10:00:00Z', type: 'approval.approve' },
			move('2026-03-03T09:00:00Z', '2026-03-04', { department: 'Sales' }),
		];
		expect(held(await replay(events.slice(0, 3), '2026-03-07T08:59:59Z'))).toContain('erp/report');
		const result = await replay(events, '2026-03-07T09:00:00Z');
		expect(held(result)).toEqual(SALES);
		expect(result.final.scheduled).toEqual([]);
		expect(result.final.waiting).toEqual([]);
	});
});

describe('replay: one thing after another', () => {
	it('a rehire from the day after the last one goes on without a gap', async () => {
		const events = [
			hire(),
			leave('2026-05-01T09:00:00Z', '2026-06-30'),
			say('rehire', '2026-05-02T09:00:00Z', { effectiveAt: '2026-07-01' }),
		];
		const result = await replay(events, '2026-08-01');
		expect(held(result)).toEqual(SALES);
		const taken = result.events.flatMap(({ plan, applied = [] }) =>
			(plan?.actions ?? []).filter(({ id, operation }) => applied.includes(id) && operation !== 'create_account'),
		);
		expect(taken.map(({ operation }) => operation).filter((each) => /disable|remove/.test(each))).toEqual([]);
	});

	it('a cancellation and a correction count that arrive before what they are about', async () => {
		const moved = move('2026-02-20T09:00:00Z', '2026-03-01', { department: 'Engineering' });
		const cancelled = await replay([hire(), undo('2026-02-19T09:00:00Z', moved.id), moved], '2026-05-01');
		expect(held(cancelled)).toEqual(SALES);
		const sooner = correct('2026-02-19T09:00:00Z', moved.id, { attributes: { department: 'Finance' } });
		expect(held(await replay([hire(), sooner, moved], '2026-05-01'))).toEqual(['chat/member', 'erp/member']);
	});

	it('a contractor who becomes an employee keeps what both earn, without a gap', async () => {
		const contractor = { hrId: 'V-1', email: 'v1@vendor.example' };
		const events = [
			say('contractorStart', '2026-01-20T09:00:00Z', {
				...{ effectiveAt: '2026-02-01', until: '2026-06-30', person: contractor },
				attributes: { employmentType: 'contractor', department: 'Engineering' },
			}),
			{
				...{ receivedAt: '2026-06-01T09:00:00Z', id: 'h', type: 'hire', effectiveAt: '2026-07-01' },
				person: { hrId: '500', email: 'v1@vendor.example' },
				attributes: { employmentType: 'full-time', department: 'Engineering' },
			},
		];
		const result = await replay(events, '2026-08-01');
		expect(line(result, 2)?.status).toBe('accepted');
		expect(new Set(result.events.flatMap(({ identities = [] }) => identities)).size).toBe(1);
		expect(held(result)).toEqual(['chat/member', 'git/member']);
		const taken = result.events.flatMap(({ plan, applied = [] }) =>
			(plan?.actions ?? []).filter(({ id, operation }) => applied.includes(id) && operation === 'disable_account'),
		);
		expect(taken).toEqual([]);
	});

	it('what was asked for does not come back with a rehire', async () => {
		const events = [
			hire('1', { attributes: { department: 'Finance' } }),
			{
				...{ receivedAt: '2026-03-02T09:00:00Z', type: 'access.request', person: 'p1@acme.example' },
				...{ entitlement: 'erp/report', reason: 'audit' },
			},
			{ receivedAt: '2026-03-02T10:00:00Z', type: 'approval.approve' },
			leave('2026-03-03T09:00:00Z', 'immediately'),
			say('rehire', '2026-03-04T09:00:00Z', { effectiveAt: '2026-03-04' }),
		];
		expect(held(await replay(events.slice(0, 4)))).toEqual([]);
		expect(held(await replay(events, '2026-03-05'))).toEqual(['chat/member', 'erp/member']);
	});

	it('an announced last day is that of the zone to which the person has moved by then', async () => {
		const events = [
			hire(),
			leave('2026-10-01T09:00:00Z', '2026-12-31'),
			move('2026-11-01T09:00:00Z', '2026-12-01', { zone: 'America/New_York' }),
		];
		expect(held(await replay(events, '2027-01-01T04:59:59Z'))).toEqual(SALES);
		expect(held(await replay(events, '2027-01-01T05:00:00Z'))).toEqual([]);
	});

	it('of two changes of one moment the one that was recorded last counts, whichever arrives first', async () => {
		const day = '2026-03-01';
		const first = {
			...move('2026-02-20T10:00:00Z', day, { department: 'Finance' }),
			createdAt: '2026-02-19T08:00:00Z',
		};
		const last = {
			...move('2026-02-20T09:00:00Z', day, { department: 'Engineering' }),
			createdAt: '2026-02-19T09:00:00Z',
		};
		expect(held(await replay([hire(), last, first], '2026-04-01'))).toEqual(['chat/member', 'git/member']);
	});

	it('somebody who comes back within the overlap never loses what overlapped', async () => {
		const events = [
			hire(),
			move('2026-02-20T09:00:00Z', '2026-03-01', { department: 'Engineering' }),
			move('2026-03-05T09:00:00Z', '2026-03-08', { department: 'Sales' }),
		];
		const result = await replay(events, '2026-05-01');
		expect(held(result)).toEqual(SALES);
		const done = result.events.flatMap(({ plan, applied = [] }) =>
			(plan?.actions ?? []).flatMap(({ id, operation, entitlement }) =>
				applied.includes(id) ? [`${operation} ${entitlement ?? ''}`] : [],
			),
		);
		expect(done).not.toContain('disable_account crm/member');
		expect(done).not.toContain('remove_from_group crm/eu');
	});

	it('seats that are there again are given again, in the order of the table', async () => {
		const amended = (id: string, receivedAt: string, file: string) => ({
			...{ receivedAt, id, type: 'contract.amended', occurredAt: receivedAt, amendment: { id } },
			...{ contract: { id: 'C-1', kind: 'services', status: 'active' }, after: { file } },
		});
		const result = await replay([
			{ ...amended('e1', '2026-02-01T09:00:00Z', 'three.md'), type: 'contract.signed' },
			amended('e2', '2026-03-01T09:00:00Z', 'two.md'),
			amended('e3', '2026-04-01T09:00:00Z', 'three.md'),
		]);
		expect(planned(result, 3)).toEqual(['2026-04-01T09:00:00.000Z add_to_group crm/us']);
		expect(result.final.grants.map(({ person }) => person).sort()).toEqual([
			'ana@v.example',
			'ben@v.example',
			'cy@v.example',
		]);
	});

	it('a cancelled signal gives back at once what it took, and a second one takes it again', async () => {
		const signal = (receivedAt: string, until: string) => ({
			...say('signal', receivedAt, { effectiveAt: receivedAt, until, attributes: { threat: 'high' } }),
			person: { email: 'p1@acme.example' },
		});
		const one = signal('2026-03-05T10:00:00Z', '2026-03-09T10:00:00Z');
		const back = { ...undo('2026-03-05T12:00:00Z', one.id), source: 'signal' };
		const two = signal('2026-03-05T13:00:00Z', '2026-03-05T14:00:00Z');
		expect(held(await replay([hire(), one]))).toEqual(['chat/member', 'crm/eu']);
		expect(held(await replay([hire(), one, back]))).toEqual(SALES);
		expect(held(await replay([hire(), one, back, two]))).toEqual(['chat/member', 'crm/eu']);
		expect(held(await replay([hire(), one, back, two], '2026-03-05T14:00:00Z'))).toEqual(SALES);
	});

	it('a person who leaves on the day on which they would have moved gets nothing new', async () => {
		const result = await replay(
			[
				hire(),
				move('2026-02-20T09:00:00Z', '2026-04-01', { department: 'Engineering' }),
				leave('2026-03-10T09:00:00Z', '2026-03-31'),
			],
			'2026-05-01',
		);
		expect(held(result)).toEqual([]);
		const created = result.events.flatMap(({ plan, applied = [] }) =>
			(plan?.actions ?? []).filter(({ id, entitlement }) => applied.includes(id) && entitlement === 'git/member'),
		);
		expect(created).toEqual([]);
		expect(result.final.scheduled).toEqual([]);
	});
});
