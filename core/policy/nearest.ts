/** Names longer than this are not compared: the cost is the product of the lengths. */
const MAX_COMPARED = 80;
/** Candidates looked at; a policy with more names than this still lints in time. */
const MAX_CANDIDATES = 2000;

/** Edit distance with transpositions (optimal string alignment), one row at a time. */
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

/** The known name most like `name`, if one is near enough to be a slip of the pen; ties go to the first in order. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
	const wanted = name.toLowerCase().slice(0, MAX_COMPARED);
	let best: string | undefined;
	let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
	let seen = 0;
	for (const candidate of known) {
		seen += 1;
		if (seen > MAX_CANDIDATES) break;
		if (Math.abs(candidate.length - wanted.length) >= bestDistance) continue;
		const found = distance(wanted, candidate.toLowerCase().slice(0, MAX_COMPARED));
		if (found < bestDistance) {
			best = candidate;
			bestDistance = found;
		}
	}
	return best;
}

/** `Did you mean "x"?`, or what there is to choose from. Used in remedies. */
export function suggestName(name: string, known: Iterable<string>, kind: string): string {
	const names = [...known];
	const near = nearestName(name, names);
	if (near !== undefined) return `did you mean "${near}"?`;
	if (names.length === 0) return `declare it: the policy has no ${kind} yet`;
	const shown = names.slice(0, 6).map((each) => `"${each}"`);
	return `use one of ${shown.join(', ')}${names.length > shown.length ? ', …' : ''} or declare it`;
}
