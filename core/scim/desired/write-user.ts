import { isDomainError, type DomainError } from '../../model';
import type { AccountKeys } from '../account-keys';
import {
	MAX_ROUNDS,
	deactivateAccount,
	patchAccount,
	pause,
	readBack,
	type AccountOutcome,
	type WriteWatch,
} from '../account-patch';
import { newUser } from '../attributes';
import { wasHeldBack } from '../bulk-sharing';
import type { ScimClient } from '../client';
import { createdId } from '../created';
import { differences, patchRequest } from '../diff';
import { rulesOf } from '../diff-rules';
import { asDomainError, isAmbiguous, statusOf } from '../errors';
import {
	asUnclear,
	createdAccount,
	findLost,
	lookAfterLost,
	mayBeOurs,
	waitForLost,
	type EarlierCreation,
} from '../lost-answer';
import type { AccountMatcher } from '../match';
import { asResource, type ScimObject, type ScimResource } from '../resource';
import { noteRefusedName } from '../unique-names';

/** How a write is verified: by a read of its own, or by the answer where it shows the entry as wanted. */
export type Verification = 'read' | 'answer';

export interface UserWrite {
	client: ScimClient;
	matcher: AccountMatcher;
	keys: AccountKeys;
	desired: ScimObject;
	verification: Verification;
	/** Where the state before is journaled. */
	watch?: WriteWatch;
}

export interface Creation extends UserWrite {
	password?: string;
	/** An earlier run sent this creation, and nobody knows what came of it. */
	earlier?: EarlierCreation | undefined;
	/** Called before an account that turned out to exist is changed: its state has to be journaled first. */
	onAdopt: (existing: ScimResource) => Promise<void>;
}

export interface CreationOutcome extends AccountOutcome {
	/** The account was there already: undoing must not deactivate it. */
	adopted?: boolean;
}

/** Creates an account once: a lost answer is looked up before anything is sent again, a taken name is matched. */
export async function createUser(write: Creation): Promise<CreationOutcome> {
	const { client, matcher, keys, desired, password, earlier } = write;
	const body = { ...newUser(desired), ...(password === undefined ? {} : { password }) };
	let isLost = earlier !== undefined;
	if (earlier !== undefined) {
		const { found } = await lookAfterLost(client, matcher, keys, earlier);
		if (found !== undefined) return takeAsOurs(write, found);
	}
	for (let round = 1; ; round++) {
		try {
			const answer = await client.post(['Users'], body);
			return await verifyCreated(write, asResource(answer.body), createdId(answer));
		} catch (error) {
			const failure = asDomainError(error);
			if (statusOf(failure) === 409) return onConflict(write, failure, isLost);
			if (!isAmbiguous(failure)) throw failure;
			isLost = true;
			await pause(client, failure, round).catch((given: unknown) => {
				throw asUnclear(given);
			});
			const { found } = await lookAfterLost(client, matcher, keys);
			if (found !== undefined) return takeAsOurs(write, found);
			if (round === MAX_ROUNDS) throw asUnclear(failure);
		}
	}
}

/** The account of a creation whose answer was lost: this run's own, whatever it shows. */
async function takeAsOurs({ client, desired }: Creation, found: ScimResource): Promise<CreationOutcome> {
	const outcome = await patchAccount(client, found, desired);
	return outcome.outcome === 'failed'
		? outcome
		: { ...outcome, note: 'created; the answer was lost and the account looked up' };
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
	const after = await createdAccount(client, matcher, keys, { id, satisfied });
	if (isDomainError(after)) return { outcome: 'failed', error: after };
	// What a creation leaves out, a change may still bring.
	return satisfied(after) ? { outcome: 'verified', resource: after } : patchAccount(client, after, desired);
}

/** After a creation that may have been carried out, the holder of the name is who it made; else somebody else was faster. */
async function onConflict(write: Creation, conflict: DomainError, isLost: boolean): Promise<CreationOutcome> {
	const { client, matcher, keys, desired } = write;
	const found = isLost
		? await waitForLost(client, matcher, keys, { exists: true })
		: await findLost(client, matcher, keys, { exists: true });
	if (found === undefined) throw isLost ? asUnclear(conflict) : conflict;
	noteRefusedName(client, keys, found.resource);
	if (isLost && mayBeOurs(found.resource, keys)) return takeAsOurs(write, found.resource);
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
	const { client, desired, watch } = write;
	if (write.verification === 'read' || client.capabilities.patch !== 'path')
		return patchAccount(client, current, desired, watch);
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
	if (after === undefined) return patchAccount(client, current, desired, watch);
	return isShown(client, desired, after)
		? { outcome: 'verified', resource: after }
		: patchAccount(client, after, desired, watch);
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
