import { DomainError } from '../../model';
import type { Identity, Source } from '../../model';
import type { CompiledPolicy, CompiledRule } from '../compile';
import { evaluatorOf } from '../evaluator';
import { ContractEvaluation } from './contract-rules';
import type { ContractInput } from './contract-rules';
import { People } from './people';
import { EvaluationResult } from './result';
import type { Evaluation } from './types';

export interface EvaluateInput {
	compiled: CompiledPolicy;
	contracts: readonly ContractInput[];
	/** Everybody the ledger knows and this evaluation may touch. */
	identities: readonly Identity[];
	/** ISO instant. */
	asOf: string;
	/** ISO instant from which the given contract versions hold. */
	effectiveFrom: string;
}

/** A date and time with zone, as ISO UTC with milliseconds, so that instants compare as texts. */
export function toInstant(name: string, text: string): string {
	const milliseconds = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
	if (Number.isNaN(milliseconds)) {
		const remedy = 'Pass an ISO-8601 instant with zone, e.g. 2026-11-20T09:00:00Z.';
		throw new DomainError('INPUT_INVALID', `${name} is not an instant: "${text.slice(0, 40)}".`, remedy);
	}
	return new Date(milliseconds).toISOString();
}

/** What a rule asks, readable. */
export function becauseOf(rule: CompiledRule): string {
	const texts = rule.conditions.map(({ text }) => text);
	if (rule.expression !== undefined) texts.push(rule.expression.source);
	return texts.join(', ');
}

function applyRule(rule: CompiledRule, person: Identity, result: EvaluationResult): void {
	const because = becauseOf(rule);
	const subject = person.keys.email ?? person.id;
	const basis: Source = {
		kind: 'rule',
		ref: rule.id,
		reason: `Rule ${rule.id}${because === '' ? '' : ` (${because})`} earns `,
	};
	for (const item of rule.grant) {
		if (item.kind === 'role') {
			result.holdRole(person.id, item.role.name, item.role.exclude);
			const source = { ...basis, role: item.role.name, reason: `${basis.reason}role ${item.role.name}` };
			for (const name of item.role.entitlements) result.earn(person.id, subject, name, source);
		} else if (item.kind === 'entitlement') {
			result.earn(person.id, subject, item.name, { ...basis, reason: `${basis.reason}${item.name}` });
		}
	}
}

function applyRules(compiled: CompiledPolicy, people: People, result: EvaluationResult): void {
	const evaluator = evaluatorOf(compiled);
	for (const person of people.identities()) {
		for (const rule of evaluator.birthright(person.attributes).rules) {
			if (rule.status === 'active') applyRule(rule, person, result);
			if (rule.status !== 'deprecated') continue;
			const reason = `Rule ${rule.id} is deprecated: it gives nothing new and takes nothing away.`;
			result.holdBack({ ruleId: rule.id, identityId: person.id, reason });
		}
	}
}

/**
 * What everybody in scope should hold under a policy version, with every source that earns it. A function of its
 * arguments: the order of contracts, rows (unless seats follow the table's order) and people changes nothing.
 *
 * Separation of duties is decided over everything that a person holds: see `person/`.
 *
 * @throws DomainError INPUT_INVALID where an instant is none or a contract comes twice
 */
export function evaluate(input: EvaluateInput): Evaluation {
	const { compiled } = input;
	const asOf = toInstant('asOf', input.asOf);
	const effectiveFrom = toInstant('effectiveFrom', input.effectiveFrom);
	const now = effectiveFrom > asOf ? effectiveFrom : asOf;
	const contracts = [...input.contracts].sort((a, b) => (a.header.id < b.header.id ? -1 : 1));
	const ids = contracts.map(({ header }) => header.id);
	if (new Set(ids).size < ids.length) {
		throw new DomainError('INPUT_INVALID', 'A contract is given twice.', 'Pass one version of each contract.');
	}
	const people = new People(compiled, input.identities);
	const result = new EvaluationResult(compiled, effectiveFrom);
	const evaluations = contracts.map((contract) => new ContractEvaluation(compiled, contract, people, result, now));
	for (const each of evaluations) each.read();
	for (const each of evaluations) each.apply();
	applyRules(compiled, people, result);
	return { asOf, effectiveFrom, contracts: ids, identities: people.identities(), ...result.finish() };
}
