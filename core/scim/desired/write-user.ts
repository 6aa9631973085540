import { DomainError } from '../../model';
import type { AccountKeys } from '../account-keys';
import { MAX_ROUNDS, deactivateAccount, patchAccount, pause, readBack, type AccountOutcome } from '../account-patch';
import { newUser } from '../attributes';
import { wasHeldBack } from '../bulk-sharing';
import type { ScimClient } from '../client';
import { createdId } from '../created';
import { differences, patchRequest } from '../diff';
import { rulesOf } from '../diff-rules';
import { asDomainError, isAmbiguous, statusOf } from '../errors';
import { findLost } from '../lost-answer';
import type { AccountMatcher } from '../match';
import { asResource, type ScimObject, type ScimResource } from '../resource';

/** How a write is verified: by a read of its own, or by the answer where it shows the entry as wanted. */
export type Verification = 'read' | 'answer';

export interface UserWrite {
	client: ScimClient;
	matcher: AccountMatcher;
	keys: AccountKeys;
	desired: ScimObject;
	verification: Verification;
}

export interface Creation extends UserWrite {
	password?: string;
	/** Called before an account that turned out to exist is changed: its state has to be journaled first. */
	onAdopt: (existing: ScimResource) => Promise<void>;
}

export interface CreationOutcome extends AccountOutcome {
	/** The account was there already: undoing must not deactivate it. */
	adopted?: boolean;
}

/** Creates an account once: a lost answer is looked up before anything is sent again, a taken name is matched. */
export async function createUser(write: Creation): Promise<CreationOutcome> {
	const { client, matcher, keys, desired, password } = write;
	const body = { ...newUser(desired), ...(password === undefined ? {} : { password }) };
	for (let round = 1; ; round++) {
		try {
			const answer = await client.post(['Users'], body);
			return await verifyCreated(write, asResource(answer.body), createdId(answer));
		} catch (error) {
			const failure = asDomainError(error);
			if (statusOf(failure) === 409) return adopt(write, failure);
			if (!isAmbiguous(failure)) throw failure;
			await pause(client, failure, round);
			const found = await findLost(client, matcher, keys);
			if (found !== undefined) {
				const outcome = await patchAccount(client, found.resource, desired);
				return outcome.outcome === 'failed'
					? outcome
					: { ...outcome, note: 'created; the answer was lost and the account looked up' };
			}
			if (round === MAX_ROUNDS) throw failure;
		}
	}
}

async function verifyCreated(
	write: Creation,
	created: ScimResource | undefined,
	id: string | undefined,
): Promise<CreationOutcome> {
	const { client, matcher, keys, desired } = write;
	const satisfied = (resource: ScimResource): boolean => isShown(client, desired, resource);
	if (write.verification === 'answer' && created !== undefined && satisfied(created)) {
		return { outcome: 'verified', resource: created };
	}
	const after =
		id === undefined ? (await findLost(client, matcher, keys))?.resource : await readBack(client, id, satisfied);
	if (after === undefined) {
		const error = new DomainError(
			'SCIM_NOT_APPLIED',
			'The application answered that it created the account, but does not show it.',
			'Look the account up in the application; check whether the credential may read users.',
		);
		return { outcome: 'failed', error };
	}
	// What a creation leaves out, a change may still bring.
	return satisfied(after) ? { outcome: 'verified', resource: after } : patchAccount(client, after, desired);
}

async function adopt(write: Creation, conflict: DomainError): Promise<CreationOutcome> {
	const { client, matcher, keys, desired } = write;
	const found = await findLost(client, matcher, keys, { exists: true });
	if (found === undefined) throw conflict;
	await write.onAdopt(found.resource);
	const outcome = await patchAccount(client, found.resource, desired);
	if (outcome.outcome === 'failed') return { ...outcome, adopted: true };
	return { ...outcome, adopted: true, note: 'an account that existed already was taken over' };
}

/** Brings an account to what is wanted; by the answer alone where that shows it. */
export async function changeUser(
	write: Omit<UserWrite, 'matcher' | 'keys'>,
	current: ScimResource,
): Promise<AccountOutcome> {
	const { client, desired } = write;
	if (write.verification === 'read' || client.capabilities.patch !== 'path')
		return patchAccount(client, current, desired);
	const operations = differences(desired, current, rulesOf(client));
	if (operations.length === 0) return { outcome: 'verified', resource: current, note: 'already in place' };
	let shown: ScimResource | undefined;
	try {
		shown = asResource((await client.patch(['Users', current.id], patchRequest(operations))).body);
	} catch (error) {
		// Refused or unclear: the careful way knows other forms, and looks before it repeats.
		if (statusOf(error) === 404 || wasHeldBack(asDomainError(error))) throw error;
	}
	if (shown !== undefined && shown.id === current.id && isShown(client, desired, shown)) {
		return { outcome: 'verified', resource: shown };
	}
	const after = await readBack(client, current.id, (resource) => isShown(client, desired, resource));
	if (after === undefined) return patchAccount(client, current, desired);
	return isShown(client, desired, after)
		? { outcome: 'verified', resource: after }
		: patchAccount(client, after, desired);
}

/** Access ends first: where other changes of the same account are refused, deactivating is tried alone. */
export async function deactivateUser(
	write: Omit<UserWrite, 'matcher' | 'keys'>,
	current: ScimResource,
): Promise<AccountOutcome> {
	const alone = differences(write.desired, current, rulesOf(write.client)).length <= 1;
	if (alone && write.verification === 'read') return deactivateAccount(write.client, current);
	const outcome = await changeUser(write, current).catch((error: unknown): AccountOutcome => ({
		outcome: 'failed',
		error: asDomainError(error),
	}));
	if (outcome.outcome !== 'failed') return outcome;
	const ended = await deactivateAccount(write.client, current);
	if (ended.outcome === 'failed' || alone) return ended;
	const note = `deactivated; its other attributes could not be changed: ${outcome.error?.message ?? 'unknown'}`;
	return { ...ended, outcome: 'applied', note };
}

function isShown(client: ScimClient, desired: ScimObject, resource: ScimResource): boolean {
	return differences(desired, resource, rulesOf(client)).length === 0;
}
