import type { CompiledRule } from '../compile';
import type { Condition } from '../condition';
import type { Entitlement, EntitlementCatalogue } from '../entitlement';
import { isExcluded } from '../roles';
import { AttributeClasses } from './attribute-classes';

/** One entitlement that a rule earns. */
export interface Earned {
	rule: string;
	/** Role through which it comes, if any. */
	role?: string;
	entitlement: string;
	/** The rule gives it only to those who hold it through the rule already. */
	deprecated?: true;
}

/** One entitlement that a rule would earn and may not give as standing access. */
export interface RuleWithheld {
	rule: string;
	entitlement: string;
	reason: string;
}

/** What a role that a rule gives forbids. */
export interface Exclusion {
	rule: string;
	role: string;
	patterns: readonly string[];
}

/** A condition of a rule, by attribute and place among the attribute's conditions. */
export interface Clause {
	attribute: number;
	condition: number;
}

/** One rule, with everything that evaluation needs looked up beforehand. */
export interface TableRule {
	index: number;
	id: string;
	rule: CompiledRule;
	/** In the order of the document. */
	clauses: readonly Clause[];
	/** Clauses and what its expression cannot hold without: by these it is found. */
	filters: readonly Clause[];
	/** Each entitlement once: where several roles lead to it, the first one named is the reason. */
	earned: readonly Earned[];
	/** Entitlement numbers, sorted; empty unless the rule is active. */
	gives: Int32Array;
	withheld: readonly RuleWithheld[];
	exclusions: readonly Exclusion[];
	/** Entitlement numbers that the exclusions take; empty unless the rule is active. */
	takes: Int32Array;
}

const NONE = new Int32Array(0);

interface Entry {
	index: number;
	conditions: Condition[];
	known: Map<string, number>;
}

/** Gathers the distinct conditions of all rules by attribute. */
class ConditionRegister {
	readonly #attributes = new Map<string, Entry>();

	#entry(): Entry {
		return { index: this.#attributes.size, conditions: [], known: new Map() };
	}

	clause(condition: Condition): Clause {
		const { name, operators } = condition;
		const entry = this.#attributes.get(name) ?? this.#entry();
		this.#attributes.set(name, entry);
		const key = JSON.stringify(operators, ['eq', 'in', 'not', 'gte', 'lte', 'prefix', 'exists']);
		let at = entry.known.get(key);
		if (at === undefined) {
			at = entry.conditions.push(condition) - 1;
			entry.known.set(key, at);
		}
		return { attribute: entry.index, condition: at };
	}

	attributes(): AttributeClasses[] {
		return [...this.#attributes].map(([name, { conditions }]) => new AttributeClasses(name, conditions));
	}
}

function standing(rule: CompiledRule, entitlement: Entitlement): string {
	const { name, maxDuration } = entitlement;
	return `Rule ${rule.id} earns ${name}, which may be held for ${maxDuration ?? ''} at most and only on request.`;
}

/** What each rule earns, forbids and asks, for the rules of one policy. */
export class RuleTable {
	/** Names of everything that rules can give, sorted: an entitlement's number is its place. */
	readonly names: readonly string[];
	readonly rules: readonly TableRule[];
	readonly #catalogue: EntitlementCatalogue;
	readonly #register = new ConditionRegister();
	readonly #resolved = new Map<string, Entitlement | undefined>();
	readonly #numbers: ReadonlyMap<string, number>;

	constructor(rules: readonly CompiledRule[], catalogue: EntitlementCatalogue) {
		this.#catalogue = catalogue;
		const earned = rules.map((rule) => this.#earned(rule));
		const names = new Set(earned.flatMap((each) => each.map(({ entitlement }) => entitlement)));
		this.names = [...names].sort();
		this.#numbers = new Map(this.names.map((name, number) => [name, number]));
		this.rules = rules.map((rule, index) => this.#row(rule, index, earned[index] ?? [], this.#register));
	}

	/** The attributes that the rules ask about, by number; nothing is known of their values yet. */
	attributes(): AttributeClasses[] {
		return this.#register.attributes();
	}

	#resolve(name: string): Entitlement | undefined {
		if (!this.#resolved.has(name)) this.#resolved.set(name, this.#catalogue.resolve(name));
		return this.#resolved.get(name);
	}

	/** Everything that the rule's grants name and the policy declares. */
	#earned(rule: CompiledRule): Earned[] {
		const earned = new Map<string, Earned>();
		const deprecated = rule.status === 'deprecated' ? ({ deprecated: true } as const) : {};
		const add = (entitlement: string, role?: string) => {
			if (earned.has(entitlement) || this.#resolve(entitlement) === undefined) return;
			earned.set(entitlement, { rule: rule.id, ...(role !== undefined && { role }), entitlement, ...deprecated });
		};
		for (const item of rule.grant) {
			if (item.kind === 'role') for (const name of item.role.entitlements) add(name, item.role.name);
			else if (item.kind === 'entitlement') add(item.name);
		}
		return [...earned.values()];
	}

	#row(rule: CompiledRule, index: number, all: readonly Earned[], register: ConditionRegister): TableRule {
		const clauses = rule.conditions.map((condition) => register.clause(condition));
		const necessary = (rule.expression?.necessary ?? []).map((condition) => register.clause(condition));
		const allowed = all.filter(({ entitlement }) => this.#resolve(entitlement)?.maxDuration === undefined);
		const exclusions = rule.grant.flatMap((item): Exclusion[] =>
			item.kind === 'role' && item.role.exclude.length > 0
				? [{ rule: rule.id, role: item.role.name, patterns: item.role.exclude }]
				: [],
		);
		const active = rule.status === 'active';
		const patterns = exclusions.flatMap((exclusion) => exclusion.patterns);
		return {
			index,
			id: rule.id,
			rule,
			clauses,
			filters: [...clauses, ...necessary],
			earned: allowed,
			gives: active ? this.#numbered(allowed.map(({ entitlement }) => entitlement)) : NONE,
			withheld: all.flatMap(({ entitlement }) => this.#withheld(rule, entitlement)),
			exclusions,
			takes: active && patterns.length > 0 ? this.#numbered(this.#matching(patterns)) : NONE,
		};
	}

	#withheld(rule: CompiledRule, name: string): RuleWithheld[] {
		const entitlement = this.#resolve(name);
		if (entitlement?.maxDuration === undefined) return [];
		return [{ rule: rule.id, entitlement: name, reason: standing(rule, entitlement) }];
	}

	#matching(patterns: readonly string[]): string[] {
		return this.names.filter((name) => isExcluded(name, patterns));
	}

	#numbered(names: readonly string[]): Int32Array {
		return Int32Array.from(names, (name) => this.#numbers.get(name) ?? -1).sort();
	}
}
