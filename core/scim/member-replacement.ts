import { DomainError } from '../model';
import type { ScimClient } from './client';
import { CORE_RULES } from './diff-rules';
import { groupState, type GroupState } from './groups';
import type { MemberChange } from './member-requests';
import type { MemberVisibility } from './member-visibility';
import { listQuery, readPage } from './pager';
import { asObject, asResource, attribute, elementValues, type ScimObject, type ScimResource } from './resource';
import { noteVersion, versionOf } from './version';
import { putDocument } from './write-forms';

/** Accounts looked at for a hint that a group which shows nobody has members. */
const PROBED_USERS = 100;

/**
 * Adds and removes members by PUT of the whole group after a fresh read: for servers that know no PATCH. Attributes and
 * members that are none of our business stay. Never where the group may have members that it doesn't show, since PUT would
 * throw them out.
 *
 * @throws DomainError of the request; SCIM_FAILED where members may be hidden
 */
export async function replaceMembers(
	client: ScimClient,
	group: GroupState,
	changes: readonly MemberChange[],
	visibility: MemberVisibility,
): Promise<void> {
	const fresh = await readWhole(client, group.id);
	const state = groupState(fresh);
	visibility.learn(state);
	if (state.members.size === 0) await refuseHidden(client, state, visibility);
	const gone = new Set(changes.filter(({ kind }) => kind === 'remove').map(({ memberId }) => memberId));
	const stay = elements(fresh).filter((element) => !elementValues(element).some((id) => gone.has(id)));
	const added = changes
		.filter(({ kind, memberId }) => kind === 'add' && !state.members.has(memberId))
		.map(({ memberId }) => ({ value: memberId }));
	await putGroup(client, fresh, { members: [...stay, ...added] });
}

/** PUT of a group with some attributes changed; `null` takes one away. */
export async function putGroup(client: ScimClient, fresh: ScimResource, changed: ScimObject): Promise<void> {
	const operations = Object.entries(changed).map(([path, value]) =>
		value === null ? { op: 'remove' as const, path } : { op: 'replace' as const, path, value },
	);
	const { etag } = client.capabilities;
	const version = etag === 'checked' || etag === 'required' ? versionOf(fresh) : undefined;
	await client.put(['Groups', fresh.id], putDocument(fresh, operations, CORE_RULES), version);
}

/** The group as a read of it alone shows it. */
export async function readWhole(client: ScimClient, id: string): Promise<ScimResource> {
	const answer = await client.get(['Groups', id]);
	const resource = asResource(answer.body);
	if (resource?.id === id) return noteVersion(resource, answer);
	throw new DomainError(
		'SCIM_FAILED',
		'GET /Groups answered another group.',
		'Check that the base URL is a SCIM 2.0 address.',
	);
}

function elements(group: ScimResource): unknown[] {
	const members = attribute(group, 'members');
	return Array.isArray(members) ? members : members === undefined || members === null ? [] : [members];
}

async function refuseHidden(client: ScimClient, group: GroupState, visibility: MemberVisibility): Promise<void> {
	if (await visibility.shown(client)) return;
	const hidden =
		!client.capabilities.membership.readableMembers ||
		readPage(await client.get(['Users'], { ...listQuery({}), count: PROBED_USERS })).resources.some((user) => {
			const groups = attribute(user, 'groups');
			return Array.isArray(groups) && groups.some((each) => asObject(each) && elementValues(each).includes(group.id));
		});
	if (!hidden) return;
	throw new DomainError(
		'SCIM_FAILED',
		`The application changes group "${group.displayName}" only as a whole, and does not show its members.`,
		'Change its members in the application: over SCIM the others would be thrown out.',
	);
}
