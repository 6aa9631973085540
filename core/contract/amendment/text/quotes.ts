/** Quotation marks in plain text, where opening and closing look alike: the neighbours tell which is which. */

const OPENERS = new Set([' ', '\n', '(', '[', '{', '-', '/', '\u2014', '']);

export function opensQuote(text: string, at: number): boolean {
	const before = at === 0 ? '' : text.charAt(at - 1);
	const after = text.charAt(at + 1);
	if (after === '' || after === ' ' || after === '\n') return false;
	if (OPENERS.has(before)) return true;
	// `""Batch" means`: the outer quote opens right before the inner one.
	return before === '"' && at > 0 && opensOuter(text, at - 1) && /[\p{L}\p{N}$([]/u.test(after);
}

function opensOuter(text: string, at: number): boolean {
	return OPENERS.has(at === 0 ? '' : text.charAt(at - 1));
}

/** What ends the quoted text: another word of the sentence, the end of the paragraph, or nothing that could be found. */
export interface QuoteEnd {
	/** Offset of the closing mark, or where the text was cut. */
	inner: number;
	/** Offset behind it. */
	end: number;
	closed: boolean;
}

/** End of the line that `at` stands in, no further than `limit`. */
export function lineBreak(text: string, at: number, limit: number): number {
	const feed = text.slice(at, limit).indexOf('\n');
	return feed < 0 ? Math.min(limit, text.length) : at + feed;
}

const FAR = 200_000;

/** Closing mark of words quoted within a sentence (`"Paul Zuzelo" is deleted`): the first at the same depth. */
export function closeInline(text: string, open: number, limit: number): QuoteEnd | undefined {
	let depth = 1;
	for (let at = open + 1; at < Math.min(limit, open + FAR); at++) {
		if (text.charAt(at) !== '"') continue;
		depth += opensQuote(text, at) ? 1 : -1;
		if (depth === 0) return { inner: at, end: at + 1, closed: true };
	}
	return undefined;
}

/**
 * Closing mark of a quoted passage that may run over paragraphs and hold quoted terms. Paragraphs may each open with
 * a mark of their own; a term quoted at the start of a paragraph looks the same, so a mark only ends the passage
 * where a sentence or a paragraph ends.
 */
export function closePassage(text: string, open: number, limit: number): QuoteEnd & { hopeless?: true } {
	let depth = 1;
	let lastEnd = -1;
	let marks = 0;
	for (
		let at = text.indexOf('"', open + 1);
		at >= 0 && at < limit && marks < MOST_MARKS;
		at = text.indexOf('"', at + 1)
	) {
		marks++;
		if (opensQuote(text, at)) {
			if (!/\n ?$/.test(text.slice(Math.max(0, at - 2), at))) depth++;
			continue;
		}
		const ends = endsPassage(text, at, limit);
		if (ends) lastEnd = at;
		depth--;
		if (depth <= 0) {
			if (ends) return { inner: at, end: at + 1, closed: true };
			depth = 1;
		}
	}
	if (lastEnd > 0 && atParagraphEnd(text, lastEnd, limit)) return { inner: lastEnd, end: lastEnd + 1, closed: true };
	return {
		inner: limit,
		end: limit,
		closed: false,
		...(lastEnd < 0 && marks < MOST_MARKS ? { hopeless: true as const } : {}),
	};
}

/** Marks looked at for one closing mark. */
const MOST_MARKS = 2_000;

/** Looks for the ends of quoted passages one after the other; where none ends behind a place, it is not looked for again. */
export class PassageScan {
	#from = Infinity;
	#to = -1;

	close(text: string, open: number, limit: number): QuoteEnd {
		if (open >= this.#from && limit === this.#to) return { inner: limit, end: limit, closed: false };
		const { hopeless, ...end } = closePassage(text, open, limit);
		if (hopeless === true) [this.#from, this.#to] = [open, limit];
		return end;
	}
}

function atParagraphEnd(text: string, at: number, limit: number): boolean {
	const rest = text.slice(at + 1, Math.min(limit, at + 8));
	return /^[.;,]?\s*\n/.test(rest) || (at + 8 >= limit && /^[.;,]?\s*$/.test(rest));
}

/** The amending sentence goes on behind the passage. */
const GOES_ON =
	/^[.;,]? (?:(?:and|or|but|while|whereas|und|et)(?: (?:that|also|further|by|in|the|a|an|der|die|das|in|im|la|le|l'))* (?:[A-Z0-9(\u00a7]|deleting|replacing|adding|inserting|article|section|clause|new|first|second|third|last)|by (?:deleting|replacing|adding|inserting|renumbering))/;

function endsPassage(text: string, at: number, limit: number): boolean {
	if (atParagraphEnd(text, at, limit)) return true;
	const rest = text.slice(at + 1, Math.min(limit, at + 12));
	if (!/[.;:!?)\]]/.test(text.charAt(at - 1))) return false;
	// `…: "Disputed sums are excepted." and Section 4.3 is deleted.`
	return /^[.;,]? (?:[A-Z0-9(]|and [(0-9])/.test(rest) || GOES_ON.test(text.slice(at + 1, Math.min(limit, at + 40)));
}

const LONGEST_QUOTE = 100_000;

/** Quoted passages behind a place, looked at once from front to back. */
export class QuoteScan {
	#end = 0;
	#lost = false;

	constructor(
		private readonly text: string,
		private at: number,
		private readonly limit: number,
	) {}

	/** Whether a quoted passage runs at `offset`; asked with growing offsets. */
	holds(offset: number): boolean {
		for (; this.at < offset && !this.#lost; this.at++) {
			if (this.text.charAt(this.at) !== '"' || !opensQuote(this.text, this.at)) continue;
			if (!/[:\n]\s*$/.test(this.text.slice(Math.max(0, this.at - 3), this.at))) continue;
			const close = closePassage(this.text, this.at, Math.min(this.limit, this.at + LONGEST_QUOTE));
			this.#lost = !close.closed;
			this.#end = close.closed ? close.end : this.#end;
			if (close.closed) this.at = close.end;
		}
		return this.#end > offset;
	}
}
