import type { PlannedAction } from '../model';
import type { GuardedAction, GuardTrip, NameInUse } from '../plan';
import { addDuration } from '../policy';
import type { LedgerApi } from '../store';
import { decideWithNames } from './account-names';
import { pagesOf, peerCountsOf, readPage, type PopulationLedger } from './population';
import type { PolicyHead } from './policy-head';
import type { Compute, DecisionSummary, DecisionTask } from './tasks';

export interface SimulationRequest {
	/** Text of the policy, and what has to be known of it here. */
	policy: string;
	head: PolicyHead;
	/** ISO instant. */
	asOf: string;
	/** Only these people; everybody where absent. */
	identityIds?: readonly string[];
	/** Actions that are listed; all are counted. */
	maxListed?: number;
	onProgress?: (done: number) => void;
}

export interface ApplicationEffect {
	granted: number;
	revoked: number;
	updated: number;
	/** Due later. */
	scheduled: number;
	/** What would be done, and is only recorded at present. */
	recorded: number;
	enforcement: 'record' | 'approve' | 'enforce';
}

export interface SimulationResult {
	policy: { name: string; hash: string };
	asOf: string;
	people: { total: number; unchanged: number; changed: number };
	/** Whom it would change anything for, sorted. */
	changedIds: string[];
	granted: number;
	revoked: number;
	updated: number;
	scheduled: number;
	/** Grants of privileged entitlements. */
	privileged: number;
	needApproval: number;
	separation: { blocked: number; approve: number; record: number };
	/** Earned and not given, for any reason. */
	withheld: number;
	exposures: number;
	/** What proposed rules would earn, by rule. */
	proposed: Record<string, number>;
	applications: Record<string, ApplicationEffect>;
	/** Guards that a real run would trip. */
	guards: GuardTrip[];
	/** The first actions, by person. */
	actions: PlannedAction[];
	truncated: boolean;
}

type SimulationLedger = PopulationLedger & Pick<LedgerApi, 'guardInputs' | 'namesInUse'>;

const MAX_LISTED = 1_000;
const DEFAULT_WINDOW = 'PT1H';
const GIVES: ReadonlySet<string> = new Set(['create_account', 'enable_account', 'add_to_group', 'assign_role']);

/**
 * What a policy would change, for everybody or for some, without any effect: nothing is written. People are read page by
 * page, so memory does not grow with their number.
 */
export async function simulate(
	ledger: SimulationLedger,
	compute: Compute,
	request: SimulationRequest,
): Promise<SimulationResult> {
	const { policy, asOf, head } = request;
	const { hash: policyHash, peersBy: by, zone, guardWindow = DEFAULT_WINDOW } = head;
	const peers = await peerCountsOf(ledger, compute, { by, policy, policyHash, asOf });
	const tally = new Tally(request);
	/** Names that pages before this one give, where the policy says what happens on a collision. */
	const given: NameInUse[] = [];
	for await (const ids of pagesOf(ledger, request.identityIds)) {
		const page = await readPage(ledger, ids, asOf, head.managerAccountsIn);
		const state = { ...page, names: { asked: [], inUse: given } };
		const task = { policy, policyHash, state, seed: 'simulation', asOf, ...(peers && { peers }) };
		const decision = await decideWithNames(ledger, compute, task);
		given.push(...decision.names.given);
		tally.add(decision, task);
		request.onProgress?.(tally.total);
	}
	const guards = await ledger.guardInputs({ since: addDuration(asOf, guardWindow, zone, 'start', -1) });
	const { revocations: actions } = tally;
	const verdict = await compute('checkGuards', { policy, policyHash, actions, guards, asOf });
	return tally.result(verdict.tripped);
}

/** Counts what the pages bring, and keeps the first actions. */
class Tally {
	total = 0;
	readonly #changed = new Set<string>();
	readonly #actions: PlannedAction[] = [];
	/** For guards: all that is taken because of a conclusion, without the rest of what a plan holds. */
	readonly revocations: GuardedAction[] = [];
	readonly #applications = new Map<string, ApplicationEffect>();
	readonly #proposed = new Map<string, number>();
	readonly #separation = { blocked: 0, approve: 0, record: 0 };
	readonly #counts = { granted: 0, revoked: 0, updated: 0, scheduled: 0, privileged: 0, needApproval: 0, listed: 0 };
	#withheld = 0;
	#exposures = 0;

	constructor(readonly request: SimulationRequest) {}

	add({ plan, blocked, proposed }: DecisionSummary, task: DecisionTask): void {
		this.total += plan.people.total;
		this.#exposures += plan.exposures.length;
		for (const { reason } of blocked) {
			this.#withheld += 1;
			if (reason.startsWith('Separation of duties')) this.#separation.blocked += 1;
		}
		for (const { rule } of proposed) this.#proposed.set(rule, (this.#proposed.get(rule) ?? 0) + 1);
		for (const action of plan.actions) this.#action(action);
		const owners = new Map(task.state.openActions.map(({ id, content }) => [id, content.identityId]));
		for (const { actionId } of plan.superseded) {
			const owner = owners.get(actionId);
			if (owner !== undefined) this.#changed.add(owner);
		}
		for (const { content } of plan.recorded) this.#application(content.application).recorded += 1;
	}

	#action(action: PlannedAction): void {
		const { content } = action;
		const effect = this.#application(content.application);
		this.#changed.add(content.identityId);
		const counts = this.#counts;
		if (content.dueAt > this.request.asOf) {
			counts.scheduled += 1;
			effect.scheduled += 1;
		} else if (GIVES.has(content.operation)) {
			counts.granted += 1;
			effect.granted += 1;
			if (action.privileged) counts.privileged += 1;
		} else if (content.operation === 'update_account') {
			counts.updated += 1;
			effect.updated += 1;
		} else {
			counts.revoked += 1;
			effect.revoked += 1;
		}
		if (action.approval) counts.needApproval += 1;
		for (const hit of action.separation ?? []) if (hit.action !== 'block') this.#separation[hit.action] += 1;
		if (action.inferred === true || action.event === 'leaver') this.revocations.push(guardedOf(action));
		if (this.#actions.length < (this.request.maxListed ?? MAX_LISTED)) this.#actions.push(action);
		counts.listed += 1;
	}

	#application(name: string): ApplicationEffect {
		const known = this.#applications.get(name);
		if (known) return known;
		const { enforcement: stated } = this.request.head;
		const enforcement = (Object.hasOwn(stated, name) ? stated[name] : undefined) ?? 'enforce';
		const effect: ApplicationEffect = { granted: 0, revoked: 0, updated: 0, scheduled: 0, recorded: 0, enforcement };
		this.#applications.set(name, effect);
		return effect;
	}

	result(guards: GuardTrip[]): SimulationResult {
		const { head, asOf } = this.request;
		const { listed, ...counts } = this.#counts;
		return {
			policy: { name: head.name, hash: head.hash },
			asOf,
			people: { total: this.total, unchanged: this.total - this.#changed.size, changed: this.#changed.size },
			changedIds: [...this.#changed].sort(),
			...counts,
			separation: this.#separation,
			withheld: this.#withheld,
			exposures: this.#exposures,
			proposed: Object.fromEntries([...this.#proposed].sort(byName)),
			applications: Object.fromEntries([...this.#applications].sort(byName)),
			guards,
			actions: this.#actions,
			truncated: listed > this.#actions.length,
		};
	}
}

function guardedOf({ id, event, inferred, content }: PlannedAction): GuardedAction {
	const { identityId, application, entitlement, operation, dueAt } = content;
	return {
		id,
		content: { identityId, application, operation, dueAt, ...(entitlement !== undefined && { entitlement }) },
		...(event !== undefined && { event }),
		...(inferred !== undefined && { inferred }),
	};
}

function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
	return a[0] < b[0] ? -1 : 1;
}
