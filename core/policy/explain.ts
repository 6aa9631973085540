import type { ContractHeader, Identity } from '../model';
import type { CompiledPolicy } from './compile';
import type { Lookup, Outcome } from './condition';
import { headerAttributes } from './evaluation';
import type { PolicyScalar } from './schema';

export interface ExplainInput {
	identity: Identity;
	contract?: ContractHeader;
	/** Cells by column name (camelCase). */
	row?: ReadonlyMap<string, PolicyScalar>;
}

export interface RuleExplanation {
	rule: string;
	kind: 'rule' | 'contract';
	holds: boolean;
	/** Every condition in order, with its outcome and the value it met. */
	conditions: Array<{ text: string; outcome: Outcome; actual?: PolicyScalar }>;
	/** Why the rule decides nothing, whatever its conditions say. */
	undecidable?: string;
}

function lookupIn(compiled: CompiledPolicy, input: ExplainInput): Lookup {
	const contract = input.contract === undefined ? undefined : headerAttributes(compiled, input.contract);
	return (subject, name) => {
		if (subject === 'contract') return contract?.get(name);
		if (subject === 'row') return input.row?.get(name);
		return Object.hasOwn(input.identity.attributes, name) ? input.identity.attributes[name] : undefined;
	};
}

/** Why each rule does or does not hold for a person: all conditions, not only the first that fails. */
export function explainRules(compiled: CompiledPolicy, input: ExplainInput): RuleExplanation[] {
	const lookup = lookupIn(compiled, input);
	const rules = compiled.rules.map((rule) => ({ ...rule, kind: 'rule' as const }));
	const contractRules = compiled.contractRules.map(({ id, contract, subject }) => ({
		id,
		conditions: [...contract, ...subject],
		kind: 'contract' as const,
		undecidable: undefined,
	}));
	return [...rules, ...(input.contract === undefined ? [] : contractRules)].map((rule) => {
		const conditions = rule.conditions.map((condition) => {
			const actual = lookup(condition.subject, condition.name);
			const outcome = condition.test(actual);
			return { text: condition.text, outcome, ...(actual !== undefined && { actual }) };
		});
		const undecidable = rule.undecidable === undefined ? undefined : 'its "if" is not evaluated yet';
		const holds = undecidable === undefined && conditions.every(({ outcome }) => outcome === 'holds');
		return { rule: rule.id, kind: rule.kind, holds, conditions, ...(undecidable !== undefined && { undecidable }) };
	});
}
