import { contentHash } from '../model';
import type { Action, ActionContent } from '../model';
import { isRevoke } from './holding';

export interface Time {
	asOf: string;
	/** From when on the action could be done; later than this it is due because it waits for a window. */
	earliest?: string;
}

/** An action that is due is due: when exactly it became so, or for which window it waits, makes no difference. */
function sameTime(open: string, wanted: string, { asOf, earliest }: Time): boolean {
	if (open === wanted || (open <= asOf && wanted <= asOf)) return true;
	return earliest !== undefined && open <= wanted && (open >= earliest || (earliest <= asOf && open <= asOf));
}

/** Operations that need no more than what they are about to be the same. */
const IN_THE_END: ReadonlySet<string> = new Set([
	'enable_account',
	'revoke_sessions',
	'revoke_tokens',
	'transfer_ownership',
]);

/**
 * Whether an open action already says what is wanted. A grant or update must be equal in everything that was approved;
 * a revocation only in what it takes and when, so that a new policy version doesn't rewrite every scheduled end.
 */
function says(open: Action, wanted: ActionContent, time: Time): boolean {
	const { content } = open;
	if (content.operation !== wanted.operation || content.entitlement !== wanted.entitlement) return false;
	if (!sameTime(content.dueAt, wanted.dueAt, time)) return false;
	if (isRevoke(open) || IN_THE_END.has(content.operation))
		return content.target === wanted.target && content.application === wanted.application;
	return contentHash({ ...content, dueAt: '' }) === contentHash({ ...wanted, dueAt: '' });
}

/** Takes the open action that says what is wanted out of `open`, an equal hash before an equal meaning. */
export function takeEqual(open: Set<Action>, wanted: ActionContent, hash: string, time: Time): Action | undefined {
	let found: Action | undefined;
	for (const action of open) {
		if (action.hash === hash) {
			found = action;
			break;
		}
		if (found === undefined && says(action, wanted, time)) found = action;
	}
	if (found !== undefined) open.delete(found);
	return found;
}
