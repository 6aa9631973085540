import type { ScimClient } from '../client';
import type { JournaledAction } from '../desired';
import type { MemberHistory } from '../desired/member-history';
import type { GroupState } from '../groups';
import { describesMembers, type MemberVisibility } from '../member-visibility';
import { isLikelyLimit } from '../page';
import { SchemaIndex, readSchemas } from '../schemas';

/** What undoing one action would do to the members of a group. */
export interface MembersUndo {
	add: readonly string[];
	remove: readonly string[];
	/** What is left alone. */
	conflicts: readonly string[];
	/** Why, where somebody's change isn't the reason. */
	note?: string;
	remedy?: string;
}

/**
 * How the members that a group shows are to be understood.
 * `shown`: as they are; a group without any is empty. `hidden`: it may have others, and nobody can tell.
 */
export type Sight = 'shown' | 'hidden';

interface Looking {
	client: ScimClient;
	visibility: MemberVisibility;
	history: MemberHistory;
}

/** Whether a group that shows nobody is empty. Without evidence that members are shown, they are taken to be hidden. */
export async function sightOf(
	{ client, visibility, history }: Looking,
	{ before, after }: JournaledAction,
	group: GroupState,
): Promise<Sight> {
	const isCreation = before.kind === 'create_group';
	// As many as an application shows at once, and ours not all among them: there may be more.
	const isCut = isCreation && isLikelyLimit(group.members.size);
	if (isCut && [...history.there(group.id)].some((member) => !group.members.has(member))) return 'hidden';
	if (group.members.size > 0 || (!isCreation && (after?.added ?? []).length === 0)) return 'shown';
	if (!client.capabilities.membership.readableMembers || history.hidden || history.unseen(group.id)) return 'hidden';
	if (await visibility.shown(client)) return 'shown';
	const [sent] = history.perhapsThere(group.id);
	if (sent !== undefined) {
		const member = await visibility.contains(client, group.id, sent).catch(() => undefined);
		if (member === true) return 'hidden';
	}
	// What was verified was shown: then the group is empty by now.
	if (history.seen) return 'shown';
	const nothingSent = sent === undefined && (after?.added ?? before.add ?? []).length === 0;
	return nothingSent && (await saysThatMembersAreShown(client)) ? 'shown' : 'hidden';
}

async function saysThatMembersAreShown(client: ScimClient): Promise<boolean> {
	if (client.schemas !== undefined) return describesMembers(client.schemas);
	const answer = await client.get(['Schemas']).catch(() => undefined);
	return answer !== undefined && describesMembers(new SchemaIndex(readSchemas(answer.body)));
}

/** What goes and what comes back. Where members are hidden, only those go who are proven to be there because of us. */
export function planMembersUndo(
	history: MemberHistory,
	{ before, after }: JournaledAction,
	{ id, displayName, members }: GroupState,
	sight: Sight,
): MembersUndo {
	const isCreation = before.kind === 'create_group' && before.before === null && after?.adopted !== true;
	const removed = (after?.removed ?? []).filter((member) => sight === 'hidden' || !members.has(member));
	// What a killed run had begun to create is ours as far as it went.
	const sent = [...(after?.added ?? []), ...(isCreation && after?.recovered === true ? (before.add ?? []) : [])];
	const added = [...new Set(sent)];
	if (sight === 'shown') {
		const own = new Set(added);
		const strangers = isCreation && [...members].some((member) => !own.has(member));
		return {
			add: removed,
			remove: added.filter((member) => members.has(member)),
			conflicts: strangers ? ['members'] : [],
		};
	}
	const perhaps = history.perhapsThere(id);
	const still = added.filter((member) => perhaps.has(member));
	const own = still.filter((member) => history.provesOwn(before, member));
	if (isCreation) return { add: removed, remove: own, conflicts: ['members'], ...keptGroup(displayName) };
	const unsure = still.length - own.length;
	if (unsure === 0) return { add: removed, remove: own, conflicts: [] };
	return { add: removed, remove: own, conflicts: ['members'], ...keptMembers(displayName, unsure) };
}

function keptGroup(name: string): Pick<MembersUndo, 'note' | 'remedy'> {
	return {
		note: `The application does not show all members of "${name}", so others may use it by now: the group stays, without the members that were sent to it.`,
		remedy: 'Look at its members in the application, and delete the group there if nobody needs it.',
	};
}

function keptMembers(name: string, unsure: number): Pick<MembersUndo, 'note' | 'remedy'> {
	const who = unsure === 1 ? 'One person was' : `${unsure} people were`;
	return {
		note: `${who} sent to "${name}", whose members the application does not show: whether they were members before is not known, and they were left as they are.`,
		remedy: 'Compare the members in the application, and take out there whoever should not be in the group.',
	};
}
