import type { DomainError } from '../model';
import type { ScimClient } from './client';
import type { GroupState } from './groups';
import type { MemberChange } from './member-requests';
import type { MemberVisibility } from './member-visibility';
import { MembershipRun } from './membership-run';

export type { MemberChange } from './member-requests';

export interface MemberVerdict {
	outcome: 'verified' | 'applied' | 'failed';
	/** Requests that carried this change; 0 where it already was as wanted. */
	writes: number;
	/** Nobody knows whether it was so before: the application didn't show it. */
	unsure?: true;
	/** Failed, and may have been carried out all the same, or be shown later. */
	untold?: true;
	note?: string;
	error?: DomainError;
}

/**
 * Adds members to a group and removes others, in as few PATCHes as the application's limits allow, smaller ones where it
 * refuses. Sends only what is missing, removes each by its own path filter (never a form that could clear the group), and
 * reads back at the end: a chunk that failed doesn't repeat those before it. Where an application cleared the group all
 * the same, the members are put back. Never rejects: each change has its verdict.
 */
export async function changeMembers(
	client: ScimClient,
	group: GroupState,
	changes: readonly MemberChange[],
	visibility: MemberVisibility,
): Promise<Map<MemberChange, MemberVerdict>> {
	const run = new MembershipRun(client, group, visibility);
	// The same change twice is one change: some servers list a member twice then.
	const distinct = new Map<string, MemberChange>();
	for (const change of changes) {
		const known = distinct.get(change.memberId);
		if (known === undefined) distinct.set(change.memberId, change);
		else if (known.kind !== change.kind) run.contradict(change);
	}
	const verdicts = await run.apply([...distinct.values()]);
	for (const change of changes) {
		const verdict = verdicts.get(distinct.get(change.memberId) ?? change);
		if (!verdicts.has(change) && verdict !== undefined) verdicts.set(change, verdict);
	}
	return verdicts;
}
