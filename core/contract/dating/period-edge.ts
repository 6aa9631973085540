import { endOf, isoDate, startOf, type CalendarUnit } from './calendar';
import { monthAt, type DateReading } from './month';
import { readOrdinal } from './numeral';
import type { TokenList } from './token';

const FIRST = new Set(['first', 'beginning', 'start', 'anfang', 'beginn', 'début']);
const LAST = new Set(['last', 'end', 'close', 'ende', 'fin', 'final']);
const BUSINESS = new Set(['business', 'working', 'banking', 'trading']);
const UNITS = new Map<string, CalendarUnit>([
	['month', 'month'],
	['quarter', 'quarter'],
	['year', 'year'],
	['monats', 'month'],
	['quartals', 'quarter'],
	['jahres', 'year'],
]);
const FILLERS = new Set(['the', 'calendar', 'des', 'der', 'du', 'de', 'of', 'month']);

interface Edge {
	unit: CalendarUnit;
	/** Any day within. */
	within: string;
	next: number;
}

function yearAt(list: TokenList, at: number): number | undefined {
	const year = list.digits(at, 4, 4);
	return year !== undefined && year >= 1900 && year < 2200 ? year : undefined;
}

/** The month, quarter or year named at a token: `March 2027`, `Q3 2027`, `the second calendar quarter of 2027`, `2027`. */
function readNamed(list: TokenList, at: number): Edge | undefined {
	let next = list.skip(at, FILLERS);
	const month = monthAt(list, next, true);
	if (month !== undefined) {
		const year = list.skip(next + 1, new Set([',', 'of', '.']));
		const value = yearAt(list, year);
		return value === undefined ? undefined : { unit: 'month', within: isoDate(value, month, 1), next: year + 1 };
	}
	const quarter = quarterAt(list, next);
	if (quarter) {
		const year = list.skip(quarter.next, new Set([',', 'of', 'calendar', 'year', 'the', '/']));
		const value = yearAt(list, year);
		return value === undefined
			? undefined
			: { unit: 'quarter', within: isoDate(value, quarter.value * 3, 1), next: year + 1 };
	}
	if (UNITS.get(list.word(next)) === 'year') next++;
	const value = yearAt(list, next);
	// `the end of 2027 users` is no date, and neither is a day of a longer date.
	if (value === undefined || list.digits(next + 1, 1, 9) !== undefined || '/-'.includes(list.word(next + 1) || ' ')) {
		return undefined;
	}
	return { unit: 'year', within: isoDate(value, 1, 1), next: next + 1 };
}

function quarterAt(list: TokenList, at: number): { value: number; next: number } | undefined {
	if (list.word(at) === 'q' && list.glued(at)) {
		const value = list.digits(at + 1, 1, 1);
		return value !== undefined && value >= 1 && value <= 4 ? { value, next: at + 2 } : undefined;
	}
	const ordinal = readOrdinal(list, at);
	if (!ordinal || ordinal.value < 1 || ordinal.value > 4) return undefined;
	const next = list.word(ordinal.next) === 'calendar' ? ordinal.next + 1 : ordinal.next;
	return UNITS.get(list.word(next)) === 'quarter' ? { value: ordinal.value, next: next + 1 } : undefined;
}

/** `the last day of March 2027`, `the end of Q3 2027`, `first day of the second quarter of 2027`, `Ende März 2027`. */
export function readPeriodEdge(list: TokenList, at: number): DateReading | undefined {
	const first = FIRST.has(list.word(at));
	if (!first && !LAST.has(list.word(at))) return undefined;
	let next = at + 1;
	const business = BUSINESS.has(list.word(next));
	if (business) next++;
	const day = list.word(next) === 'day';
	if (day) next++;
	if ((list.word(at) === 'first' || list.word(at) === 'last') && !day) return undefined;
	const named = readNamed(list, next);
	if (!named) return undefined;
	const written = `"${list.written(at, named.next)}"`;
	if (business) return { problem: `${written} depends on a calendar of business days`, from: at, next: named.next };
	const edge = first ? startOf(named.unit, named.within) : endOf(named.unit, named.within);
	return edge === undefined
		? { problem: `${written} is not in the calendar`, from: at, next: named.next }
		: { day: edge, from: at, next: named.next };
}
