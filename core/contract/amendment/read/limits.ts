import { HAZARDS, SCOPES } from '../grammar/hazards';
import type { Instruction } from '../types';
import { readDates } from './dates';
import { qualifier } from './qualifiers';

/** Why a person has to read the sentence, where it says so itself. */
export function hazard(quote: string): string | undefined {
	const bare = quote
		.replace(/"[^"]*"/g, '""')
		.replace(/\bsubject to (?:the terms(?: and conditions)? of )?this (?:\w+ )?amendment\b/gi, '')
		.replace(/\bunless (?:sooner|earlier|otherwise) terminated\b/gi, '');
	// `Except as expressly amended, …`
	if (/^except (?:as|for (?:the |any |those |such )?(?:changes?|amendments?|modifications?|foregoing))\b/i.test(bare))
		return undefined;
	return HAZARDS.find(([pattern]) => pattern.test(bare))?.[1];
}

/** Why a person has to read the sentence, where it says more than its order, its place, its day and its scope. */
export function unexplained(quote: string): string | undefined {
	const bare = quote.replace(/"[^"]*"/g, '""');
	const scope = readScope(bare);
	return qualifier(scope === undefined ? bare : bare.replace(scope, ' '));
}

/** Scope and end of an instruction, in its own words. */
export function limits(quote: string): Pick<Instruction, 'scope' | 'until'> {
	const bare = quote.replace(/"[^"]*"/g, (quoted) => ' '.repeat(quoted.length));
	const scope = readScope(bare);
	const temporary =
		/\b(?:temporarily|for the period (?:from|commencing|beginning)|during the period (?:of|from|beginning|commencing)|until|through and including|shall expire on|expiring on|ending on|from (?=[^,;:"]{3,40}(?:, \d{4})?,? (?:until|through|to) (?:and including )?(?:the )?[\d\p{Lu}]))/iu.exec(
			bare,
		);
	const dates = temporary ? readDates(bare.slice(temporary.index)) : [];
	// `from 72 hours to 24 hours`
	const stretch = temporary === null || !/^from/i.test(temporary[0]) || dates.length > 1;
	const until =
		temporary && stretch && !/\bextended\b/i.test(bare)
			? (dates.at(-1)?.value ?? bare.slice(temporary.index).split(/[,;:]/)[0]?.trim())
			: undefined;
	return { ...(scope !== undefined ? { scope } : {}), ...(until !== undefined ? { until } : {}) };
}

/** `solely with respect to Accounts that …`, as far as the clause goes. */
export function readScope(sentence: string): string | undefined {
	const match = SCOPES.exec(sentence);
	if (!match) return undefined;
	const rest = sentence.slice(match.index);
	const stop =
		/,? (?:to provide|is hereby|are hereby|shall be|is amended|to read)\b|[;:]|\.(?:\s|$)|, (?:as follows|by)\b|, (?=(?:the )?(?:sections?|clauses?|articles?|paragraphs?|exhibits?|schedules?|definitions?|first|second|last)\b)/i.exec(
			rest,
		);
	return rest.slice(0, stop ? stop.index : 400).replace(/[,\s]+$/, '');
}
