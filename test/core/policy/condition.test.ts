import type { AttributeValue } from '../../../core/model';
import { explainRules } from '../../../core/policy';
import { compiled, evaluated, holdings, person } from './builders';

/** Whether a rule with this condition reaches a person with these attributes. */
function holds(when: Record<string, unknown>, attributes: Record<string, AttributeValue>): boolean {
	const policy = compiled({ rules: [{ id: 'r', when, grant: ['consultant'] }] });
	const reached = holdings(evaluated(policy, [], [person('Ada', attributes)])).ada !== undefined;
	const explained = explainRules(policy, { identity: person('Ada', attributes) }).some((each) => each.holds);
	expect(explained).toBe(reached);
	return reached;
}

describe('a condition', () => {
	it.each<[string, unknown, string | number | boolean, boolean]>([
		['equals a text', 'Sales', 'Sales', true],
		['is exact about case', 'Sales', 'sales', false],
		['equals a number, however it is written', 2, '2.0', true],
		['equals a truth, however it is written', true, 'true', true],
		['is one of a list', ['a', 'b'], 'b', true],
		['is none of a list', ['a', 'b'], 'c', false],
		['eq', { eq: 'a' }, 'a', true],
		['in', { in: ['a', 'b'] }, 'c', false],
		['not, one', { not: 'a' }, 'a', false],
		['not, a list', { not: ['a', 'b'] }, 'c', true],
		['gte, at the bound', { gte: 2 }, 2, true],
		['gte, below', { gte: 2 }, 1.9, false],
		['lte, as numbers rather than as texts', { lte: 10 }, '9', true],
		['gte on dates', { gte: '2026-01-31' }, '2026-02-01', true],
		['gte on what has no order', { gte: 2 }, 'many', false],
		['a range', { gte: 1, lte: 3 }, 4, false],
		['prefix', { prefix: 'DE-' }, 'DE-BE', true],
		['exists', { exists: true }, '', true],
		['exists: false', { exists: false }, 'x', false],
	])('%s', (_what, condition, value, expected) => {
		expect(holds({ anything: condition }, { anything: value })).toBe(expected);
	});

	it.each<[string, unknown, string[], boolean]>([
		['a list equals by any entry', 'core', ['eu', 'core'], true],
		['one of by any entry', ['vip', 'core'], ['eu', 'core'], true],
		['none of an empty list', ['vip'], [], false],
		['not: no entry may be it', { not: 'eu' }, ['core', 'eu'], false],
		['not: of an empty list', { not: 'eu' }, [], true],
		['one entry has to meet everything', { prefix: 'team-', in: ['core', 'team-a'] }, ['core', 'team-b'], false],
		['prefix of any entry', { prefix: 'team-' }, ['core', 'team-b'], true],
		['gte by any entry', { gte: 5 }, ['3', '7'], true],
		['exists', { exists: true }, [], true],
	])('of a list: %s', (_what, condition, value, expected) => {
		expect(holds({ anything: condition }, { anything: value })).toBe(expected);
	});

	it.each([['x'], [{ not: 'x' }], [{ gte: 1 }], [{ prefix: 'x' }], [{ exists: true }]])(
		'does not hold on what is not known: %j',
		(condition) => {
			expect(holds({ anything: condition }, {})).toBe(false);
		},
	);

	it('holds on what is not known where it asks for just that', () => {
		expect(holds({ anything: { exists: false } }, {})).toBe(true);
	});

	it('must hold together with all others', () => {
		expect(holds({ a: 1, b: 2 }, { a: 1, b: 2 })).toBe(true);
		expect(holds({ a: 1, b: 2 }, { a: 1, b: 3 })).toBe(false);
	});

	it('asks about the person’s own attributes only', () => {
		expect(holds({ toString: { exists: true } }, {})).toBe(false);
	});

	it('is explained with its outcome and the value it met', () => {
		const policy = compiled({
			rules: [{ id: 'r', when: { level: { gte: 5 }, country: 'DE' }, grant: ['consultant'] }],
		});
		expect(explainRules(policy, { identity: person('Ada', { level: 3 }) })).toEqual([
			{
				rule: 'r',
				kind: 'rule',
				status: 'active',
				holds: false,
				conditions: [
					{ text: 'level is at least 5', outcome: 'fails', actual: 3 },
					{ text: 'country is DE', outcome: 'missing' },
				],
			},
		]);
	});
});

describe('the rule index', () => {
	it('finds exactly the rules that a scan of all conditions finds', () => {
		const values = ['a', 'b', 'c'];
		const rules = Array.from({ length: 60 }, (_, index) => ({
			id: `r${index}`,
			when: {
				...(index % 2 === 0 && { x: values[index % 3] }),
				...(index % 3 === 0 && { y: [values[index % 3], values[(index + 1) % 3]] }),
				...(index % 5 === 0 && { z: { not: values[index % 3] } }),
			},
			grant: ['consultant'],
		}));
		const policy = compiled({ rules });
		for (const x of values) {
			for (const y of values) {
				const identity = person('Ada', { x, y, z: x });
				const found = evaluated(policy, [], [identity]).desired.flatMap(({ sources }) => sources.map(({ ref }) => ref));
				const scanned = explainRules(policy, { identity }).filter((each) => each.holds);
				expect(found.sort()).toEqual(scanned.map(({ rule }) => rule).sort());
				expect(found.length).toBeGreaterThan(0);
			}
		}
	});
});
