export type Severity = 'error' | 'warning' | 'info';

/** One thing to know about a policy document, with its place in the source. */
export interface Finding {
	severity: Severity;
	/** Stable, e.g. `UNKNOWN_ENTITLEMENT`; editors and CI branch on it. */
	code: string;
	/** What is wrong (or noteworthy), without the place. */
	message: string;
	/** What to do about it. */
	remedy: string;
	/** Where in the document, e.g. `contracts[0].grant[1]`; empty for the document itself. */
	path: string;
	/** From 1. */
	line: number;
	/** From 1. */
	column: number;
}

/** Declared but not enforced by this version. Evaluation itself fails closed on it, so it does not stop parsing. */
export const NOT_ENFORCED = 'NOT_ENFORCED';

export type PathSegment = string | number;

const PLAIN_KEY = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** `contracts[0].grant[1]`, `entitlements["jira/project:*"].group`. */
export function formatPath(path: readonly PathSegment[]): string {
	let text = '';
	for (const segment of path) {
		if (typeof segment === 'number') text += `[${segment}]`;
		else if (PLAIN_KEY.test(segment)) text += text === '' ? segment : `.${segment}`;
		else text += `[${JSON.stringify(segment)}]`;
	}
	return text;
}

/** `line 3, column 5: roles.employee: what, how to fix`. */
export function formatFinding(finding: Finding): string {
	const where = finding.path === '' ? '' : `${finding.path}: `;
	return `line ${finding.line}, column ${finding.column}: ${where}${finding.message}, ${finding.remedy}`;
}

/** By place, then code: the order a reader of the file meets them in. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
	return [...findings].sort(
		(a, b) =>
			a.line - b.line ||
			a.column - b.column ||
			(a.code < b.code ? -1 : a.code > b.code ? 1 : 0) ||
			(a.message < b.message ? -1 : a.message > b.message ? 1 : 0),
	);
}
