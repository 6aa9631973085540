import type { Compute, PolicyHead } from '../../core/governance';
import { sha256 } from '../../core/model';
import { runInWorker, type WorkerLimits } from './worker';

/** For all that looks at a whole policy or at many people: it has a thread of its own, n8n's goes on. */
export const POLICY_LIMITS: WorkerLimits = { timeoutMs: 120_000, maxMemoryMb: 1_024 };

export const computeInWorker: Compute = (name, input) => runInWorker(name, input, POLICY_LIMITS);

const MAX_HEADS = 20;
const heads = new Map<string, Promise<PolicyHead>>();

/**
 * What a node has to know of a policy. It is parsed in the worker, once a text: thousands of rules take longer than n8n's
 * event loop may wait.
 *
 * @throws DomainError POLICY_INVALID with the first findings
 */
export function policyHeadOf(source: string): Promise<PolicyHead> {
	const key = sha256(source);
	const known = heads.get(key);
	if (known !== undefined) return known;
	const head = runInWorker('policyHead', { policy: source }, POLICY_LIMITS);
	const oldest = heads.keys().next();
	if (heads.size >= MAX_HEADS && !oldest.done) heads.delete(oldest.value);
	heads.set(key, head);
	// A thread that was stopped says nothing of the policy: the next run asks again.
	head.catch(() => heads.delete(key));
	return head;
}
