import type { Span } from '../../../model';
import { scanSentences } from '../text/sentences';
import { joined, overlapsAny } from '../text/spans';
import type { Amendment, Instruction, Passage } from '../types';
import type { Paragraph } from './paragraphs';
import type { Unit } from './units';

/** An amendment's file as it is read. */
export interface Source {
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
		if (instructions.length > 0 || (unit.number === undefined && numbered)) return [];
		const words = source.text.slice(unit.start, unit.end).trim();
		if (words.length < 20 || (words.length < 900 && BOILERPLATE.test(words))) return [];
		const span = source.place({ start: unit.start, end: unit.end });
		return [{ ...(unit.number !== undefined ? { number: unit.number } : {}), text: words, span }];
	});
}

/** Sentences that are the amendment's own and not new text of the agreement. */
export function ownSentences(source: Source, span: Span, instructions: readonly Instruction[]): Span[] {
	const taken = joined(instructions.filter(({ kind }) => kind !== 'add_rights').map((one) => one.span));
	return scanSentences(source.text, span.start, span.end).spans.filter((one) => !overlapsAny(taken, source.place(one)));
}

const WORDS_ONLY = 80;

/** The amendment without the agreement's new text: dates in there are not the amendment's. Quoted words stay. */
export function framingOf(
	source: Source,
	paragraphs: readonly Paragraph[],
	instructions: readonly Instruction[],
): string {
	const passages = instructions.flatMap((one) => (one.kind !== 'add_rights' && one.new ? [one.new.span] : []));
	const taken = joined(passages.filter(({ start, end }) => end - start > WORDS_ONLY));
	const kept: string[] = [];
	for (const paragraph of paragraphs) {
		if (paragraph.furniture) continue;
		if (!overlapsAny(taken, source.place(paragraph))) kept.push(source.text.slice(paragraph.start, paragraph.end));
		else {
			const { spans } = scanSentences(source.text, paragraph.start, paragraph.end);
			const own = spans.filter((one) => !overlapsAny(taken, source.place(one)));
			if (own.length > 0) kept.push(own.map(({ start, end }) => source.text.slice(start, end)).join(' '));
		}
	}
	return kept.join('\n\n');
}
