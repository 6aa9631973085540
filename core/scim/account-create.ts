import { DomainError } from '../model';
import { readAccount, type AccountKeys } from './account-keys';
import { pause, readBack, type AccountOutcome } from './account-outcome';
import { patchAccount } from './account-patch';
import { MAX_ROUNDS } from './account-write';
import { newUser } from './attributes';
import type { ScimClient } from './client';
import { compareStates, differences } from './diff';
import { rulesOf } from './diff-rules';
import { asDomainError, isAmbiguous, statusOf } from './errors';
import type { AccountMatcher } from './match';
import {
	asBoolean,
	asObject,
	asResource,
	attribute,
	textAttribute,
	type ScimObject,
	type ScimResource,
} from './resource';

export interface AccountToCreate {
	keys: AccountKeys;
	/** Normalised attributes of the mapping. */
	attributes: ScimObject;
	/** externalId for a new account, where the mapping doesn't give one. */
	externalId: string;
	/** Made ready before the first day: the account is there, and nobody can sign in. */
	disabled?: boolean;
	/** The account that matching found. */
	existing?: ScimResource;
}

/**
 * Gives an identity its active account: adopts and, where needed, reactivates the one that matching found, else creates
 * one. A POST without a clear answer is looked up before it is repeated, and a 409 is matched again: never a duplicate.
 */
export async function createAccount(
	client: ScimClient,
	matcher: AccountMatcher,
	wanted: AccountToCreate,
): Promise<AccountOutcome> {
	const desired = desiredOf(wanted);
	if (wanted.existing !== undefined) return patchAccount(client, wanted.existing, desired);
	const body = creation(client, wanted, desired);
	for (let round = 1; ; round++) {
		try {
			const created = asResource((await client.post(['Users'], body)).body);
			return await verifyCreated(client, matcher, wanted, desired, created?.id);
		} catch (error) {
			const failure = asDomainError(error);
			if (statusOf(failure) === 409) {
				const throttled = client.capabilities.conflictMayThrottle && round < MAX_ROUNDS;
				const adopted = await adoptAfterConflict(client, matcher, wanted, desired);
				if (adopted !== undefined) return adopted;
				if (!throttled) throw failure;
				await pause(client, failure, round);
				continue;
			}
			if (!isAmbiguous(failure)) throw failure;
			await pause(client, failure, round);
			const found = await matcher.match(client, wanted.keys);
			if (found !== undefined) return patchAccount(client, found.resource, desired).then(asCreated);
			if (round === MAX_ROUNDS) throw failure;
		}
	}
}

/** Who has an account that lets them in already is not shut out because a new one would begin disabled. */
function desiredOf({ attributes, disabled, existing }: AccountToCreate): ScimObject {
	if (disabled !== true) return { ...attributes, active: true };
	return existing === undefined ? { ...attributes, active: false } : attributes;
}

function creation(client: ScimClient, wanted: AccountToCreate, desired: ScimObject): Record<string, unknown> {
	const userName = textAttribute(desired, 'userName') ?? wanted.keys.userName ?? wanted.keys.email;
	if (userName === undefined) {
		throw new DomainError(
			'INPUT_INVALID',
			'The account has no userName, which SCIM requires.',
			'Map userName for this application in the policy, e.g. userName: "{email}".',
		);
	}
	const body = newUser(oneValueEach(client, desired));
	if (attribute(body, 'userName') === undefined) body['userName'] = userName;
	if (attribute(body, 'externalId') === undefined) body['externalId'] = wanted.externalId;
	return body;
}

async function verifyCreated(
	client: ScimClient,
	matcher: AccountMatcher,
	wanted: AccountToCreate,
	desired: ScimObject,
	id: string | undefined,
): Promise<AccountOutcome> {
	const satisfied = (resource: ScimResource): boolean => differences(desired, resource, rulesOf(client)).length === 0;
	const after =
		id === undefined ? (await matcher.match(client, wanted.keys))?.resource : await readBack(client, id, satisfied);
	if (after === undefined) {
		const error = new DomainError(
			'SCIM_NOT_APPLIED',
			'The application answered that it created the account, but does not show it.',
			'Look the account up in the application; check whether the credential may read users.',
		);
		return { outcome: 'failed', error };
	}
	const { operations, hidden } = compareStates(desired, after, rulesOf(client));
	// What the creation lost may be taken as a change, in whatever form the application takes.
	if (operations.length > 0) return patchAccount(client, after, desired);
	const attributes = hidden.map((path) => ({ path, verdict: 'hidden' as const }));
	return { outcome: 'verified', resource: after, ...(attributes.length === 0 ? {} : { attributes }) };
}

/** Somebody else, or an earlier run of ours, was faster: the one account that carries our keys is ours. */
async function adoptAfterConflict(
	client: ScimClient,
	matcher: AccountMatcher,
	wanted: AccountToCreate,
	desired: ScimObject,
): Promise<AccountOutcome | undefined> {
	const found = await matcher.match(client, wanted.keys, { thorough: true });
	if (found === undefined) return undefined;
	const current = (await readAccount(client, found.resource.id)) ?? found.resource;
	const outcome = await patchAccount(client, current, desired);
	return outcome.outcome === 'failed'
		? outcome
		: { ...outcome, note: 'an account that existed already was taken over' };
}

/** After an unclear POST, "already in place" would hide that it was this run which created it. */
function asCreated(outcome: AccountOutcome): AccountOutcome {
	return outcome.outcome === 'failed'
		? outcome
		: { ...outcome, note: 'created; the answer was lost and the account looked up' };
}

/** Some applications take one value per attribute (AWS): the primary one, else the first. */
function oneValueEach(client: ScimClient, desired: ScimObject): ScimObject {
	if (client.capabilities.multiValued) return desired;
	const entries = Object.entries(desired).map(([name, value]) => {
		if (!Array.isArray(value) || value.length < 2) return [name, value] as const;
		const primary = (value as unknown[]).find((each) => asBoolean(attribute(asObject(each) ?? {}, 'primary')) === true);
		return [name, [primary ?? (value as unknown[])[0]]] as const;
	});
	return Object.fromEntries(entries);
}
