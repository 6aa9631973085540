import { applicationsWithManagers, parsePolicy, type PolicyDocument } from '../policy';

/** What whoever has a policy evaluated has to know of it, small however many rules it has. */
export interface PolicyHead {
	name: string;
	hash: string;
	/** IANA zone. */
	zone: string;
	/** Rolling window of the guards (ISO-8601 duration). */
	guardWindow?: string;
	/** Share of the last snapshot, in percent, below which a feed is not believed. */
	minFeedPercent?: number;
	/** Attributes that make people peers. */
	peersBy?: string[];
	/** A rule about contracts asks about the person: their contracts are read again when a person changes. */
	contractsByPerson: boolean;
	/** How attributes of people are read. */
	view: Pick<PolicyDocument, 'zone' | 'attributes'>;
	/** When approvals are remembered and passed on. */
	approvals: Array<Pick<NonNullable<PolicyDocument['approvals']>[number], 'id' | 'remind' | 'escalate'>>;
	/** Applications whose accounts name the account of the manager. */
	managerAccountsIn: string[];
	/** How far each application is enforced, where the policy says so. */
	enforcement: Record<string, 'record' | 'approve' | 'enforce'>;
}

/** @throws DomainError POLICY_INVALID with the first findings */
export function policyHead(source: string): PolicyHead {
	const { policy: document, hash } = parsePolicy(source);
	const { zone, attributes, guards, risk, applications } = document;
	const stated = Object.entries(applications).flatMap(([name, { enforcement }]) =>
		enforcement === undefined ? [] : [[name, enforcement] as const],
	);
	return {
		name: document.policy,
		hash,
		zone,
		view: { zone, ...(attributes && { attributes }) },
		contractsByPerson: (document.contracts ?? []).some(asksAboutPerson),
		managerAccountsIn: applicationsWithManagers(document),
		enforcement: Object.fromEntries(stated),
		approvals: (document.approvals ?? []).map(({ id, remind, escalate }) => ({
			id,
			...(remind && { remind }),
			...(escalate && { escalate }),
		})),
		...(guards?.window !== undefined && { guardWindow: guards.window }),
		...(guards?.minFeedPercent !== undefined && { minFeedPercent: guards.minFeedPercent }),
		...(risk?.peers?.by && { peersBy: risk.peers.by }),
	};
}

/** By a condition without the prefix of another subject, or by an expression that speaks of the person. */
function asksAboutPerson(rule: NonNullable<PolicyDocument['contracts']>[number]): boolean {
	const keys = Object.keys(rule.when ?? {});
	return keys.some((key) => !/^(?:contract|row)\./.test(key)) || (rule.if ?? '').includes('person');
}
