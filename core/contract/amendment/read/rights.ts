import { contentId, type Span } from '../../../model';
import { firstEndingBehind } from '../text/spans';
import type { Instruction } from '../types';
import type { Surroundings } from './surroundings';
import { readScope } from './limits';
import type { Unit } from './units';

const GRANTS =
	/\b(?:hereby grants?|grants? to|also grants?|grants? (?:the )?[\p{Lu}]\w+ (?:a|an|the)|shall (?:also )?have the (?:\w+[ -]){0,4}right|is (?:also )?(?:entitled|permitted|authori[sz]ed|licensed) to|may (?:also )?(?:use|access|install|distribute|sublicense|download|copy))\b/u;

/**
 * Rights granted by a section that amends no clause: an addition to the agreement all the same. The section's own words
 * are the new clause; nothing is guessed about a place among the old ones.
 */
export function addRights(unit: Unit, around: Surroundings, found: readonly Instruction[]): Instruction[] {
	if (found.length === 0) return granted({ start: bodyOf(unit, around.text), end: unit.end }, unit, around);
	const { paragraphs } = around;
	const own = paragraphs.slice(firstEndingBehind(paragraphs, unit.body), firstEndingBehind(paragraphs, unit.end));
	return own.flatMap((paragraph) => {
		if (paragraph.furniture || paragraph.start < unit.body) return [];
		const { span } = around.passage(paragraph);
		if (found.some((one) => one.span.start < span.end && span.start < one.span.end)) return [];
		return granted(paragraph, unit, around);
	});
}

/** Behind the amendment's own number, which means nothing in the agreement. */
function bodyOf({ body, end }: Unit, text: string): number {
	let at = body;
	while (at < end && /\s/.test(text.charAt(at))) at++;
	return at;
}

function granted(place: Span, unit: Unit, around: Surroundings): Instruction[] {
	const words = around.text.slice(place.start, place.end);
	const first = GRANTS.exec(words);
	if (!first) return [];
	let { end } = place;
	while (end > place.start && /\s/.test(around.text.charAt(end - 1))) end--;
	const passage = around.passage({ start: place.start, end });
	const quote = sentenceAround(words, first.index);
	const scope = readScope(quote);
	const made: Omit<Instruction, 'id'> = {
		kind: 'add_rights',
		target: { places: [] },
		new: passage,
		position: { at: 'end' },
		...(scope !== undefined && /solely with respect/i.test(scope) ? { scope } : {}),
		...(unit.number !== undefined ? { section: unit.number } : {}),
		span: passage.span,
		quote,
		confidence: 0.7,
		notes: ['It names no clause of the agreement: its words become a clause of their own.'],
	};
	return [{ id: contentId('ins', { kind: made.kind, text: passage.text }), ...made }];
}

function sentenceAround(text: string, at: number): string {
	const start = Math.max(text.lastIndexOf('. ', at) + 1, text.lastIndexOf('\n', at) + 1, 0);
	const stop = text.indexOf('. ', at);
	return text.slice(start, stop < 0 ? Math.min(text.length, at + 400) : stop + 1).trim();
}
