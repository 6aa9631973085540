import { BUILT_IN_ATTRIBUTES } from '../built-in-attributes';
import { templatePattern } from '../compile';
import { matchWildcard } from '../entitlement';
import type { EntitlementCatalogue } from '../entitlement';
import { overlapsOf } from '../schema';
import { parseTemplate } from '../template';
import type { LintReport } from './report';
import { personAttribute } from './rules-together';

const MOST_NAMED = 10;

/** Declared names behind what a grant list gives. */
function declaredBehind(names: readonly string[], catalogue: EntitlementCatalogue): string[] {
	return names.flatMap((name) => {
		if (name.includes('{')) return [templatePattern(parseTemplate(name))];
		return catalogue.resolve(name)?.declaredAs ?? [];
	});
}

/** What is declared and not used, what nobody answers for, and privileged access by birthright. */
export function lintUsage(report: LintReport, catalogue: EntitlementCatalogue): void {
	lintEntitlementUsage(report, catalogue);
	lintApplicationUsage(report);
	lintAttributeUsage(report);
	lintTermUsage(report);
	lintOwners(report);
	lintPrivilegedBirthright(report, catalogue);
}

function grantedNames(report: LintReport): Set<string> {
	const { policy } = report;
	return new Set([...(policy.rules ?? []), ...(policy.contracts ?? [])].flatMap(({ grant }) => grant));
}

function lintEntitlementUsage(report: LintReport, catalogue: EntitlementCatalogue): void {
	const { policy } = report;
	const granted = grantedNames(report);
	const inRoles = [...report.roles.values()].flatMap(({ entitlements }) => entitlements);
	const used = new Set(declaredBehind([...granted, ...new Set(inRoles)], catalogue));
	const emergency = policy.breakGlass?.grant ?? [];
	for (const [name, { requestable }] of Object.entries(policy.entitlements)) {
		if (used.has(name) || requestable !== undefined) continue;
		if (emergency.some((pattern) => pattern === name || matchWildcard(pattern, name) !== undefined)) continue;
		report.warn('UNUSED', ['entitlements', name], `nothing grants "${name}"`, 'grant it or remove it', 'key');
	}
	for (const name of report.roles.keys()) {
		if (granted.has(name) || report.includedBy(name).length > 0) continue;
		report.warn('UNUSED', ['roles', name], `nothing gives role "${name}"`, 'grant it or remove it', 'key');
	}
}

function lintApplicationUsage(report: LintReport): void {
	const { policy } = report;
	const used = new Set(Object.values(policy.entitlements).map(({ app }) => app));
	for (const name of Object.keys(policy.applications)) {
		if (used.has(name)) continue;
		const message = `application "${name}" has no entitlement`;
		report.warn('UNUSED', ['applications', name], message, 'declare what can be given there, or remove it', 'key');
	}
}

/** Placeholders of a mapping or a grant, however deep. */
function placeholders(value: unknown): string[] {
	if (typeof value === 'string') return value.includes('{') ? [...parseTemplate(value).placeholders] : [];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap(placeholders) : [];
}

function usedAttributes(report: LintReport): Set<string> {
	const { policy } = report;
	const { rules = [], contracts = [], approvals = [] } = policy;
	const whens = [...rules, ...contracts, ...approvals].map(({ when }) => when);
	whens.push(...Object.values(policy.entitlements).map(({ requestable }) => requestable?.by), policy.breakGlass?.by);
	const used = new Set<string>([...BUILT_IN_ATTRIBUTES, 'zone', 'employment', 'startDate', 'endDate']);
	for (const key of new Set(whens.flatMap((when) => Object.keys(when ?? {})))) {
		const name = personAttribute(key);
		if (name !== undefined) used.add(name);
	}
	for (const { on } of overlapsOf(policy)) for (const name of [on].flat()) used.add(name);
	for (const name of policy.risk?.peers?.by ?? []) used.add(name);
	for (const { attributes } of Object.values(policy.applications)) {
		for (const name of placeholders(attributes)) used.add(name);
	}
	const grants = contracts.flatMap(({ grant }) => grant);
	for (const name of placeholders(grants)) used.add(name.slice(name.indexOf('.') + 1));
	return used;
}

/** Attributes may also be there for people to read, so this is only a hint, and one for all of them. */
function lintAttributeUsage(report: LintReport): void {
	const attributes = report.policy.attributes ?? {};
	const used = usedAttributes(report);
	const expressions = [...(report.policy.rules ?? []), ...(report.policy.contracts ?? [])]
		.flatMap((rule) => rule.if ?? [])
		.join('\n');
	const idle = Object.entries(attributes)
		.filter(([name, { requiredFor }]) => !used.has(name) && requiredFor === undefined && !expressions.includes(name))
		.map(([name]) => name);
	tellTogether(report, 'UNUSED', 'attributes', idle, 'no rule or mapping asks for', 'remove what nobody needs');
}

function lintTermUsage(report: LintReport): void {
	const used = new Set<string>();
	for (const { subjects, until, seats } of report.policy.contracts ?? []) {
		for (const reference of [subjects, until, seats?.limit]) {
			if (reference !== undefined) used.add(reference.slice('terms.'.length));
		}
	}
	const idle = Object.keys(report.policy.terms ?? {}).filter((name) => !used.has(name));
	tellTogether(
		report,
		'UNUSED',
		'terms',
		idle,
		'no contract rule uses',
		'nothing to do where they are read for people',
	);
}

/** Applications, entitlements and roles without an owner are warned of one by one; here come the smaller things. */
function lintOwners(report: LintReport): void {
	const { attributes, rules, contracts } = report.policy;
	const unowned = Object.entries(attributes ?? {}).flatMap(([name, { owner }]) => (owner === undefined ? [name] : []));
	tellTogether(report, 'UNOWNED', 'attributes', unowned, 'nobody answers for', 'add "owner"');
	for (const [section, list] of [['rules', rules ?? []] as const, ['contracts', contracts ?? []] as const]) {
		const without = list.flatMap(({ id, owner }) => (owner === undefined ? [id] : []));
		tellTogether(report, 'UNOWNED', section, without, 'nobody answers for', 'add "owner"');
	}
}

function tellTogether(
	report: LintReport,
	code: string,
	section: string,
	names: readonly string[],
	what: string,
	remedy: string,
): void {
	if (names.length === 0) return;
	const shown = names.slice(0, MOST_NAMED).map((name) => `"${name}"`);
	const more = names.length > shown.length ? ` and ${names.length - shown.length} more` : '';
	report.add('info', code, [section], `${what} ${shown.join(', ')}${more}`, remedy, 'key');
}

function lintPrivilegedBirthright(report: LintReport, catalogue: EntitlementCatalogue): void {
	const privileged = new Map<string, string[]>();
	const privilegedIn = (name: string): string[] => {
		const known = privileged.get(name);
		if (known !== undefined) return known;
		const names = report.roles.get(name)?.entitlements ?? [name];
		const found = names.filter((each) => catalogue.resolve(each)?.privileged === true);
		privileged.set(name, found);
		return found;
	};
	(report.policy.rules ?? []).forEach((rule, index) => {
		rule.grant.forEach((name, at) => {
			const found = privilegedIn(name);
			if (found.length === 0) return;
			const message = `"${name}" gives privileged ${found.join(', ')} by birthright`;
			report.warn('PRIVILEGED_BIRTHRIGHT', ['rules', index, 'grant', at], message, 'give it on request or by contract');
		});
	});
}
