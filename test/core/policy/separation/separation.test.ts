import fc from 'fast-check';

import type { Assignment } from '../../../../core/model';
import { desiredTenures } from '../../../../core/policy';
import type { PersonInput } from '../../../../core/policy';
import { assigned, company, HIRED, NOW, timeline } from '../../plan/people/world';

const by = (ref: string) => ({ kind: 'contract' as const, ref, reason: ref });
const D1 = '2026-12-01T00:00:00.000Z';
const D2 = '2026-12-10T00:00:00.000Z';
const D3 = '2026-12-20T00:00:00.000Z';

function access(separationOfDuties: unknown[], assignments: Assignment[], more: Partial<PersonInput> = {}) {
	return desiredTenures({
		compiled: company({ separationOfDuties }),
		timeline: timeline('Eve', [[HIRED, { department: 'Legal' }]]),
		assignments,
		held: [],
		asOf: NOW,
		...more,
	});
}

const times = (found: ReturnType<typeof access>, name: string) =>
	(found.holdings.get(name) ?? []).map(({ from, until }) => [from, until]);

const PAIR = [{ id: 'pay', any: ['erp/create'], with: ['erp/approve'], action: 'block' }];

describe('separation of duties', () => {
	it('withholds what begins later for exactly the time of the overlap', () => {
		const found = access(PAIR, [
			assigned('Eve', 'erp/approve', by('B/b'), D1),
			assigned('Eve', 'erp/create', by('A/a'), HIRED, D2),
		]);
		expect(times(found, 'erp/create')).toEqual([[HIRED, D2]]);
		expect(times(found, 'erp/approve')).toEqual([[D2, undefined]]);
		expect(found.withheld).toMatchObject([{ rule: 'pay', entitlement: 'erp/approve', from: D1, until: D2 }]);
		expect(found.separation[0]?.sources).toEqual(['contract B/b', 'contract A/a']);
	});

	it('keeps what is held where both begin together, else goes by name', () => {
		const both = [assigned('Eve', 'erp/create', by('A/a'), HIRED), assigned('Eve', 'erp/approve', by('B/b'), HIRED)];
		expect(times(access(PAIR, both), 'erp/approve')).toHaveLength(1);
		const held = [{ identityId: 'idn_eve', entitlement: 'erp/create', source: by('A/a'), validFrom: D1 }];
		const found = access(PAIR, both, { held });
		expect([times(found, 'erp/create').length, times(found, 'erp/approve').length]).toEqual([1, 0]);
	});

	it('does not let a rule that is new in the policy outrank what is held', () => {
		const rules = [{ id: 'payers', when: { department: 'Legal' }, grant: ['erp/approve'] }];
		const compiled = company({ rules, separationOfDuties: PAIR });
		const assignments = [assigned('Eve', 'erp/create', by('A/a'), '2026-01-01T00:00:00.000Z')];
		const found = access(PAIR, assignments, { compiled, rulesSince: new Map([['payers', NOW]]) });
		expect(times(found, 'erp/create')).toHaveLength(1);
		expect(found.withheld).toMatchObject([{ entitlement: 'erp/approve' }]);
	});

	it('matches wildcards, and nothing conflicts with itself', () => {
		const rules = [{ id: 'erp', any: ['erp/*'], with: ['erp/*'], action: 'block' }];
		expect(access(rules, [assigned('Eve', 'erp/create', by('A/a'), HIRED)]).withheld).toEqual([]);
		const two = [assigned('Eve', 'erp/create', by('A/a'), HIRED), assigned('Eve', 'erp/audit', by('A/b'), D1)];
		expect(access(rules, two).withheld).toMatchObject([{ entitlement: 'erp/audit' }]);
	});

	it('keeps a whole list apart, not its parts', () => {
		const rules = [{ id: 'chain', all: ['erp/create', 'erp/approve', 'erp/audit'], action: 'block' }];
		const parts = [
			assigned('Eve', 'erp/create', by('A/a'), HIRED, D3),
			assigned('Eve', 'erp/approve', by('A/b'), HIRED, D2),
		];
		expect(access(rules, parts).withheld).toEqual([]);
		const found = access(rules, [...parts, assigned('Eve', 'erp/audit', by('A/c'), D1)]);
		expect(times(found, 'erp/audit')).toEqual([[D2, undefined]]);
		expect(found.separation).toMatchObject([{ conflictsWith: 'erp/approve, erp/create' }]);
	});

	it('exempts a person until the end of a day, and withholds afterwards', () => {
		const exempt = [{ person: 'Eve@acme.example', until: '2026-12-09', owner: 'cfo@acme.example', reason: 'year end' }];
		const rules = [{ ...PAIR[0], exempt, compensating: 'weekly review' }];
		const found = access(rules, [
			assigned('Eve', 'erp/create', by('A/a'), HIRED),
			assigned('Eve', 'erp/approve', by('B/b'), D1),
		]);
		const until = '2026-12-09T23:00:00.000Z';
		expect(times(found, 'erp/approve')).toEqual([[D1, until]]);
		expect(found.separation).toMatchObject([
			{ from: D1, until, exemption: { owner: 'cfo@acme.example', reason: 'year end' }, compensating: 'weekly review' },
			{ from: until, action: 'block' },
		]);
		expect(found.withheld[0]?.remedy).toContain('weekly review');
	});

	it('allows and reports what is to be approved or recorded', () => {
		const rules = [
			{ id: 'ask', any: ['erp/create'], with: ['erp/approve'], action: 'approve' },
			{ id: 'note', any: ['erp/create'], with: ['erp/audit'], action: 'record' },
		];
		const found = access(rules, [
			assigned('Eve', 'erp/create', by('A/a'), HIRED),
			assigned('Eve', 'erp/approve', by('B/b'), D1),
			assigned('Eve', 'erp/audit', by('C/c'), D1, D2),
		]);
		expect(found.withheld).toEqual([]);
		expect(found.separation).toMatchObject([
			{ rule: 'ask', entitlement: 'erp/approve', action: 'approve', from: D1 },
			{ rule: 'note', entitlement: 'erp/audit', action: 'record', from: D1, until: D2 },
		]);
	});

	it('gives what was withheld a beginning of its own: who came in between stays', () => {
		const rules = [...PAIR, { id: 'audit', any: ['erp/approve'], with: ['erp/audit'], action: 'block' }];
		const found = access(rules, [
			assigned('Eve', 'erp/create', by('A/a'), HIRED, D3),
			assigned('Eve', 'erp/approve', by('B/b'), D1),
			assigned('Eve', 'erp/audit', by('C/c'), D2),
		]);
		expect(times(found, 'erp/audit')).toEqual([[D2, undefined]]);
		expect(times(found, 'erp/approve')).toEqual([]);
	});

	it('never lets two sides overlap by a second, and never minds that they touch', () => {
		const moment = fc.integer({ min: 0, max: 50 }).map((hour) => new Date(Date.UTC(2026, 11, 1, hour)).toISOString());
		const stretch = fc.tuple(moment, moment).filter(([from, until]) => from < until);
		fc.assert(
			fc.property(fc.array(stretch, { maxLength: 4 }), fc.array(stretch, { maxLength: 4 }), (create, approve) => {
				const assignments = [
					...create.map(([from, until], index) => assigned('Eve', 'erp/create', by(`A/${index}`), from, until)),
					...approve.map(([from, until], index) => assigned('Eve', 'erp/approve', by(`B/${index}`), from, until)),
				];
				const found = access(PAIR, assignments);
				const [left, right] = [found.holdings.get('erp/create') ?? [], found.holdings.get('erp/approve') ?? []];
				for (const a of left) {
					for (const b of right) expect((a.until ?? '9') <= b.from || (b.until ?? '9') <= a.from).toBe(true);
				}
				// What is withheld is what both would have had, no more: every hour that only one side earns is given.
				for (let hour = 0; hour <= 50; hour += 1) {
					const at = new Date(Date.UTC(2026, 11, 1, hour)).toISOString();
					const earns = (list: Array<[string, string]>) => list.some(([from, until]) => from <= at && at < until);
					const holds = (list: typeof left) =>
						list.some(({ from, until }) => from <= at && (until === undefined || at < until));
					expect(holds(left) || holds(right)).toBe(earns(create) || earns(approve));
				}
				expect(access(PAIR, [...assignments].reverse()).withheld).toEqual(found.withheld);
			}),
		);
	});
});
