import fc from 'fast-check';

import { compileEvaluator, earned, explainEntitlement } from '../../../../core/policy';
import { firstUnmet } from '../../../../core/policy/condition';
import { compiled } from '../builders';
import { earnedPlainly, randomAttributes, randomPolicy } from './random-policy';

const people = fc.array(randomAttributes, { minLength: 1, maxLength: 12 });

describe('the evaluator', () => {
	it('earns what trying every rule earns, however often and in whatever order people come', () => {
		fc.assert(
			fc.property(randomPolicy, people, (policy, everybody) => {
				const evaluator = compileEvaluator(policy);
				for (const attributes of [...everybody, ...everybody, ...everybody]) {
					const plain = earnedPlainly(policy, attributes);
					expect(evaluator.birthright(attributes).earned).toEqual(plain);
					const active = plain.filter(({ deprecated }) => deprecated === undefined);
					const names = [...new Set(active.map(({ entitlement }) => entitlement))].sort();
					expect(evaluator.entitlements(attributes)).toEqual(names);
					const reasons = names.map((name) => [
						name,
						active.filter(({ entitlement }) => entitlement === name).map(({ rule }) => rule),
					]);
					expect([...evaluator.reasons(attributes)]).toEqual(reasons);
					const [name = 'slack/member'] = names;
					const explained = explainEntitlement(policy, { attributes, assignments: [] }, name);
					expect(explained.earned).toBe(names.length > 0);
				}
			}),
			{ numRuns: 150 },
		);
	});

	it('names for every rule the first clause that does not hold', () => {
		fc.assert(
			fc.property(randomPolicy, people, (policy, everybody) => {
				const evaluator = compileEvaluator(policy);
				for (const attributes of everybody) {
					const lookup = (_: string, name: string) => (Object.hasOwn(attributes, name) ? attributes[name] : undefined);
					const verdicts = evaluator.whyNot(attributes);
					expect(verdicts.map(({ rule }) => rule)).toEqual(policy.rules.map(({ id }) => id));
					policy.rules.forEach((rule, index) => {
						const unmet = firstUnmet(rule.conditions, lookup);
						const verdict = verdicts[index];
						if (unmet !== undefined) {
							const { text, name } = unmet.condition;
							expect(verdict).toEqual({ rule: rule.id, outcome: unmet.outcome, clause: text, attribute: name });
						} else {
							expect(verdict?.outcome).toBe(rule.expression?.evaluate(lookup).outcome ?? 'holds');
						}
					});
				}
			}),
			{ numRuns: 80 },
		);
	});

	it('gives the same object to people for whom the same rules hold', () => {
		const policy = compiled({ rules: [{ id: 'eng', when: { department: 'Engineering' }, grant: ['developer'] }] });
		const evaluator = compileEvaluator(policy);
		const of = (name: string) => evaluator.birthright({ department: 'Engineering', firstName: name });
		of('Ada');
		expect(of('Bob')).toBe(of('Cleo'));
	});

	it('reads nothing from what objects inherit', () => {
		const policy = compiled({
			attributes: { toString: { type: 'text' }, hasOwnProperty: { type: 'text' } },
			rules: [{ id: 'odd', when: { toString: { exists: true } }, grant: ['developer'] }],
		});
		expect(earned(policy, {})).toEqual([]);
	});

	it('stays bounded when every person has another combination of a list', () => {
		const tags = Array.from({ length: 18 }, (_, index) => `t${index}`);
		const policy = compiled({
			attributes: { tags: { type: 'list' } },
			rules: tags.map((tag) => ({ id: tag, when: { tags: tag }, grant: [`slack/project:${tag}`] })),
		});
		const evaluator = compileEvaluator(policy);
		for (let bits = 0; bits < 40_000; bits += 1) {
			const own = tags.filter((_, index) => (bits & (1 << index)) !== 0);
			if (bits % 997 !== 0) evaluator.entitlements({ tags: own });
			else expect(evaluator.entitlements({ tags: own })).toEqual(own.map((tag) => `slack/project:${tag}`).sort());
		}
	});
});
