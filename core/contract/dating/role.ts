import type { TokenList } from './token';

/** What a day does in its sentence. `limit`: a day before or after which something holds, which is no end itself. */
export type DayRole = 'start' | 'end' | 'limit' | 'other';

const STARTS = new Set(
	'commence commences commencing commencement begin begins beginning start starts starting from effective since ab beginnt tritt débute vigueur'.split(
		' ',
	),
);
const ENDS = new Set(
	'until till through thru expire expires expiring expired end ends ending expiry expiration terminate terminates terminating terminated bis endet endend läuft expire expirera jusqu conclude concludes'.split(
		' ',
	),
);
const LIMITS = new Set([
	'before',
	'prior',
	'after',
	'following',
	'preceding',
	'vor',
	'nach',
	'survive',
	'survives',
	'surviving',
	'within',
]);
const OTHERS = new Set(['dated', 'executed', 'signed', 'amended', 'invoice', 'pay', 'paid', 'payable', 'unless']);
const LOOKED_BACK = 16;

/**
 * The role of a day by the nearest word before it, not looking further back than the day before it in the sentence.
 * @param at first token of the day
 * @param after token behind the day before it
 */
export function roleAt(list: TokenList, at: number, after: number): DayRole {
	const from = Math.max(after, at - LOOKED_BACK);
	for (let back = at - 1; back >= from; back--) {
		const word = list.word(back);
		if (word === 'to' && back === at - 1 && back === after) return 'end';
		if (word === 'later' && list.word(back + 1) === 'than' && /^(?:no|not)$/.test(list.word(back - 1))) return 'end';
		if (LIMITS.has(word)) return 'limit';
		if (STARTS.has(word) || isIntoForce(list, back)) return 'start';
		if (ENDS.has(word)) return mayEnd(list, back) ? 'limit' : 'end';
		if (OTHERS.has(word)) return 'other';
		if (word === ';') return 'other';
	}
	return 'other';
}

/** `comes into force on …`, `takes effect on …`; `remains in force` is no beginning. */
function isIntoForce(list: TokenList, at: number): boolean {
	if (!/^(?:force|effect|operation)$/.test(list.word(at))) return false;
	return list.word(at - 1) === 'into' || /^(?:take|takes|taking|took)$/.test(list.word(at - 1));
}

/** `may be terminated on …`: what somebody may do ends nothing by itself. */
function mayEnd(list: TokenList, at: number): boolean {
	if (!/^terminat/.test(list.word(at))) return false;
	for (let back = at - 1; back >= at - 4; back--) if (/^(?:may|can|right)$/.test(list.word(back))) return true;
	return false;
}

const POINTS = new Set(
	'expire expires expiring end ends ending terminate terminates terminating until till on by than before within through date'.split(
		' ',
	),
);
const PERIODS = new Set(
	'for period term duration continue continues remain remains initial last lasts valid'.split(' '),
);

/** Whether a length with its beginning stands for a stretch of time (`for three years from …`) or for its far end. */
export function isPeriodAt(list: TokenList, at: number, after: number, byDefault: boolean): boolean {
	for (let back = at - 1; back >= Math.max(after, at - 10); back--) {
		if (POINTS.has(list.word(back))) return false;
		if (PERIODS.has(list.word(back))) return true;
	}
	return byDefault;
}
