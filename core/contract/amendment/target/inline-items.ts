import type { Span } from '../../../model';
import type { ClauseNode } from '../../tree';
import { flat } from '../text/plain';
import { scanSentences } from '../text/sentences';
import type { Base } from './base';
import { neighbours, sameLabel } from './labels';
import type { Failure, Located } from './located';

interface Mark {
	label: string;
	start: number;
	/** Behind the label and the blank. */
	body: number;
}

const MARK = /(?<=^|[\s;,:])\(([a-z]{1,4}|[A-Z]|\d{1,2})\)(?=\s)/g;

/**
 * Items inside a sentence: `Provider may: (a) procure rights, (b) replace the part, or (c) end the Order.` An item runs
 * up to the next of its list; the last one up to the end of the sentence. References such as `Section 4 (b)` are no items.
 */
export function findInline(
	base: Base,
	span: Span,
	parts: readonly string[],
	node?: ClauseNode,
): Located | Failure | undefined {
	const plain = base.plain(span);
	const text = flat(plain.text);
	let range: Span = { start: 0, end: text.length };
	for (const part of parts) {
		const found = itemIn(text, range, part);
		if (found === undefined) return undefined;
		if ('status' in found) return found;
		range = found;
	}
	const last = endsList(text, range);
	const holder = node ?? base.nodes.find((one) => one.span.start <= span.start && one.span.end >= span.start);
	if (last && holder && base.extent(holder).end > span.end)
		return {
			status: 'ambiguous',
			reason: `The clause goes on behind its item (${parts.at(-1) ?? ''}); where the item ends is not certain.`,
		};
	return {
		span: { start: plain.sourceAt(range.start), end: plain.sourceEnd(range.end) },
		what: 'item',
		label: `(${parts.at(-1) ?? ''})`,
		...(holder ? { node: holder } : {}),
	};
}

function marksIn(text: string, range: Span): Mark[] {
	const marks: Mark[] = [];
	for (const match of text.slice(range.start, range.end).matchAll(MARK)) {
		const start = range.start + match.index;
		if (
			/\b(?:section|sections|clause|clauses|paragraph|paragraphs|item|items|subsection|neither|either|and\/or|exhibit|schedule|part|\d[\d.]*)\s$/i.test(
				text.slice(Math.max(0, start - 16), start),
			)
		)
			continue;
		marks.push({ label: match[1] ?? '', start, body: start + match[0].length });
	}
	return marks;
}

/** Whether no other item follows: then only the sentence tells where the item ends. */
function endsList(text: string, range: Span): boolean {
	return marksIn(text, { start: range.end, end: text.length }).length === 0;
}

/** The list with this item: its labels in order from the first. */
function itemIn(text: string, range: Span, part: string): Span | Failure | undefined {
	const marks = marksIn(text, range);
	const lists = marks.filter((mark) => /^(?:a|i|1|A)$/.test(mark.label)).map((first) => listFrom(marks, first));
	const hits = lists.filter((list) => list.some((mark) => sameLabel(mark.label, part)));
	const [list] = hits;
	if (!list) return undefined;
	if (hits.length > 1)
		return { status: 'ambiguous', reason: `The clause has ${hits.length} lists with an item (${part}).` };
	const at = list.findIndex((mark) => sameLabel(mark.label, part));
	const [mark, next] = [list[at], list[at + 1]];
	if (!mark) return undefined;
	if (next) return { start: mark.start, end: backOver(text, next.start) };
	const { spans } = scanSentences(text, mark.start, range.end);
	return { start: mark.start, end: spans[0]?.end ?? range.end };
}

function listFrom(marks: readonly Mark[], first: Mark): Mark[] {
	const list = [first];
	for (const mark of marks) {
		const last = list.at(-1);
		if (last && mark.start > last.start && neighbours(last.label, 1).some((label) => sameLabel(mark.label, label)))
			list.push(mark);
	}
	return list;
}

/** The blank before the next label belongs to neither item. */
function backOver(text: string, at: number): number {
	let end = at;
	while (end > 0 && text.charAt(end - 1) === ' ') end--;
	return end;
}
