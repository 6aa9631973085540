import { DomainError, type Action, type ActionOperation, type ApprovalRequest, type Source } from '../model';

/** One change as the approver sees it: a readable copy of what the hash binds. */
export interface DecisionPageAction {
	hash: string;
	operation: ActionOperation;
	application: string;
	entitlement?: string;
	/** Group or role in the application. */
	target?: string;
	/** Attributes that will be written, for create and update. */
	attributes?: Record<string, unknown>;
	/** Keys by which the account is found. */
	match: Record<string, string>;
	/** ISO instants. */
	dueAt: string;
	validUntil?: string;
	privileged: boolean;
	/** One sentence why this action. */
	reason: string;
	sources: Source[];
}

export interface DecisionPageRequest {
	id: string;
	subject: string;
	rule: string;
	/** Votes needed by group name. */
	need: Record<string, number>;
	expiresAt: string;
	actions: DecisionPageAction[];
}

export interface DecisionPageModel {
	/** Name of the workflow that asks. */
	workflow: string;
	/** Address of the person the link was made for. */
	approver: string;
	/** IANA zone in which instants are shown, besides being named; UTC when absent. */
	zone?: string;
	requests: DecisionPageRequest[];
}

/**
 * Builds the page's model from requests and the actions they cover.
 *
 * @throws DomainError `APPROVAL_INVALID` where an action is missing or no longer has the hash that was asked about:
 * such a request must not be shown, since its approval would be void.
 */
export function decisionPageModel(page: {
	workflow: string;
	approver: string;
	zone?: string;
	requests: readonly ApprovalRequest[];
	actions: readonly Action[];
}): DecisionPageModel {
	const actions = new Map(page.actions.map((action) => [action.id, action]));
	return {
		workflow: page.workflow,
		approver: page.approver,
		...(page.zone !== undefined && { zone: page.zone }),
		requests: page.requests.map(({ id, subject, rule, need, expiresAt, actions: covered }) => ({
			id,
			subject,
			rule,
			need,
			expiresAt,
			actions: covered.map(({ actionId, hash }) => {
				const action = actions.get(actionId);
				if (action?.hash !== hash) throw changedSinceAsked(id, actionId);
				return pageAction(action);
			}),
		})),
	};
}

function pageAction(action: Action): DecisionPageAction {
	const { operation, application, entitlement, target, attributes, match, dueAt, validUntil } = action.content;
	return {
		hash: action.hash,
		operation,
		application,
		...(entitlement !== undefined && { entitlement }),
		...(target !== undefined && { target }),
		...(attributes !== undefined && { attributes }),
		match,
		dueAt,
		...(validUntil !== undefined && { validUntil }),
		privileged: action.privileged,
		reason: action.reason,
		sources: action.sources,
	};
}

function changedSinceAsked(requestId: string, actionId: string): DomainError {
	return new DomainError(
		'APPROVAL_INVALID',
		`Action ${actionId} of approval request ${requestId} has changed since approval was asked.`,
		'Request approval again for the current plan.',
	);
}
