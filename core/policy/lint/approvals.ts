import type { PathSegment } from '../finding';
import { suggestName } from '../suggest-name';
import type { LintReport } from './report';

const GROUP = 'group:';

/** That a group which somebody names exists. */
export function checkGroup(report: LintReport, name: string | undefined, path: PathSegment[]): void {
	if (name === undefined || !name.startsWith(GROUP)) return;
	const groups = report.policy.groups ?? {};
	const group = name.slice(GROUP.length);
	if (Object.hasOwn(groups, group)) return;
	report.error('UNKNOWN_GROUP', path, `"${group}" is no known group`, suggestName(group, Object.keys(groups), 'group'));
}

/** Members of a group, 1 for an address; undefined where the group is not known. */
export function groupSize(report: LintReport, name: string): number | undefined {
	const groups = report.policy.groups ?? {};
	const group = name.slice(GROUP.length);
	if (!name.startsWith(GROUP)) return 1;
	return Object.hasOwn(groups, group) ? new Set(groups[group]).size : undefined;
}

function checkNeed(report: LintReport, index: number): void {
	const rule = report.policy.approvals?.[index];
	if (rule === undefined) return;
	if (rule.need === undefined) {
		rule.approvers.forEach((name, at) => {
			if (groupSize(report, name) !== 0) return;
			const message = `a vote is wanted of "${name}", which has no members`;
			report.error(
				'TOO_FEW_APPROVERS',
				['approvals', index, 'approvers', at],
				message,
				'add members or name somebody else',
			);
		});
		return;
	}
	const path = ['approvals', index, 'need'];
	for (const [name, votes] of Object.entries(rule.need)) {
		if (!rule.approvers.includes(name)) {
			const remedy = suggestName(name, rule.approvers, 'approver').replace(' or declare it', '');
			report.error('UNKNOWN_APPROVER', [...path, name], `"${name}" is not among the approvers`, remedy, 'key');
			continue;
		}
		const size = groupSize(report, name);
		if (size === undefined || size >= votes) continue;
		const message = `${votes} votes are wanted of "${name}", which has ${size} member(s)`;
		report.error('TOO_FEW_APPROVERS', [...path, name], message, 'lower the number or add members');
	}
	for (const name of rule.approvers) {
		if (Object.hasOwn(rule.need, name)) continue;
		const message = `"${name}" is an approver without a vote`;
		report.warn('APPROVER_WITHOUT_VOTE', path, message, 'give the number of votes wanted, or remove the approver');
	}
}

/** Owners, approvers and their groups; privileged entitlements without any approval. */
export function lintApprovals(report: LintReport): void {
	const { policy } = report;
	for (const section of ['attributes', 'applications', 'entitlements', 'roles'] as const) {
		const owned: Record<string, { owner?: string }> = policy[section] ?? {};
		for (const [name, { owner }] of Object.entries(owned)) checkGroup(report, owner, [section, name, 'owner']);
	}
	for (const section of ['rules', 'contracts'] as const) {
		(policy[section] ?? []).forEach(({ owner }, index) => checkGroup(report, owner, [section, index, 'owner']));
	}
	(policy.approvals ?? []).forEach((rule, index) => {
		const path = ['approvals', index];
		rule.approvers.forEach((name, at) => checkGroup(report, name, [...path, 'approvers', at]));
		checkGroup(report, rule.escalate?.to, [...path, 'escalate', 'to']);
		checkNeed(report, index);
	});
	checkGroup(report, policy.leaver?.transferTo, ['leaver', 'transferTo']);
}
