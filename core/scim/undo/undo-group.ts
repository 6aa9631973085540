import { DomainError } from '../../model';
import type { ScimClient } from '../client';
import { valueAt } from '../attribute-path';
import type { JournaledAction } from '../desired';
import type { MemberHistory } from '../desired/member-history';
import { asDomainError, statusOf } from '../errors';
import { readWhole } from '../member-replacement';
import { versionOf } from '../version';
import type { GroupState, MemberVisibility } from '../groups';
import type { ScimObject, ScimResource } from '../resource';
import { changeGroup, readResource as readGroupResource, stateOf, writeMembers } from '../desired/write-group';
import { sameValue } from '../same-value';
import { leftBy } from './undo-order';
import { planMembersUndo, sightOf, type MembersUndo } from './undo-members';

/** What undoing one action would do to a group, decided on its state now. */
export interface GroupUndo extends MembersUndo {
	current: ScimResource;
	state: GroupState;
	/** Attributes to put back. */
	restore: ScimObject;
	/** The group was created by us and holds nobody else: it goes. */
	discard: boolean;
}

/** What a whole undo shares. */
export interface GroupUndoing {
	client: ScimClient;
	visibility: MemberVisibility;
	history: MemberHistory;
}

export async function planGroupUndo(undoing: GroupUndoing, entry: JournaledAction): Promise<GroupUndo | undefined> {
	const { before, after } = entry;
	const id = after?.remoteId ?? before.remoteId;
	const current = id === undefined ? undefined : await readGroupResource(undoing.client, id);
	if (current === undefined) return undefined;
	const state = stateOf(current);
	const base = { current, state, add: [], remove: [], restore: {}, discard: false, conflicts: [] };
	if (before.kind === 'rename_group' || before.kind === 'update_group')
		return { ...base, ...attributeUndo(current, before, after) };
	const sight = await sightOf(undoing, entry, state);
	const members = planMembersUndo(undoing.history, entry, state, sight);
	if (before.kind !== 'create_group' || before.before !== null || after?.adopted === true)
		return { ...base, ...members };
	const renamed = state.displayName !== before.subject ? ['displayName'] : [];
	const conflicts = [...members.conflicts, ...renamed];
	// A group that others use by now stays; so do the members we did not add.
	const discard = conflicts.length === 0;
	return { ...base, ...members, discard, conflicts, remove: discard ? [] : members.remove };
}

function attributeUndo(
	current: ScimResource,
	before: JournaledAction['before'],
	after: JournaledAction['after'],
): Pick<GroupUndo, 'restore' | 'conflicts' | 'add' | 'remove'> {
	const restore: Array<[string, unknown]> = [];
	const conflicts: string[] = [];
	for (const path of before.paths ?? []) {
		const [now, was] = [valueAt(current, path), valueAt(before.before ?? {}, path)];
		if (sameValue(now, was)) continue;
		const left = leftBy({ before, after });
		if (left === undefined || sameValue(now, valueAt(left, path))) restore.push([path, was ?? null]);
		else conflicts.push(path);
	}
	return { restore: Object.fromEntries(restore), conflicts, add: [], remove: [] };
}

export function hasGroupWork({ add, remove, restore, discard }: GroupUndo): boolean {
	return discard || add.length + remove.length + Object.keys(restore).length > 0;
}

/** Carries it out; answers what was added and removed, for the journal. */
export async function carryOutGroupUndo(
	client: ScimClient,
	undo: GroupUndo,
	visibility: MemberVisibility,
): Promise<{ added: string[]; removed: string[]; note?: string }> {
	const { current, state, add, remove, restore, discard } = undo;
	if (discard) {
		await discardGroup(client, current.id);
		return { added: [], removed: [] };
	}
	if (Object.keys(restore).length > 0) {
		const { outcome, error } = await changeGroup(client, current, restore, 'read');
		if (outcome === 'failed') throw error ?? failed(state.displayName);
	}
	if (add.length + remove.length === 0) return { added: [], removed: [] };
	// Whoever goes counts as a member, shown or not: else nothing would be sent for those who aren't.
	const group = state.members.size === 0 ? state : { ...state, members: new Set([...state.members, ...remove]) };
	const { outcome, added, removed, note, error } = await writeMembers(client, group, add, remove, visibility);
	if (outcome === 'failed') throw error ?? failed(state.displayName);
	return { added, removed, ...(note === undefined ? {} : { note }) };
}

/** The group is gone when a read says so, whatever the answer to DELETE was. */
async function discardGroup(client: ScimClient, id: string): Promise<void> {
	let failure: DomainError | undefined;
	for (let attempt = 1; attempt <= 2; attempt++) {
		const { etag } = client.capabilities;
		const fresh = etag === 'required' || etag === 'checked' ? await readWhole(client, id) : undefined;
		try {
			await client.delete(['Groups', id], fresh && versionOf(fresh));
			failure = undefined;
		} catch (error) {
			failure = asDomainError(error);
		}
		const status = statusOf(failure);
		if (status === 428) client.learn({ etag: 'required' }, 'a DELETE without If-Match was answered 428');
		else if (status !== 412) break;
	}
	if ((await readGroupResource(client, id)) !== undefined) throw failure ?? failed(id);
}

function failed(name: string): DomainError {
	return new DomainError(
		'SCIM_NOT_APPLIED',
		`Group "${name}" could not be put back.`,
		'Put it back in the application, or run the undo again.',
	);
}
