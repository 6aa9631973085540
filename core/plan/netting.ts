import { contentHash } from '../model';
import type { Action, ActionContent } from '../model';
import { isGrant } from './holding';

/** An action that is due is due: when exactly it became so makes no difference any more. */
function sameTime(a: string, b: string, asOf: string): boolean {
	return a === b || (a <= asOf && b <= asOf);
}

/**
 * Whether an open action already says what is wanted. A grant or update must be equal in everything that was approved;
 * a revocation only in what it takes and when, so that a new policy version doesn't rewrite every scheduled end.
 */
function says(open: Action, wanted: ActionContent, asOf: string): boolean {
	const { content } = open;
	if (content.operation !== wanted.operation || content.entitlement !== wanted.entitlement) return false;
	if (!sameTime(content.dueAt, wanted.dueAt, asOf)) return false;
	const revokes = !isGrant(open) && content.operation !== 'update_account';
	if (revokes) return content.target === wanted.target && content.application === wanted.application;
	return contentHash({ ...content, dueAt: '' }) === contentHash({ ...wanted, dueAt: '' });
}

/** Takes the open action that says what is wanted out of `open`, an equal hash before an equal meaning. */
export function takeEqual(open: Set<Action>, wanted: ActionContent, hash: string, asOf: string): Action | undefined {
	let found: Action | undefined;
	for (const action of open) {
		if (action.hash === hash) {
			found = action;
			break;
		}
		if (found === undefined && says(action, wanted, asOf)) found = action;
	}
	if (found !== undefined) open.delete(found);
	return found;
}
