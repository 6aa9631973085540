import type { ScimClient } from './client';
import { statusOf } from './errors';
import { equalsFilter } from './filter';
import { groupState, readGroup, type GroupState } from './groups';
import { NOBODY } from './member-visibility';
import { listAll, visitAll } from './pager';
import { asObject, attribute, elementValues, foldCase, type ScimResource } from './resource';

/** Groups of an account. */
export interface UserGroups {
	groups: GroupState[];
	/** False where the application gives no way to know that these are all. */
	complete: boolean;
}

/**
 * The groups that an account is a direct member of: as the account shows them, else by filter, else out of a listing of
 * all groups.
 */
export async function groupsOf(client: ScimClient, account: ScimResource): Promise<UserGroups> {
	const shown = attribute(account, 'groups');
	const direct = (Array.isArray(shown) ? shown : []).filter((each) => {
		const type = asObject(each) === undefined ? undefined : attribute(asObject(each) ?? {}, 'type');
		return typeof type !== 'string' || foldCase(type) !== 'indirect'; // RFC 7643 §4.1.2
	});
	const ids = elementValues(direct);
	if (ids.length > 0) {
		const groups = await Promise.all(ids.map((id) => readIfThere(client, id)));
		return { groups: groups.filter((group) => group !== undefined), complete: true };
	}
	return (await byFilter(client, account.id)) ?? byListing(client, account.id);
}

async function readIfThere(client: ScimClient, id: string): Promise<GroupState | undefined> {
	try {
		return await readGroup(client, id);
	} catch (error) {
		if (statusOf(error) === 404) return undefined;
		throw error;
	}
}

/** `undefined` where the filter isn't taken, or finds groups for somebody who doesn't exist. */
async function byFilter(client: ScimClient, userId: string): Promise<UserGroups | undefined> {
	if (!client.capabilities.filter.members) return undefined;
	try {
		const found = await listAll(client, 'Groups', { filter: equalsFilter('members.value', userId) });
		// "None" may also mean that the filter isn't understood: the listing tells.
		if (found.resources.length === 0) return undefined;
		const nobody = await listAll(client, 'Groups', { filter: equalsFilter('members.value', NOBODY) });
		return nobody.resources.length > 0
			? undefined
			: { groups: found.resources.map(groupState), complete: found.complete };
	} catch (error) {
		if (statusOf(error) === undefined) throw error;
		return undefined;
	}
}

async function byListing(client: ScimClient, userId: string): Promise<UserGroups> {
	const groups: GroupState[] = [];
	const seen = { groups: 0, members: 0 };
	const { complete } = await visitAll(client, 'Groups', {}, (resource) => {
		const members = elementValues(attribute(resource, 'members'));
		seen.groups++;
		seen.members += members.length;
		if (members.includes(userId)) groups.push(groupState(resource));
	});
	return { groups, complete: complete && (seen.members > 0 || seen.groups === 0) };
}
