import { glue, type PdfLine, type PlacedText } from './page';

const LETTER = /\p{L}/u;
const LONGEST_ADDRESS = 2_048;
const HYPHENS = '-\u00ad\u2010';

/** Parts that keep their hyphen. */
const PREFIX =
	/^(?:non|self|ex|well|cross|half|quasi|all|high|low|long|short|third|first|end|open|close|one|two|three)$/;
const FEW_LINES = 20;
const RARELY = 0.04;

/** Words of the document as they stand inside lines: the witnesses for joining a word cut at a line's end. */
export class Vocabulary {
	readonly #words = new Set<string>();
	#lines = 0;
	#cut = 0;

	/** Learns from whole lines; a word cut at a line's end, and its rest on the next line, bear no witness. */
	learnLines(texts: readonly string[]): void {
		let cut = false;
		for (const text of texts) {
			const from = cut ? text.indexOf(' ') : 0;
			cut = text !== '' && HYPHENS.includes(text.at(-1) ?? ' ');
			this.#lines++;
			if (cut) this.#cut++;
			const to = cut ? text.lastIndexOf(' ') : text.length;
			if (from >= 0 && to > from) this.#learn(text.slice(from, to));
		}
	}

	#learn(text: string): void {
		for (const [word] of text.matchAll(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+){0,6}/gu)) this.#words.add(word.toLowerCase());
	}

	/**
	 * How a word that ends a line with a hyphen goes on: joined where the joined word stands elsewhere, kept with its
	 * hyphen where that form does; else joined only if it goes on in lower case and neither half is a word of its own.
	 */
	joins(left: string, right: string): boolean {
		const [a, b] = [left.toLowerCase(), right.toLowerCase()];
		if (this.#words.has(a + b)) return true;
		if (this.#words.has(`${a}-${b}`)) return false;
		if (!/^\p{Ll}/u.test(right) || /-/.test(left) || PREFIX.test(a)) return false;
		// Where words are hardly ever cut, a hyphen at a line's end is the author's.
		if (this.#lines > FEW_LINES && this.#cut < RARELY * this.#lines) return false;
		return !(this.#words.has(a) && this.#words.has(b));
	}
}

function lastWord(text: string): string {
	return /[\p{L}\p{N}]{1,40}(?:-[\p{L}\p{N}]{1,40}){0,3}$/u.exec(text)?.[0] ?? '';
}

/** Text of one style within a block. */
export interface StyledText {
	text: string;
	bold: boolean;
}

/** The pieces of a line, blanks between words filled in; right-to-left lines are read from the right. */
export function lineRuns(line: PdfLine): StyledText[] {
	const runs: StyledText[] = [];
	let last: PlacedText | undefined;
	for (const piece of inReadingOrder(line.pieces)) {
		const between = last ? (last.x <= piece.x ? glue(last, piece) : glue(piece, last)) : '';
		runs.push({ text: between + piece.text, bold: piece.bold });
		last = piece;
	}
	return runs;
}

const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/g;

export function inReadingOrder(pieces: readonly PlacedText[]): readonly PlacedText[] {
	let [rtl, all] = [0, 0];
	for (const { text } of pieces) {
		rtl += text.match(RTL)?.length ?? 0;
		all += text.match(/\p{L}/gu)?.length ?? 0;
	}
	return rtl * 2 > all ? pieces.toReversed() : pieces;
}

/** All lines of a block as one text, words that were cut at line ends joined. */
export function joinLines(lines: readonly PdfLine[], vocabulary: Vocabulary): StyledText[] {
	const out: StyledText[] = [];
	/** The word at the end so far, over all lines that it was broken into. */
	let word = '';
	for (const line of lines) {
		const runs = lineRuns(line);
		const last = out.at(-1);
		const first = runs[0];
		if (last && first && !breaksAddress(word)) joinEnds(last, first, vocabulary);
		if (last?.text.endsWith(' ')) word = '';
		for (const { text } of runs) {
			const blank = text.lastIndexOf(' ');
			word = (blank < 0 ? word + text : text.slice(blank + 1)).slice(0, LONGEST_ADDRESS);
		}
		out.push(...runs);
	}
	return out;
}

function joinEnds(last: StyledText, first: StyledText, vocabulary: Vocabulary): void {
	last.text = last.text.trimEnd();
	const hyphen = last.text.at(-1) ?? '';
	const stem = HYPHENS.includes(hyphen) && hyphen !== '' ? last.text.slice(0, -1) : undefined;
	if (stem === undefined || !LETTER.test(stem.at(-1) ?? '') || !LETTER.test(first.text.charAt(0))) {
		last.text += breaksWord(last.text, first.text) || OPENS.test(last.text) ? '' : ' ';
		return;
	}
	const next = /^[\p{L}\p{N}]{1,40}/u.exec(first.text)?.[0] ?? '';
	if (hyphen === '\u00ad' || vocabulary.joins(lastWord(stem), next)) last.text = stem;
}

/** A quote or bracket that opens stands right before what it opens. */
export const OPENS = /(?:^|\s)["'(\[\u201c\u201e\u2018\u00ab]$/;

/** `and/` + `or`, `2024-` + `25`: broken behind a mark that belongs into the word. */
function breaksWord(left: string, right: string): boolean {
	return /[\p{L}\p{N}][/-]$/u.test(left) && /^[\p{L}\p{N}]/u.test(right);
}

/** An address broken at one of its marks goes on without a blank. */
function breaksAddress(word: string): boolean {
	return /[/.?&=_%#-]$/.test(word) && /^[^\s]{0,80}?(?:https?:\/\/|www\.)/i.test(word);
}
