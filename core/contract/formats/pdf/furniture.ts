import { lineText, type PdfLine, type PdfPage } from './page';

/** Lines from the top and the bottom of a page that may be running heads or feet. */
const ZONE_LINES = 4;
/** Parts of the page's height in which they may stand. */
const ZONE = 0.16;
const SAME_PLACE = 2;
/** Part of the occurrences near the rim that stand at one place if it is a head or foot. */
const AT_ONE_PLACE = 0.6;
const PAGE_NUMBER =
	/^(?:\W{0,3}(?:page|seite|p\.|pg\.?)?\s?(?:[0-9]{1,4}|[ivxl]{1,6})(?:\s?(?:of|von|sur|de|\/)\s?[0-9]{1,4})?\W{0,3})$/i;
/** What browsers print above and below a page: date and title, address and page number. */
const BROWSER_FOOT = /^(?:(?:https?|file|data|about):\S{0,2000}|about:blank)\s+[0-9]{1,4}\/[0-9]{1,4}$/;
const BROWSER_HEAD = /^[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4},? [0-9]{1,2}:[0-9]{2}(?:\s?[AP]M)?(?:\s|$)/i;

interface Candidate {
	page: number;
	line: PdfLine;
	text: string;
	/** Place from the top for heads, from the bottom for feet. */
	place: number;
	key: string;
}

/** Digits count for nothing: page numbers and dates differ from page to page. */
function pattern(text: string): string {
	return text
		.replace(/[0-9]+/g, '#')
		.replace(/\s+/g, ' ')
		.trim()
		.toLowerCase()
		.slice(0, 200);
}

function candidates(page: PdfPage, lines: readonly PdfLine[], number: number): Candidate[] {
	const found: Candidate[] = [];
	const consider = (line: PdfLine, side: 'head' | 'foot'): void => {
		const place = side === 'head' ? line.y : page.height - line.y;
		if (place > page.height * ZONE) return;
		const text = lineText(line.pieces);
		found.push({ page: number, line, text, place, key: `${side} ${pattern(text)}` });
	};
	for (const line of lines.slice(0, ZONE_LINES)) consider(line, 'head');
	for (const line of lines.slice(-ZONE_LINES)) consider(line, 'foot');
	return found;
}

/** The most occurrences of one text at one place, of different pages. */
function atOnePlace(group: Candidate[]): Candidate[] {
	const sorted = group.toSorted((a, b) => a.place - b.place);
	let best: Candidate[] = [];
	let from = 0;
	sorted.forEach((one, to) => {
		while (one.place - (sorted[from]?.place ?? 0) > SAME_PLACE) from++;
		if (to - from >= best.length) best = sorted.slice(from, to + 1);
	});
	return best;
}

/** An odd and an even head may alternate, and the first page often has none: a third of the pages is enough. */
function isRepeated(group: Candidate[], pages: number): boolean {
	const onPages = new Set(group.map((one) => one.page)).size;
	return onPages >= 2 && onPages >= Math.floor(pages / 3);
}

/**
 * Lines of running heads and feet: what repeats at one place of the pages but for its digits, page numbers at the
 * rim, and what browsers print around a page.
 */
export function findFurniture(pages: readonly PdfPage[], lines: ReadonlyArray<readonly PdfLine[]>): Set<PdfLine> {
	const furniture = new Set<PdfLine>();
	const repeated = new Set<PdfLine>();
	const groups = new Map<string, Candidate[]>();
	pages.forEach((page, number) => {
		const own = lines[number] ?? [];
		const last = own.at(-1);
		for (const candidate of candidates(page, own, number)) {
			groups.set(candidate.key, [...(groups.get(candidate.key) ?? []), candidate]);
			const outermost = candidate.line === own[0] || candidate.line === last;
			if (outermost && own.length > 1 && isAlone(candidate, own) && PAGE_NUMBER.test(candidate.text))
				furniture.add(candidate.line);
			if (
				outermost &&
				(BROWSER_FOOT.test(candidate.text) || (candidate.line === own[0] && BROWSER_HEAD.test(candidate.text)))
			)
				furniture.add(candidate.line);
		}
	});
	for (const group of groups.values()) {
		const placed = atOnePlace(group);
		// Letters must repeat; a row of digits alone ("#") is a page number and was judged above.
		// What flows with the text comes to stand in many places.
		if (placed.length >= AT_ONE_PLACE * group.length && isRepeated(placed, pages.length))
			for (const one of placed) repeated.add(one.line);
	}
	for (const own of lines) addRims(own, repeated, furniture);
	return furniture;
}

/** What repeats is a head or foot only with nothing but such between it and the rim of the page. */
function addRims(lines: readonly PdfLine[], repeated: ReadonlySet<PdfLine>, furniture: Set<PdfLine>): void {
	for (const rim of [lines, lines.toReversed()]) {
		for (const line of rim) {
			if (!repeated.has(line) && !furniture.has(line)) break;
			furniture.add(line);
		}
	}
}

/** A page number stands apart from the text: further away than a line of the text. */
function isAlone(candidate: Candidate, lines: readonly PdfLine[]): boolean {
	const at = lines.indexOf(candidate.line);
	const neighbour = at === 0 ? lines[1] : lines[at - 1];
	return neighbour !== undefined && Math.abs(neighbour.y - candidate.line.y) > 1.6 * candidate.line.size;
}
