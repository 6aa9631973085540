import type { TokenList } from './token';
import { MONTHS, WORDS_TOO } from './words';

/** A date read from tokens: where the next word begins, and the day or what is wrong with it. */
export interface DateReading {
	day?: string;
	problem?: string;
	/** First token of the date. */
	from: number;
	next: number;
	/** A day of the same month or year whose rest stands with a later one: `1 and 15 March 2027`. */
	also?: DateReading;
}

/** Whether a word names a month, in English, German or French. */
export function isMonthName(word: string): boolean {
	return MONTHS.has(word.toLowerCase());
}

/** The month at a token. Names that are other words as well need a capital: `shall march on` holds no date. */
export function monthAt(list: TokenList, at: number, afterDay: boolean): number | undefined {
	const month = MONTHS.get(list.word(at));
	if (month === undefined) return undefined;
	const lower = list.text(at) === list.word(at);
	return lower && !afterDay && WORDS_TOO.has(list.word(at)) ? undefined : month;
}
