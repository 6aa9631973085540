import type { PersonTenure } from '../../policy';
import type { HoldingState } from '../holding';
import type { Exposure, PersonToPlan } from './types';

/** An end that is acted on within a minute, e.g. a leave at once, was never late: the rest is the time that working takes. */
const LEAST_EXPOSURE_MS = 60_000;

/** When the holding should have ended, by what is known now; undefined where it only ends now. */
function endOf(
	{ timeline }: PersonToPlan,
	{ held }: HoldingState,
	tenures: readonly PersonTenure[],
): string | undefined {
	const ends = tenures.flatMap(({ until }) => until ?? []).sort();
	const last = ends.at(-1);
	if (last !== undefined) return last;
	if (timeline.employment === undefined) return undefined;
	const spells = timeline.employment.flatMap(({ until }) => until ?? []).sort();
	const since = held.map(({ validFrom }) => validFrom).sort()[0];
	// Never employed, by what is known now: it should never have begun. Employed now: it ends by a rule, from now on.
	if (timeline.employment.length === 0) return since;
	return spells.length === timeline.employment.length ? spells.at(-1) : undefined;
}

/** Access that went on after its end; undefined where there was none. */
export function exposureOf(
	person: PersonToPlan,
	state: HoldingState,
	tenures: readonly PersonTenure[],
	asOf: string,
): Exposure | undefined {
	const past = tenures.filter(({ until }) => until !== undefined && until <= asOf);
	const end = endOf(person, state, past);
	if (end === undefined) return undefined;
	const since = state.held.map(({ validFrom }) => validFrom).sort()[0];
	if (since === undefined) return undefined;
	const from = since > end ? since : end;
	if (Date.parse(asOf) - Date.parse(from) < LEAST_EXPOSURE_MS) return undefined;
	return { identityId: state.identityId, entitlement: state.entitlement, from, until: asOf };
}
