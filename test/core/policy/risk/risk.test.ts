import { outlierScore, PeerGroups, resolveEntitlement, riskOf } from '../../../../core/policy';
import type { RiskFacts } from '../../../../core/policy';
import { company } from '../../plan/people/world';

const MORNING = '2026-11-20T09:00:00.000Z';
const CALENDAR = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '18:00', holidays: ['2026-12-25'] };

function risk(facts: Partial<RiskFacts> & { name?: string } = {}) {
	const compiled = facts.compiled ?? company({ calendar: CALENDAR });
	const entitlement = resolveEntitlement(compiled, facts.name ?? 'crm/user');
	if (entitlement === undefined) throw new Error('not declared');
	return riskOf({
		compiled,
		gives: true,
		entitlement,
		separation: [],
		held: 3,
		asOf: MORNING,
		dueAt: MORNING,
		...facts,
	});
}

const named = (found: ReturnType<typeof risk>) => found.factors.map(({ factor, points }) => `${factor} ${points}`);

describe('risk of an action', () => {
	it('is the sum of the points of the factors that apply, each with its reason', () => {
		const found = risk({ name: 'github/admin', effectiveAt: '2026-11-10T00:00:00.000Z' });
		expect(named(found)).toEqual(['privileged 40', 'backdated 15', 'widening 5']);
		expect(found.score).toBe(60);
		expect(found.factors[1]?.because).toContain('2026-11-10');
	});

	it('is capped at 100, and weighed as the policy says', () => {
		const compiled = company({ risk: { weights: { privileged: 100, widening: 90, backdated: 0 } } });
		const found = risk({ compiled, name: 'github/admin', effectiveAt: '2026-11-10T00:00:00.000Z' });
		expect(found.score).toBe(100);
		expect(named(found)).toEqual(['privileged 100', 'widening 90']);
	});

	it('tells new people from old ones', () => {
		expect(named(risk({ held: 0 }))).toEqual(['new_identity 10']);
	});

	it.each([
		['2026-11-20T06:30:00.000Z', 'outside'],
		['2026-11-21T10:00:00.000Z', 'no working day'],
		['2026-12-25T10:00:00.000Z', 'holiday'],
	])('counts what is done at %s as off hours', (asOf, words) => {
		const [factor] = risk({ asOf, dueAt: asOf }).factors;
		expect(factor).toMatchObject({ factor: 'off_hours' });
		expect(factor?.because).toContain(words);
	});

	it('does not count what is scheduled for a first day at midnight as off hours', () => {
		expect(named(risk({ dueAt: '2027-01-03T23:00:00.000Z' }))).toEqual(['widening 5']);
	});

	it('is not backdated by what holds from the same day', () => {
		expect(named(risk({ effectiveAt: '2026-11-19T23:00:00.000Z' }))).toEqual(['widening 5']);
	});

	it('sees who gets what peers do not have, in groups large enough', () => {
		const peers = new PeerGroups(['department']);
		for (let index = 0; index < 20; index += 1) {
			peers.add({ department: 'Sales' }, index === 0 ? ['crm/user', 'crm/us'] : ['crm/user']);
		}
		const share = (name: string) => peers.share({ department: 'Sales' }, name);
		expect(share('crm/us')).toEqual({ group: 'department Sales', size: 20, holders: 1 });
		expect([outlierScore(share('crm/us') ?? { group: '', size: 0, holders: 0 }), share('crm/user')?.holders]).toEqual([
			95, 20,
		]);
		const rare = share('crm/us');
		expect(named(risk({ ...(rare && { peers: rare }) }))).toEqual(['off_peer_group 20', 'widening 5']);
		expect(named(risk({ peers: { group: 'x', size: 4, holders: 0 } }))).toEqual(['widening 5']);
		expect(peers.share({}, 'crm/us')).toBeUndefined();
	});
});
