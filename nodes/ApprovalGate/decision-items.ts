import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { ApprovalRequest } from '../../core/model';
import type { LedgerApi } from '../../core/store';
import { actionItem } from '../runtime/action-item';

export const NOTHING_TO_WAIT_FOR: IDataObject = {
	decision: 'not_requested',
	reason: 'No approval was requested in this run: put an Approval Gate with "Request Approval" before this one.',
};

/**
 * Outputs of a decided bundle: not approved first, approved second. What is approved is read from the ledger, whatever
 * came in.
 */
export async function decisionItems(
	ledger: LedgerApi,
	bundleId: string,
	executionId: string,
): Promise<INodeExecutionData[][]> {
	const bundle = await ledger.bundleOfExecution(executionId);
	if (bundle?.id !== bundleId) return [[], []];
	const approved: INodeExecutionData[] = [];
	const refused: INodeExecutionData[] = [];
	const asked = bundle.requests.flatMap(({ actions }) => actions.map(({ actionId }) => actionId));
	const read = await ledger.readActions({ actionIds: asked });
	const actions = new Map(read.map((action) => [action.id, action]));
	for (const request of bundle.requests) {
		if (request.actions.length === 0) {
			(request.state === 'approved' ? approved : refused).push(policyItem(ledger.id, request));
		}
		for (const { actionId, hash } of request.actions) {
			const action = actions.get(actionId);
			if (action === undefined) continue;
			const isApproved = request.state === 'approved' && action.approvalState === 'approved' && hash === action.hash;
			const json = {
				...actionItem(ledger.id, action),
				decision: isApproved ? 'approved' : request.state,
				requestId: request.id,
			};
			(isApproved ? approved : refused).push({ json, pairedItem: { item: 0 } });
		}
	}
	await ledger.collectBundle(bundleId);
	return [refused, approved];
}

/** A request that covers no action asks for a version of a policy: the votes alone bring it into force. */
function policyItem(ledgerId: string, request: ApprovalRequest): INodeExecutionData {
	const json: IDataObject = {
		ledger: ledgerId,
		type: 'policy',
		subject: request.subject,
		rule: request.rule,
		decision: request.state,
		requestId: request.id,
	};
	return { json, pairedItem: { item: 0 } };
}
