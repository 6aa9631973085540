import { separationRulesOf, toInstant } from '../../policy';
import type { Withheld } from '../../policy';
import { ActionBook } from '../action-book';
import { displayName } from '../content';
import { accountKey } from '../types';
import { identityAt } from './attributes';
import { PersonPlanner } from './person';
import type { PlanSink } from './sink';
import type { PeoplePlanInput, PeoplePlanResult, PersonToPlan } from './types';
import { isUnchanged } from './unchanged';
import { accountsHeld, planUpdates } from './updates';

class PeoplePlanner {
	readonly #sink: PlanSink;
	readonly #people = { total: 0, unchanged: 0 };

	constructor(input: PeoplePlanInput) {
		const asOf = toInstant('asOf', input.asOf);
		const { accounts } = input;
		const account = (application: string, identityId: string) => accounts?.get(accountKey(application, identityId));
		this.#sink = {
			input: { ...input, asOf },
			context: {
				compiled: input.compiled,
				policyHash: input.policyHash,
				applied: (application, identityId) => account(application, identityId)?.attributes,
				managerAccount: (application, { attributes: { manager } }) =>
					typeof manager === 'string'
						? input.managerAccounts?.get(accountKey(application, manager.toLowerCase()))
						: undefined,
				...(input.names?.isEmpty === false && { accountName: input.names.of.bind(input.names) }),
				...(input.contractId !== undefined && { contractId: input.contractId }),
			},
			book: new ActionBook(input.seed),
			watched: new ActionBook(input.seed),
			exposures: [],
			apart: (entitlement) => separationRulesOf(input.compiled).partsOf(entitlement).length > 0,
			account,
		};
	}

	plan(): PeoplePlanResult {
		for (const person of this.#sink.input.people) this.#person(person);
		const { book, watched, input, exposures } = this.#sink;
		exposures.sort((a, b) => (`${a.identityId}\n${a.entitlement}` < `${b.identityId}\n${b.entitlement}` ? -1 : 1));
		return {
			...book.result(input.compiled, input.asOf),
			exposures,
			recorded: watched.result(input.compiled, input.asOf).actions,
			assignments: [],
			people: this.#people,
		};
	}

	#person(person: PersonToPlan): void {
		const { input } = this.#sink;
		this.#people.total += 1;
		if (person.access.withheld.length > 0) this.#withheld(person, person.access.withheld);
		if (!isUnchanged(person, input.asOf)) return new PersonPlanner(this.#sink, person).plan();
		this.#people.unchanged += 1;
		if (input.accounts !== undefined) planUpdates(this.#sink, person, accountsHeld(this.#sink, person));
	}

	#withheld({ timeline }: PersonToPlan, withheld: readonly Withheld[]): void {
		const subject = displayName(identityAt(timeline, this.#sink.input.asOf));
		for (const { entitlement, rule, reason, remedy } of withheld) {
			this.#sink.book.blocked.push({ identityId: timeline.identityId, subject, entitlement, rule, reason, remedy });
		}
	}
}

/**
 * The difference between what people should hold over time and what they hold, as minimal, ordered, netted actions. The
 * scope is everything of these people: what their access doesn't name ends now.
 *
 * Future beginnings and ends are actions of their own, due then; what should have happened before `asOf` is due at `asOf`,
 * and reported as an exposure where access went on. Applying the plan and planning again gives an empty plan.
 *
 * @throws DomainError INPUT_INVALID where `asOf` is no instant
 */
export function planPeople(input: PeoplePlanInput): PeoplePlanResult {
	return new PeoplePlanner(input).plan();
}
