import { formatPath } from '../finding';
import type { Finding } from '../finding';
import type { PolicyDocument } from '../schema';
import type { PolicySource } from '../source';
import { celCompilers } from './compilers';

/** What is wrong with the `if` of rules and contract rules, each at its place within the expression. */
export function celFindings(policy: PolicyDocument, source: PolicySource): Finding[] {
	const compilers = celCompilers(policy);
	const findings: Finding[] = [];
	for (const section of ['rules', 'contracts'] as const) {
		(policy[section] ?? []).forEach((rule, index) => {
			if (rule.if === undefined) return;
			const { problems } = compilers[section].compile(rule.if);
			const path = [section, index, 'if'];
			for (const { severity, code, message, remedy, start } of problems) {
				const place = source.locateWithin(path, rule.if, start);
				findings.push({ severity, code, message, remedy, path: formatPath(path), ...place });
			}
		});
	}
	return findings;
}
