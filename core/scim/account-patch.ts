import { DomainError } from '../model';
import type { ActionOutcome } from '../ports';
import { readAccount } from './account-keys';
import type { ScimClient } from './client';
import { differences, patchRequest, type PatchOperation } from './diff';
import { asDomainError, isAmbiguous, retryAfterOf } from './errors';
import { isActive, type ScimObject, type ScimResource } from './resource';
import { backoff } from './retry';

/** What became of one account. Failures that leave an account behind carry it. */
export interface AccountOutcome {
	outcome: ActionOutcome;
	resource?: ScimResource;
	note?: string;
	error?: DomainError;
}

/** Times a write is sent at most where nobody knows whether it was carried out. */
export const MAX_ROUNDS = 3;

/**
 * Brings an account to the desired attributes: PATCHes only what differs, reads back, compares again. A PATCH without a
 * clear answer is repeated only for what the read-back shows to be still missing.
 *
 * @throws DomainError of the request where the server refuses it, SCIM_FAILED where the account vanishes.
 */
export async function patchAccount(
	client: ScimClient,
	current: ScimResource,
	desired: ScimObject,
): Promise<AccountOutcome> {
	let open = differences(desired, current);
	if (open.length === 0) return { outcome: 'verified', resource: current, note: 'already in place' };
	for (let round = 1; ; round++) {
		let unclear: DomainError | undefined;
		try {
			await client.patch(['Users', current.id], patchRequest(open));
		} catch (error) {
			if (!isAmbiguous(error)) throw error;
			unclear = asDomainError(error);
		}
		const after = await readBack(client, current.id, (resource) => differences(desired, resource).length === 0);
		if (after === undefined) return { outcome: 'failed', error: vanished() };
		open = differences(desired, after);
		if (open.length === 0) return { outcome: 'verified', resource: after };
		if (unclear === undefined) return { outcome: 'failed', resource: after, error: notApplied(open) };
		if (round === MAX_ROUNDS) return { outcome: 'failed', resource: after, error: unclear };
		await pause(client, unclear, round);
	}
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
	const operation: PatchOperation = { op: 'replace', path: 'active', value: false };
	for (let round = 1; ; round++) {
		let failure: DomainError | undefined;
		try {
			await client.patch(['Users', current.id], patchRequest([operation]));
		} catch (error) {
			failure = asDomainError(error);
		}
		const after = await readBack(client, current.id, (resource) => isActive(resource) !== true);
		if (after === undefined) return { outcome: 'verified', note: 'the application no longer shows the account' };
		const active = isActive(after);
		if (active === false) return { outcome: 'verified', resource: after };
		if (failure === undefined && active === undefined) {
			return {
				outcome: 'applied',
				resource: after,
				note: 'sent; the application does not show whether accounts are active',
			};
		}
		if (failure === undefined) return { outcome: 'failed', resource: after, error: notApplied([operation]) };
		if (!isAmbiguous(failure) || round === MAX_ROUNDS) return { outcome: 'failed', resource: after, error: failure };
		await pause(client, failure, round);
	}
}

/**
 * Reads an account after a write, again after a short while where it isn't yet as wanted: some applications answer from
 * a replica that lags behind.
 */
export async function readBack(
	client: ScimClient,
	id: string,
	satisfied: (resource: ScimResource) => boolean,
): Promise<ScimResource | undefined> {
	for (let attempt = 1; ; attempt++) {
		const resource = await readAccount(client, id);
		if (resource !== undefined && satisfied(resource)) return resource;
		if (attempt >= client.limits.readBackAttempts) return resource;
		await client.sleep(backoff(attempt));
	}
}

/** Waits as the server asked, or a little; gives up where it asks for longer than we wait. */
export async function pause(client: ScimClient, failure: DomainError, round: number): Promise<void> {
	const wait = retryAfterOf(failure) ?? backoff(round);
	if (wait > client.limits.maxWaitMs) throw failure;
	await client.sleep(wait);
}

/** The error for a success that changed nothing. Names attributes, never values. */
export function notApplied(open: readonly PatchOperation[]): DomainError {
	const names = open.map(({ path }) => path).join(', ');
	return new DomainError(
		'SCIM_NOT_APPLIED',
		`The application accepted the change but does not show it: ${names}.`,
		'Check whether the application knows these attributes and lets the credential change them; else take them out of the mapping.',
		{ attributes: names },
	);
}

function vanished(): DomainError {
	return new DomainError(
		'SCIM_FAILED',
		'The account disappeared while it was changed.',
		'Run again, so that the current state is read.',
	);
}
