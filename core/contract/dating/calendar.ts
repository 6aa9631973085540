/**
 * Arithmetic on calendar days. A day is its ISO date (`2027-12-31`): days compare as texts, have no time and no zone.
 * All functions are total; what leaves the years 1000 to 9999 is undefined.
 */

const DAY_MS = 86_400_000;
const ISO_DAY = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const FIRST_YEAR = 1000;
const LAST_YEAR = 9999;

export interface DayParts {
	year: number;
	/** 1 to 12. */
	month: number;
	day: number;
}

function lengthOfMonth(year: number, month: number): number {
	const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
	return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

export function isCalendarDate(year: number, month: number, day: number): boolean {
	return year >= FIRST_YEAR && year <= LAST_YEAR && day >= 1 && day <= lengthOfMonth(year, month);
}

export function isoDate(year: number, month: number, day: number): string {
	return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The parts of an ISO date; undefined where it is none or not in the calendar. */
export function dayParts(day: string): DayParts | undefined {
	const match = ISO_DAY.exec(day);
	if (!match) return undefined;
	const parts = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
	return isCalendarDate(parts.year, parts.month, parts.day) ? parts : undefined;
}

/**
 * The same day of the month, `months` later (or earlier); clipped to the month's last day, as `2027-01-31` plus one
 * month is `2027-02-28`. Add months to the first day of a series, never to a clipped result.
 */
export function addMonths(day: string, months: number): string | undefined {
	const parts = dayParts(day);
	if (!parts || !Number.isInteger(months)) return undefined;
	const count = parts.year * 12 + (parts.month - 1) + months;
	const year = Math.floor(count / 12);
	const month = (count % 12) + 1;
	if (year < FIRST_YEAR || year > LAST_YEAR) return undefined;
	return isoDate(year, month, Math.min(parts.day, lengthOfMonth(year, month)));
}

export function addDays(day: string, days: number): string | undefined {
	const parts = dayParts(day);
	if (!parts || !Number.isInteger(days)) return undefined;
	const moved = new Date(Date.UTC(parts.year, parts.month - 1, parts.day) + days * DAY_MS);
	if (Number.isNaN(moved.getTime())) return undefined;
	const [year, month, date] = [moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate()];
	return isCalendarDate(year, month, date) ? isoDate(year, month, date) : undefined;
}

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(day: string): number | undefined {
	const parts = dayParts(day);
	return parts && new Date(Date.UTC(parts.year, parts.month - 1, parts.day)).getUTCDay();
}

export type CalendarUnit = 'month' | 'quarter' | 'year';

const MONTHS_IN: Record<CalendarUnit, number> = { month: 1, quarter: 3, year: 12 };

/** First day of the month, quarter or year that holds the day, or of the one `steps` later. */
export function startOf(unit: CalendarUnit, day: string, steps = 0): string | undefined {
	const parts = dayParts(day);
	if (!parts) return undefined;
	const size = MONTHS_IN[unit];
	const month = Math.floor((parts.month - 1) / size) * size + 1;
	return addMonths(isoDate(parts.year, month, 1), steps * size);
}

/** Last day of the month, quarter or year that holds the day, or of the one `steps` later. */
export function endOf(unit: CalendarUnit, day: string, steps = 0): string | undefined {
	const next = startOf(unit, day, steps + 1);
	return next === undefined ? undefined : addDays(next, -1);
}
