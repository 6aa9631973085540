import type { ScimClient } from './client';
import { patchRequest, type PatchOperation } from './diff';
import { readGroup, type GroupState } from './groups';
import { memberOperations, packChanges, restOperation, type MemberChange } from './member-requests';

/**
 * A removal that took all others along is undone at once: the others are put back, and the group is read again. Returns
 * the group as it is.
 *
 * @param before the group as it was before the removals
 */
export async function restoreCleared(
	client: ScimClient,
	before: GroupState,
	after: GroupState,
	removed: ReadonlySet<string>,
): Promise<GroupState> {
	const others = [...before.members].filter((id) => !removed.has(id));
	if (removed.size === 0 || others.length === 0 || others.some((id) => after.members.has(id))) return after;
	const adds = others.map((memberId): MemberChange => ({ kind: 'add', memberId }));
	const limits = client.capabilities.membership;
	for (const chunk of packChanges(adds, limits, client.limits.membersPerRequest)) {
		const operations = memberOperations(chunk, limits) as PatchOperation[];
		await client.patch(['Groups', before.id], patchRequest(operations));
	}
	client.learn(
		{ membership: { ...limits, removeForm: 'rest' } },
		'removing one member cleared the group; the others were put back',
	);
	return readGroup(client, before.id);
}

/**
 * Removes members by replacing all of them with those who stay, after a fresh read: only where the application shows all
 * members, and carries out no removal by filter. Other forms of `remove` clear the group on some servers.
 */
export async function keepTheRest(client: ScimClient, groupId: string, gone: ReadonlySet<string>): Promise<void> {
	const now = await readGroup(client, groupId);
	const stay = [...now.members].filter((id) => !gone.has(id));
	const checked = client.capabilities.etag === 'checked' || client.capabilities.etag === 'required';
	await client.patch(['Groups', groupId], patchRequest([restOperation(stay)]), checked ? now.version : undefined);
}
