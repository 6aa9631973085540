import { DomainError } from '../model';
import { carriesKey, type AccountKeys, type AccountMatch } from './account-keys';
import type { ScimClient } from './client';
import { looselyEqual } from './diff-rules';
import { asDomainError } from './errors';
import type { AccountMatcher } from './match';
import { readBack } from './read-back';
import { backoff } from './retry';
import { textAttribute, type ScimResource } from './resource';
import { refusesSecondName } from './unique-names';

/** Looks for an account that is known to lag behind, beyond the reads that showed the last one. */
const MORE_LOOKS = 1;
/** Milliseconds between looks where a second creation could make a second account: half a minute in all. */
const PAUSES: readonly number[] = [500, 1000, 2000, 4000, 8000, 15_000];
/** The same once waiting came to nothing in this run: an application that is down shouldn't take hours to say so. */
const FEW_PAUSES: readonly number[] = PAUSES.slice(0, 3);
/** How long an account may take to be shown. What no look shows after that was not created. */
export const UNCLEAR_FOR_MS = 10 * 60_000;
const LATER = `Run again later: an account that is shown by then is taken as created. A run with the same journal sends the creation again where none is shown ${UNCLEAR_FOR_MS / 60_000} minutes after it was sent.`;

/** Runs (by their matcher) in which an account was waited for in vain. */
const inVain = new WeakSet<AccountMatcher>();

/** A creation that an earlier run sent, and of which nobody knows what came of it. */
export interface EarlierCreation {
	/** What the application said the id is. */
	remoteId?: string | undefined;
	/** When it was sent, ISO 8601. */
	since?: string | undefined;
}

/** What looks found. Nothing: sending the creation again makes no second account. */
export interface AfterLost {
	found?: ScimResource;
}

/**
 * The account that a creation without a clear answer may have made, or that a 409 says is there. Where reads lag behind
 * writes it is looked for again, since sending the creation once more could make a second one.
 *
 * @param options.exists the application says so (409): all accounts are listed where no search finds it
 */
export async function findLost(
	client: ScimClient,
	matcher: AccountMatcher,
	keys: AccountKeys,
	options: { exists?: boolean } = {},
): Promise<AccountMatch | undefined> {
	const { readsBehind } = client.capabilities;
	const looks = readsBehind > 1 ? 2 * readsBehind + MORE_LOOKS : 1;
	for (let look = 1; ; look++) {
		const found = await matcher.match(client, keys, { fresh: true, thorough: options.exists === true });
		if (found !== undefined || look >= looks) return found;
		await client.sleep(backoff(look));
	}
}

/** The same, in looks with growing pauses: half a minute long, for where the account has to be there, or may be. */
export async function waitForLost(
	client: ScimClient,
	matcher: AccountMatcher,
	keys: AccountKeys,
	options: { exists?: boolean } = {},
): Promise<AccountMatch | undefined> {
	const look = () => matcher.match(client, keys, { fresh: true, thorough: options.exists === true });
	let found = await look();
	for (const pause of inVain.has(matcher) ? FEW_PAUSES : PAUSES) {
		if (found !== undefined) return found;
		await client.sleep(pause);
		found = await look();
	}
	if (found === undefined) inVain.add(matcher);
	return found;
}

/**
 * Looks before a creation is sent again, whose outcome nobody knows. Where the application is known to refuse a second
 * account with the name, one look is enough: sending it again can't do harm. Elsewhere it is waited for.
 *
 * @param options.since where an earlier run sent it: what was sent long ago would be shown by now
 * @throws DomainError SCIM_FAILED, `isUnclear`, where it may have been created and isn't shown
 */
export async function lookAfterLost(
	client: ScimClient,
	matcher: AccountMatcher,
	keys: AccountKeys,
	options: Partial<EarlierCreation> = {},
): Promise<AfterLost> {
	const { remoteId, since } = options;
	const all = remoteId === undefined ? keys : { ...keys, remoteId };
	const found = await findLost(client, matcher, all);
	if (found !== undefined) return { found: found.resource };
	if (isPast(since, client.clock()) || (await refusesSecondName(client))) return {};
	const late = await waitForLost(client, matcher, all);
	if (late === undefined) throw unclearCreation(options);
	return { found: late.resource };
}

/**
 * The account that a creation which was answered with success made, as it is shown: by the id in the answer, else by its
 * keys. An id that leads to somebody else's account is not believed (bulk answers that mix them up). An error where no
 * look shows it.
 */
export async function createdAccount(
	client: ScimClient,
	matcher: AccountMatcher,
	keys: AccountKeys,
	{ id, satisfied }: { id: string | undefined; satisfied: (resource: ScimResource) => boolean },
): Promise<ScimResource | DomainError> {
	const shown = id === undefined ? undefined : await readBack(client, id, satisfied);
	if (shown !== undefined && !isForeign(shown, keys)) return shown;
	const believed = shown === undefined ? id : undefined;
	const all = believed === undefined ? keys : { ...keys, remoteId: believed };
	const found = await waitForLost(client, matcher, all);
	return found?.resource ?? notShown(believed);
}

function notShown(remoteId: string | undefined): DomainError {
	return new DomainError(
		'SCIM_NOT_APPLIED',
		'The application answered that it took the creation of the account, but does not show it. It was not sent again, since that could make a second account.',
		`Look the account up in the application; check whether the credential may read users. ${LATER}`,
		{ unclear: true, ...(remoteId === undefined ? {} : { remoteId }) },
	);
}

/** The same error, of a creation that may have been carried out. */
export function asUnclear(error: unknown): DomainError {
	const { code, message, remedy, details } = asDomainError(error);
	return new DomainError(code, message, remedy, { ...details, unclear: true });
}

/** Nobody knows whether the account was created. */
export function unclearCreation({ remoteId, since }: Partial<EarlierCreation> = {}): DomainError {
	return new DomainError(
		'SCIM_FAILED',
		'The creation was sent, and it is unclear whether it was carried out: no look shows the account. It was not sent again, since that could make a second account.',
		`Look whether the application shows the account. ${LATER}`,
		{ unclear: true, ...(remoteId === undefined ? {} : { remoteId }), ...(since === undefined ? {} : { since }) },
	);
}

/** Whether an error leaves open if an account was created. */
export function isUnclear(error: DomainError | undefined): boolean {
	return error?.details['unclear'] === true;
}

/** When an unclear creation was sent last, ISO 8601. */
export function sentAt(error: DomainError | undefined, now: number): string {
	const since = error?.details['since'];
	return typeof since === 'string' ? since : new Date(now).toISOString();
}

/** Whether a creation was sent so long ago that its account would be shown by now. */
export function isPast(since: string | undefined, now: number): boolean {
	const sent = Date.parse(since ?? '');
	return !Number.isNaN(sent) && now - sent >= UNCLEAR_FOR_MS;
}

/**
 * Whether an account that turned up after a creation of ours without an outcome can be ours. It isn't where it carries
 * another externalId: then somebody else has the name.
 */
export function mayBeOurs(resource: ScimResource, keys: AccountKeys): boolean {
	const shown = textAttribute(resource, 'externalId');
	return shown === undefined || shown === '' || keys.externalId === undefined || shown === keys.externalId;
}

/** Whether an account with an id that an answer named is somebody else's: it shows a name, and no key of ours. */
export function isForeign(resource: ScimResource, { externalId, userName, email }: AccountKeys): boolean {
	const shown = textAttribute(resource, 'userName');
	if (shown === undefined || (userName !== undefined && looselyEqual(shown, userName))) return false;
	const others = [
		['externalId', externalId],
		['email', email],
	] as const;
	return !others.some(([key, value]) => value !== undefined && carriesKey(resource, key, value));
}
