import type { PdfLine } from './page';
import { brokeFull } from './pages-join';
import { openingOf } from './paragraphs';

/** How far first lines stand in, in parts of the type size. */
const LEAST = 0.7;
const MOST = 6;
/** Paragraphs that prove it. */
const PROOF = 3;

/** Edges this near to one another are one. */
const NEAR = 1.5;

/**
 * How far the first lines of paragraphs stand in, in points, where the document marks its paragraphs so: full lines whose
 * next line begins that much further left. Undefined where lines hang behind their first one as often.
 */
export function firstLineIndent(
	regions: ReadonlyArray<{ lines: readonly PdfLine[]; right: number }>,
): number | undefined {
	const steps = new Map<number, number>();
	for (const { lines, right } of regions)
		lines.forEach((line, at) => {
			const above = lines[at - 1];
			if (!above || line.y <= above.y || line.y - above.y > 2.5 * line.size || !brokeFull(above, line, right)) return;
			const step = Math.round(above.x0 - line.x0);
			if (Math.abs(step) < LEAST * line.size || Math.abs(step) > MOST * line.size) return;
			steps.set(step, (steps.get(step) ?? 0) + 1);
		});
	const [step, count] = [...steps].sort((a, b) => b[1] - a[1])[0] ?? [0, 0];
	return step > 0 && count >= PROOF && count > 2 * (steps.get(-step) ?? 0) ? step : undefined;
}

/** Lines one below the other at that edge are paragraphs of one line each, unless so many of them are full. */
const BLOCK = 3;

/** The lines of a region that open a paragraph by standing in, however full the ones above them are. */
export function firstLines(
	lines: readonly PdfLine[],
	{ left, right }: { left: number; right: number },
	indent: number | undefined,
): ReadonlySet<PdfLine> {
	const found = new Set<PdfLine>();
	if (indent === undefined) return found;
	const standsIn = (line: PdfLine | undefined): boolean =>
		line !== undefined && Math.abs(line.x0 - left - indent) < NEAR;
	for (let from = 0, to = 0; from < lines.length; from = Math.max(to, from + 1)) {
		for (to = from; standsIn(lines[to]);) to++;
		const run = lines.slice(from, to);
		if (run.length > 0 && !hangs(lines[from - 1], lines[from])) addFirst(run, lines[to], right, found);
	}
	return found;
}

/** Whether text stands at the edge because it hangs behind the mark of an item. */
function hangs(above: PdfLine | undefined, line: PdfLine | undefined): boolean {
	const opening = above && openingOf(above);
	return opening !== undefined && line !== undefined && Math.abs(opening.textX - line.x0) < 2 * NEAR;
}

function addFirst(run: readonly PdfLine[], behind: PdfLine | undefined, right: number, found: Set<PdfLine>): void {
	const last = run.at(-1);
	const opens = last !== undefined && behind !== undefined && brokeFull(last, behind, right);
	const block = opens ? run.slice(0, -1) : run;
	const full = block.every((line, at) => {
		const next = block[at + 1];
		return next === undefined || brokeFull(line, next, right);
	});
	const first = block[0];
	if (block.length < BLOCK || !full) for (const line of run) found.add(line);
	else if (first) found.add(first);
	if (opens) found.add(last);
}
