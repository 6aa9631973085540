import type { AttributeValue } from '../../model';
import type { Outcome, Lookup } from '../condition';
import { FAILS, HOLDS } from './attribute-classes';
import type { AttributeClasses } from './attribute-classes';
import type { RuleTable, TableRule } from './rule-table';

/** Whether a rule holds for somebody, and what decided that it does not. */
export interface RuleVerdict {
	readonly rule: string;
	readonly outcome: Outcome;
	/** The first clause that does not hold, as text; absent where the rule holds. */
	readonly clause?: string;
	/** What the clause asks about. */
	readonly attribute?: string;
	/** Why an `if` could not be decided. */
	readonly reason?: string;
}

/** Verdicts over all rules. Those of `when` are made once for each clause; evaluation only points at them. */
export class WhyNot {
	readonly #holds: RuleVerdict[];
	/** By clause, first `fails`, then `missing`. */
	readonly #verdicts: RuleVerdict[] = [];
	/** First clause of each rule, and one more for the end. */
	readonly #starts: Int32Array;
	/** Place of each clause's condition among the outcomes. */
	readonly #places: Int32Array;
	readonly #offsets: number[] = [];
	readonly #outcomes: Uint8Array;

	constructor(
		readonly table: RuleTable,
		readonly attributes: readonly AttributeClasses[],
	) {
		let conditions = 0;
		for (const attribute of attributes) {
			this.#offsets.push(conditions);
			conditions += attribute.conditions.length;
		}
		this.#outcomes = new Uint8Array(conditions);
		this.#holds = table.rules.map(({ rule }) => ({ rule: rule.id, outcome: 'holds' }));
		this.#starts = new Int32Array(table.rules.length + 1);
		const places: number[] = [];
		for (const row of table.rules) {
			this.#starts[row.index] = places.length;
			for (const [index, { attribute, condition }] of row.clauses.entries()) {
				places.push((this.#offsets[attribute] ?? 0) + condition);
				this.#addVerdicts(row, index);
			}
		}
		this.#starts[table.rules.length] = places.length;
		this.#places = Int32Array.from(places);
	}

	#addVerdicts({ rule }: TableRule, index: number): void {
		const condition = rule.conditions[index];
		if (condition === undefined) return;
		const verdict = { rule: rule.id, clause: condition.text, attribute: condition.name };
		this.#verdicts.push({ ...verdict, outcome: 'fails' }, { ...verdict, outcome: 'missing' });
	}

	/** @param classes class of each attribute, by attribute number */
	explain(classes: Int32Array, lookup: Lookup): RuleVerdict[] {
		const outcomes = this.#outcomes;
		for (let index = 0; index < this.attributes.length; index += 1) {
			const known = (this.attributes[index] as AttributeClasses).outcomesOf(classes[index] as number);
			outcomes.set(known, this.#offsets[index]);
		}
		const { rules } = this.table;
		const starts = this.#starts;
		const places = this.#places;
		const result = new Array<RuleVerdict>(rules.length);
		for (let rule = 0; rule < rules.length; rule += 1) {
			let at = starts[rule] as number;
			const end = starts[rule + 1] as number;
			while (at < end && outcomes[places[at] as number] === HOLDS) at += 1;
			if (at < end) {
				result[rule] = this.#verdicts[2 * at + (outcomes[places[at] as number] === FAILS ? 0 : 1)] as RuleVerdict;
			} else {
				const row = rules[rule] as TableRule;
				result[rule] =
					row.rule.expression === undefined ? (this.#holds[rule] as RuleVerdict) : expressionVerdict(row, lookup);
			}
		}
		return result;
	}
}

function expressionVerdict({ rule }: TableRule, lookup: Lookup): RuleVerdict {
	const { expression } = rule;
	const verdict = expression?.evaluate(lookup);
	if (expression === undefined || verdict === undefined || verdict.outcome === 'holds') {
		return { rule: rule.id, outcome: 'holds' };
	}
	const { outcome, reason } = verdict;
	return { rule: rule.id, outcome, clause: `if ${expression.source}`, ...(reason !== undefined && { reason }) };
}

/** Attributes as conditions and expressions look them up. */
export function lookupIn(attributes: Readonly<Record<string, AttributeValue>>): Lookup {
	return (subject, name) => (subject === 'person' && Object.hasOwn(attributes, name) ? attributes[name] : undefined);
}
