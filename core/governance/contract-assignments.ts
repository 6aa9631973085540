import { canonicalJson, type Assignment, type AttributeValue, type Blocked, type Fact, type Identity } from '../model';
import { PlanScope } from '../plan';
import { evaluate, readIdentities, type CompiledPolicy, type Evaluation } from '../policy';
import { headerInForce, subjectTerms, versionsInForce } from './contract-state';
import type { ContractVersionState, TermCache, VersionInForce } from './contract-state';

export interface ContractAssignmentsInput {
	compiled: CompiledPolicy;
	contractId: string;
	/** Every version that the ledger keeps, in any order. */
	versions: readonly ContractVersionState[];
	/** Everybody whom the versions name or who holds anything by them, as known at the moment. */
	people: readonly Identity[];
	/** What the contract assigns today, by the ledger. */
	current: readonly Assignment[];
	asOf: string;
	cache: TermCache;
}

export interface ContractAssignments {
	/** All that the contract assigns, over time: it replaces `current`. Sorted. */
	assignments: Assignment[];
	/** What its rows say of people, as facts of the source `contract`. */
	facts: Array<{ identityId: string; fact: Fact }>;
	blocked: Blocked[];
	/** Events whose version holds neither now nor later: taken back, or replaced by one that arrived before them. */
	superseded: string[];
}

/**
 * What a contract assigns to people over time: a function of the set of its versions, so an amendment that arrives late
 * leads to the same assignments as one that arrives in order. Parts that cannot be read leave what they gave as it is.
 */
export function contractAssignments(input: ContractAssignmentsInput): ContractAssignments {
	const inForce = versionsInForce(input.versions);
	const assignments = new AssignmentList();
	const blocked = new Map<string, Blocked>();
	const scopes: PlanScope[] = [];
	for (const version of inForce) {
		if (version.until !== undefined && version.until <= version.effectiveAt) continue;
		const evaluation = evaluateVersion(input, version);
		if (holdsNow(version, input.asOf)) {
			scopes.push(new PlanScope(evaluation, input.contractId));
			for (const each of evaluation.blocked) blocked.set(canonicalJson(each), each);
		}
		for (const each of assignmentsOf(evaluation, version)) assignments.add(each);
	}
	for (const each of heldBack(input.current, assignments, scopes)) assignments.add(each);
	const standing = new Set(inForce.filter((each) => holdsNow(each, input.asOf)).map(({ eventId }) => eventId));
	return {
		assignments: assignments.list(),
		facts: inForce.flatMap((version) => factsOf(input, version)),
		blocked: [...blocked.entries()].sort(byKey).map(([, each]) => each),
		superseded: input.versions
			.filter(({ eventId }) => !standing.has(eventId))
			.map(({ eventId }) => eventId)
			.sort(),
	};
}

function holdsNow({ until }: VersionInForce, asOf: string): boolean {
	return until === undefined || until > asOf;
}

function evaluateVersion(input: ContractAssignmentsInput, version: VersionInForce): Evaluation {
	const { compiled, cache, people } = input;
	const header = headerInForce(version);
	return evaluate({
		compiled,
		contracts: [{ header, terms: cache.read(compiled, version.document) }],
		identities: people,
		// Of its own time: what a version gave while it held is not undone by its having ended since.
		asOf: version.effectiveAt,
		effectiveFrom: version.effectiveAt,
	});
}

function assignmentsOf(evaluation: Evaluation, version: VersionInForce): Assignment[] {
	return evaluation.desired.flatMap(({ identityId, entitlement, sources }) =>
		sources.flatMap((source) => {
			if (source.kind !== 'contract') return [];
			const { validUntil: own, ...plain } = source;
			const until = [own, version.until].filter((each) => each !== undefined).sort()[0];
			if (until !== undefined && until <= version.effectiveAt) return [];
			return [
				{
					identityId,
					entitlement,
					source: plain,
					validFrom: version.effectiveAt,
					...(until !== undefined && { validUntil: until }),
				},
			];
		}),
	);
}

/** What the versions assign, in their order: stretches of one source without a gap are one assignment. */
class AssignmentList {
	/** By key, in order of time. */
	readonly #stretches = new Map<string, Assignment[]>();

	add(added: Assignment): void {
		const key = assignmentKey(added);
		const stretches = this.#stretches.get(key) ?? [];
		this.#stretches.set(key, stretches);
		const last = stretches.at(-1);
		if (last?.validUntil !== added.validFrom) {
			stretches.push(added);
			return;
		}
		// The words of the newest version are the evidence from here on.
		stretches[stretches.length - 1] = { ...added, validFrom: last.validFrom };
	}

	has(assignment: Assignment): boolean {
		return this.#stretches.has(assignmentKey(assignment));
	}

	/** Sorted by identity, entitlement, source and time. */
	list(): Assignment[] {
		return [...this.#stretches].sort(byKey).flatMap(([, each]) => each);
	}
}

function assignmentKey({ identityId, entitlement, source }: Assignment): string {
	return `${identityId}\n${entitlement}\n${source.kind}\n${source.ref}`;
}

/** What the contract assigns today and nobody can say whether it still does: it stays. */
function heldBack(
	current: readonly Assignment[],
	assignments: AssignmentList,
	scopes: readonly PlanScope[],
): Assignment[] {
	return current.filter(
		(each) =>
			!assignments.has(each) &&
			scopes.some((scope) => scope.isHeldBack(each.identityId, each.entitlement, each.source)),
	);
}

/** What a version's rows say of people while it holds. */
function factsOf(input: ContractAssignmentsInput, version: VersionInForce): Array<{ identityId: string; fact: Fact }> {
	const { compiled, cache, people, contractId } = input;
	const terms = cache.read(compiled, version.document);
	const known = new Map(people.flatMap(({ id, keys }) => (keys['email'] === undefined ? [] : [[keys['email'], id]])));
	const spoken = new Set<string>();
	const facts: Array<{ identityId: string; fact: Fact }> = [];
	for (const termName of subjectTerms(compiled)) {
		const subjects = readIdentities({ compiled, contract: version.header, termName, term: terms[termName], known });
		for (const { identityId, attributes } of subjects.people) {
			for (const [name, value] of attributes) {
				const once = `${identityId}\n${name}`;
				if (spoken.has(once)) continue;
				spoken.add(once);
				facts.push({ identityId, fact: fact(name, value, version, contractId) });
			}
		}
	}
	return facts;
}

function fact(name: string, value: AttributeValue, version: VersionInForce, contractId: string): Fact {
	return {
		name,
		value,
		source: 'contract',
		from: version.effectiveAt,
		...(version.until !== undefined && { until: version.until }),
		createdAt: version.occurredAt,
		knownAt: version.occurredAt,
		eventId: `contract:${contractId}`,
	};
}

function byKey(a: readonly [string, unknown], b: readonly [string, unknown]): number {
	return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}
