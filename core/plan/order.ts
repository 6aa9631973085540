import type { ActionOperation, PlannedAction } from '../model';
import type { PolicyDocument } from '../policy';

/** Out before in; on the way out the account first, on the way in the account before its groups. */
const IN: readonly ActionOperation[] = [
	'create_account',
	'enable_account',
	'update_account',
	'add_to_group',
	'assign_role',
];

type Step = NonNullable<NonNullable<PolicyDocument['leaver']>['order']>[number];

const STEPS: Readonly<Record<Step, readonly ActionOperation[]>> = {
	disable: ['disable_account'],
	sessions: ['revoke_sessions'],
	tokens: ['revoke_tokens'],
	groups: ['remove_from_group', 'remove_role'],
	ownership: ['transfer_ownership'],
};

export const DEFAULT_LEAVER_ORDER: readonly Step[] = ['disable', 'sessions', 'tokens', 'groups', 'ownership'];

/** Place of each operation among actions of the same time; the way out in the order that the policy gives. */
export function ranksOf(policy: PolicyDocument): ReadonlyMap<ActionOperation, string> {
	const steps = [...new Set([...(policy.leaver?.order ?? []), ...DEFAULT_LEAVER_ORDER])];
	const operations = [...steps.flatMap((step) => STEPS[step]), ...IN];
	return new Map(operations.map((operation, rank) => [operation, String.fromCharCode(65 + rank)]));
}

/** What is due comes first and by rank alone; what is scheduled follows by its time. */
export function inOrder<Planned extends PlannedAction>(
	actions: readonly Planned[],
	asOf: string,
	ranks: ReadonlyMap<ActionOperation, string>,
): Planned[] {
	const key = ({ content, hash }: Planned) => [
		content.dueAt <= asOf ? '' : content.dueAt,
		ranks.get(content.operation) ?? '',
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
