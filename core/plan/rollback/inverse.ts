import type { ActionContent, ActionOperation } from '../../model';
import { activeIn, attributesBefore, heldIn, memberIn } from './images';
import type { DoneAction, RollbackConflict } from './types';

export type Inverse =
	| { kind: 'action'; operation: ActionOperation; attributes?: Record<string, unknown> }
	| { kind: 'skip'; reason: string }
	| { kind: 'conflict'; code: RollbackConflict['code']; reason: string; remedy: string };

const NO_IMAGE: Inverse = {
	kind: 'conflict',
	code: 'NO_BEFORE_IMAGE',
	reason: 'The ledger has no image of the state before.',
	remedy: 'Restore it by hand, and record the result.',
};

function irreversible(what: string): Inverse {
	const remedy = 'Have it done by the owner of the application, if it is wanted.';
	return { kind: 'conflict', code: 'IRREVERSIBLE', reason: `${what} cannot be taken back.`, remedy };
}

function restore(content: ActionContent, before: unknown): Inverse {
	const attributes = attributesBefore(content, before);
	if (attributes === undefined) return NO_IMAGE;
	if (Object.keys(attributes).length === 0) return { kind: 'skip', reason: 'No attribute had a value before.' };
	return { kind: 'action', operation: 'update_account', attributes };
}

/** What undoes an action, by what was really there before it. */
export function inverseOf({ action, before, writes }: DoneAction): Inverse {
	const { content } = action;
	if (writes === 0 && before !== null)
		return { kind: 'skip', reason: 'Nothing was written: it already was as wanted.' };
	switch (content.operation) {
		case 'create_account':
			// Found active: the account is not ours to disable, only what we changed of it goes back.
			return activeIn(before) === true ? restore(content, before) : { kind: 'action', operation: 'disable_account' };
		case 'update_account':
			return restore(content, before);
		case 'enable_account':
			return { kind: 'action', operation: 'disable_account' };
		case 'disable_account':
			if (activeIn(before) === false) return { kind: 'skip', reason: 'The account was disabled already.' };
			return { kind: 'action', operation: 'create_account' };
		case 'add_to_group':
			if (memberIn(before) === true) return { kind: 'skip', reason: 'The person was a member already.' };
			return { kind: 'action', operation: 'remove_from_group' };
		case 'remove_from_group':
			if (memberIn(before) === false) return { kind: 'skip', reason: 'The person was no member.' };
			return { kind: 'action', operation: 'add_to_group' };
		case 'assign_role':
			if (heldIn(before) === true) return { kind: 'skip', reason: 'The person had the role already.' };
			return { kind: 'action', operation: 'remove_role' };
		case 'remove_role':
			if (heldIn(before) === false) return { kind: 'skip', reason: 'The person did not have the role.' };
			return { kind: 'action', operation: 'assign_role' };
		case 'transfer_ownership':
			return irreversible('A transfer of ownership');
		case 'revoke_sessions':
		case 'revoke_tokens':
			return { kind: 'skip', reason: 'Sessions and tokens come back when the person signs in.' };
	}
}
