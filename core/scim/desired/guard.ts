import type { Population } from './types';

export interface GuardVerdict {
	/** Percent that was allowed. */
	limit: number;
	tripped: boolean;
	deactivations: GuardShare;
	removals: GuardShare;
	/** Whole sentences, one for each limit that was passed. */
	reasons: readonly string[];
}

export interface GuardShare {
	count: number;
	/** Of how many; absent where that isn't known. */
	of?: number;
	percent?: number;
}

export interface GuardOptions {
	/** Percent of the active accounts, and of the memberships of managed groups, that one run may take at most. */
	percent: number;
	/** Up to so many are never a mass change. */
	floor?: number;
}

/** Where nobody says otherwise: half of everything in one run is a mistake, a handful of a small team isn't. */
export const DEFAULT_GUARD: Readonly<GuardOptions> = { percent: 50, floor: 10 };

/** Whether a plan takes more at once than it may. Looks at the plan alone, before the first write. */
export function checkGuard(population: Population, options: GuardOptions): GuardVerdict {
	const { percent, floor = 0 } = options;
	const deactivations = share(population.deactivations, population.activeAccounts);
	const removals = share(population.removals, population.members);
	const reasons: string[] = [];
	if (isMass(deactivations, percent, isEverybody(deactivations) ? 0 : floor)) {
		reasons.push(
			`${deactivations.count} of ${deactivations.of ?? 'an unknown number of'} active accounts would be deactivated.`,
		);
	}
	if (isMass(removals, percent, floor)) {
		reasons.push(`${removals.count} of ${removals.of ?? 'an unknown number of'} memberships would be removed.`);
	}
	return { limit: percent, tripped: reasons.length > 0, deactivations, removals, reasons };
}

function share(count: number, of: number | undefined): GuardShare {
	if (of === undefined) return { count };
	return { count, of, percent: of === 0 ? 0 : Math.round((count / of) * 1000) / 10 };
}

/** All of several are no handful, however few they are. */
function isEverybody({ count, of }: GuardShare): boolean {
	return of !== undefined && of > 1 && count >= of;
}

/** Where nobody knows how many there are, only what is under the floor is certainly no mass change. */
function isMass({ count, of }: GuardShare, percent: number, floor: number): boolean {
	if (count <= floor) return false;
	return of === undefined ? percent < 100 : count * 100 > percent * of;
}
