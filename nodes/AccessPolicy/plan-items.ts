import type { INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';
import type { RunOutcome } from '../../core/governance';
import type { Action } from '../../core/model';
import { actionItem } from '../runtime/action-item';
import { toJson } from '../runtime/items';
import type { PolicyHead } from '../runtime/worker';

/** The harmless branch comes first: n8n sends everything there when the node is disabled or continues on an error. */
export const PLAN_OUTPUTS = ['Blocked', 'Ready', 'Needs Approval', 'Scheduled'] as const;

/** A plan as items: what cannot be given, what may be applied, what has to be asked for, what is due later. */
export function outputsOf(
	ledgerId: string,
	{ planId, blocked, actions, kept, decision, dryRun }: RunOutcome,
	about: { contractEventId?: string },
	itemIndexes: readonly number[],
): INodeExecutionData[][] {
	const pairedItem = itemIndexes.map((item) => ({ item }));
	const outputs: INodeExecutionData[][] = PLAN_OUTPUTS.map(() => []);
	const { contractEventId: eventId } = about;
	const head = { ledger: ledgerId, ...(eventId !== undefined && { eventId }), ...(dryRun ? { dryRun } : {}) };
	for (const each of blocked) {
		outputs[0]?.push({ json: toJson({ ...head, planId, type: 'blocked', ...each }), pairedItem });
	}
	for (const trip of decision.guard.tripped) {
		const { message: reason, ...rest } = trip;
		outputs[0]?.push({ json: toJson({ ...head, planId, type: 'halted', ...rest, reason }), pairedItem });
	}
	for (const exposure of decision.plan.exposures) {
		outputs[0]?.push({ json: toJson({ ...head, planId, type: 'exposure', ...exposure }), pairedItem });
	}
	for (const action of [...actions, ...kept]) {
		const json = { ...head, ...actionItem(ledgerId, action), type: 'action' };
		outputs[outputOf(action, decision.asOf)]?.push({ json, pairedItem });
	}
	return outputs;
}

function outputOf({ approvalState, executionState, content }: Action, asOf: string): number {
	if (approvalState === 'denied' || executionState === 'blocked') return 0;
	if (approvalState === 'pending' || approvalState === 'expired') return 2;
	return content.dueAt > asOf ? 3 : 1;
}

export function planHint({ actions, blocked, kept, decision }: RunOutcome, policy: PolicyHead): NodeExecutionHint {
	const approvals = actions.filter((action) => action.approval).length;
	const { guard } = decision;
	const parts = [
		`${actions.length} change(s) of access planned under policy "${policy.name}" (${policy.hash.slice(0, 12)})`,
		`${approvals} of them need approval`,
		...(blocked.length > 0 ? [`${blocked.length} blocked`] : []),
	];
	const stopped = guard.tripped.map(({ message }) => ` ${message}`).join('');
	const alarms = guard.alarms.map(({ message }) => ` ${message}`).join('');
	return {
		message: `${parts.join(', ')}; ${kept.length} still open from before.${stopped}${alarms}`,
		type: guard.tripped.length > 0 ? 'danger' : blocked.length > 0 || guard.alarms.length > 0 ? 'warning' : 'info',
		location: 'outputPane',
	};
}
