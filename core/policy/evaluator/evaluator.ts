import type { AttributeValue } from '../../model';
import type { CompiledPolicy, CompiledRule } from '../compile';
import type { AttributeClasses } from './attribute-classes';
import { BucketPool } from './bucket-pool';
import { DecisionGroup } from './decision';
import { groupRules } from './grouping';
import { ResultMemo } from './memo';
import type { Remembered } from './memo';
import { ReasonUnion } from './reasons';
import type { GrantReasons } from './reasons';
import { RuleTable } from './rule-table';
import type { Earned, Exclusion, TableRule, RuleWithheld } from './rule-table';
import { EntitlementUnion } from './union';
import { lookupIn, WhyNot } from './why-not';
import type { RuleVerdict } from './why-not';

export type Attributes = Readonly<Record<string, AttributeValue>>;

/** What the rules of a policy say about one set of attributes. Shared between people: never change it. */
export interface Birthright {
	/** Rules that hold, whatever their status, in the order of the document. */
	readonly rules: readonly CompiledRule[];
	/** What active and deprecated rules earn, in their order; without what the roles of active rules forbid. */
	readonly earned: readonly Earned[];
	/** What they would earn and may not give as standing access. */
	readonly withheld: readonly RuleWithheld[];
	/** What the roles of active rules forbid, whatever else earns it. */
	readonly exclusions: readonly Exclusion[];
}

/** Classes that an attribute may reach before everything that was learnt is forgotten (lists can have any combination). */
const MAX_CLASSES = 20_000;

/**
 * Evaluates the birthright rules of one policy version. It learns the distinctions that a policy makes as it meets them;
 * what it gives back depends on the attributes alone.
 */
export class PolicyEvaluator {
	readonly #table: RuleTable;
	readonly #union: EntitlementUnion;
	readonly #reasonUnion: ReasonUnion;
	readonly #found = { offsets: new Int32Array(0), count: 0, further: [] as TableRule[] };
	#attributes: readonly AttributeClasses[] = [];
	#classes = new Int32Array(0);
	#groups: readonly DecisionGroup[] = [];
	#pool = new BucketPool();
	#memo = new ResultMemo(0);
	#whyNot: WhyNot | undefined;

	constructor({ rules, entitlements }: CompiledPolicy) {
		this.#table = new RuleTable(rules, entitlements);
		this.#union = new EntitlementUnion(this.#table.names);
		this.#reasonUnion = new ReasonUnion(this.#table, this.#union);
		this.#begin();
	}

	/** Begins with nothing learnt. */
	#begin(): void {
		const attributes = this.#table.attributes();
		const groups = groupRules(this.#table.rules, attributes);
		const pool = new BucketPool();
		this.#pool = pool;
		this.#attributes = attributes;
		this.#classes = new Int32Array(attributes.length);
		this.#groups = groups.map((group) => new DecisionGroup(group, attributes, pool));
		this.#found.offsets = new Int32Array(groups.length);
		this.#memo = new ResultMemo(groups.length);
		this.#whyNot = undefined;
	}

	/** What active rules give, sorted, without what roles forbid and what needs a request. */
	entitlements(attributes: Attributes): readonly string[] {
		this.#decide(attributes);
		const remembered = this.#remembered();
		if (remembered?.names !== undefined) return remembered.names as readonly string[];
		const names = this.#union.namesOf(this.#pool, this.#found);
		if (remembered !== undefined) remembered.names = Object.freeze(names);
		return names;
	}

	/** The same, each with the rules that give it. */
	reasons(attributes: Attributes): GrantReasons {
		this.#decide(attributes);
		const remembered = this.#remembered();
		if (remembered?.reasons !== undefined) return remembered.reasons as GrantReasons;
		const reasons = this.#reasonUnion.reasons(this.#pool, this.#found);
		if (remembered !== undefined) remembered.reasons = reasons;
		return reasons;
	}

	/** Everything about the rules that hold. People for whom the same rules hold mostly get the very same object. */
	birthright(attributes: Attributes): Birthright {
		this.#decide(attributes);
		const remembered = this.#remembered();
		if (remembered?.birthright !== undefined) return remembered.birthright as Birthright;
		const birthright = this.#birthright();
		if (remembered !== undefined) remembered.birthright = birthright;
		return birthright;
	}

	/** One verdict for each rule, in the order of the document. */
	whyNot(attributes: Attributes): RuleVerdict[] {
		this.#classify(attributes);
		this.#whyNot ??= new WhyNot(this.#table, this.#attributes);
		return this.#whyNot.explain(this.#classes, lookupIn(attributes));
	}

	#classify(attributes: Attributes): void {
		const known = this.#attributes;
		for (let index = 0; index < known.length; index += 1) {
			const attribute = known[index] as AttributeClasses;
			this.#classes[index] = attribute.classify(attributes[attribute.name]);
			if (attribute.size > MAX_CLASSES) {
				this.#begin();
				this.#classify(attributes);
				return;
			}
		}
	}

	#decide(attributes: Attributes): void {
		if (this.#pool.full) this.#begin();
		this.#classify(attributes);
		const found = this.#found;
		const { offsets } = found;
		const groups = this.#groups;
		const classes = this.#classes;
		if (found.further.length > 0) found.further = [];
		let count = 0;
		let open = false;
		for (let index = 0; index < groups.length; index += 1) {
			const offset = (groups[index] as DecisionGroup).decide(classes);
			if (offset === 0) continue;
			offsets[count] = offset;
			count += 1;
			if (this.#pool.isOpen(offset)) open = true;
		}
		found.count = count;
		if (open) this.#ask(attributes);
	}

	/** Puts the question to the expressions of rules whose conditions hold. */
	#ask(attributes: Attributes): void {
		const lookup = lookupIn(attributes);
		const { offsets, count, further } = this.#found;
		for (let index = 0; index < count; index += 1) {
			for (const row of this.#pool.bucket(offsets[index] as number).open) {
				if (row.rule.expression?.evaluate(lookup).outcome === 'holds') further.push(row);
			}
		}
	}

	#remembered(): Remembered | undefined {
		const { further, offsets, count } = this.#found;
		return further.length > 0 ? undefined : this.#memo.entry(offsets, count);
	}

	#birthright(): Birthright {
		const { offsets, count, further } = this.#found;
		const rows = [...further];
		for (let index = 0; index < count; index += 1) rows.push(...this.#pool.bucket(offsets[index] as number).settled);
		rows.sort((a, b) => a.index - b.index);
		const live = rows.filter(({ rule }) => rule.status !== 'proposed');
		const taken = new Set<string>();
		for (const { takes } of live) for (const number of takes) taken.add(this.#table.names[number] ?? '');
		const earned = live.flatMap((row) =>
			taken.size === 0 ? row.earned : row.earned.filter(({ entitlement }) => !taken.has(entitlement)),
		);
		return {
			rules: rows.map(({ rule }) => rule),
			earned,
			withheld: live.flatMap(({ withheld }) => withheld),
			exclusions: live.flatMap(({ rule, exclusions }) => (rule.status === 'active' ? exclusions : [])),
		};
	}
}

/** An evaluator for the birthright rules of a policy; make one for a policy version and keep it. */
export function compileEvaluator(compiled: CompiledPolicy): PolicyEvaluator {
	return new PolicyEvaluator(compiled);
}

const evaluators = new WeakMap<CompiledPolicy, PolicyEvaluator>();

/** The evaluator of a compiled policy, made on first use. */
export function evaluatorOf(compiled: CompiledPolicy): PolicyEvaluator {
	const known = evaluators.get(compiled) ?? compileEvaluator(compiled);
	evaluators.set(compiled, known);
	return known;
}

/** What rules earn for one set of attributes. Deprecated rules are marked: they earn it only for those who hold it by them. */
export function earned(compiled: CompiledPolicy, attributes: Attributes): readonly Earned[] {
	return evaluatorOf(compiled).birthright(attributes).earned;
}
