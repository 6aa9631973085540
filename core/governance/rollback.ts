import { personTimeline, timelineRules, type PersonFacts } from '../lifecycle';
import type { PersonTimeline } from '../model';
import { accountKey, checkGuards, planRollback, type GuardTrip, type RollbackPlan } from '../plan';
import { desiredTenures, type CompiledPolicy, type PersonAccess } from '../policy';
import type { GuardInputs, RollbackInputs } from '../store';
import { groupBy } from './state-by-person';
import { populationOf } from './population';

/** What a rollback is planned from, in plain data. */
export interface RollbackTask {
	policy: string;
	policyHash: string;
	/** What is rolled back, e.g. `plan:pln_1`. */
	scope: string;
	seed: string;
	inputs: RollbackInputs;
	/** Facts of everybody whom it concerns. */
	people: readonly PersonFacts[];
	guards: GuardInputs;
	asOf: string;
}

export interface GuardedRollback {
	plan: RollbackPlan;
	tripped: GuardTrip[];
	/** Ids of actions that guards stopped, sorted. */
	halted: string[];
}

/** The inverse of what was done, decided by what the policy wants of these people now, and looked at by the guards. */
export function guardedRollback(compiled: CompiledPolicy, task: RollbackTask): GuardedRollback {
	const { inputs, guards, asOf } = task;
	const rules = timelineRules(compiled.policy, asOf);
	const timelines = task.people.map((person) => personTimeline(person, rules));
	const plan = planRollback({
		compiled,
		policyHash: task.policyHash,
		seed: task.seed,
		scope: task.scope,
		entries: inputs.entries,
		held: inputs.held,
		openActions: inputs.openActions,
		accounts: new Map(
			inputs.accounts.map(({ application, identityId, attributes, active }) => [
				accountKey(application, identityId),
				{ attributes, active },
			]),
		),
		timelines: new Map(timelines.map((timeline) => [timeline.identityId, timeline])),
		access: accessOf(compiled, inputs, timelines, asOf),
		asOf,
	});
	const { tripped, halted } = checkGuards({
		compiled,
		actions: plan.actions,
		population: populationOf(compiled, guards),
		history: guards.history,
		asOf,
	});
	return { plan, tripped, halted };
}

function accessOf(
	compiled: CompiledPolicy,
	inputs: RollbackInputs,
	timelines: readonly PersonTimeline[],
	asOf: string,
): Map<string, PersonAccess> {
	const assignments = groupBy(inputs.assignments, ({ identityId }) => identityId);
	const held = groupBy(inputs.held, ({ identityId }) => identityId);
	return new Map(
		timelines.map((timeline) => {
			const { identityId } = timeline;
			const own = { assignments: assignments.get(identityId) ?? [], held: held.get(identityId) ?? [] };
			return [identityId, desiredTenures({ compiled, timeline, ...own, asOf })];
		}),
	);
}
