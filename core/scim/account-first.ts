import { DomainError } from '../model';
import type { ClaimedAction } from '../ports';
import { asDomainError } from './errors';
import type { Person } from './people';
import type { Results } from './results';

/** What an action is about that needs an account, in words. */
export interface NeedsAccount {
	/** Whether it takes something away. */
	takes: boolean;
	/** What is held where there is no account, e.g. `so no membership`. */
	nothing: string;
	/** What to do with an account, e.g. `to put into the group`. */
	purpose: string;
	/** What comes after the account, e.g. `its groups`. */
	after: string;
}

/**
 * Settles an action that nothing can be sent for, since there is no account, or none that is as it should be. Something
 * isn't given where the account failed. It is taken all the same where there is an account: less access is the safe
 * direction, and a leaver whose deactivation failed should lose at least the rest.
 *
 * @returns true where nothing is to be sent for the action
 */
export function settledWithoutAccount(
	results: Results,
	person: Person,
	action: ClaimedAction,
	{ takes, nothing, purpose, after }: NeedsAccount,
): boolean {
	if (person.failure !== undefined && !(takes && person.resource !== undefined)) {
		results.fail(action, accountFailed(person.failure));
		return true;
	}
	if (person.resource !== undefined) return false;
	if (takes) results.settle(action, { outcome: 'verified', reads: 0, writes: 0, note: `no account, ${nothing}` });
	else if (person.accountActions.length === 0) results.fail(action, noAccount(purpose, after));
	// Else its account action wasn't begun before the lease ended: this one isn't either.
	return true;
}

function accountFailed(cause: DomainError): DomainError {
	const { message, remedy } = asDomainError(cause);
	return new DomainError('SCIM_FAILED', `The account could not be brought into place. ${message}`, remedy);
}

function noAccount(purpose: string, after: string): DomainError {
	return new DomainError(
		'SCIM_FAILED',
		`The person has no account ${purpose}.`,
		`Grant the account itself in the policy, before ${after}.`,
	);
}
