import { contentHash, DomainError } from '../model';
import type { TermExtractor } from '../model';
import { parseAddress } from './address';
import { celCompilers } from './cel';
import type { CelCompiler, Expression } from './cel';
import { compileWhen } from './condition';
import type { Condition } from './condition';
import { EntitlementCatalogue } from './entitlement';
import { compileRoles } from './roles';
import type { CompiledRole } from './roles';
import type { ApprovalRule, BirthrightRule, ContractRule, PolicyDocument, PolicyScalar, RuleStatus } from './schema';
import { parseTemplate } from './template';
import type { Template } from './template';

export type AttributeType = 'text' | 'number' | 'date' | 'boolean' | 'list';

/** One entry of a `grant` list. */
export type GrantItem =
	| { kind: 'role'; role: CompiledRole }
	| { kind: 'entitlement'; name: string }
	/** `pattern` is the declared wildcard entitlement it fills. */
	| { kind: 'template'; template: Template; pattern: string };

export interface CompiledRule {
	id: string;
	conditions: Condition[];
	/** Its `if`; it has to hold besides the conditions. */
	expression?: Expression;
	grant: GrantItem[];
	/** `proposed` gives nothing; `deprecated` gives nothing to anybody who does not hold it through the rule already. */
	status: RuleStatus;
}

export interface CompiledContractRule {
	id: string;
	contract: Condition[];
	/** Conditions on `row.*` and on the person. */
	subject: Condition[];
	/** Its `if`; it has to hold besides the conditions, for each person. */
	expression?: Expression;
	status: RuleStatus;
	/** Names of terms, without `terms.`. */
	subjects: string;
	until?: string;
	seats?: { limit: string; order: string[] };
	grant: GrantItem[];
}

export interface CompiledApproval {
	id: string;
	conditions: Condition[];
	approvers: string[];
	need: Map<string, number>;
	expires: string;
}

/** A policy version, compiled once. Immutable by convention; holds no state of an evaluation. */
export interface CompiledPolicy {
	policy: PolicyDocument;
	/** Content hash of the compiled document. */
	hash: string;
	zone: string;
	entitlements: EntitlementCatalogue;
	roles: ReadonlyMap<string, CompiledRole>;
	/** Group name → addresses in lower case. */
	groups: ReadonlyMap<string, readonly string[]>;
	attributeTypes: ReadonlyMap<string, AttributeType>;
	/** First source of an attribute, as declared. */
	attributeSources: ReadonlyMap<string, readonly string[]>;
	aliases: ReadonlyMap<string, ReadonlyMap<string, PolicyScalar>>;
	rules: readonly CompiledRule[];
	contractRules: readonly CompiledContractRule[];
	approvals: readonly CompiledApproval[];
}

/** How long an approver has, where the rule does not say. */
const DEFAULT_EXPIRY = 'P7D';

/** The declared wildcard that a template fills: its own shape with `*` for each placeholder. */
export function templatePattern(template: Template): string {
	return template.parts.map((part) => (part.kind === 'text' ? part.text : '*')).join('');
}

function compileGrant(
	names: readonly string[],
	roles: ReadonlyMap<string, CompiledRole>,
	catalogue: EntitlementCatalogue,
): GrantItem[] {
	return names.map((name) => {
		const role = roles.get(name);
		if (role !== undefined) return { kind: 'role', role };
		if (!name.includes('{')) return { kind: 'entitlement', name };
		const template = parseTemplate(name);
		const pattern = templatePattern(template);
		if (template.problem !== undefined || !catalogue.declares(pattern)) {
			throw new DomainError(
				'POLICY_INVALID',
				`The grant "${name}" fills no declared entitlement.`,
				`Declare the entitlement "${pattern}".`,
			);
		}
		return { kind: 'template', template, pattern };
	});
}

const termName = (reference: string) => reference.slice('terms.'.length);
const columnName = (reference: string) => reference.slice('row.'.length);

/** The expression of a rule. A document that was linted has no problem here. */
function compileIf(rule: BirthrightRule | ContractRule, cel: CelCompiler): Expression | undefined {
	if (rule.if === undefined) return undefined;
	const { expression, problems } = cel.compile(rule.if);
	if (expression !== undefined) return expression;
	const problem = problems.find(({ severity }) => severity === 'error');
	throw new DomainError(
		'POLICY_INVALID',
		`The "if" of rule "${rule.id}" cannot be used: ${problem?.message ?? 'it cannot be read'}.`,
		`Mend the expression: ${problem?.remedy ?? 'see the findings'}.`,
	);
}

function compileContractRule(rule: ContractRule, grant: GrantItem[], cel: CelCompiler): CompiledContractRule {
	const conditions = compileWhen(rule.when);
	const compiled: CompiledContractRule = {
		id: rule.id,
		contract: conditions.filter(({ subject }) => subject === 'contract'),
		subject: conditions.filter(({ subject }) => subject !== 'contract'),
		subjects: termName(rule.subjects),
		grant,
		status: rule.status ?? 'active',
	};
	const expression = compileIf(rule, cel);
	if (expression !== undefined) compiled.expression = expression;
	if (rule.until !== undefined) compiled.until = termName(rule.until);
	if (rule.seats !== undefined) {
		compiled.seats = { limit: termName(rule.seats.limit), order: (rule.seats.order ?? []).map(columnName) };
	}
	return compiled;
}

function compileRule(rule: BirthrightRule, grant: GrantItem[], cel: CelCompiler): CompiledRule {
	const conditions = compileWhen(rule.when);
	const compiled: CompiledRule = { id: rule.id, conditions, grant, status: rule.status ?? 'active' };
	const expression = compileIf(rule, cel);
	if (expression !== undefined) compiled.expression = expression;
	return compiled;
}

function compileApproval(rule: ApprovalRule): CompiledApproval {
	const approvers = [...new Set(rule.approvers)];
	const need = new Map(Object.entries(rule.need ?? {}));
	// Who is listed without a number is asked for one vote; leaving the number out must not mean "nobody".
	for (const name of approvers) if (rule.need === undefined) need.set(name, 1);
	return { id: rule.id, conditions: compileWhen(rule.when), approvers, need, expires: rule.expires ?? DEFAULT_EXPIRY };
}

function compileGroups(policy: PolicyDocument): Map<string, string[]> {
	const groups = Object.entries(policy.groups ?? {});
	return new Map(
		groups.map(([name, members]) => [name, [...new Set(members.flatMap((each) => parseAddress(each) ?? []))]]),
	);
}

/**
 * Compiles a policy, once per version.
 *
 * @param hash the document's hash as `parsePolicy` gave it; computed from the document where absent
 * @throws DomainError POLICY_INVALID where roles include each other, a grant's template fills nothing, or an "if" is none
 */
export function compilePolicy(policy: PolicyDocument, hash: string = contentHash(policy)): CompiledPolicy {
	const entitlements = new EntitlementCatalogue(policy);
	const roles = compileRoles(policy);
	const grant = (names: readonly string[]) => compileGrant(names, roles, entitlements);
	const attributes = Object.entries(policy.attributes ?? {});
	const cel = celCompilers(policy);
	const rules = (policy.rules ?? []).map((rule) => compileRule(rule, grant(rule.grant), cel.rules));
	return {
		policy,
		hash,
		zone: policy.zone,
		entitlements,
		roles,
		groups: compileGroups(policy),
		attributeTypes: new Map(attributes.map(([name, { type }]) => [name, type ?? 'text'])),
		attributeSources: new Map(attributes.map(([name, { from }]) => [name, from ?? []])),
		aliases: new Map(attributes.map(([name, { aliases }]) => [name, new Map(Object.entries(aliases ?? {}))])),
		rules,
		contractRules: (policy.contracts ?? []).map((rule) => compileContractRule(rule, grant(rule.grant), cel.contracts)),
		approvals: (policy.approvals ?? []).map(compileApproval),
	};
}

/** What the policy wants read from a contract, as the contract room takes it. */
export function termExtractors(policy: PolicyDocument): Record<string, TermExtractor> {
	return Object.fromEntries(Object.entries(policy.terms ?? {}).map(([name, term]) => [name, { ...term }]));
}
