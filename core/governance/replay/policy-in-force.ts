import { parsePolicy, type PolicyDocument } from '../../policy';
import { policyHead, type PolicyHead } from '../policy-head';

/** The policy by which a replay decides at the moment. */
export interface PolicyInForce {
	source: string;
	hash: string;
	document: PolicyDocument;
	head: PolicyHead;
}

/** @throws DomainError POLICY_INVALID */
export function readPolicy(source: string): PolicyInForce {
	const { policy, hash } = parsePolicy(source);
	return { source, hash, document: policy, head: policyHead(source) };
}
