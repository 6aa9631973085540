import type { INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';
import type { Action } from '../../core/model';
import { actionItem } from '../runtime/action-item';
import { toJson } from '../runtime/items';
import type { ContractPlan } from '../runtime/worker';
import type { PlannedEvent } from './operations/evaluate.operation';

/** Blocked, Ready, Needs Approval, Scheduled: new actions and those of earlier plans that are still open and wanted. */
export function outputsOf(ledgerId: string, planned: PlannedEvent, itemIndex: number): INodeExecutionData[][] {
	const { plan, planId, eventId, dryRun } = planned;
	const pairedItem = { item: itemIndex };
	const outputs: INodeExecutionData[][] = [[], [], [], []];
	const head = { ledger: ledgerId, eventId, ...(dryRun ? { dryRun } : {}) };
	for (const blocked of plan.blocked) {
		outputs[0]?.push({ json: toJson({ ...head, planId, type: 'blocked', ...blocked }), pairedItem });
	}
	const fresh = plan.actions.map((action, sequence): Action => ({
		...action,
		planId,
		sequence,
		approvalState: action.approval ? 'pending' : 'not_needed',
		executionState: 'planned',
	}));
	for (const action of [...fresh, ...plan.kept]) {
		const json = { ...head, ...actionItem(ledgerId, action), type: 'action' };
		outputs[outputOf(action, plan.asOf)]?.push({ json, pairedItem });
	}
	return outputs;
}

function outputOf(action: Action, asOf: string): number {
	if (action.approvalState === 'denied') return 0;
	if (action.approvalState === 'pending' || action.approvalState === 'expired') return 2;
	return action.content.dueAt > asOf ? 3 : 1;
}

export function planHint(plan: ContractPlan): NodeExecutionHint {
	const approvals = plan.actions.filter((action) => action.approval).length;
	const blocked = plan.blocked.length > 0 ? `, ${plan.blocked.length} blocked` : '';
	return {
		message: `${plan.actions.length} change(s) of access planned under policy "${plan.policy.name}" (${plan.policy.hash.slice(0, 12)}), ${approvals} of them need approval${blocked}; ${plan.kept.length} still open from before.`,
		type: plan.blocked.length > 0 ? 'warning' : 'info',
		location: 'outputPane',
	};
}
