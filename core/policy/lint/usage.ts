import { templatePattern } from '../compile';
import type { EntitlementCatalogue } from '../entitlement';
import { compileRoles } from '../roles';
import { parseTemplate } from '../template';
import type { LintReport } from './report';

/** Declared names behind what a grant list gives. */
function declaredBehind(names: readonly string[], catalogue: EntitlementCatalogue): string[] {
	return names.flatMap((name) => {
		if (name.includes('{')) return [templatePattern(parseTemplate(name))];
		return catalogue.resolve(name)?.declaredAs ?? [];
	});
}

/** Entitlements that nothing grants, roles that nothing gives, privileged ones that come by birthright. */
export function lintUsage(report: LintReport, catalogue: EntitlementCatalogue): void {
	const { policy } = report;
	const roles = compileRoles(policy);
	const granted = [...(policy.rules ?? []), ...(policy.contracts ?? [])].flatMap(({ grant }) => grant);
	const included = Object.values(policy.roles ?? {}).flatMap(({ includes }) => includes ?? []);
	const used = new Set(
		declaredBehind([...granted, ...[...roles.values()].flatMap((role) => role.entitlements)], catalogue),
	);
	for (const [name, { requestable }] of Object.entries(policy.entitlements)) {
		if (used.has(name) || requestable !== undefined) continue;
		report.warn('UNUSED', ['entitlements', name], `nothing grants "${name}"`, 'grant it or remove it', 'key');
	}
	for (const name of roles.keys()) {
		if (granted.includes(name) || included.includes(name)) continue;
		report.warn('UNUSED', ['roles', name], `nothing gives role "${name}"`, 'grant it or remove it', 'key');
	}
	(policy.rules ?? []).forEach((rule, index) => {
		rule.grant.forEach((name, at) => {
			const names = roles.get(name)?.entitlements ?? [name];
			const privileged = names.filter((each) => catalogue.resolve(each)?.privileged === true);
			if (privileged.length === 0) return;
			const message = `"${name}" gives privileged ${privileged.join(', ')} by birthright`;
			report.warn('PRIVILEGED_BIRTHRIGHT', ['rules', index, 'grant', at], message, 'give it on request or by contract');
		});
	});
}
