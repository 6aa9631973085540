import type { ReplayEntry, ReplayResult } from '../../core/governance';
import { folderWith, run } from './run';

/** A policy of a company in Berlin; each case uses a part of it. */
const POLICY = `
policy: acme
zone: Europe/Berlin
attributes:
  department: { type: text, from: [hris], values: [Sales, Engineering, Finance] }
  region: { type: text }
  title: { type: text }
  clerk: { type: boolean }
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
  erp/report: { app: erp, group: report, privileged: true, requestable: { by: { department: Finance }, for: P30D } }
rules:
  - { id: everybody, when: { employmentType: { exists: true } }, grant: [chat/member] }
  - { id: sales, when: { department: Sales }, grant: [crm/member] }
  - { id: sales-eu, when: { department: Sales, region: EU }, grant: [crm/eu] }
  - { id: sales-us, when: { department: Sales, region: US }, grant: [crm/us] }
  - { id: engineers, when: { department: Engineering }, grant: [git/member] }
  - { id: finance, when: { department: Finance }, grant: [erp/member] }
  - { id: clerks, when: { clerk: true }, grant: [erp/create] }
  - { id: leads, when: { title: Lead }, grant: [erp/approve] }
terms:
  endDate: { type: date, clause: Term }
  users: { type: table, schedule: Authorised Users, key: Email }
contracts:
  - { id: all, when: { contract.status: active }, subjects: terms.users, grant: [crm/member], until: terms.endDate }
  - { id: us, when: { contract.status: active, row.region: US }, subjects: terms.users, grant: [crm/us], until: terms.endDate }
joiner: { preProvision: P7D }
overlap: { on: department, keep: [crm/*], for: P14D }
separationOfDuties:
  - { id: pay, any: [erp/create], with: [erp/approve], action: block }
approvals:
  - { id: privileged, when: { entitlement.privileged: true }, approvers: [group:security] }
groups: { security: [sec@acme.example] }
`;

const contract = (...rows: string[]) =>
	[
		'# Services Agreement',
		'',
		'## 1. Term',
		'',
		'This Agreement ends on 31 December 2027.',
		'',
		'## Schedule A: Authorised Users',
		'',
		'| Email | Region |',
		'| --- | --- |',
		...rows,
		'',
	].join('\n');

const FILES = {
	'v1.md': contract('| ana@v.example | EU |'),
	'v2.md': contract('| ana@v.example | US |', '| ben@v.example | EU |'),
	'v3.md': contract('| ana@v.example | US |', '| cy@v.example | US |'),
};

async function replay(events: readonly object[], ...options: string[]): Promise<ReplayResult & { code: number }> {
	const lines = events.map((event) => JSON.stringify(event)).join('\n');
	const folder = folderWith({ 'policy.yaml': POLICY, 'events.jsonl': lines, ...FILES });
	const { code, out, err } = await run(folder, 'replay', 'policy.yaml', 'events.jsonl', '--json', ...options);
	if (out === '') throw new Error(err);
	return { code, ...(JSON.parse(out) as ReplayResult) };
}

const hire = (id: string, more: { at?: string; start?: string; person?: object; attributes?: object } = {}) => ({
	receivedAt: more.at ?? '2026-01-02T09:00:00Z',
	id: `hire-${id}`,
	type: 'hire',
	effectiveAt: more.start ?? '2026-01-03',
	person: { hrId: id, email: `p${id}@acme.example`, ...more.person },
	attributes: {
		firstName: 'P',
		lastName: id,
		department: 'Sales',
		region: 'EU',
		employmentType: 'full-time',
		...more.attributes,
	},
});
const move = (id: string, at: string, effectiveAt: string, attributes: object, more: object = {}) => ({
	receivedAt: at,
	id: `move-${id}-${at}-${JSON.stringify(attributes)}`,
	type: 'mover',
	effectiveAt,
	person: { hrId: id },
	attributes,
	...more,
});
const leave = (id: string, at: string, effectiveAt: string) => ({
	receivedAt: at,
	id: `leave-${id}-${effectiveAt}`,
	type: 'leaver',
	effectiveAt,
	person: { hrId: id },
});

const planned = (entry: ReplayEntry | undefined) =>
	(entry?.plan?.actions ?? []).map(({ dueAt, operation, entitlement, disabled }) =>
		[dueAt, operation, entitlement, ...(disabled === true ? ['disabled'] : [])].join(' '),
	);
const line = (result: ReplayResult, number: number) => result.events.find((entry) => entry.line === number);

describe('replay: the cases of people, policy and plan', () => {
	it('1: prepares a future hire seven days ahead, disabled, and lets them in on the first day', async () => {
		const result = await replay([hire('1', { at: '2026-11-20T09:00:00Z', start: '2027-01-04' })]);
		expect(planned(line(result, 1))).toEqual([
			'2026-12-27T23:00:00.000Z create_account chat/member disabled',
			'2026-12-27T23:00:00.000Z create_account crm/member disabled',
			'2027-01-03T23:00:00.000Z enable_account chat/member',
			'2027-01-03T23:00:00.000Z enable_account crm/member',
			'2027-01-03T23:00:00.000Z add_to_group crm/eu',
		]);
		expect(result.final.grants).toEqual([]);
	});

	it('2: takes the same event twice, and under a new id, as one, with two records of the duplicate', async () => {
		const first = { ...hire('1'), createdAt: '2026-01-02T08:00:00Z' };
		const result = await replay([first, first, { ...first, id: 'another' }]);
		expect(result.events.filter(({ line: at }) => at > 0).map(({ status }) => status)).toEqual([
			'accepted',
			'duplicate',
			'duplicate_content',
		]);
		const types = result.events.flatMap(({ records }) => records.map(({ type }) => type));
		expect(types.filter((type) => type === 'event.duplicate')).toHaveLength(2);
		expect(types.filter((type) => type === 'plan.created')).toHaveLength(1);
	});

	it('3: stops for review where the same e-mail comes with another birth date, and writes nothing', async () => {
		const result = await replay([
			hire('1', { person: { birthDate: '1990-01-01' } }),
			hire('9', { at: '2026-02-01T09:00:00Z', person: { email: 'p1@acme.example', birthDate: '1970-12-31' } }),
		]);
		expect(line(result, 2)).toMatchObject({ status: 'held', findings: [{ code: 'KEYS_CONTRADICT', level: 'hold' }] });
		expect(line(result, 2)?.plan).toBeUndefined();
		expect(result.code).toBe(1);
	});

	it('4: grants at midnight of New York, and keeps the crm for fourteen days', async () => {
		const result = await replay([
			hire('1', { attributes: { zone: 'America/New_York' } }),
			move('1', '2026-11-20T09:00:00Z', '2026-12-01', { department: 'Engineering', region: 'US' }),
		]);
		expect(planned(line(result, 2))).toEqual([
			'2026-12-01T05:00:00.000Z create_account git/member',
			'2026-12-15T05:00:00.000Z disable_account crm/member',
			'2026-12-15T05:00:00.000Z remove_from_group crm/eu',
		]);
	});

	it('5: withholds the right that would complete a pair of duties, keeps the old one, and names both rules', async () => {
		const result = await replay([
			hire('1', { attributes: { department: 'Finance', clerk: true } }),
			move('1', '2026-11-20T09:00:00Z', '2026-12-01', { title: 'Lead' }),
		]);
		expect(planned(line(result, 2))).toEqual([]);
		const [blocked] = line(result, 2)?.plan?.blocked ?? [];
		expect(blocked).toMatchObject({ entitlement: 'erp/approve', rule: 'pay' });
		expect(blocked?.reason).toMatch(/leads.*clerks/);
		expect(result.final.grants.map(({ entitlement }) => entitlement)).toContain('erp/create');
	});

	it('6: ends access at once, or at the end of a day that has 25 or 23 hours, disables first', async () => {
		const result = await replay([
			hire('1'),
			hire('2'),
			hire('3'),
			leave('1', '2026-10-20T09:00:00Z', 'immediately'),
			leave('2', '2026-10-20T09:01:00Z', '2026-10-25'),
			leave('3', '2026-10-20T09:02:00Z', '2027-03-28'),
		]);
		expect(planned(line(result, 4))).toEqual([
			'2026-10-20T09:00:00.000Z disable_account chat/member',
			'2026-10-20T09:00:00.000Z disable_account crm/member',
			'2026-10-20T09:00:00.000Z remove_from_group crm/eu',
		]);
		expect(line(result, 4)?.plan?.actions.every(({ approval }) => approval === 'not_needed')).toBe(true);
		expect(planned(line(result, 5))[0]).toBe('2026-10-25T23:00:00.000Z disable_account chat/member');
		expect(planned(line(result, 6))[0]).toBe('2027-03-28T22:00:00.000Z disable_account chat/member');
	});

	it('7: a backdated move grants now, revokes what should have ended, and reports the exposure', async () => {
		const result = await replay([
			hire('1'),
			move('1', '2026-11-20T09:00:00Z', '2026-10-01', { department: 'Engineering' }),
		]);
		const entry = line(result, 2);
		expect(
			entry?.plan?.actions.map(({ operation, entitlement }) => `${operation} ${entitlement ?? ''}`).sort(),
		).toEqual(['create_account git/member', 'disable_account crm/member', 'remove_from_group crm/eu']);
		expect(entry?.plan?.actions.every(({ dueAt }) => dueAt <= '2026-11-20T09:00:00.000Z')).toBe(true);
		expect(entry?.plan?.exposures.map(({ entitlement, until }) => [entitlement, until])).toEqual([
			['crm/eu', '2026-11-20T09:00:00.000Z'],
			['crm/member', '2026-11-20T09:00:00.000Z'],
		]);
	});

	it('8: nets several moves of one day out to nothing', async () => {
		const at = '2026-11-20T09:00:00Z';
		const day = '2026-12-01';
		const result = await replay([
			hire('1', { attributes: { department: 'Finance' } }),
			move('1', at, day, { department: 'Sales' }),
			move('1', '2026-11-20T09:01:00Z', day, { department: 'Engineering' }),
			move('1', '2026-11-20T09:02:00Z', day, { department: 'Finance' }),
		]);
		expect(planned(line(result, 4))).toEqual([]);
		expect(result.final.scheduled).toEqual([]);
		expect(result.final.waiting).toEqual([]);
	});

	it("8, all at one moment: counts by the sender's own ids, in whatever order they arrive", async () => {
		const at = '2026-11-20T09:00:00Z';
		const moves = ['Sales', 'Engineering', 'Finance'].map((department, index) => ({
			...move('1', at, '2026-12-01', { department }),
			id: `m-${index + 9}`,
		}));
		for (const order of [moves, [...moves].reverse()]) {
			const result = await replay([hire('1', { attributes: { department: 'Finance' } }), ...order]);
			expect(result.final.scheduled).toEqual([]);
		}
	});

	it('9: a contract version that arrives after the next one is superseded, and the grants are those of the right order', async () => {
		const version = (number: number, receivedAt: string, effectiveAt: string) => ({
			receivedAt,
			id: `e${number}`,
			type: number === 1 ? 'contract.signed' : 'contract.amended',
			occurredAt: effectiveAt,
			effectiveAt,
			contract: { id: 'C-1', status: 'active' },
			...(number > 1 && { amendment: { id: `A${number}`, number } }),
			after: { file: `v${number}.md` },
		});
		const signed = version(1, '2026-01-01T09:00:00Z', '2026-01-01T00:00:00Z');
		const inOrder = await replay([
			signed,
			version(2, '2026-11-01T09:00:00Z', '2026-10-05T00:00:00Z'),
			version(3, '2026-11-02T09:00:00Z', '2026-10-15T00:00:00Z'),
		]);
		const late = await replay([
			signed,
			version(3, '2026-11-01T09:00:00Z', '2026-10-15T00:00:00Z'),
			version(2, '2026-11-02T09:00:00Z', '2026-10-05T00:00:00Z'),
		]);
		expect(planned(line(late, 3))).toEqual([]);
		expect(line(late, 3)?.supersededVersions).toHaveLength(1);
		const whoHoldsWhat = ({ final }: ReplayResult) =>
			final.grants.map(({ person, entitlement, source, validUntil }) => [person, entitlement, source, validUntil]);
		expect(whoHoldsWhat(late)).toEqual(whoHoldsWhat(inOrder));
		expect(whoHoldsWhat(late)).toHaveLength(4);
	});

	it('10: revokes nothing that the person has come to earn by a rule when the amendment that gave it is reversed', async () => {
		const event = (id: string, receivedAt: string, type: string, more: object) => ({
			receivedAt,
			id,
			type,
			contract: { id: 'C-1', status: 'active' },
			...more,
		});
		const result = await replay([
			event('e1', '2026-01-01T09:00:00Z', 'contract.signed', { after: { file: 'v1.md' } }),
			event('e2', '2026-02-01T09:00:00Z', 'contract.amended', {
				amendment: { id: 'A2', number: 2 },
				after: { file: 'v2.md' },
			}),
			hire('1', {
				at: '2026-02-02T09:00:00Z',
				start: '2026-02-02',
				person: { email: 'ana@v.example' },
				attributes: { region: 'US' },
			}),
			event('e3', '2026-03-01T09:00:00Z', 'contract.reversed', { amendment: { id: 'A2' } }),
		]);
		expect(planned(line(result, 4)).filter((each) => each.includes('crm/us'))).toEqual([]);
		const held = result.final.grants.filter(({ entitlement }) => entitlement === 'crm/us');
		expect(held.map(({ person, source }) => [person, source])).toEqual([['ana@v.example', 'rule:sales-us']]);
	});

	it('11: allows duties that touch and withholds those that overlap by a second', async () => {
		const until = (at: string) => [
			hire('1', { attributes: { department: 'Finance', clerk: true } }),
			move('1', '2026-11-20T09:00:00Z', '2026-12-01T12:00:00Z', { clerk: false }),
			move('1', '2026-11-20T09:01:00Z', at, { title: 'Lead' }),
		];
		const touching = await replay(until('2026-12-01T12:00:00Z'), '--as-of', '2026-12-02');
		const overlapping = await replay(until('2026-12-01T11:59:59Z'), '--as-of', '2026-12-02');
		expect(line(touching, 3)?.plan?.blocked).toEqual([]);
		expect(line(overlapping, 3)?.plan?.blocked).toMatchObject([{ entitlement: 'erp/approve', rule: 'pay' }]);
	});

	it('12: reads a local time that comes twice as the earlier one for an end, and the later one for a start', async () => {
		const result = await replay([
			hire('1'),
			hire('2', { at: '2026-10-01T09:00:00Z', start: '2026-10-25T02:30:00' }),
			leave('1', '2026-10-02T09:00:00Z', '2026-10-25T02:30:00'),
		]);
		expect(planned(line(result, 3))[0]).toBe('2026-10-25T00:30:00.000Z disable_account chat/member');
		const starts = line(result, 2)?.plan?.actions.filter(({ operation }) => operation === 'enable_account');
		expect(starts?.map(({ dueAt }) => dueAt)).toEqual(['2026-10-25T01:30:00.000Z', '2026-10-25T01:30:00.000Z']);
	});
});

describe('replay', () => {
	const story = [
		hire('1', { attributes: { department: 'Finance' } }),
		{
			receivedAt: '2026-02-01T09:00:00Z',
			type: 'access.request',
			person: 'p1@acme.example',
			entitlement: 'erp/report',
			reason: 'audit',
		},
		{ receivedAt: '2026-02-02T09:00:00Z', type: 'approval.approve', person: 'p1@acme.example' },
	];

	it('carries approvals out as approvers would, and lets what was asked for end by itself', async () => {
		const result = await replay(story, '--as-of', '2026-03-15');
		expect(line(result, 2)?.plan?.actions[0]).toMatchObject({ entitlement: 'erp/report', approval: 'pending' });
		expect(planned(line(result, 2))[1]).toBe('2026-03-03T09:00:00.000Z remove_from_group erp/report');
		expect(line(result, 3)?.applied).toHaveLength(1);
		expect(result.final.grants.map(({ entitlement }) => entitlement)).not.toContain('erp/report');
		expect(result.final.audit).toBe('intact');
	});

	it('refuses what the policy lets nobody ask for, and says why', async () => {
		const result = await replay([
			hire('1'),
			{
				receivedAt: '2026-02-01T09:00:00Z',
				type: 'access.request',
				person: 'p1@acme.example',
				entitlement: 'erp/report',
			},
		]);
		expect(line(result, 2)).toMatchObject({ status: 'refused', refused: [{ entitlement: 'erp/report' }] });
		expect(result.code).toBe(1);
	});

	it('takes and gives nothing for a department that nobody knows, until it is corrected; a leave still goes through', async () => {
		const typo = move('1', '2026-11-20T09:00:00Z', '2026-11-20', { department: 'Enginering', region: 'EU' });
		const correction = {
			receivedAt: '2026-11-21T09:00:00Z',
			id: 'c',
			type: 'correct',
			refersTo: typo.id,
			person: { hrId: '1' },
			attributes: { department: 'Engineering' },
		};
		const held = await replay([hire('1'), typo], '--as-of', '2027-02-01');
		expect(line(held, 2)?.findings).toMatchObject([{ code: 'UNKNOWN_VALUE', nearest: 'Engineering' }]);
		expect(planned(line(held, 2))).toEqual([]);
		expect(held.final.grants.map(({ entitlement }) => entitlement)).toEqual(['chat/member', 'crm/eu', 'crm/member']);
		const mended = await replay([hire('1'), typo, correction], '--as-of', '2027-02-01');
		expect(mended.final.grants.map(({ entitlement }) => entitlement)).toEqual(['chat/member', 'git/member']);
		const left = await replay([hire('1'), typo, leave('1', '2026-11-21T09:00:00Z', 'immediately')]);
		expect(left.final.grants).toEqual([]);
	});

	it('gives the same bytes for the same input', async () => {
		const [one, two] = [await replay(story, '--as-of', '2026-03-15'), await replay(story, '--as-of', '2026-03-15')];
		expect(one).toEqual(two);
	});

	it('goes on after a line that cannot be read, and names it', async () => {
		const folder = folderWith({
			'policy.yaml': POLICY,
			'events.jsonl': `${JSON.stringify(hire('1'))}\n{ no json\n${JSON.stringify(leave('1', '2026-05-01T09:00:00Z', '2026-05-01'))}\n`,
		});
		const { code, out } = await run(folder, 'replay', 'policy.yaml', 'events.jsonl', '--json');
		const result = JSON.parse(out) as ReplayResult;
		expect(line(result, 2)).toMatchObject({ status: 'refused', problem: 'Line 2 is no JSON.' });
		expect(line(result, 3)?.plan?.actions.length).toBeGreaterThan(0);
		expect(code).toBe(1);
	});

	it('loses nothing behind a first line that cannot be read', async () => {
		const folder = folderWith({ 'policy.yaml': POLICY, 'events.jsonl': `{ no json\n${JSON.stringify(hire('1'))}\n` });
		const { code, out } = await run(folder, 'replay', 'policy.yaml', 'events.jsonl', '--json');
		const result = JSON.parse(out) as ReplayResult;
		expect(result.events.slice(0, 2).map(({ line: at, status }) => [at, status])).toEqual([
			[1, 'refused'],
			[2, 'accepted'],
		]);
		expect(code).toBe(1);
	});

	it.each([
		['', 'EVENTS holds no event.'],
		['{ no json\n', 'Line 1 is no JSON.'],
		['{"id":"x","type":"hire"}\n', 'Line 1 does not say when it arrives.'],
	])('says what is wrong with %j as a whole', async (events, message) => {
		const folder = folderWith({ 'policy.yaml': POLICY, 'events.jsonl': events });
		const { code, out, err } = await run(folder, 'replay', 'policy.yaml', 'events.jsonl', '--json');
		expect([code, out]).toEqual([1, '']);
		expect(err).toContain(message);
	});

	it('reads contract texts from the folder that was named, and from nowhere else', async () => {
		const event = {
			receivedAt: '2026-01-01T09:00:00Z',
			id: 'e',
			type: 'contract.signed',
			contract: { id: 'C' },
			after: { file: '../secret.md' },
		};
		const result = await replay([event]);
		expect(line(result, 1)?.problem).toContain('lies outside');
	});

	it('shows people a story, not only JSON', async () => {
		const folder = folderWith({
			'policy.yaml': POLICY,
			'events.jsonl': story.map((each) => JSON.stringify(each)).join('\n'),
		});
		const { out } = await run(folder, 'replay', 'policy.yaml', 'events.jsonl');
		expect(out).toContain('add_to_group');
		expect(out).toContain('pending (privileged)');
		expect(out).toContain('audit log intact');
	});
});
