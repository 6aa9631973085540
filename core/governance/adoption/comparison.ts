import type { CompiledPolicy } from '../../policy';
import type { ScimClient } from '../../scim';
import type { ManagedGroups } from './managed-groups';
import type { Finding, ReconcileHooks, ReconcileLedger, ReconcileOutcome, ReconcileRequest } from './types';

const FINDINGS_AT_ONCE = 200;

/** One comparison under way. */
export interface Comparison {
	client: ScimClient;
	ledger: ReconcileLedger;
	request: ReconcileRequest;
	compiled: CompiledPolicy;
	policyHash: string;
	managed: ManagedGroups;
	hooks: ReconcileHooks;
}

/** What comparing alone gives. */
export type ComparisonOutcome = Pick<
	ReconcileOutcome,
	'complete' | 'reasons' | 'counts' | 'truncated' | 'requests' | 'plan' | 'adopted'
>;

/** Hands findings out some at a time, so that whoever takes them stays free for others. */
export async function handOut(hooks: ReconcileHooks, findings: readonly Finding[]): Promise<void> {
	for (let at = 0; at < findings.length; at += FINDINGS_AT_ONCE) {
		await hooks.onFindings(findings.slice(at, at + FINDINGS_AT_ONCE));
	}
}
