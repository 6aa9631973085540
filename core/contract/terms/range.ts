import type { Mention } from './reading';

/** How far around an amount the other end of its range is looked for. */
const REACH = 110;
const COUNT =
	'(?:[0-9][0-9.,]{0,14}|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|eighteen|twenty|thirty|forty|fifty|sixty|ninety|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|deux|trois|quatre|cinq|sept|huit|neuf|dix|douze)';
const JOIN = '(?:and|to|or|nor|but|through|bis|und|oder|aber|à|et|ou|mais|[-\u2013\u2014])';
const BOUND =
	'(?:no|not|at|in|any|case|event|never|up|to|max(?:imum|\\.)?|min(?:imum|\\.)?|most|least|more|less|longer|shorter|fewer|greater|higher|lower|later|than|of|a|an|the|exceeding|höchstens|mindestens|maximal|minimal|nicht|mehr|länger|weniger|kürzer|höher|niedriger|als|au|plus|moins|pas|de)';
const OPENS = new RegExp(`(?<![\\p{L}\\p{N}.,])${COUNT}\\)?,?\\s?${JOIN}(?:,?\\s${BOUND}){0,8},?\\s?\\(?$`, 'iu');
const CLOSES = new RegExp(
	`^\\s?(?:to|through|bis|à|[-\u2013\u2014])\\s?(?:[$€£¥]|[A-Z]{3})?\\s?${COUNT}(?![\\p{L}\\p{N}])`,
	'u',
);
const PAIRED = new RegExp(`^\\s?(?:and|und|et|or|oder|ou)\\s${COUNT}(?![\\p{L}\\p{N}])`, 'iu');
const BETWEEN = /\b(?:between|zwischen|entre|either)\s(?:\S{1,8}\s)?$/i;

/**
 * Marks what is one end of a range of which the other bears no unit: `no less than 3 and no more than 6 months`. Which
 * of both counts is for a person to say. Only so many characters around are looked at.
 */
export function markRange<Of extends Mention>(text: string, mention: Of): Of {
	if (mention.problem !== undefined || !isRange(text, mention)) return mention;
	return { ...mention, problem: `"${text.slice(mention.start, mention.end)}" is one end of a range` };
}

function isRange(text: string, { start, end }: Mention): boolean {
	const [before, behind] = [text.slice(Math.max(0, start - REACH), start), text.slice(end, end + REACH)];
	// `in 2026 and EUR 120`: an amount that brings its own sign shares it with nothing before it.
	if (!/^(?:[$€£¥]|[A-Z]{2})/.test(text.slice(start, start + 2)) && OPENS.test(before) && !isReference(before))
		return true;
	return CLOSES.test(behind) || (BETWEEN.test(before) && PAIRED.test(behind));
}

/** `under Sections 3 and 4, 30 days`: the number names a clause. */
function isReference(before: string): boolean {
	return /(?:sections?|clauses?|articles?|paragraphs?|schedules?|exhibits?|annex(?:es)?|anlagen?|ziffern?|§§?)\s?[0-9.]{1,12}\s/i.test(
		before.slice(-REACH),
	);
}
