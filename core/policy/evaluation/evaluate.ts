import { DomainError } from '../../model';
import type { Identity, Source } from '../../model';
import type { CompiledPolicy, CompiledRule } from '../compile';
import type { Lookup } from '../condition';
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

/** A policy that asks for more separation than this version enforces must not grant anything. */
function refuseUnenforced(compiled: CompiledPolicy): void {
	const enforced = (compiled.policy.separationOfDuties ?? []).filter(({ action }) => action !== 'record');
	if (enforced.length === 0) return;
	const ids = enforced.map(({ id }) => id).join(', ');
	throw new DomainError(
		'POLICY_INVALID',
		`Separation of duties (${ids}) is declared with an action that is not enforced yet.`,
		'Set its action to record or remove it; until then nothing is evaluated under this policy.',
	);
}

function applyRule(rule: CompiledRule, person: Identity, result: EvaluationResult): void {
	const because = rule.conditions.map(({ text }) => text).join(', ');
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
	for (const rule of compiled.rules) {
		if (rule.undecidable === undefined) continue;
		const reason = `Rule ${rule.id} has an "if", which is not evaluated yet.`;
		result.block({
			subject: `rule ${rule.id}`,
			rule: rule.id,
			reason,
			remedy: 'Say it with "when", or remove the rule.',
		});
		result.holdBack({ ruleId: rule.id, reason });
	}
	for (const person of people.identities()) {
		const lookup: Lookup = (subject, name) => (subject === 'person' ? people.attribute(person.id, name) : undefined);
		for (const rule of compiled.ruleIndex.matching(lookup)) {
			if (rule.undecidable === undefined) applyRule(rule, person, result);
		}
	}
}

/**
 * What everybody in scope should hold under a policy version, with every source that earns it. A function of its
 * arguments: the order of contracts, rows (unless seats follow the table's order) and people changes nothing.
 *
 * @throws DomainError POLICY_INVALID where the policy declares separation of duties that isn't enforced yet,
 *   INPUT_INVALID where an instant is none or a contract comes twice
 */
export function evaluate(input: EvaluateInput): Evaluation {
	const { compiled } = input;
	refuseUnenforced(compiled);
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
