import type { Capabilities, MembershipLimits } from '../profiles';
import type { MinimumRequests, ScimAction } from './types';

/**
 * The fewest requests that the plan can take where each change is a request of its own: one a user or group that is
 * created or changed (more where a request takes few operations), one a manager, and for members as many as the
 * application's limits demand. Bulk requests save some of these; how many, the report of the run says.
 *
 * @param circles names that go round in a circle: one more request each
 */
export function minimumRequests(
	actions: readonly ScimAction[],
	{ membership: limits, userOperations }: Pick<Capabilities, 'membership' | 'userOperations'>,
	circles = 0,
): MinimumRequests {
	let users = circles;
	let groups = 0;
	let membership = 0;
	const entries = new Set<string>();
	const byGroup = new Map<string, { adds: number; removes: number }>();
	for (const action of actions) {
		const { kind, subject, members = [] } = action;
		const isGroup = kind.endsWith('_group') || kind.endsWith('_members');
		entries.add(`${isGroup ? 'g' : 'u'}\n${subject}\n${kind === 'set_manager' ? kind : ''}`);
		if (kind === 'add_members' || kind === 'remove_members') {
			const counts = byGroup.get(subject) ?? { adds: 0, removes: 0 };
			counts[kind === 'add_members' ? 'adds' : 'removes'] += members.length;
			byGroup.set(subject, counts);
		} else if (isGroup) {
			groups++;
			if (members.length > firstMembers(limits)) {
				byGroup.set(subject, { adds: members.length - firstMembers(limits), removes: 0 });
			}
		} else users += Math.max(1, Math.ceil((action.changes?.length ?? 1) / Math.max(1, userOperations)));
	}
	for (const counts of byGroup.values()) membership += memberRequests(counts, limits);
	return {
		writes: users + groups + membership,
		readBack: entries.size,
		formula: `users ${users} + groups ${groups} + memberships ${membership} (at most ${limits.changesPerRequest} changes a request), and one read an entry where each is read back`,
	};
}

/** Members that a new group can be created with. */
export function firstMembers(limits: MembershipLimits): number {
	return limits.removeForm === 'put'
		? Infinity
		: Math.max(0, Math.min(limits.changesPerRequest, limits.valuesPerOperation));
}

export function memberRequests({ adds, removes }: { adds: number; removes: number }, limits: MembershipLimits): number {
	const width = Math.max(1, limits.changesPerRequest);
	if (limits.removeForm === 'put') return adds + removes > 0 ? 1 : 0;
	// Each removal is an operation of its own; adds share operations.
	const removeWidth = Math.max(1, Math.min(width, limits.removesPerRequest ?? width, limits.operationsPerRequest));
	const addWidth = Math.max(1, Math.min(width, limits.valuesPerOperation * Math.max(1, limits.operationsPerRequest)));
	if (limits.mixing && removeWidth === width && addWidth === width) return Math.ceil((adds + removes) / width);
	return Math.ceil(adds / addWidth) + Math.ceil(removes / removeWidth);
}
