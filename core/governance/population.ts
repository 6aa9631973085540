import { personTimeline, timelineRules } from '../lifecycle';
import type { Grant } from '../model';
import { identityAt, type Population } from '../plan';
import { PeerGroups, type CompiledPolicy, type PeerCounts } from '../policy';
import type { GuardInputs, LedgerApi } from '../store';
import type { DecisionState, ManagerAccount } from './decide';
import type { Compute } from './tasks';

/** The part of the ledger that everybody can be read from. */
export type PopulationLedger = Pick<
	LedgerApi,
	'peopleIds' | 'peopleState' | 'personFacts' | 'identitiesByKeys' | 'accountsIn'
>;

const PAGE = 1_000;

/** Everybody, or the people given, page by page: memory does not grow with their number. */
export async function* pagesOf(
	ledger: Pick<LedgerApi, 'peopleIds'>,
	given?: readonly string[],
): AsyncGenerator<readonly string[]> {
	if (given !== undefined) {
		for (let at = 0; at < given.length; at += PAGE) yield given.slice(at, at + PAGE);
		return;
	}
	for (let after: string | undefined; ;) {
		const ids = await ledger.peopleIds({ limit: PAGE, ...(after !== undefined && { after }) });
		if (ids.length === 0) return;
		yield ids;
		after = ids.at(-1);
	}
}

export async function readPage(
	ledger: PopulationLedger,
	ids: readonly string[],
	asOf: string,
	managerAccountsIn: readonly string[] = [],
): Promise<DecisionState> {
	const { assignments, held, openActions, accounts } = await ledger.peopleState(ids);
	const people = await ledger.personFacts(ids, asOf);
	const managerAccounts = await managerAccountsOf(ledger, people, managerAccountsIn);
	return { people, assignments, held, openActions, accounts, managerAccounts, holds: {} };
}

/** Accounts, in these applications, of everybody whom one of these people ever named as manager. */
export async function managerAccountsOf(
	ledger: Pick<LedgerApi, 'identitiesByKeys' | 'accountsIn'>,
	people: DecisionState['people'],
	applications: readonly string[],
): Promise<ManagerAccount[]> {
	if (applications.length === 0) return [];
	const named = people.flatMap(({ facts }) =>
		facts.flatMap(({ name, value }) => (name === 'manager' && typeof value === 'string' ? [value.toLowerCase()] : [])),
	);
	const managers = await ledger.identitiesByKeys('email', [...new Set(named)]);
	const found: ManagerAccount[] = [];
	for (const application of applications) {
		const accounts = await ledger.accountsIn({ application, identityIds: [...new Set(managers.values())] });
		const remoteIds = new Map(accounts.map(({ identityId, remoteId }) => [identityId, remoteId]));
		for (const [address, identityId] of managers) {
			const remoteId = remoteIds.get(identityId);
			if (remoteId !== undefined) found.push({ application, address, remoteId });
		}
	}
	return found;
}

/** Who holds what among people alike, over everybody; undefined where the policy does not ask. */
export async function peerCountsOf(
	ledger: PopulationLedger,
	compute: Compute,
	question: { by: readonly string[] | undefined; policy: string; policyHash: string; asOf: string },
): Promise<PeerCounts | undefined> {
	const { by, policy, policyHash, asOf } = question;
	if (by === undefined) return undefined;
	const peers = new PeerGroups(by);
	for await (const ids of pagesOf(ledger)) {
		const { people, held } = await readPage(ledger, ids, asOf);
		peers.merge(await compute('countPeers', { policy, policyHash, people, held, asOf }));
	}
	return peers.counts();
}

export interface PeersTask {
	policy: string;
	policyHash: string;
	people: DecisionState['people'];
	held: readonly Grant[];
	asOf: string;
}

export function countPeers(compiled: CompiledPolicy, { people, held, asOf }: PeersTask): PeerCounts {
	const peers = new PeerGroups(compiled.policy.risk?.peers?.by ?? []);
	const rules = timelineRules(compiled.policy, asOf);
	const names = new Map<string, string[]>();
	for (const { identityId, entitlement } of held) {
		const list = names.get(identityId);
		if (list) list.push(entitlement);
		else names.set(identityId, [entitlement]);
	}
	for (const person of people) {
		const { id, attributes } = identityAt(personTimeline(person, rules), asOf);
		peers.add(attributes, names.get(id) ?? []);
	}
	return peers.counts();
}

/** What is held before a run, as guards count it: by entitlement, and by the application that each belongs to. */
export function populationOf(compiled: CompiledPolicy, { holdings, byEntitlement }: GuardInputs): Population {
	const byApplication = new Map<string, number>();
	for (const [name, people] of byEntitlement) {
		const application = compiled.entitlements.resolve(name)?.application;
		if (application !== undefined) byApplication.set(application, (byApplication.get(application) ?? 0) + people);
	}
	return { holdings, byApplication, byEntitlement: new Map(byEntitlement) };
}

/** People of whom something is unclear that would make their access wrong. */
export async function holdsOf(
	ledger: Pick<LedgerApi, 'openFindings'>,
	identityIds: readonly string[],
): Promise<Record<string, string>> {
	const findings = await ledger.openFindings({ identityIds });
	const holds = findings.flatMap(({ level, identityId, message }): Array<[string, string]> =>
		level === 'hold' && identityId !== undefined ? [[identityId, message]] : [],
	);
	return Object.fromEntries(holds);
}
