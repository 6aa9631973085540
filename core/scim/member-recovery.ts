import { DomainError } from '../model';
import type { ScimClient } from './client';
import { patchRequest, type PatchOperation } from './diff';
import { asDomainError, statusOf } from './errors';
import { readGroup, type GroupState } from './groups';
import { putGroup, readWhole } from './member-replacement';
import { memberOperations, packChanges, restOperation, type MemberChange } from './member-requests';
import { readsAgain } from './read-back';
import { backoff } from './retry';

/** Ids of members that were sent to go, and to come. */
export interface MembersSent {
	removed: ReadonlySet<string>;
	added: ReadonlySet<string>;
}

/**
 * A change that took along all others who were members is undone at once: they are put back, and what did it is learned.
 * That some of them are gone is somebody else's doing. Returns the group as it is.
 *
 * @param before the group as it was before the changes
 * @throws DomainError SCIM_NOT_APPLIED where they can't be put back, and whatever the requests throw
 */
export async function restoreCleared(
	client: ScimClient,
	before: GroupState,
	after: GroupState,
	sent: MembersSent,
): Promise<GroupState> {
	const others = [...before.members].filter((id) => !sent.removed.has(id));
	const isCleared = others.length > 0 && !others.some((id) => after.members.has(id));
	if (!isCleared || sent.removed.size + sent.added.size === 0) return after;
	if (sent.removed.size > 0) {
		const now = await addBack(client, after, others);
		if ([...after.members, ...others].every((id) => now.members.has(id))) {
			learnForm(client, { removeForm: 'rest' }, 'removing one member cleared the group; the others were put back');
			return now;
		}
	}
	// An `add` that says who the members are, instead of who joins them: all are named at once.
	const all = new Set([...others, ...after.members, ...sent.added].filter((id) => !sent.removed.has(id)));
	const whole = await replaceAll(client, before, all, others);
	learnForm(client, { addForm: 'rest' }, 'adding a member threw out the others; they were put back');
	return whole;
}

async function addBack(client: ScimClient, { id }: GroupState, others: readonly string[]): Promise<GroupState> {
	const adds = others.map((memberId): MemberChange => ({ kind: 'add', memberId }));
	const limits = client.capabilities.membership;
	for (const chunk of packChanges(adds, limits, client.limits.membersPerRequest)) {
		await client.patch(['Groups', id], patchRequest(memberOperations(chunk, limits) as PatchOperation[]));
	}
	return readUntil(client, id, others);
}

/** The group once it shows any of those who were put back; at servers whose reads lag behind, after some reads. */
async function readUntil(client: ScimClient, id: string, others: readonly string[]): Promise<GroupState> {
	for (let reads = 1; ; reads++) {
		const now = await readGroup(client, id);
		if (others.some((each) => now.members.has(each)) || !readsAgain(client, reads, true)) return now;
		await client.sleep(backoff(reads));
	}
}

/** All members by one `replace`, else by PUT. */
async function replaceAll(
	client: ScimClient,
	{ id, displayName }: GroupState,
	members: ReadonlySet<string>,
	others: readonly string[],
): Promise<GroupState> {
	const forms = [
		() => client.patch(['Groups', id], patchRequest([restOperation(members)])),
		async () => putGroup(client, await readWhole(client, id), { members: [...members].map((value) => ({ value })) }),
	];
	let refusal: DomainError | undefined;
	for (const write of forms) {
		try {
			await write();
		} catch (error) {
			refusal = asDomainError(error);
			if (statusOf(refusal) === undefined) throw refusal;
		}
		const now = await readUntil(client, id, others);
		if (others.every((each) => now.members.has(each))) return now;
	}
	throw lost(displayName, others, refusal);
}

function learnForm(client: ScimClient, form: { removeForm?: 'rest'; addForm?: 'rest' }, because: string): void {
	client.learn({ membership: { ...client.capabilities.membership, ...form } }, because);
}

/** Members went along with a change that was not about them, and could not be put back. */
export class MembersLost extends DomainError {
	/** @param members their ids */
	constructor(
		readonly members: readonly string[],
		message: string,
		remedy: string,
	) {
		super('SCIM_NOT_APPLIED', message, remedy);
	}
}

function lost(name: string, members: readonly string[], refusal: DomainError | undefined): MembersLost {
	const who = members.length === 1 ? 'One member of' : `${members.length} members of`;
	const words = refusal === undefined ? '' : ` ${refusal.message}`;
	return new MembersLost(
		members,
		`${who} "${name}" who were none of this change's business are gone since, and could not be put back.${words}`,
		'Put them back in the application, or take the run back (scim undo): the journal knows who they are.',
	);
}

/**
 * Changes members by replacing all of them with those who are to be there, after a fresh read: only where the application
 * shows all members, and carries out no removal by filter, or throws out the others where one is added. Other forms of
 * `remove` clear the group on some servers.
 */
export async function keepTheRest(
	client: ScimClient,
	groupId: string,
	gone: ReadonlySet<string>,
	added: ReadonlySet<string> = new Set(),
): Promise<void> {
	const now = await readGroup(client, groupId);
	const stay = [...new Set([...now.members, ...added])].filter((id) => !gone.has(id));
	const checked = client.capabilities.etag === 'checked' || client.capabilities.etag === 'required';
	await client.patch(['Groups', groupId], patchRequest([restOperation(stay)]), checked ? now.version : undefined);
}
