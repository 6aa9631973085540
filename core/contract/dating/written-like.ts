import { dayParts } from './calendar';
import { findDates } from './date';
import { MONTH_LISTS } from './words';

const NUMERIC = /^(\d{1,4})([-/.])( ?)(\d{1,2})\2( ?)(\d{1,4})$/;
const DAY_FIRST =
	/^(?<the>the )?(?<day>\d{1,2})(?<mark>\.|st|nd|rd|th|er)?(?<joint>(?: day of| of| de)? )(?<month>\p{L}+)(?<comma>,? )(?<year>\d{4})$/u;
const MONTH_FIRST = /^(?<month>\p{L}+)(?<joint>\.? )(?<day>\d{1,2})(?<mark>st|nd|rd|th)?(?<comma>,? )(?<year>\d{4})$/u;

/**
 * A day written as another date is: `14 January 2027`, `31.03.2026`, `1er avril 2027`. Undefined where the sample is
 * written in no such way, or the result would be read as another day or as none.
 * @param day ISO date
 */
export function writtenLike(sample: string, day: string): string | undefined {
	const parts = dayParts(day);
	const written = parts && (numeric(sample, parts) ?? inWords(sample, parts));
	if (written === undefined) return undefined;
	const [read, ...others] = findDates(written);
	return others.length === 0 && read?.value === day ? written : undefined;
}

interface Parts {
	year: number;
	month: number;
	day: number;
}

function numeric(sample: string, { year, month, day }: Parts): string | undefined {
	const match = NUMERIC.exec(sample);
	if (!match) return undefined;
	const [, first = '', mark = '', gap = '', middle = '', gapBehind = '', last = ''] = match;
	const value = findDates(sample)[0]?.value;
	const old = value === undefined ? undefined : dayParts(value);
	if (!old) return undefined;
	const pad = (part: number, like: string): string => String(part).padStart(like.length > 1 ? 2 : 1, '0');
	if (first.length === 4) return `${year}${mark}${gap}${pad(month, middle)}${mark}${gapBehind}${pad(day, last)}`;
	const dayLeads = Number(first) === old.day;
	const [one, two] = dayLeads ? [day, month] : [month, day];
	return `${pad(one, first)}${mark}${gap}${pad(two, middle)}${mark}${gapBehind}${year}`;
}

function inWords(sample: string, { year, month, day }: Parts): string | undefined {
	const dayFirst = DAY_FIRST.exec(sample)?.groups;
	const groups = dayFirst ?? MONTH_FIRST.exec(sample)?.groups;
	if (!groups) return undefined;
	const { the = '', mark = '', joint = '', month: name = '', comma = '' } = groups;
	const months = listOf(name, mark);
	const word = months?.[month - 1];
	if (word === undefined) return undefined;
	const named = /^\p{Lu}/u.test(name) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
	const counted = `${day}${marked(day, mark, name)}`;
	return dayFirst ? `${the}${counted}${joint}${named}${comma}${year}` : `${named}${joint}${counted}${comma}${year}`;
}

const [ENGLISH, GERMAN, FRENCH] = [MONTH_LISTS.slice(0, 2), MONTH_LISTS.slice(2, 4), MONTH_LISTS.slice(4, 6)];

/** The list of months that a name belongs to; a full stop behind the day is German, a small letter French. */
function listOf(name: string, mark: string): string[] | undefined {
	const lower = name.toLowerCase();
	const language = mark === '.' ? GERMAN : name === lower ? FRENCH : ENGLISH;
	return language.map((names) => names.split(' ')).find((names) => names.includes(lower));
}

function marked(day: number, mark: string, month: string): string {
	if (mark === '' || mark === '.') {
		// French counts the first of a month only.
		return mark === '' && day === 1 && /^\p{Ll}/u.test(month) ? 'er' : mark;
	}
	if (mark === 'er') return day === 1 ? 'er' : '';
	if (day % 10 === 1 && day !== 11) return 'st';
	if (day % 10 === 2 && day !== 12) return 'nd';
	return day % 10 === 3 && day !== 13 ? 'rd' : 'th';
}
