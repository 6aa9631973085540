import { implies, intersect } from '../domain';
import type { Domain } from '../domain';
import { describeExample, exampleOf } from '../domain';
import type { Example } from '../domain';
import { AttributeIndex } from './attribute-index';
import type { Effort } from './attribute-index';
import { Bits } from './bits';
import type { RuleFacts } from './rule-facts';

/**
 * All rules of a policy, to ask which of them hold together. Each different condition is compared once, and each
 * answer for a rule is a few operations on sets: 5,000 rules are not 12.5 million comparisons.
 */
export class RuleSpace {
	readonly effort: Effort = { compared: 0 };
	readonly #attributes = new Map<string, AttributeIndex>();

	constructor(readonly rules: readonly RuleFacts[]) {
		rules.forEach(({ clauses }, rule) => {
			for (const [name, domain] of clauses) {
				const index = this.#attributes.get(name) ?? new AttributeIndex(rules.length, this.effort);
				this.#attributes.set(name, index);
				index.add(rule, domain);
			}
		});
	}

	/** Rules that hold for whoever this rule holds for, itself included; their `if` and contract aside. */
	implied(rule: number): Bits {
		const bits = Bits.all(this.rules.length);
		const clauses = this.rules[rule]?.clauses;
		for (const [name, index] of this.#attributes) {
			const domain = clauses?.get(name);
			bits.and(domain === undefined ? index.silent() : index.implied(domain));
		}
		return bits;
	}

	/** Rules that can hold for a person for whom this rule holds, itself included; their `if` aside. */
	together(rule: number): Bits {
		const bits = Bits.all(this.rules.length);
		for (const [name, domain] of this.rules[rule]?.clauses ?? []) {
			const index = this.#attributes.get(name);
			if (index !== undefined) bits.and(index.meeting(domain));
		}
		return bits;
	}
}

/** Whether `rule` holds for whoever `other` holds for, contract conditions and `if` included. */
export function isWider(rule: RuleFacts, other: RuleFacts): boolean {
	if (rule.cel !== undefined && rule.cel !== other.cel) return false;
	if (rule.section !== other.section && rule.section === 'contracts') return false;
	if (!rule.elsewhere.every((each) => other.elsewhere.includes(each))) return false;
	return [...rule.clauses].every(([name, domain]) => {
		const own = other.clauses.get(name);
		return own !== undefined && implies(own, domain);
	});
}

/** Attributes of a person for whom all the rules hold (their `if` aside); undefined where there is none. */
export function commonExample(rules: readonly RuleFacts[]): Map<string, Example> | undefined {
	const domains = new Map<string, Domain>();
	for (const { clauses } of rules) {
		for (const [name, domain] of clauses) {
			const known = domains.get(name);
			domains.set(name, known === undefined ? domain : intersect(known, domain));
		}
	}
	const example = new Map<string, Example>();
	for (const [name, domain] of domains) {
		const value = exampleOf(domain);
		if (value === null) return undefined;
		example.set(name, value);
	}
	return example;
}

/** For whom all the rules hold, in words. */
export function commonWitness(rules: readonly RuleFacts[]): string | undefined {
	const example = commonExample(rules);
	if (example === undefined) return undefined;
	const conditional = rules.some(({ cel }) => cel !== undefined) ? ', where "if" holds too' : '';
	return `${describeExample(example)}${conditional}`;
}
