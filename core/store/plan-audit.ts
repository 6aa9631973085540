import type { PlanToSave } from './plans';
import type { LedgerTransaction } from './transaction';

/** One record of the plan, one of each action; who they are about stands apart from what cannot be erased. */
export function auditPlan(tx: LedgerTransaction, plan: PlanToSave): void {
	const refs = {
		plan: plan.id,
		policy: plan.policyHash,
		...(plan.eventId === undefined ? {} : { event: plan.eventId }),
		...(plan.contract ? { contract: plan.contract.header.id } : {}),
	};
	const actor = { kind: 'node' as const, id: `execution:${plan.executionId ?? 'none'}` };
	tx.audit({
		type: 'plan.created',
		actor,
		occurredAt: plan.effectiveFrom,
		refs,
		data: {
			actions: plan.actions.map((action) => ({ id: action.id, hash: action.hash })),
			kept: plan.kept.map(({ id }) => id),
			superseded: plan.superseded.map(({ actionId }) => actionId),
			grantsOpened: plan.grantChanges.open.length,
			grantsClosed: plan.grantChanges.close.length,
			blocked: plan.blocked.length,
			...(plan.kind === undefined ? {} : { kind: plan.kind }),
			...(plan.eventIds === undefined ? {} : { events: [...plan.eventIds] }),
			...(plan.evaluated === undefined ? {} : { people: plan.evaluated.length }),
			...(plan.exposures === undefined ? {} : { exposures: plan.exposures.length }),
			...(plan.details === undefined ? {} : { details: plan.details }),
		},
		personal: { blocked: plan.blocked.map((entry) => ({ ...entry })) },
	});
	const undoes = new Map<string, string[]>();
	for (const each of plan.undoes ?? []) undoes.set(each.actionId, [...(undoes.get(each.actionId) ?? []), each.undoes]);
	for (const action of plan.actions) {
		const undone = undoes.get(action.id);
		tx.audit({
			type: 'action.planned',
			actor,
			occurredAt: action.content.dueAt,
			refs: {
				...refs,
				action: action.id,
				identity: action.content.identityId,
			},
			data: {
				hash: action.hash,
				application: action.content.application,
				operation: action.content.operation,
				entitlement: action.content.entitlement ?? null,
				approval: action.approval?.rule ?? null,
				sources: action.sources.map((source) => source.ref),
				...(action.inferred === true ? { inferred: true } : {}),
				...(undone === undefined ? {} : { undoes: undone }),
				...(action.risk === undefined ? {} : { risk: action.risk.score }),
			},
			personal: { subject: action.subject, reason: action.reason },
		});
	}
}
