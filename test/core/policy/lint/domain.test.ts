import fc from 'fast-check';
import { compileWhen } from '../../../../core/policy/condition';
import { domainOf, exampleOf, implies, intersect, meets, withinDeclaration } from '../../../../core/policy/lint/domain';
import type { When } from '../../../../core/policy/schema';

type Entry = When[string];

const VALUES = ['a', 'ab', 'abc', 'b', '1', '2', '2.0', '3', '10', '2026-01-01', '2026-06-30', '2027-01-01', ''];
const scalar = fc.constantFrom<string | number | boolean>(...VALUES, 1, 2, 3, 2.5, true);
const limit = fc.constantFrom<string | number>(1, 2, 3, '2', '2026-06-30', '2026-01-01');
const operators = fc.record(
	{
		eq: scalar,
		in: fc.array(scalar, { minLength: 1, maxLength: 4 }),
		not: fc.oneof(scalar, fc.array(scalar, { minLength: 1, maxLength: 3 })),
		gte: limit,
		lte: limit,
		prefix: fc.constantFrom('a', 'ab', 'b', '2026'),
		exists: fc.boolean(),
	},
	{ requiredKeys: [] },
);
const entry: fc.Arbitrary<Entry> = fc.oneof(
	scalar,
	fc.array(scalar, { minLength: 1, maxLength: 4 }),
	operators.filter((each) => Object.keys(each).length > 0),
);

/** What an attribute can be in these tests: any of the values, something else, or not known. */
const WORLD = [...VALUES, '0', '2.5', '7', 'zz', '2026-03-01', '2028-01-01', 'true', undefined];

function holds(value: Entry, actual: string | readonly string[] | undefined): boolean {
	return compileWhen({ x: value })[0]?.test(actual) === 'holds';
}

const LISTS: (readonly string[] | undefined)[] = [
	undefined,
	[],
	...VALUES.map((value) => [value]),
	...VALUES.flatMap((a) => VALUES.map((b) => [a, b])),
];

describe('what a condition lets an attribute be', () => {
	it('says that nothing is left only where no value holds', () => {
		fc.assert(
			fc.property(entry, (value) => {
				if (domainOf(value).never === undefined) return;
				expect(WORLD.filter((actual) => holds(value, actual))).toEqual([]);
				expect(LISTS.filter((actual) => holds(value, actual))).toEqual([]);
			}),
			{ numRuns: 1000 },
		);
	});

	it('implies another condition only where every value that holds for it holds for the other', () => {
		fc.assert(
			fc.property(entry, entry, (one, other) => {
				if (implies(domainOf(one), domainOf(other))) {
					for (const actual of WORLD) if (holds(one, actual)) expect(holds(other, actual)).toBe(true);
				}
				if (implies(domainOf(one, true), domainOf(other, true))) {
					for (const actual of LISTS) if (holds(one, actual)) expect(holds(other, actual)).toBe(true);
				}
			}),
			{ numRuns: 1000 },
		);
	});

	it('never says that two conditions exclude each other where a value holds for both', () => {
		fc.assert(
			fc.property(entry, entry, (one, other) => {
				if (!meets(domainOf(one), domainOf(other))) {
					expect(WORLD.filter((actual) => holds(one, actual) && holds(other, actual))).toEqual([]);
				}
				if (!meets(domainOf(one, true), domainOf(other, true))) {
					expect(LISTS.filter((actual) => holds(one, actual) && holds(other, actual))).toEqual([]);
				}
			}),
			{ numRuns: 1000 },
		);
	});

	it('gives an example for which both conditions hold', () => {
		fc.assert(
			fc.property(entry, entry, fc.boolean(), (one, other, list) => {
				const both = intersect(domainOf(one, list), domainOf(other, list));
				const example = exampleOf(both);
				if (example === null) return;
				expect([holds(one, example), holds(other, example)]).toEqual([true, true]);
			}),
			{ numRuns: 1000 },
		);
	});

	it.each<[string, Entry, Entry, boolean]>([
		['a value and a list with it', 'a', ['a', 'b'], true],
		['a list and one of its values', ['a', 'b'], 'a', false],
		['numbers however they are written', '2.0', { gte: 2 }, true],
		['a higher and a lower limit', { gte: 3 }, { gte: 2 }, true],
		['a range and a wider one', { gte: 3, lte: 5 }, { gte: 2, lte: 9 }, true],
		['a longer and a shorter beginning', { prefix: 'abc' }, { prefix: 'ab' }, true],
		['anything asked and being known', { not: 'a' }, { exists: true }, true],
		['being known and a value', { exists: true }, 'a', false],
		['a limit and a value it shuts out', { gte: 3 }, { not: 2 }, true],
		['a limit that is one value', { gte: 2, lte: 2 }, 2, true],
	])('knows about %s', (_what, one, other, expected) => {
		expect(implies(domainOf(one), domainOf(other))).toBe(expected);
	});

	it('keeps to the values that are declared', () => {
		const declared = { values: ['Sales', 'Finance', 'Legal'] };
		const within = (value: Entry) => withinDeclaration(domainOf(value), declared);
		expect(within('Engineering').never).toBe('Engineering is not among the known values');
		expect(within({ not: ['Sales', 'Legal'] }).anyOf).toEqual(['Finance']);
		expect(implies(within({ not: ['Sales', 'Legal'] }), within('Finance'))).toBe(true);
		expect(withinDeclaration(domainOf('soon'), { type: 'date' }).never).toBe('soon is no date');
		expect(withinDeclaration(domainOf(true), { type: 'boolean' }).never).toBeUndefined();
	});
});
