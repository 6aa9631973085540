import { contentId, isDomainError, type Action } from '../../model';
import { checkGuards } from '../../plan';
import { addDuration, type CompiledPolicy } from '../../policy';
import type { Comparison } from './comparison';
import { isRecorded, planCorrections, type Correctable, type Corrections } from './corrections';
import type { LedgerView } from './ledger-view';
import type { PlannedCorrections, ReconcileLedger } from './types';

/** Times a plan is made anew because the ledger changed meanwhile. */
const ATTEMPTS = 4;
const DEFAULT_GUARD_WINDOW = 'PT1H';

export interface Planned {
	plan: PlannedCorrections;
	covered: ReadonlySet<Correctable>;
}

/** Plans corrections on the ledger as it is now, and again where it changed meanwhile. Writes the plan where the application's mode has it. */
export async function plan(
	comparison: Comparison,
	view: LedgerView,
	differences: readonly Correctable[],
	{ complete, left }: { complete: boolean; left: number },
): Promise<Planned> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await planOnce(comparison, view, differences, { complete, left, attempt });
		} catch (error) {
			const again = isDomainError(error) && error.details['retry'] === true;
			if (!again || attempt >= ATTEMPTS) throw error;
		}
	}
}

async function planOnce(
	{ ledger, request, compiled, policyHash, managed }: Comparison,
	view: LedgerView,
	differences: readonly Correctable[],
	{ complete, left, attempt }: { complete: boolean; left: number; attempt: number },
): Promise<Planned> {
	const { asOf, application } = request;
	const ids = [...new Set(differences.map(({ identityId }) => identityId))].sort();
	const { revision, held, openActions } = await ledger.peopleState(ids);
	const timelines = await ledger.timelines(ids, { policyView: compiled.policy, knownAt: asOf });
	const planId = contentId('pln', [request.run, application, revision, attempt]);
	const corrections = planCorrections({
		compiled,
		policyHash,
		managed,
		view,
		differences,
		timelines: new Map(timelines.map((timeline) => [timeline.identityId, timeline])),
		held,
		openActions: openActions.filter(({ content }) => content.application === application),
		seed: planId,
		asOf,
		complete,
	});
	const { tripped, halted } = await guarded(ledger, compiled, corrections, asOf);
	const haltedIds = new Set(halted);
	const saved = !isRecorded(compiled, application) && corrections.actions.length > 0;
	if (saved) {
		await ledger.savePlan({
			revision,
			id: planId,
			kind: 'people',
			...(request.executionId !== undefined && { executionId: request.executionId }),
			policyHash,
			asOf,
			effectiveFrom: asOf,
			identities: [],
			actions: corrections.actions,
			kept: [],
			superseded: [],
			grantChanges: { open: corrections.found, close: [] },
			blocked: corrections.blocked,
			halts: halted.length === 0 ? [] : [{ tripped: tripped.map(countsOf), actionIds: halted }],
			details: { reconciled: application, complete },
		});
	}
	const actions = corrections.actions.map((action, sequence): Action => ({
		...action,
		planId,
		sequence,
		approvalState: action.approval ? 'pending' : 'not_needed',
		executionState: haltedIds.has(action.id) ? 'blocked' : 'planned',
	}));
	const messages = tripped.map(({ message }) => message);
	return {
		plan: { planId, actions, blocked: corrections.blocked, halted: messages, left, saved },
		covered: corrections.covered,
	};
}

async function guarded(ledger: ReconcileLedger, compiled: CompiledPolicy, { actions }: Corrections, asOf: string) {
	const window = compiled.policy.guards?.window ?? DEFAULT_GUARD_WINDOW;
	const { holdings, byEntitlement, history } = await ledger.guardInputs({
		since: addDuration(asOf, window, compiled.zone, 'start', -1),
	});
	const byApplication = new Map<string, number>();
	for (const [name, people] of byEntitlement) {
		const application = compiled.entitlements.resolve(name)?.application;
		if (application !== undefined) byApplication.set(application, (byApplication.get(application) ?? 0) + people);
	}
	const population = { holdings, byEntitlement: new Map(byEntitlement), byApplication };
	return checkGuards({ compiled, actions, population, history, asOf });
}

function countsOf({ guard, scope, name, count, limit }: ReturnType<typeof checkGuards>['tripped'][number]) {
	return { guard, scope, ...(name === undefined ? {} : { name }), count, limit };
}
