import { contentHash, contentId } from '../model';
import type { Action, ActionContent, ApprovalNeed, Blocked, Identity, PlannedAction, Source } from '../model';
import { approvalFor, toInstant } from '../policy';
import type { Entitlement } from '../policy';
import { updatesOf } from './account-update';
import { connectorOf, displayName, transitionContent } from './content';
import { planHolding } from './holding';
import type { HoldingPlan, HoldingState, Moment, Transition } from './holding';
import { timedSource } from './intervals';
import { takeEqual } from './netting';
import { inOrder } from './order';
import { transitionReason } from './reason';
import { PlanScope } from './scope';
import { collectHoldings } from './states';
import { summarise } from './summary';
import type { GrantChanges, KeptAction, PlanInput, PlanResult, SupersededAction } from './types';

interface Draft {
	content: ActionContent;
	sources: Source[];
	reason: string;
	privileged: boolean;
	approval?: ApprovalNeed;
}

/** What an action changes, whatever else it says. */
function changeKey({ identityId, application, entitlement, operation }: ActionContent): string {
	return JSON.stringify([identityId, application, entitlement ?? null, operation]);
}

class Planner {
	readonly #actions: PlannedAction[] = [];
	/** Id of the last action planned for the same change, for what it takes the place of. */
	readonly #successors = new Map<string, string>();
	readonly #kept: KeptAction[] = [];
	readonly #superseded: SupersededAction[] = [];
	readonly #blocked: Blocked[] = [];
	readonly #changes: GrantChanges = { open: [], close: [] };
	readonly #people: ReadonlyMap<string, Identity>;
	readonly #scope: PlanScope;
	readonly #moment: Moment;

	constructor(readonly input: PlanInput) {
		const { evaluation, identities, scope } = input;
		this.#people = new Map([...identities, ...evaluation.identities].map((each) => [each.id, each]));
		this.#scope = new PlanScope(evaluation, scope.contractId);
		this.#moment = { asOf: toInstant('asOf', input.asOf), effectiveFrom: evaluation.effectiveFrom };
	}

	plan(): PlanResult {
		const accounts: Array<{ identity: Identity; entitlement: Entitlement; plan: HoldingPlan }> = [];
		for (const state of collectHoldings(this.input)) {
			const plan = planHolding(state, this.#scope, this.#moment);
			if (plan === undefined) continue;
			const resolved = this.#resolve(state, plan);
			if (resolved === undefined) continue;
			this.#applyHolding(state, plan, resolved.identity, resolved.entitlement);
			if (resolved.entitlement.kind === 'account') accounts.push({ ...resolved, plan });
		}
		this.#updateAccounts(accounts);
		return this.#result();
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
		this.#blocked.push({ identityId, subject, entitlement: name, ...problem });
		return undefined;
	}

	#applyHolding(state: HoldingState, plan: HoldingPlan, identity: Identity, entitlement: Entitlement): void {
		this.#changes.open.push(...plan.changes.open);
		this.#changes.close.push(...plan.changes.close);
		const open = new Set(state.open.filter(({ executionState }) => executionState !== 'claimed'));
		const contracts = state.open.flatMap(({ content }) => content.contractId ?? []).sort();
		let blockedUntil: string | undefined;
		for (const transition of plan.transitions) {
			// A grant that nobody can approve has no end to schedule either.
			if (transition.kind === 'revoke' && transition.dueAt === blockedUntil) continue;
			const content = transitionContent(this.input, identity, entitlement, transition, contracts);
			const done = this.#want(open, identity, entitlement, transition, content);
			if (!done && transition.kind === 'grant') blockedUntil = transition.stretch.until;
		}
		this.#supersede(open, `Nothing asks for it any longer in this form.`);
	}

	/** Keeps or plans one action; false where it is blocked. */
	#want(
		open: Set<Action>,
		identity: Identity,
		entitlement: Entitlement,
		transition: Transition,
		content: ActionContent,
	): boolean {
		const tenures = transition.kind === 'grant' ? transition.stretch.tenures : transition.tenures;
		const sources = tenures.map(timedSource);
		const hash = contentHash(content);
		const equal = takeEqual(open, content, hash, this.#moment.asOf);
		if (equal !== undefined) {
			this.#kept.push({ actionId: equal.id, hash: equal.hash, sources });
			return true;
		}
		const reason = transitionReason(transition, entitlement.name, this.#moment.asOf);
		const draft: Draft = { content, sources, reason, privileged: entitlement.privileged };
		if (transition.kind === 'grant') {
			const answer = approvalFor(this.input.compiled, entitlement, identity);
			if (answer.state === 'blocked') {
				const { rule, reason: why, remedy } = answer;
				const subject = displayName(identity);
				this.#blocked.push({
					identityId: identity.id,
					subject,
					entitlement: entitlement.name,
					rule,
					reason: why,
					remedy,
				});
				return false;
			}
			if (answer.state === 'needed') draft.approval = answer.approval;
		}
		this.#plan(identity, draft);
		return true;
	}

	#plan(identity: Identity, draft: Draft): void {
		const hash = contentHash(draft.content);
		const id = contentId('act', { plan: this.input.seed, hash });
		this.#actions.push({ id, hash, ...draft, subject: displayName(identity) });
		this.#successors.set(changeKey(draft.content), id);
	}

	#supersede(open: ReadonlySet<Action>, reason: string): void {
		for (const action of open) {
			const successor = this.#successors.get(changeKey(action.content));
			this.#superseded.push({ actionId: action.id, reason, ...(successor && { by: successor }) });
		}
	}

	#updateAccounts(accounts: ReadonlyArray<{ identity: Identity; entitlement: Entitlement; plan: HoldingPlan }>): void {
		const updates = updatesOf(this.input, accounts, this.#moment.effectiveFrom);
		for (const { identity, content, sources, open } of updates) {
			const waiting = new Set(open);
			if (content !== undefined) {
				const equal = takeEqual(waiting, content, contentHash(content), this.#moment.asOf);
				const { application } = content;
				if (equal !== undefined) this.#kept.push({ actionId: equal.id, hash: equal.hash, sources });
				else
					this.#plan(identity, { content, sources, reason: `Attributes in ${application} changed`, privileged: false });
			}
			this.#supersede(waiting, 'The account is up to date, ends, or changes differently.');
		}
	}

	#result(): PlanResult {
		const actions = inOrder(this.#actions, this.#moment.asOf);
		const applications = [...new Set(actions.map(({ content }) => content.application))].sort();
		const connectors = applications.map((name) => [name, connectorOf(this.input.compiled, name)] as const);
		const plan = {
			actions,
			kept: this.#kept,
			superseded: this.#superseded,
			blocked: this.#blocked,
			grantChanges: this.#changes,
			connectors: Object.fromEntries(connectors),
		};
		return { ...plan, summary: summarise(plan, this.#moment.asOf) };
	}
}

/**
 * The difference between what people should hold and what they hold, as minimal, ordered, netted actions.
 *
 * Nothing that is already held, already asked for, or held through a source outside the scope produces an action. Ends
 * of access are actions of their own, due at the end. Revocations never need an approval.
 *
 * @throws DomainError INPUT_INVALID where `asOf` is no instant
 */
export function planActions(input: PlanInput): PlanResult {
	return new Planner(input).plan();
}
