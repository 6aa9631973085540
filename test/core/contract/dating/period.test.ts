import { readContractPeriod, type ContractPeriod } from '../../../../core/contract';
import { document } from '../builders';

const OPENING = `# Services Agreement

This Services Agreement is made as of 1 January 2026 (the "Effective Date") between Alba Ltd and Bruno GmbH.

## 9. Term

`;

const period = (clause: string, asOf?: string): ContractPeriod =>
	readContractPeriod({ document: document(`${OPENING}${clause}`), ...(asOf === undefined ? {} : { asOf }) });

describe('the term of a contract', () => {
	it.each([
		['This Agreement commences on the Effective Date and continues for three (3) years.', '2028-12-31'],
		['This Agreement shall commence on 1 March 2026 and shall remain in effect until 28 February 2029.', '2029-02-28'],
		['The initial term of this Agreement is twenty-four (24) months from the Effective Date.', '2027-12-31'],
		['This Agreement starts on 31 January 2026 and runs for a period of one month.', '2026-02-27'],
		[
			'This Agreement begins on the Effective Date and expires on the second anniversary of the Effective Date.',
			'2028-01-01',
		],
		['This Agreement will terminate automatically without notice on December 31, 2027.', '2027-12-31'],
		[
			'The term begins on 1 April 2026 and continues through the end of the calendar year in which the Effective Date falls.',
			'2026-12-31',
		],
	])('%s', (clause, end) => {
		const read = period(clause);
		expect([read.initialEnd, read.problems]).toEqual([end, []]);
	});

	it.each([
		['This Agreement begins on the Effective Date and continues until terminated.', 'until somebody ends it'],
		['The term is ninety (60) days from the Effective Date.', 'contradicts itself'],
		['The initial term of this Agreement is three years.', 'from when'],
		[
			'This Agreement commences on 1 January 2026, continues for one year and ends on 30 June 2028.',
			'end on 2026-12-31',
		],
		['This Agreement begins on the Closing Date and continues for one year.', 'is not defined'],
	])('asks about: %s', (clause, problem) => {
		const read = period(clause);
		expect(read.problems.join(' ')).toContain(problem);
		expect(read.initialEnd).toBeUndefined();
	});
});

describe('automatic renewal', () => {
	const YEARLY =
		'This Agreement commences on the Effective Date and continues for an initial term of one (1) year. It shall thereafter renew automatically for successive periods of one year unless either party gives written notice at least ninety (90) days before the end of the then-current term.';

	it('is told with the current term, the next one and the last day for notice', () => {
		expect(period(YEARLY, '2028-06-15')).toMatchObject({
			start: '2026-01-01',
			initialEnd: '2026-12-31',
			automatic: true,
			renewals: 2,
			currentEnd: '2028-12-31',
			nextEnd: '2029-12-31',
			noticeBy: '2028-10-02',
			problems: [],
		});
	});

	it('has not happened on the last day of a term and has on the day after', () => {
		expect(period(YEARLY, '2026-12-31').currentEnd).toBe('2026-12-31');
		expect(period(YEARLY, '2027-01-01').currentEnd).toBe('2027-12-31');
	});

	it('does not creep when months are clipped', () => {
		const clause =
			'This Agreement starts on 31 January 2026, continues for one month and shall automatically renew for additional one-month terms.';
		expect(
			['2026-02-10', '2026-03-10', '2026-04-10', '2026-05-10'].map((asOf) => period(clause, asOf).currentEnd),
		).toEqual(['2026-02-27', '2026-03-27', '2026-04-27', '2026-05-27']);
	});

	it.each([
		['It will automatically renew for up to two (2) additional terms of one year each.', '2028-12-31'],
		['It automatically continues thereafter for additional, successive one (1) year terms.', '2033-12-31'],
		['It shall be automatically extended from year to year.', '2033-12-31'],
		['It will renew automatically for further periods of the same length.', '2033-12-31'],
		['It then continues on a year-to-year basis.', '2033-12-31'],
		['Der Vertrag verlängert sich automatisch um jeweils ein Jahr.', '2033-12-31'],
		['Each Subscription Term renews automatically for successive one-year terms.', '2026-12-31'],
		['It may be renewed by mutual written agreement for one year.', '2026-12-31'],
	])('%s', (clause, end) => {
		const begin = 'This Agreement commences on the Effective Date and continues for one year. ';
		expect(period(begin + clause, '2033-05-05').currentEnd).toBe(end);
	});

	it('is read in German', () => {
		const clause =
			'Der Vertrag beginnt am 1. April 2026 und hat eine Laufzeit von drei Jahren. Er verlängert sich automatisch um jeweils ein Jahr, wenn er nicht mit einer Frist von drei Monaten vor Ablauf gekündigt wird.';
		expect(period(clause, '2029-05-05')).toMatchObject({
			currentEnd: '2030-03-31',
			noticeBy: '2029-12-31',
			problems: [],
		});
	});

	it('keeps business days of notice as such and names no last day for it', () => {
		const read = period(YEARLY.replace('ninety (90) days', 'twenty business days'), '2026-05-05');
		expect(read.notice).toMatchObject({ businessDays: 20, days: 0 });
		expect(read.noticeBy).toBeUndefined();
	});
});
