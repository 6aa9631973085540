import { contentHash, contentId } from '../../model';
import type { ActionContent, Assignment, Identity, PlannedAction, Source } from '../../model';
import { addDuration, resolveEntitlement, toInstant } from '../../policy';
import type { Entitlement, PersonTenure } from '../../policy';
import type { EventKind } from '../action-book';
import { connectorOf, displayName, matchKeys } from '../content';
import type { ContentContext } from '../content';
import { assessAlone } from '../people/assessment';
import { identityAt } from '../people/attributes';
import { verifyBy } from '../people/deadline';
import { leaveAt } from '../people/leave';
import { accountKey } from '../types';
import { versionOf } from './images';
import { inverseSteps } from './steps';
import type { Step, Why } from './steps';
import type { DoneAction, RollbackInput, RollbackPlan } from './types';

const GIVES = new Set(['create_account', 'add_to_group', 'assign_role']);

/** Rules are never taken back by a rollback: they hold until the policy says otherwise. */
function isTakenBack({ kind, ref }: Source, undoes: readonly DoneAction[]): boolean {
	if (kind === 'rule') return false;
	return undoes.some(({ action }) => action.sources.some((source) => source.kind === kind && source.ref === ref));
}

function stillEarned(name: string, { kind, ref }: Source): Why {
	const by = `${kind.replace('_', ' ')} ${ref}`;
	const remedy = 'It stays. To take it away, change what earns it and have the person evaluated.';
	return { code: 'STILL_EARNED', reason: `${name} is earned by ${by} as well.`, remedy };
}

class RollbackPlanner {
	readonly #plan: RollbackPlan;
	readonly #context: ContentContext;
	readonly #asOf: string;
	/** Entitlements that each person holds. */
	readonly #heldBy = new Map<string, Set<string>>();

	constructor(readonly input: RollbackInput) {
		for (const { identityId, entitlement } of input.held) {
			const own = this.#heldBy.get(identityId) ?? new Set<string>();
			this.#heldBy.set(identityId, own.add(entitlement));
		}
		this.#asOf = toInstant('asOf', input.asOf);
		this.#context = {
			compiled: input.compiled,
			policyHash: input.policyHash,
			applied: (application, identityId) => input.accounts.get(accountKey(application, identityId))?.attributes,
		};
		this.#plan = {
			actions: [],
			undoes: [],
			preconditions: [],
			assignments: [],
			conflicts: [],
			skipped: [],
			warnings: [],
			blocked: [],
			connectors: {},
		};
	}

	plan(): RollbackPlan {
		const { steps, skipped, conflicts } = inverseSteps(this.input);
		this.#plan.skipped.push(...skipped);
		for (const { done, why } of conflicts) this.#conflict(done, why);
		for (const step of steps) this.#step(step);
		const applications = [...new Set(this.#plan.actions.map(({ content }) => content.application))].sort();
		this.#plan.connectors = Object.fromEntries(
			applications.map((name) => [name, connectorOf(this.input.compiled, name)] as const),
		);
		return this.#plan;
	}

	#conflict({ action }: DoneAction, why: Why): void {
		const { identityId, application, entitlement } = action.content;
		const { code, reason, remedy } = why;
		const of = { actionId: action.id, identityId, application, ...(entitlement !== undefined && { entitlement }) };
		this.#plan.conflicts.push({ ...of, code, reason, remedy });
	}

	#step({ undoes, inverse }: Step): void {
		const [last] = undoes;
		if (last === undefined) return;
		const { identityId, application, entitlement: name } = last.action.content;
		const timeline = this.input.timelines.get(identityId);
		const entitlement = name === undefined ? undefined : resolveEntitlement(this.input.compiled, name);
		if (timeline === undefined || (name !== undefined && entitlement === undefined)) {
			const what = timeline === undefined ? 'The person is' : `${name ?? application} is`;
			const reason = `${what} not known any more.`;
			return this.#conflict(last, { code: 'UNKNOWN', reason, remedy: 'Declare it, or restore it by hand.' });
		}
		const gives = GIVES.has(inverse.operation);
		if (gives && leaveAt(timeline, this.#asOf) !== undefined) {
			const reason = 'The person has left: nothing is restored for them.';
			return this.#conflict(last, { code: 'NOT_EMPLOYED', reason, remedy: 'Record the rehire first.' });
		}
		const identity = identityAt(timeline, this.#asOf);
		const earned = gives || name === undefined ? [] : this.#earned(identityId, name);
		const others = earned.filter(({ source }) => !isTakenBack(source, undoes));
		const standing = others.find(({ source }) => source.kind === 'rule') ?? others[0];
		if (standing !== undefined) return this.#conflict(last, stillEarned(name ?? application, standing.source));
		const sources = gives ? this.#sources(last, name ?? '') : last.action.sources;
		const content = this.#content(last, inverse, identity, sources);
		const action = this.#action(content, identity, sources, entitlement, gives);
		if (action === undefined) return;
		for (const { action: undone } of undoes) this.#plan.undoes.push({ actionId: action.id, undoes: undone.id });
		const version = versionOf(last.after);
		const after = last.after ?? null;
		this.#plan.preconditions.push({ actionId: action.id, after, ...(version !== undefined && { version }) });
		const [first] = earned;
		if (first !== undefined) {
			const what = `${first.source.kind.replace('_', ' ')} ${first.source.ref}`;
			this.#plan.warnings.push(`${displayName(identity)}: ${what} still gives ${name ?? application}; end it as well.`);
		}
		if (gives) this.#keepRestored(identityId, name, sources);
	}

	#earned(identityId: string, entitlement: string): PersonTenure[] {
		const tenures = this.input.access?.get(identityId)?.holdings.get(entitlement) ?? [];
		return tenures.filter(({ from, until }) => from <= this.#asOf && (until === undefined || until > this.#asOf));
	}

	/** What earns restored access: what the policy says, else an exception for the time that exceptions may last. */
	#sources({ action }: DoneAction, entitlement: string): Source[] {
		const earned = this.#earned(action.content.identityId, entitlement);
		if (earned.length > 0) {
			return earned.map(({ source, until }) => ({ ...source, ...(until !== undefined && { validUntil: until }) }));
		}
		const { policy, zone } = this.input.compiled;
		const duration = policy.exceptions?.maxDuration;
		const until = duration === undefined ? undefined : addDuration(this.#asOf, duration, zone, 'end');
		const reason = `Restored by rollback of ${this.input.scope}`;
		const ref = `rollback:${this.input.scope}`;
		return [{ kind: 'exception', ref, reason, ...(until !== undefined && { validUntil: until }) }];
	}

	#content(
		{ action }: DoneAction,
		inverse: Step['inverse'],
		identity: Identity,
		sources: readonly Source[],
	): ActionContent {
		const { application, entitlement, target, contractId } = action.content;
		const ends = sources.map(({ validUntil }) => validUntil);
		const until = ends.every((end) => end !== undefined) ? [...ends].sort().at(-1) : undefined;
		const attributes = inverse.attributes ?? this.#context.applied(application, identity.id);
		const content: ActionContent = {
			v: 1,
			identityId: identity.id,
			application,
			operation: inverse.operation,
			match: matchKeys(this.#context, application, identity),
			dueAt: this.#asOf,
			policyHash: this.input.policyHash,
		};
		if (entitlement !== undefined && inverse.operation !== 'update_account') content.entitlement = entitlement;
		if (target !== undefined) content.target = target;
		if (contractId !== undefined) content.contractId = contractId;
		if (inverse.operation === 'update_account' || inverse.operation === 'create_account')
			content.attributes = { ...attributes };
		if (GIVES.has(inverse.operation) && until !== undefined) content.validUntil = until;
		return content;
	}

	#action(
		content: ActionContent,
		identity: Identity,
		sources: Source[],
		entitlement: Entitlement | undefined,
		gives: boolean,
	): PlannedAction | undefined {
		const { compiled, seed, scope } = this.input;
		const hash = contentHash(content);
		const event: EventKind = 'mover';
		const deadline = verifyBy(compiled, content.application, event, content.dueAt);
		const action: PlannedAction = {
			id: contentId('act', { plan: seed, hash }),
			hash,
			content,
			sources,
			reason: `Rollback of ${scope}`,
			subject: displayName(identity),
			privileged: entitlement?.privileged ?? false,
			event,
			...(deadline !== undefined && { verifyBy: deadline }),
			...(!gives && entitlement !== undefined && { inferred: true }),
		};
		if (entitlement === undefined || content.operation === 'update_account') {
			this.#plan.actions.push(action);
			return action;
		}
		const holds = this.#heldBy.get(identity.id)?.size ?? 0;
		const blocked = assessAlone(action, { compiled, identity, entitlement, gives, held: holds, asOf: this.#asOf });
		if (blocked !== undefined) {
			this.#plan.blocked.push(blocked);
			return undefined;
		}
		this.#plan.actions.push(action);
		return action;
	}

	/** Restored access that nothing earns has to be an assignment, or the next plan would take it away again. */
	#keepRestored(identityId: string, entitlement: string | undefined, sources: readonly Source[]): void {
		if (entitlement === undefined) return;
		for (const { validUntil, ...source } of sources) {
			if (source.kind !== 'exception' || !source.ref.startsWith('rollback:')) continue;
			const end = validUntil === undefined ? {} : { validUntil };
			const assignment: Assignment = { identityId, entitlement, source, validFrom: this.#asOf, ...end };
			this.#plan.assignments.push(assignment);
		}
	}
}

/**
 * Plans to take back what was really done: the inverse of each journaled action by its image of the state before, what was
 * done last first. Conflicts are reported and left alone; nothing that somebody else changed since is overwritten. What
 * comes out goes through approvals, guards and claims like any other plan, and where everything was taken back already
 * it is empty.
 */
export function planRollback(input: RollbackInput): RollbackPlan {
	return new RollbackPlanner(input).plan();
}
