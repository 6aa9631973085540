import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
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
	for (const request of bundle.requests) {
		const actions = await ledger.readActions({ actionIds: request.actions.map((action) => action.actionId) });
		for (const action of actions) {
			const bound = request.actions.some(({ actionId, hash }) => actionId === action.id && hash === action.hash);
			const isApproved = request.state === 'approved' && action.approvalState === 'approved' && bound;
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
