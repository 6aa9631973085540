import {
	accessMatrix,
	compilePolicy,
	effectOnAccess,
	lintPolicy,
	matrixCsv,
	parsePolicy,
	policyChanges,
	renderMatrixPage,
	renderPolicy,
	rulesFromMatrix,
	type AccessEffect,
	type Finding,
	type MatrixRules,
	type PolicyChange,
	type PolicyVersion,
} from '../../../core/policy';

export interface PolicyHeadTask {
	/** Policy document. */
	policy: string;
}

export function lint({ policy }: PolicyHeadTask): Finding[] {
	return lintPolicy(policy);
}

export interface PolicyComparison {
	changes: PolicyChange[];
	effect: AccessEffect[];
}

/** What a policy says otherwise than the one before it. */
export function comparePolicies({ before, after }: { before: string; after: string }): PolicyComparison {
	const [old, draft] = [parsePolicy(before).policy, parsePolicy(after).policy];
	return { changes: policyChanges(old, draft), effect: effectOnAccess(old, draft) };
}

export interface DocumentTask extends PolicyHeadTask {
	version: PolicyVersion;
}

export function renderDocument({ policy, version }: DocumentTask): { markdown: string; html: string } {
	const { policy: document, hash } = parsePolicy(policy);
	return renderPolicy(compilePolicy(document, hash), version);
}

/** Rules from a table, its names checked by the policy. */
export function makeRules({ policy, csv }: PolicyHeadTask & { csv: string }): MatrixRules {
	return rulesFromMatrix(csv, { policy: parsePolicy(policy).policy });
}

export interface MatrixTask extends PolicyHeadTask {
	dimensions: string[];
}

export function renderMatrix({ policy, dimensions }: MatrixTask): { html: string; csv: string; rows: number } {
	const { policy: document, hash } = parsePolicy(policy);
	const matrix = accessMatrix(compilePolicy(document, hash), { dimensions });
	return { html: renderMatrixPage(matrix), csv: matrixCsv(matrix), rows: matrix.rows.length };
}
