import fc from 'fast-check';

import type { Assignment, EmploymentSpell, PersonTimeline, SourceKind } from '../../../../core/model';
import { company, timeline, World } from './world';

const DAYS = ['2026-11-01', '2026-11-10', '2026-11-18', '2026-11-25', '2026-12-05', '2026-12-24'].map(
	(day) => `${day}T23:00:00.000Z`,
);
const AS_OF = '2026-11-20T09:00:00.000Z';
const ENTITLEMENTS = ['crm/us', 'crm/user', 'erp/create', 'erp/approve', 'slack/all', 'github/admin'];

const policy = company({
	overlap: { on: 'department', keep: ['crm/*', 'erp/*'], for: 'P10D' },
	joiner: { preProvision: 'P7D' },
	roles: {
		everybody: { grant: ['slack/member', 'slack/all'] },
		seller: { grant: ['crm/user'], exclude: ['erp/audit'] },
		engineer: { grant: ['github/member'], exclude: ['crm/us'] },
	},
	separationOfDuties: [
		{ id: 'four-eyes', any: ['erp/create'], with: ['erp/approve'], action: 'block' },
		{ id: 'three', all: ['crm/us', 'erp/create', 'slack/all'], action: 'block' },
	],
});

const instant = fc.constantFrom(...DAYS);
const kinds: SourceKind[] = ['contract', 'request', 'exception', 'discovered'];

const assignment: fc.Arbitrary<Assignment> = fc
	.record({
		entitlement: fc.constantFrom(...ENTITLEMENTS),
		kind: fc.constantFrom(...kinds),
		ref: fc.constantFrom('a/x', 'b/y'),
		from: instant,
		until: fc.option(instant, { nil: undefined }),
	})
	.map(({ entitlement, kind, ref, from, until }) => ({
		identityId: 'idn_ada',
		entitlement,
		source: { kind, ref, reason: `${kind} ${ref}` },
		validFrom: from,
		...(until !== undefined && { validUntil: until }),
	}));

const person: fc.Arbitrary<PersonTimeline> = fc
	.record({
		changes: fc.uniqueArray(
			fc.record({
				at: instant,
				department: fc.constantFrom('Sales', 'Engineering', 'Finance', 'Legal'),
				level: fc.constantFrom(1, 7),
			}),
			{ selector: ({ at }) => at, minLength: 1, maxLength: 4 },
		),
		end: fc.option(instant, { nil: undefined }),
		start: instant,
		employed: fc.boolean(),
	})
	.map(({ changes, start, end, employed }) => {
		const sorted = [...changes].sort((a, b) => (a.at < b.at ? -1 : 1));
		const steps = sorted.map(({ at, ...attributes }) => [at, attributes] as const);
		const spell: EmploymentSpell = { from: start, ...(end !== undefined && end > start && { until: end }) };
		const known = timeline('Ada', steps, [spell]);
		if (employed) return known;
		const { employment: _none, ...contractor } = known;
		return contractor;
	});

interface State {
	known: PersonTimeline;
	assignments: Assignment[];
}
const state: fc.Arbitrary<State> = fc.record({
	known: person,
	assignments: fc.array(assignment, { maxLength: 6 }),
});

function move(world: World, { known, assignments }: State): void {
	world.know(known);
	world.assignments = assignments;
}

/** What is held for good, and what is under way: enough to compare two ways to the same state. */
function picture(world: World): string[] {
	const held = world.held.map(
		({ entitlement, source, validUntil }) => `held ${entitlement} ${source.kind} ${source.ref} ${validUntil ?? 'open'}`,
	);
	const open = world.open.map(({ content }) => `${content.operation} ${content.entitlement ?? ''} ${content.dueAt}`);
	return [...held, ...open].sort();
}

const EMPTY = { actions: [], superseded: [], grantChanges: { open: [], close: [] }, exposures: [] };

describe('laws of planning whole people', () => {
	it('planning again after planning, and after applying, gives nothing', () => {
		fc.assert(
			fc.property(fc.array(state, { minLength: 1, maxLength: 3 }), (states) => {
				const world = new World(policy);
				for (const each of states) {
					move(world, each);
					world.plan(AS_OF);
					expect(world.preview(AS_OF)).toMatchObject(EMPTY);
					world.run(AS_OF);
					expect(world.preview(AS_OF)).toMatchObject(EMPTY);
				}
			}),
			{ numRuns: 300 },
		);
	});

	it('plans that were never applied net out: the last state alone decides', () => {
		fc.assert(
			fc.property(fc.array(state, { minLength: 2, maxLength: 4 }), (states) => {
				const world = new World(policy);
				for (const each of states) {
					move(world, each);
					world.plan(AS_OF);
				}
				const direct = new World(policy);
				move(direct, states.at(-1) as State);
				direct.plan(AS_OF);
				expect(picture(world)).toEqual(picture(direct));
			}),
			{ numRuns: 200 },
		);
	});

	it('the order of assignments and of held grants changes nothing', () => {
		fc.assert(
			fc.property(state, state, (before, after) => {
				const world = new World(policy);
				move(world, before);
				world.settle(AS_OF);
				move(world, after);
				const forwards = world.preview(AS_OF);
				world.assignments = [...world.assignments].reverse();
				world.held.reverse();
				world.open.reverse();
				const backwards = world.preview(AS_OF);
				expect(backwards.actions.map(({ hash }) => hash)).toEqual(forwards.actions.map(({ hash }) => hash));
				expect(backwards.blocked).toEqual(forwards.blocked);
			}),
			{ numRuns: 200 },
		);
	});

	it.each([
		['with planning in between', true],
		['as it was planned once', false],
	])('running the schedule day by day, %s, leads to what is desired on each day', (_how, plansAgain) => {
		fc.assert(
			fc.property(state, (each) => {
				const world = new World(policy);
				move(world, each);
				world.plan(AS_OF);
				for (const day of [AS_OF, ...DAYS.filter((instant) => instant > AS_OF)]) {
					if (plansAgain) world.plan(day);
					world.run(day);
					const wanted = [...world.access('idn_ada', day).holdings].flatMap(([entitlement, tenures]) => {
						const now = tenures.some(({ from, until, prepareFrom }) => {
							return (prepareFrom ?? from) <= day && (until === undefined || until > day);
						});
						return now ? [entitlement] : [];
					});
					const held = [...new Set(world.held.map(({ entitlement }) => entitlement))];
					expect(held.sort()).toEqual(wanted.sort());
				}
			}),
			{ numRuns: 200 },
		);
	});

	it('nobody ever holds both sides of a duty, nor anything when not employed', () => {
		fc.assert(
			fc.property(state, (each) => {
				const world = new World(policy);
				move(world, each);
				const access = world.access('idn_ada', AS_OF);
				for (const day of DAYS.flatMap((instant) => [instant, instant.replace('23:00:00', '23:00:01')])) {
					const holds = (name: string) =>
						(access.holdings.get(name) ?? []).some(
							({ from, until }) => from <= day && (until === undefined || until > day),
						);
					expect(holds('erp/create') && holds('erp/approve')).toBe(false);
					expect(['crm/us', 'erp/create', 'slack/all'].every(holds)).toBe(false);
					const employed =
						each.known.employment?.some(({ from, until }) => from <= day && (until === undefined || until > day)) ??
						true;
					if (!employed) expect([...access.holdings.keys()].filter(holds)).toEqual([]);
				}
			}),
			{ numRuns: 300 },
		);
	});
});
