import { parsePolicy, type PolicyDocument } from '../../../core/policy';

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
