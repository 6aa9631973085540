import type { ActionContent, Identity, SeparationHit, Source } from '../../model';
import type { Entitlement } from '../../policy';
import type { Draft, EventKind } from '../action-book';
import { transitionContent } from '../content';
import type { HoldingState, Transition } from '../holding';
import { timedSource } from '../intervals';
import type { Tenure } from '../intervals';
import { transitionReason } from '../reason';
import { contractOf } from '../scope';
import { assessApproval, assessRisk } from './assessment';
import { identityAt } from './attributes';
import { windowOpening } from './batch';
import { verifyBy } from './deadline';
import { isInferred } from './inferred';
import { joinsAt, leaveAt } from './leave';
import type { PlanSink } from './sink';
import type { PersonToPlan, Spell } from './types';

/** One change of access of one person, as an action that may be asked for. */
export interface Step {
	identity: Identity;
	content: ActionContent;
	sources: Source[];
	/** From when it could be done; `content.dueAt` is later where it waits for a window. */
	earliest: string;
	transition: Transition;
	/** The spell that ended, where the person is gone by then. */
	leave: Spell | undefined;
	/** They are gone, and somebody said so. */
	leaves: boolean;
}

/** Each source once: a source with several stretches counts with its first. */
export function uniqueSources(tenures: readonly Tenure[]): Source[] {
	const byKey = new Map<string, Tenure>();
	for (const tenure of tenures) {
		const key = `${tenure.source.kind}\n${tenure.source.ref}`;
		if (!byKey.has(key)) byKey.set(key, tenure);
	}
	return [...byKey.values()].map(timedSource);
}

function tenuresOf(transition: Transition): Tenure[] {
	return transition.kind === 'revoke' ? transition.tenures : transition.stretch.tenures;
}

/** What a change says. Cheap: what it means is assessed only where nothing open says the same already. */
export function stepOf(
	sink: PlanSink,
	{ timeline }: PersonToPlan,
	state: HoldingState,
	entitlement: Entitlement,
	transition: Transition,
): Step {
	const { input, context } = sink;
	const sources = uniqueSources(tenuresOf(transition));
	const gives = transition.kind !== 'revoke';
	const leave = gives ? undefined : leaveAt(timeline, transition.dueAt);
	const begin = gives && transition.stretch.from > input.asOf ? transition.stretch.from : input.asOf;
	const identity = identityAt(timeline, begin);
	const contracts = state.open.flatMap(({ content }) => content.contractId ?? []).sort();
	const content = transitionContent(context, identity, entitlement, transition, contracts);
	const urgent =
		leave !== undefined ||
		sources.some(({ kind }) => kind === 'break_glass') ||
		// What duties are kept apart by must not be held a minute longer than planned.
		(!gives && sink.apart(entitlement.name));
	if (!urgent) {
		const opening = windowOpening(input.compiled, content.operation, transition.dueAt);
		const over = gives && transition.stretch.until !== undefined && transition.stretch.until <= opening;
		if (!over) content.dueAt = opening;
	}
	const leaves = leave !== undefined && leave.inferred !== true;
	return { identity, content, sources, earliest: transition.dueAt, transition, leave, leaves };
}

export type Assessed = { draft: Draft } | { blocked: { rule: string; reason: string; remedy: string } };

/** Risk, approval, deadline and reason of a step. */
export function assess(sink: PlanSink, person: PersonToPlan, step: Step, entitlement: Entitlement): Assessed {
	const { input } = sink;
	const { identity, content, sources, transition, leaves } = step;
	const gives = transition.kind !== 'revoke';
	const separation = separationOf(person, entitlement, transition);
	const each = {
		compiled: input.compiled,
		identity,
		entitlement,
		content,
		gives,
		leaves,
		sources,
		separation,
		peers: input.peers,
		held: new Set(person.held.map((grant) => grant.entitlement)).size,
		asOf: input.asOf,
		effectiveAt: input.effectiveAt,
	};
	const risk = assessRisk(each);
	const answer = transition.kind === 'enable' ? undefined : assessApproval(each, risk);
	if (answer?.state === 'blocked') {
		const { rule, reason, remedy } = answer;
		return { blocked: { rule, reason, remedy } };
	}
	const event = eventOf(person, step);
	const draft: Draft = {
		content,
		sources,
		reason: reasonOf(step, entitlement, input.asOf),
		privileged: entitlement.privileged,
		risk,
	};
	draft.event = event;
	if (separation.length > 0) draft.separation = separation;
	if (transition.kind === 'revoke' && isInferred(person.timeline, transition, input.asOf)) draft.inferred = true;
	const deadline = verifyBy(input.compiled, content.application, event, later(content.dueAt, input.asOf));
	if (deadline !== undefined) draft.verifyBy = deadline;
	if (answer?.state === 'needed') draft.approval = answer.approval;
	return { draft };
}

function reasonOf({ transition, leave, leaves }: Step, { name }: Entitlement, asOf: string): string {
	if (leave === undefined) return transitionReason(transition, name, asOf);
	return `Employment ${leaves ? 'ends' : 'is taken to have ended'} at ${leave.until ?? transition.dueAt}: ${name} ends with it`;
}

/** Duties that meet and are allowed to: by approval, for the record, or by exemption. */
function separationOf({ access }: PersonToPlan, { name }: Entitlement, transition: Transition): SeparationHit[] {
	if (transition.kind === 'revoke' || access.separation.length === 0) return [];
	const { from, until } = transition.stretch;
	return access.separation.filter(
		(hit) =>
			hit.entitlement === name &&
			(hit.action !== 'block' || hit.exemption !== undefined) &&
			(hit.until === undefined || hit.until > from) &&
			(until === undefined || hit.from < until),
	);
}

function eventOf({ timeline }: PersonToPlan, { transition, content, leave }: Step): EventKind {
	if (leave !== undefined) return 'leaver';
	if (transition.kind !== 'revoke' && joinsAt(timeline, transition.stretch.from)) return 'joiner';
	const byContract =
		content.contractId !== undefined && tenuresOf(transition).every(({ source }) => contractOf(source) !== undefined);
	return byContract ? 'contract' : 'mover';
}

/** Nobody can be late before they could have known. */
function later(a: string, b: string): string {
	return a > b ? a : b;
}
