import { extractTerms } from '../../../core/contract';
import type { Term, TermExtractor } from '../../../core/model';
import { compare, document } from './builders';

function read(text: string, extractor: TermExtractor): Term {
	const term = extractTerms(document(text), { it: extractor })['it'];
	if (!term) throw new Error('The term is missing.');
	return term;
}

const number = (sentence: string): Term =>
	read(`## Licensed Users\n\n${sentence}`, { type: 'number', clause: 'Licensed Users' });
const date = (sentence: string): Term => read(`4. **Term.** ${sentence}`, { type: 'date', clause: 'Term' });

describe('numbers', () => {
	it.each([
		['Up to twenty-five (25) users.', 25],
		['The customer has 25 seats.', 25],
		['At most 1,000 named users may log in.', 1000],
		['Two hundred and fifty users.', 250],
		['25 users, to be paid within 30 days at 19% VAT and $400.', 25],
		['From 1 January 2027 on, 40 users (see Section 4.2).', 40],
	])('%s', (sentence, value) => {
		expect(number(sentence).value).toEqual({ type: 'number', value });
	});

	it.each([
		['Not more than ninety (60) users.', 'contradicts itself'],
		['Either 25 or 40 users.', 'several numbers: 25, 40'],
		['An unlimited crowd.', 'names no number'],
		['Up to 1.000 users.', '1 or 1000'],
	])('asks about: %s', (sentence, problem) => {
		const term = number(sentence);
		expect(term.problem).toContain(problem);
		expect(term.value).toBeUndefined();
	});
});

describe('dates', () => {
	it.each([
		['It ends on 2027-12-31.', '2027-12-31'],
		['It ends on 31 December 2027.', '2027-12-31'],
		['It ends on December 31, 2027.', '2027-12-31'],
		['It ends on the 31st day of December, 2027.', '2027-12-31'],
		['It ends on October 1,1996.', '1996-10-01'],
		['It ends on the 15th day of July 1998.', '1998-07-15'],
		['It ends on the 1st day of January, 2009.', '2009-01-01'],
		['It ends on the thirty-first day of May 2027.', '2027-05-31'],
		['It ends on 31/12/2027.', '2027-12-31'],
		['Es endet am 31.12.2027.', '2027-12-31'],
		['Es endet am 3. März 2027.', '2027-03-03'],
		['It starts on 1 January 2026 and runs until 30 June 2027.', '2027-06-30'],
		['From 1 January 2026 through December 31, 2026.', '2026-12-31'],
	])('%s', (sentence, value) => {
		expect(date(sentence).value).toEqual({ type: 'date', value });
	});

	it.each([
		['It ends on 03/04/2026.', '2026-04-03 or 2026-03-04'],
		['It ends on 31 June 2027.', 'not in the calendar'],
		['The Customer shall march on.', 'no calendar date'],
		['Signed on 1 May 2026 and on 2 May 2026.', 'several dates'],
		['It runs for twelve months.', 'no calendar date'],
	])('asks about: %s', (sentence, problem) => {
		expect(date(sentence).problem).toContain(problem);
	});
});

describe('finding the clause', () => {
	it('finds definitions, cover page rows and headings whatever their case', () => {
		const wanted: TermExtractor = { type: 'number', clause: 'LICENSED users' };
		expect(read('\u201CLicensed Users\u201D means 25 named persons.', wanted).value).toEqual({
			type: 'number',
			value: 25,
		});
		expect(read('| Key | Value |\n| --- | --- |\n| Licensed Users | 25 |', wanted).value).toEqual({
			type: 'number',
			value: 25,
		});
		expect(read('3.1 Licensed users. There are 25 of them.', wanted).value).toEqual({ type: 'number', value: 25 });
	});

	it('names the headings that are there when the clause is not', () => {
		expect(read('## Licensed Seats\n\n25.\n\n## Law', { type: 'number', clause: 'Licensed Users' }).problem).toContain(
			'"Licensed Seats"',
		);
	});

	it('asks when clauses of one name differ', () => {
		const text = '## Seats\n\n25 users.\n\n## Other\n\nNothing.\n\n## Seats\n\n40 users.';
		expect(read(text, { type: 'number', clause: 'Seats' }).problem).toContain('25, 40');
	});

	it('quotes the sentence and points at it in the source', () => {
		const text = '# Deal\n\n4. **Term.** It starts soon. It *ends* on 31\u00A0December 2027. Then nothing.';
		const term = read(text, { type: 'date', clause: 'Term' });
		expect(term.quote).toMatchObject({ clause: '4 Term', text: 'It ends on 31 December 2027.' });
		expect(text.slice(term.quote?.span.start, term.quote?.span.end)).toBe('It *ends* on 31\u00A0December 2027.');
	});

	it('reads text with its quote', () => {
		expect(read('## Project\n\nApollo.', { type: 'text', clause: 'Project' }).value).toEqual({
			type: 'text',
			value: 'Apollo.',
		});
	});
});

describe('tables', () => {
	const schedule = (rows: string): string =>
		`# Deal\n\n## Schedule A - Authorised Users\n\n| Name | E-Mail |\n| --- | --- |\n${rows}`;
	const users: TermExtractor = { type: 'table', schedule: 'Authorised Users', key: 'E-Mail' };

	it('become records by column header', () => {
		expect(read(schedule('| Ann | a@x.example |\n| Bob | b@x.example |'), users).value).toEqual({
			type: 'table',
			columns: ['Name', 'E-Mail'],
			rows: [
				{ Name: 'Ann', 'E-Mail': 'a@x.example' },
				{ Name: 'Bob', 'E-Mail': 'b@x.example' },
			],
		});
	});

	it.each([
		['| Ann | a@x.example |\n| Bob | A@x.example |', 'more than once'],
		['| Ann | |', 'is empty in 1 of 1 rows'],
	])('ask about keys that identify nobody: %j', (rows, problem) => {
		expect(read(schedule(rows), users).problem).toContain(problem);
	});

	it('name the columns there are when the key column is missing', () => {
		expect(read(schedule('| Ann | a |'), { ...users, key: 'Login' }).problem).toContain('Name, E-Mail');
	});

	it('say so when there is no such schedule', () => {
		expect(read('# Deal', users).problem).toContain('No schedule');
	});
});

describe('changes of terms', () => {
	const extractors: Record<string, TermExtractor> = {
		seats: { type: 'number', clause: 'Seats' },
		end: { type: 'date', clause: 'Term' },
		project: { type: 'text', clause: 'Project' },
	};
	const text = (seats: number, end: string, project = 'Apollo'): string =>
		`## Seats\n\n${seats} users.\n\n## Term\n\nUntil ${end}.\n\n## Project\n\n${project}.`;

	it('widen and narrow', () => {
		const effects = compare(text(25, '2027-12-31'), text(40, '2027-06-30', 'Borealis'), { extractors }).terms;
		expect(effects.map(({ name, changed, effect }) => [name, changed, effect])).toEqual([
			['seats', true, 'widening'],
			['end', true, 'narrowing'],
			['project', true, 'neutral'],
		]);
	});

	it('are none where the values agree', () => {
		const { terms } = compare(text(25, '2027-12-31'), text(25, '31 December 2027'), { extractors });
		expect(terms.map((term) => term.changed)).toEqual([false, false, false]);
	});
});
