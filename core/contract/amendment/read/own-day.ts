import type { Span } from '../../../model';
import { readDates } from './dates';

const AT_START =
	/^(?:(?:mit (?:rück)?wirkung|rückwirkend|beginnend)(?: vom| zum| ab(?: dem)?| mit(?: dem)?| am)?|ab(?: dem)?|à compter(?: du| de)?|à partir du|avec effet (?:rétroactif )?(?:au|à compter du)|retroactively (?:to|from)|with retroactive effect (?:from|to|as of))\s*$/iu;
const BEHIND_VERB =
	/(?:(?:with (?:retroactive )?effect|effective|retroactively|retroactive)(?: as)?(?: of| from| on| to)?(?: and including)?|(?:as of|as from|from|commencing|beginning|starting)(?: and after| and including| on| as of)?|mit (?:rück)?wirkung(?: vom| zum| ab(?: dem)?)|rückwirkend (?:zum|ab(?: dem)?)|à compter du|à partir du|avec effet (?:rétroactif )?(?:au|à compter du))\s*$/iu;
const VERB = /(?<!\p{L})(?:is|are|be|wird|werden|erhält|lautet|entfällt|est|sont|sera|seront)(?!\p{L})/iu;
/** `the Services Agreement, effective as of June 1, 2019`: the day of that agreement. */
const OF_A_DOCUMENT =
	/(?:agreement|contract|lease|licen[cs]e|amendment|addendum|vertrag\p{L}*|vereinbarung|contrat|avenant|dated|made|entered into|executed|signed|period|term|year|months?|force|in effect|date|between|and)[,"()\s]*$/iu;
/** `from 1 July 2026 through 30 June 2027`: it holds for a time, which begins there. */
const FROM = /\b(?:from|beginning|commencing|starting)(?: on| and including)?\s*$/i;
const STRETCH = /^,? (?:until|through|to|and ending) /i;
const REACH = 60;

/**
 * Words that date one sentence of an amendment alone, at its start (`Mit Wirkung zum 1. Juli 2027 wird …`) or behind its
 * verb (`… is deleted with effect from 1 July 2027`). Undefined where it names no such day, or several.
 */
export function findOwnDay(text: string, { start, end }: Span): Span | undefined {
	const sentence = text.slice(start, end).replace(/"[^"]*"/g, (quoted) => ' '.repeat(quoted.length));
	const verb = VERB.exec(sentence)?.index ?? Infinity;
	const found = readDates(sentence).filter((date) => {
		const before = sentence.slice(Math.max(0, date.start - REACH), date.start);
		const lasts = STRETCH.test(sentence.slice(date.end, date.end + 12));
		if (lasts && FROM.test(before)) return true;
		if (date.start < verb) return date.start < REACH && AT_START.test(before);
		const lead = BEHIND_VERB.exec(before);
		return lead !== null && !lasts && !OF_A_DOCUMENT.test(before.slice(0, lead.index));
	});
	const [day, ...others] = found;
	return day && others.length === 0 ? { start: start + day.start, end: start + day.end } : undefined;
}
