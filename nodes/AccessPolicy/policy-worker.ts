import type { Compute } from '../../core/governance';
import { runInWorker, type WorkerLimits } from '../runtime/worker';

/** For all that looks at a whole policy or at many people: it has a thread of its own, n8n's goes on. */
export const POLICY_LIMITS: WorkerLimits = { timeoutMs: 120_000, maxMemoryMb: 1_024 };

export const computeInWorker: Compute = (name, input) => runInWorker(name, input, POLICY_LIMITS);
