import type { Source } from '../../model';
import type { CompiledPolicy, CompiledRule } from '../compile';
import type { Entitlement } from '../entitlement';
import type { RuleStatus } from '../schema';

/** One entitlement that a rule earns, worked out once per policy version. */
export interface RuleGrant {
	entitlement: string;
	/** Shared by everybody who earns it: never changed. */
	source: Source;
	/** Absent where the policy declares no such entitlement. */
	resolved?: Entitlement;
}

export interface RuleGrants {
	id: string;
	/** Place in the document. */
	order: number;
	status: RuleStatus;
	/** Each entitlement once: where several roles lead to it, the first one named is the reason. */
	grants: readonly RuleGrant[];
	/** What the rule's roles forbid. */
	excludes: ReadonlyArray<{ role: string; exclude: readonly string[] }>;
}

function grantsOf(compiled: CompiledPolicy, rule: CompiledRule, order: number): RuleGrants {
	const { status, expression } = rule;
	const conditions = rule.conditions.map(({ text }) => text);
	const because = [...conditions, ...(expression === undefined ? [] : [expression.source])].join(', ');
	const opening = `Rule ${rule.id}${because === '' ? '' : ` (${because})`} earns `;
	const grants = new Map<string, RuleGrant>();
	const excludes: Array<{ role: string; exclude: readonly string[] }> = [];
	const earn = (entitlement: string, source: Source) => {
		if (grants.has(entitlement)) return;
		const resolved = compiled.entitlements.resolve(entitlement);
		grants.set(entitlement, { entitlement, source, ...(resolved && { resolved }) });
	};
	for (const item of rule.grant) {
		if (item.kind === 'role') {
			const { name, entitlements, exclude } = item.role;
			if (exclude.length > 0) excludes.push({ role: name, exclude });
			const source: Source = { kind: 'rule', ref: rule.id, role: name, reason: `${opening}role ${name}` };
			for (const entitlement of entitlements) earn(entitlement, source);
		} else if (item.kind === 'entitlement') {
			earn(item.name, { kind: 'rule', ref: rule.id, reason: `${opening}${item.name}` });
		}
	}
	return { id: rule.id, order, status, grants: [...grants.values()], excludes };
}

const known = new WeakMap<CompiledPolicy, ReadonlyMap<string, RuleGrants>>();

/** What each rule of a policy earns, by rule id. */
export function ruleGrantsOf(compiled: CompiledPolicy): ReadonlyMap<string, RuleGrants> {
	const before = known.get(compiled);
	if (before !== undefined) return before;
	const all = new Map(compiled.rules.map((rule, order) => [rule.id, grantsOf(compiled, rule, order)]));
	known.set(compiled, all);
	return all;
}
