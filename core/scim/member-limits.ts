import { DomainError } from '../model';
import type { ScimClient } from './client';
import type { GroupState } from './groups';
import type { MemberChange } from './member-requests';

/** Removals apart from adds (Entra takes no mixture), else halves. */
export function divide(changes: readonly MemberChange[]): MemberChange[][] {
	const removed = changes.filter((change) => change.kind === 'remove');
	const added = changes.filter((change) => change.kind === 'add');
	if (removed.length > 0 && added.length > 0) return [removed, added];
	const middle = Math.ceil(changes.length / 2);
	return [changes.slice(0, middle), changes.slice(middle)];
}

/**
 * What was refused at once and taken in parts shows a limit: no mixing where the parts were of different kinds, else so
 * many changes as the largest part that was taken.
 *
 * @param refused changes in the request that was refused
 * @param taken changes in the largest request that was taken after it
 */
export function learnLimit(
	client: ScimClient,
	parts: ReadonlyArray<readonly MemberChange[]>,
	refused: number,
	taken: number,
): void {
	const limits = client.capabilities.membership;
	const because = `a group PATCH of ${refused} changes was refused, and taken in parts`;
	const kinds = new Set(parts.map((part) => part[0]?.kind));
	if (kinds.size > 1) {
		if (limits.mixing) client.learn({ membership: { ...limits, mixing: false } }, because);
		return;
	}
	const size = Math.max(1, Math.min(taken, refused - 1));
	const name = kinds.has('remove') ? 'removesPerRequest' : 'changesPerRequest';
	// A smaller limit may be known by now, from a part of this request or from another group.
	if (size < (limits[name] ?? Infinity)) client.learn({ membership: { ...limits, [name]: size } }, because);
}

/** The error for a membership that is to be given and taken at once. */
export function contradiction(group: GroupState): DomainError {
	return new DomainError(
		'INPUT_INVALID',
		`One account is both to be added to "${group.displayName}" and to be taken out of it.`,
		'Nothing was sent for it. Plan again; if it stays, two people stand for one account, or one person is named twice: keep one.',
	);
}

/** A group that has a member and shows none: from now on members are asked for one by one before anything is sent. */
export function learnHidden(client: ScimClient): void {
	const limits = client.capabilities.membership;
	if (!limits.readableMembers) return;
	client.learn({ membership: { ...limits, readableMembers: false } }, 'a group with members shows none');
}

/** Adds that a full group has no room for (Miro takes 8,000 members): refused here, before a request is. */
export function withoutRoom(
	group: GroupState,
	maxMembers: number | undefined,
	changes: readonly MemberChange[],
): MemberChange[] {
	if (maxMembers === undefined) return [];
	const leaving = changes.filter(({ kind }) => kind === 'remove').length;
	const room = Math.max(0, maxMembers - group.members.size + leaving);
	return changes.filter(({ kind }) => kind === 'add').slice(room);
}

export function groupFull(group: GroupState): DomainError {
	return new DomainError(
		'SCIM_FAILED',
		`Group "${group.displayName}" holds as many members as the application takes.`,
		'Spread the members over several groups.',
	);
}

/** The error for a membership that was accepted and isn't shown, or still is. */
export function notApplied(group: GroupState, change: MemberChange, refusal?: DomainError): DomainError {
	const state = change.kind === 'add' ? 'does not show the new member' : 'still shows the member';
	return new DomainError(
		'SCIM_NOT_APPLIED',
		`The application accepted the change, but group "${group.displayName}" ${state}.${refusal === undefined ? '' : ` ${refusal.message}`}`,
		'Check in the application whether this group is managed there by a rule, or whether the credential may change it.',
	);
}
