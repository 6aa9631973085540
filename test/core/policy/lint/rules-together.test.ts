import fc from 'fast-check';
import { compileWhen } from '../../../../core/policy/condition';
import { commonExample, isWider, ruleFacts, RuleSpace } from '../../../../core/policy/lint/rules-together';
import type { PolicyDocument, When } from '../../../../core/policy/schema';

const values = fc.constantFrom('a', 'b', 'c');
const entry: fc.Arbitrary<When[string]> = fc.oneof(
	values,
	fc.array(values, { minLength: 1, maxLength: 3 }),
	fc.record({ not: values }),
	fc.record({ gte: fc.integer({ min: 0, max: 4 }) }),
	fc.record({ lte: fc.integer({ min: 0, max: 4 }) }),
	fc.record({ exists: fc.boolean() }),
	fc.record({ prefix: values }),
);
const when = fc.dictionary(fc.constantFrom('x', 'y'), entry, { maxKeys: 2 });

const WORLD = ['a', 'b', 'c', 'ab', 'z', '0', '2', '4', '5', undefined];
const PEOPLE = WORLD.flatMap((x) => WORLD.map((y) => new Map(Object.entries({ x, y }))));

function spaceOf(whens: readonly When[], grants: readonly string[][] = []): RuleSpace {
	const rules = whens.map((each, index) => ({ id: `r${index}`, when: each, grant: grants[index] ?? ['app/a'] }));
	const policy = { policy: 'p', zone: 'UTC', applications: {}, entitlements: {}, rules } as unknown as PolicyDocument;
	return new RuleSpace(ruleFacts(policy));
}

const holdsFor = (each: When, person: (typeof PEOPLE)[number]) =>
	compileWhen(each).every((condition) => condition.test(person.get(condition.name)) === 'holds');

describe('rules that hold together', () => {
	it('are found as trying every pair with every person finds them', () => {
		fc.assert(
			fc.property(fc.array(when, { minLength: 1, maxLength: 12 }), (whens) => {
				const space = spaceOf(whens);
				whens.forEach((one, index) => {
					const people = PEOPLE.filter((person) => holdsFor(one, person));
					const together = space.together(index);
					const implied = space.implied(index);
					whens.forEach((other, at) => {
						const common = people.filter((person) => holdsFor(other, person));
						if (common.length > 0) expect(together.has(at)).toBe(true);
						if (implied.has(at) && space.rules[index]?.never === undefined) expect(common).toEqual(people);
					});
				});
			}),
			{ numRuns: 150 },
		);
	});

	it('are found by index exactly where comparing one by one finds them', () => {
		fc.assert(
			fc.property(fc.array(when, { minLength: 1, maxLength: 12 }), (whens) => {
				const space = spaceOf(whens);
				space.rules.forEach((rule, index) => {
					const implied = space.implied(index);
					const found = space.rules.flatMap((other, at) => (isWider(other, rule) ? [at] : []));
					if (rule.never === undefined) expect([...implied.members()]).toEqual(found);
				});
			}),
			{ numRuns: 150 },
		);
	});

	it('come with an example for whom they hold', () => {
		fc.assert(
			fc.property(fc.array(when, { minLength: 1, maxLength: 3 }), (whens) => {
				const example = commonExample(spaceOf(whens).rules);
				if (example === undefined) return;
				for (const each of whens) {
					const results = compileWhen(each).map((condition) => condition.test(example.get(condition.name)));
					expect(results.every((outcome) => outcome === 'holds')).toBe(true);
				}
			}),
			{ numRuns: 300 },
		);
	});

	it('are found without comparing all pairs', () => {
		const size = 5000;
		const whens = Array.from({ length: size }, (_, index): When => ({
			department: `Department ${index % 40}`,
			title: `Title ${index % 700}`,
			...(index % 3 === 0 && { level: { gte: index % 11 } }),
			...(index % 5 === 0 && { costCenter: { prefix: String(1000 + (index % 900)) } }),
		}));
		const space = spaceOf(whens);
		for (let index = 0; index < size; index += 1) {
			space.implied(index);
			space.together(index);
		}
		expect((size * (size - 1)) / 2).toBe(12_497_500);
		expect(space.effort.compared).toBeLessThan(40_000);
	});
});
