import { compileRoles, isExcluded } from '../../roles';
import type { CompiledRole } from '../../roles';
import type { BirthrightRule, ContractRule, PolicyDocument, When } from '../../schema';
import { domainOf, intersect, withinDeclaration } from '../domain';
import type { Domain } from '../domain';

/** What analysis knows of one rule: whom it can hold for, what it gives and what it forbids. */
export interface RuleFacts {
	section: 'rules' | 'contracts';
	/** Place in its section. */
	index: number;
	id: string;
	status: 'proposed' | 'active' | 'deprecated';
	/** By attribute of the person. */
	clauses: ReadonlyMap<string, Domain>;
	/** Conditions on a contract and its rows, whom it names, until when and how many: together they narrow the rule. */
	elsewhere: readonly string[];
	cel?: string;
	/** Names and templates as granted, roles unfolded. Sorted. */
	gives: readonly string[];
	/** What the rule gives through which grant entry. */
	through: ReadonlyMap<string, string>;
	/** Patterns that its roles forbid. Sorted. */
	forbids: readonly string[];
	/** Why it can never hold, with the condition's key. */
	never?: { key: string; reason: string; written: boolean };
}

const PERSON = 'person.';

/** Attribute of a person that a condition is about; undefined where it is about something else. */
export function personAttribute(key: string): string | undefined {
	if (!key.includes('.')) return key;
	return key.startsWith(PERSON) ? key.slice(PERSON.length) : undefined;
}

function clausesOf(policy: PolicyDocument, when: When | undefined) {
	const clauses = new Map<string, Domain>();
	const elsewhere: string[] = [];
	let never: RuleFacts['never'];
	for (const [key, value] of Object.entries(when ?? {})) {
		const name = personAttribute(key);
		const attributes = policy.attributes ?? {};
		const declaration = name !== undefined && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
		const written = domainOf(value, declaration?.type === 'list');
		const domain = withinDeclaration(written, declaration);
		const other = name === undefined ? undefined : clauses.get(name);
		const whole = other === undefined ? domain : intersect(other, domain);
		if (name !== undefined) clauses.set(name, whole);
		else elsewhere.push(`${key} ${written.key}`);
		if (whole.never !== undefined) {
			never ??= { key, reason: whole.never, written: written.never !== undefined || other !== undefined };
		}
	}
	return { clauses, elsewhere: elsewhere.sort(), ...(never !== undefined && { never }) };
}

function withContract(facts: ReturnType<typeof clausesOf>, rule: BirthrightRule | ContractRule) {
	if (!('subjects' in rule)) return facts;
	const { subjects, until, seats } = rule;
	const more = [`subjects ${subjects}`];
	if (until !== undefined) more.push(`until ${until}`);
	if (seats !== undefined) more.push(`seats ${JSON.stringify(seats)}`);
	return { ...facts, elsewhere: [...facts.elsewhere, ...more] };
}

function givesOf(grant: readonly string[], roles: ReadonlyMap<string, CompiledRole>) {
	const forbids = new Set(grant.flatMap((name) => roles.get(name)?.exclude ?? []));
	const through = new Map<string, string>();
	for (const name of grant) {
		const role = roles.get(name);
		for (const each of role?.entitlements ?? [name]) {
			if (!through.has(each) && !isExcluded(each, [...forbids])) through.set(each, name);
		}
	}
	return { gives: [...through.keys()].sort(), through, forbids: [...forbids].sort() };
}

/** Facts of all rules and contract rules of a policy whose roles do not include each other. */
export function ruleFacts(
	policy: PolicyDocument,
	roles: ReadonlyMap<string, CompiledRole> = compileRoles(policy),
): RuleFacts[] {
	const facts = (section: RuleFacts['section']) => (rule: BirthrightRule | ContractRule, index: number) => ({
		section,
		index,
		id: rule.id,
		status: rule.status ?? ('active' as const),
		...(rule.if !== undefined && { cel: rule.if }),
		...withContract(clausesOf(policy, rule.when), rule),
		...givesOf(rule.grant, roles),
	});
	return [...(policy.rules ?? []).map(facts('rules')), ...(policy.contracts ?? []).map(facts('contracts'))];
}
