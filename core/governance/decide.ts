import { DataQuality, personTimeline, timelineRules, type PersonFacts } from '../lifecycle';
import { canonicalJson, type Action, type Assignment, type Blocked, type Grant, type Identity } from '../model';
import { accountKey, AccountNames, checkGuards, identityAt, innerBoundary, planPeople } from '../plan';
import type {
	EarlierRevocation,
	GuardVerdict,
	KnownAccount,
	KnownNames,
	NameInUse,
	PeoplePlanResult,
	Population,
} from '../plan';
import type { CompiledPolicy, PeerGroups } from '../policy';
import type { Review } from '../store';
import { contractAssignments } from './contract-assignments';
import { identitiesOf, withFacts } from './contract-facts';
import { type ContractVersionState, type TermCache } from './contract-state';
import { isOfContract, StateByPerson } from './state-by-person';

/** The account of somebody who is a manager, in one application. */
export interface ManagerAccount {
	application: string;
	/** E-mail address in lower case, as people name their manager. */
	address: string;
	remoteId: string;
}

/** What the ledger knows of the people to decide about, in plain data. */
export interface DecisionState {
	people: readonly PersonFacts[];
	assignments: readonly Assignment[];
	held: readonly Grant[];
	openActions: readonly Action[];
	accounts: ReadonlyArray<{
		application: string;
		identityId: string;
		attributes: Record<string, unknown>;
		userName?: string;
		active: boolean;
	}>;
	/** Accounts of managers, where a mapping names them. */
	managerAccounts?: readonly ManagerAccount[];
	/** What is known of userNames so far, where the policy says what happens on a collision. */
	names?: KnownNames;
	/** Why somebody gets nothing new until it is resolved: identity id → reason. */
	holds: Readonly<Record<string, string>>;
}

export interface DecisionInput {
	compiled: CompiledPolicy;
	policyHash: string;
	state: DecisionState;
	/** Where a contract changed: all that is known of it, this change included. */
	contract?: { id: string; versions: readonly ContractVersionState[] };
	/** Contracts that nothing happened to, and whose rules ask about people who changed. */
	further?: ReadonlyArray<{ id: string; versions: readonly ContractVersionState[] }>;
	/** What inferred revocations are counted against; no guards where absent. */
	guards?: { population: Population; history: readonly EarlierRevocation[] };
	/** Makes the ids of this plan's actions its own. */
	seed: string;
	/** ISO instants. */
	asOf: string;
	effectiveAt?: string;
	/** People alike, for risk. */
	peers?: PeerGroups;
}

export interface Decision {
	/** ISO instant of the decision. */
	asOf: string;
	plan: PeoplePlanResult;
	/** Open actions of earlier plans that still say what is wanted, with the sources that earn them now. */
	kept: Action[];
	blocked: Blocked[];
	/** People whom a contract names, as it names them. */
	identities: Identity[];
	/** What contracts assign now. */
	assignments: Array<{ contractId: string; rows: Assignment[] }>;
	/** Versions of the contract that another one has replaced. */
	superseded: string[];
	guard: GuardVerdict;
	/** What proposed rules would earn today. */
	proposed: Array<{ identityId: string; rule: string; entitlement: string }>;
	evaluated: string[];
	/** What the ledger has to be asked before this decision is good, and the userNames that it gives. */
	names: { toLookUp: Array<{ application: string; names: string[] }>; given: NameInUse[] };
	/** Who has to be evaluated again when no action is due: a source of what they hold begins or ends then. */
	reviews: Review[];
}

const NOTHING_KNOWN: KnownNames = { asked: [], inUse: [] };

/**
 * The exact difference between the access that people should have over time and what the ledger knows: from facts,
 * assignments and the policy, for everything of these people and nobody else. A function of its arguments.
 */
export function decide(input: DecisionInput, cache: TermCache): Decision {
	const { compiled, state, asOf } = input;
	const rules = timelineRules(compiled.policy, asOf);
	const contract = input.contract && assignByContract(input, input.contract, cache);
	const contracts = [
		...(contract ? [contract] : []),
		...(input.further ?? []).map((each) => assignByContract(input, each, cache)),
	];
	const facts = contracts.reduce((people, each) => withFacts(people, each.facts), state.people);
	const timelines = facts.map((person) => personTimeline(person, rules));
	const byPerson = new StateByPerson(
		state,
		contracts.map(({ id, assignments }) => ({ id, rows: assignments })),
	);
	const quality = new DataQuality(compiled.policy);
	const proposed: Decision['proposed'] = [];
	const reviews: Review[] = [];
	const people = timelines.map((timeline) => {
		const person = byPerson.of(timeline, compiled, asOf);
		// The policy may know better than whoever took the event in, or be newer.
		const holds = quality.ofTimeline(timeline, asOf).filter(({ level }) => level === 'hold');
		const [first] = holds;
		if (first !== undefined) person.hold ??= first.message;
		const unknown = holds.find(({ code }) => code === 'UNKNOWN_VALUE');
		if (unknown !== undefined) person.keep = unknown.message;
		const dueAt = innerBoundary(person.access, asOf);
		if (dueAt !== undefined) reviews.push({ identityId: timeline.identityId, dueAt, reason: 'a source of access' });
		for (const each of person.access.proposed) proposed.push({ identityId: timeline.identityId, ...each });
		return person;
	});
	const accounts = accountsByKey(state);
	const names = new AccountNames({ compiled, people, accounts, known: state.names ?? NOTHING_KNOWN, asOf });
	const plan = planPeople({
		compiled,
		policyHash: input.policyHash,
		seed: input.seed,
		people,
		accounts,
		names,
		managerAccounts: new Map(
			(state.managerAccounts ?? []).map(({ application, address, remoteId }) => [
				accountKey(application, address),
				remoteId,
			]),
		),
		asOf,
		...(input.effectiveAt !== undefined && { effectiveAt: input.effectiveAt }),
		...(contract && { contractId: contract.id }),
		...(input.peers && { peers: input.peers }),
	});
	return {
		asOf,
		plan,
		kept: keptActions(state, plan),
		blocked: [...contracts.flatMap(({ blocked }) => blocked), ...plan.blocked],
		identities: contract === undefined ? [] : identitiesOf(timelines, contract.facts, asOf),
		assignments: contracts.map(({ id, assignments: rows }) => ({ contractId: id, rows })),
		superseded: contract?.superseded ?? [],
		guard: guardVerdict(input, plan),
		proposed,
		evaluated: timelines.map(({ identityId }) => identityId).sort(),
		names: { toLookUp: names.toLookUp, given: names.given },
		reviews,
	};
}

function assignByContract(
	{ compiled, state, asOf }: DecisionInput,
	contract: { id: string; versions: readonly ContractVersionState[] },
	cache: TermCache,
) {
	const rules = timelineRules(compiled.policy, asOf);
	const found = contractAssignments({
		compiled,
		contractId: contract.id,
		versions: contract.versions,
		people: state.people.map((person) => identityAt(personTimeline(person, rules), asOf)),
		current: state.assignments.filter((each) => isOfContract(each, contract.id)),
		asOf,
		cache,
	});
	return { id: contract.id, ...found };
}

function accountsByKey({ accounts }: DecisionState): Map<string, KnownAccount> {
	return new Map(
		accounts.map(({ application, identityId, attributes, userName, active }) => [
			accountKey(application, identityId),
			{ attributes, active, ...(userName !== undefined && { userName }) },
		]),
	);
}

function keptActions(state: DecisionState, plan: PeoplePlanResult): Action[] {
	if (plan.kept.length === 0) return [];
	const open = new Map(state.openActions.map((action) => [action.id, action]));
	return plan.kept.flatMap(({ actionId, sources }) => {
		const action = open.get(actionId);
		return action ? [{ ...action, sources }] : [];
	});
}

function guardVerdict({ compiled, guards, asOf }: DecisionInput, plan: PeoplePlanResult): GuardVerdict {
	if (guards === undefined) return { tripped: [], halted: [], alarms: [] };
	return checkGuards({ compiled, actions: plan.actions, ...guards, asOf });
}

/** One text for what people hold in the end, whatever way led there: for comparing runs. */
export function grantsDigest(held: readonly Grant[]): string {
	const rows = held.map(({ identityId, entitlement, source, validUntil }) =>
		canonicalJson([identityId, entitlement, source.kind, source.ref, validUntil ?? null]),
	);
	return rows.sort().join('\n');
}
