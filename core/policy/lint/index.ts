import { EntitlementCatalogue } from '../entitlement';
import type { Finding } from '../finding';
import type { PolicyDocument } from '../schema';
import type { PolicySource } from '../source';
import { lintApprovals } from './approvals';
import { lintEnforcement } from './enforcement';
import { lintEntitlements } from './entitlements';
import { lintGrants } from './grants';
import { LintReport } from './report';
import { lintRules } from './rules';
import { lintUsage } from './usage';

/** Looks over a document whose shape is right: names, ids, templates, owners, usage, and what isn't enforced yet. */
export function lintDocument(policy: PolicyDocument, source: PolicySource): Finding[] {
	const report = new LintReport(policy, source);
	const catalogue = new EntitlementCatalogue(policy);
	lintEntitlements(report);
	lintGrants(report, catalogue);
	lintRules(report);
	lintApprovals(report);
	lintEnforcement(report);
	// Usage follows names through roles, which only makes sense where they all resolve.
	if (!report.findings.some(({ code }) => code === 'ROLE_CYCLE')) lintUsage(report, catalogue);
	return report.findings;
}
