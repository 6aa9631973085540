import type { TokenList } from './token';
import { ORDINALS, ORDINAL_SUFFIXES, SCALES, SMALL_NUMBERS } from './words';

/** A number as it stands in a text, in words, figures, or both. */
export interface Numeral {
	value: number;
	next: number;
	/** Words and figures that contradict each other. */
	problem?: string;
}

const MOST_WORDS = 12;

/** `twenty-five`, `two hundred and fifty`: at most twelve words. */
function readWords(list: TokenList, at: number): Numeral | undefined {
	let total = 0;
	let current = 0;
	let next = at;
	for (; next < at + MOST_WORDS; next++) {
		const word = list.word(next);
		const joins = next > at && (word === '-' || word === 'and');
		const lookedUp = joins ? list.word(next + 1) : word;
		const small = SMALL_NUMBERS.get(lookedUp);
		const previous = list.word(next - 1);
		if (joins) {
			// `one and a half` and `one and two` are no numbers of this kind.
			const composed = word === '-' ? small !== undefined && small < 10 : small !== undefined && current % 100 === 0;
			if (!composed || (word === 'and' && !isScale(previous))) break;
		} else if (small !== undefined) {
			if (next > at && !composes(current, small)) break;
			current += small;
		} else if (word === 'hundred' && next > at && current > 0 && current < 100) current *= 100;
		else if (SCALES.has(word) && next > at && current > 0) {
			total += current * (SCALES.get(word) ?? 1);
			current = 0;
		} else break;
	}
	return next > at ? { value: total + current, next } : undefined;
}

function isScale(word: string): boolean {
	return word === 'hundred' || SCALES.has(word);
}

/** Whether a number word goes on with the number so far: `twenty five`, `hundred five`; not `five six`. */
function composes(current: number, small: number): boolean {
	if (current === 0) return true;
	return current % 100 === 0 || (small < 10 && small > 0 && current % 10 === 0 && current % 100 >= 20);
}

/** Figures with thousands in groups of three: `25`, `1,000`, `36`. Decimals are left to the caller. */
function readFigures(list: TokenList, at: number): Numeral | undefined {
	let value = list.digits(at, 1, 9);
	if (value === undefined) return undefined;
	let next = at + 1;
	while (
		list.text(at).length <= 3 &&
		list.word(next) === ',' &&
		list.glued(next - 1) &&
		list.glued(next) &&
		list.digits(next + 1, 3, 3) !== undefined &&
		next < at + 6
	) {
		value = value * 1_000 + (list.digits(next + 1, 3, 3) ?? 0);
		next += 2;
	}
	return { value, next };
}

/**
 * Reads a whole number: `three (3)`, `thirty-six`, `12`. Words and figures side by side have to agree.
 * @returns undefined where no number begins at `at`
 */
export function readNumeral(list: TokenList, at: number): Numeral | undefined {
	const figures = readFigures(list, at);
	const read = figures ?? readWords(list, at);
	if (!read) return undefined;
	if (list.word(read.next) !== '(') return read;
	const inner = figures ? readWords(list, read.next + 1) : readFigures(list, read.next + 1);
	if (!inner || list.word(inner.next) !== ')') return read;
	const agreed = { value: inner.value, next: inner.next + 1 };
	if (inner.value === read.value) return agreed;
	return { ...agreed, problem: `"${list.written(at, inner.next + 1)}" contradicts itself` };
}

/** `first`, `2nd`, `twenty-first`, `second (2nd)`. */
export function readOrdinal(list: TokenList, at: number): Numeral | undefined {
	const read = plainOrdinal(list, at);
	if (!read || list.word(read.next) !== '(') return read;
	const inner = plainOrdinal(list, read.next + 1) ?? readFigures(list, read.next + 1);
	if (!inner || list.word(inner.next) !== ')') return read;
	const agreed = { value: inner.value, next: inner.next + 1 };
	if (inner.value === read.value) return agreed;
	return { ...agreed, problem: `"${list.written(at, inner.next + 1)}" contradicts itself` };
}

function plainOrdinal(list: TokenList, at: number): Numeral | undefined {
	const digits = list.digits(at, 1, 3);
	if (digits !== undefined)
		return ORDINAL_SUFFIXES.has(list.word(at + 1)) && list.glued(at) ? { value: digits, next: at + 2 } : undefined;
	const word = list.word(at);
	const ordinal = ORDINALS.get(word);
	if (ordinal !== undefined) return { value: ordinal, next: at + 1 };
	const tens = SMALL_NUMBERS.get(word) ?? 0;
	const unit = list.word(at + 1) === '-' ? ORDINALS.get(list.word(at + 2)) : undefined;
	return tens >= 20 && unit !== undefined && unit < 10 ? { value: tens + unit, next: at + 3 } : undefined;
}
