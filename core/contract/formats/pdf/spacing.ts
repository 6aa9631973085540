import { lineText, type PdfLine } from './page';
import { brokeFull, endsSentence } from './pages-join';
import { isBold, openingOf } from './paragraphs';
import { gapsOf } from './segments';

/** Lines further apart are set with space between, or are paragraphs of one line each. */
const TIGHT = 1.7;
const USUAL = 1.2;

/** Part of the lines set wide apart that are full where it is running text with space between the lines. */
const FULL = 0.7;
/** Full lines set tight that prove it to be the distance of running text. */
const PROOF = 3;

/**
 * Distance of neighbouring lines in running text, in parts of the type size: of the tight ones that behind most full lines,
 * since a document may hold more short paragraphs than long ones. Where hardly anything is set tight, the lines are set wide
 * apart if they are full, and paragraphs of one line each if not.
 */
export function usualLeading(lines: readonly PdfLine[], right = Infinity): number {
	const counts = new Map<number, { all: number; full: number }>();
	for (let at = 1; at < lines.length; at++) {
		const [above, line] = [lines[at - 1], lines[at]];
		if (!above || !line || Math.abs(above.size - line.size) > 0.3) continue;
		// Rows of a table have a distance of their own.
		if (gapsOf(above).length > 0 || gapsOf(line).length > 0) continue;
		const distance = Math.round(((line.y - above.y) / line.size) * 20) / 20;
		if (distance <= 0.9 || distance >= 3) continue;
		const count = counts.get(distance) ?? { all: 0, full: 0 };
		count.all++;
		if (brokeFull(above, line, right)) count.full++;
		counts.set(distance, count);
	}
	const tight = [...counts].filter(([distance]) => distance <= TIGHT);
	const [all, full] = tight.reduce(([a, b], [, count]) => [a + count.all, b + count.full], [0, 0]);
	const enough = all * 20 >= lines.length || (full >= PROOF && full >= 0.6 * all);
	const wide = [...counts].filter(([distance, { all, full }]) => distance > TIGHT && full >= FULL * all);
	return mostFull(enough ? tight : wide) ?? mostFrequent(tight) ?? setWide(counts) ?? USUAL;
}

/** Part of the lines set wide apart that are full where headings stand as near as lines of the text. */
const SOME_FULL = 0.4;

function setWide(counts: ReadonlyMap<number, { all: number; full: number }>): number | undefined {
	return mostFull([...counts].filter(([, { all, full }]) => full >= PROOF && full >= SOME_FULL * all));
}
/** The distance behind most full lines, where there are some: paragraphs of one line may outnumber lines of long ones. */
function mostFull(counts: ReadonlyArray<readonly [number, { all: number; full: number }]>): number | undefined {
	const proven = counts.filter(([, { full }]) => full >= PROOF);
	return mostFrequent(proven.map(([distance, { full }]) => [distance, { all: full }])) ?? mostFrequent(counts);
}

function mostFrequent(counts: ReadonlyArray<readonly [number, { all: number }]>): number | undefined {
	let [best, most]: [number | undefined, number] = [undefined, 0];
	for (const [distance, { all }] of counts)
		if (all > most || (all === most && distance < (best ?? Infinity))) [best, most] = [distance, all];
	return best;
}

/** Part of the ends of paragraphs that have space behind them where paragraphs stand apart. */
const APART = 0.6;

/** Whether paragraphs stand further apart than lines, judged where a line ends a paragraph by its looks. */
export function standApart(lines: readonly PdfLine[], leading: number, right: number): boolean {
	let [ends, spaced] = [0, 0];
	for (let at = 1; at < lines.length; at++) {
		const [above, line] = [lines[at - 1], lines[at]];
		if (!above || !line || line.y <= above.y || Math.abs(above.size - line.size) > 0.3) continue;
		if (brokeFull(above, line, right) || !endsSentence(lineText(above.pieces))) continue;
		if (openingOf(line)?.kind === 'bullet') continue;
		ends++;
		if (line.y - above.y > leading * line.size * 1.22 + 0.5) spaced++;
	}
	return ends > 2 && spaced >= APART * ends;
}

/** Headings in the text's own size have this much more space around them than paragraphs, in parts of the type size. */
const MORE_SPACE = 0.15;

/** Distance of paragraphs that stand apart, in parts of the type size. */
export function paragraphGap(lines: readonly PdfLine[], leading: number): number {
	const counts = new Map<number, { all: number }>();
	for (let at = 1; at < lines.length; at++) {
		const [above, line] = [lines[at - 1], lines[at]];
		if (!above || !line || Math.abs(above.size - line.size) > 0.3) continue;
		const distance = Math.round(((line.y - above.y) / line.size) * 20) / 20;
		if (distance <= leading * 1.22 || distance > 6) continue;
		const count = counts.get(distance) ?? { all: 0 };
		count.all++;
		counts.set(distance, count);
	}
	return mostFrequent([...counts]) ?? Infinity;
}

/** A bold line by itself with more space below than paragraphs have: a heading that is no larger than the text. */
export function isSpacedHeading(line: PdfLine, next: PdfLine | undefined, gap: number, body: number): boolean {
	if (!isBold(line) || !next || isBold(next)) return false;
	return next.y - line.y > (gap + MORE_SPACE) * body && next.y - line.y < (gap + 2) * body;
}
