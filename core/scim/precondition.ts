import { DomainError } from '../model';
import type { ClaimedAction } from '../ports';
import { valueAt } from './attribute-path';
import { compareStates } from './diff';
import type { DiffRules } from './diff-rules';
import type { GroupState } from './groups';
import { asObject, attribute, foldCase, textAttribute, type ScimObject, type ScimResource } from './resource';
import { sameValue } from './same-value';

/**
 * What somebody changed of an account since we left it, where an action takes something back: paths that the action would
 * write and that show neither what we left nor what is wanted. Empty for all other actions.
 *
 * @param desired what the action is about to write
 */
export function changedSince(
	{ precondition }: ClaimedAction,
	desired: ScimObject,
	current: ScimResource,
	rules: DiffRules,
): string[] {
	const after = asObject(precondition?.after);
	if (after === undefined) return [];
	const { operations } = compareStates(desired, current, rules);
	return operations.flatMap(({ path }) => {
		const [now, left] = [valueAt(current, path), valueAt(after, path)];
		// `active` that isn't shown is true.
		const same = foldCase(path) === 'active' ? sameValue(now ?? true, left ?? true) : sameValue(now, left);
		return same ? [] : [path];
	});
}

/** Whether the group that a membership is taken back in is another one than that which it was changed in. */
export function isOtherGroup({ precondition }: ClaimedAction, group: GroupState): boolean {
	const after = asObject(precondition?.after);
	const then = after && asObject(attribute(after, 'group'));
	const id = then && textAttribute(then, 'id');
	return id !== undefined && id !== group.id;
}

/** Whether the account that a role is taken back from is another one than that which it was changed on. */
export function isOtherAccount({ precondition }: ClaimedAction, account: ScimResource): boolean {
	const after = asObject(precondition?.after);
	const id = after && textAttribute(after, 'accountId');
	return id !== undefined && id !== account.id;
}

/** The error of an action that isn't carried out because somebody was faster: nothing is overwritten. */
export function conflict(what: string): DomainError {
	return new DomainError(
		'SCIM_FAILED',
		`Conflict: ${what}`,
		'It was left alone. Decide in the application which state is right.',
		{ conflict: true, ambiguous: false },
	);
}

/**
 * The conflict of an account action, where there is one.
 *
 * @param current the account; `undefined` where there is none any more
 */
export function accountConflict(
	action: ClaimedAction,
	desired: ScimObject,
	current: ScimResource | undefined,
	rules: DiffRules,
): DomainError | undefined {
	if (asObject(action.precondition?.after) === undefined) return undefined;
	if (current === undefined) {
		// An account that has gone needs no disabling; everything else would make a new one of it.
		return action.content.operation === 'disable_account' ? undefined : conflict('the account is no longer there.');
	}
	const paths = changedSince(action, desired, current, rules);
	return paths.length === 0 ? undefined : conflict(`changed in the application since: ${paths.join(', ')}.`);
}
