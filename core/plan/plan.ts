import type { Action, ActionContent, Identity } from '../model';
import { approvalFor, toInstant } from '../policy';
import type { Entitlement } from '../policy';
import { updatesOf } from './account-update';
import { ActionBook } from './action-book';
import type { Draft } from './action-book';
import { displayName, transitionContent } from './content';
import type { ContentContext } from './content';
import { contractWish } from './contract-wish';
import type { Moment } from './contract-wish';
import { planHolding } from './holding';
import type { HoldingPlan, HoldingState, Transition } from './holding';
import { timedSource } from './intervals';
import { transitionReason } from './reason';
import { PlanScope } from './scope';
import { collectHoldings } from './states';
import { accountKey } from './types';
import type { PlanInput, PlanResult } from './types';

class Planner {
	readonly #book: ActionBook;
	readonly #people: ReadonlyMap<string, Identity>;
	readonly #scope: PlanScope;
	readonly #moment: Moment;
	readonly #context: ContentContext;

	constructor(readonly input: PlanInput) {
		const { evaluation, identities, scope, compiled, policyHash, accounts } = input;
		this.#book = new ActionBook(input.seed);
		this.#people = new Map([...identities, ...evaluation.identities].map((each) => [each.id, each]));
		this.#scope = new PlanScope(evaluation, scope.contractId);
		this.#moment = { asOf: toInstant('asOf', input.asOf), effectiveFrom: evaluation.effectiveFrom };
		this.#context = {
			compiled,
			policyHash,
			applied: (application, identityId) => accounts?.get(accountKey(application, identityId)),
			...(scope.contractId !== undefined && { contractId: scope.contractId }),
		};
	}

	plan(): PlanResult {
		const accounts: Array<{ identity: Identity; entitlement: Entitlement; plan: HoldingPlan }> = [];
		for (const state of collectHoldings(this.input)) {
			const wish = contractWish(state, state.desired, this.#scope, this.#moment);
			if (wish === undefined) continue;
			const plan = planHolding(state, wish);
			const resolved = this.#resolve(state, plan);
			if (resolved === undefined) continue;
			this.#applyHolding(state, plan, resolved.identity, resolved.entitlement);
			if (resolved.entitlement.kind === 'account') accounts.push({ ...resolved, plan });
		}
		this.#updateAccounts(accounts);
		return this.#book.result(this.input.compiled, this.#moment.asOf);
	}

	#resolve(state: HoldingState, plan: HoldingPlan): { identity: Identity; entitlement: Entitlement } | undefined {
		const { identityId, entitlement: name } = state;
		const identity = this.#people.get(identityId);
		const entitlement = this.input.compiled.entitlements.resolve(name);
		if (identity !== undefined && entitlement !== undefined) return { identity, entitlement };
		if (plan.transitions.length === 0) return undefined;
		const problem =
			identity === undefined
				? { reason: 'The person is not known to the plan.', remedy: 'Pass the identity, or import it.' }
				: { reason: `The policy does not declare ${name}.`, remedy: 'Keep it declared until nobody holds it.' };
		const subject = identity === undefined ? identityId : displayName(identity);
		this.#book.blocked.push({ identityId, subject, entitlement: name, ...problem });
		return undefined;
	}

	#applyHolding(state: HoldingState, plan: HoldingPlan, identity: Identity, entitlement: Entitlement): void {
		this.#book.changes.open.push(...plan.changes.open);
		this.#book.changes.close.push(...plan.changes.close);
		const open = new Set(state.open.filter(({ executionState }) => executionState !== 'claimed'));
		const contracts = state.open.flatMap(({ content }) => content.contractId ?? []).sort();
		let blockedUntil: string | undefined;
		for (const transition of plan.transitions) {
			// A grant that nobody can approve has no end to schedule either.
			if (transition.kind === 'revoke' && transition.dueAt === blockedUntil) continue;
			const content = transitionContent(this.#context, identity, entitlement, transition, contracts);
			const done = this.#want(open, identity, entitlement, transition, content);
			if (!done && transition.kind === 'grant') blockedUntil = transition.stretch.until;
		}
		this.#book.supersede(open, `Nothing asks for it any longer in this form.`);
	}

	/** Keeps or plans one action; false where it is blocked. */
	#want(
		open: Set<Action>,
		identity: Identity,
		entitlement: Entitlement,
		transition: Transition,
		content: ActionContent,
	): boolean {
		const { asOf } = this.#moment;
		const tenures = transition.kind === 'revoke' ? transition.tenures : transition.stretch.tenures;
		const sources = tenures.map(timedSource);
		if (this.#book.keep(open, content, sources, { asOf }) !== undefined) return true;
		const reason = transitionReason(transition, entitlement.name, asOf);
		const draft: Draft = { content, sources, reason, privileged: entitlement.privileged };
		if (transition.kind === 'grant') {
			const answer = approvalFor(this.input.compiled, entitlement, identity);
			if (answer.state === 'blocked') {
				const { rule, reason: why, remedy } = answer;
				const subject = displayName(identity);
				const { name } = entitlement;
				this.#book.blocked.push({ identityId: identity.id, subject, entitlement: name, rule, reason: why, remedy });
				return false;
			}
			if (answer.state === 'needed') draft.approval = answer.approval;
		}
		this.#book.plan(identity, draft);
		return true;
	}

	#updateAccounts(accounts: ReadonlyArray<{ identity: Identity; entitlement: Entitlement; plan: HoldingPlan }>): void {
		const { asOf, effectiveFrom } = this.#moment;
		const updates = updatesOf(this.input, this.#context, accounts, effectiveFrom);
		for (const { identity, content, sources, open } of updates) {
			const waiting = new Set(open);
			if (content !== undefined && this.#book.keep(waiting, content, sources, { asOf }) === undefined) {
				const reason = `Attributes in ${content.application} changed`;
				this.#book.plan(identity, { content, sources, reason, privileged: false });
			}
			this.#book.supersede(waiting, 'The account is up to date, ends, or changes differently.');
		}
	}
}

/**
 * The difference between what people should hold by an evaluation and what they hold, as minimal, ordered, netted actions.
 *
 * Nothing that is already held, already asked for, or held through a source outside the scope produces an action. Ends
 * of access are actions of their own, due at the end. Revocations never need an approval.
 *
 * @throws DomainError INPUT_INVALID where `asOf` is no instant
 */
export function planActions(input: PlanInput): PlanResult {
	return new Planner(input).plan();
}
