import type { DocumentFormat, Span } from '../../../model';
import type { Fact } from '../types';

/** One change of the base's source. An insertion has an empty span. */
export interface Edit extends Span {
	text: string;
	/** Insertions at one place stand in this order: words of the clause before new clauses, new clauses by their numbers. */
	rank?: number[];
	/** Whose it is. */
	instructionId: string;
}

/** What carrying out an instruction gives: its edits, or why there are none. */
export type Outcome =
	| {
			status: 'applied';
			edits: Array<Omit<Edit, 'instructionId'>>;
			look?: string;
			/** How it was understood, where nothing has to be looked at. */
			note?: string;
			fact?: Fact;
	  }
	| { status: 'conflict' | 'not_found' | 'ambiguous'; reason: string };

/** An instruction that is not carried out, and why. */
export function fail(status: Exclude<Outcome['status'], 'applied'>, reason: string): Outcome {
	return { status, reason };
}

/** Widens a span that cuts through a pair of emphasis marks, so that no mark is left alone. */
export function withMarkup(source: string, span: Span, format: DocumentFormat): Span {
	if (format !== 'markdown') return span;
	let { start, end } = withTags(source, span);
	for (const mark of ['**', '__', '*', '_'] as const) {
		const count = source.slice(start, end).split(mark).length - 1;
		if (count % 2 === 0) continue;
		if (source.slice(start - mark.length, start) === mark) start -= mark.length;
		else if (source.slice(end, end + mark.length) === mark) end += mark.length;
		break;
	}
	return { start, end };
}

const OPENING = /<[a-z]{1,8}\b[^<>]{0,200}>$/i;
const CLOSING = /^<\/[a-z]{1,8}>/i;

/** Takes in the tag right beside the span whose other half lies inside. */
function withTags(source: string, span: Span): Span {
	let { start, end } = span;
	for (let i = 0; i < 4; i++) {
		const inside = source.slice(start, end);
		const surplus =
			(inside.match(/<[a-z][^<>]{0,200}>/gi)?.length ?? 0) - (inside.match(/<\/[a-z]{1,8}>/gi)?.length ?? 0);
		const before = surplus < 0 ? OPENING.exec(source.slice(Math.max(0, start - 220), start)) : null;
		const after = surplus > 0 ? CLOSING.exec(source.slice(end, end + 12)) : null;
		if (before) start -= before[0].length;
		else if (after) end += after[0].length;
		else break;
	}
	return { start, end };
}

/** A deletion takes one of the blanks around it along. */
export function withBlank(source: string, span: Span): Span {
	const before = source.charAt(span.start - 1);
	const after = source.charAt(span.end);
	if (after === ' ' && (before === ' ' || before === '\n' || before === ''))
		return { start: span.start, end: blanksFrom(source, span.end) };
	if (before === ' ' && (after === '' || after === '\n' || /[.,;:)\]]/.test(after)))
		return { start: blanksTo(source, span.start), end: span.end };
	return span;
}

function blanksFrom(source: string, at: number): number {
	let end = at;
	while (source.charAt(end) === ' ') end++;
	return end;
}

function blanksTo(source: string, at: number): number {
	let start = at;
	while (source.charAt(start - 1) === ' ') start--;
	return start;
}

/** A removed clause takes the blank lines behind it along. */
export function withBlankLines(source: string, span: Span): Span {
	let { start, end } = span;
	while (end < source.length && /\s/.test(source.charAt(end))) end++;
	if (end < source.length) {
		while (source.charAt(end - 1) === ' ' || source.charAt(end - 1) === '\t') end--;
		return { start, end };
	}
	while (start > 0 && /\s/.test(source.charAt(start - 1))) start--;
	return { start, end };
}

/** A removed row takes the line break before it along, so that a row can be added behind it. */
export function withBreakBefore(source: string, span: Span): Span {
	let { start, end } = span;
	while (end > start && /\s/.test(source.charAt(end - 1))) end--;
	while (source.charAt(start - 1) === ' ' || source.charAt(start - 1) === '\t') start--;
	if (source.charAt(start - 1) === '\n') start--;
	if (source.charAt(start - 1) === '\r') start--;
	return { start, end };
}
