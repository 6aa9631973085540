import type { TokenList } from './token';
import { SMALL_NUMBERS } from './words';

export type YearReading = { year: number; next: number } | { problem: string; next: number };

const FIRST = 1900;
const LAST = 2199;

/** The year of a date, with the comma and words before it: `2027`, `, 2027`, `of 2027`, `in the year 2027`. */
export function readYear(list: TokenList, at: number): YearReading | undefined {
	let next = at;
	if (list.word(next) === ',' || list.word(next) === '.') next++;
	if (list.startsWith(next, ['in', 'the', 'year'])) next += 3;
	if (list.word(next) === 'of') next++;
	const figures = list.digits(next, 4, 4);
	if (figures !== undefined && figures >= FIRST && figures <= LAST) return { year: figures, next: next + 1 };
	return wordsWithFigures(list, next);
}

function small(list: TokenList, at: number): { value: number; next: number } | undefined {
	const first = SMALL_NUMBERS.get(list.word(at));
	if (first === undefined) return undefined;
	const dash = list.word(at + 1) === '-' ? at + 2 : at + 1;
	const unit = SMALL_NUMBERS.get(list.word(dash));
	return first >= 20 && first % 10 === 0 && unit !== undefined && unit > 0 && unit < 10
		? { value: first + unit, next: dash + 1 }
		: { value: first, next: at + 1 };
}

/** `two thousand and seventeen (2017)`, `nineteen hundred ninety-eight`. */
function wordsWithFigures(list: TokenList, at: number): YearReading | undefined {
	const century = small(list, at);
	const scale = century && list.word(century.next);
	if (!century || (scale !== 'thousand' && scale !== 'hundred')) return undefined;
	const base = century.value * (scale === 'thousand' ? 1_000 : 100);
	const rest = small(list, list.word(century.next + 1) === 'and' ? century.next + 2 : century.next + 1);
	const year = base + (rest?.value ?? 0);
	const next = rest?.next ?? century.next + 1;
	if (year < FIRST || year > LAST || (rest !== undefined && rest.value > 99)) return undefined;
	const figures = list.word(next) === '(' && list.word(next + 2) === ')' ? list.digits(next + 1, 4, 4) : undefined;
	if (figures === undefined) return { year, next };
	if (figures === year) return { year, next: next + 3 };
	return { problem: `"${list.written(at, next + 3)}" contradicts itself`, next: next + 3 };
}
