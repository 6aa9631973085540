import type { TokenList } from './token';
import { MONTHS, ORDINALS, SMALL_NUMBERS, WEEKDAYS } from './words';

const BEGINNINGS = new Set([
	...MONTHS.keys(),
	...WEEKDAYS.keys(),
	...ORDINALS.keys(),
	...SMALL_NUMBERS.keys(),
	...'the a an each per every such said this der dem des la le its date day earlier earliest sooner lesser shorter later latest greater longer'.split(
		' ',
	),
	...'end close last beginning start anfang beginn début ende fin final expiration expiry completion conclusion'.split(
		' ',
	),
	...'initial effective commencement expiration signing latest anniversary'.split(' '),
]);

/** Whether a description of a day can begin with a word: most words of a text need no closer look. */
export function mayBegin(list: TokenList, at: number): boolean {
	const first = list.text(at).charCodeAt(0);
	// Digits, and capitals of every script but Latin's plain small letters.
	if (!(first >= 0x61 && first <= 0x7a) && first !== 0xe0) return first > 0x2f;
	return BEGINNINGS.has(list.word(at));
}
