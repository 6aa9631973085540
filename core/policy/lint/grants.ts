import { templatePattern } from '../compile';
import type { EntitlementCatalogue } from '../entitlement';
import type { PathSegment } from '../finding';
import { suggestName } from '../suggest-name';
import { findRoleCycle } from '../roles';
import { overlapsOf } from '../schema';
import { matchWildcard } from '../entitlement';
import { parseTemplate } from '../template';
import type { LintReport } from './report';

type Scope = 'role' | 'rule' | 'contract';

function checkTemplate(
	report: LintReport,
	catalogue: EntitlementCatalogue,
	name: string,
	path: readonly PathSegment[],
): void {
	const template = parseTemplate(name);
	if (template.problem !== undefined) {
		report.error(
			'TEMPLATE_INVALID',
			path,
			`"${name}" ${template.problem}`,
			'write placeholders as {contract.NAME} or {row.COLUMN}',
		);
		return;
	}
	for (const placeholder of template.placeholders) {
		if (/^(?:contract|row)\.[A-Za-z_][A-Za-z0-9_]*$/.test(placeholder)) continue;
		const remedy = `use {contract.NAME} or {row.COLUMN}`;
		report.error('UNKNOWN_PLACEHOLDER', path, `"{${placeholder}}" is not known in a contract's grant`, remedy);
	}
	const pattern = templatePattern(template);
	if (!catalogue.declares(pattern)) {
		const remedy = `declare the entitlement "${pattern}"`;
		report.error('UNKNOWN_ENTITLEMENT', path, `"${name}" fills no declared entitlement`, remedy);
	}
}

function checkGrant(
	report: LintReport,
	catalogue: EntitlementCatalogue,
	scope: Scope,
	name: string,
	path: PathSegment[],
): void {
	if (report.hasRole(name)) {
		if (scope === 'role') report.error('ROLE_IN_GRANT', path, `"${name}" is a role`, 'list it under "includes"');
		return;
	}
	if (name.includes('{') || name.includes('}')) {
		if (scope === 'contract') checkTemplate(report, catalogue, name, path);
		else report.error('TEMPLATE_NOT_ALLOWED', path, `"${name}" has a placeholder`, 'use templates in contracts only');
		return;
	}
	if (name.includes('*')) {
		report.error(
			'WILDCARD_IN_GRANT',
			path,
			`"${name}" is a wildcard, not one entitlement`,
			'name it, or use a template',
		);
		return;
	}
	if (catalogue.resolve(name) !== undefined) return;
	const kind = name.includes('/') ? 'entitlement' : 'role';
	const roles = Object.keys(report.policy.roles ?? {});
	const known = name.includes('/') || scope === 'role' ? catalogue.names() : [...roles, ...catalogue.names()];
	report.error(`UNKNOWN_${kind.toUpperCase()}`, path, `"${name}" is no known ${kind}`, suggestName(name, known, kind));
}

function checkRoles(report: LintReport, catalogue: EntitlementCatalogue): void {
	const roles = report.policy.roles ?? {};
	for (const [name, role] of Object.entries(roles)) {
		(role.grant ?? []).forEach((each, index) =>
			checkGrant(report, catalogue, 'role', each, ['roles', name, 'grant', index]),
		);
		(role.includes ?? []).forEach((each, index) => {
			if (Object.hasOwn(roles, each)) return;
			const remedy = suggestName(each, Object.keys(roles), 'role');
			report.error('UNKNOWN_ROLE', ['roles', name, 'includes', index], `"${each}" is no known role`, remedy);
		});
		(role.exclude ?? []).forEach((each, index) =>
			checkPattern(report, catalogue, each, ['roles', name, 'exclude', index]),
		);
		if (role.owner === undefined) {
			report.warn('UNOWNED', ['roles', name], `role "${name}" has no owner`, 'name who answers for it', 'key');
		}
	}
	const cycle = findRoleCycle(report.policy);
	const [first] = cycle ?? [];
	if (cycle === undefined || first === undefined) return;
	report.error(
		'ROLE_CYCLE',
		['roles', first, 'includes'],
		`roles include each other: ${cycle.join(' → ')}`,
		'remove one of them',
	);
}

/** A name or wildcard over entitlements (in exclude, separationOfDuties, overlap). */
export function checkPattern(
	report: LintReport,
	catalogue: EntitlementCatalogue,
	pattern: string,
	path: readonly PathSegment[],
): void {
	if (pattern.includes('*')) {
		const hit = catalogue.names().some((name) => matchWildcard(pattern, name) !== undefined || name === pattern);
		if (!hit) report.warn('MATCHES_NOTHING', path, `"${pattern}" matches no entitlement`, 'mend or remove it');
	} else if (catalogue.resolve(pattern) === undefined) {
		const remedy = suggestName(pattern, catalogue.names(), 'entitlement');
		report.error('UNKNOWN_ENTITLEMENT', path, `"${pattern}" is no known entitlement`, remedy);
	}
}

/** Names in grants, roles and patterns. */
export function lintGrants(report: LintReport, catalogue: EntitlementCatalogue): void {
	checkRoles(report, catalogue);
	const check = (section: 'rules' | 'contracts', scope: Scope) => {
		(report.policy[section] ?? []).forEach((rule, index) => {
			rule.grant.forEach((name, at) => checkGrant(report, catalogue, scope, name, [section, index, 'grant', at]));
		});
	};
	check('rules', 'rule');
	check('contracts', 'contract');
	(report.policy.separationOfDuties ?? []).forEach((each, index) => {
		const path = ['separationOfDuties', index];
		for (const side of ['any', 'all', 'with'] as const) {
			(each[side] ?? []).forEach((name, at) => checkPattern(report, catalogue, name, [...path, side, at]));
		}
	});
	overlapsOf(report.policy).forEach(({ keep }, index) => {
		const path = Array.isArray(report.policy.overlap) ? ['overlap', index, 'keep'] : ['overlap', 'keep'];
		keep.forEach((name, at) => checkPattern(report, catalogue, name, [...path, at]));
	});
}
