import { contentId, type Span } from '../../../model';
import { firstEndingBehind } from '../text/spans';
import type { Instruction } from '../types';
import type { Surroundings } from './surroundings';
import { readScope } from './limits';
import type { Unit } from './units';

const GRANTS =
	/\b(?:hereby grants?|grants? to|also grants?|grants? (?:the |each |all )?[\p{Lu}][\w']+(?: [\w']+){0,3} (?:a|an|the|access|use|permission|rights?|licen[cs]es?)\b|shall (?:also )?have the (?:\w+[ -]){0,4}right|is (?:also )?(?:entitled|permitted|authori[sz]ed|licensed) to|(?:are|is|shall be|will be) (?:hereby |also |further |additionally )*(?:entitled|permitted|authori[sz]ed|licensed) to (?:use|(?:have |receive )?access(?! to (?:\w+ )?Confidential)|install|place|deploy|employ|designate|name|nominate|appoint|add|sublicense|copy|distribute|download)|may (?:also |additionally |further |in addition )?(?:use|access|install|distribute|sublicense|download|copy)|may (?:also |additionally |further )?(?:place|name|designate|assign|deploy|employ) [^.;]{0,60}\b(?:further|additional|more|extra)\b)/u;
/** German and French sentences that grant something, without a word that takes from it. */
const FOREIGN =
	/(?<!\p{L})(?:darf|dürfen|(?:ist|sind) (?:ferner |auch |zudem |außerdem |zusätzlich )?berechtigt|erhält|erhalten|gewährt|räumt)(?!\p{L})[^.]{0,160}(?<!\p{L})(?:nutzen|verwenden|einsetzen|zugreifen|Zugriff|Zugang|Recht|Lizenz(?:en)?|Nutzungsrecht(?:e)?)(?!\p{L})|(?<!\p{L})(?:peut|peuvent|pourra|pourront)(?: (?:également|aussi|en outre|de plus))? (?:utiliser|accéder|installer|employer|désigner)(?!\p{L})|(?<!\p{L})(?:est|sont|sera|seront) (?:également |aussi )?autorisée?s? à(?!\p{L})|(?<!\p{L})(?:accorde|accordent|concède|concèdent|octroie)(?!\p{L})/iu;
const TAKES =
	/(?<!\p{L})(?:nicht|kein\p{L}*|nur|ausschließlich|nie|höchstens|ne|n'|pas|plus|seulement|uniquement|jusqu)(?!\p{L})/iu;

function grants(words: string): number {
	const own = GRANTS.exec(words)?.index;
	if (own !== undefined) return own;
	const foreign = FOREIGN.exec(words)?.index ?? -1;
	return foreign >= 0 && !TAKES.test(sentenceAround(words, foreign)) ? foreign : -1;
}

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
	const first = grants(words);
	if (first < 0) return [];
	let { end } = place;
	while (end > place.start && /\s/.test(around.text.charAt(end - 1))) end--;
	const passage = around.passage({ start: place.start, end });
	const quote = sentenceAround(words, first);
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
