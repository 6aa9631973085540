import { addDays, addMonths } from './calendar';
import { readNumeral, type Numeral } from './numeral';
import { TokenList } from './token';

/**
 * A length of time, in units that do not convert into one another: a month has no fixed number of days, and business
 * days depend on a calendar of holidays, so they are kept as such.
 */
export interface Duration {
	months: number;
	days: number;
	businessDays: number;
	hours: number;
	/** Counted in whole calendar years or quarters, which begin on fixed days. */
	calendar?: 'quarter' | 'year';
}

export interface DurationReading {
	duration: Duration;
	from: number;
	next: number;
	/** Words and figures that contradict each other, or a range. */
	problem?: string;
}

/** A duration as it stands in a text. */
export interface DurationMention {
	/** Absent where `problem` says why it cannot be told. */
	value?: Duration;
	problem?: string;
	start: number;
	end: number;
}

const NONE: Duration = { months: 0, days: 0, businessDays: 0, hours: 0 };
type Unit = Partial<Duration> & { halves?: boolean };
const year: Unit = { months: 12, halves: true };
const month: Unit = { months: 1 };
const quarter: Unit = { months: 3 };
const week: Unit = { days: 7 };
const day: Unit = { days: 1 };
const hour: Unit = { hours: 1 };
const businessDay: Unit = { businessDays: 1 };

const UNITS = new Map<string, Unit>();
function named(words: string, unit: Unit): void {
	for (const word of words.split(' ')) UNITS.set(word, unit);
}
named('year years yr yrs jahr jahre jahren jahres an ans année années annum', year);
named('month months mo mos monat monate monaten monats mois', month);
named('quarter quarters quartal quartale quartalen trimestre trimestres', quarter);
named('week weeks woche wochen semaine semaines', week);
named('fortnight fortnights', { days: 14 });
named('day days tag tage tagen tages jour jours', day);
named('hour hours hr hrs stunde stunden heure heures', hour);
named('werktag werktage werktagen arbeitstag arbeitstage arbeitstagen bankarbeitstage bankarbeitstagen', businessDay);
const BUSINESS = new Set(['business', 'working', 'banking', 'trading']);
const PLAIN = new Set([
	'calendar',
	'consecutive',
	'full',
	'clear',
	'contract',
	'successive',
	'whole',
	'additional',
	'further',
	'weitere',
	'weiteren',
	'weiterer',
	'weiteres',
	'zusätzliche',
	'zusätzlichen',
	'zusätzliches',
	'volle',
	'vollen',
]);
const ARTICLES = new Set(['a', 'an', 'each', 'per', 'every']);

function scaled(unit: Unit, count: number): Duration | undefined {
	const whole = (size: number | undefined): number => (size ?? 0) * count;
	const duration = {
		months: whole(unit.months),
		days: whole(unit.days),
		businessDays: whole(unit.businessDays),
		hours: whole(unit.hours),
	};
	return Object.values(duration).every(Number.isInteger) ? duration : undefined;
}

/** The unit at a token, with `calendar`, `business` and the French word order. */
function unitAt(list: TokenList, at: number): { unit: Unit; next: number; calendar?: 'quarter' | 'year' } | undefined {
	let next = list.word(at) === '-' ? at + 1 : at;
	let business = false;
	let calendar = false;
	for (let most = 0; most < 3; most++) {
		const word = list.word(next);
		if (BUSINESS.has(word)) business = true;
		else if (PLAIN.has(word)) calendar ||= word === 'calendar';
		else break;
		next += list.word(next + 1) === '-' ? 2 : 1;
	}
	const unit = UNITS.get(list.word(next));
	if (!unit) return undefined;
	const french = list.word(next + 1);
	if (unit === day && (business || french === 'ouvrables' || french === 'ouvrés')) {
		return { unit: businessDay, next: business ? next + 1 : next + 2 };
	}
	if (business) return undefined;
	const aligned = unit === year ? 'year' : unit === quarter ? 'quarter' : undefined;
	return { unit, next: next + 1, ...(calendar && aligned ? { calendar: aligned } : {}) };
}

/** What comes after the whole number: `.5`, `and a half`, `and one-half (1/2)`. */
function halfAfter(list: TokenList, at: number): { half: boolean; next: number } {
	if (list.word(at) === '.' && list.glued(at - 1) && list.glued(at) && list.text(at + 1) === '5') {
		return { half: true, next: at + 2 };
	}
	for (const words of [
		['and', 'a', 'half'],
		['and', 'one', '-', 'half'],
		['and', 'one', 'half'],
	]) {
		if (!list.startsWith(at, words)) continue;
		const next = at + words.length;
		const bracketed =
			list.word(next) === '(' ? list.tokens.slice(next, next + 8).findIndex(({ text }) => text === ')') : -1;
		return { half: true, next: bracketed < 0 ? next : next + bracketed + 1 };
	}
	return { half: false, next: at };
}

function countAt(list: TokenList, at: number): (Numeral & { half: boolean }) | undefined {
	const read = readNumeral(list, at);
	if (!read) return ARTICLES.has(list.word(at)) ? { value: 1, next: at + 1, half: false } : undefined;
	const { half, next } = halfAfter(list, read.next);
	return { ...read, next, half };
}

/** `thirty (30) days`, `12-month`, `two weeks`, `a year`, `ten business days`, `2½ years` as `two and a half years`. */
function readSingle(list: TokenList, at: number): DurationReading | undefined {
	const count = countAt(list, at);
	if (!count) return undefined;
	// `days' notice`, `months'`: the apostrophe belongs to what follows.
	const unit = unitAt(list, count.next);
	if (!unit) return undefined;
	const glue = list.word(at - 1);
	if ((glue === '.' || glue === ',') && list.glued(at - 1) && list.glued(at - 2)) return undefined;
	const duration = scaled(unit.unit, count.half ? count.value + 0.5 : count.value);
	const place = { from: at, next: unit.next };
	const written = `"${list.written(at, unit.next)}"`;
	if (count.problem !== undefined) return { ...place, duration: NONE, problem: count.problem };
	if (!duration) return { ...place, duration: NONE, problem: `${written} is no whole number of days or months` };
	return { ...place, duration: unit.calendar ? { ...duration, calendar: unit.calendar } : duration };
}

const RANGE_JOINS = new Set(['to', 'or', 'nor', 'and', '-', 'bis', 'à']);

/** `30 to 60 days`: a range is no length. `at`: the first token of the last number. */
function rangeBefore(list: TokenList, at: number): boolean {
	const join = list.word(at - 1);
	if (RANGE_JOINS.has(join) && isCount(list, at - 2))
		return join !== 'and' || [3, 4, 5, 6].some((back) => list.word(at - back) === 'between');
	const compared = list.word(at - 1) === 'than' && (list.word(at - 2) === 'more' || list.word(at - 2) === 'less');
	return compared && /^(?:nor|but|and|or)$/.test(list.word(at - 3) === 'not' ? list.word(at - 4) : list.word(at - 3));
}

function isCount(list: TokenList, at: number): boolean {
	const word = list.word(at);
	if (word === ')') return list.digits(at - 1, 1, 4) !== undefined;
	return (readNumeral(list, at)?.next ?? 0) === at + 1 && !'.,'.includes(list.word(at - 1) || ' ');
}

/** A length of time at a token; parts with different units add up: `one year and six months`. */
export function readDurationAt(list: TokenList, at: number): DurationReading | undefined {
	const first = readSingle(list, at);
	if (!first || first.problem !== undefined) return first;
	if (rangeBefore(list, at)) {
		return { ...first, duration: NONE, problem: `"${list.written(at, first.next)}" is one end of a range` };
	}
	const join = list.skip(first.next, new Set(['and', ',', 'und', 'et', 'plus']), 2);
	const second = join > first.next && !ARTICLES.has(list.word(join)) ? readSingle(list, join) : undefined;
	if (!second || second.problem !== undefined || !addsUp(first.duration, second.duration)) return first;
	return { duration: sum(first.duration, second.duration), from: at, next: second.next };
}

/** Only a smaller unit goes on with a larger one; `30 days and 60 days` are two. */
function addsUp(larger: Duration, smaller: Duration): boolean {
	if (smaller.businessDays > 0 || larger.businessDays > 0 || larger.hours > 0) return false;
	if (smaller.months > 0) return larger.months > 0 && larger.months % 12 === 0 && smaller.months < 12;
	return smaller.days > 0 && larger.months > 0 && smaller.days < 31;
}

function sum(a: Duration, b: Duration): Duration {
	return {
		months: a.months + b.months,
		days: a.days + b.days,
		businessDays: a.businessDays + b.businessDays,
		hours: a.hours + b.hours,
	};
}

/** All lengths of time of a text that a number counts, in order. */
export function findDurations(text: string): DurationMention[] {
	const list = new TokenList(text);
	const mentions: DurationMention[] = [];
	for (let at = 0; at < list.length;) {
		const read = ARTICLES.has(list.word(at)) ? undefined : readDurationAt(list, at);
		if (read) {
			const place = list.place(read.from, read.next);
			mentions.push(
				read.problem === undefined ? { ...place, value: read.duration } : { ...place, problem: read.problem },
			);
		}
		at = read?.next ?? at + 1;
	}
	return mentions;
}

/** ISO 8601 form: `P1Y6M`, `P90D`, `PT48H`. Business days have none and are written as days; the flag tells them apart. */
export function isoDuration({ months, days, businessDays, hours }: Duration): string {
	const years = Math.floor(months / 12);
	const rest = months % 12;
	const date = `${years > 0 ? `${years}Y` : ''}${rest > 0 ? `${rest}M` : ''}`;
	const count = days + businessDays;
	const dates = `${date}${count > 0 || (date === '' && hours === 0) ? `${count}D` : ''}`;
	return `P${dates}${hours > 0 ? `T${hours}H` : ''}`;
}

/** For people: `3 years`, `18 months`, `10 business days`. */
export function durationInWords({ months, days, businessDays, hours }: Duration): string {
	const part = (count: number, unit: string): string[] =>
		count > 0 ? [`${count} ${unit}${count === 1 ? '' : 's'}`] : [];
	const years = months % 12 === 0 ? part(months / 12, 'year') : part(months, 'month');
	const parts = [...years, ...part(days, 'day'), ...part(businessDays, 'business day'), ...part(hours, 'hour')];
	return parts.length > 0 ? parts.join(' and ') : '0 days';
}

/** The day a duration later (or earlier, with `direction` -1); undefined for business days, hours, and beyond the calendar. */
export function shiftDay(
	from: string,
	{ months, days, businessDays, hours }: Duration,
	direction: 1 | -1,
): string | undefined {
	if (businessDays > 0 || hours % 24 !== 0) return undefined;
	const moved = addMonths(from, months * direction);
	return moved === undefined ? undefined : addDays(moved, (days + hours / 24) * direction);
}
