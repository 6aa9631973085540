import { countRevocations } from './revocations';
import type { Counted } from './revocations';
import type { GuardAlarm, GuardInput, GuardTrip, GuardVerdict, Population } from './types';

interface Limits {
	maxInferredRevokes?: number;
	maxInferredRevokesPercent?: number;
}

interface Scope {
	scope: 'run' | 'application' | 'entitlement';
	name?: string;
	revocations: readonly Counted[];
	/** Holdings before the run; undefined where nobody counted them. */
	held: number | undefined;
	limits: Limits;
	/** Shares of less than this say nothing. */
	percentFrom: number;
}

/** Where few people hold few things, one mover is a large share: percentages count from this many revocations on. */
export const DEFAULT_PERCENT_FROM = 5;

const REMEDY = 'Check what changed (feed, policy, contract). Then resume or cancel the halt, with a reason.';

function where({ scope, name }: Scope): string {
	return scope === 'run' ? '' : ` in ${scope} ${name ?? ''}`;
}

function checkScope(each: Scope): GuardTrip[] {
	const { revocations, held, limits, scope, name, percentFrom } = each;
	const count = revocations.length;
	const actionIds = revocations.flatMap(({ actionId }) => actionId ?? []).sort();
	if (actionIds.length === 0) return [];
	const common = { scope, ...(name !== undefined && { name }), remedy: REMEDY, actionIds };
	const trips: GuardTrip[] = [];
	const { maxInferredRevokes: most, maxInferredRevokesPercent: share } = limits;
	if (most !== undefined && count > most) {
		const message = `${count} inferred revocations${where(each)} within the window, more than the ${most} allowed.`;
		trips.push({ guard: 'inferred_revokes', count, limit: most, message, ...common });
	}
	if (share !== undefined && held !== undefined && count >= percentFrom) {
		const percent = held === 0 ? 100 : Math.round((1000 * count) / held) / 10;
		if ((100 * count) / Math.max(held, 1) > share) {
			const message = `${count} inferred revocations${where(each)} are ${percent} % of the ${held} holdings, more than the ${share} % allowed.`;
			trips.push({ guard: 'inferred_revokes_percent', count: percent, limit: share, message, ...common });
		}
	}
	return trips;
}

function grouped(revocations: readonly Counted[], by: 'application' | 'entitlement'): Map<string, Counted[]> {
	const groups = new Map<string, Counted[]>();
	for (const each of revocations) {
		const group = groups.get(each[by]) ?? [];
		group.push(each);
		groups.set(each[by], group);
	}
	return groups;
}

function scopesOf({ compiled, population }: GuardInput, revocations: readonly Counted[]): Scope[] {
	const guards = compiled.policy.guards ?? {};
	const { percentFrom = DEFAULT_PERCENT_FROM } = guards;
	const scopes: Scope[] = [{ scope: 'run', revocations, held: population.holdings, limits: guards, percentFrom }];
	const add = (scope: 'application' | 'entitlement', limits: Limits | undefined, held: Population['byApplication']) => {
		if (limits === undefined) return;
		for (const [name, group] of grouped(revocations, scope)) {
			scopes.push({ scope, name, revocations: group, held: held?.get(name), limits, percentFrom });
		}
	};
	add('application', guards.perApplication, population.byApplication);
	add('entitlement', guards.perEntitlement, population.byEntitlement);
	return scopes;
}

/** Explicit leavers pass the limits of what is inferred, with an alarm where many leave, up to a ceiling of their own. */
function checkLeavers({ compiled }: GuardInput, leavers: ReadonlyMap<string, string[]>): [GuardTrip[], GuardAlarm[]] {
	const { maxLeavers, maxInferredRevokes } = compiled.policy.guards ?? {};
	const count = leavers.size;
	const actionIds = [...leavers.values()].flat().sort();
	if (actionIds.length === 0) return [[], []];
	if (maxLeavers !== undefined && count > maxLeavers) {
		const message = `${count} people leave within the window, more than the ${maxLeavers} allowed.`;
		const remedy = 'Check that these people left. Then resume or cancel the halt, with a reason.';
		return [[{ guard: 'leavers', scope: 'run', count, limit: maxLeavers, message, remedy, actionIds }], []];
	}
	const loud = Math.min(maxInferredRevokes ?? Infinity, (maxLeavers ?? Infinity) / 2);
	if (count <= loud) return [[], []];
	const message = `${count} people leave within the window. They were said to leave, so nothing is stopped.`;
	return [[], [{ code: 'LEAVERS', message, count }]];
}

/**
 * Looks at the plans of one run, with those of the rolling window before it: how much access would be taken away because
 * of a conclusion rather than of somebody's word. What passes a limit stops the inferred revocations it counts, and no
 * others; explicit leavers have a ceiling of their own.
 */
export function checkGuards(input: GuardInput): GuardVerdict {
	const { inferred, leavers } = countRevocations(input);
	const [ceiling, alarms] = checkLeavers(input, leavers);
	const tripped = [...scopesOf(input, inferred).flatMap(checkScope), ...ceiling];
	tripped.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
	const halted = [...new Set(tripped.flatMap(({ actionIds }) => actionIds))].sort();
	return { tripped, halted, alarms };
}

function keyOf({ guard, scope, name }: GuardTrip): string {
	return `${guard}\n${scope}\n${name ?? ''}`;
}
