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
export function closePassage(text: string, open: number, limit: number): QuoteEnd {
	let depth = 1;
	let lastEnd = -1;
	for (let at = open + 1; at < limit; at++) {
		if (text.charAt(at) !== '"') continue;
		if (opensQuote(text, at)) {
			if (text.charAt(at - 1) !== '\n') depth++;
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
	return { inner: limit, end: limit, closed: false };
}

function atParagraphEnd(text: string, at: number, limit: number): boolean {
	const rest = text.slice(at + 1, Math.min(limit, at + 8));
	return /^[.;,]?\s*\n/.test(rest) || (at + 8 >= limit && /^[.;,]?\s*$/.test(rest));
}

function endsPassage(text: string, at: number, limit: number): boolean {
	if (atParagraphEnd(text, at, limit)) return true;
	const rest = text.slice(at + 1, Math.min(limit, at + 12));
	return /[.;:!?)\]]/.test(text.charAt(at - 1)) && /^[.;,]? (?:[A-Z0-9(]|and [(0-9])/.test(rest);
}
