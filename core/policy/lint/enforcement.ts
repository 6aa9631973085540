import { NOT_ENFORCED } from '../finding';
import type { LintReport } from './report';

/**
 * What the document declares and this version doesn't enforce. None of it restricts access by itself; what does is
 * enforced, or the evaluation fails closed.
 */
export function lintEnforcement(report: LintReport): void {
	const { policy } = report;
	(policy.approvals ?? []).forEach(({ proof }, index) => {
		if (proof === undefined || proof === 'none') return;
		const message = '"proof" of an approval is declared but not enforced yet';
		report.add('warning', NOT_ENFORCED, ['approvals', index, 'proof'], message, 'do not rely on it', 'key');
	});
	for (const [name, { onCollision, attributes }] of Object.entries(policy.applications)) {
		if (onCollision === undefined || typeof attributes?.['userName'] === 'string') continue;
		const message = '"onCollision" has nothing to decide: "attributes" give no "userName"';
		const remedy = 'map "userName", or leave "onCollision" out';
		report.add('warning', NOT_ENFORCED, ['applications', name, 'onCollision'], message, remedy, 'key');
	}
}
