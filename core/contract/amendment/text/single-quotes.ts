import { closeInline, closePassage, lineBreak, opensQuote } from './quotes';

const LONGEST_WORDS = 2_000;
const LONGEST_PASSAGE = 20_000;
/** Marks looked at for one closing mark: keeps hostile texts linear. */
const MOST_MARKS = 200;
const BEFORE = /(?:^|[\s([:])$/;
/** What stands before quoted words in amending language; an apostrophe that drops letters (`'tis`) has none of it before it. */
const INTRODUCES =
	/(?:^|[:(\n,]|\b(?:with|by|words?|phrases?|terms?|text|references? to|references?|figures?|number|name|amount|following|delet(?:e|ed|ing)|replac(?:e|ed|ing)|insert(?:ed|ing)?|add(?:ed|ing)?|strik(?:e|ing)|substitut(?:e|ed|ing)|remov(?:e|ed|ing)|reads?|from|to|of|for|and|or|after|before|following|between|titled|entitled|headed|the|row|column|entry|is|in|as),?)\s*$/i;
const BEHIND =
	/^(?:$|\n|[.,;:)\]?!]|\s(?:with|by|and|or|in|from|to|of|is|are|shall|should|will|be|after|before|wherever|where|means?|as|for|at|which|immediately|appearing|hereby|respectively|has|on|under|column|row|section|schedule|exhibit|clause)\b)/i;

/**
 * Plain text in which words between single quotation marks stand between double ones, as the grammar reads them. Same
 * length, so that every character stays where it is. Marks inside double quotation marks and apostrophes stay.
 * @param isOpening whether the mark at an offset was written as an opening one (\u2018)
 */
export function withDoubleQuotes(text: string, isOpening: (offset: number) => boolean): string {
	const swapped: number[] = [];
	// Where a long quotation was not closed, others within reach are not looked for again.
	let openUntil = 0;
	for (let at = 0; at < text.length; at++) {
		const mark = text.charAt(at);
		if (mark === '"' && opensQuote(text, at)) {
			const passage = at >= openUntil && isPassage(text, at) ? behindPassage(text, at) : undefined;
			if (passage === undefined && isPassage(text, at)) openUntil = Math.max(openUntil, at + LONGEST_PASSAGE);
			at = passage ?? behindWords(text, at);
		} else if (mark === "'" && opens(text, at, isOpening)) {
			const close = closing(text, at);
			if (close === undefined) continue;
			swapped.push(at, close);
			at = close;
		}
	}
	if (swapped.length === 0) return text;
	const parts: string[] = [];
	let from = 0;
	for (const at of swapped) {
		parts.push(text.slice(from, at), '"');
		from = at + 1;
	}
	return parts.join('') + text.slice(from);
}

function isPassage(text: string, at: number): boolean {
	return /[:\n]\s*$/.test(text.slice(Math.max(0, at - 3), at));
}

/** Offset of the mark that closes a double quotation of any length. */
function behindPassage(text: string, at: number): number | undefined {
	const passage = closePassage(text, at, Math.min(text.length, at + LONGEST_PASSAGE));
	return passage.closed ? passage.inner : undefined;
}

/** Offset of the mark that closes quoted words, or of their opening mark where none does. */
function behindWords(text: string, at: number): number {
	return closeInline(text, at, lineBreak(text, at, at + LONGEST_WORDS))?.inner ?? at;
}

function opens(text: string, at: number, isOpening: (offset: number) => boolean): boolean {
	if (!BEFORE.test(text.charAt(at - 1)) || !/[\p{L}\p{N}"($[\u20ac\u00a3]/u.test(text.charAt(at + 1))) return false;
	return isOpening(at) || INTRODUCES.test(text.slice(Math.max(0, at - 24), at));
}

function closing(text: string, open: number): number | undefined {
	const passage = isPassage(text, open);
	const limit = passage ? open + LONGEST_PASSAGE : lineBreak(text, open, open + LONGEST_WORDS);
	const ends = passage ? /^[.;,]?\s*(?:\n|$)/ : BEHIND;
	let plural: number | undefined;
	let marks = 0;
	for (
		let at = text.indexOf("'", open + 1);
		at >= 0 && at < limit && marks < MOST_MARKS;
		at = text.indexOf("'", at + 1)
	) {
		marks++;
		if (/\s/.test(text.charAt(at - 1))) {
			// Another quotation begins: what looked like a plural's apostrophe was the end.
			if (plural !== undefined) return plural;
			continue;
		}
		if (!ends.test(text.slice(at + 1, at + 16))) continue;
		if (!/s/i.test(text.charAt(at - 1)) || passage || !/^ /.test(text.charAt(at + 1))) return at;
		plural ??= at;
	}
	return plural;
}
