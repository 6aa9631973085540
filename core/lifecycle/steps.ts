import type { StatedFact } from './types';

/** From one moment on, what a fact says; undefined: nothing. */
export interface Step<T> {
	at: string;
	value: T | undefined;
}

/**
 * Order in which facts of one rank outdo each other: later from, then later recorded, then the greater id of the sender, by
 * its numbers (`evt-10` after `evt-9`): who sends several at once counts them up.
 */
export function outdoes(a: StatedFact, b: StatedFact): number {
	if (a.from !== b.from) return a.from < b.from ? -1 : 1;
	if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? -1 : 1;
	const bySender = compareIds(a.senderId ?? '', b.senderId ?? '');
	if (bySender !== 0) return bySender;
	return a.eventId < b.eventId ? -1 : a.eventId > b.eventId ? 1 : 0;
}

/** Compares ids piece by piece, runs of digits as numbers. */
function compareIds(a: string, b: string): number {
	if (a === b) return 0;
	const left = a.match(/\d+|\D+/g) ?? [];
	const right = b.match(/\d+|\D+/g) ?? [];
	for (const [index, piece] of left.entries()) {
		const other = right[index];
		if (other === undefined) return 1;
		if (piece === other) continue;
		const numbers = /^\d/.test(piece) && /^\d/.test(other);
		const [x, y] = numbers ? [piece.replace(/^0+(?=\d)/, ''), other.replace(/^0+(?=\d)/, '')] : [piece, other];
		if (numbers && x.length !== y.length) return x.length - y.length;
		if (x !== y) return x < y ? -1 : 1;
	}
	return left.length - right.length;
}

/**
 * Who holds when, among facts of one attribute that are believed alike: the one that outdoes all others that hold at the
 * moment. A fact that ends gives way to what held before. In order of `n log n`, whatever a sender piles up.
 */
export function holders(facts: readonly StatedFact[]): Step<StatedFact>[] {
	const sorted = [...facts].sort(outdoes);
	const ends = sorted.flatMap(({ until }) => until ?? []).sort();
	const steps: Step<StatedFact>[] = [];
	const open: StatedFact[] = [];
	let [next, nextEnd] = [0, 0];
	while (next < sorted.length || nextEnd < ends.length) {
		const at = earlier(sorted[next]?.from, ends[nextEnd]);
		while (sorted[next]?.from === at) open.push(...sorted.slice(next, ++next));
		while (ends[nextEnd] === at) nextEnd += 1;
		// Whatever lies under an open fact can only come up again when that one ends.
		while (ended(open.at(-1), at)) open.pop();
		const value = open.at(-1);
		if (steps.at(-1)?.value !== value || steps.length === 0) steps.push({ at, value });
	}
	return steps;
}

function ended(fact: StatedFact | undefined, at: string): boolean {
	return fact?.until !== undefined && fact.until <= at;
}

function earlier(a: string | undefined, b: string | undefined): string {
	if (a === undefined) return b ?? '';
	return b === undefined || a <= b ? a : b;
}

/** Joins the voices of several ranks, the most believed first: at each moment the first that says something counts. */
export function firstSpeaking<T>(ranks: ReadonlyArray<readonly Step<T>[]>): Step<T>[] {
	const [only] = ranks;
	if (ranks.length === 1 && only) return [...only];
	const moments = [...new Set(ranks.flatMap((steps) => steps.map(({ at }) => at)))].sort();
	const positions = ranks.map(() => 0);
	const result: Step<T>[] = [];
	for (const at of moments) {
		let value: T | undefined;
		ranks.forEach((steps, rank) => {
			let position = positions[rank] ?? 0;
			while ((steps[position]?.at ?? '~') <= at) position += 1;
			positions[rank] = position;
			value ??= steps[position - 1]?.value;
		});
		if (result.length === 0 || result.at(-1)?.value !== value) result.push({ at, value });
	}
	return result;
}

/**
 * Facts by rank of their sources; those of sources that the policy doesn't name are left out. Where it names none, all are
 * alike, and contracts speak last: they know people by what is written on paper.
 */
export function byRank(facts: readonly StatedFact[], order: readonly string[] | undefined): StatedFact[][] {
	const ranks =
		order === undefined || order.length === 0
			? [facts.filter((fact) => !isContract(fact)), facts.filter(isContract)]
			: order.map((source) => facts.filter((fact) => sourceName(fact.source) === source));
	return ranks.filter((rank) => rank.length > 0);
}

const isContract = (fact: StatedFact) => sourceName(fact.source) === 'contract';

/** `contract:MSA-1` speaks as `contract`. */
export function sourceName(source: string): string {
	const colon = source.indexOf(':');
	return colon < 0 ? source : source.slice(0, colon);
}
