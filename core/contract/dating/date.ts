import { isCalendarDate, isoDate, weekdayOf } from './calendar';
import { readPeriodEdge } from './period-edge';
import { TokenList } from './token';
import { readOrdinal } from './numeral';
import { monthAt, type DateReading } from './month';
import { readYear } from './year';
import { MONTHS, WEEKDAYS } from './words';

/** A calendar date as it stands in a text. Exactly one of `value` and `problem` is present. */
export interface DateMention {
	/** ISO date, absent where it cannot be told. */
	value?: string;
	start: number;
	end: number;
	problem?: string;
}

const REFERENCES = new Set(
	'section sections clause clauses article articles paragraph schedule exhibit annex § no'.split(' '),
);
/** Words before numbers with dots that are no dates. */
const NUMBERED = new Set(['version', 'release', 'v', 'rev', 'revision', ...REFERENCES]);
/** `1, 8 and 15 March 2027`: that many days may share what stands with the last. */
const MOST_ELIDED = 3;
const JOINS = new Set(['and', 'or', 'to', 'through', 'until', 'und', 'bis', 'et', 'au', '-', '&']);

function reading(list: TokenList, from: number, next: number, year: number, month: number, day: number): DateReading {
	if (isCalendarDate(year, month, day)) return { day: isoDate(year, month, day), from, next };
	return { problem: `"${list.written(from, next)}" is not in the calendar`, from, next };
}

/** A decimal (`4.1 January`) or a reference (`Section 5 May …`) before a month is no day. */
function isDay(list: TokenList, at: number): boolean {
	const before = list.word(at - 1);
	if ((before === '.' || before === ',') && list.glued(at - 1) && list.glued(at - 2)) {
		return list.digits(at - 2, 1, 9) === undefined;
	}
	return !REFERENCES.has(before);
}

/** Day of the month: `31`, `31st`, `first`, `thirty-first`, `31.`. */
function dayAt(list: TokenList, at: number): { day: number; next: number } | undefined {
	const ordinal = readOrdinal(list, at);
	if (ordinal) return { day: ordinal.value, next: ordinal.next };
	const day = list.digits(at, 1, 2);
	if (day === undefined) return undefined;
	return { day, next: list.word(at + 1) === '.' && list.glued(at) ? at + 2 : at + 1 };
}

const STROKES = new Set(['-', '/', '.']);

/** `2027-12-31`, `31/12/2027`, `31.12.2027`, `31. 12. 2027`. Strokes are read both ways: only the values decide. */
function readNumeric(list: TokenList, at: number): DateReading | undefined {
	const separator = list.word(at + 1);
	if (NUMBERED.has(list.word(at - 1))) return undefined;
	if (!STROKES.has(separator) || separator !== list.word(at + 3)) return undefined;
	const tight = [0, 1, 2, 3].every((offset) => list.glued(at + offset));
	if (!tight && !(separator === '.' && list.glued(at) && list.glued(at + 2))) return undefined;
	// A longer row of numbers, e.g. a version or a telephone number.
	if (list.word(at + 5) === separator && list.glued(at + 4) && list.glued(at + 5) && separator !== '.')
		return undefined;
	if (list.glued(at - 1) && (list.word(at - 1) === separator || list.word(at - 1) === '.')) return undefined;
	const year = list.digits(at, 4, 4);
	const middle = list.digits(at + 2, 1, 2);
	if (middle === undefined) return undefined;
	if (year !== undefined) {
		const day = list.digits(at + 4, 1, 2);
		const plausible = year >= 1900 && year < 2200 && separator !== '.';
		return day === undefined || !plausible ? undefined : reading(list, at, at + 5, year, middle, day);
	}
	const first = list.digits(at, 1, 2);
	if (first === undefined) return undefined;
	return readStrokes(list, at, separator, first, middle);
}

function readStrokes(
	list: TokenList,
	at: number,
	mark: string,
	first: number,
	middle: number,
): DateReading | undefined {
	const year = list.digits(at + 4, 4, 4);
	const written = `"${list.written(at, at + 5)}"`;
	if (year === undefined) {
		const short = list.digits(at + 4, 2, 2) !== undefined && mark === '/' && (first <= 12 || middle <= 12);
		if (!short || first > 31 || middle > 31 || list.glued(at + 4)) return undefined;
		return { problem: `${written} names no century`, from: at, next: at + 5 };
	}
	if (year < 1900 || year >= 2200) return undefined;
	if (mark === '.' || first > 12 || first === middle) return reading(list, at, at + 5, year, middle, first);
	if (middle > 12) return reading(list, at, at + 5, year, first, middle);
	const readings = `${isoDate(year, middle, first)} or ${isoDate(year, first, middle)}`;
	return { problem: `${written} can mean ${readings}`, from: at, next: at + 5 };
}

/** `31 December 2027`, `31st day of December, 2027`, `31-Dec-2027`, `1 and 15 March 2027`. */
function readDayFirst(list: TokenList, at: number, depth = 0): DateReading | undefined {
	const day = dayAt(list, at);
	if (!day || !isDay(list, at)) return undefined;
	if (JOINS.has(list.word(day.next)) && depth < MOST_ELIDED) {
		const whole = dayAt(list, day.next + 1) ? readDayFirst(list, day.next + 1, depth + 1) : undefined;
		const parts = whole?.day?.split('-').map(Number);
		if (whole && parts) {
			const first = reading(list, at, day.next, parts[0] ?? 0, parts[1] ?? 0, day.day);
			return { ...first, next: day.next + 1, also: whole };
		}
	}
	let next = day.next;
	if (list.word(next) === 'day') next++;
	if (list.word(next) === 'of' || list.word(next) === 'de') next++;
	if (list.word(next) === '-') next++;
	const month = monthAt(list, next, true);
	if (month === undefined) return undefined;
	const year = readYear(list, list.word(next + 1) === '-' ? next + 2 : next + 1);
	if (!year) return undefined;
	return 'problem' in year
		? { problem: year.problem, from: at, next: year.next }
		: reading(list, at, year.next, year.year, month, day.day);
}

/** `December 31, 2027`, `October 1,1996`, `January 1 to March 31, 2027`. */
function readMonthFirst(list: TokenList, at: number, depth = 0): DateReading | undefined {
	const month = monthAt(list, at, false);
	if (month === undefined) return undefined;
	const first = list.word(at + 1) === '.' ? at + 2 : at + 1;
	const day = dayAt(list, list.word(first) === 'the' ? first + 1 : first);
	if (!day) return undefined;
	const year = readYear(list, day.next);
	if (year) {
		return 'problem' in year
			? { problem: year.problem, from: at, next: year.next }
			: reading(list, at, year.next, year.year, month, day.day);
	}
	return JOINS.has(list.word(day.next)) && depth < MOST_ELIDED
		? readElidedYear(list, at, month, day, depth)
		: undefined;
}

function readElidedYear(
	list: TokenList,
	at: number,
	month: number,
	day: { day: number; next: number },
	depth: number,
): DateReading | undefined {
	const after = day.next + 1;
	const whole = MONTHS.has(list.word(after)) ? readMonthFirst(list, after, depth + 1) : elidedMonth(list, after, month);
	const year = whole?.day === undefined ? undefined : Number(whole.day.slice(0, 4));
	if (!whole || year === undefined) return undefined;
	const first = reading(list, at, day.next, year, month, day.day);
	// `November 1 to March 31, 2027` begins in the year before: only a reader may say so.
	const doubt =
		(first.day ?? '') > (whole.day ?? '') ? { problem: `"${list.written(at, day.next)}" names no year` } : {};
	const { day: told, ...rest } = first;
	return {
		...rest,
		...(doubt.problem === undefined && told !== undefined ? { day: told } : doubt),
		next: after,
		also: whole,
	};
}

/** `March 1 and 15, 2027`. */
function elidedMonth(list: TokenList, at: number, month: number): DateReading | undefined {
	const day = dayAt(list, at);
	const year = day && readYear(list, day.next);
	return day && year && !('problem' in year) ? reading(list, at, year.next, year.year, month, day.day) : undefined;
}

/** Reads a date, or the first or last day of a named month, quarter or year, at a token. Looks at a few tokens only. */
export function readDateAt(list: TokenList, at: number): DateReading | undefined {
	const weekday = WEEKDAYS.get(list.word(at));
	if (weekday !== undefined) return readWeekday(list, at, weekday);
	return readNumeric(list, at) ?? readDayFirst(list, at) ?? readMonthFirst(list, at) ?? readPeriodEdge(list, at);
}

/** `Monday, 3 May 2027` has to be a Monday. */
function readWeekday(list: TokenList, at: number, weekday: number): DateReading | undefined {
	const next = list.word(at + 1) === ',' ? at + 2 : at + 1;
	const start = list.word(next) === 'the' || list.word(next) === 'den' || list.word(next) === 'le' ? next + 1 : next;
	if (WEEKDAYS.has(list.word(start))) return undefined;
	const date = readDateAt(list, start);
	if (date?.day === undefined || weekdayOf(date.day) === weekday) return date && { ...date, from: at };
	return { problem: `"${list.written(at, date.next)}" is another day of the week`, from: at, next: date.next };
}

/** All calendar dates of a text, in order. Partial dates (`December 2027`) are none. */
export function findDates(text: string): DateMention[] {
	if (!/[0-9]|hundred|thousand/i.test(text)) return [];
	const list = new TokenList(text);
	const mentions: DateMention[] = [];
	for (let at = 0; at < list.length;) {
		const found = readDateAt(list, at);
		for (let date = found; date; date = date.also) mentions.push(mention(list, date));
		at = Math.max(at + 1, last(found)?.next ?? 0);
	}
	return mentions;
}

function last(date: DateReading | undefined): DateReading | undefined {
	let at = date;
	while (at?.also) at = at.also;
	return at;
}

function mention(list: TokenList, date: DateReading): DateMention {
	const ends = date.also ? date.next - 1 : date.next;
	const place = list.place(date.from, ends);
	return date.day !== undefined
		? { ...place, value: date.day }
		: { ...place, problem: date.problem ?? `"${list.written(date.from, ends)}" cannot be read` };
}
