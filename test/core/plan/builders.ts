import type { Action, Grant, Identity } from '../../../core/model';
import { applyAction, applyGrantChanges, planActions } from '../../../core/plan';
import type { PlanInput, PlanResult } from '../../../core/plan';
import type { CompiledPolicy, ContractInput, Evaluation } from '../../../core/policy';
import { AS_OF, evaluated } from '../policy/builders';

/** A ledger of nothing but open grants, open actions and applied attributes, as the laws need it. */
export class Ledger {
	held: Grant[] = [];
	open: Action[] = [];
	accounts = new Map<string, Record<string, unknown>>();
	identities = new Map<string, Identity>();
	#plans = 0;

	constructor(readonly policy: CompiledPolicy) {}

	evaluate(contracts: ContractInput[], times: { asOf?: string; effectiveFrom?: string } = {}): Evaluation {
		return evaluated(this.policy, contracts, [...this.identities.values()], times);
	}

	/** Evaluates and plans without recording anything. */
	preview(
		contracts: ContractInput[],
		times: { asOf?: string; effectiveFrom?: string } = {},
		more: Partial<PlanInput> = {},
	): PlanResult {
		return planActions({
			compiled: this.policy,
			policyHash: this.policy.hash,
			seed: `event-${this.#plans}`,
			evaluation: this.evaluate(contracts, times),
			scope: {},
			held: this.held,
			openActions: this.open,
			identities: [...this.identities.values()],
			accounts: this.accounts,
			asOf: times.asOf ?? AS_OF,
			...more,
		});
	}

	/** Plans and records the plan, as the real ledger would. */
	plan(
		contracts: ContractInput[],
		times: { asOf?: string; effectiveFrom?: string } = {},
		more: Partial<PlanInput> = {},
	): PlanResult {
		const plan = this.preview(contracts, times, more);
		for (const identity of this.evaluate(contracts, times).identities) this.identities.set(identity.id, identity);
		this.#plans += 1;
		const superseded = new Set(plan.superseded.map(({ actionId }) => actionId));
		this.open = this.open.filter(({ id }) => !superseded.has(id));
		plan.actions.forEach((action, sequence) => {
			this.open.push({
				...action,
				planId: `plan-${this.#plans}`,
				sequence,
				approvalState: 'not_needed',
				executionState: 'planned',
			});
		});
		this.held = applyGrantChanges(this.held, plan.grantChanges);
		return plan;
	}

	/** Applies everything that is due at an instant, in order of time. */
	run(asOf = AS_OF): void {
		const due = this.open
			.filter(({ content }) => content.dueAt <= asOf)
			.sort((a, b) => (a.content.dueAt < b.content.dueAt ? -1 : a.content.dueAt > b.content.dueAt ? 1 : 0));
		for (const action of due) {
			this.held = applyAction(this.held, action);
			const { application, identityId, attributes } = action.content;
			if (attributes !== undefined) this.accounts.set(JSON.stringify([application, identityId]), attributes);
		}
		this.open = this.open.filter((action) => !due.includes(action));
	}
}

/** `create_account slack/member ada`, for reading. */
export function steps(plan: PlanResult): string[] {
	return plan.actions.map(({ content }) => {
		const who = (content.match.email ?? '').split('@')[0] ?? '';
		return [content.operation, content.entitlement ?? content.application, who].join(' ');
	});
}
