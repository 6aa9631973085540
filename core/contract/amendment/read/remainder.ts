import type { ContractDocument, Span } from '../../../model';
import { scanSentences } from '../text/sentences';
import { firstEndingBehind, joined, overlapsAny } from '../text/spans';
import type { Amendment, Instruction, Passage } from '../types';
import type { Paragraph } from './paragraphs';
import type { Unit } from './units';

/** An amendment's file as it is read. */
export interface Source {
	document: ContractDocument;
	/** Plain text; offsets of spans and paragraphs are its. */
	text: string;
	paragraphs: Paragraph[];
	/** Turns a stretch of the plain text into a passage of the file. */
	passage: (span: Span) => Passage;
	/** Where a stretch of the plain text stands in the file. */
	place: (span: Span) => Span;
}

const BOILERPLATE =
	/\b(?:full force and effect|counterparts?|governed by|capitali[sz]ed terms|remain(?:s)? unchanged|ratified|entire agreement|continue without modification|shall prevail|amend and supersede|conflict)\b/i;

/** Sections of the amendment that instruct nothing and are more than closing formulas. */
export function otherSections(
	source: Source,
	sections: ReadonlyArray<{ unit: Unit; instructions: readonly Instruction[] }>,
): Amendment['otherSections'] {
	const numbered = sections.some(({ unit }) => unit.number !== undefined);
	return sections.flatMap(({ unit, instructions }) => {
		if (unit.number === undefined && numbered) return [];
		const parts = instructions.length > 0 ? leftIn(source, unit, instructions) : [{ start: unit.start, end: unit.end }];
		return parts.flatMap((part) => {
			const words = source.text.slice(part.start, part.end).trim();
			if (words.length < 20 || (words.length < 900 && BOILERPLATE.test(words))) return [];
			return [{ ...(unit.number !== undefined ? { number: unit.number } : {}), text: words, span: source.place(part) }];
		});
	});
}

const LEAST = 80;

/** Whole paragraphs of a section that none of its instructions holds: what the amendment says besides. */
function leftIn(source: Source, unit: Unit, instructions: readonly Instruction[]): Span[] {
	const taken = joined(instructions.map(({ span }) => span));
	const first = firstEndingBehind(source.paragraphs, unit.body);
	const left: Span[] = [];
	for (const { start, end, furniture } of source.paragraphs.slice(first)) {
		if (start >= unit.end) break;
		const part = { start: Math.max(start, unit.body), end: Math.min(end, unit.end) };
		if (!furniture && part.end - part.start >= LEAST && !overlapsAny(taken, source.place(part))) left.push(part);
	}
	return left;
}

/** Sentences that are the amendment's own and not new text of the agreement. */
export function ownSentences(source: Source, span: Span, instructions: readonly Instruction[]): Span[] {
	const taken = joined(instructions.filter(({ kind }) => kind !== 'add_rights').map((one) => one.span));
	return scanSentences(source.text, span.start, span.end).spans.filter((one) => !overlapsAny(taken, source.place(one)));
}

const WORDS_ONLY = 80;

/** The amendment's source with blanks for the agreement's new text: dates in there are not the amendment's. Quoted words stay. */
export function framingOf(text: string, span: Span, instructions: readonly Instruction[]): string {
	const passages = instructions.flatMap((one) => (one.kind !== 'add_rights' && one.new ? [one.new.span] : []));
	const parts: string[] = [];
	let at = span.start;
	for (const { start, end } of joined(passages.filter((one) => one.end - one.start > WORDS_ONLY))) {
		if (start < at || end > span.end) continue;
		parts.push(text.slice(at, start), text.slice(start, end).replace(/[^\r\n]/g, ' '));
		at = end;
	}
	parts.push(text.slice(at, span.end));
	return parts.join('');
}
