import { EntitlementCatalogue } from '../entitlement';
import type { Finding } from '../finding';
import type { PolicyDocument } from '../schema';
import type { PolicySource } from '../source';
import { lintApprovals } from './approvals';
import { lintDefaults } from './defaults';
import { lintSeparation } from './duties';
import { lintEnforcement } from './enforcement';
import { lintEntitlements } from './entitlements';
import { lintExpiry } from './expiry';
import { lintGovernance } from './governance';
import { lintGrants } from './grants';
import { lintReach } from './reach';
import { LintReport } from './report';
import { lintRoleShape } from './role-shape';
import { lintRules } from './rules';
import { ruleFacts, RuleSpace } from './rules-together';
import { lintShadows } from './shadows';
import { lintUsage } from './usage';

export interface LintOptions {
	/** ISO instant: what ended before it is reported. Without it nothing is said about time. */
	asOf?: string;
}

/** Looks over a document whose shape is right: names, ids, templates and owners, then what its rules mean together. */
export function lintDocument(policy: PolicyDocument, source: PolicySource, options: LintOptions = {}): Finding[] {
	const report = new LintReport(policy, source);
	const catalogue = new EntitlementCatalogue(policy);
	lintEntitlements(report);
	lintGrants(report, catalogue);
	lintRules(report);
	lintApprovals(report);
	lintGovernance(report, catalogue);
	lintEnforcement(report);
	lintExpiry(report, options.asOf);
	// What follows unfolds roles, which only makes sense where they do not include each other.
	if (!report.findings.some(({ code }) => code === 'ROLE_CYCLE')) lintMeaning(report, catalogue);
	return report.findings;
}

function lintMeaning(report: LintReport, catalogue: EntitlementCatalogue): void {
	const facts = ruleFacts(report.policy, report.roles);
	const space = new RuleSpace(facts);
	lintUsage(report, catalogue);
	lintReach(report, facts);
	lintShadows(report, space);
	lintSeparation(report, space);
	lintRoleShape(report, catalogue);
	lintDefaults(report, facts, catalogue);
}
