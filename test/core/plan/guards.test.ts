import type { PlannedAction } from '../../../core/model';
import { checkFeed, checkGuards, revocationOf } from '../../../core/plan';
import type { EarlierRevocation, GuardInput } from '../../../core/plan';
import { company, HIRED, timeline, World } from './people/world';

const NOW = '2026-11-20T09:00:00.000Z';
const LATER = '2026-11-20T09:30:00.000Z';

/** Ten people of whom some change or vanish. */
function staff(): World {
	const world = new World(company());
	for (let index = 0; index < 10; index += 1) world.know(timeline(`P${index}`, [[HIRED, { department: 'Sales' }]]));
	world.settle(NOW);
	return world;
}

function vanish(world: World, count: number, inferred = true): PlannedAction[] {
	for (let index = 0; index < count; index += 1) {
		const spell = { from: HIRED, until: LATER, ...(inferred && { inferred: true }) };
		world.know(timeline(`P${index}`, [[HIRED, { department: 'Sales' }]], [spell]));
	}
	return world.plan(LATER).actions;
}

function check(actions: PlannedAction[], guards: unknown, more: Partial<GuardInput> = {}) {
	const population = {
		holdings: 30,
		byApplication: new Map([
			['crm', 10],
			['slack', 20],
		]),
	};
	return checkGuards({ compiled: company({ guards }), actions, population, history: [], asOf: LATER, ...more });
}

describe('guards', () => {
	it('let pass what stays within the limits', () => {
		const actions = vanish(staff(), 1);
		const limits = { maxInferredRevokes: 3, maxInferredRevokesPercent: 20 };
		expect(check(actions, limits)).toEqual({ tripped: [], halted: [], alarms: [] });
	});

	it('stop every inferred revocation of a run that takes too many or too much', () => {
		const actions = vanish(staff(), 4);
		const verdict = check(actions, { maxInferredRevokes: 11, maxInferredRevokesPercent: 20 });
		expect(verdict.tripped).toMatchObject([
			{ guard: 'inferred_revokes', scope: 'run', count: 12, limit: 11 },
			{ guard: 'inferred_revokes_percent', scope: 'run', count: 40, limit: 20 },
		]);
		expect(verdict.halted).toEqual(actions.map(({ id }) => id).sort());
	});

	it('look at shares from a number of revocations on, which the policy may set', () => {
		const one = vanish(staff(), 1);
		const small = { population: { holdings: 6 } };
		const percent = { maxInferredRevokesPercent: 20 };
		expect(one).toHaveLength(3);
		expect(check(one, percent, small).tripped).toEqual([]);
		expect(check(one, { ...percent, percentFrom: 3 }, small).tripped).toMatchObject([{ count: 50 }]);
		expect(check(one, { ...percent, percentFrom: 4 }, small).tripped).toEqual([]);
		expect(check(vanish(staff(), 2), percent, small).tripped).toMatchObject([{ count: 100 }]);
	});

	it('stop only the application whose limit is passed', () => {
		const actions = vanish(staff(), 4);
		const verdict = check(actions, { perApplication: { maxInferredRevokes: 5 } });
		expect(verdict.tripped).toMatchObject([
			{ guard: 'inferred_revokes', scope: 'application', name: 'slack', count: 8 },
		]);
		const slack = actions.filter(({ content }) => content.application === 'slack');
		expect(verdict.halted).toEqual(slack.map(({ id }) => id).sort());
	});

	it('count over the rolling window, each holding once', () => {
		const world = staff();
		const actions = vanish(world, 2);
		const before = (at: string, identityId: string): EarlierRevocation => ({
			at,
			identityId,
			application: 'crm',
			entitlement: 'crm/user',
			inferred: true,
			leaver: false,
		});
		const guards = { window: 'PT1H', maxInferredRevokes: 6 };
		const recent = [before(NOW, 'idn_p8')];
		expect(check(actions, guards, { history: recent }).tripped).toHaveLength(1);
		expect(check(actions, guards, { history: [before(NOW, 'idn_p0')] }).tripped).toEqual([]);
		expect(check(actions, guards, { history: [before('2026-11-20T08:00:00.000Z', 'idn_p8')] }).tripped).toEqual([]);
	});

	it('let people pass who were said to leave, with an alarm, up to a ceiling', () => {
		const actions = vanish(staff(), 4, false);
		expect(actions.every(({ inferred }) => inferred === undefined)).toBe(true);
		const passing = check(actions, { maxInferredRevokes: 1, maxLeavers: 4 });
		expect(passing).toMatchObject({ tripped: [], halted: [], alarms: [{ code: 'LEAVERS', count: 4 }] });
		const stopped = check(actions, { maxInferredRevokes: 1, maxLeavers: 3 });
		expect(stopped.tripped).toMatchObject([{ guard: 'leavers', count: 4, limit: 3 }]);
		expect(stopped.halted).toHaveLength(12);
	});

	it('do not count ends that lie ahead and were stated', () => {
		const world = new World(company());
		for (let index = 0; index < 10; index += 1) {
			const spell = { from: HIRED, until: '2027-06-30T22:00:00.000Z' };
			world.know(timeline(`P${index}`, [[HIRED, { department: 'Sales' }]], [spell]));
		}
		const { actions } = world.plan(NOW);
		expect(check(actions, { maxInferredRevokes: 0, maxLeavers: 0 })).toMatchObject({ tripped: [], halted: [] });
	});

	it('remember revocations as the next run wants to have them', () => {
		const [action] = vanish(staff(), 1);
		if (action === undefined) throw new Error('nothing was planned');
		const expected = { at: NOW, identityId: 'idn_p0', application: 'crm', entitlement: 'crm/user', inferred: true };
		expect(revocationOf(action, NOW)).toEqual({ ...expected, leaver: false });
	});

	it.each([
		['is empty', { rows: 0, previousRows: 100 }, 'is empty'],
		['shrank', { rows: 40, previousRows: 100 }, '40 %'],
		['was cut off', { rows: 100, previousRows: 100, truncated: true }, 'cut off'],
	])('do not believe a feed that %s', (_how, size, words) => {
		expect(checkFeed(company(), { feed: 'hris', ...size })?.message).toContain(words);
	});

	it('believe a feed that lost a few rows, and the first one', () => {
		expect(checkFeed(company(), { feed: 'hris', rows: 95, previousRows: 100 })).toBeUndefined();
		expect(checkFeed(company(), { feed: 'hris', rows: 3 })).toBeUndefined();
		expect(
			checkFeed(company({ guards: { minFeedPercent: 98 } }), { feed: 'hris', rows: 95, previousRows: 100 }),
		).toBeDefined();
	});
});
