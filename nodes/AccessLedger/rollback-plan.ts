import type { StatedTimeline } from '../../core/lifecycle';
import { accountKey, checkGuards, planRollback, type RollbackPlan } from '../../core/plan';
import { desiredTenures, type CompiledPolicy, type PersonAccess } from '../../core/policy';
import type { GuardInputs, PlanToSave, RollbackInputs } from '../../core/store';

export interface RollbackTask {
	compiled: CompiledPolicy;
	policyHash: string;
	/** What is rolled back, e.g. `plan:pln_1`. */
	scope: string;
	seed: string;
	inputs: RollbackInputs;
	timelines: readonly StatedTimeline[];
	guards: GuardInputs;
	asOf: string;
}

export interface GuardedRollback {
	plan: RollbackPlan;
	/** What guards stopped, as the ledger keeps it. */
	halts: NonNullable<PlanToSave['halts']>;
	haltedIds: ReadonlySet<string>;
	/** Why, for people. */
	messages: string[];
}

/** The inverse of what was done, decided by what the policy wants of these people now, and looked at by the guards. */
export function guardedRollback(task: RollbackTask): GuardedRollback {
	const { compiled, inputs, timelines, asOf } = task;
	const { entries, held, openActions } = inputs;
	const plan = planRollback({
		compiled,
		policyHash: task.policyHash,
		seed: task.seed,
		scope: task.scope,
		entries,
		held,
		openActions,
		accounts: new Map(
			inputs.accounts.map(({ application, identityId, attributes, active }) => [
				accountKey(application, identityId),
				{ attributes, active },
			]),
		),
		timelines: new Map(timelines.map((timeline) => [timeline.identityId, timeline])),
		access: accessOf(task),
		asOf,
	});
	const { tripped, halted } = checkGuards({
		compiled,
		actions: plan.actions,
		population: { holdings: task.guards.holdings, byEntitlement: new Map(task.guards.byEntitlement) },
		history: task.guards.history,
		asOf,
	});
	const counts = tripped.map(({ guard, scope, name, count, limit }) => ({
		guard,
		scope,
		...(name === undefined ? {} : { name }),
		count,
		limit,
	}));
	return {
		plan,
		halts: halted.length === 0 ? [] : [{ tripped: counts, actionIds: halted }],
		haltedIds: new Set(halted),
		messages: tripped.map(({ message }) => message),
	};
}

function accessOf({ compiled, inputs, timelines, asOf }: RollbackTask): Map<string, PersonAccess> {
	const assignments = byPerson(inputs.assignments);
	const held = byPerson(inputs.held);
	return new Map(
		timelines.map((timeline) => [
			timeline.identityId,
			desiredTenures({
				compiled,
				timeline,
				assignments: assignments.get(timeline.identityId) ?? [],
				held: held.get(timeline.identityId) ?? [],
				asOf,
			}),
		]),
	);
}

function byPerson<T extends { identityId: string }>(rows: readonly T[]): Map<string, T[]> {
	const people = new Map<string, T[]>();
	for (const row of rows) {
		const own = people.get(row.identityId);
		if (own) own.push(row);
		else people.set(row.identityId, [row]);
	}
	return people;
}
