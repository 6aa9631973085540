import type { Action, ActionContent, ApprovalNeed, Assignment, Grant, PlannedAction, Source } from '../model';
import type { AssignmentRow } from './governance-schema';
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
		...shownDetails(row.details),
		...(row.inferred === 1 ? { inferred: true } : {}),
		...(row.verify_by === null ? {} : { verifyBy: row.verify_by }),
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

export function assignmentFromRow(
	row: Pick<AssignmentRow, 'identity_id' | 'entitlement' | 'source' | 'valid_from' | 'valid_until'>,
): Assignment {
	return {
		identityId: row.identity_id,
		entitlement: row.entitlement,
		source: JSON.parse(row.source) as Source,
		validFrom: row.valid_from,
		...(row.valid_until === null ? {} : { validUntil: row.valid_until }),
	};
}

/** What people see of an action besides its content; the rest of the details is for whoever carries it out. */
function shownDetails(details: string | null): Pick<PlannedAction, 'risk' | 'separation'> {
	if (details === null) return {};
	const { risk, separation } = JSON.parse(details) as Pick<PlannedAction, 'risk' | 'separation'>;
	return { ...(risk && { risk }), ...(separation && { separation }) };
}
