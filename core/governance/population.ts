import { personTimeline, timelineRules } from '../lifecycle';
import type { Grant } from '../model';
import { identityAt } from '../plan';
import { PeerGroups, type CompiledPolicy, type PeerCounts } from '../policy';
import type { LedgerApi } from '../store';
import type { DecisionState } from './decide';
import type { Compute } from './tasks';

/** The part of the ledger that everybody can be read from. */
export type PopulationLedger = Pick<LedgerApi, 'peopleIds' | 'peopleState' | 'personFacts'>;

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

export async function readPage(ledger: PopulationLedger, ids: readonly string[], asOf: string): Promise<DecisionState> {
	const { assignments, held, openActions, accounts } = await ledger.peopleState(ids);
	const people = await ledger.personFacts(ids, asOf);
	return { people, assignments, held, openActions, accounts, holds: {} };
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
