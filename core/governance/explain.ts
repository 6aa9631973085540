import { personTimeline, timelineRules } from '../lifecycle';
import type { Assignment, SeparationHit, Source } from '../model';
import { identityAt } from '../plan';
import {
	desiredTenures,
	explainEntitlement,
	type CompiledPolicy,
	type EntitlementExplanation,
	type Withheld,
} from '../policy';
import type { LedgerApi } from '../store';

export interface AccessQuestion {
	compiled: CompiledPolicy;
	identityId: string;
	/** One entitlement; all that the person holds or earns where absent. */
	entitlement?: string;
	/** The moment in the world that is asked about (ISO instant). */
	at: string;
	/** As known when; what was learnt later does not count. `at` where absent. */
	knownAt?: string;
}

export interface AccessAnswer extends EntitlementExplanation {
	identityId: string;
	at: string;
	knownAt: string;
	/** Whether the ledger says that it was held then. */
	held: boolean;
	/** What should give it then: an overlap window, say, goes on after its rule has ended. */
	earnedThrough: Source[];
	/** Separation of duties and other things that keep it away although it is earned. */
	blockedBy: Array<Pick<Withheld, 'code' | 'rule' | 'reason' | 'remedy'>>;
	separation: SeparationHit[];
}

/**
 * Why a person has an entitlement, or why not: from the ledger alone, as it was known at any moment. The same question gives
 * the same answer for ever.
 */
export async function explainAccess(
	ledger: Pick<LedgerApi, 'personFacts' | 'identityReport'>,
	question: AccessQuestion,
): Promise<AccessAnswer[]> {
	const { compiled, identityId, at } = question;
	const knownAt = question.knownAt ?? at;
	const [facts] = await ledger.personFacts([identityId], knownAt);
	const report = await ledger.identityReport(identityId, knownAt);
	if (facts === undefined || report === undefined) return [];
	const timeline = personTimeline(facts, timelineRules(compiled.policy, knownAt));
	const assignments = report.assignments.flatMap(({ closedAt, from, until, ...each }): Assignment[] =>
		closedAt === undefined && from <= at && (until === undefined || until > at)
			? [
					{
						identityId,
						entitlement: each.entitlement,
						source: each.source,
						validFrom: from,
						...(until !== undefined && { validUntil: until }),
					},
				]
			: [],
	);
	const heldBy = new Map(
		report.holdings.map(({ entitlement, through }) => [
			entitlement,
			through
				.filter(({ from, until, closedAt }) => from <= at && (until ?? '~') > at && (closedAt ?? '~') > at)
				.map(({ source }) => source),
		]),
	);
	const access = desiredTenures({ compiled, timeline, assignments, held: [], asOf: at });
	const { attributes } = identityAt(timeline, at);
	const names =
		question.entitlement === undefined
			? [
					...new Set([...heldBy.keys(), ...access.holdings.keys(), ...access.withheld.map((each) => each.entitlement)]),
				].sort()
			: [question.entitlement];
	return names.map((entitlement) => {
		const sources = heldBy.get(entitlement) ?? [];
		const explanation = explainEntitlement(
			compiled,
			{
				attributes,
				assignments: assignments.filter((each) => each.entitlement === entitlement),
				heldBy: sources.flatMap(({ kind, ref }) => (kind === 'rule' ? [ref] : [])),
			},
			entitlement,
		);
		const blockedBy = access.withheld.filter((each) => each.entitlement === entitlement && covers(each, at));
		return {
			identityId,
			at,
			knownAt,
			held: sources.length > 0,
			earnedThrough: (access.holdings.get(entitlement) ?? [])
				.filter((tenure) => covers(tenure, at))
				.map(({ source }) => source),
			...explanation,
			blockedBy: blockedBy.map(({ code, rule, reason, remedy }) => ({ code, rule, reason, remedy })),
			separation: access.separation.filter((hit) => hit.entitlement === entitlement && covers(hit, at)),
		};
	});
}

function covers({ from, until }: { from: string; until?: string }, at: string): boolean {
	return from <= at && (until === undefined || until > at);
}
