import { readAccount } from '../account-keys';
import type { ScimClient } from '../client';
import { mapBounded } from '../concurrency';
import { asDomainError } from '../errors';
import { equalsFilter } from '../filter';
import { listQuery, readPage } from '../page';
import { foldCase, textAttribute, type ScimResource } from '../resource';
import { Findings } from './findings';
import type { JournalRecord } from './journal';
import { searchBeside, type AccountsRead } from './read-accounts';
import type { GroupsRead } from './read-groups';
import type { DesiredState, DesiredUser } from './types';

/** Leavers without account that are looked for one by one; of more, so many evenly spread. */
const MOST_LEAVERS = 100;
/** The same of people who are about to get an account: what is left out as a kind shows in a few. */
const MOST_NEW = 20;
/** Of people without account, so many are looked at by a comparison. */
const MOST_READ = 1000;
/** Members that are read one by one where accounts were searched and not listed. */
const MOST_UNSEEN = 100;

export interface BesideListing {
	client: ScimClient;
	desired: DesiredState;
	accounts: AccountsRead;
	groups: GroupsRead;
	/** Records of earlier runs for the same application. */
	earlier: readonly JournalRecord[];
	findings: Findings;
}

/** What was read, and the members of whom nobody could tell who they are. */
export interface LookedBeside {
	accounts: AccountsRead;
	untold: ReadonlySet<string>;
}

/**
 * Accounts that a listing leaves out: guests, inactive ones, new ones that it doesn't know yet. Whoever would count as
 * absent is looked for elsewhere: by the id that a journal has, among the members of the managed groups that no listing
 * showed, and by filter: leavers, and some of those who are about to get an account. As soon as one turns up, the
 * listing isn't believed any more and all who are absent are searched for. Where nobody is absent and all members are known, this asks nothing.
 */
export async function lookBeside(input: BesideListing): Promise<LookedBeside> {
	const { client, desired, accounts, findings } = input;
	const absent = desired.users.filter((user) => isAbsent(user, accounts));
	const stated = absent.flatMap(({ keys: { id } }) => (id === undefined || !accounts.listed ? [] : [id]));
	const known = journaledIds(absent, input.earlier);
	const ids = new Set([...stated, ...known, ...unseenMembers(input, absent.length > 0)]);
	const { found, untold } = await readEach(client, [...ids], findings);
	for (const resource of found) accounts.index.visit(resource);
	if (accounts.listed && accounts.complete && found.length === 0) found.push(...(await absentByFilter(client, absent)));
	if (found.length === 0 || !accounts.listed || !accounts.complete) {
		accounts.index.claim(desired.users);
		return { accounts, untold };
	}
	findings.add(
		'warning',
		'incomplete_read',
		'Users',
		`The listing of accounts leaves some out: ${found.length === 1 ? 'one that it does' : `${found.length} that it does`} not show could be read.`,
		'Nobody counts as absent because of it: whoever it lacks is searched for. Ask the application for complete listings.',
	);
	await searchBeside(client, desired, accounts, findings);
	return { accounts: { ...accounts, complete: false }, untold };
}

function isAbsent(user: DesiredUser, { index, unknown }: AccountsRead): boolean {
	return index.match(user).found === 'none' && !unknown.has(user);
}

/** Ids under which earlier runs knew the accounts of these people. */
function journaledIds(absent: readonly DesiredUser[], earlier: readonly JournalRecord[]): string[] {
	if (absent.length === 0 || earlier.length === 0) return [];
	const ids = new Map<string, string>();
	const names = new Map<string, string[]>();
	for (const record of earlier) {
		const key = 'action' in record ? `${record.run}\n${record.action}` : '';
		if (record.type === 'before' && !record.kind.endsWith('_group') && !record.kind.endsWith('_members')) {
			const { desired = {}, before, remoteId } = record;
			const known = [record.subject, ...[desired, before ?? {}].flatMap(namesOf)];
			names.set(key, known);
			if (remoteId !== undefined) for (const name of known) ids.set(foldCase(name), remoteId);
		} else if (record.type === 'after' && record.remoteId !== undefined) {
			for (const name of names.get(key) ?? []) ids.set(foldCase(name), record.remoteId);
		}
	}
	return absent.flatMap(({ keys: { externalId, userName } }) =>
		[externalId, userName].flatMap((name) => (name === undefined ? [] : (ids.get(foldCase(name)) ?? []))),
	);
}

function namesOf(entry: object): string[] {
	return ['externalId', 'userName'].flatMap((key) => textAttribute(entry as ScimResource, key) ?? []);
}

/**
 * Accounts that a comparison's listing left out, as far as groups and filters give them away; see {@link lookBeside}.
 *
 * @param shows whether the listing showed an account
 * @param unbound people for whom it showed none
 */
export async function unlistedAccounts(
	client: ScimClient,
	groups: GroupsRead,
	shows: (id: string) => boolean,
	unbound: Iterable<DesiredUser>,
): Promise<ScimResource[]> {
	const { found } = await readEach(client, unseenIn(groups, shows), new Findings());
	if (found.length > 0) return found;
	const absent: DesiredUser[] = [];
	for (const user of unbound) if (absent.push(user) >= MOST_READ) break;
	const hits = await absentByFilter(client, absent);
	return [...new Map(hits.map((hit) => [hit.id, hit])).values()].filter(({ id }) => !shows(id));
}

/** Members of managed groups that are neither groups nor accounts that were shown. */
export function unseenIn(groups: GroupsRead, shows: (id: string) => boolean): string[] {
	const unseen = new Set<string>();
	for (const [group, { state }] of groups.found) {
		if (group.members === undefined) continue;
		for (const id of state.members) if (!shows(id) && !groups.names.has(`i\n${id}`)) unseen.add(id);
	}
	return [...unseen];
}

/** Members of the managed groups that no listing showed. Where nothing was listed, only where somebody is absent. */
function unseenMembers({ accounts, groups }: BesideListing, anybodyAbsent: boolean): string[] {
	if (!accounts.listed && !anybodyAbsent) return [];
	const known = new Set(accounts.index.concerned().map(({ id }) => id));
	const unseen = unseenIn(groups, (id) => accounts.shows(id) || known.has(id));
	return accounts.listed || unseen.length <= MOST_UNSEEN ? unseen : [];
}

async function readEach(
	client: ScimClient,
	ids: readonly string[],
	findings: Findings,
): Promise<{ found: ScimResource[]; untold: Set<string> }> {
	const found: ScimResource[] = [];
	const untold = new Set<string>();
	await mapBounded(ids, client.limits.concurrency, async (id) => {
		try {
			const resource = await readAccount(client, id);
			if (resource !== undefined) found.push(resource);
		} catch (error) {
			untold.add(id);
			const { message, remedy } = asDomainError(error);
			const what = `Whose account "${id}" is, no listing shows, and a read of it failed; it stays in its groups. ${message}`;
			findings.add('error', 'account_untold', id, what, remedy);
		}
	});
	return { found, untold };
}

/** Accounts of absent people that a filter finds; nothing where the application can't be asked. */
async function absentByFilter(client: ScimClient, absent: readonly DesiredUser[]): Promise<ScimResource[]> {
	const leavers = spread(
		absent.filter(({ active }) => !active),
		MOST_LEAVERS,
	);
	const newcomers = spread(
		absent.filter(({ active }) => active),
		MOST_NEW,
	);
	const found: ScimResource[] = [];
	/** Keys that the application can't search by. */
	const dead = new Set<string>();
	const ask = async ({ keys, active }: DesiredUser): Promise<void> => {
		for (const key of ['externalId', 'userName'] as const) {
			const value = keys[key];
			if (value === undefined || dead.has(key) || !isSearchable(client, key)) continue;
			const hits = await hitsOf(client, key, value);
			if (hits === undefined) dead.add(key);
			else found.push(...hits);
			// A name that is taken the application itself refuses to give twice.
			if (hits !== undefined && (hits.length > 0 || active)) return;
		}
	};
	const [first, ...others] = [...leavers, ...newcomers];
	if (first !== undefined) await ask(first);
	await mapBounded(others, client.limits.concurrency, ask);
	return found;
}

/** Accounts that carry the value; `undefined` where the application can't be asked. */
async function hitsOf(
	client: ScimClient,
	key: 'externalId' | 'userName',
	value: string,
): Promise<ScimResource[] | undefined> {
	try {
		const { resources } = readPage(await client.get(['Users'], listQuery({ filter: equalsFilter(key, value) })));
		const hits = resources.filter((hit) => foldCase(textAttribute(hit, key) ?? '') === foldCase(value));
		// Others than those that were asked for: the filter isn't applied.
		return hits.length === 0 && resources.length > 0 ? undefined : hits;
	} catch {
		return undefined;
	}
}

/** So many of a list at most, evenly spread. */
function spread<Item>(list: readonly Item[], most: number): Item[] {
	const step = Math.max(1, list.length / most);
	return list.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}

function isSearchable(client: ScimClient, key: string): boolean {
	const { users } = client.capabilities.filter;
	return users.includes('*') || users.includes(foldCase(key));
}
