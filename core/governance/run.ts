import { contentId, isDomainError, type Action, type Blocked, type PlannedAction } from '../model';
import type { PersonFacts } from '../lifecycle';
import { addDuration } from '../policy';
import type { LedgerApi } from '../store';
import { decideWithNames } from './account-names';
import type { ContractEventPayload } from './contract-event';
import { newcomerId } from './newcomer';
import { holdsOf, managerAccountsOf, peerCountsOf } from './population';
import { contractOf, contractsToReadAgain } from './run-contracts';
import type { Compute, DecisionSummary, DecisionTask } from './tasks';

/** What to decide about: an event of a contract, or people. */
export interface RunRequest {
	/** Policy document, and the zone that its durations are in. */
	policy: string;
	policyHash: string;
	zone: string;
	/** Rolling window of guards (ISO-8601 duration). */
	guardWindow?: string;
	/** Applications whose accounts name the account of the manager. */
	managerAccountsIn?: readonly string[];
	/** Contracts that name the people are read again: a rule about them asks about the person. */
	contractsByPerson?: boolean;
	/** Attributes that make people peers, where the policy asks for it: everybody is read then. */
	peersBy?: readonly string[];
	/** People who have to be looked at; those whom a contract concerns come on top. */
	identityIds: readonly string[];
	/** Ledger id of the contract event to plan. */
	contractEventId?: string;
	/** Events that are done with this plan. */
	eventIds: readonly string[];
	/** ISO instant from which holds what this follows from. */
	effectiveAt?: string;
	/** Makes plans of two runs different. */
	run: string;
	executionId?: string;
	author: string;
	asOf: string;
	/** Only to show: nothing is written. */
	dryRun?: boolean;
	/** Only for a dry run: what would be known of people besides, as if an event had come in. */
	supposed?: readonly PersonFacts[];
	/** Plans on hold until somebody resolves them: identity id → reason. */
	holds?: Readonly<Record<string, string>>;
}

export interface RunOutcome {
	planId: string;
	/** New actions as the ledger holds them, guards' halts included. */
	actions: Action[];
	/** Open actions of earlier plans that still say what is wanted. */
	kept: Action[];
	blocked: Blocked[];
	decision: DecisionSummary;
	dryRun: boolean;
}

/** Times a plan is made anew because the ledger changed meanwhile. */
const ATTEMPTS = 4;
const DEFAULT_WINDOW = 'PT1H';

/** The part of the ledger that planning works with. */
export type PlanningLedger = Pick<
	LedgerApi,
	| 'pseudonymKey'
	| 'readEvent'
	| 'readDocument'
	| 'versionsOfContracts'
	| 'identitiesByKeys'
	| 'peopleOfContract'
	| 'contractsNaming'
	| 'accountsIn'
	| 'namesInUse'
	| 'peopleState'
	| 'personFacts'
	| 'openFindings'
	| 'guardInputs'
	| 'peopleIds'
	| 'keepPolicy'
	| 'savePlan'
>;

/**
 * Decides and writes the plan: everything of the people concerned, in one transaction with the events it is made from. A
 * ledger that changed meanwhile is read and planned on anew.
 *
 * @throws DomainError LEDGER_REFUSED where it keeps changing, INPUT_INVALID where the event is not known
 */
export async function runDecision(ledger: PlanningLedger, compute: Compute, request: RunRequest): Promise<RunOutcome> {
	for (let attempt = 1; ; attempt++) {
		const prepared = await prepare(ledger, compute, request, attempt);
		const decision = await decideWithNames(ledger, compute, prepared.task);
		const outcome = outcomeOf(prepared.task.seed, decision, request.dryRun === true);
		if (request.dryRun === true) return outcome;
		try {
			await save(ledger, request, prepared, decision);
			return outcome;
		} catch (error) {
			const again = isDomainError(error) && error.details['retry'] === true;
			if (!again || attempt >= ATTEMPTS) throw error;
		}
	}
}

interface Prepared {
	task: DecisionTask;
	revision: number;
	contract?: { payload: ContractEventPayload; effectiveAt: string };
	effectiveAt: string;
}

async function prepare(
	ledger: PlanningLedger,
	compute: Compute,
	request: RunRequest,
	attempt: number,
): Promise<Prepared> {
	const { asOf, policy, policyHash } = request;
	const contract =
		request.contractEventId === undefined ? undefined : await contractOf(ledger, request.contractEventId);
	const further = contract === undefined ? await contractsToReadAgain(ledger, request) : [];
	const read = [...(contract ? [contract] : []), ...further];
	const versions = read.flatMap((each) => each.versions);
	const named = versions.length === 0 ? [] : await compute('peopleNamed', { policy, policyHash, versions });
	const known = await ledger.identitiesByKeys('email', named);
	const newcomers = named
		.filter((email) => !known.has(email))
		.map((email) => ({ email, identityId: newcomerId(ledger.pseudonymKey, email) }));
	const holders = (await Promise.all(read.map(({ id }) => ledger.peopleOfContract(id)))).flat();
	const ids = [...new Set([...request.identityIds, ...known.values(), ...holders])].sort();
	const state = await ledger.peopleState(ids);
	const facts = await ledger.personFacts(ids, asOf);
	const people = mergeSupposed(facts, request.dryRun === true ? (request.supposed ?? []) : []);
	const strangers = newcomers.map(({ email, identityId }) => ({ identityId, keys: { email }, facts: [] }));
	const since = addDuration(asOf, request.guardWindow ?? DEFAULT_WINDOW, request.zone, 'start', -1);
	const effectiveAt = request.effectiveAt ?? contract?.effectiveAt ?? asOf;
	const peers = await peerCountsOf(ledger, compute, { by: request.peersBy, policy, policyHash, asOf });
	const seed = contentId('pln', [request.run, [...request.eventIds].sort(), ids, state.revision, attempt]);
	return {
		revision: state.revision,
		effectiveAt,
		...(contract && { contract }),
		task: {
			policy,
			policyHash,
			seed,
			asOf,
			effectiveAt,
			guards: await ledger.guardInputs({ since }),
			...(peers && { peers }),
			...(contract && { contract: { id: contract.id, versions: contract.versions } }),
			...(further.length > 0 && { further }),
			state: {
				people: [...people, ...strangers],
				assignments: state.assignments,
				held: state.held,
				openActions: state.openActions,
				accounts: state.accounts,
				managerAccounts: await managerAccountsOf(ledger, people, request.managerAccountsIn ?? []),
				holds: { ...(await holdsOf(ledger, ids)), ...request.holds },
			},
		},
	};
}

/** Facts with those that are only supposed; somebody of whom nothing was known begins with them. */
function mergeSupposed(facts: readonly PersonFacts[], supposed: readonly PersonFacts[]): PersonFacts[] {
	const people = new Map(facts.map((person) => [person.identityId, person]));
	for (const person of supposed) {
		const known = people.get(person.identityId);
		const merged = known && {
			...known,
			keys: { ...person.keys, ...known.keys },
			facts: [...known.facts, ...person.facts],
		};
		people.set(person.identityId, merged ?? person);
	}
	return [...people.values()];
}

function outcomeOf(planId: string, decision: DecisionSummary, dryRun: boolean): RunOutcome {
	const halted = new Set(decision.guard.halted);
	const message = decision.guard.tripped[0]?.message;
	const actions = decision.plan.actions.map((action: PlannedAction, sequence): Action => {
		const stopped = halted.has(action.id);
		return {
			...action,
			planId,
			sequence,
			approvalState: action.approval ? 'pending' : 'not_needed',
			executionState: stopped ? 'blocked' : 'planned',
			...(stopped && message !== undefined && { note: message }),
		};
	});
	return { planId, actions, kept: decision.kept, blocked: decision.blocked, decision, dryRun };
}

async function save(
	ledger: PlanningLedger,
	request: RunRequest,
	{ task, revision, contract, effectiveAt }: Prepared,
	decision: DecisionSummary,
): Promise<void> {
	const { plan, guard } = decision;
	await ledger.keepPolicy({
		hash: request.policyHash,
		name: decision.policyName,
		source: request.policy,
		author: request.author,
	});
	const { payload } = contract ?? {};
	const tripped = guard.tripped.map(({ guard: name, scope, name: of, count, limit }) => ({
		guard: name,
		scope,
		...(of !== undefined && { name: of }),
		count,
		limit,
	}));
	await ledger.savePlan({
		revision,
		id: task.seed,
		kind: payload === undefined ? 'people' : 'contract',
		eventIds: request.eventIds,
		...(request.contractEventId !== undefined && { eventId: request.contractEventId }),
		...(payload && {
			contract: { header: payload.contract, sha256: payload.after.sha256, format: payload.after.format },
		}),
		...(request.executionId !== undefined && { executionId: request.executionId }),
		policyHash: request.policyHash,
		asOf: request.asOf,
		effectiveFrom: effectiveAt,
		identities: decision.identities,
		actions: plan.actions,
		kept: decision.kept,
		superseded: plan.superseded,
		grantChanges: plan.grantChanges,
		blocked: decision.blocked,
		assignments: decision.assignments,
		exposures: plan.exposures,
		evaluated: decision.evaluated,
		reviews: decision.reviews,
		halts: guard.halted.length === 0 ? [] : [{ tripped, actionIds: guard.halted }],
	});
}
