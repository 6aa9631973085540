import type { CompiledPolicy } from '../compile';
import { isExcluded } from '../roles';
import type { Earned } from './earned';
import { overlap, subtract } from './intervals';
import type { Interval } from './intervals';
import type { RuleStretch } from './rule-tenures';

export interface Exclusion extends Interval {
	role: string;
	exclude: readonly string[];
}

/** What the roles of rules and of assignments forbid, and when. */
export function exclusionsOf(compiled: CompiledPolicy, stretches: readonly RuleStretch[], earned: Earned): Exclusion[] {
	const exclusions: Exclusion[] = [];
	for (const { rule, from, until } of stretches) {
		for (const each of rule.excludes) exclusions.push({ ...each, from, ...(until !== undefined && { until }) });
	}
	if (earned.input.assignments.length === 0) return exclusions;
	for (const tenures of earned.tenures.values()) {
		for (const { source, from, until } of tenures) {
			if (source.kind === 'rule' || source.role === undefined) continue;
			const exclude = compiled.roles.get(source.role)?.exclude ?? [];
			if (exclude.length > 0) {
				exclusions.push({ role: source.role, exclude, from, ...(until !== undefined && { until }) });
			}
		}
	}
	return exclusions;
}

/** An exclusion beats whatever earns the entitlement, for as long as the role is held. */
export function applyExclusions(earned: Earned, exclusions: readonly Exclusion[]): void {
	if (exclusions.length === 0) return;
	for (const [entitlement, tenures] of earned.tenures) {
		const against = exclusions.filter(
			(each) => isExcluded(entitlement, each.exclude) && tenures.some((tenure) => overlap(tenure, each)),
		);
		if (against.length === 0) continue;
		for (const { role, from, until } of against) {
			const sources = tenures.filter((tenure) => overlap(tenure, { from, ...(until !== undefined && { until }) }));
			earned.withhold({
				code: 'EXCLUDED',
				entitlement,
				sources: sources.map(({ source }) => source),
				from,
				...(until !== undefined && { until }),
				rule: role,
				reason: `Role ${role} excludes ${entitlement}.`,
				remedy: 'Change the role, or what earns the entitlement.',
			});
		}
		const left = subtract(tenures, against);
		if (left.length === 0) earned.tenures.delete(entitlement);
		else earned.tenures.set(entitlement, left);
	}
}
