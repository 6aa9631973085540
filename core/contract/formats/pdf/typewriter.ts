import type { PdfLine } from './page';
import { brokeFull, endsSentence } from './pages-join';
import type { Typing } from './typing';
import { inReadingOrder, OPENS } from './words';

/** More blank lines than this in a row say no more. */
const MOST_BLANK_LINES = 3;

/** A typed line with its blanks, as it stands on the page. */
function typedLine(line: PdfLine, { left, blank, columns }: Typing): string {
	let text = '';
	let end = left;
	for (const piece of inReadingOrder(line.pieces)) {
		const column = Math.round((piece.x - left) / blank);
		// Where all characters are as wide, each has its column; else blanks are counted from piece to piece.
		const count =
			columns === undefined || text === ''
				? Math.round((piece.x - end) / blank)
				: Math.min(column, columns) - text.length;
		text += ' '.repeat(Math.max(count, 0)) + piece.text;
		end = piece.x + piece.width;
	}
	return text.trimEnd();
}

/** A table row behind a row, or a marked line behind the end of a clause: however full the line above was. */
function opensAnew(above: string, text: string): boolean {
	if (text.startsWith('|')) return above.endsWith('|');
	return (
		/^(?:[-*+]|#{1,6}|[0-9]{1,3}[.)]|\([a-z0-9]{1,4}\))\s/.test(text) &&
		(endsSentence(above) || /[,;] (?:and|or)$/.test(above))
	);
}

/** A line of the page, and what it is as typed. */
interface Typed {
	line: PdfLine;
	text: string;
	/** Blanks drawn behind it: those at which the page's width broke the line. */
	blanks: number;
}

/** Hardly more blanks than these are typed between two words of a line. */
const MOST_BLANKS = 8;
const BREAKS = /[\p{L}\p{N}][-/]$/u;
/** Tells lines that the page's width broke from those that were typed so. */
class Breaks {
	/** Lines broken by the page end in the blank that they were broken at. */
	readonly #drawn: boolean;

	constructor(
		pages: ReadonlyArray<readonly PdfLine[]>,
		private readonly typing: Typing,
	) {
		let [full, drawn] = [0, 0];
		for (const page of pages)
			page.forEach((line, at) => {
				const above = page[at - 1];
				if (!above || line.x0 > typing.left + typing.blank || !brokeFull(above, line, typing.right)) return;
				full++;
				if (blanksBehind(above) > 0) drawn++;
			});
		this.#drawn = drawn > 0.6 * full;
	}

	/** Whether the next line goes on with one above it, because its first word had no room there. */
	between(above: Typed, next: Typed): boolean {
		const word = /^\S*/.exec(next.text)?.[0] ?? '';
		// Only a line at the left edge can go on with a broken one; an indented one was typed so.
		if (word === '') return false;
		if (this.#drawn && above.blanks === 0 && !BREAKS.test(above.text) && !OPENS.test(above.text)) return false;
		if (!(this.#drawn && above.blanks > 0) && opensAnew(above.text, next.text)) return false;
		return this.#isFull(above, next, word.length + Math.min(Math.max(above.blanks, 1), MOST_BLANKS));
	}

	#isFull(above: Typed, next: Typed, needed: number): boolean {
		const { columns, right, blank } = this.typing;
		if (columns !== undefined) return columns - above.text.length < needed;
		return brokeFull(above.line, next.line, right - Math.max(0, above.blanks - 1) * blank);
	}
}

function blanksBehind(line: PdfLine): number {
	return line.pieces.at(-1)?.blanks ?? 0;
}

function joined(lead: string, { blanks }: Typed, text: string): string {
	if (blanks === 0 && (BREAKS.test(lead) || OPENS.test(lead))) return lead + text;
	return lead + ' '.repeat(Math.min(Math.max(blanks, 1), MOST_BLANKS)) + text;
}

/**
 * The lines of a printed text file, as the file had them: indented, blank lines where space is left, and lines that the
 * page's width broke joined again.
 */
export function typedText(pages: ReadonlyArray<readonly PdfLine[]>, typing: Typing): string {
	const out: string[] = [];
	const breaks = new Breaks(pages, typing);
	let last: Typed | undefined;
	for (const lines of pages) {
		let above: PdfLine | undefined;
		for (const line of lines) {
			const typed: Typed = { line, text: typedLine(line, typing), blanks: blanksBehind(line) };
			const apart = above !== undefined && line.y - above.y > typing.leading * 1.3;
			const lead = out.at(-1);
			if (last && lead !== undefined && !apart && breaks.between(last, typed))
				out[out.length - 1] = joined(lead, last, typed.text);
			else out.push(...blankLines(above, last, typed, typing), typed.text);
			[last, above] = [typed, line];
		}
	}
	return `${out.join('\n')}\n`;
}

/** The blank lines before a line, `above` being the one on the same page. */
function blankLines(above: PdfLine | undefined, last: Typed | undefined, next: Typed, { leading }: Typing): string[] {
	if (above) {
		const distance = next.line.y - above.y;
		if (distance <= leading * 1.3) return [];
		const count = Math.max(1, Math.round(distance / leading) - 1);
		return Array<string>(Math.min(count, MOST_BLANK_LINES)).fill('');
	}
	return last && endsSentence(last.text) && !next.text.startsWith('|') ? [''] : [];
}
