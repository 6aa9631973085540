import { instantOf } from '../time';
import type { StatedEvent } from './types';

/** An event of a group whose members take back or correct one another. */
export interface GroupEvent {
	/** Ledger id. */
	eventId: string;
	event: StatedEvent;
}

/** What remains of a group: events as they count now, each under the id of the one that spoke last on it. */
export interface Outcome {
	eventId: string;
	/** The event that all the others of its chain are about; itself where nothing corrects it. */
	rootId: string;
	event: StatedEvent;
}

/**
 * What counts after cancellations and corrections, whatever order they arrived in.
 * - A cancelled event never happened, and neither did its corrections. A cancelled cancellation never happened either.
 * - Corrections lie over what they correct, in the order in which they were recorded: what they don't mention stays.
 * - A correction of something that has not arrived yet counts as it is.
 */
export function resolveGroup(group: readonly GroupEvent[]): Outcome[] {
	const byTarget = new Map<string, GroupEvent[]>();
	const present = new Set(group.map(({ event }) => event.id));
	for (const member of [...group].sort(byRecording)) {
		const { refersTo, type } = member.event;
		if (refersTo === undefined || (type !== 'cancel' && type !== 'correct')) continue;
		const list = byTarget.get(refersTo);
		if (list) list.push(member);
		else byTarget.set(refersTo, [member]);
	}
	const standing = standingIn(byTarget);
	const isCancelled = ({ event }: GroupEvent) =>
		(byTarget.get(event.id) ?? []).some((other) => other.event.type === 'cancel' && standing(other));
	const roots = group.filter(({ event }) => {
		if (event.type === 'cancel') return false;
		return event.type !== 'correct' || event.refersTo === undefined || !present.has(event.refersTo);
	});
	return roots
		.filter((root) => !isCancelled(root))
		.map((root) => {
			let outcome: Outcome = { eventId: root.eventId, rootId: root.eventId, event: root.event };
			const lay = (target: GroupEvent, seen: ReadonlySet<string>): void => {
				for (const correction of byTarget.get(target.event.id) ?? []) {
					if (correction.event.type !== 'correct' || seen.has(correction.event.id)) continue;
					if (correction === root || isCancelled(correction)) continue;
					outcome = { ...outcome, eventId: correction.eventId, event: overlay(outcome.event, correction.event) };
					lay(correction, new Set([...seen, correction.event.id]));
				}
			};
			lay(root, new Set([root.event.id]));
			return outcome;
		});
}

/** Whether a cancellation or correction itself still counts. Who takes each other back in a circle is taken back. */
function standingIn(byTarget: ReadonlyMap<string, readonly GroupEvent[]>) {
	const known = new Map<string, boolean>();
	const standing = (member: GroupEvent): boolean => {
		const answer = known.get(member.event.id);
		if (answer !== undefined) return answer;
		known.set(member.event.id, false);
		const against = (byTarget.get(member.event.id) ?? []).filter(
			(other) => member.event.type === 'cancel' || other.event.type === 'cancel',
		);
		const result = !against.some(standing);
		known.set(member.event.id, result);
		return result;
	};
	return standing;
}

function byRecording(a: GroupEvent, b: GroupEvent): number {
	const [left, right] = [`${a.event.createdAt}|${a.eventId}`, `${b.event.createdAt}|${b.eventId}`];
	return left < right ? -1 : left > right ? 1 : 0;
}

/** The correction over what it corrects; the moment of recording stays, as if it had been right from the first. */
function overlay(base: StatedEvent, correction: StatedEvent): StatedEvent {
	const { local: _local, ...rest } = base;
	const edge = base.type === 'leave' || base.type === 'contractor.end' ? 'end' : 'start';
	const [from, to] = [
		correction.sameEffectiveAt ? base : correction,
		correction.until === undefined ? base : correction,
	];
	const written = from.local?.effectiveAt;
	const zone = from.local?.zone ?? to.local?.zone;
	const fixed = from.local?.fixed ?? to.local?.fixed;
	const until = to.local?.until;
	return {
		...rest,
		person: { ...base.person, ...correction.person },
		attributes: { ...base.attributes, ...correction.attributes },
		// A date means another instant to an end than to a start, and only what is corrected says which it is.
		effectiveAt: written !== undefined && zone !== undefined ? instantOf(written, zone, edge) : from.effectiveAt,
		...(to.until !== undefined && { until: to.until }),
		...(correction.immediate !== undefined && { immediate: correction.immediate }),
		...(zone !== undefined && {
			local: {
				zone,
				edge,
				...(written !== undefined && { effectiveAt: written }),
				...(until !== undefined && { until }),
				...(fixed && { fixed }),
			},
		}),
	};
}
