import { firstUnmet, indexKey } from './condition';
import type { Condition, Lookup } from './condition';

/** What the index needs of a rule. */
export interface Indexed {
	conditions: readonly Condition[];
}

/**
 * Finds the rules that can hold without trying all of them: each rule with an equality is filed under that attribute's
 * values, under the rarest where there are several. Cost follows the rules that can match.
 */
export class RuleIndex<Rule extends Indexed> {
	readonly #unindexed: Array<{ order: number; rule: Rule }> = [];
	readonly #attributes = new Map<string, Map<string, Array<{ order: number; rule: Rule }>>>();

	constructor(rules: readonly Rule[]) {
		const frequency = new Map<string, number>();
		for (const { conditions } of rules) {
			for (const { key, equals } of conditions) {
				for (const value of equals ?? []) {
					const entry = `${key}\n${value}`;
					frequency.set(entry, (frequency.get(entry) ?? 0) + 1);
				}
			}
		}
		const crowd = ({ key, equals }: Condition) =>
			(equals ?? []).reduce((sum, value) => sum + (frequency.get(`${key}\n${value}`) ?? 0), 0);
		rules.forEach((rule, order) => {
			const candidates = rule.conditions.filter(({ equals }) => equals !== undefined);
			const chosen = candidates.sort((a, b) => crowd(a) - crowd(b))[0];
			if (chosen === undefined) this.#unindexed.push({ order, rule });
			else this.#file(chosen, order, rule);
		});
	}

	#file(condition: Condition, order: number, rule: Rule): void {
		const values = this.#attributes.get(condition.key) ?? new Map<string, Array<{ order: number; rule: Rule }>>();
		this.#attributes.set(condition.key, values);
		for (const value of new Set(condition.equals)) {
			const bucket = values.get(value) ?? [];
			bucket.push({ order, rule });
			values.set(value, bucket);
		}
	}

	/** Rules that hold, in the order of the document. Keys are those of person attributes. */
	matching(lookup: Lookup): Rule[] {
		const candidates = [...this.#unindexed];
		for (const [key, values] of this.#attributes) {
			const value = lookup('person', key);
			if (value !== undefined) candidates.push(...(values.get(indexKey(value)) ?? []));
		}
		return candidates
			.filter(({ rule }) => firstUnmet(rule.conditions, lookup) === undefined)
			.sort((a, b) => a.order - b.order)
			.map(({ rule }) => rule);
	}
}
