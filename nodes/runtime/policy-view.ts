import type { LifecyclePolicy } from '../../core/lifecycle';
import { DomainError } from '../../core/model';
import { compilePolicy, parsePolicy, type CompiledPolicy } from '../../core/policy';
import type { LedgerApi } from '../../core/store';

export interface AttributeReading {
	view: LifecyclePolicy;
	/** Absent where no policy was named. */
	compiled?: CompiledPolicy;
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
	const { policy, hash } = parsePolicy(version.source);
	return { view: policy, compiled: compilePolicy(policy, hash) };
}
