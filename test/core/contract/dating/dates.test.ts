import { findDates } from '../../../../core/contract/dating';

const values = (text: string): Array<string | undefined> =>
	findDates(text).map(({ value, problem }) => value ?? problem);

describe('dates of the calendar', () => {
	it.each([
		['It ends on 2027-12-31.', '2027-12-31'],
		['on the 15th day of July 1998', '1998-07-15'],
		['effective October 1,1996 ("Amendment Date")', '1996-10-01'],
		['as of the 1st day of January, 2009,', '2009-01-01'],
		['made this first day of July, 2017', '2017-07-01'],
		['is made this 22 day of June 2018', '2018-06-22'],
		['the thirty-first day of May 2027', '2027-05-31'],
		['the 23rd day of February, 1998', '1998-02-23'],
		['on 15 April , 2010', '2010-04-15'],
		['April 15 , 2010', '2010-04-15'],
		['DECEMBER 31, 2027', '2027-12-31'],
		['on December 31st, 2027', '2027-12-31'],
		['Oct. 11, 1996', '1996-10-11'],
		['31-Dec-2027', '2027-12-31'],
		['Monday, 3 May 2027', '2027-05-03'],
		['the 4th of March 2027', '2027-03-04'],
		['the first day of July, two thousand and seventeen (2017)', '2017-07-01'],
		['the first day of May, nineteen hundred and ninety-eight', '1998-05-01'],
		['zum 31.12.2027', '2027-12-31'],
		['am 31. 12. 2027', '2027-12-31'],
		['am 3. März 2027', '2027-03-03'],
		['ab dem 1. Jänner 2027', '2027-01-01'],
		['1er mars 2027', '2027-03-01'],
		['le 14 août 2027', '2027-08-14'],
		["jusqu'au 31 décembre 2027", '2027-12-31'],
		['31/12/2027', '2027-12-31'],
		['12/31/2027', '2027-12-31'],
		['05/05/2027', '2027-05-05'],
	])('%s', (text, value) => {
		expect(values(text)).toEqual([value]);
	});

	it.each([
		['the last day of March 2027', '2027-03-31'],
		['the last day of February, 2028', '2028-02-29'],
		['the first day of March 2027', '2027-03-01'],
		['the end of March 2027', '2027-03-31'],
		['the end of the second quarter of 2027', '2027-06-30'],
		['the last day of the third calendar quarter of 2027', '2027-09-30'],
		['the end of Q4 2027', '2027-12-31'],
		['the first day of Q2 2027', '2027-04-01'],
		['the end of calendar year 2027', '2027-12-31'],
		['the end of 2027', '2027-12-31'],
		['Ende März 2027', '2027-03-31'],
		['fin mars 2027', '2027-03-31'],
	])('%s', (text, value) => {
		expect(values(text)).toEqual([value]);
	});

	it.each([
		['on 1 and 15 March 2027', ['2027-03-01', '2027-03-15']],
		['from January 1 to March 31, 2027', ['2027-01-01', '2027-03-31']],
		['March 1 and 15, 2027', ['2027-03-01', '2027-03-15']],
		['from 1 May 2026 to 30 April 2027', ['2026-05-01', '2027-04-30']],
	])('%s', (text, wanted) => {
		expect(values(text)).toEqual(wanted);
	});

	it.each([
		['03/04/2026', 'can mean 2026-04-03 or 2026-03-04'],
		['31 June 2027', 'not in the calendar'],
		['February 29, 2027', 'not in the calendar'],
		['8/4/10', 'names no century'],
		['Tuesday, 3 May 2027', 'another day of the week'],
		['the last business day of March 2027', 'calendar of business days'],
		['1 May two thousand and seventeen (2018)', 'contradicts itself'],
		['November 1 to March 31, 2027', 'names no year'],
	])('asks about %s', (text, problem) => {
		expect(values(text)[0]).toContain(problem);
	});

	it.each([
		'3.1 The Customer shall march on.',
		'in December 2027',
		'Section 4.1 January 2027 payments',
		'see Section 5 May of 2027 notwithstanding',
		'version 3.1.2027',
		'call 555-12-2027-1',
		'24/7/365',
		'It may, 5 times in 2027, be read.',
	])('finds none in: %s', (text) => {
		expect(values(text)).toEqual([]);
	});
});
