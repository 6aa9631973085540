import type { PersonTimeline } from '../../model';
import type { Transition } from '../holding';
import { leaveAt } from './leave';

/** Ends that somebody stated beforehand, when they come. */
const FORESEEN = new Set(['stated', 'overlap', 'duration']);

/**
 * Whether a revocation was concluded rather than said: by a changed rule, attribute or contract, or by somebody having
 * vanished from a feed. An explicit leave never is, nor is an end that was stated and lies ahead, nor that of a request,
 * an exception, break-glass, an overlap window or a longest duration.
 */
export function isInferred(
	timeline: PersonTimeline,
	transition: Transition & { kind: 'revoke' },
	asOf: string,
): boolean {
	const leave = leaveAt(timeline, transition.dueAt);
	if (leave !== undefined) return leave.inferred === true;
	const { tenures } = transition;
	if (tenures.length === 0) return true;
	return !tenures.every(({ endedBy, source, until }) => {
		if (endedBy === undefined || !FORESEEN.has(endedBy)) return false;
		// A contract's end that has come is only foreseen if it was known before; what is learnt now is a change.
		return source.kind !== 'contract' || (until !== undefined && until > asOf);
	});
}
