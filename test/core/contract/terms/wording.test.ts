import { extractTerms } from '../../../../core/contract';
import type { Term, TermChange, TermExtractor } from '../../../../core/model';
import { compare, document } from '../builders';

type Row = readonly [type: TermExtractor['type'], text: string, value: unknown, more?: Partial<TermExtractor>];

const OPENING = `# Master Services Agreement

This Master Services Agreement is made on 12 January 2026 (the "Effective Date") between Alder Ltd and Birch GmbH.

`;

function read(type: TermExtractor['type'], text: string, more: Partial<TermExtractor> = {}): Term {
	const whole = `${OPENING}## 4. Matter\n\n${text}\n\n## 5. Law\n\nThe law of Ireland applies.`;
	const term = extractTerms(document(whole), { it: { type, clause: 'Matter', ...more } })['it'];
	if (!term) throw new Error('The term is missing.');
	return term;
}

function told({ value, problem }: Term): unknown {
	if (!value) return `? ${problem ?? ''}`;
	if (value.type === 'money') return `${value.currency} ${value.value}${'per' in value ? ` / ${value.per}` : ''}`;
	return value.type === 'table' ? value.rows : value.value;
}

const asks = (pattern: RegExp): unknown => expect.stringMatching(new RegExp(`^\\? .*${pattern.source}`, 'is'));

const NUMBERS: Row[] = [
	['number', 'Customer may permit up to one hundred and twenty (120) individuals to use the Service.', 120],
	['number', 'The number of Authorised Users shall not exceed 2,500.', 2500],
	['number', 'Licensee is entitled to fifty-five Named Users.', 55],
	['number', 'The Service may be used by no more than thirty (30) concurrent users.', 30],
	['number', 'The Service may be used by forty (45) users.', asks(/contradict/)],
	['number', 'Es dürfen höchstens 75 Nutzer gleichzeitig angemeldet sein.', 75],
	['number', 'Le nombre maximal d’utilisateurs est fixé à 60.', 60],
	['number', 'The Customer may create an unlimited number of accounts.', asks(/no limit/)],
	['number', 'The subscription comprises 200 seats for employees and 50 seats for contractors.', asks(/200.*50/)],
	['number', 'As set out in Section 3, the Supplier provides 15 workstations within 30 days.', 15],
	['number', 'Seats: 1’250', 1250],
	['number', 'A dozen users may be named.', 12],
	['number', 'Half a dozen users may be named.', asks(/no number/)],
];

const DATES: Row[] = [
	['date', 'This Agreement expires on 31st March 2029.', '2029-03-31'],
	['date', 'This Agreement shall remain in force until the 30th day of September, 2028.', '2028-09-30'],
	['date', 'Access ends on 2028-02-29.', '2028-02-29'],
	['date', 'Access ends on 04/05/2028.', asks(/./)],
	['date', 'Access ends on 25/12/2027.', '2027-12-25'],
	['date', 'Dieser Vertrag endet am 30. Juni 2028.', '2028-06-30'],
	['date', 'Le contrat expire le 1er octobre 2027.', '2027-10-01'],
	['date', 'This Agreement commences on the Effective Date and continues for two (2) years.', '2028-01-11'],
	['date', 'This Agreement starts on 1 July 2026 and continues for eighteen (18) months thereafter.', '2027-12-31'],
	['date', 'This Agreement expires five (5) years after the Effective Date.', '2031-01-12'],
	['date', 'The term ends on 30 February 2027.', asks(/./)],
	['date', 'The term ends on 31 May 2027. The term ends on 30 June 2027.', asks(/2027-05-31.*2027-06-30/)],
	['date', 'This Agreement continues until terminated by either party.', asks(/./)],
	[
		'date',
		'The initial term begins on 1 March 2026 and ends on 28 February 2027. Thereafter this Agreement renews automatically for successive terms of twelve months unless either party gives notice of at least sixty (60) days before the end of the current term.',
		'2026-12-30',
		{ day: 'notice' },
	],
	[
		'date',
		'This Agreement comes into force on 1 April 2026 and ends on 31 March 2029.',
		'2026-04-01',
		{ day: 'start' },
	],
	['date', 'This Agreement terminates on the last day of the third month following the Effective Date.', '2026-04-30'],
];

const DURATIONS: Row[] = [
	['duration', 'Either party may terminate upon ninety (90) days’ prior written notice.', 'P90D'],
	['duration', 'The notice period is three months to the end of a quarter.', 'P3M'],
	['duration', 'Die Kündigungsfrist beträgt sechs Wochen.', 'P42D'],
	['duration', 'Notice of not less than 24 hours is required.', 'PT24H'],
	['duration', 'The notice period is ten (10) Business Days.', 'P10D'],
	['duration', 'The notice period is thirty (60) days.', asks(/./)],
];

const AMOUNTS: Row[] = [
	['money', 'The fee is EUR 12.500,00 per year.', 'EUR 12500 / year'],
	['money', 'Customer pays US$ 4,750.50 per month.', 'USD 4750.5 / month'],
	['money', 'The fee amounts to 9 900 € per quarter.', 'EUR 9900 / quarter'],
	['money', 'Customer pays £2.4 million.', 'GBP 2400000'],
	['money', 'Customer pays CHF 18’000.– per annum.', 'CHF 18000 / year'],
	['money', 'The fee is five thousand dollars ($6,000).', asks(/contradict/)],
	['money', 'The fee is EUR 100 in 2026 and EUR 120 in 2027.', asks(/100.*120/)],
	['percent', 'The discount is twelve and one-half percent (12.5%).', 12.5],
];

const LISTS: Row[] = [
	['list', 'The Territory means Norway, Sweden, Denmark and Finland.', ['Norway', 'Sweden', 'Denmark', 'Finland']],
	['list', 'The Service may be accessed from Chile, Peru and Bolivia.', ['Chile', 'Peru', 'Bolivia']],
	['list', 'The Territory means worldwide, excluding France.', asks(/./)],
	['list', 'The licensed modules are:\n\n1. Payroll\n\n2. Time\n\n3. Travel', ['Payroll', 'Time', 'Travel']],
	['list', 'The modules are Payroll, Time, and such others as the parties may agree.', asks(/./)],
	['boolean', 'The Customer shall not permit contractors to use the Service.', false],
	['boolean', 'Contractors of the Customer are authorised to use the Service.', true],
	[
		'table',
		'| User | E-mail | Role |\n|---|---|---|\n| Ove Lind | ove@birch.example | Editor |\n| Mia Holm | mia@birch.example | Reader |',
		[
			{ User: 'Ove Lind', 'E-mail': 'ove@birch.example', Role: 'Editor' },
			{ User: 'Mia Holm', 'E-mail': 'mia@birch.example', Role: 'Reader' },
		],
		{ schedule: 'Matter', key: 'E-mail' },
	],
];

describe.each<[string, Row[]]>([
	['numbers of seats', NUMBERS],
	['days', DATES],
	['periods of notice', DURATIONS],
	['amounts and shares', AMOUNTS],
	['lists, permissions and tables', LISTS],
])('terms in the words of others: %s', (_, rows) => {
	it.each(rows.map((row) => [`${row[0]}: ${row[1]}`, row] as const))('%s', (_name, [type, text, value, more = {}]) => {
		expect(told(read(type, text, more))).toEqual(value);
	});
});

function change(type: TermExtractor['type'], before: string, after: string): TermChange {
	const extractors: Record<string, TermExtractor> = { it: { type, clause: 'Matter' } };
	const text = (words: string): string => `${OPENING}## 4. Matter\n\n${words}`;
	const [term] = compare(text(before), text(after), { extractors }).terms;
	if (!term) throw new Error('The term is missing.');
	return term;
}

describe('what a change in the words of others does to access', () => {
	it.each<[TermExtractor['type'], string, string, string]>([
		['number', 'Up to twenty (20) users.', 'Not more than thirty (30) users.', 'widening'],
		['number', 'Up to twenty (20) users.', 'An unlimited number of users.', 'widening'],
		['number', 'Up to twenty (20) users.', 'A maximum of 20 users.', 'neutral'],
		['number', '2,000 users.', '200 users.', 'narrowing'],
		['date', 'Ends on 31 March 2028.', 'Expires on 2028-03-31.', 'neutral'],
		['date', 'Ends on 31 March 2028.', 'Ends on 31 March 2027.', 'narrowing'],
		[
			'date',
			'Continues for one year from the Effective Date.',
			'Continues for two years from the Effective Date.',
			'widening',
		],
		['list', 'The Territory means Norway and Sweden.', 'The Territory means Norway, Sweden and Iceland.', 'widening'],
		['list', 'The Territory means Norway and Sweden.', 'Territory: Sweden; Norway.', 'neutral'],
		['money', 'EUR 1,200 per month.', 'USD 1,200 per month.', 'neutral'],
		['boolean', 'Contractors may use the Service.', 'Contractors may not use the Service.', 'narrowing'],
	])('%s: %s → %s', (type, before, after, effect) => {
		expect(change(type, before, after).effect).toBe(effect);
	});

	it('a currency that changes is left to a person', () => {
		expect(change('money', 'EUR 1,200 per month.', 'USD 1,200 per month.')).toMatchObject({ needsHuman: {} });
	});
});
