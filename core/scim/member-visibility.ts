import type { ScimClient } from './client';
import { statusOf } from './errors';
import { andFilter, equalsFilter } from './filter';
import type { GroupState } from './groups';
import { listQuery, readPage, visitAll } from './pager';
import { asResource, attribute, elementValues } from './resource';
import type { SchemaIndex } from './schemas';

/** No account has this id: whoever answers "yes" for it doesn't apply the filter. */
export const NOBODY = 'no-such-member-0000';

/** Entries looked at to learn whether the application shows members at all. */
const PROBED_GROUPS = 50;

/**
 * What a run learns about seeing members: whether groups show them at all, and how else to tell where they don't (AWS,
 * jackson). One instance a run, so each thing is found out once.
 */
export class MemberVisibility {
	#shown: Promise<boolean> | undefined;
	#trusted: Promise<boolean> | undefined;
	#proven = false;

	/** A group that was read: members in it prove that the application shows them. */
	learn(group: GroupState): void {
		if (group.members.size > 0) this.#shown = Promise.resolve(true);
	}

	/** True where the application is known to show members: then a group without any is empty. */
	shown(client: ScimClient): Promise<boolean> {
		if (!client.capabilities.membership.readableMembers) return Promise.resolve(false);
		this.#shown ??= client
			.get(['Groups'], { count: PROBED_GROUPS })
			.then((answer) =>
				readPage(answer).resources.some((group) => elementValues(attribute(group, 'members')).length > 0),
			)
			.catch(() => false);
		return this.#shown;
	}

	/**
	 * Membership of one user, asked by filter, else read from the user's `groups`; `undefined` where the application gives
	 * no way to tell.
	 */
	async contains(client: ScimClient, groupId: string, userId: string): Promise<boolean | undefined> {
		this.#trusted ??= this.#answers(client, groupId, NOBODY).then((answer) => answer === false);
		const trusted = await this.#trusted;
		const answer = trusted ? await this.#answers(client, groupId, userId) : undefined;
		if (answer === true) this.#proven = true;
		if (answer === true) return true;
		// "No" from a filter may also mean that it isn't understood (scimgateway answers every `and` with nothing): it is
		// believed where the filter found somebody before, or the vendor documents it.
		const documented = client.profile.basis.filter?.from === 'documented';
		if (answer === false && (this.#proven || documented)) return false;
		const user = asResource((await client.get(['Users', userId])).body);
		const groups = user === undefined ? [] : elementValues(attribute(user, 'groups'));
		if (groups.includes(groupId)) return true;
		return groups.length > 0 ? false : undefined;
	}

	async #answers(client: ScimClient, groupId: string, userId: string): Promise<boolean | undefined> {
		const { and, members } = client.capabilities.filter;
		if (!members) return undefined;
		const byMember = equalsFilter('members.value', userId);
		try {
			if (!and) return await this.#among(client, groupId, byMember);
			const filter = andFilter(equalsFilter('id', groupId), byMember);
			const { resources } = readPage(await client.get(['Groups'], listQuery({ filter })));
			return resources.every((group) => group.id === groupId) ? resources.length > 0 : undefined;
		} catch (error) {
			if (statusOf(error) === undefined) throw error;
			return undefined;
		}
	}

	/** Without `and`: all groups of the user, the one among them or not. */
	async #among(client: ScimClient, groupId: string, filter: string): Promise<boolean | undefined> {
		const ids = new Set<string>();
		const { complete } = await visitAll(client, 'Groups', { filter }, ({ id }) => ids.add(id));
		return ids.has(groupId) || (complete ? false : undefined);
	}
}

const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group';

/** Whether the application's own schema says that groups show their members (RFC 7643 §7, `returned`). */
export function describesMembers(schemas: SchemaIndex | undefined): boolean {
	const returned = schemas?.attribute(GROUP_SCHEMA, 'members')?.returned;
	return returned === 'always' || returned === 'default';
}
