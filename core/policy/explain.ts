import type { AttributeValue, ContractHeader, Identity } from '../model';
import type { CompiledPolicy } from './compile';
import type { Expression } from './cel';
import type { Condition, Lookup, Outcome } from './condition';
import { headerAttributes } from './evaluation';
import type { RuleStatus } from './schema';

export interface ExplainInput {
	identity: Identity;
	contract?: ContractHeader;
	/** Cells by column name (camelCase). */
	row?: ReadonlyMap<string, AttributeValue>;
}

export interface ClauseExplanation {
	text: string;
	outcome: Outcome;
	/** The value it met; absent where it is not known. */
	actual?: AttributeValue;
	/** The values that an `if` met, as far as they are known, by name (`person.level`). */
	values?: Readonly<Record<string, AttributeValue>>;
	/** Why an `if` could not be decided. */
	reason?: string;
}

export interface RuleExplanation {
	rule: string;
	kind: 'rule' | 'contract';
	status: RuleStatus;
	holds: boolean;
	/** Every condition in order, with its outcome and the value it met; an `if` comes last. */
	conditions: ClauseExplanation[];
}

function lookupIn(compiled: CompiledPolicy, input: ExplainInput): Lookup {
	const contract = input.contract === undefined ? undefined : headerAttributes(compiled, input.contract);
	return (subject, name) => {
		if (subject === 'contract') return contract?.get(name);
		if (subject === 'row') return input.row?.get(name);
		if (subject !== 'person') return undefined;
		return Object.hasOwn(input.identity.attributes, name) ? input.identity.attributes[name] : undefined;
	};
}

/** Each clause of a rule, with its outcome. */
export function explainClauses(
	{ conditions, expression }: { conditions: readonly Condition[]; expression?: Expression },
	lookup: Lookup,
): ClauseExplanation[] {
	const clauses = conditions.map((condition): ClauseExplanation => {
		const actual = lookup(condition.subject, condition.name);
		return { text: condition.text, outcome: condition.test(actual), ...(actual !== undefined && { actual }) };
	});
	if (expression === undefined) return clauses;
	const met = expression.references.map(({ subject, name }) => [`${subject}.${name}`, lookup(subject, name)] as const);
	const known = met.filter(([, value]) => value !== undefined).sort((a, b) => (a[0] < b[0] ? -1 : 1));
	const values = Object.fromEntries(known) as Record<string, AttributeValue>;
	return [...clauses, { text: `if ${expression.source}`, values, ...expression.evaluate(lookup) }];
}

/** Why each rule does or does not hold for a person: all conditions, not only the first that fails. */
export function explainRules(compiled: CompiledPolicy, input: ExplainInput): RuleExplanation[] {
	const lookup = lookupIn(compiled, input);
	const rules = compiled.rules.map((rule) => ({ rule, kind: 'rule' as const }));
	const contractRules = compiled.contractRules.map((rule) => ({
		rule: { ...rule, conditions: [...rule.contract, ...rule.subject] },
		kind: 'contract' as const,
	}));
	return [...rules, ...(input.contract === undefined ? [] : contractRules)].map(({ rule, kind }) => {
		const conditions = explainClauses(rule, lookup);
		const holds = conditions.every(({ outcome }) => outcome === 'holds');
		return { rule: rule.id, kind, status: rule.status, holds, conditions };
	});
}
