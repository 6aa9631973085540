import type { CarriedError } from '../worker';

/** Calls of the ledger's methods as they cross into its thread and back. */
export interface LedgerCall {
	id: number;
	method: string;
	args: unknown[];
}

export type LedgerAnswer = { id: number; result: unknown } | { id: number; error: CarriedError };

/** The thread's first word: the ledger is open, or why it is not. */
export type LedgerGreeting = { ledgerId: string; pseudonymKey: string } | { error: CarriedError };
