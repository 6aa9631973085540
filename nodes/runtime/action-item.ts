import type { IDataObject } from 'n8n-workflow';
import type { Action, ActionOperation } from '../../core/model';
import { toJson } from './items';

const IN_WORDS: Record<ActionOperation, string> = {
	create_account: 'Give an account',
	update_account: 'Update the account',
	enable_account: 'Enable the account',
	disable_account: 'Disable the account',
	revoke_sessions: 'End sessions',
	revoke_tokens: 'Revoke tokens',
	transfer_ownership: 'Hand over ownership',
	add_to_group: 'Add to group',
	remove_from_group: 'Remove from group',
	assign_role: 'Assign role',
	remove_role: 'Remove role',
};

/** An action as people and later nodes see it. The copy is for reading: what counts is the row that `actionId` names. */
export function actionItem(ledgerId: string, action: Action): IDataObject {
	const { content } = action;
	const target = content.target === undefined ? '' : ` ${content.target}`;
	return toJson({
		ledger: ledgerId,
		planId: action.planId,
		actionId: action.id,
		summary: `${IN_WORDS[content.operation]}${target} in ${content.application} for ${action.subject}`,
		subject: action.subject,
		application: content.application,
		operation: content.operation,
		entitlement: content.entitlement,
		target: content.target,
		dueAt: content.dueAt,
		validUntil: content.validUntil,
		privileged: action.privileged,
		risk: action.risk,
		separation: action.separation,
		verifyBy: action.verifyBy,
		approval: { state: action.approvalState, rule: action.approval?.rule },
		execution: action.executionState,
		note: action.note,
		reason: action.reason,
		sources: action.sources,
		identityId: content.identityId,
		contractId: content.contractId,
		hash: action.hash,
	});
}
