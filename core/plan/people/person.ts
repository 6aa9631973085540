import type { Action } from '../../model';
import { resolveEntitlement } from '../../policy';
import type { Entitlement, PersonTenure } from '../../policy';
import type { ActionBook } from '../action-book';
import { displayName } from '../content';
import { planHolding } from '../holding';
import type { HoldingPlan, HoldingState, Transition } from '../holding';
import { askedFor } from './asked-for';
import { enforcementOf } from './assessment';
import { identityAt } from './attributes';
import { exposureOf } from './exposure';
import { holdingStates } from './holdings';
import { nameCollision } from './name-collision';
import { planLeaverSteps } from './leaver-steps';
import type { PlanSink } from './sink';
import { assess, stepOf, uniqueSources } from './step';
import type { PersonToPlan } from './types';
import { planUpdates } from './updates';
import type { KeptAccount } from './updates';

const NO_TENURES: readonly PersonTenure[] = [];

/** Plans everything that one person should hold against everything that they do. */
export class PersonPlanner {
	readonly #asOf: string;
	/** What should have happened before what the plan follows from is due with it: the same on every run. */
	readonly #earliest: string;
	/** Accounts that end because the person leaves, with the time of it. */
	readonly #leaving = new Map<string, string>();
	readonly #accounts: KeptAccount[] = [];

	constructor(
		readonly sink: PlanSink,
		readonly person: PersonToPlan,
	) {
		this.#asOf = sink.input.asOf;
		const { effectiveAt = this.#asOf } = sink.input;
		this.#earliest = effectiveAt < this.#asOf ? effectiveAt : this.#asOf;
	}

	plan(): void {
		for (const state of holdingStates(this.person)) {
			const tenures = this.person.access.holdings.get(state.entitlement) ?? NO_TENURES;
			const entitlement = resolveEntitlement(this.sink.input.compiled, state.entitlement);
			const plan = this.#holding(state, entitlement, tenures);
			if (entitlement === undefined) {
				this.#undeclared(state, plan);
				continue;
			}
			this.#apply(state, plan, entitlement, tenures);
			if (entitlement.kind !== 'account' || plan.current === undefined) continue;
			this.#accounts.push({ application: entitlement.application, sources: uniqueSources(plan.current.tenures) });
		}
		const staying = new Set(this.#accounts.map(({ application }) => application));
		planLeaverSteps(this.sink, this.person, this.#leaving, staying);
		planUpdates(this.sink, this.person, this.#accounts);
	}

	#holding(state: HoldingState, entitlement: Entitlement | undefined, tenures: readonly PersonTenure[]): HoldingPlan {
		const waiting = entitlement?.kind === 'account' && this.#waits(state, entitlement.application);
		const wish = { asOf: this.#asOf, notBefore: this.#earliest, waiting };
		const asked = entitlement === undefined ? undefined : askedFor(state, tenures, this.#asOf);
		if (entitlement === undefined || asked === undefined) return planHolding(state, { ...wish, tenures });
		const own: Transition[] = asked.stretches.flatMap((stretch) => {
			const { from, until, tenures: lasting } = stretch;
			const grant: Transition = { kind: 'grant', dueAt: from > this.#earliest ? from : this.#earliest, stretch };
			if (until === undefined) return [grant];
			return [
				grant,
				{ kind: 'revoke', dueAt: until, tenures: lasting.filter((each) => each.until === until), now: false },
			];
		});
		const needsApproval = own.some((transition) => {
			if (transition.kind !== 'grant') return false;
			const step = stepOf(this.sink, this.person, state, entitlement, transition);
			const assessed = assess(this.sink, this.person, step, entitlement);
			return 'blocked' in assessed || assessed.draft.approval !== undefined;
		});
		if (!needsApproval) return planHolding(state, { ...wish, tenures });
		const plan = planHolding(state, { ...wish, tenures: asked.others });
		// Ends that come anyway are planned once.
		const ends = new Set(plan.transitions.flatMap(({ kind, dueAt }) => (kind === 'revoke' ? [dueAt] : [])));
		const further = own.filter(({ kind, dueAt }) => kind !== 'revoke' || !ends.has(dueAt));
		return { ...plan, transitions: [...plan.transitions, ...further] };
	}

	/** An account that is there, or comes about at this moment, and lets nobody in yet. */
	#waits({ open, held }: HoldingState, application: string): boolean {
		if (open.some(({ content, executionState }) => executionState === 'claimed' && content.disabled === true))
			return true;
		if (held.length === 0) return false;
		const account = this.sink.account(application, this.person.access.identityId);
		if (account !== undefined) return !account.active;
		// Where nobody shows us the account, what is under way says what it waits for.
		const underWay = (operation: string) => open.some(({ content }) => content.operation === operation);
		return underWay('enable_account') && !underWay('disable_account');
	}

	#undeclared({ identityId, entitlement }: HoldingState, plan: HoldingPlan): void {
		if (plan.transitions.length === 0) return;
		this.sink.book.blocked.push({
			identityId,
			subject: displayName(identityAt(this.person.timeline, this.#asOf)),
			entitlement,
			reason: `The policy does not declare ${entitlement}.`,
			remedy: 'Keep it declared until nobody holds it.',
		});
	}

	#apply(state: HoldingState, plan: HoldingPlan, entitlement: Entitlement, tenures: readonly PersonTenure[]): void {
		const { book, watched, input, exposures } = this.sink;
		const open = new Set(state.open.filter(({ executionState }) => executionState !== 'claimed'));
		const acts = enforcementOf(input.compiled, entitlement.application) !== 'record';
		if (acts) {
			book.changes.open.push(...plan.changes.open);
			book.changes.close.push(...plan.changes.close);
		}
		/** A grant that is blocked needs neither to be let in nor an end. */
		let blocked: { stretch: object; until: string | undefined } | undefined;
		for (const transition of plan.transitions) {
			if (transition.kind === 'enable' && transition.stretch === blocked?.stretch) continue;
			if (transition.kind === 'revoke' && !transition.now && transition.dueAt === blocked?.until) continue;
			const outcome = this.#want(acts ? book : watched, acts ? open : new Set(), state, entitlement, transition);
			if (outcome === 'blocked' && transition.kind === 'grant') {
				blocked = { stretch: transition.stretch, until: transition.stretch.until };
			}
			if (!acts || outcome !== 'planned' || transition.kind !== 'revoke' || !transition.now) continue;
			const exposure = exposureOf(this.person, state, tenures, this.#asOf);
			if (exposure !== undefined) exposures.push(exposure);
		}
		book.supersede(
			open,
			acts ? 'Nothing asks for it any longer in this form.' : `${entitlement.application} is only recorded.`,
		);
	}

	#want(
		book: ActionBook,
		open: Set<Action>,
		state: HoldingState,
		entitlement: Entitlement,
		transition: Transition,
	): 'kept' | 'planned' | 'blocked' {
		const { hold } = this.person;
		const step = stepOf(this.sink, this.person, state, entitlement, transition);
		const { identity, content, sources, earliest } = step;
		if (step.leaves && entitlement.kind === 'account' && book === this.sink.book) {
			this.#leaving.set(entitlement.application, transition.dueAt);
		}
		const block = (rule: string | undefined, reason: string, remedy: string) => {
			const who = { identityId: identity.id, subject: displayName(identity), entitlement: entitlement.name };
			book.blocked.push({ ...who, ...(rule !== undefined && { rule }), reason, remedy });
			return 'blocked' as const;
		};
		if (hold !== undefined && transition.kind !== 'revoke') {
			return block(sources[0]?.ref, hold, 'Resolve the finding first.');
		}
		const taken = nameCollision(this.sink, identity, entitlement);
		if (taken !== undefined && transition.kind === 'grant') return block(sources[0]?.ref, taken.reason, taken.remedy);
		if (book.keep(open, content, sources, { asOf: this.#asOf, earliest }) !== undefined) return 'kept';
		// A misspelt department must not take anything away; a leave, or an end that was stated, comes as it was said.
		if (this.person.keep !== undefined && transition.kind === 'revoke' && !step.leave && !wasStated(transition)) {
			return block(sources[0]?.ref, this.person.keep, 'Resolve the finding first.');
		}
		const assessed = assess(this.sink, this.person, step, entitlement);
		if ('blocked' in assessed) {
			const { rule, reason, remedy } = assessed.blocked;
			return block(rule, reason, remedy);
		}
		book.plan(identity, assessed.draft);
		return 'planned';
	}
}

/** Ends that a contract, a request or a longest duration stated, rather than a change of the person. */
function wasStated({ tenures }: Transition & { kind: 'revoke' }): boolean {
	return tenures.length > 0 && tenures.every(({ endedBy }) => endedBy === 'stated' || endedBy === 'duration');
}
