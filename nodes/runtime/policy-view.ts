import type { LifecyclePolicy } from '../../core/lifecycle';
import { DomainError } from '../../core/model';
import type { LedgerApi } from '../../core/store';
import { policyHeadOf } from './policy-worker';

export interface AttributeReading {
	view: LifecyclePolicy;
	/** Share of the last snapshot, in percent, below which a feed is not believed; absent where no policy says it. */
	minFeedPercent?: number;
}

/** How attributes are read: as the policy in force under a name says, or plainly in a zone where none is named. */
export async function attributeReading(ledger: LedgerApi, policyName: string, zone: string): Promise<AttributeReading> {
	const name = policyName.trim();
	if (name === '') return { view: { zone } };
	const version = await ledger.readPolicy({ name });
	if (!version) {
		throw new DomainError(
			'POLICY_INVALID',
			`Parameter "Policy Name": the ledger has no policy "${name.slice(0, 100)}" in force.`,
			'Check the name, publish the policy by Access Policy, or leave the parameter empty.',
		);
	}
	const { view, minFeedPercent } = await policyHeadOf(version.source);
	return { view, ...(minFeedPercent !== undefined && { minFeedPercent }) };
}
