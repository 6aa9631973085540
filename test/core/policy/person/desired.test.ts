import { addDuration, desiredTenures } from '../../../../core/policy';
import type { PersonInput } from '../../../../core/policy';
import { assigned, company, HIRED, NOW, timeline } from '../../plan/people/world';

const request = { kind: 'request' as const, ref: 'req-1', reason: 'asked for' };
const contract = { kind: 'contract' as const, ref: 'MSA/people', reason: 'named' };

function desired(input: Partial<PersonInput>) {
	return desiredTenures({
		compiled: company(),
		timeline: timeline('Ada', [[HIRED, { department: 'Sales' }]]),
		assignments: [],
		held: [],
		asOf: NOW,
		...input,
	});
}

/** `crm/user rule sales 2024-… → open`, for reading. */
function lines(access: ReturnType<typeof desired>): string[] {
	return [...access.holdings]
		.flatMap(([entitlement, tenures]) =>
			tenures.map(
				({ source, from, until }) =>
					`${entitlement} ${source.ref} ${from.slice(0, 10)} ${until?.slice(0, 10) ?? 'open'}`,
			),
		)
		.sort();
}

describe('what a person should hold over time', () => {
	it('merges segments over which the same rule holds on', () => {
		const known = timeline('Ada', [
			[HIRED, { department: 'Sales', title: 'Clerk' }],
			['2025-01-01T00:00:00.000Z', { department: 'Sales', title: 'Lead' }],
			['2026-12-01T00:00:00.000Z', { department: 'Engineering', title: 'Lead' }],
		]);
		expect(lines(desired({ timeline: known }))).toEqual([
			'crm/user sales 2024-01-01 2026-12-01',
			'github/member engineering 2026-12-01 open',
			'slack/all all 2024-01-01 open',
			'slack/member all 2024-01-01 open',
		]);
	});

	it('cuts every source at the end of employment, and nothing of people without a record of it', () => {
		const ends = '2026-12-31T23:00:00.000Z';
		const assignments = [assigned('Ada', 'crm/us', contract, HIRED), assigned('Ada', 'crm/us', request, HIRED)];
		const known = timeline('Ada', [[HIRED, {}]], [{ from: HIRED, until: ends }]);
		const access = desired({ timeline: known, assignments });
		expect(lines(access).every((line) => line.endsWith('2026-12-31'))).toBe(true);
		expect(access.holdings.get('crm/us')?.map(({ endedBy }) => endedBy)).toEqual(['employment', 'employment']);
		const { employment: _none, ...contractor } = known;
		expect(lines(desired({ timeline: contractor, assignments })).every((line) => line.endsWith('open'))).toBe(true);
	});

	it('gives a rehire what is earned today, and no request of former times', () => {
		const back = '2026-11-01T00:00:00.000Z';
		const known = timeline(
			'Ada',
			[
				[HIRED, { department: 'Sales' }],
				[back, { department: 'Engineering' }],
			],
			[{ from: HIRED, until: '2025-06-30T22:00:00.000Z' }, { from: back }],
		);
		const assignments = [
			assigned('Ada', 'crm/us', request, '2025-01-01T00:00:00.000Z'),
			assigned('Ada', 'erp/user', contract, HIRED),
		];
		const now = lines(desired({ timeline: known, assignments })).filter((line) => line.endsWith('open'));
		expect(now).toEqual([
			'erp/user MSA/people 2026-11-01 open',
			'github/member engineering 2026-11-01 open',
			'slack/all all 2026-11-01 open',
			'slack/member all 2026-11-01 open',
		]);
	});

	it('ends requests and break-glass after the longest duration, and withholds standing access that has one', () => {
		const compiled = company({
			breakGlass: { grant: ['crm/us'], by: {}, for: 'PT4H', review: { approvers: ['manager'], within: 'P1D' } },
			rules: [{ id: 'admins', when: { department: 'Sales' }, grant: ['github/admin'] }],
		});
		const glass = { kind: 'break_glass' as const, ref: 'bg-1', reason: 'outage' };
		const assignments = [
			assigned('Ada', 'github/admin', request, NOW, '2027-11-20T09:00:00.000Z'),
			assigned('Ada', 'crm/us', glass, NOW),
			assigned('Ada', 'github/admin', contract, NOW),
		];
		const access = desired({ compiled, assignments });
		expect(access.holdings.get('github/admin')).toMatchObject([
			{ until: '2026-11-27T09:00:00.000Z', endedBy: 'duration' },
		]);
		expect(access.holdings.get('crm/us')).toMatchObject([{ until: '2026-11-20T13:00:00.000Z' }]);
		expect(access.withheld.map(({ code, rule }) => [code, rule]).sort()).toEqual([
			['MAX_DURATION', 'MSA/people'],
			['MAX_DURATION', 'admins'],
		]);
	});

	it('lets an exclusion of a role beat whatever earns the entitlement, while the role is held', () => {
		const roles = {
			everybody: { grant: ['slack/member'] },
			seller: { grant: ['crm/user'], exclude: ['erp/*'] },
			engineer: { grant: ['github/member'] },
		};
		const moves = '2026-12-01T00:00:00.000Z';
		const known = timeline('Ada', [
			[HIRED, { department: 'Sales' }],
			[moves, { department: 'Engineering' }],
		]);
		const access = desired({
			compiled: company({ roles }),
			timeline: known,
			assignments: [assigned('Ada', 'erp/audit', request, HIRED)],
		});
		expect(access.holdings.get('erp/audit')).toMatchObject([{ from: moves }]);
		expect(access.withheld).toMatchObject([{ code: 'EXCLUDED', rule: 'seller', entitlement: 'erp/audit' }]);
	});

	it('lets who holds something by a deprecated rule keep it, and gives it to nobody else', () => {
		const rules = [{ id: 'old', status: 'deprecated', when: { department: 'Sales' }, grant: ['seller'] }];
		const compiled = company({ rules });
		expect(lines(desired({ compiled }))).toEqual([]);
		const source = { kind: 'rule' as const, ref: 'old', reason: '' };
		const held = [{ identityId: 'idn_ada', entitlement: 'crm/user', source, validFrom: '2025-01-01T00:00:00.000Z' }];
		expect(lines(desired({ compiled, held }))).toEqual(['crm/user old 2024-01-01 open']);
		const left = timeline(
			'Ada',
			[[HIRED, { department: 'Sales' }]],
			[{ from: HIRED, until: NOW }, { from: '2027-01-01T00:00:00.000Z' }],
		);
		expect(lines(desired({ compiled, held, timeline: left })).filter((line) => line.endsWith('open'))).toEqual([]);
	});

	it('grants nothing by a proposed rule, and says what it would grant', () => {
		const rules = [{ id: 'new', status: 'proposed', when: { department: 'Sales' }, grant: ['seller'] }];
		const access = desired({ compiled: company({ rules }) });
		expect(lines(access)).toEqual([]);
		expect(access.proposed).toEqual([{ rule: 'new', entitlement: 'crm/user' }]);
	});

	it('opens no overlap where the person leaves, and cuts one that employment ends', () => {
		const compiled = company({ overlap: { id: 'handover', on: ['department'], keep: ['crm/*'], for: 'P14D' } });
		const moves = '2026-12-01T00:00:00.000Z';
		const ends = '2026-12-05T00:00:00.000Z';
		const steps = [
			[HIRED, { department: 'Sales' }],
			[moves, { department: 'Engineering' }],
		] as const;
		const cut = timeline('Ada', steps, [{ from: HIRED, until: ends }]);
		expect(desired({ compiled, timeline: cut }).holdings.get('crm/user')).toMatchObject([
			{ until: ends, endedBy: 'employment' },
		]);
		const gone = timeline('Ada', steps, [{ from: HIRED, until: moves, immediate: true }]);
		expect(desired({ compiled, timeline: gone }).holdings.get('crm/user')).toMatchObject([{ until: moves }]);
	});
});

describe('durations in local time', () => {
	it.each([
		['2026-10-24T22:00:00.000Z', 'P1D', '2026-10-25T23:00:00.000Z'],
		['2027-03-27T23:00:00.000Z', 'P1D', '2027-03-28T22:00:00.000Z'],
		['2026-10-24T22:00:00.000Z', 'PT24H', '2026-10-25T22:00:00.000Z'],
		['2027-01-30T23:00:00.000Z', 'P1M', '2027-02-27T23:00:00.000Z'],
	])('%s plus %s in Berlin is %s', (from, duration, expected) => {
		expect(addDuration(from, duration, 'Europe/Berlin', 'end')).toBe(expected);
	});

	it('take the earlier of two readings for an end and the later for a start', () => {
		const add = (edge: 'start' | 'end') => addDuration('2026-10-24T00:30:00.000Z', 'P1D', 'Europe/Berlin', edge);
		expect([add('end'), add('start')]).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']);
	});

	it('go back over a change of the clocks', () => {
		expect(addDuration('2026-10-25T23:00:00.000Z', 'P7D', 'Europe/Berlin', 'start', -1)).toBe(
			'2026-10-18T22:00:00.000Z',
		);
	});
});
