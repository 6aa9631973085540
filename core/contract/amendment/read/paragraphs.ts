import type { Span } from '../../../model';
import { cutPageEdges } from './page-edges';

export interface Paragraph extends Span {
	/** Page header or footer: it comes again and again and says nothing. */
	furniture: boolean;
}

const HEAD = 60;
const OFTEN = 3;

/**
 * Paragraphs of a plain text (between line feeds), page headers and footers told apart. Linear.
 * @param isWide whether the blank at an offset was three or more: what a converter leaves of a line break
 */
export function readParagraphs(text: string, isWide: (offset: number) => boolean = () => false): Paragraph[] {
	const spans = splitLines(text);
	const heads = countBy(spans, (span) =>
		span.end - span.start >= HEAD ? text.slice(span.start, span.start + HEAD) : '',
	);
	const prefixes = new Map<string, number>();
	for (const [head, members] of heads)
		if (head !== '' && members.length >= OFTEN) prefixes.set(head, prefixLength(text, members));
	const pieces = spans.flatMap((span) => cutPrefix(text, span, prefixes));
	const same = countBy(pieces, (piece) => text.slice(piece.start, piece.end).replace(/\d+/g, '0'));
	for (const [key, members] of same)
		if (isFurniture(key, members.length)) for (const piece of members) piece.furniture = true;
	return cutPageEdges(text, pieces, isWide, ORDERS);
}

function splitLines(text: string): Paragraph[] {
	const spans: Paragraph[] = [];
	for (let start = 0; start <= text.length;) {
		const feed = text.indexOf('\n', start);
		const end = feed < 0 ? text.length : feed;
		if (end > start) spans.push({ start, end, furniture: false });
		start = end + 1;
	}
	return spans;
}

function countBy(spans: Paragraph[], keyOf: (span: Paragraph) => string): Map<string, Paragraph[]> {
	const groups = new Map<string, Paragraph[]>();
	for (const span of spans) {
		const key = keyOf(span);
		const group = groups.get(key);
		if (group) group.push(span);
		else groups.set(key, [span]);
	}
	return groups;
}

/** Length of the notice that several paragraphs open with, cut back to the end of a sentence. */
function prefixLength(text: string, members: Paragraph[]): number {
	const first = members[0];
	if (!first) return 0;
	let length = Math.min(first.end - first.start, 2_000);
	for (const { start, end } of members.slice(1)) {
		let same = 0;
		while (same < length && start + same < end && text.charCodeAt(first.start + same) === text.charCodeAt(start + same))
			same++;
		length = same;
	}
	const common = text.slice(first.start, first.start + length);
	if (ORDERS.test(common)) return 0;
	if (members.some(({ start, end }) => end - start === length)) return length;
	const stop = common.lastIndexOf('. ');
	return stop < 0 ? 0 : stop + 1;
}

function cutPrefix(text: string, span: Paragraph, prefixes: Map<string, number>): Paragraph[] {
	const length = prefixes.get(text.slice(span.start, span.start + HEAD)) ?? 0;
	if (length < HEAD) return [span];
	const cut = span.start + length;
	if (cut >= span.end) return [{ ...span, furniture: true }];
	return [
		{ start: span.start, end: cut, furniture: true },
		{ start: text.charAt(cut) === ' ' ? cut + 1 : cut, end: span.end, furniture: false },
	];
}

/** A sentence that orders something is never a header, however often it comes: `Section 4 is hereby deleted.` */
const ORDERS =
	/\b(?:is|are|be|hereby)\s+(?:hereby\s+|also\s+|further\s+)?(?:amended|deleted|replaced|added|inserted|removed|modified|restated|supplemented|substituted|cancell?ed|extended|terminated|stricken|renumbered)\b|^(?:\S{1,6}\s+)?(?:delete|replace|add|insert|strike|remove|amend)\s/i;

function isFurniture(key: string, times: number): boolean {
	if (/^[-\u2014 ]{0,3}0[-\u2014 ]{0,3}$/.test(key)) return true;
	if (key.length > 600 || /^[^a-z]{0,24}\[[^\]]*\]/i.test(key) || (key.match(/\p{L}{2,}/gu)?.length ?? 0) < 2)
		return false;
	if (ORDERS.test(key)) return false;
	if (times >= OFTEN) return true;
	return times >= 2 && /\b(?:confidential treatment|page 0|source:|securities and exchange commission)/i.test(key);
}
