import { opensQuote } from './quotes';

const isBlank = (character: string): boolean => character === ' ' || character === '\n' || character === '';

/**
 * Quotation marks with blanks on both sides: `replace " five " with " six "`. Marks and blanks change places, so that they
 * read as others do. The first of a paragraph opens, unless nothing closes it; one at a paragraph's start opens, one at
 * its end closes. Same length: only the marks and the blanks beside them move.
 * @param written the character of the source at an offset of the plain text
 */
export function withTightMarks(text: string, written: (offset: number) => string): string {
	if (!/(?:^|[ \n])"(?:[ \n.,;:)]|$)/.test(text)) return text;
	const parts: string[] = [];
	let from = 0;
	for (const { at, opens } of looseMarks(text, written)) {
		if (opens) {
			if (at < from) continue;
			parts.push(text.slice(from, at), ' "');
			from = at + 2;
		} else if (at > from) {
			parts.push(text.slice(from, at - 1), '" ');
			from = at + 1;
		}
	}
	return parts.join('') + text.slice(from);
}

interface Loose {
	at: number;
	opens: boolean;
}

function looseMarks(text: string, written: (offset: number) => string): Loose[] {
	const found: Loose[] = [];
	let open: Loose | undefined;
	let depth = 0;
	for (let at = text.indexOf('"'), seen = 0, line = 0; at >= 0; seen = at, at = text.indexOf('"', at + 1)) {
		const feed = text.slice(seen, at).lastIndexOf('\n');
		if (feed >= 0) [line, depth, open] = [seen + feed + 1, 0, undefined];
		const [before, after] = [text.charAt(at - 1), text.charAt(at + 1)];
		// `the words ", save to a company"`: a mark before a comma opens, where nothing is open.
		const ends = /[.,;:)]/.test(after) && (open !== undefined || depth > 0);
		if (!isBlank(before) || !(isBlank(after) || ends)) {
			const opening = opensQuote(text, at);
			if (!opening && open) found.push(open);
			if (!opening) open = undefined;
			depth = Math.max(0, depth + (opening ? 1 : -1));
			continue;
		}
		const first = at === line;
		const last = after === '\n' || after === '' || ends;
		if (first && last) continue;
		if (first) found.push({ at, opens: true });
		else if (last || depth > 0 || open || written(at) === '\u201d') {
			if (open) found.push(open);
			open = undefined;
			found.push({ at, opens: false });
			depth = Math.max(0, depth - 1);
			continue;
		} else open = { at, opens: true };
		depth += first ? 1 : 0;
	}
	return found.sort((a, b) => a.at - b.at);
}
