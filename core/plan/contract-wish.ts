import type { DesiredHolding, Source } from '../model';
import { isGrant, isRefused, tenuresOf } from './holding';
import type { HoldingState, HoldingWish } from './holding';
import { sourceKey } from './intervals';
import type { Tenure } from './intervals';
import type { PlanScope } from './scope';

export interface Moment {
	asOf: string;
	effectiveFrom: string;
}

/** Sources that the evaluation wants, from the moment on that its state holds. */
function wantedBy(
	{ identityId }: HoldingState,
	desired: DesiredHolding | undefined,
	scope: PlanScope,
	effectiveFrom: string,
): Map<string, Tenure> {
	const tenures = new Map<string, Tenure>();
	for (const source of desired?.sources ?? []) {
		if (!scope.includes(identityId, source)) continue;
		const { validUntil: until } = source;
		tenures.set(sourceKey(source), { source, from: effectiveFrom, ...(until !== undefined && { until }) });
	}
	return tenures;
}

/** What becomes of a source that is held, in a state that begins at `effectiveFrom`. Takes it out of `wanted`. */
function carriedOver(
	tenure: Tenure,
	wanted: Map<string, Tenure>,
	manages: (source: Source) => boolean,
	{ asOf, effectiveFrom }: Moment,
): Tenure {
	const key = sourceKey(tenure.source);
	const goesOn = wanted.get(key);
	const { source, from, until } = tenure;
	if (goesOn !== undefined) {
		// Ends before the new state begins: two stretches of one source, the second opens with its own action.
		if (effectiveFrom > asOf && until !== undefined && until < effectiveFrom) return tenure;
		wanted.delete(key);
		return { source, from, ...(goesOn.until !== undefined && { until: goesOn.until }) };
	}
	if (!manages(source) || (until !== undefined && until < effectiveFrom)) return tenure;
	return { source, from, until: effectiveFrom };
}

/**
 * What a holding is to be over time when one evaluation speaks of some of its sources and all others stay as they are.
 * Undefined where the evaluation has no say in the holding.
 */
export function contractWish(
	state: HoldingState,
	desired: DesiredHolding | undefined,
	scope: PlanScope,
	moment: Moment,
): HoldingWish | undefined {
	const { identityId, entitlement, held, open } = state;
	const manages = (source: Source) => scope.manages(identityId, entitlement, source);
	const inFlight = open.filter(({ executionState }) => executionState === 'claimed');
	const waiting = open.filter(({ executionState }) => executionState !== 'claimed');
	const wanted = wantedBy(state, desired, scope, moment.effectiveFrom);
	const current = [
		...held.map(({ source, validFrom: from, validUntil: until }) => ({
			source,
			from,
			...(until !== undefined && { until }),
		})),
		...inFlight.filter(isGrant).flatMap(tenuresOf),
	];
	const hasSay =
		wanted.size > 0 ||
		current.some(({ source }) => manages(source)) ||
		waiting.some(({ sources }) => sources.some(manages));
	if (!hasSay) return undefined;
	const carried = current.map((tenure) => carriedOver(tenure, wanted, manages, moment));
	const pending = waiting.filter((action) => isGrant(action) && !isRefused(action)).flatMap(tenuresOf);
	const others = pending.filter(({ source }) => !manages(source) && !wanted.has(sourceKey(source)));
	return {
		tenures: [...carried, ...wanted.values(), ...others],
		asOf: moment.asOf,
		notWhileLeaving: moment.effectiveFrom,
	};
}
