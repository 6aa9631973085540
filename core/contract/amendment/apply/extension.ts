import { addDays, findDurations, shiftDay, type Duration } from '../../dating';
import { type DateAt, readDates } from '../read/dates';

/** What an amendment says the term of an agreement becomes, in its words. */
export interface Extension {
	/** The last day it names. */
	until?: DateAt;
	/** The day on which it says the added time begins. */
	from?: DateAt;
	length?: { value: Duration; words: string };
	/** Why it cannot be told. */
	problem?: string;
}

const BEGINS =
	/(?:^|\s)(?:commencing|beginning|starting|effective|from|as of|ab|beginnend|vom|von|à compter|à partir|dès)(?: and including| (?:on|with|as of|as from|from|and|de[mr]?|du|le|la|am|zum|mit|the))*\s*$/iu;

/** @example readExtension('twelve (12) months until May 31, 2028') */
export function readExtension(words: string): Extension {
	const dates = readDates(words);
	const lengths = findDurations(words);
	const [length] = lengths;
	const begins = dates.filter(({ start }) => BEGINS.test(words.slice(Math.max(0, start - 40), start)));
	const ends = dates.filter((date) => !begins.includes(date));
	const problem = lengths.find((one) => one.problem !== undefined)?.problem;
	if (problem !== undefined) return { problem };
	if (ends.length > 1 || begins.length > 1 || lengths.length > 1) return { problem: 'it names several of them' };
	const [until] = ends;
	const [from] = begins;
	return {
		...(until ? { until } : {}),
		...(from ? { from } : {}),
		...(length?.value ? { length: { value: length.value, words: words.slice(length.start, length.end) } } : {}),
	};
}

/**
 * The last day of the term after it, or why none can be told.
 * @param old last day of the term before it
 * @param measure whether a length is added to the term, or is the whole term
 */
export function newEnd(
	{ until, from, length, problem }: Extension,
	old: string | undefined,
	measure: 'by' | 'to' | undefined,
): { day: string } | { problem: string } {
	if (problem !== undefined) return { problem: `When the term ends is not certain: ${problem}.` };
	if (from && old !== undefined && from.value !== old && from.value !== addDays(old, 1))
		return { problem: `It goes on from ${from.value}, and the term ends on ${old}.` };
	const first = from?.value ?? (old === undefined ? undefined : addDays(old, 1));
	const counted = length && measure !== 'to' && first !== undefined ? lastOf(first, length.value) : undefined;
	if (until && counted !== undefined && counted !== until.value)
		return { problem: `It names ${until.value}, and ${length?.words ?? ''} from ${first ?? ''} end on ${counted}.` };
	const day = until?.value ?? counted;
	return day === undefined ? { problem: 'On which day the term ends is not certain.' } : { day };
}

function lastOf(first: string, length: Duration): string | undefined {
	const next = shiftDay(first, length, 1);
	return next === undefined ? undefined : addDays(next, -1);
}
