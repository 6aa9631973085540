/** Texts longer than this are cut before they are compared: the cost is the product of the lengths. */
const MAX_COMPARED = 80;
/** Candidates looked at, where nobody says otherwise. */
const MAX_CANDIDATES = 2_000;

/** Edit distance with swapped neighbours counting once (optimal string alignment), one row at a time. */
function distance(a: string, b: string): number {
	let beforeLast: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i += 1) {
		const row = [i];
		for (let j = 1; j <= b.length; j += 1) {
			const cost = a[i - 1] === b[j - 1] ? 0 : 1;
			let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
			const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
			if (swapped) best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
			row.push(best);
		}
		beforeLast = last;
		last = row;
	}
	return last[b.length] ?? 0;
}

/** The known text most like `text`, if one is near enough to be a slip of the pen; ties go to the first in order. */
export function nearestName(text: string, known: Iterable<string>, maxCandidates = MAX_CANDIDATES): string | undefined {
	const wanted = text.toLowerCase().slice(0, MAX_COMPARED);
	let best: string | undefined;
	let limit = Math.max(1, Math.floor(wanted.length / 3)) + 1;
	let seen = 0;
	for (const candidate of known) {
		if (++seen > maxCandidates) break;
		const other = candidate.toLowerCase().slice(0, MAX_COMPARED);
		if (Math.abs(other.length - wanted.length) >= limit) continue;
		const found = distance(wanted, other);
		if (found < limit) [best, limit] = [candidate, found];
	}
	return best;
}
