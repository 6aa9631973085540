import { extractTerms } from '../../../../core/contract';
import type { Term, TermExtractor, TermValue } from '../../../../core/model';
import { document } from '../builders';

function read(text: string, extractor: TermExtractor): Term {
	const term = extractTerms(document(text), { it: extractor })['it'];
	if (!term) throw new Error('The term is missing.');
	return term;
}

/** Reads a value of a type from a clause of one paragraph. */
function clause(type: TermExtractor['type'], text: string, more: Partial<TermExtractor> = {}): Term {
	return read(`## Scope\n\n${text}\n\n## Law\n\nGerman law.`, { type, clause: 'Scope', ...more });
}

const value = (term: Term): unknown => (term.value && 'value' in term.value ? term.value.value : term.problem);

describe('lists', () => {
	it.each([
		['The Licensed Modules are Payroll, Time Tracking and Expenses.', ['Payroll', 'Time Tracking', 'Expenses']],
		['Territory means Germany, Austria, and Switzerland.', ['Germany', 'Austria', 'Switzerland']],
		['The following systems: SAP; Jira; GitHub.', ['SAP', 'Jira', 'GitHub']],
		['Payroll, Time, Expense', ['Payroll', 'Time', 'Expense']],
		['The data classes are names, e-mail addresses and payroll data.', ['names', 'e-mail addresses', 'payroll data']],
		['The modules are Sales, Research and Development, and Payroll.', ['Sales', 'Research and Development', 'Payroll']],
		[
			'The Territory comprises the United Kingdom and the Republic of Ireland.',
			['United Kingdom', 'Republic of Ireland'],
		],
		['The roles are "Reader", "Writer" and "Head of Sales".', ['Reader', 'Writer', 'Head of Sales']],
		[
			'The sites are Paris, France; Berlin, Germany; and Rome, Italy.',
			['Paris, France', 'Berlin, Germany', 'Rome, Italy'],
		],
		['Die Module sind Lohn, Zeit und Reise.', ['Lohn', 'Zeit', 'Reise']],
		['The systems are SAP (production), SAP (test) and Jira.', ['SAP (production)', 'SAP (test)', 'Jira']],
	])('%s', (text, entries) => {
		expect(value(clause('list', text))).toEqual(entries);
	});

	it('are read from items', () => {
		expect(
			value(
				clause('list', 'The Supplier may use:\n\n(a) Payroll;\n\n(b) Time Tracking; and\n\n(c) the Expenses module.'),
			),
		).toContain('unlike the other');
		expect(value(clause('list', 'The Supplier may use:\n\n- Payroll\n- Time Tracking;\n- Expenses'))).toEqual([
			'Payroll',
			'Time Tracking',
			'Expenses',
		]);
	});

	it('are read from a column', () => {
		const table = '| Module | Since |\n| --- | --- |\n| Payroll | 2026 |\n| Time | 2027 |\n| Payroll | 2028 |';
		expect(value(clause('list', table, { columns: ['module'] }))).toEqual(['Payroll', 'Time']);
		expect(clause('list', table, { columns: ['Name'] }).problem).toContain('no table with a column "Name"');
	});

	it('are read behind the words beside them', () => {
		const text = 'The Customer may use the modules Payroll and Time in the countries Germany and France.';
		expect(
			value(
				clause('list', text.replace(' in the countries', '. It may use them in the countries'), {
					near: 'modules',
				}),
			),
		).toEqual(['Payroll', 'Time']);
		// Where the list goes over into the sentence, it is not known where it ends.
		expect(clause('list', text, { near: 'modules' }).problem).toContain('unlike the other entries');
	});

	it.each([
		['The modules are Payroll, Time and others.', 'open'],
		['Systems include, without limitation, SAP and Jira.', 'open'],
		['The territory is Europe, Asia and Africa except Egypt.', 'exceptions'],
		['The Supplier must not use the modules: Payroll, Time.', 'negated'],
		['The modules are Payroll, Time and Expenses for its internal business.', 'unlike the other'],
		['The sites are Alpha and Beta, Gamma and Delta.', 'several ways'],
		['The modules are [***] and Payroll.', 'open'],
		[
			'The Supplier shall perform the work with all the skill and care to be expected of a prudent house of that kind.',
			'no entry of a list',
		],
	])('ask about: %s', (text, problem) => {
		expect(clause('list', text).problem).toContain(problem);
	});
});

describe('durations', () => {
	it.each([
		['Either party may terminate on ninety (90) days’ notice.', 'P90D'],
		['Notice of 3 months is required.', 'P3M'],
		['The warranty lasts twenty-four (24) months.', 'P2Y'],
	])('%s', (text, duration) => {
		expect(clause('duration', text).value).toEqual({ type: 'duration', value: duration });
	});

	it('keep business days as such', () => {
		expect(clause('duration', 'Answers are given within ten business days.').value).toEqual({
			type: 'duration',
			value: 'P10D',
			businessDays: true,
		});
	});

	it('are chosen by the words beside them, or by place', () => {
		const text =
			'Invoices are due within 30 days. Notice of termination is ninety days. Records are kept for 10 years.';
		expect(value(clause('duration', text, { near: 'notice' }))).toBe('P90D');
		expect(value(clause('duration', text, { which: 'first' }))).toBe('P30D');
		expect(value(clause('duration', text, { which: 'last' }))).toBe('P10Y');
		expect(clause('duration', text).problem).toContain('several durations: P30D, P90D, P10Y');
	});

	it('ask where words and figures differ', () => {
		expect(clause('duration', 'Notice is ninety (60) days.').problem).toContain('contradicts itself');
		expect(clause('duration', 'Notice is 30 to 60 days.').problem).toContain('range');
	});
});

describe('amounts of money', () => {
	it.each([
		['The fee is EUR 1,150 a day.', 'day'],
		['The fee is EUR 1,150 per user per month.', 'month user'],
		['The fee is EUR 1,150 (net) per annum.', 'year'],
		['The fee is EUR 1,150, payable quarterly.', 'quarter'],
		['The fee is EUR 1,150/seat.', 'seat'],
	])('say what they are paid for: %s', (text, per) => {
		expect(clause('money', text).value).toEqual({ type: 'money', value: 1150, currency: 'EUR', per });
	});

	it.each([
		['The fee is EUR 1,150.', 1150, 'EUR'],
		['The fee is US$5,000.50.', 5000.5, 'USD'],
		['The fee is € 1.150,00.', 1150, 'EUR'],
		['Die Vergütung beträgt 12.500,50 EUR.', 12500.5, 'EUR'],
		['The cap is five hundred thousand dollars ($500,000).', 500000, '$'],
		['The cap is £2.5 million.', 2500000, 'GBP'],
		["The fee is CHF 1'200.", 1200, 'CHF'],
		['The fee is ten thousand (10,000) euros.', 10000, 'EUR'],
		['The fee is five hundred euros.', 500, 'EUR'],
		['The fee is 200 Canadian dollars.', 200, 'CAD'],
		['The fee is USD 1,000,000.', 1000000, 'USD'],
	])('%s', (text, amount, currency) => {
		expect(clause('money', text).value).toEqual({ type: 'money', value: amount, currency });
	});

	it('are US dollars where the contract says so elsewhere', () => {
		const text = '## Fee\n\nThe fee is $100.\n\n## Money\n\nAll amounts are in United States dollars.';
		expect(read(text, { type: 'money', clause: 'Fee' }).value).toEqual({ type: 'money', value: 100, currency: 'USD' });
	});

	it.each([
		['The fee is EUR 1.150.', 'can mean'],
		['The cap is five thousand dollars ($6,000).', 'contradicts'],
		['The fee is $100 or $200.', 'several amounts'],
		['The fee is 100 apples.', 'no amount of money'],
	])('ask about: %s', (text, problem) => {
		expect(clause('money', text).problem).toContain(problem);
	});
});

describe('percentages', () => {
	it.each([
		['VAT is 19%.', 19],
		['VAT is nineteen percent (19%).', 19],
		['Der Satz beträgt 12,5 %.', 12.5],
		['The rate is 7.25 per cent.', 7.25],
		['The rate is ten percent.', 10],
	])('%s', (text, percent) => {
		expect(clause('percent', text).value).toEqual({ type: 'percent', value: percent });
	});

	it.each([
		['The rate is ten percent (12%).', 'contradicts'],
		['The rate is 5-10%.', 'range'],
		['The rate is 5% and later 10%.', 'several percentages'],
		['The rate is ***** percent (*****%).', 'no percentage'],
	])('ask about: %s', (text, problem) => {
		expect(clause('percent', text).problem).toContain(problem);
	});
});

describe('yes and no', () => {
	it.each([
		['The Supplier may work remotely.', true],
		['Remote access is permitted.', true],
		['The Supplier shall not work remotely.', false],
		['Remote access is prohibited.', false],
		['No subcontractor may be used.', false],
		['Remote access: Yes', true],
		['Der Zugriff ist nicht gestattet.', false],
	])('%s', (text, answer) => {
		expect(clause('boolean', text).value).toEqual({ type: 'boolean', value: answer });
	});

	it('are read from a cover page', () => {
		const text = '| Item | Value |\n| --- | --- |\n| Remote access | No |';
		expect(read(text, { type: 'boolean', clause: 'Remote access' }).value).toEqual({ type: 'boolean', value: false });
	});

	it.each([
		[
			'The Supplier may work remotely with the prior written consent of the Customer, subject to Section 4.',
			'condition',
		],
		['The Supplier may work remotely. The Supplier may not work remotely from abroad.', 'several answers: yes, no'],
		['The weather is fine.', 'names no yes or no'],
	])('ask about: %s', (text, problem) => {
		expect(clause('boolean', text).problem).toContain(problem);
	});
});

describe('people in a table', () => {
	it('come with what its other columns say of them', () => {
		const text =
			'| Full name | E-mail | Role |\n|---|---|---|\n| Ann Lee | ANN@x.example | Admin |\n| Bob Ray | bob@x.example | |';
		expect(value(clause('people', text))).toEqual([
			{ name: 'Ann Lee', email: 'ann@x.example', role: 'Admin' },
			{ name: 'Bob Ray', email: 'bob@x.example' },
		]);
	});
});

describe('people in prose', () => {
	const ann = { name: 'Ann Lee', email: 'ann@x.example' };
	const bob = { name: 'Bob Ray', email: 'bob@x.example' };

	it.each([
		['The permitted users are Ann Lee (ann@x.example) and Bob Ray <bob@x.example>.', [ann, bob]],
		['The permitted users are: Ann Lee, Ann@x.example; Bob Ray, bob@x.example.', [ann, bob]],
		['The permitted users are Ann Lee, ann@x.example, Bob Ray, bob@x.example.', [ann, bob]],
		[
			'The permitted users are Ann Lee, Bob Ray and Jean-Luc de la Tour.',
			[{ name: 'Ann Lee' }, { name: 'Bob Ray' }, { name: 'Jean-Luc de la Tour' }],
		],
		['- Ann Lee, ann@x.example\n- Bob Ray (bob@x.example)', [ann, bob]],
		['| Name | Email |\n| --- | --- |\n| Ann Lee | ann@x.example |', [ann]],
	])('%s', (text, people) => {
		expect(value(clause('people', text.replace('<', '\\<')))).toEqual(people);
	});

	it.each([
		['The permitted users are Ann Lee, Chief Engineer, and Bob Ray.', 'no name of a person'],
		['The permitted users are two employees of the Supplier.', 'no name of a person'],
		['The permitted users are Ann Lee (ann@x.example) and Bob Ray.', 'has no address'],
		['The permitted users are Ann Lee (ann@x.example) and Bob Ray (ann@x.example).', 'twice'],
		['The permitted users are Ann Lee, Bob Ray and others.', 'open'],
		['Everybody but not Ann Lee and Bob Ray.', 'exceptions'],
	])('ask about: %s', (text, problem) => {
		expect(clause('people', text).problem).toContain(problem);
	});
});

describe('dates that are worked out', () => {
	const agreement = (term: string): string =>
		`This Agreement is made as of 1 January 2026 (the "Effective Date") between A Ltd and B Ltd.\n\n## 4. Term\n\n${term}`;
	const date = (term: string, more: Partial<TermExtractor> = {}, asOf?: string): Term => {
		const options = asOf === undefined ? {} : { asOf };
		const wanted: TermExtractor = { type: 'date', clause: 'Term', ...more };
		const read = extractTerms(document(agreement(term)), { it: wanted }, undefined, options)['it'];
		if (!read) throw new Error('The term is missing.');
		return read;
	};
	const YEARLY =
		'This Agreement commences on the Effective Date and continues for one (1) year. It renews automatically for successive periods of one year unless either party gives notice at least ninety (90) days before the end of the then-current term.';

	it.each([
		['It is valid for three (3) years from the Effective Date.', '2028-12-31'],
		['The licence runs from 1 April 2026 for 12 months.', '2027-03-31'],
		['Starting on the Effective Date the Supplier has access for eighteen months.', '2027-06-30'],
		['Der Vertrag beginnt am 1. April 2026 und hat eine Laufzeit von drei (3) Jahren.', '2029-03-31'],
		['Le contrat est conclu pour une durée de trois (3) ans à compter du 1er avril 2026.', '2029-03-31'],
		[
			'It commences on the Effective Date and continues until the second anniversary of the Effective Date.',
			'2028-01-01',
		],
		['It begins on the Effective Date and continues for a period of eighteen months.', '2027-06-30'],
		['It commences on the Effective Date and shall terminate on 30 June 2027.', '2027-06-30'],
	])('%s', (term, day) => {
		expect(value(date(term))).toBe(day);
	});

	it('show the steps with their quotes', () => {
		const { value: read } = date('It is valid for three (3) years from the Effective Date.');
		const steps = read?.type === 'date' ? (read.derivation ?? []) : [];
		expect(steps.map(({ says }) => says)).toEqual([
			'Effective Date: 2026-01-01',
			'3 years from 2026-01-01, last day: 2028-12-31',
		]);
		expect(steps[0]?.quote?.text).toContain('made as of 1 January 2026');
	});

	it('follow automatic renewal to the day that counts', () => {
		expect(date(YEARLY).value).toMatchObject({
			value: '2026-12-31',
			renewal: { every: 'P1Y', notice: 'P90D', noticeBy: '2026-10-02', next: '2027-12-31' },
		});
		expect(date(YEARLY, {}, '2029-05-05').value).toMatchObject({
			value: '2029-12-31',
			renewal: { noticeBy: '2029-10-02', next: '2030-12-31' },
		});
		expect(value(date(YEARLY, { day: 'notice' }, '2029-05-05'))).toBe('2029-10-02');
		expect(value(date(YEARLY, { day: 'next' }, '2029-05-05'))).toBe('2030-12-31');
		expect(value(date(YEARLY, { day: 'start' }))).toBe('2026-01-01');
	});

	it.each([
		['It begins on 1 March 2026 and continues until terminated by either party.', 'names no calendar date'],
		['It continues for three years from the Closing Date.', '"the Closing Date" is not defined'],
		['It runs for ninety (60) days from the Effective Date.', 'contradicts itself'],
		['It runs for ten business days from the Effective Date.', 'calendar of business days'],
	])('ask about: %s', (term, problem) => {
		expect(date(term).problem).toContain(problem);
	});
});

describe('where a value stands', () => {
	it('can be a definition, which a heading of that name is not', () => {
		const text = '## Seats\n\nThere are 25 of them.\n\n"Seats" means 40 named users.';
		expect(value(read(text, { type: 'number', definition: 'Seats' }))).toBe(40);
		expect(read(text, { type: 'number', definition: 'Chairs' }).problem).toContain('No definition is called "Chairs"');
	});

	it('can be a schedule', () => {
		const text = '# Deal\n\n## Schedule B - Modules\n\nThe modules are Payroll and Time.';
		expect(value(read(text, { type: 'list', schedule: 'Modules' }))).toEqual(['Payroll', 'Time']);
	});

	it('is quoted with its place', () => {
		const text = '## Scope\n\nFirst. The *modules* are Payroll and\u00A0Time. Last.';
		const term = read(text, { type: 'list', clause: 'Scope' });
		expect(text.slice(term.quote?.span.start, term.quote?.span.end)).toBe('The *modules* are Payroll and\u00A0Time.');
	});

	it('can be some columns of a table', () => {
		const text = '## Users\n\n| Name | Email | Note |\n| --- | --- | --- |\n| Ann | a@x.example | - |';
		const wanted: TermExtractor = { type: 'table', schedule: 'Users', columns: ['email', 'Name'] };
		expect(read(text, wanted).value).toEqual<TermValue>({
			type: 'table',
			columns: ['Name', 'Email'],
			rows: [{ Name: 'Ann', Email: 'a@x.example' }],
		});
		expect(read(text, { ...wanted, columns: ['Login'] }).problem).toContain('no column "Login"');
	});
});
