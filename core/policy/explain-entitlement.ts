import type { Assignment, AttributeValue, Source } from '../model';
import type { CompiledContractRule, CompiledPolicy, CompiledRule, GrantItem } from './compile';
import type { Lookup, Outcome } from './condition';
import { matchWildcard } from './entitlement';
import { headerAttributes, readIdentities } from './evaluation';
import type { ContractInput } from './evaluation';
import { evaluatorOf, lookupIn } from './evaluator';
import type { Attributes } from './evaluator';
import { explainClauses } from './explain';
import type { ClauseExplanation } from './explain';
import { isExcluded } from './roles';
import type { RuleStatus } from './schema';

export interface EntitlementInput {
	/** Of the person, at the moment that is asked about. */
	attributes: Attributes;
	/** What contracts, requests, exceptions and the like assign to the person at that moment. */
	assignments: readonly Assignment[];
	/** Ids of rules by which the person holds the entitlement: those that are deprecated go on for them. */
	heldBy?: readonly string[];
	/** Contracts in force at that moment; without them, contract rules can only say what they ask of a contract. */
	contracts?: readonly ContractInput[];
}

/** A rule that could give the entitlement and does not, with the first thing that stands in its way. */
export interface NotGranting {
	kind: 'rule' | 'contract';
	/** Rule id; for contracts `<contract id>/<contract rule id>`. */
	rule: string;
	status: RuleStatus;
	role?: string;
	outcome: Exclude<Outcome, 'holds'>;
	/** The deciding clause, readable. */
	clause: string;
	/** The value it met; absent where nothing is known. */
	actual?: AttributeValue;
	/** The values that an `if` met, by name. */
	values?: Readonly<Record<string, AttributeValue>>;
	/** Why an `if` could not be decided. */
	reason?: string;
}

export interface EntitlementExplanation {
	entitlement: string;
	policy: string;
	policyHash: string;
	/** False where the policy knows no such entitlement. */
	declared: boolean;
	/** Whether something earns it and nothing forbids it; separation of duties is decided over everything held. */
	earned: boolean;
	/** Rules in the order of the document, then assignments by kind and reference. */
	granting: Source[];
	/** Why it is not given although something earns it. */
	withheld: string[];
	/** Every rule that could give it and does not, in the order of the document. */
	notGranting: NotGranting[];
}

/** How a rule's grants lead to an entitlement; undefined where they don't. */
function wayTo(grant: readonly GrantItem[], entitlement: string): { role?: string } | undefined {
	for (const item of grant) {
		if (item.kind === 'role') {
			if (item.role.entitlements.includes(entitlement)) return { role: item.role.name };
		} else if (item.kind === 'entitlement' ? item.name === entitlement : matchWildcard(item.pattern, entitlement)) {
			return {};
		}
	}
	return undefined;
}

function deciding(
	clauses: readonly ClauseExplanation[],
): Pick<NotGranting, 'outcome' | 'clause' | 'actual' | 'values' | 'reason'> | undefined {
	for (const { text, outcome, ...met } of clauses) {
		if (outcome === 'holds') continue;
		return { outcome, clause: text, ...met };
	}
	return undefined;
}

function ruleSource({ id, conditions, expression }: CompiledRule, role: string | undefined): Source {
	const asks = [...conditions.map(({ text }) => text), ...(expression === undefined ? [] : [expression.source])];
	const what = role === undefined ? '' : ` through role ${role}`;
	const reason = `Rule ${id} holds (${asks.length === 0 ? 'for everybody' : asks.join(', ')})${what}`;
	return { kind: 'rule', ref: id, ...(role !== undefined && { role }), reason };
}

const STATUS_CLAUSES: Readonly<Record<RuleStatus, string>> = {
	active: 'the rule is active',
	proposed: 'the rule is only proposed',
	deprecated: 'the rule is deprecated and gives nothing to anybody new',
};

class Explanation {
	readonly granting: Source[] = [];
	readonly withheld: string[] = [];
	readonly notGranting: NotGranting[] = [];

	constructor(
		readonly compiled: CompiledPolicy,
		readonly input: EntitlementInput,
		readonly entitlement: string,
	) {}

	rules(): void {
		const lookup = lookupIn(this.input.attributes);
		for (const rule of this.compiled.rules) {
			const way = wayTo(rule.grant, this.entitlement);
			if (way === undefined) continue;
			const { id, status } = rule;
			const decided = deciding(explainClauses(rule, lookup));
			const common = { kind: 'rule', rule: id, status, ...way } as const;
			if (decided !== undefined) this.notGranting.push({ ...common, ...decided });
			else if (this.#counts(id, status)) this.granting.push(ruleSource(rule, way.role));
			else this.notGranting.push({ ...common, outcome: 'fails', clause: STATUS_CLAUSES[status] });
		}
	}

	#counts(rule: string, status: RuleStatus): boolean {
		return status === 'active' || (status === 'deprecated' && (this.input.heldBy ?? []).includes(rule));
	}

	assignments(): void {
		const own = this.input.assignments.filter(({ entitlement }) => entitlement === this.entitlement);
		const key = ({ kind, ref }: Source) => `${kind}\n${ref}`;
		const sources = own.map(({ source, validUntil }) =>
			validUntil === undefined ? source : { ...source, validUntil },
		);
		this.granting.push(...sources.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0)));
	}

	contractRules(): void {
		for (const rule of this.compiled.contractRules) {
			const way = wayTo(rule.grant, this.entitlement);
			if (way === undefined) continue;
			for (const contract of this.input.contracts ?? []) this.#contractRule(rule, contract, way);
			if ((this.input.contracts ?? []).length > 0 || this.#assigned(`/${rule.id}`)) continue;
			const { id, status } = rule;
			const clause = 'a contract that names the person';
			this.notGranting.push({ kind: 'contract', rule: id, status, ...way, outcome: 'missing', clause });
		}
	}

	#assigned(ending: string): boolean {
		return this.granting.some(({ kind, ref }) => kind === 'contract' && ref.endsWith(ending));
	}

	#contractRule(rule: CompiledContractRule, contract: ContractInput, way: { role?: string }): void {
		const ref = `${contract.header.id}/${rule.id}`;
		if (this.#assigned(ref)) return;
		const decided = this.#decidingOf(rule, contract) ?? {
			outcome: 'fails' as const,
			clause:
				'the rule holds and assigns nothing: its term has ended, there is no seat, or something could not be read',
		};
		this.notGranting.push({ kind: 'contract', rule: ref, status: rule.status, ...way, ...decided });
	}

	#decidingOf(rule: CompiledContractRule, contract: ContractInput): ReturnType<typeof deciding> {
		const { compiled, input } = this;
		if (rule.status === 'proposed') return { outcome: 'fails', clause: STATUS_CLAUSES.proposed };
		const header = headerAttributes(compiled, contract.header);
		const aboutContract: Lookup = (subject, name) => (subject === 'contract' ? header.get(name) : undefined);
		const unmet = deciding(explainClauses({ conditions: rule.contract }, aboutContract));
		if (unmet !== undefined) return unmet;
		const { header: contractHeader, terms } = contract;
		const term = Object.hasOwn(terms, rule.subjects) ? terms[rule.subjects] : undefined;
		const common = {
			compiled,
			contract: contractHeader,
			termName: rule.subjects,
			term,
			known: new Map<string, string>(),
		};
		const { people, problem } = readIdentities(common);
		if (problem !== undefined) return { outcome: 'missing', clause: `term "${rule.subjects}"`, reason: problem.reason };
		const email = Object.hasOwn(input.attributes, 'email') ? input.attributes.email : undefined;
		const person = people.find((each) => each.email === String(email).toLowerCase());
		if (person === undefined) return { outcome: 'fails', clause: `is named in term "${rule.subjects}"` };
		const own = lookupIn(input.attributes);
		const lookup: Lookup = (subject, name) =>
			subject === 'row' ? person.row.get(name) : (aboutContract(subject, name) ?? own(subject, name));
		const { subject: conditions, expression } = rule;
		return deciding(explainClauses({ conditions, ...(expression && { expression }) }, lookup));
	}

	/** What stands against it whatever earns it. */
	forbidden(): void {
		const { compiled, input, entitlement } = this;
		const birthright = evaluatorOf(compiled).birthright(input.attributes);
		const roles = new Map(birthright.exclusions.map(({ role, patterns }) => [role, patterns]));
		for (const { source } of input.assignments) {
			const role = source.role === undefined ? undefined : compiled.roles.get(source.role);
			if (role !== undefined) roles.set(role.name, role.exclude);
		}
		for (const [role, patterns] of [...roles].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
			if (isExcluded(entitlement, patterns)) this.withheld.push(`Role ${role} excludes ${entitlement}.`);
		}
		const { maxDuration } = compiled.entitlements.resolve(entitlement) ?? {};
		const standing = this.granting.every(({ kind }) => kind === 'rule' || kind === 'contract');
		if (maxDuration === undefined || this.granting.length === 0 || !standing) return;
		this.withheld.push(`${entitlement} may be held for ${maxDuration} at most and only on request.`);
	}
}

/**
 * Why somebody earns an entitlement, or why not: what grants it, what forbids it, and for each other rule that could grant
 * it the clause that decides. A function of its arguments: the same ones give the same explanation at any later time.
 */
export function explainEntitlement(
	compiled: CompiledPolicy,
	input: EntitlementInput,
	entitlement: string,
): EntitlementExplanation {
	const explanation = new Explanation(compiled, input, entitlement);
	explanation.rules();
	explanation.assignments();
	explanation.contractRules();
	explanation.forbidden();
	const { granting, withheld, notGranting } = explanation;
	return {
		entitlement,
		policy: compiled.policy.policy,
		policyHash: compiled.hash,
		declared: compiled.entitlements.resolve(entitlement) !== undefined,
		earned: granting.length > 0 && withheld.length === 0,
		granting,
		withheld,
		notGranting,
	};
}
