import type { PersonTenure } from '../../policy';
import type { HoldingState } from '../holding';
import { mergeTenures, sourceKey } from '../intervals';
import type { Stretch } from '../intervals';

const BY_PERSON = new Set(['request', 'exception']);

/**
 * What was asked for and is not held yet, while something else earns the same access: a request that prolongs it, or
 * anything that waits while break-glass is in use. Where it needs an approval it has to be an action of its own; else it would come
 * along with what is held, and nobody would have approved it.
 */
export function askedFor(
	{ held, open }: HoldingState,
	tenures: readonly PersonTenure[],
	asOf: string,
): { others: PersonTenure[]; stretches: Stretch[] } | undefined {
	const lasting = tenures.filter(({ until }) => until === undefined || until > asOf);
	if (!lasting.some(({ source }) => source.kind === 'break_glass' || BY_PERSON.has(source.kind))) return undefined;
	const claimed = open.filter(({ executionState }) => executionState === 'claimed');
	const given = new Set([
		...held.map(({ source }) => sourceKey(source)),
		...claimed.flatMap(({ sources }) => sources.map((source) => sourceKey(source))),
	]);
	const emergency = lasting.some(({ source }) => source.kind === 'break_glass');
	const waits = (kind: string) => BY_PERSON.has(kind) || (emergency && kind !== 'break_glass');
	const isAsked = ({ source }: PersonTenure) => waits(source.kind) && !given.has(sourceKey(source));
	const asked = lasting.filter(isAsked);
	const others = tenures.filter((tenure) => !isAsked(tenure));
	if (asked.length === 0 || asked.length === lasting.length) return undefined;
	return { others, stretches: mergeTenures(asked) };
}
