import { diff } from 'fast-myers-diff';

/** Half-open ranges that differ: `[beforeStart, beforeEnd, afterStart, afterEnd]`. */
export type Gap = [number, number, number, number];

/** Indices of a longest strictly increasing subsequence of `values`; O(n log n). */
export function longestIncreasing(values: readonly number[]): number[] {
	const tails: number[] = [];
	const previous = new Int32Array(values.length).fill(-1);
	for (let i = 0; i < values.length; i++) {
		const value = values[i] ?? 0;
		let low = 0;
		let high = tails.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
			else high = middle;
		}
		if (low > 0) previous[i] = tails[low - 1] ?? -1;
		tails[low] = i;
	}
	const chain: number[] = [];
	for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) chain.push(at);
	return chain.reverse();
}

/** Indices of a strictly increasing subsequence of `values` (all different) of the greatest total weight; O(n log n). */
export function heaviestIncreasing(values: readonly number[], weights: readonly number[]): number[] {
	const rank = new Map([...values].sort((x, y) => x - y).map((value, place) => [value, place + 1]));
	const size = values.length;
	const totals = new Float64Array(size);
	const previous = new Int32Array(size).fill(-1);
	// A Fenwick tree of the best chain that ends at or below each rank.
	const best = new Int32Array(size + 1).fill(-1);
	const total = (at: number): number => (at < 0 ? 0 : (totals[at] ?? 0));
	for (let i = 0; i < size; i++) {
		const place = rank.get(values[i] ?? 0) ?? 0;
		let chain = -1;
		for (let at = place - 1; at > 0; at -= at & -at) if (total(best[at] ?? -1) > total(chain)) chain = best[at] ?? -1;
		previous[i] = chain;
		totals[i] = total(chain) + (weights[i] ?? 1);
		for (let at = place; at <= size; at += at & -at) if (total(i) > total(best[at] ?? -1)) best[at] = i;
	}
	const chain: number[] = [];
	const last = totals.reduce((heaviest, value, index) => (value > total(heaviest) ? index : heaviest), -1);
	for (let at = last; at >= 0; at = previous[at] ?? -1) chain.push(at);
	return chain.reverse();
}

/** Runs of this many elements serve as anchors where no single element is unique. */
const RUN = 5;

/** What stands at a position: the element, or a hash of the run that begins there. */
function keyAt(ids: Int32Array, at: number, end: number, width: number): number {
	const first = ids[at] ?? 0;
	if (width === 1) return first;
	let hash = 0;
	for (let i = at + 1; i < at + width; i++)
		hash = Math.imul(hash ^ (i < end ? (ids[i] ?? 0) : -1), 0x01000193) ^ (hash >>> 13);
	return (first & 0xfffff) * 0x100000000 + (hash >>> 0);
}

/** Hashes may collide, and a false anchor would spoil everything around it. */
function sameRun(a: Int32Array, atA: number, b: Int32Array, atB: number, width: number): boolean {
	for (let k = 0; k < width; k++) if (a[atA + k] !== b[atB + k]) return false;
	return true;
}

/** Pairs of positions whose key occurs once in each range, in an order that both share (patience diff). */
function anchors(a: Int32Array, b: Int32Array, [a0, a1, b0, b1]: Gap, width: number): Array<[number, number]> {
	const counts = new Map<number, { inA: number; inB: number; atA: number; atB: number }>();
	for (let i = a0; i < a1; i++) {
		const key = keyAt(a, i, a1, width);
		const entry = counts.get(key);
		if (entry) entry.inA++;
		else counts.set(key, { inA: 1, inB: 0, atA: i, atB: -1 });
	}
	for (let j = b0; j < b1; j++) {
		const entry = counts.get(keyAt(b, j, b1, width));
		if (!entry) continue;
		entry.inB++;
		entry.atB = j;
	}
	const unique = [...counts.values()].filter(
		({ inA, inB, atA, atB }) => inA === 1 && inB === 1 && sameRun(a, atA, b, atB, width),
	);
	return longestIncreasing(unique.map((entry) => entry.atB)).map((index) => [
		unique[index]?.atA ?? 0,
		unique[index]?.atB ?? 0,
	]);
}

/** Anchors of a gap: unique elements, else unique runs where the gap is too large for Myers. */
function findAnchors(a: Int32Array, b: Int32Array, gap: Gap, maxGap: number): Array<[number, number]> {
	const single = anchors(a, b, gap, 1);
	if (single.length > 0 || gap[1] - gap[0] + (gap[3] - gap[2]) <= maxGap) return single;
	return anchors(a, b, gap, RUN);
}

function trim(a: Int32Array, b: Int32Array, gap: Gap): Gap {
	let [a0, a1, b0, b1] = gap;
	while (a0 < a1 && b0 < b1 && a[a0] === b[b0]) {
		a0++;
		b0++;
	}
	while (a1 > a0 && b1 > b0 && a[a1 - 1] === b[b1 - 1]) {
		a1--;
		b1--;
	}
	return [a0, a1, b0, b1];
}

/** Below this many cells Myers is faster than looking for anchors. */
const SMALL_CELLS = 4_096;
/** Each round reads a gap once more; input made to need more of them is left to Myers and its bound. */
const MOST_ROUNDS = 24;

/** Myers inside a gap that has no anchors left; a gap too large for it counts as replaced. */
function myers(a: Int32Array, b: Int32Array, [a0, a1, b0, b1]: Gap, maxGap: number, out: Gap[]): void {
	if (a0 === a1 || b0 === b1 || a1 - a0 + (b1 - b0) > maxGap) {
		if (a0 < a1 || b0 < b1) out.push([a0, a1, b0, b1]);
		return;
	}
	for (const [i0, i1, j0, j1] of diff(a.subarray(a0, a1), b.subarray(b0, b1)))
		out.push([a0 + i0, a0 + i1, b0 + j0, b0 + j1]);
}

/**
 * Differences of two sequences of ids, in order. Unique common ids are fixed first and what lies between is cut at
 * them again and again, so Myers (quadratic at worst) only ever sees gaps of at most `maxGap` elements.
 */
export function differences(a: Int32Array, b: Int32Array, maxGap: number): Gap[] {
	const out: Gap[] = [];
	const open: Array<{ gap: Gap; round: number }> = [{ gap: [0, a.length, 0, b.length], round: 0 }];
	for (let next = open.pop(); next; next = open.pop()) {
		const gap = trim(a, b, next.gap);
		const round = next.round + 1;
		const [a0, a1, b0, b1] = gap;
		const small = (a1 - a0) * (b1 - b0) <= SMALL_CELLS;
		const fixed = small || round > MOST_ROUNDS ? [] : findAnchors(a, b, gap, maxGap);
		if (fixed.length === 0) {
			myers(a, b, gap, maxGap, out);
			continue;
		}
		let [endA, endB] = [a1, b1];
		for (let i = fixed.length - 1; i >= 0; i--) {
			const [x, y] = fixed[i] ?? [0, 0];
			open.push({ gap: [x + 1, endA, y + 1, endB], round });
			[endA, endB] = [x, y];
		}
		open.push({ gap: [a0, endA, b0, endB], round });
	}
	return mergeTouching(out);
}

function mergeTouching(gaps: Gap[]): Gap[] {
	const merged: Gap[] = [];
	for (const gap of gaps) {
		const last = merged.at(-1);
		if (last && last[1] === gap[0] && last[3] === gap[2]) [last[1], last[3]] = [gap[1], gap[3]];
		else merged.push([...gap]);
	}
	return merged;
}
