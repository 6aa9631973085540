import { DomainError } from '../model';
import type { ScimClient } from './client';
import { statusOf } from './errors';
import { andFilter, equalsFilter } from './filter';
import { listAll, listQuery, readPage } from './pager';
import { asResource, attribute, elementValues, foldCase, textAttribute, type ScimResource } from './resource';

/** A group with its members as far as the application shows them. */
export interface GroupState {
	id: string;
	displayName: string;
	/** Ids of the members shown. */
	members: ReadonlySet<string>;
}

/** No account has this id: whoever answers "yes" for it doesn't apply the filter. */
const NOBODY = 'no-such-member-0000';

/**
 * The one group of that display name, with its members. Every hit is compared again, exactly: `admins` is not `Admins`.
 *
 * @throws DomainError SCIM_AMBIGUOUS (several), SCIM_FAILED (none; a group is never created silently).
 */
export async function findGroup(client: ScimClient, displayName: string): Promise<GroupState> {
	const candidates = await searchGroups(client, displayName);
	const exact = candidates.filter((group) => textAttribute(group, 'displayName') === displayName);
	const [first, second] = exact;
	if (second !== undefined) {
		throw new DomainError(
			'SCIM_AMBIGUOUS',
			`The application has ${exact.length} groups named "${displayName}".`,
			'Rename all but one of them, then run again.',
		);
	}
	if (first === undefined) throw noGroup(displayName, candidates);
	// A listing may leave members out (RFC 7644 §3.9 allows it); only a read of the group itself counts as empty.
	return memberCount(first) > 0 ? groupState(first) : readGroup(client, first.id);
}

/** The group as it is now. */
export async function readGroup(client: ScimClient, id: string): Promise<GroupState> {
	const resource = asResource((await client.get(['Groups', id])).body);
	if (resource === undefined || resource.id !== id) {
		throw new DomainError(
			'SCIM_FAILED',
			'GET /Groups answered another group.',
			'Check that the base URL is a SCIM 2.0 address.',
		);
	}
	return groupState(resource);
}

async function searchGroups(client: ScimClient, displayName: string): Promise<ScimResource[]> {
	let answered: ScimResource[] | undefined;
	try {
		const filter = equalsFilter('displayName', displayName);
		answered = readPage(await client.get(['Groups'], listQuery({ filter }))).resources;
	} catch (error) {
		if (![400, 500, 501].includes(statusOf(error) ?? 0)) throw error;
	}
	const named = answered?.filter((group) => sameName(group, displayName)) ?? [];
	// Nothing at all is an answer, unless the name needs escapes, which some servers compare as they stand; groups of
	// other names mean that the filter isn't applied.
	if (named.length > 0 || (answered?.length === 0 && !/["\\]/.test(displayName))) return named;
	const listing = await listAll(client, 'Groups', { excludedAttributes: ['members'] });
	if (!listing.complete) {
		throw new DomainError(
			'SCIM_FAILED',
			`The application can't search groups, and they could not be listed to the end. ${listing.reason ?? ''}`.trim(),
			'Ask for a filter on displayName in its SCIM connector, or for complete listings.',
		);
	}
	return listing.resources.filter((group) => sameName(group, displayName));
}

function sameName(group: ScimResource, displayName: string): boolean {
	return foldCase(textAttribute(group, 'displayName') ?? '') === foldCase(displayName);
}

function noGroup(displayName: string, similar: readonly ScimResource[]): DomainError {
	const spelt = similar[0] === undefined ? undefined : textAttribute(similar[0], 'displayName');
	const hint = spelt === undefined ? '' : ` It has "${spelt}".`;
	return new DomainError(
		'SCIM_FAILED',
		`The application has no group named "${displayName}".${hint}`,
		'Create the group in the application, or mend the group name in the policy.',
		{ ambiguous: false },
	);
}

function memberCount(group: ScimResource): number {
	return elementValues(attribute(group, 'members')).length;
}

function groupState(group: ScimResource): GroupState {
	return {
		id: group.id,
		displayName: textAttribute(group, 'displayName') ?? '',
		members: new Set(elementValues(attribute(group, 'members'))),
	};
}

/** Entries looked at to learn whether the application shows members at all. */
const PROBED_GROUPS = 50;

/**
 * What a run learns about seeing members: whether groups show them at all, and how else to tell where they don't (AWS,
 * jackson). One instance a run, so each thing is found out once.
 */
export class MemberVisibility {
	#shown: Promise<boolean> | undefined;
	#trusted: Promise<boolean> | undefined;

	/** A group that was read: members in it prove that the application shows them. */
	learn(group: GroupState): void {
		if (group.members.size > 0) this.#shown = Promise.resolve(true);
	}

	/** True where the application is known to show members: then a group without any is empty. */
	shown(client: ScimClient): Promise<boolean> {
		this.#shown ??= client
			.get(['Groups'], { startIndex: 1, count: PROBED_GROUPS })
			.then((answer) => readPage(answer).resources.some((group) => memberCount(group) > 0))
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
		if (trusted && (await this.#answers(client, groupId, userId)) === true) return true;
		// "No" from a filter may also mean that it isn't understood (scimgateway answers every `and` with nothing).
		const user = asResource((await client.get(['Users', userId])).body);
		const groups = user === undefined ? [] : elementValues(attribute(user, 'groups'));
		if (groups.includes(groupId)) return true;
		return groups.length > 0 ? false : undefined;
	}

	async #answers(client: ScimClient, groupId: string, userId: string): Promise<boolean | undefined> {
		const filter = andFilter(equalsFilter('id', groupId), equalsFilter('members.value', userId));
		try {
			const { resources } = readPage(await client.get(['Groups'], listQuery({ filter })));
			return resources.every((group) => group.id === groupId) ? resources.length > 0 : undefined;
		} catch (error) {
			if (statusOf(error) === undefined) throw error;
			return undefined;
		}
	}
}
