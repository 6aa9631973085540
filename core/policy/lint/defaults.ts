import type { EntitlementCatalogue } from '../entitlement';
import type { LintReport } from './report';
import type { RuleFacts } from './rules-together';

/** More than this for everybody is rarely what a job needs. */
const MOST_BY_DEFAULT = 10;
const MOST_NAMED = 5;

/** Rules for everybody that give more than the accounts, and access by rule that is limited in time. */
export function lintDefaults(report: LintReport, facts: readonly RuleFacts[], catalogue: EntitlementCatalogue): void {
	for (const rule of facts) {
		if (rule.status === 'proposed') continue;
		lintLimited(report, rule, catalogue);
		if (rule.section === 'rules' && rule.clauses.size === 0 && rule.cel === undefined) {
			lintEverybody(report, rule, catalogue);
		}
	}
}

function lintEverybody(report: LintReport, { id, index, gives }: RuleFacts, catalogue: EntitlementCatalogue): void {
	const beyond = gives.filter((name) => catalogue.resolve(name)?.kind !== 'account');
	const path = ['rules', index, 'grant'];
	if (gives.length > MOST_BY_DEFAULT) {
		const message = `rule "${id}" gives ${gives.length} entitlements to everybody`;
		report.warn('OVER_PROVISIONED', path, message, 'give by default what everybody needs, and the rest by condition');
	} else if (beyond.length > 0) {
		const shown = beyond.slice(0, MOST_NAMED).map((name) => `"${name}"`);
		const message = `rule "${id}" gives everybody more than accounts: ${shown.join(', ')}`;
		report.warn('OVER_PROVISIONED', path, message, 'add "when", unless everybody needs it');
	}
}

function lintLimited(report: LintReport, rule: RuleFacts, catalogue: EntitlementCatalogue): void {
	const limited = rule.gives.filter((name) => catalogue.resolve(name)?.maxDuration !== undefined);
	if (limited.length === 0 || rule.section === 'contracts') return;
	const shown = limited.slice(0, MOST_NAMED).map((name) => `"${name}"`);
	const message = `rule "${rule.id}" grants ${shown.join(', ')}, which a maximum duration allows on request only: it is withheld`;
	report.warn(
		'LIMITED_BY_RULE',
		['rules', rule.index, 'grant'],
		message,
		'remove it from the rule, or its maxDuration',
	);
}
