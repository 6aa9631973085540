import type { Span } from '../../../model';

/** Index of the first span that ends behind `offset`; spans stand in order and do not overlap. */
export function firstEndingBehind(spans: readonly Span[], offset: number): number {
	let low = 0;
	let high = spans.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((spans[middle]?.end ?? 0) > offset) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** Spans joined where they overlap, in order: for asking many times whether something lies in them. */
export function joined(spans: readonly Span[]): Span[] {
	const merged: Span[] = [];
	for (const span of spans.toSorted((a, b) => a.start - b.start)) {
		const last = merged.at(-1);
		if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
		else merged.push({ ...span });
	}
	return merged;
}

/** Whether a span shares a character with one of `merged` (see `joined`). */
export function overlapsAny(merged: readonly Span[], { start, end }: Span): boolean {
	const next = merged[firstEndingBehind(merged, start)];
	return next !== undefined && next.start < end;
}
