import { contentId, type Span } from '../../../model';
import { isOperative } from '../grammar/operative';
import { scanSentences } from '../text/sentences';
import { firstEndingBehind, joined, overlapsAny } from '../text/spans';
import type { Instruction } from '../types';
import { datesForegoing, limitsForegoing } from './afterthought';
import { readHead } from './head';
import { hazard } from './limits';
import type { Surroundings } from './surroundings';
import type { Unit } from './units';

const REASON = 'It settles something and fits no rule: what it changes has to be decided by a person.';

const UNNAMED = /\bmutatis mutandis\b|\b(?:conforming|consequential|corresponding) changes\b|sinngemäß|par analogie/i;

/**
 * Sentences of a section that no instruction holds and that settle something all the same: each is told, none is carried
 * out. Sentences of one paragraph that follow each other are told as one.
 */
export function unaccounted(unit: Unit, around: Surroundings, found: readonly Instruction[]): Instruction[] {
	const { text, paragraphs, passage } = around;
	const taken = joined(found.map(({ span }) => span));
	const told: Span[] = [];
	for (const sentence of scanSentences(text, unit.body, unit.end).spans) {
		if (paragraphs[firstEndingBehind(paragraphs, sentence.start)]?.furniture === true) continue;
		const words = text.slice(sentence.start, sentence.end);
		// The whole section is told of as one that does not name what it changes.
		if (unit.number !== undefined && found.length === 0 && UNNAMED.test(words)) continue;
		if (!isOperative(words) || overlapsAny(taken, passage(sentence).span)) continue;
		if (found.length > 0 && (limitsForegoing(words) || datesForegoing(text, sentence))) continue;
		if (readHead(text, sentence.start, sentence.end, undefined).frame) continue;
		const last = told.at(-1);
		if (last && !/\n/.test(text.slice(last.end, sentence.start)) && sentence.start - last.end < 4)
			last.end = sentence.end;
		else told.push({ ...sentence });
	}
	return told.map((span) => unresolved(span, unit, around));
}

function reasonFor(quote: string, { number }: Unit): string {
	if (limitsForegoing(quote))
		return `${number === undefined ? 'A section' : `Section ${number}`} of it limits what others of it order.`;
	return hazard(quote) ?? REASON;
}

function unresolved(span: Span, unit: Unit, { text, passage }: Surroundings): Instruction {
	const quote = text.slice(span.start, span.end).trim();
	return {
		id: contentId('ins', { kind: 'supplement', quote, at: span.start }),
		kind: 'supplement',
		target: { places: [] },
		...(unit.number !== undefined ? { section: unit.number } : {}),
		span: passage(span).span,
		quote,
		confidence: 0.6,
		notes: [],
		needsHuman: { reason: reasonFor(quote, unit) },
	};
}
