import type { ActionOperation, PlannedAction } from '../model';

/** Out before in; on the way out the account first, on the way in the account before its groups. */
const RANK: Readonly<Record<ActionOperation, number>> = {
	disable_account: 0,
	remove_from_group: 1,
	remove_role: 2,
	create_account: 3,
	update_account: 4,
	add_to_group: 5,
	assign_role: 6,
};

/** What is due comes first and by rank alone; what is scheduled follows by its time. */
export function inOrder(actions: readonly PlannedAction[], asOf: string): PlannedAction[] {
	const key = ({ content, hash }: PlannedAction) => [
		content.dueAt <= asOf ? '' : content.dueAt,
		String(RANK[content.operation]),
		content.application,
		content.entitlement ?? '',
		content.identityId,
		hash,
	];
	return actions
		.map((action) => ({ action, key: key(action) }))
		.sort((a, b) => compareKeys(a.key, b.key))
		.map(({ action }) => action);
}

function compareKeys(a: readonly string[], b: readonly string[]): number {
	for (const [index, left] of a.entries()) {
		const right = b[index] ?? '';
		if (left !== right) return left < right ? -1 : 1;
	}
	return 0;
}
