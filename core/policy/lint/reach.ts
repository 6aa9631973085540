import type { RuleFacts } from './rules-together';
import type { LintReport } from './report';
import { lintWhen } from './when';

/** Conditions, rules and roles that nobody can ever meet. */
export function lintReach(report: LintReport, facts: readonly RuleFacts[]): void {
	const { policy } = report;
	for (const section of ['rules', 'contracts', 'approvals'] as const) {
		(policy[section] ?? []).forEach(({ when }, index) => lintWhen(report, when, [section, index, 'when']));
	}
	for (const [name, { requestable }] of Object.entries(policy.entitlements)) {
		lintWhen(report, requestable?.by, ['entitlements', name, 'requestable', 'by']);
	}
	lintWhen(report, policy.breakGlass?.by, ['breakGlass', 'by']);
	lintTwiceAsked(report, facts);
	lintForbiddenGrants(report, facts);
	lintRoleReach(report, facts);
}

/** `department` and `person.department` in one rule, which cannot both hold. */
function lintTwiceAsked(report: LintReport, facts: readonly RuleFacts[]): void {
	for (const { section, index, id, clauses } of facts) {
		for (const [name, { never }] of clauses) {
			if (never === undefined || !hasBoth(report, section, index, name)) continue;
			const message = `rule "${id}" asks for "${name}" twice: ${never}`;
			report.warn('CONTRADICTION', [section, index, 'when', name], message, 'keep one of the two', 'key');
		}
	}
}

function hasBoth(report: LintReport, section: RuleFacts['section'], index: number, name: string): boolean {
	const when = report.policy[section]?.[index]?.when ?? {};
	return Object.hasOwn(when, name) && Object.hasOwn(when, `person.${name}`);
}

/** Grants that a role of the same rule forbids, and what a role both gives and forbids. */
function lintForbiddenGrants(report: LintReport, facts: readonly RuleFacts[]): void {
	for (const { section, index, id, through, forbids } of facts) {
		const rule = report.policy[section]?.[index];
		rule?.grant.forEach((name, at) => {
			const lost = !report.hasRole(name) && !through.has(name) && forbids.length > 0;
			if (!lost) return;
			const message = `rule "${id}" grants "${name}" and a role that excludes it: exclusion wins`;
			report.warn('CONTRADICTION', [section, index, 'grant', at], message, 'remove the grant, or choose another role');
		});
	}
	for (const [name, role] of Object.entries(report.policy.roles ?? {})) {
		const gives = new Set(report.roles.get(name)?.entitlements ?? []);
		(role.grant ?? []).forEach((each, at) => {
			if (gives.has(each)) return;
			const message = `role "${name}" grants "${each}" and excludes it: exclusion wins`;
			report.warn('CONTRADICTION', ['roles', name, 'grant', at], message, 'remove one of the two');
		});
	}
}

/** Roles that come only from rules which never hold, give nothing yet, or give nothing new any more. */
function lintRoleReach(report: LintReport, facts: readonly RuleFacts[]): void {
	const roles = report.policy.roles ?? {};
	const granted = new Map<string, RuleFacts[]>();
	for (const rule of facts) {
		for (const name of report.policy[rule.section]?.[rule.index]?.grant ?? []) {
			if (!report.hasRole(name)) continue;
			const givers = granted.get(name);
			if (givers === undefined) granted.set(name, [rule]);
			else givers.push(rule);
		}
	}
	for (const [name, givers] of granted) {
		const rules = givers.map(({ id }) => `"${id}"`).join(', ');
		const included = report.includedBy(name).length > 0;
		if (!Object.hasOwn(roles, name) || included) continue;
		const path = ['roles', name];
		if (givers.every(({ never }) => never !== undefined)) {
			const message = `nobody can have role "${name}": ${rules} can never hold`;
			report.warn('UNREACHABLE', path, message, 'mend the rule or remove the role', 'key');
		} else if (givers.every(({ status }) => status === 'deprecated')) {
			const message = `role "${name}" comes only from deprecated rules: ${rules}`;
			report.add('info', 'DEPRECATED', path, message, 'remove both once nobody holds it', 'key');
		}
	}
}
