import { Duration } from 'luxon';

import type { ApprovalNeed, Identity } from '../model';
import { parseAddress } from './address';
import type { CompiledApproval, CompiledPolicy } from './compile';
import type { Condition } from './condition';
import type { Entitlement } from './entitlement';
import type { PolicyScalar } from './schema';

export type ApprovalAnswer =
	| { state: 'not_needed' }
	| { state: 'needed'; approval: ApprovalNeed }
	/** Asked for, but nobody can give it: the access must not be given. */
	| { state: 'blocked'; rule: string; reason: string; remedy: string };

const GROUP = 'group:';

function entitlementAttribute(entitlement: Entitlement, name: string): PolicyScalar | undefined {
	switch (name) {
		case 'name':
			return entitlement.name;
		case 'app':
			return entitlement.application;
		case 'privileged':
			return entitlement.privileged;
		case 'account':
			return entitlement.kind === 'account';
		case 'group':
			return entitlement.kind === 'group' ? entitlement.target : undefined;
		case 'role':
			return entitlement.kind === 'role' ? entitlement.target : undefined;
		case 'owner':
			return entitlement.owner;
		default:
			return undefined;
	}
}

/** Names that `entitlement.*` conditions may use. */
export const ENTITLEMENT_ATTRIBUTES = ['name', 'app', 'privileged', 'account', 'group', 'role', 'owner'] as const;

/** What an approval rule may ask of the action itself, by key: `risk.score`, `action.operation`, `grant.<factor>`. */
export type ActionFacts = ReadonlyMap<string, PolicyScalar>;

/** Subjects of conditions that speak of the action. */
const OF_ACTION: ReadonlySet<string> = new Set(['action', 'risk', 'grant']);

/**
 * Whether an approval rule applies. What is not known of a *person* or of the action counts as met: an approval that is
 * skipped because an attribute is missing would open the gate, one that is asked for in vain only costs a question.
 */
function applies(rule: CompiledApproval, entitlement: Entitlement, identity: Identity, facts?: ActionFacts): boolean {
	return rule.conditions.every((condition: Condition) => {
		if (condition.subject === 'entitlement') {
			return condition.test(entitlementAttribute(entitlement, condition.name)) === 'holds';
		}
		if (OF_ACTION.has(condition.subject)) {
			return condition.test(facts?.get(`${condition.subject}.${condition.name}`)) !== 'fails';
		}
		const known = condition.subject === 'person' && Object.hasOwn(identity.attributes, condition.name);
		return condition.test(known ? identity.attributes[condition.name] : undefined) !== 'fails';
	});
}

function members(compiled: CompiledPolicy, name: string): readonly string[] {
	if (name.startsWith(GROUP)) return compiled.groups.get(name.slice(GROUP.length)) ?? [];
	const address = parseAddress(name);
	return address === undefined ? [] : [address];
}

function resolveApprover(
	compiled: CompiledPolicy,
	name: string,
	entitlement: Entitlement,
	identity: Identity,
): readonly string[] {
	if (name === 'owner') return entitlement.owner === undefined ? [] : members(compiled, entitlement.owner);
	if (name !== 'manager') return members(compiled, name);
	const manager = Object.hasOwn(identity.attributes, 'manager') ? identity.attributes.manager : undefined;
	const address = typeof manager === 'string' ? parseAddress(manager) : undefined;
	return address === undefined ? [] : [address];
}

function ownAddresses(identity: Identity): Set<string> {
	const written = [
		identity.keys.email,
		Object.hasOwn(identity.attributes, 'email') ? identity.attributes.email : undefined,
	];
	return new Set(written.flatMap((each) => (typeof each === 'string' ? (parseAddress(each) ?? []) : [])));
}

function shorter(a: string, b: string): string {
	return Duration.fromISO(b).toMillis() < Duration.fromISO(a).toMillis() ? b : a;
}

/** Several rules may match: then all of them must be satisfied, within the shortest time. */
function merge(rules: readonly CompiledApproval[]): { id: string; need: Map<string, number>; expires: string } {
	const need = new Map<string, number>();
	let expires = rules[0]?.expires ?? 'P7D';
	for (const rule of rules) {
		expires = shorter(expires, rule.expires);
		for (const [name, votes] of rule.need) need.set(name, Math.max(votes, need.get(name) ?? 0));
		for (const name of rule.approvers) if (!need.has(name)) need.set(name, 0);
	}
	return { id: rules.map(({ id }) => id).join('+'), need, expires };
}

/** True for approval rules that name operations: only they speak of taking access away. */
function namesOperations({ conditions }: CompiledApproval): boolean {
	return conditions.some(({ subject, name }) => subject === 'action' && name === 'operation');
}

export interface ApprovalContext {
	facts?: ActionFacts;
	/** The action takes access away: only rules that name its operation are asked. */
	takes?: boolean;
	/** Needed besides what the policy's approval rules say. */
	more?: readonly CompiledApproval[];
}

/**
 * Who must approve that an identity gets an entitlement (or loses it, where the policy asks for that). Nobody approves
 * their own access: they are taken out of the approvers, and where too few remain the access is blocked.
 */
export function approvalFor(
	compiled: CompiledPolicy,
	entitlement: Entitlement,
	identity: Identity,
	{ facts, takes = false, more = [] }: ApprovalContext = {},
): ApprovalAnswer {
	const asked = compiled.approvals.filter(
		(rule) => (!takes || namesOperations(rule)) && applies(rule, entitlement, identity, facts),
	);
	const rules = [...asked, ...more];
	if (rules.length === 0) return { state: 'not_needed' };
	const { id, need, expires } = merge(rules);
	const self = ownAddresses(identity);
	const approval: ApprovalNeed = { rule: id, approvers: {}, need: {}, expires };
	for (const [name, votes] of [...need].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
		const all = resolveApprover(compiled, name, entitlement, identity);
		const others = [...new Set(all)].filter((each) => !self.has(each)).sort();
		if (others.length < votes) {
			const who = `${others.length} of the ${votes} approver(s) wanted from ${name}`;
			const reason = `Approval ${id} cannot be had for ${entitlement.name}: there are ${who} besides the person.`;
			return { state: 'blocked', rule: id, reason, remedy: `Name more approvers for ${name}.` };
		}
		if (votes === 0) continue;
		approval.approvers[name] = others;
		approval.need[name] = votes;
	}
	if (Object.keys(approval.need).length > 0) return { state: 'needed', approval };
	const reason = `Approval ${id} asks nobody for ${entitlement.name}.`;
	return { state: 'blocked', rule: id, reason, remedy: 'Say in "need" how many votes are needed.' };
}
