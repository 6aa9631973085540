import { readDates } from '../../../../core/contract';
import { document } from '../builders';

const AGREEMENT = `# Supply Agreement

This Supply Agreement (the "Agreement") is made on 15 January 2026 between Alba Ltd (the "Supplier") and Bruno GmbH (the "Customer").

"Effective Date" means 1 February 2026.

"Commencement Date" means the date that is thirty (30) days after the Effective Date.

`;

/** The last day that the sentence speaks of, in an agreement with two defined days. */
function last(sentence: string): string | undefined {
	const found = readDates(document(`${AGREEMENT}## Rule\n\n${sentence}`)).at(-1);
	return found?.day ?? found?.problem;
}

describe('days in relation to others', () => {
	it.each([
		// A period is half-open: its last day is the day before the same date.
		['The licence is granted for three (3) years from the Effective Date.', '2029-01-31'],
		['It runs for a period of twelve months commencing on the Effective Date.', '2027-01-31'],
		['It continues for eighteen (18) months after the Effective Date.', '2027-07-31'],
		// A day that is named is that day.
		['It expires three (3) years from the Effective Date.', '2029-02-01'],
		['It runs until the second anniversary of the Commencement Date.', '2028-03-03'],
		['It ends on the first (1st) anniversary of the date of this Agreement.', '2027-01-15'],
		['It ends on the 2-year anniversary of the Effective Date.', '2028-02-01'],
		['The fee is due thirty days after the date of this Agreement.', '2026-02-14'],
		['Notice is given no later than 10 days before the Effective Date.', '2026-01-22'],
		['It runs through the end of the calendar year in which the Effective Date falls.', '2026-12-31'],
		['It ends on the last day of the month in which the Commencement Date occurs.', '2026-03-31'],
		['It ends on the last day of the quarter containing the Effective Date.', '2026-03-31'],
		['It starts on the first day of the month following the Effective Date.', '2026-03-01'],
		['It ends on the day before the Effective Date.', '2026-01-31'],
		[
			'It ends on the earlier of (a) 31 December 2027 and (b) the first anniversary of the Effective Date.',
			'2027-02-01',
		],
		['It ends on the later of 31 December 2027 or the first anniversary of the Effective Date.', '2027-12-31'],
		['It ends six months after the end of the month in which the Effective Date falls.', '2026-08-28'],
		['It ends on the date that is two weeks after the date hereof.', '2026-01-29'],
	])('%s', (sentence, day) => {
		expect(last(sentence)).toBe(day);
	});

	it.each([
		['It ends ninety (60) days after the Effective Date.', 'contradicts itself'],
		['It ends on the Completion Date.', 'is not defined'],
		['It ends ten business days after the Effective Date.', 'calendar of business days'],
		['It ends on the anniversary of the Effective Date.', 'which anniversary'],
		['It ends on the earlier of 31 December 2027 and the sale of the Supplier.', 'has no date'],
		['It ends two calendar years from the Effective Date.', 'calendar years'],
		['It ends at the end of the fiscal year in which the Effective Date falls.', 'a year of somebody'],
		['Fees are due for each twelve-month period commencing on the Effective Date.', 'stands for several periods'],
		[
			'Books are kept for the greater of three years from the Effective Date or two years from the last order.',
			'has no date',
		],
		['It ends 99999 years after the Effective Date.', 'outside the calendar'],
	])('asks about: %s', (sentence, problem) => {
		expect(last(sentence)).toContain(problem);
	});

	it('shows how a day was worked out, with the words', () => {
		const found = readDates(document(`${AGREEMENT}It ends on the second anniversary of the Commencement Date.`)).at(-1);
		expect(found?.steps.map(({ says }) => says)).toEqual([
			'Effective Date: 2026-02-01',
			'30 days after 2026-02-01: 2026-03-03',
			'Commencement Date: 2026-03-03',
			'anniversary 2 of 2026-03-03: 2028-03-03',
		]);
		expect(found?.steps[0]?.quote?.text).toContain('"Effective Date" means 1 February 2026.');
	});
});

describe('defined days', () => {
	const day = (text: string): string | undefined => {
		const found = readDates(document(text)).at(-1);
		return found?.day ?? found?.problem;
	};
	const used = '\n\n## Term\n\nIt begins on the Effective Date.';

	it.each([
		[
			'This Agreement is entered into as of May 1, 2026 (the "Effective Date") by and between A Ltd and B Ltd.',
			'2026-05-01',
		],
		['Effective Date: March 1, 1996', '1996-03-01'],
		['| Item | Value |\n| --- | --- |\n| Effective Date | 1 May 2026 |', '2026-05-01'],
		['"Effective Date" means the Signing Date.\n\n"Signing Date" means 2 May 2026.', '2026-05-02'],
		['This Agreement is effective as of 3 May 2026.', '2026-05-03'],
		['**Effective Date** means 4 May 2026.', '2026-05-04'],
	])('%s', (text, value) => {
		expect(day(`${text}${used}`)).toBe(value);
	});

	it('ask where words define them and only a heading gives a date', () => {
		const words = 'Effective Date: 1 May 2026\n\n"Effective Date" is the day on which the Customer clicks the button.';
		expect(day(`${words}${used}`)).toContain('is defined as');
		const version = 'Version Effective Date: 1 May 2026\n\n"Effective Date" is the day on which the Customer clicks.';
		expect(day(`${version}${used}`)).toContain('names no date');
	});

	it('of an amendment are not those of the agreement around it', () => {
		expect(day(`This Amendment is entered into effective 1 October 2026.${used}`)).toContain('is not defined');
	});

	it('are none where a title stands before the date of a signature', () => {
		expect(day(`By: A Name: A Title: Vice President Date: 1 May 2026${used}`)).toContain('is not defined');
	});

	it('ask where they go round in circles', () => {
		const circle = '"Effective Date" means the Start Date.\n\n"Start Date" means ten days after the Effective Date.';
		expect(day(`${circle}${used}`)).toContain('defined by itself');
	});

	it('ask where they are defined twice and differ', () => {
		const twice = '"Effective Date" means 1 May 2026.\n\nEffective Date: 2 May 2026';
		expect(day(`${twice}${used}`)).toContain('is defined as 2026-05-01 and as 2026-05-02');
	});

	it('ask where the blank was left open', () => {
		expect(day(`This Agreement is entered into on ______ (the "Effective Date").${used}`)).toContain('gives no date');
	});

	it('do not mistake the day of another document or of an event for their own', () => {
		const other =
			'The parties made a Secrecy Agreement which was effective July 17, 2009.\n\nIt begins on the effective date of termination.';
		expect(day(`${other}${used}`)).toContain('is not defined');
	});
});
