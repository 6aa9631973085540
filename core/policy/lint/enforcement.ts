import { NOT_ENFORCED } from '../finding';
import type { PathSegment, Severity } from '../finding';
import type { LintReport } from './report';

type Note = [Severity, PathSegment[], string, string];

function restrictions(report: LintReport): Note[] {
	const notes: Note[] = [];
	const { policy } = report;
	(policy.separationOfDuties ?? []).forEach(({ id, action }, index) => {
		const recorded = action === 'record';
		const what = recorded ? 'it is not recorded' : 'nothing is evaluated under this policy';
		const remedy = recorded ? 'do not rely on it' : 'set its action to record, or remove it';
		const message = `separation of duties "${id}" is declared but not enforced yet: ${what}`;
		notes.push([recorded ? 'warning' : 'error', ['separationOfDuties', index], message, remedy]);
	});
	(policy.rules ?? []).forEach((rule, index) => {
		if (rule.if === undefined) return;
		const message = `"if" of rule "${rule.id}" is declared but not evaluated yet: the rule grants nothing`;
		notes.push(['error', ['rules', index, 'if'], message, 'say it with "when", or remove the rule']);
	});
	for (const [name, { maxDuration, requestable }] of Object.entries(policy.entitlements)) {
		if (maxDuration !== undefined) {
			const message = `maxDuration is declared but not enforced yet: rules and contracts cannot grant "${name}"`;
			notes.push(['warning', ['entitlements', name, 'maxDuration'], message, 'remove it to allow standing access']);
		}
		if (requestable !== undefined) {
			const message = 'requests are declared but not served yet';
			notes.push(['info', ['entitlements', name, 'requestable'], message, 'nothing to do: nobody can ask']);
		}
	}
	for (const [name, { requiredFor }] of Object.entries(policy.attributes ?? {})) {
		if (requiredFor === undefined) continue;
		const message = 'requiredFor is declared but not enforced yet';
		notes.push(['warning', ['attributes', name, 'requiredFor'], message, 'do not rely on it']);
	}
	return notes;
}

function conveniences(report: LintReport): Note[] {
	const notes: Note[] = [];
	const { policy } = report;
	(policy.approvals ?? []).forEach(({ proof, remind, escalate }, index) => {
		const declared = { proof: proof === 'none' ? undefined : proof, remind, escalate };
		for (const [name, value] of Object.entries(declared)) {
			if (value === undefined) continue;
			const message = `"${name}" of an approval is declared but not enforced yet`;
			notes.push([name === 'proof' ? 'warning' : 'info', ['approvals', index, name], message, 'do not rely on it']);
		}
	});
	for (const [name, { onCollision, sla }] of Object.entries(policy.applications)) {
		for (const [key, value] of Object.entries({ onCollision, sla })) {
			if (value === undefined) continue;
			notes.push([
				'info',
				['applications', name, key],
				`"${key}" is declared but not enforced yet`,
				'do not rely on it',
			]);
		}
	}
	for (const section of ['calendar', 'overlap', 'leaver', 'sla', 'guards'] as const) {
		if (policy[section] === undefined) continue;
		const message = `"${section}" is declared but not enforced yet`;
		notes.push([section === 'guards' ? 'warning' : 'info', [section], message, 'do not rely on it']);
	}
	return notes;
}

/**
 * What the document declares and this version doesn't enforce. Errors are what would restrict access; evaluation
 * fails closed on them by itself, so they don't keep a policy from being read.
 */
export function lintEnforcement(report: LintReport): void {
	for (const [severity, path, message, remedy] of [...restrictions(report), ...conveniences(report)]) {
		report.add(severity, NOT_ENFORCED, path, message, remedy, 'key');
	}
}
