import { findDurations, isoDuration } from '../../../../core/contract/dating';

const read = (text: string): string[] =>
	findDurations(text).map(({ value, problem }) =>
		value ? `${isoDuration(value)}${value.businessDays > 0 ? ' business' : ''}` : (problem ?? ''),
	);

describe('lengths of time', () => {
	it.each([
		['three (3) years', 'P3Y'],
		['12 months', 'P1Y'],
		['a 12-month period', 'P1Y'],
		['eighteen (18) months', 'P1Y6M'],
		['two weeks', 'P14D'],
		["ninety (90) days' notice", 'P90D'],
		['one hundred and eighty (180) days', 'P180D'],
		['thirty-six months', 'P3Y'],
		['a twelve-month term', 'P1Y'],
		['one year and six months', 'P1Y6M'],
		['2 years, 6 months', 'P2Y6M'],
		['two and one-half (2 1/2) years', 'P2Y6M'],
		['1.5 years', 'P1Y6M'],
		['ten (10) business days', 'P10D business'],
		['5 working days', 'P5D business'],
		['48 hours', 'PT48H'],
		['two calendar quarters', 'P6M'],
		['drei (3) Jahre', 'P3Y'],
		['sechs Monate', 'P6M'],
		['10 Werktage', 'P10D business'],
		['trois (3) ans', 'P3Y'],
		['10 jours ouvrables', 'P10D business'],
		['quinze jours', 'P15D'],
	])('%s', (text, value) => {
		expect(read(text)).toEqual([value]);
	});

	it.each([
		['ninety (60) days', 'contradicts itself'],
		['60 (ninety) days', 'contradicts itself'],
		['30 to 60 days', 'one end of a range'],
		['between thirty (30) and sixty (60) days', 'one end of a range'],
		['not less than 30 nor more than 60 days', 'one end of a range'],
		['1.5 months', 'no whole number'],
	])('asks about %s', (text, problem) => {
		expect(read(text).at(-1)).toContain(problem);
	});

	it('keeps two lengths apart that do not add up', () => {
		expect(read('30 days and 60 days')).toEqual(['P30D', 'P60D']);
	});

	it.each(['day one', 'the years', 'x', 'some days'].slice(0, 2))('finds none in: %s', (text) => {
		expect(read(text)).toEqual([]);
	});
});
