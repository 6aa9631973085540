import type { ScimClient } from '../client';
import { asDomainError } from '../errors';
import { AccountMatcher } from '../match';
import { PageReader } from '../page-reader';
import { readPage } from '../pager';
import { listsInPart, lookWhoIsActive, readWhole } from './partial-listings';
import type { AccountKeys } from '../account-keys';
import type { ScimResource } from '../resource';
import { AccountIndex } from './account-index';
import type { Findings } from './findings';
import type { DesiredState, DesiredUser, MatchKey, Reference } from './types';

export interface AccountsRead {
	index: AccountIndex;
	/** Whether all accounts were listed to the end; then what is not in the index does not exist. */
	listed: boolean;
	complete: boolean;
	/** Accounts of the application: active ones where they were listed, all where it only told their number. */
	population?: number;
	/** Users whose account could not be searched for: nothing may be concluded about them. */
	unknown: Set<DesiredUser>;
	/** People who are named without being users of the state, searched for and found nowhere. */
	nobody: Set<string>;
	/** Whether a listing showed the account of this id. */
	shows: (id: string) => boolean;
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
	const search: Search = { client, matcher: new AccountMatcher(), desired, index, findings, order: options.order };
	const common = { index, unknown: new Set<DesiredUser>(), nobody: new Set<string>() };
	const listed = options.keepStrays || !(await searchingIsCheaper(client, desired));
	const reader = new PageReader(client, 'Users', {}, (page) => page.forEach((resource) => index.visit(resource)));
	const complete = listed && (await listToTheEnd(reader, search));
	index.claim(desired.users);
	const partial = listed && (await listsInPart(client, index, desired.users));
	if (partial) await readWhole(client, index);
	if (!complete || partial) await searchRest(search, common);
	await lookWhoIsActive(client, index, desired.users);
	const population = listed ? index.active : await populationFor(client, desired);
	return {
		...common,
		listed,
		complete,
		shows: (id) => reader.has(id),
		...(population === undefined ? {} : { population }),
	};
}

/** What is searched for, and where. */
interface Search {
	client: ScimClient;
	matcher: AccountMatcher;
	desired: DesiredState;
	index: AccountIndex;
	findings: Findings;
	order: readonly MatchKey[];
}

/** Whether all accounts were listed. Where somebody isn't there, an end that only a total tells is looked behind. */
async function listToTheEnd(reader: PageReader, { desired, index, findings }: Search): Promise<boolean> {
	let coverage = await reader.read();
	// Whoever is behind the end is missing from the desired state, too.
	if (coverage.complete && reader.mayGoOn && (index.keepStrays || isAnybodyAbsent(desired, index)))
		coverage = await reader.readOn();
	if (!coverage.complete) {
		findings.add(
			'warning',
			'incomplete_read',
			'Users',
			`The accounts could not be listed to the end. ${coverage.reason ?? ''}`.trim(),
			'Nothing is taken from accounts that were not seen. Ask the application for complete listings.',
		);
	}
	return coverage.complete;
}

function isAnybodyAbsent(desired: DesiredState, index: AccountIndex): boolean {
	return (
		desired.users.some((user) => index.match(user).found === 'none') ||
		othersNamed(desired).some((reference) => index.resolve(reference) === undefined)
	);
}

/** People who are named as managers and members without being users of the state. */
function othersNamed({ users, groups }: DesiredState): Reference[] {
	const own = new Set(users.flatMap(({ keys }) => [keys.externalId, keys.userName, keys.id]));
	const references = [
		...users.flatMap(({ manager }) => (manager === undefined ? [] : [manager])),
		...groups.flatMap(({ members }) => members ?? []),
	];
	return references.filter(({ type, names }) => type === 'User' && !names.some((name) => own.has(name)));
}

/** Searches one by one for those who were not found by their strongest key. */
async function searchRest(
	search: Search,
	{ unknown, nobody }: Pick<AccountsRead, 'unknown' | 'nobody'>,
): Promise<void> {
	const { client, matcher, desired, index, findings, order } = search;
	for (const user of desired.users) {
		// Found by a weaker key, an account may be somebody else's who gives the name up.
		const match = index.match(user);
		const strongest = order.find((key) => user.keys[key] !== undefined);
		if (match.found === 'several' || (match.found === 'one' && match.by === strongest)) continue;
		await searchOne(client, matcher, keysFor(user), index).catch((error: unknown) => {
			findings.error(user.subject, asDomainError(error));
			unknown.add(user);
		});
	}
	await searchReferences(search, nobody);
	index.claim(desired.users);
}

/** Searches for everybody who wasn't found, once it turned out that the listing lacks accounts. */
export async function searchBeside(
	client: ScimClient,
	desired: DesiredState,
	accounts: AccountsRead,
	findings: Findings,
): Promise<void> {
	const { index } = accounts;
	await searchRest({ client, matcher: new AccountMatcher(), desired, index, findings, order: index.order }, accounts);
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

async function searchOne(
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
			await searchOne(client, matcher, { [key]: value }, index);
		}
		return undefined;
	}
}

async function searchReferences(
	{ client, matcher, desired, index, findings }: Search,
	nobody: Set<string>,
): Promise<void> {
	const asked = new Set<string>();
	for (const reference of othersNamed(desired)) {
		if (index.resolve(reference) !== undefined) continue;
		const label = labelOf(reference);
		if (asked.has(label)) continue;
		asked.add(label);
		const [name = ''] = reference.names;
		try {
			const byName = await searchOne(client, matcher, { userName: name }, index);
			const found = byName ?? (await searchOne(client, matcher, { externalId: name }, index));
			if (found === undefined && reference.names.length === 1) nobody.add(label);
		} catch (error) {
			findings.error(name, asDomainError(error));
		}
	}
}

/** A reference as one text. */
export function labelOf({ names }: Reference): string {
	return names.join('\n');
}

export function keysFor({ keys }: Pick<DesiredUser, 'keys'>): AccountKeys {
	return {
		...(keys.id === undefined ? {} : { remoteId: keys.id }),
		...(keys.externalId === undefined ? {} : { externalId: keys.externalId }),
		...(keys.userName === undefined ? {} : { userName: keys.userName }),
		...(keys.email === undefined ? {} : { email: keys.email }),
	};
}
