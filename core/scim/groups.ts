import { DomainError } from '../model';
import type { ScimClient } from './client';
import { statusOf } from './errors';
import { equalsFilter } from './filter';
import { listAll, listQuery, readPage } from './pager';
import { asResource, attribute, elementValues, foldCase, textAttribute, type ScimResource } from './resource';
import { noteVersion, versionOf } from './version';

export { MemberVisibility } from './member-visibility';

/** A group with its members as far as the application shows them. */
export interface GroupState {
	id: string;
	displayName: string;
	/** Ids of the members shown. */
	members: ReadonlySet<string>;
	/** What If-Match may carry, where the application gives versions out. */
	version?: string;
}

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
	const readable = client.capabilities.membership.readableMembers;
	return memberCount(first) > 0 || !readable ? groupState(first) : readGroup(client, first.id);
}

/** The group as it is now. */
export async function readGroup(client: ScimClient, id: string): Promise<GroupState> {
	const answer = await client.get(['Groups', id]);
	const resource = asResource(answer.body);
	if (resource !== undefined) noteVersion(resource, answer);
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
		const { groups } = client.capabilities.filter;
		const filter = equalsFilter('displayName', displayName);
		// What can't be filtered is listed below.
		if (groups.includes('*') || groups.includes('displayname'))
			answered = readPage(await client.get(['Groups'], listQuery({ filter }))).resources;
	} catch (error) {
		if (![400, 500, 501].includes(statusOf(error) ?? 0)) throw error;
	}
	const named = answered?.filter((group) => sameName(group, displayName)) ?? [];
	if (named.length > 0) return named;
	// "None" is never taken from a filter alone: some servers answer those that they don't know with nothing.
	const listing = await listAll(client, 'Groups', { excludedAttributes: ['members'] });
	if (!listing.complete && answered?.length !== 0) {
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
		{ ambiguous: false, missing: true },
	);
}

function memberCount(group: ScimResource): number {
	return elementValues(attribute(group, 'members')).length;
}

export function groupState(group: ScimResource): GroupState {
	const version = versionOf(group);
	return {
		id: group.id,
		displayName: textAttribute(group, 'displayName') ?? '',
		members: new Set(elementValues(attribute(group, 'members'))),
		...(version === undefined ? {} : { version }),
	};
}
