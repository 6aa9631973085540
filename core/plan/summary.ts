import type { PlanResult, PlanSummary } from './types';

const REVOKES = new Set(['disable_account', 'remove_from_group', 'remove_role']);

/** Counts of a plan, for people and for guards. */
export function summarise(plan: Omit<PlanResult, 'summary'>, asOf: string): PlanSummary {
	const due = plan.actions.filter(({ content }) => content.dueAt <= asOf);
	const applications = new Map<string, number>();
	for (const { content } of plan.actions) {
		applications.set(content.application, (applications.get(content.application) ?? 0) + 1);
	}
	const updates = due.filter(({ content }) => content.operation === 'update_account').length;
	const revokes = due.filter(({ content }) => REVOKES.has(content.operation)).length;
	return {
		grants: due.length - updates - revokes,
		revokes,
		updates,
		scheduled: plan.actions.length - due.length,
		needApproval: plan.actions.filter(({ approval }) => approval !== undefined).length,
		privileged: plan.actions.filter(({ privileged, content }) => privileged && !REVOKES.has(content.operation)).length,
		kept: plan.kept.length,
		superseded: plan.superseded.length,
		blocked: plan.blocked.length,
		applications: Object.fromEntries([...applications].sort((a, b) => (a[0] < b[0] ? -1 : 1))),
	};
}
