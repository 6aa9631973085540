import type { Action, ActionContent, ApprovalNeed, Grant, Source } from '../model';
import type { ActionRow, GrantRow } from './schema';

/** Rows of the ledger as domain objects. */
export function actionFromRow(row: ActionRow): Action {
	return {
		id: row.id,
		planId: row.plan_id,
		sequence: row.sequence,
		hash: row.hash,
		content: JSON.parse(row.content) as ActionContent,
		sources: JSON.parse(row.sources) as Source[],
		reason: row.reason,
		subject: row.subject,
		privileged: row.privileged === 1,
		...(row.approval_need === null ? {} : { approval: JSON.parse(row.approval_need) as ApprovalNeed }),
		approvalState: row.approval_state,
		executionState: row.execution_state,
		...(row.note === null ? {} : { note: row.note }),
	};
}

export function grantFromRow(row: GrantRow): Grant {
	return {
		identityId: row.identity_id,
		entitlement: row.entitlement,
		source: JSON.parse(row.source) as Source,
		validFrom: row.valid_from,
		...(row.valid_until === null ? {} : { validUntil: row.valid_until }),
	};
}
