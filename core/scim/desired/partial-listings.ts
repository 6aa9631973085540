import type { ScimClient } from '../client';
import { readAccount } from '../account-keys';
import { mapBounded } from '../concurrency';
import { valueAt } from '../attribute-path';
import { compareStates } from '../diff';
import { rulesOf } from '../diff-rules';
import { mayShowLess, wholeAccount } from '../listed';
import { isActive, type ScimResource } from '../resource';
import { isActiveOpen } from './active-history';
import type { AccountIndex } from './account-index';
import type { DesiredUser } from './types';

/**
 * Whether listings show less of an account than a read of it alone: some applications list little more than ids and names.
 * Asked, by one read, only where something wanted isn't shown by the listing, or where somebody wasn't found in it by a
 * key that it shows of nobody.
 */
export async function listsInPart(
	client: ScimClient,
	index: AccountIndex,
	users: readonly DesiredUser[],
): Promise<boolean> {
	if (client.listings !== 'unknown') return client.listings === 'partial';
	const sample = suspicious(client, index, users);
	if (sample === undefined) return false;
	await wholeAccount(client, sample);
	return (client.listings as 'unknown' | 'whole' | 'partial') === 'partial';
}

function suspicious(client: ScimClient, index: AccountIndex, users: readonly DesiredUser[]): ScimResource | undefined {
	const rules = rulesOf(client);
	let missed = false;
	for (const user of users) {
		const match = index.match(user);
		if (match.found === 'one') {
			const { operations } = compareStates({ active: user.active, ...user.attributes }, match.resource, rules);
			if (operations.some(({ path }) => valueAt(match.resource, path) === undefined)) return match.resource;
		} else if (match.found === 'none') missed ||= !index.showsKeysOf(user);
	}
	return missed ? index.sample : undefined;
}

/**
 * Whether those are active who are to be, where the answers so far don't show it: one read of an account alone tells whether
 * that shows more, and then each such account is read.
 */
export async function lookWhoIsActive(
	client: ScimClient,
	index: AccountIndex,
	users: readonly DesiredUser[],
): Promise<void> {
	const open: ScimResource[] = [];
	for (const user of users) {
		const match = index.match(user);
		if (match.found === 'one' && isActiveOpen(user, match.resource, client)) open.push(match.resource);
	}
	const look = async (resource: ScimResource): Promise<boolean> => {
		const whole = mayShowLess(client, resource) ? await wholeAccount(client, resource) : undefined;
		if (whole === undefined || isActive(whole) === undefined) return false;
		index.replace(whole);
		return true;
	};
	const [sample, ...others] = open;
	if (sample !== undefined && (await look(sample))) await mapBounded(others, client.limits.concurrency, look);
}

/** Reads the accounts that a plan is about each by itself, in place of what the listing showed of them. */
export async function readWhole(client: ScimClient, index: AccountIndex): Promise<void> {
	await mapBounded(index.concerned(), client.limits.concurrency, async (resource) => {
		const whole = await wholeAccount(client, resource);
		if (whole !== undefined) index.replace(whole);
	});
	const inactive = new Set<string>();
	await mapBounded(index.outside, client.limits.concurrency, async ({ id }) => {
		const whole = await readAccount(client, id);
		if (whole === undefined || isActive(whole) === false) inactive.add(id);
	});
	index.forgetStrays(inactive);
}
