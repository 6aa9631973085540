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
	type AccessEffect,
	type Finding,
	type PolicyChange,
	type PolicyDocument,
	type PolicyVersion,
} from '../../../core/policy';

export interface PolicyHeadTask {
	/** Policy document. */
	policy: string;
}

/** What a node has to know of a policy to have it evaluated. */
export interface PolicyHead {
	name: string;
	hash: string;
	/** IANA zone. */
	zone: string;
	/** Rolling window of the guards (ISO-8601 duration). */
	guardWindow?: string;
	/** Attributes that make people peers. */
	peersBy?: string[];
	/** How attributes of people are read. */
	view: Pick<PolicyDocument, 'zone' | 'attributes'>;
}

/** @throws DomainError POLICY_INVALID with the first findings */
export function policyHead({ policy }: PolicyHeadTask): PolicyHead {
	const { policy: document, hash } = parsePolicy(policy);
	const window = document.guards?.window;
	const { zone, attributes } = document;
	return {
		name: document.policy,
		hash,
		zone,
		view: { zone, ...(attributes && { attributes }) },
		...(window !== undefined && { guardWindow: window }),
		...(document.risk?.peers?.by && { peersBy: document.risk.peers.by }),
	};
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

export interface MatrixTask extends PolicyHeadTask {
	dimensions: string[];
}

export function renderMatrix({ policy, dimensions }: MatrixTask): { html: string; csv: string; rows: number } {
	const { policy: document, hash } = parsePolicy(policy);
	const matrix = accessMatrix(compilePolicy(document, hash), { dimensions });
	return { html: renderMatrixPage(matrix), csv: matrixCsv(matrix), rows: matrix.rows.length };
}
