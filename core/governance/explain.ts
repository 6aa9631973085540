import { personTimeline, timelineRules, type PersonFacts } from '../lifecycle';
import type { Assignment, SeparationHit, Source } from '../model';
import { identityAt } from '../plan';
import {
	desiredTenures,
	explainEntitlement,
	type CompiledPolicy,
	type EntitlementExplanation,
	type Withheld,
} from '../policy';
import type { IdentityReport, LedgerApi } from '../store';
import { groupBy } from './state-by-person';
import type { Compute } from './tasks';

export interface AccessQuestion {
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

/** A question with what the ledger knew of the person. */
interface Informed extends AccessQuestion {
	facts: PersonFacts;
	report: IdentityReport;
}

export interface ExplainTask {
	policy: string;
	policyHash: string;
	/** `undefined` of whom nothing was known. */
	questions: ReadonlyArray<Informed | undefined>;
}

/**
 * Why people have an entitlement, or why not: from the ledger alone, as it was known at any moment. The same question gives
 * the same answer for ever. However many questions there are, the ledger is read twice for each moment of knowledge.
 */
export async function explainAccess(
	ledger: Pick<LedgerApi, 'personFacts' | 'identityReports'>,
	compute: Compute,
	asked: { policy: string; policyHash: string; questions: readonly AccessQuestion[] },
): Promise<AccessAnswer[][]> {
	const moments = groupBy(asked.questions, knownAtOf);
	const informed = new Map<AccessQuestion, Informed>();
	for (const [knownAt, questions] of moments) {
		const ids = [...new Set(questions.map(({ identityId }) => identityId))].sort();
		const facts = new Map((await ledger.personFacts(ids, knownAt)).map((each) => [each.identityId, each]));
		const reports = new Map((await ledger.identityReports(ids, knownAt)).map((each) => [each.identity.id, each]));
		for (const question of questions) {
			const [own, report] = [facts.get(question.identityId), reports.get(question.identityId)];
			if (own !== undefined && report !== undefined) informed.set(question, { ...question, facts: own, report });
		}
	}
	const { policy, policyHash, questions } = asked;
	return await compute('explainAccess', { policy, policyHash, questions: questions.map((each) => informed.get(each)) });
}

function knownAtOf({ knownAt, at }: AccessQuestion): string {
	return knownAt ?? at;
}

/** Answers in the order of the questions; none to one about somebody unknown. */
export function answerQuestions(compiled: CompiledPolicy, { questions }: ExplainTask): AccessAnswer[][] {
	return questions.map((question) => (question === undefined ? [] : answersTo(compiled, question)));
}

function answersTo(compiled: CompiledPolicy, question: Informed): AccessAnswer[] {
	const { identityId, at, report } = question;
	const knownAt = knownAtOf(question);
	const timeline = personTimeline(question.facts, timelineRules(compiled.policy, knownAt));
	const assignments = assignmentsAt(question);
	const heldBy = heldAt(report, at);
	const access = desiredTenures({ compiled, timeline, assignments, held: [], asOf: at });
	const { attributes } = identityAt(timeline, at);
	const all = [...heldBy.keys(), ...access.holdings.keys(), ...access.withheld.map((each) => each.entitlement)];
	const names = question.entitlement === undefined ? [...new Set(all)].sort() : [question.entitlement];
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

/** What was assigned at the moment, as it was known. */
function assignmentsAt({ identityId, at, report }: Informed): Array<Assignment & { extendedAt?: string }> {
	const extended = new Map(
		report.assignments.flatMap(({ closedAt, closeReason, entitlement, source }) =>
			closedAt !== undefined && closeReason === 'extended'
				? [[`${entitlement}\n${source.ref}`, closedAt] as const]
				: [],
		),
	);
	return report.assignments.flatMap(({ closedAt, from, until, entitlement, source }) => {
		if (closedAt !== undefined || !covers({ from, ...(until !== undefined && { until }) }, at)) return [];
		const extendedAt = extended.get(`${entitlement}\n${source.ref}`);
		const of = { identityId, entitlement, source, validFrom: from };
		return [
			{ ...of, ...(until !== undefined && { validUntil: until }), ...(extendedAt !== undefined && { extendedAt }) },
		];
	});
}

/** What earned each holding at the moment, by the ledger. */
function heldAt(report: IdentityReport, at: string): Map<string, Source[]> {
	return new Map(
		report.holdings.map(({ entitlement, through }) => [
			entitlement,
			through
				.filter(({ from, until, closedAt }) => from <= at && (until ?? '~') > at && (closedAt ?? '~') > at)
				.map(({ source }) => source),
		]),
	);
}

function covers({ from, until }: { from: string; until?: string }, at: string): boolean {
	return from <= at && (until === undefined || until > at);
}
