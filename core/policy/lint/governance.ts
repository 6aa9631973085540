import type { EntitlementCatalogue } from '../entitlement';
import { isExcluded } from '../roles';
import { checkGroup, groupSize } from './approvals';
import { checkPattern } from './grants';
import type { LintReport } from './report';

/** Break-glass, exceptions and limits: who answers, and whether anybody can. */
export function lintGovernance(report: LintReport, catalogue: EntitlementCatalogue): void {
	lintBreakGlass(report, catalogue);
	lintOwnerApprovals(report, catalogue);
	(report.policy.exceptions?.owners ?? []).forEach((owner, index) =>
		checkGroup(report, owner, ['exceptions', 'owners', index]),
	);
	(report.policy.separationOfDuties ?? []).forEach(({ exempt }, index) =>
		(exempt ?? []).forEach(({ owner }, at) =>
			checkGroup(report, owner, ['separationOfDuties', index, 'exempt', at, 'owner']),
		),
	);
	lintJoiner(report);
	lintGuards(report);
}

function lintBreakGlass(report: LintReport, catalogue: EntitlementCatalogue): void {
	const { breakGlass } = report.policy;
	if (breakGlass === undefined) return;
	breakGlass.grant.forEach((pattern, at) => checkPattern(report, catalogue, pattern, ['breakGlass', 'grant', at]));
	const path = ['breakGlass', 'review', 'approvers'];
	breakGlass.review.approvers.forEach((name, at) => checkGroup(report, name, [...path, at]));
	const nobody = breakGlass.review.approvers.filter((name) => groupSize(report, name) === 0);
	if (nobody.length === breakGlass.review.approvers.length) {
		const message = `nobody can review what was taken in an emergency: ${nobody.join(', ')} has no members`;
		report.error('TOO_FEW_APPROVERS', path, message, 'add members, or name somebody else');
	}
	const granted = catalogue
		.names()
		.filter((name) => isExcluded(name, breakGlass.grant) || breakGlass.grant.includes(name));
	if (Object.keys(breakGlass.by).length > 0 || granted.length === 0) return;
	report.warn('FOR_EVERYBODY', ['breakGlass', 'by'], 'everybody may break the glass', 'say who may');
}

/** Approvals that ask the owner of something that has none: nobody could give them. */
function lintOwnerApprovals(report: LintReport, catalogue: EntitlementCatalogue): void {
	const unowned = catalogue.names().filter((name) => {
		const declaration = report.policy.entitlements[name];
		const application = declaration === undefined ? undefined : report.policy.applications[declaration.app];
		return declaration !== undefined && (declaration.owner ?? application?.owner) === undefined;
	});
	if (unowned.length === 0) return;
	(report.policy.approvals ?? []).forEach(({ id, approvers, need }, index) => {
		if (!approvers.includes('owner') || (need !== undefined && !Object.hasOwn(need, 'owner'))) return;
		const shown = unowned.slice(0, 5).map((name) => `"${name}"`);
		const message = `approval "${id}" asks the owner, and ${shown.join(', ')} ${unowned.length === 1 ? 'has' : 'have'} none`;
		report.warn('APPROVAL_IMPOSSIBLE', ['approvals', index, 'approvers'], message, 'name an owner: else it is blocked');
	});
}

function lintJoiner(report: LintReport): void {
	const known = report.policy.applications;
	(report.policy.joiner?.applications ?? []).forEach((name, at) => {
		if (Object.hasOwn(known, name)) return;
		const message = `"${name}" is no known application`;
		report.unknown(
			'UNKNOWN_APPLICATION',
			['joiner', 'applications', at],
			message,
			name,
			Object.keys(known),
			'application',
		);
	});
}

/** Rules follow feeds, and a feed that breaks looks like everybody leaving. */
function lintGuards(report: LintReport): void {
	const { guards, rules } = report.policy;
	if ((rules ?? []).length === 0) return;
	if (guards === undefined) {
		const message = 'there are no guards: a broken feed or rule could take access from everybody at once';
		report.add('info', 'GUARDS_MISSING', ['rules'], message, 'add "guards" with maxInferredRevokesPercent', 'key');
		return;
	}
	const { maxInferredRevokesPercent, maxInferredRevokes, maxLeavers } = guards;
	if (maxInferredRevokesPercent === undefined && maxInferredRevokes === undefined) {
		const message = 'the guards set no limit on revocations that nobody asked for';
		report.warn('GUARDS_MISSING', ['guards'], message, 'add maxInferredRevokesPercent or maxInferredRevokes', 'key');
	} else if (maxLeavers === undefined) {
		const message = 'the guards set no ceiling on leavers';
		report.add('info', 'GUARDS_MISSING', ['guards'], message, 'add maxLeavers', 'key');
	}
}
