import fc from 'fast-check';
import { extractTerms, readContractPeriod, readDates, readEffective } from '../../../../core/contract';
import { findDates, findDurations, isoDuration, shiftDay, type Duration } from '../../../../core/contract/dating';
import { addMonths, dayParts } from '../../../../core/contract/dating/calendar';
import type { TermExtractor, TermType } from '../../../../core/model';
import { document } from '../builders';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const GERMAN = 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' ');
const FRENCH = 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ');
const suffix = (day: number): string =>
	day % 10 === 1 && day !== 11
		? 'st'
		: day % 10 === 2 && day !== 12
			? 'nd'
			: day % 10 === 3 && day !== 13
				? 'rd'
				: 'th';

type Style = (year: number, month: number, day: number) => string;
const two = (number: number): string => String(number).padStart(2, '0');
const STYLES: Record<string, Style> = {
	iso: (y, m, d) => `${y}-${two(m)}-${two(d)}`,
	american: (y, m, d) => `${MONTHS[m - 1] ?? ''} ${d}, ${y}`,
	glued: (y, m, d) => `${MONTHS[m - 1] ?? ''} ${d},${y}`,
	british: (y, m, d) => `${d} ${MONTHS[m - 1] ?? ''} ${y}`,
	ordinal: (y, m, d) => `the ${d}${suffix(d)} day of ${MONTHS[m - 1] ?? ''}, ${y}`,
	upper: (y, m, d) => `${(MONTHS[m - 1] ?? '').toUpperCase()} ${d}${suffix(d)}, ${y}`,
	short: (y, m, d) => `${two(d)}-${(MONTHS[m - 1] ?? '').slice(0, 3)}-${y}`,
	dots: (y, m, d) => `${two(d)}.${two(m)}.${y}`,
	german: (y, m, d) => `${d}. ${GERMAN[m - 1] ?? ''} ${y}`,
	french: (y, m, d) => `${d === 1 ? '1er' : d} ${FRENCH[m - 1] ?? ''} ${y}`,
};

const day = fc
	.tuple(fc.integer({ min: 1900, max: 2199 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
	.filter(([y, m, d]) => dayParts(`${y}-${two(m)}-${two(d)}`) !== undefined);
const isoDay = day.map(([y, m, d]) => `${y}-${two(m)}-${two(d)}`);
const duration = fc.record({
	months: fc.integer({ min: 0, max: 600 }),
	days: fc.integer({ min: 0, max: 5_000 }),
	businessDays: fc.constant(0),
	hours: fc.constant(0),
});

describe('dates', () => {
	it.each(Object.entries(STYLES))('written in the style "%s" are read as the same day', (_, style) => {
		fc.assert(
			fc.property(day, ([y, m, d]) => {
				const found = findDates(`It ends on ${style(y, m, d)}, and not later.`);
				expect(found.map(({ value }) => value)).toEqual([`${y}-${two(m)}-${two(d)}`]);
			}),
		);
	});

	it('written with strokes are read, or asked about where both readings are days', () => {
		fc.assert(
			fc.property(day, ([y, m, d]) => {
				const [found] = findDates(`${two(m)}/${two(d)}/${y}`);
				if (d > 12 || d === m) expect(found?.value).toBe(`${y}-${two(m)}-${two(d)}`);
				else expect(found?.problem).toContain('can mean');
			}),
		);
	});
});

describe('durations', () => {
	it('add up: months first and days after are the same as both at once', () => {
		fc.assert(
			fc.property(isoDay, duration, (from, length) => {
				const months: Duration = { ...length, days: 0 };
				const days: Duration = { ...length, months: 0 };
				const middle = shiftDay(from, months, 1);
				expect(shiftDay(from, length, 1)).toBe(middle && shiftDay(middle, days, 1));
			}),
		);
	});

	it('of months never leave the month they lead to, and days go there and back', () => {
		fc.assert(
			fc.property(
				isoDay,
				fc.integer({ min: -600, max: 600 }),
				fc.integer({ min: 0, max: 5_000 }),
				(from, months, days) => {
					const [year = 0, month = 0] = from.split('-').map(Number);
					const moved = addMonths(from, months)?.split('-').map(Number);
					expect(((moved?.[0] ?? 0) - year) * 12 + (moved?.[1] ?? 0) - month).toBe(months);
					const only: Duration = { months: 0, days, businessDays: 0, hours: 0 };
					const there = shiftDay(from, only, 1);
					expect(there && shiftDay(there, only, -1)).toBe(from);
				},
			),
		);
	});

	it('written out are read back', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 2, max: 400 }),
				fc.constantFrom('days', 'weeks', 'months', 'years'),
				(count, unit) => {
					const [read] = findDurations(`for ${count} ${unit} and no longer`);
					const units = { days: { days: 1 }, weeks: { days: 7 }, months: { months: 1 }, years: { months: 12 } }[unit];
					const wanted = { months: 0, days: 0, businessDays: 0, hours: 0, ...units };
					const whole = { ...wanted, months: wanted.months * count, days: wanted.days * count };
					expect(read?.value && isoDuration(read.value)).toBe(isoDuration(whole));
				},
			),
		);
	});
});

/** Text of words that the grammars look for, in any order: the worst that can come short of a real contract. */
const WORDS =
	'the a of from and or to until 3 (3) three 31 2027 March may first second anniversary Effective Date ("Effective Date") means days years business term renew automatically notice before end earlier later : ; , . " ( ) % $ EUR 1.000 1,5 [***] not except Term Agreement Amendment this is effective as signed revert \n\n| --- | a@x.example'.split(
		' ',
	);
const scramble = fc.array(fc.constantFrom(...WORDS), { maxLength: 120 }).map((words) => words.join(' '));
const anything = fc.oneof(
	scramble,
	fc.string({ maxLength: 400 }),
	fc.string({ unit: 'binary', maxLength: 200 }).filter((text) => !text.includes('\0')),
);
const TYPES: TermType[] = [
	'number',
	'date',
	'text',
	'list',
	'duration',
	'money',
	'percent',
	'boolean',
	'people',
	'table',
];

describe('reading', () => {
	it('is total and deterministic on any text', () => {
		const read = (text: string): unknown => {
			const whole = document(`## Term\n\n${text}`);
			const extractors = Object.fromEntries(
				TYPES.map((type): [string, TermExtractor] => [type, { type, clause: 'Term' }]),
			);
			return [
				readDates(whole),
				readContractPeriod({ document: whole, asOf: '2030-01-01' }),
				readEffective({ document: whole, knownAt: '2026-11-20T09:00:00Z' }),
				extractTerms(whole, extractors),
			];
		};
		fc.assert(
			fc.property(anything, (text) => {
				expect(read(text)).toEqual(read(text));
			}),
			{ numRuns: 300 },
		);
	});

	it('gives every term exactly one of value and problem, with days that are in the calendar', () => {
		fc.assert(
			fc.property(anything, fc.constantFrom(...TYPES), (text, type) => {
				const term = extractTerms(document(`## Term\n\n${text}`), { it: { type, clause: 'Term' } })['it'];
				expect([term?.value, term?.problem].filter((part) => part !== undefined)).toHaveLength(1);
				if (term?.value?.type === 'date') expect(dayParts(term.value.value)).toBeDefined();
			}),
			{ numRuns: 300 },
		);
	});
});

describe('hostile texts', () => {
	it.each([
		['numbers joined by and', '1 and '],
		['months joined by to', 'January 1 to '],
		['nested relations', 'three years from the end of the month in which '],
		['nested choices', 'the earlier of (a) '],
		['opening quotes', '"Effective Date" '],
		['opening brackets', '(the "Effective Date" '],
		['number words', 'twenty-one hundred and '],
		['definitions', '"Start Date" means the Start Date. '],
		['chained days', 'one day after the Start Date, '],
		[
			'renewals',
			'shall automatically renew for an additional term of 1 year with 30 days notice before the end of the term ',
		],
		['amounts', 'five (5) dollars ($5) '],
		['effects', 'this Amendment is effective as of the Effective Date '],
		['percentages', 'ten percent (10%) '],
		['people', 'Ann Lee (ann@x.example), '],
		['figures', '1,234.567.'],
		['addresses', 'a@a.a@'],
	])('are read to their end: %s', (_, piece) => {
		// Long enough that a reader that looks at everything for each word would not come back.
		const whole = document(`## Term\n\n${piece.repeat(Math.ceil(100_000 / piece.length))}`);
		const extractors = Object.fromEntries(
			TYPES.map((type): [string, TermExtractor] => [type, { type, clause: 'Term' }]),
		);
		expect(readDates(whole).every(({ day: read, problem }) => (read === undefined) !== (problem === undefined))).toBe(
			true,
		);
		expect(readEffective({ document: whole, knownAt: '2026-11-20T09:00:00Z' }).effective.knownAt).toBe(
			'2026-11-20T09:00:00Z',
		);
		expect(readContractPeriod({ document: whole, asOf: '2030-01-01' }).problems).not.toEqual([]);
		expect(Object.keys(extractTerms(whole, extractors))).toEqual(TYPES);
	});
});
