import type { ApprovalState, ExecutionState } from './plan';

/**
 * The state machines of an action: one table an axis. Whoever changes a state asks here; the ledger enforces it
 * in the same statement that writes.
 */
export const APPROVAL_TRANSITIONS: Readonly<Record<ApprovalState, readonly ApprovalState[]>> = {
	not_needed: [],
	pending: ['approved', 'denied', 'expired'],
	approved: ['expired'],
	denied: [],
	expired: ['pending'],
};

export const EXECUTION_TRANSITIONS: Readonly<Record<ExecutionState, readonly ExecutionState[]>> = {
	planned: ['claimed', 'blocked', 'superseded', 'cancelled'],
	blocked: ['planned', 'superseded', 'cancelled'],
	claimed: ['applied', 'verified', 'failed', 'claimed', 'planned'],
	applied: ['verified', 'failed', 'rolled_back'],
	failed: ['claimed', 'superseded', 'cancelled'],
	verified: ['rolled_back'],
	rolled_back: [],
	superseded: [],
	cancelled: [],
};

/** States in which an action may still change something in its application. */
export const OPEN_EXECUTION_STATES: readonly ExecutionState[] = ['planned', 'blocked', 'claimed', 'failed'];

/** The states from which `to` may be entered. */
export function executionStatesBefore(to: ExecutionState): ExecutionState[] {
	return (Object.keys(EXECUTION_TRANSITIONS) as ExecutionState[]).filter((from) =>
		EXECUTION_TRANSITIONS[from].includes(to),
	);
}
