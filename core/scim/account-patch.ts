import { isDomainError } from '../model';
import type { AccountOutcome } from './account-outcome';
import { AccountWrite, type WriteWatch } from './account-write';
import type { ScimClient } from './client';
import { asDomainError } from './errors';
import { isActive, type ScimObject, type ScimResource } from './resource';

export { pause, notApplied, type AccountOutcome } from './account-outcome';
export { readBack } from './read-back';
export { MAX_ROUNDS, type WriteWatch } from './account-write';

/**
 * Brings an account to the desired attributes: writes only what differs, in the form that the application takes, reads
 * back, compares again. What was accepted and isn't shown is tried in another form; a write without a clear answer is
 * repeated only for what the read-back shows to be still missing.
 *
 * @throws DomainError of the request where the server refuses it, SCIM_FAILED where the account vanishes.
 */
export function patchAccount(
	client: ScimClient,
	current: ScimResource,
	desired: ScimObject,
	watch?: WriteWatch,
): Promise<AccountOutcome> {
	return new AccountWrite(client, current, desired, watch).run();
}

/**
 * Deactivates an account and looks whether it is. An account that isn't there any more is as good as deactivated (some
 * applications answer 404 from then on).
 */
export async function deactivateAccount(
	client: ScimClient,
	current: ScimResource | undefined,
): Promise<AccountOutcome> {
	if (current === undefined) return { outcome: 'verified', note: 'no account' };
	if (isActive(current) === false) return { outcome: 'verified', resource: current, note: 'already inactive' };
	const write = new AccountWrite(client, current, { active: false });
	let result: AccountOutcome;
	try {
		result = await write.run();
	} catch (error) {
		const failure = asDomainError(error);
		if (isDomainError(failure) && failure.details['vanished'] === true) {
			return { outcome: 'verified', note: 'the application no longer shows the account' };
		}
		return { outcome: 'failed', resource: write.current, error: failure };
	}
	if (result.outcome !== 'failed' || !write.accepted || isActive(write.current) !== undefined) return result;
	return {
		outcome: 'applied',
		resource: write.current,
		attributes: [{ path: 'active', verdict: 'hidden' }],
		note: 'sent; the application does not show whether accounts are active',
	};
}
