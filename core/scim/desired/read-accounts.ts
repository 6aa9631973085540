import type { ScimClient } from '../client';
import { asDomainError } from '../errors';
import { AccountMatcher } from '../match';
import { readPage, visitAll } from '../pager';
import { listsInPart, readWhole } from './partial-listings';
import type { AccountKeys } from '../account-keys';
import type { ScimResource } from '../resource';
import { AccountIndex } from './account-index';
import type { Findings } from './findings';
import type { DesiredState, DesiredUser, MatchKey } from './types';

export interface AccountsRead {
	index: AccountIndex;
	/** Whether all accounts were listed to the end; then what is not in the index does not exist. */
	listed: boolean;
	complete: boolean;
	/** Accounts of the application: active ones where they were listed, all where it only told their number. */
	population?: number;
	/** Users whose account could not be searched for: nothing may be concluded about them. */
	unknown: ReadonlySet<DesiredUser>;
}

export interface ReadAccountsOptions {
	order: readonly MatchKey[];
	keepStrays: boolean;
}

/** Searches one by one up to this many without asking how large the application is. */
const FEW = 3;

/**
 * The accounts that a desired state concerns: listed page by page, or searched one by one where that takes fewer
 * requests. What an incomplete listing doesn't show is searched for before it counts as missing.
 */
export async function readAccounts(
	client: ScimClient,
	desired: DesiredState,
	options: ReadAccountsOptions,
	findings: Findings,
): Promise<AccountsRead> {
	const index = new AccountIndex(desired, options.order, options.keepStrays);
	const matcher = new AccountMatcher();
	const unknown = new Set<DesiredUser>();
	const listed = options.keepStrays || !(await searchingIsCheaper(client, desired));
	let complete = false;
	if (listed) {
		const coverage = await visitAll(client, 'Users', {}, (resource) => index.visit(resource));
		complete = coverage.complete;
		if (!complete) {
			findings.add(
				'warning',
				'incomplete_read',
				'Users',
				`The accounts could not be listed to the end. ${coverage.reason ?? ''}`.trim(),
				'Nothing is taken from accounts that were not seen. Ask the application for complete listings.',
			);
		}
	}
	index.claim(desired.users);
	const partial = listed && (await listsInPart(client, index, desired.users));
	if (partial) await readWhole(client, index);
	if (!complete || partial) {
		for (const user of desired.users) {
			// Found by a weaker key, an account may be somebody else's who gives the name up.
			const match = index.match(user);
			const strongest = options.order.find((key) => user.keys[key] !== undefined);
			if (match.found === 'several' || (match.found === 'one' && match.by === strongest)) continue;
			await search(client, matcher, keysFor(user), index).catch((error: unknown) => {
				findings.error(user.subject, asDomainError(error));
				unknown.add(user);
			});
		}
		await searchReferences(client, matcher, desired, index, findings);
		index.claim(desired.users);
	}
	const population = listed ? index.active : await populationFor(client, desired);
	return { index, listed, complete, unknown, ...(population === undefined ? {} : { population }) };
}

/** How many accounts there are, asked only where somebody is to be deactivated: the guard wants to know. */
async function populationFor(client: ScimClient, { users }: DesiredState): Promise<number | undefined> {
	if (users.every(({ active }) => active)) return undefined;
	try {
		return readPage(await client.get(['Users'], { count: 1 })).totalResults;
	} catch {
		return undefined;
	}
}

/** Listing costs a request a page; searching at least one a person. */
async function searchingIsCheaper(client: ScimClient, desired: DesiredState): Promise<boolean> {
	const names = new Set(desired.users.map(({ subject }) => subject));
	for (const { members } of desired.groups) members?.forEach((member) => names.add(member.names.join('\n')));
	if (names.size <= FEW) return true;
	const pageSize = client.limits.pageSize;
	if (names.size > 20 * pageSize) return false;
	try {
		const { totalResults } = readPage(await client.get(['Users'], { count: 1 }));
		return totalResults !== undefined && totalResults > 1 && names.size * 2 < totalResults / pageSize;
	} catch {
		return false;
	}
}

async function search(
	client: ScimClient,
	matcher: AccountMatcher,
	keys: AccountKeys,
	index: AccountIndex,
): Promise<ScimResource | undefined> {
	try {
		const found = await matcher.match(client, keys);
		if (found !== undefined) index.visit(found.resource);
		return found?.resource;
	} catch (error) {
		if (asDomainError(error).code !== 'SCIM_AMBIGUOUS' || Object.keys(keys).length < 2) throw error;
		// Two keys, two accounts: a name that changes hands looks like that, too. All of them together tell.
		for (const [key, value] of Object.entries(keys) as Array<[keyof AccountKeys, string]>) {
			await search(client, matcher, { [key]: value }, index);
		}
		return undefined;
	}
}

async function searchReferences(
	client: ScimClient,
	matcher: AccountMatcher,
	desired: DesiredState,
	index: AccountIndex,
	findings: Findings,
): Promise<void> {
	const own = new Set(desired.users.flatMap(({ keys }) => [keys.externalId, keys.userName, keys.id]));
	const references = [
		...desired.users.flatMap(({ manager }) => (manager === undefined ? [] : [manager])),
		...desired.groups.flatMap(({ members }) => members ?? []),
	];
	const asked = new Set<string>();
	for (const reference of references) {
		if (reference.type !== 'User' || index.resolve(reference) !== undefined) continue;
		if (reference.names.some((name) => own.has(name))) continue;
		const label = reference.names.join('\n');
		if (asked.has(label)) continue;
		asked.add(label);
		const [name = ''] = reference.names;
		try {
			const byName = await search(client, matcher, { userName: name }, index);
			if (byName === undefined) await search(client, matcher, { externalId: name }, index);
		} catch (error) {
			findings.error(name, asDomainError(error));
		}
	}
}

export function keysFor({ keys }: Pick<DesiredUser, 'keys'>): AccountKeys {
	return {
		...(keys.id === undefined ? {} : { remoteId: keys.id }),
		...(keys.externalId === undefined ? {} : { externalId: keys.externalId }),
		...(keys.userName === undefined ? {} : { userName: keys.userName }),
		...(keys.email === undefined ? {} : { email: keys.email }),
	};
}
