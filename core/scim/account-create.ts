import { DomainError, isDomainError } from '../model';
import type { Random } from '../ports';
import { readAccount, type AccountKeys } from './account-keys';
import { pause, type AccountOutcome } from './account-outcome';
import { patchAccount } from './account-patch';
import { MAX_ROUNDS } from './account-write';
import { parsePath, valueAt, withValueAt } from './attribute-path';
import { newUser } from './attributes';
import type { ScimClient } from './client';
import { compareStates, differences } from './diff';
import { rulesOf } from './diff-rules';
import { createdId } from './created';
import { asDomainError, isAmbiguous, statusOf } from './errors';
import { asUnclear, createdAccount, findLost, lookAfterLost, mayBeOurs, waitForLost } from './lost-answer';
import type { AccountMatcher } from './match';
import { initialPassword } from './passwords';
import {
	asBoolean,
	asObject,
	attribute,
	foldCase,
	textAttribute,
	type ScimObject,
	type ScimResource,
} from './resource';
import { noteRefusedName } from './unique-names';

/** What servers answer to a creation that brings something which they don't take. */
const REFUSES = new Set([400, 403, 404, 405, 413, 415, 422, 501]);

/** What a mapping writes where a generated password is wanted. */
const GENERATED = '{generated}';

export interface AccountToCreate {
	keys: AccountKeys;
	/** Normalised attributes of the mapping. */
	attributes: ScimObject;
	/** externalId for a new account, where the mapping doesn't give one. */
	externalId: string;
	/** Made ready before the first day: the account is there, and nobody can sign in. */
	disabled?: boolean;
	/** Randomness for an initial password, where the mapping or the application asks for one. */
	random?: Random;
	/** The account that matching found. */
	existing?: ScimResource;
	/** What a new account gets on the way, to save a request: left out again where the application refuses it. */
	alongside?: { path: string; value: unknown };
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
	const desired = withoutPassword(desiredOf(wanted));
	if (wanted.existing !== undefined) return patchAccount(client, wanted.existing, desired);
	const plain = creation(client, wanted, desired);
	let body = withCarried(plain, desired, wanted.alongside);
	let isLost = false;
	for (let round = 1; ; round++) {
		try {
			const answer = await client.post(['Users'], body);
			const created = await verifyCreated(client, matcher, wanted, desired, createdId(answer));
			return carried(created, body !== plain);
		} catch (error) {
			const failure = asDomainError(error);
			if (body !== plain && REFUSES.has(statusOf(failure) ?? 0)) {
				body = plain;
				continue;
			}
			if (statusOf(failure) === 409) {
				const throttled = client.capabilities.conflictMayThrottle && round < MAX_ROUNDS;
				const adopted = await adoptAfterConflict(client, matcher, wanted, { desired, isLost });
				if (adopted !== undefined) return adopted;
				if (!throttled) throw isLost ? asUnclear(failure) : failure;
				await pause(client, failure, round);
				continue;
			}
			if (!isAmbiguous(failure)) throw failure;
			isLost = true;
			await pause(client, failure, round);
			const { found } = await lookAfterLost(client, matcher, wanted.keys);
			if (found !== undefined) return carried(asCreated(await patchAccount(client, found, desired)), body !== plain);
			if (round === MAX_ROUNDS) throw failure;
		}
	}
}

/** A body with what comes alongside, unless the mapping has something to say of that as well. */
function withCarried(
	body: Record<string, unknown>,
	desired: ScimObject,
	alongside: AccountToCreate['alongside'],
): Record<string, unknown> {
	if (alongside === undefined || valueAt(desired, alongside.path) !== undefined) return body;
	const { urn } = parsePath(alongside.path);
	const schemas = body['schemas'] as string[];
	const whole = withValueAt(body, alongside.path, alongside.value);
	return urn === undefined || schemas.includes(urn) ? whole : { ...whole, schemas: [...schemas, urn] };
}

function carried(outcome: AccountOutcome, alongside: boolean): AccountOutcome {
	return alongside ? { ...outcome, alongside: true } : outcome;
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
	const password = passwordFor(client, wanted);
	return password === undefined ? body : { ...body, password };
}

/** Sent once, with the creation: an account that is there keeps the password that it has. */
function withoutPassword(desired: ScimObject): ScimObject {
	return Object.fromEntries(Object.entries(desired).filter(([name]) => foldCase(name) !== 'password'));
}

/** `{generated}` in the mapping, or an application that demands a password, means a new one that nobody keeps. */
function passwordFor(client: ScimClient, { attributes, random }: AccountToCreate): string | undefined {
	const mapped = textAttribute(attributes, 'password');
	if (mapped !== undefined && mapped !== GENERATED) return mapped;
	if (mapped !== undefined) return initialPassword(random);
	const demanded = random !== undefined && client.capabilities.requiredUser.includes('password');
	return demanded ? initialPassword(random) : undefined;
}

async function verifyCreated(
	client: ScimClient,
	matcher: AccountMatcher,
	wanted: AccountToCreate,
	desired: ScimObject,
	id: string | undefined,
): Promise<AccountOutcome> {
	const satisfied = (resource: ScimResource): boolean => differences(desired, resource, rulesOf(client)).length === 0;
	const after = await createdAccount(client, matcher, wanted.keys, { id, satisfied });
	if (isDomainError(after)) return { outcome: 'failed', error: after };
	const { operations, hidden } = compareStates(desired, after, rulesOf(client));
	// What the creation lost may be taken as a change, in whatever form the application takes.
	if (operations.length > 0) return patchAccount(client, after, desired);
	const attributes = hidden.map((path) => ({ path, verdict: 'hidden' as const }));
	return { outcome: 'verified', resource: after, ...(attributes.length === 0 ? {} : { attributes }) };
}

/**
 * Somebody else, or an earlier run of ours, was faster: the one account that carries our keys is ours. After a creation
 * whose answer was lost it was made by that.
 */
async function adoptAfterConflict(
	client: ScimClient,
	matcher: AccountMatcher,
	{ keys }: AccountToCreate,
	{ desired, isLost }: { desired: ScimObject; isLost: boolean },
): Promise<AccountOutcome | undefined> {
	const look = isLost ? waitForLost : findLost;
	const found = await look(client, matcher, keys, { exists: true });
	if (found === undefined) return undefined;
	noteRefusedName(client, keys, found.resource);
	const current = (await readAccount(client, found.resource.id)) ?? found.resource;
	const outcome = await patchAccount(client, current, desired);
	if (isLost && mayBeOurs(current, keys)) return asCreated(outcome);
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
