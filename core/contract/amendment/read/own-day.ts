import type { Span } from '../../../model';
import { findDates } from '../../dating';
import { readDates } from './dates';

const AT_START =
	/^(?:(?:mit (?:rück)?wirkung|rückwirkend|beginnend)(?: vom| zum| ab(?: dem)?| mit(?: dem)?| am)?|ab(?: dem)?|à compter(?: du| de)?|à partir du|avec effet (?:rétroactif )?(?:au|à compter du)|le|am|zum|vom|(?:(?:with )?(?:retroactive )?effect|(?:with )?effective|retroactively|retroactive|from|as of|as from|on|starting|beginning|commencing)(?: (?:and|or) (?:after|from)| as| of| from| on| to| with| retroactive(?:ly)?| and including| effect| at midnight| the start of)*)\s*$/iu;
const BEHIND_VERB =
	/(?:(?:with (?:retroactive )?effect|effective|retroactively|retroactive)(?: as)?(?: of| from| on| to)?(?: and including)?|(?:as of|as from|from|commencing|beginning|starting|on)(?: (?:and|or) after| and including| on| as of| from| with effect from)*|mit (?:rück)?wirkung(?: vom| zum| ab(?: dem)?)|rückwirkend (?:zum|ab(?: dem)?)|ab(?: dem)?|zum|am|à compter du|à partir du|avec effet (?:rétroactif )?(?:au|à compter du))\s*$/iu;
const ORDER =
	/^(?:\W|\d)*(?:the parties (?:hereby )?agree to )?(?:delete|remove|replace|insert|add|strike|omit|amend|change|substitute|terminate|suspend|extend|rename|renumber)\s/i;
const VERB = /(?<!\p{L})(?:is|are|be|terminates?|wird|werden|erhält|lautet|entfällt|est|sont|sera|seront)(?!\p{L})/iu;
/** `the Services Agreement, effective as of June 1, 2019`: the day of that agreement. */
const OF_A_DOCUMENT =
	/(?:agreement|contract|lease|licen[cs]e|amendment|addendum|vertrag\p{L}*|vereinbarung|contrat|avenant|dated|made|entered into|executed|signed|expires?|ends?|ceases?|lapses?|period|term|year|months?|force|in effect|date|between|and)[,"()\s]*$/iu;
/** `from 1 July 2026 through 30 June 2027`: it holds for a time, which begins there. */
const FROM = /\b(?:from|beginning|commencing|starting)(?: on| and including)?\s*$/i;
const STRETCH = /^,? (?:until|through|to|and ending) /i;
const REACH = 60;

const TIMED =
	/(?<!\p{L})(?:on|from|after|before|by|until|through|to|as of|effective|effect|commencing|beginning|starting|since|am|ab|zum|bis|vom|seit|dem|le|du|au)(?: (?:and|or) (?:after|including)| the| at| midnight)*\s*$/iu;

/** What is known of the days of an order. */
interface DaysOfOrder {
	/** The words that date it. */
	dated?: Span | undefined;
	/** The day on which it ends. */
	until?: string | undefined;
	/** Its days are what it changes. */
	about: boolean;
}

/**
 * Why a person has to tell when a sentence's order holds: a day of it is none of the calendar's, or none of those that
 * date or end the order.
 */
export function unclearDay(
	text: string,
	{ start, end }: Span,
	{ dated, until, about }: DaysOfOrder,
): string | undefined {
	const sentence = text.slice(start, end).replace(/"[^"]*"/g, (quoted) => ' '.repeat(quoted.length));
	for (const { value, problem, ...date } of findDates(sentence)) {
		const before = sentence.slice(Math.max(0, date.start - REACH), date.start);
		const lead = TIMED.exec(before);
		if (
			OF_A_DOCUMENT.test(before.slice(0, lead?.index).replace(/(?:between|and)\s*$/i, ' ; ')) ||
			OF_THE_TEXT.test(before)
		)
			continue;
		// Without a word of time before them, figures with strokes may be a number.
		if (value === undefined && !lead) continue;
		if (value === undefined) return `When it holds is not certain: ${problem ?? ''}.`;
		const own = about || (dated && start + date.start >= dated.start && start + date.end <= dated.end);
		if (!own && value !== until) return `It names a day whose part in it was not understood: ${value}.`;
	}
	return undefined;
}

/** `the Agreement dated as of …`, `the date is changed from … to …`: no day of the order. */
const OF_THE_TEXT =
	/\b(?:dated|dated as|made|entered into|agreement|lease|contract|as amended)\b(?:(?!\b(?:is|are|shall|will|be)\b)[^.;:])*$/i;

/**
 * Words that date one sentence of an amendment alone, at its start (`Mit Wirkung zum 1. Juli 2027 wird …`) or behind its
 * verb (`… is deleted with effect from 1 July 2027`). Undefined where it names no such day, or several.
 */
export function findOwnDay(text: string, { start, end }: Span): Span | undefined {
	const sentence = text.slice(start, end).replace(/"[^"]*"/g, (quoted) => ' '.repeat(quoted.length));
	const verb = ORDER.test(sentence) ? 0 : (VERB.exec(sentence)?.index ?? Infinity);
	const found = readDates(sentence).filter((date) => {
		const before = sentence.slice(Math.max(0, date.start - REACH), date.start);
		const lasts = STRETCH.test(sentence.slice(date.end, date.end + 12));
		if (lasts && FROM.test(before)) return true;
		const lead = BEHIND_VERB.exec(before);
		if (date.start < verb && !/,\s*$/.test(before.slice(0, lead?.index)))
			return date.start < REACH && AT_START.test(before);
		return lead !== null && !lasts && !OF_A_DOCUMENT.test(before.slice(0, lead.index));
	});
	const [day, ...others] = found;
	return day && others.length === 0 ? { start: start + day.start, end: start + day.end } : undefined;
}

/** Words that open a sentence and date it, unless a day stands in them that is not the one from which it holds. */
export function datingIntro(text: string, intro: Span | undefined): Span | undefined {
	if (!intro) return undefined;
	const words = text.slice(intro.start, intro.end);
	const [day] = readDates(words);
	return !day || AT_START.test(words.slice(0, day.start)) ? intro : undefined;
}
