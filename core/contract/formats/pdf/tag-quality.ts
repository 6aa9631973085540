import type { PdfBlock } from './block';
import type { PdfPage, PlacedText } from './page';
import { marksOf } from './structure';

/** Texts that the structure tree of a page reaches. */
function covered(page: PdfPage): Set<string> {
	return new Set(page.structure ? marksOf(page.structure.children) : []);
}

function inkOf(text: PlacedText): number {
	return text.text.replace(/\s/g, '').length;
}

/** Parts of the page's height at its rims. */
const RIM = 0.16;

/** Text that the structure leaves out above and below all that it reaches: running heads and feet that nobody declared. */
function isRim(text: PlacedText, { height }: PdfPage, top: number, bottom: number): boolean {
	return (text.y < top && text.y < height * RIM) || (text.y > bottom && text.y > height * (1 - RIM));
}

/** Whether the file's own structure reaches (nearly) all text that is no page furniture. */
export function isWellTagged(pages: readonly PdfPage[], skipped: ReadonlySet<PlacedText>): boolean {
	let [all, reached] = [0, 0];
	for (const page of pages) {
		const marks = covered(page);
		const own = page.texts.filter((text) => !skipped.has(text) && !text.artifact);
		const tagged = new Set(own.filter(({ mark }) => mark !== undefined && marks.has(mark)));
		let [top, bottom] = [0, Infinity];
		if (tagged.size > 0) [top, bottom] = [Infinity, 0];
		for (const { y } of tagged) [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
		for (const text of own) {
			if (tagged.has(text)) reached += inkOf(text);
			if (tagged.has(text) || !isRim(text, page, top, bottom)) all += inkOf(text);
		}
	}
	return all > 0 && reached >= all * 0.99;
}

/** Lines this much further apart than the nearest ones have a blank line between. */
const BLANK_LINE = 1.5;
/** Part of the lines that stand nearest; a few may stand nearer by chance. */
const NEAREST = 0.1;
/** Lines set wider apart than this, in parts of the type size, are paragraphs. */
const WIDEST = 1.7;

/** Whether the tags take several paragraphs for one: files exist that are tagged as one paragraph, or hold a text file. */
export function holdsBlankLines(pages: readonly PdfBlock[][]): boolean {
	const distances = pages
		.flat()
		.flatMap(({ lines }) =>
			lines.flatMap((line, at) => {
				const above = lines[at - 1];
				return above && line.y > above.y ? [(line.y - above.y) / line.size] : [];
			}),
		)
		.sort((a, b) => a - b);
	const lines = pages.flat().reduce((sum, block) => sum + block.lines.length, 0);
	const nearest = Math.min(WIDEST, Math.max(1.1, distances[Math.floor(distances.length * NEAREST)] ?? 0));
	const blank = distances.filter((distance) => distance > BLANK_LINE * nearest).length;
	return blank > 2 && blank > lines * 0.03;
}

/** Lines of a block that is more than a line by itself. */
const SINGLE = 0.9;

/** Whether the tags know paragraphs: a text file is tagged as one block, page by page, or each of its lines is one. */
export function holdsParagraphs(pages: readonly PdfBlock[][]): boolean {
	if (pages.every((page) => page.length <= 1) || holdsBlankLines(pages)) return false;
	const blocks = pages.flat();
	const single = blocks.filter(({ kind, lines }) => kind === 'paragraph' && lines.length === 1).length;
	return single < SINGLE * blocks.length;
}
