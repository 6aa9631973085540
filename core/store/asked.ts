import type { Assignment } from '../model';
import { breakGlass, type BreakGlassInput } from './break-glass';
import { extend, type Extended, type ExtendInput } from './extend';
import { requestAccess, type AccessRequested, type AccessRequestInput } from './requests';
import type { LedgerTransaction } from './transaction';

/** What people ask for, one way or another. */
export type AccessAsked =
	| { kind: 'request'; request: AccessRequestInput }
	| { kind: 'break_glass'; use: BreakGlassInput }
	| { kind: 'extension'; extension: ExtendInput };

/** What came of it, by the same kinds. */
export type AccessRecorded =
	| { kind: 'request'; requested: AccessRequested[] }
	| { kind: 'break_glass'; used: Array<{ breakGlassId: string; assignment: Assignment }> }
	| { kind: 'extension'; extended: Extended };

/** Records all of them in one transaction, in their order: all or nothing. */
export async function recordAsked(tx: LedgerTransaction, asked: readonly AccessAsked[]): Promise<AccessRecorded[]> {
	const recorded: AccessRecorded[] = [];
	for (const each of asked) {
		if (each.kind === 'request') recorded.push({ kind: each.kind, requested: await requestAccess(tx, each.request) });
		else if (each.kind === 'break_glass') recorded.push({ kind: each.kind, used: await breakGlass(tx, each.use) });
		else recorded.push({ kind: each.kind, extended: await extend(tx, each.extension) });
	}
	return recorded;
}
