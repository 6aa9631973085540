import type { ScimClient } from '../client';
import { Findings } from './findings';
import { parseDesired } from './desired-file';
import { readGroups, type GroupsRead } from './read-groups';
import type { DesiredIndex } from './reconcile-index';
import type { ReconcileItems } from './reconcile-items';
import type { DesiredGroup } from './types';

interface GroupReview {
	index: DesiredIndex;
	items: ReconcileItems;
	/** Whether all accounts were read: else a member may be a wanted one that wasn't seen. */
	complete: boolean;
	onProgress?: (progress: { phase: 'read' | 'groups'; done: number }) => void;
}

/** The managed groups as the application has them. */
export interface ManagedGroups {
	wanted: readonly DesiredGroup[];
	read: GroupsRead;
	/** Why not all could be read, in whole sentences. */
	reasons: readonly string[];
}

export async function readManaged(client: ScimClient, groups: readonly unknown[]): Promise<ManagedGroups> {
	const { groups: wanted } = parseDesired({ groups });
	const findings = new Findings();
	const read = await readGroups(client, { users: [], groups: wanted }, findings);
	return { wanted, read, reasons: findings.list().map(({ subject, message }) => `Group ${subject}: ${message}`) };
}

/** Compares the members of the managed groups; answers why it could not, in whole sentences. */
export async function reconcileGroups(
	client: ScimClient,
	{ wanted, read }: ManagedGroups,
	review: GroupReview,
): Promise<string[]> {
	const reasons: string[] = [];
	let done = 0;
	for (const group of wanted) {
		const found = read.found.get(group);
		if (found !== undefined) {
			const hidden =
				found.state.members.size === 0 &&
				group.members !== undefined &&
				group.members.length > 0 &&
				!(await read.visibility.shown(client));
			if (hidden) reasons.push(`Group ${group.displayName}: the application shows no members of any group.`);
			else compareMembers(group, found.state.members, review);
		} else if (!read.unknown.has(group)) {
			review.items.add({ kind: 'missing_group', subject: group.displayName });
		}
		review.onProgress?.({ phase: 'groups', done: ++done });
	}
	return reasons;
}

function compareMembers(
	group: DesiredGroup,
	members: ReadonlySet<string>,
	{ index, items, complete }: GroupReview,
): void {
	if (group.members === undefined) return;
	const wanted = new Set<string>();
	for (const { names } of group.members) {
		const position = names.map((name) => index.named(name)).find((found) => found !== undefined);
		const id = position === undefined ? names.find((name) => members.has(name)) : index.account(position);
		if (id !== undefined) wanted.add(id);
		if (id === undefined || !members.has(id)) {
			// The account itself may be missing; either way this membership isn't there.
			if (complete || id !== undefined) {
				items.add({ kind: 'missing_membership', subject: names[0] ?? '', group: group.displayName });
			}
		}
	}
	if (!complete) return;
	for (const id of members) {
		if (!wanted.has(id)) items.add({ kind: 'unknown_membership', subject: id, remoteId: id, group: group.displayName });
	}
}
