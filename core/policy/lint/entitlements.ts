import { matchWildcard } from '../entitlement';
import { suggestName } from '../suggest-name';
import type { EntitlementDeclaration } from '../schema';
import { parseTemplate } from '../template';
import type { LintReport } from './report';

const MAX_WILDCARDS = 3;

function checkKind(report: LintReport, name: string, declaration: EntitlementDeclaration): void {
	const kinds = [declaration.account, declaration.group, declaration.role].filter((each) => each !== undefined);
	if (kinds.length !== 1) {
		const message = `entitlement "${name}" must be exactly one of account, group, role`;
		report.error('ENTITLEMENT_KIND', ['entitlements', name], message, 'keep one of them', 'key');
	}
	if (declaration.account === true && name.includes('*')) {
		report.error('WILDCARD_ACCOUNT', ['entitlements', name], 'an account cannot have a wildcard', 'name it', 'key');
	}
}

function checkWildcards(report: LintReport, name: string, declaration: EntitlementDeclaration): void {
	const wildcards = name.split('*').length - 1;
	const member = declaration.group !== undefined ? 'group' : 'role';
	const target = declaration[member];
	if (target === undefined) return;
	const path = ['entitlements', name, member];
	if (wildcards > MAX_WILDCARDS || name.includes('**')) {
		const remedy = `use at most ${MAX_WILDCARDS}, with text between them`;
		report.error('WILDCARDS', ['entitlements', name], 'has wildcards that cannot be told apart', remedy, 'key');
	}
	const template = parseTemplate(target);
	if (template.problem !== undefined) {
		report.error('TEMPLATE_INVALID', path, `"${target}" ${template.problem}`, 'write placeholders as {1}');
		return;
	}
	const used = new Set(template.placeholders);
	for (const placeholder of used) {
		const index = Number(placeholder);
		if (Number.isInteger(index) && index >= 1 && index <= wildcards) continue;
		const remedy = wildcards === 0 ? 'the name has no "*"' : `use {1} to {${wildcards}}`;
		report.error('UNKNOWN_PLACEHOLDER', path, `"{${placeholder}}" stands for no "*" of the name`, remedy);
	}
	if (used.size < wildcards) {
		const message = `"${target}" is one ${member} for all names that "${name}" can take`;
		report.error('SHARED_TARGET', path, message, 'use each {1}, {2} … of the name: taking one away would take all');
	}
}

interface Target {
	name: string;
	/** Target with `*` for each placeholder. */
	pattern: string;
}

/** Targets of one kind in one application; those without a wildcard are found by their text. */
interface Slot {
	exact: Map<string, Target>;
	wild: Target[];
}

function sameTarget({ exact, wild }: Slot, target: Target): Target | undefined {
	const equal = exact.get(target.pattern) ?? wild.find(({ pattern }) => overlaps(pattern, target.pattern));
	if (equal !== undefined || !target.pattern.includes('*')) return equal;
	return [...exact.values()].find(({ pattern }) => overlaps(pattern, target.pattern));
}

/** Two entitlements for one thing: taking one away would take the other. */
function checkTargets(report: LintReport): void {
	const slots = new Map<string, Slot>();
	for (const [name, declaration] of Object.entries(report.policy.entitlements)) {
		const kind = declaration.account === true ? 'account' : declaration.group !== undefined ? 'group' : 'role';
		const { parts } = parseTemplate(declaration.group ?? declaration.role ?? '');
		const pattern = parts.map((part) => (part.kind === 'text' ? part.text : '*')).join('');
		const key = `${declaration.app}\n${kind}`;
		const slot = slots.get(key) ?? { exact: new Map<string, Target>(), wild: [] };
		slots.set(key, slot);
		const same = sameTarget(slot, { name, pattern });
		if (same !== undefined) {
			const message = `"${name}" and "${same.name}" can be the same ${kind} of ${declaration.app}`;
			const remedy = 'keep one of them: taking one away would take the other';
			report.error('SHARED_TARGET', ['entitlements', name], message, remedy, 'key');
		}
		if (pattern.includes('*')) slot.wild.push({ name, pattern });
		else if (!slot.exact.has(pattern)) slot.exact.set(pattern, { name, pattern });
	}
}

function overlaps(a: string, b: string): boolean {
	return a === b || matchWildcard(a, b) !== undefined || matchWildcard(b, a) !== undefined;
}

/** Applications and entitlements among themselves. */
export function lintEntitlements(report: LintReport): void {
	const { applications, entitlements } = report.policy;
	for (const [name, application] of Object.entries(applications)) {
		if (application.owner !== undefined) continue;
		report.warn(
			'UNOWNED',
			['applications', name],
			`application "${name}" has no owner`,
			'name who answers for it',
			'key',
		);
	}
	for (const [name, declaration] of Object.entries(entitlements)) {
		checkKind(report, name, declaration);
		checkWildcards(report, name, declaration);
		if (!Object.hasOwn(applications, declaration.app)) {
			const remedy = suggestName(declaration.app, Object.keys(applications), 'application');
			report.error(
				'UNKNOWN_APPLICATION',
				['entitlements', name, 'app'],
				`"${declaration.app}" is no known application`,
				remedy,
			);
		} else if (declaration.owner === undefined && applications[declaration.app]?.owner === undefined) {
			report.warn(
				'UNOWNED',
				['entitlements', name],
				`entitlement "${name}" has no owner`,
				'give it or its application one',
				'key',
			);
		}
	}
	checkTargets(report);
}
