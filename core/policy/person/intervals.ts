import type { PersonTenure } from './types';

/** Half-open, ISO instants; without `until` it is open-ended. */
export interface Interval {
	from: string;
	until?: string;
}

/** Earlier of two ends; an absent end is later than any. */
export function earlierEnd(a: string | undefined, b: string | undefined): string | undefined {
	if (a === undefined) return b;
	return b === undefined || a <= b ? a : b;
}

export function isEmpty({ from, until }: Interval): boolean {
	return until !== undefined && until <= from;
}

/** True where two half-open intervals share an instant: those that only touch don't. */
export function overlap(a: Interval, b: Interval): boolean {
	return (b.until === undefined || a.from < b.until) && (a.until === undefined || b.from < a.until);
}

/** What remains of a tenure without an interval; the part before it ends because something else withholds the rest. */
function without(tenure: PersonTenure, cut: Interval): PersonTenure[] {
	if (!overlap(tenure, cut)) return [tenure];
	const rest: PersonTenure[] = [];
	if (tenure.from < cut.from) rest.push({ ...tenure, until: cut.from, endedBy: 'withheld' });
	if (cut.until !== undefined && (tenure.until === undefined || cut.until < tenure.until)) {
		const { prepareFrom: _ready, ...later } = tenure;
		rest.push({ ...later, from: cut.until });
	}
	return rest;
}

export function subtract(tenures: readonly PersonTenure[], cuts: readonly Interval[]): PersonTenure[] {
	return cuts.reduce<PersonTenure[]>((left, cut) => left.flatMap((each) => without(each, cut)), [...tenures]);
}

function bySource(a: PersonTenure, b: PersonTenure): number {
	const left = a.source;
	const right = b.source;
	if (left.kind !== right.kind) return left.kind < right.kind ? -1 : 1;
	return left.ref < right.ref ? -1 : left.ref > right.ref ? 1 : 0;
}

export function byTime(a: PersonTenure, b: PersonTenure): number {
	if (a.from !== b.from) return a.from < b.from ? -1 : 1;
	const order = bySource(a, b);
	if (order !== 0) return order;
	if (a.until === b.until) return 0;
	return a.until === undefined || (b.until !== undefined && a.until > b.until) ? -1 : 1;
}

/** Joins what one source earns without a gap; sorted by time. The evidence of the later part counts for the end. */
export function coalesce(tenures: PersonTenure[]): PersonTenure[] {
	if (tenures.length < 2) return tenures;
	tenures.sort(byTime);
	const joined: PersonTenure[] = [];
	const last = new Map<string, number>();
	for (const tenure of tenures) {
		const key = `${tenure.source.kind}\n${tenure.source.ref}`;
		const index = last.get(key);
		const before = index === undefined ? undefined : joined[index];
		if (index === undefined || before === undefined || (before.until !== undefined && before.until < tenure.from)) {
			last.set(key, joined.length);
			joined.push(tenure);
		} else if (before.until !== undefined && (tenure.until === undefined || tenure.until > before.until)) {
			joined[index] = joinedWith(before, tenure);
		}
	}
	return joined;
}

function joinedWith(before: PersonTenure, after: PersonTenure): PersonTenure {
	const { until: _until, endedBy: _cause, ...start } = before;
	return {
		...start,
		source: after.source,
		...(after.until !== undefined && { until: after.until }),
		...(after.endedBy !== undefined && { endedBy: after.endedBy }),
	};
}
