/** Stable codes: callers branch on them, documentation lists them, messages may change. */
export type ErrorCode =
	| 'INPUT_INVALID'
	| 'INPUT_TOO_LARGE'
	| 'DOCUMENT_UNREADABLE'
	| 'POLICY_INVALID'
	| 'LEDGER_UNAVAILABLE'
	| 'LEDGER_REFUSED'
	| 'LEDGER_MISMATCH'
	| 'SIGNATURE_INVALID'
	| 'EVENT_CONFLICT'
	| 'APPROVAL_INVALID'
	| 'SCIM_FAILED'
	| 'SCIM_AMBIGUOUS'
	| 'SCIM_NOT_APPLIED'
	| 'AUDIT_BROKEN'
	| 'WORKER_LIMIT';

/**
 * What happened, to what, and how to mend it. `message` says what happened and to what; `remedy` what to do next.
 * Neither may hold secrets, tokens or whole personal records.
 */
export class DomainError extends Error {
	override readonly name = 'DomainError';

	constructor(
		readonly code: ErrorCode,
		message: string,
		readonly remedy: string,
		readonly details: Readonly<Record<string, string | number | boolean>> = {},
	) {
		super(message);
	}
}

/** True for our own errors, also when they crossed a realm (worker thread, Jest, two copies of this package). */
export function isDomainError(error: unknown): error is DomainError {
	return typeof error === 'object' && error !== null && (error as { name?: unknown }).name === 'DomainError';
}
