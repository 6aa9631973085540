import type { Style } from './style';

/** A fifth set: conditions, parts and days that are easily passed over, and short manners of drafting. */
export const FIFTH: readonly Style[] = [
	{
		is: 'shall read, without a verb of amending',
		base: 'LICENCE',
		text: `1. Section 6 shall read as follows: "Section 6. Term. This Agreement continues until May 31, 2030."

2. Section 5 now reads "Section 5. Audit. Licensor may audit Licensee once in two years."`,
		edits: [
			['May 31, 2025, unless terminated in accordance with Section 7.', 'May 31, 2030.'],
			['once per year', 'once in two years'],
		],
	},
	{
		is: 'for X read Y',
		base: 'LEASE',
		text: `1. In clause 3.1, for "equal quarterly payments" read "equal monthly payments".`,
		edits: [['equal quarterly payments', 'equal monthly payments']],
	},
	{
		is: 'as if for X there were substituted Y',
		base: 'LEASE',
		text: `1. Clause 3.2 shall have effect as if for "fourteen days" there were substituted "seven days".`,
		edits: [['fourteen days', 'seven days']],
	},
	{
		is: 'a defined amount, with its day',
		base: 'LEASE',
		text: `1. The Rent is increased to £52,000 per annum with effect from 1 May 2026.`,
		edits: [['£48,000 per annum', '£52,000 per annum']],
	},
	{
		is: 'an amount in a section, with its day',
		base: 'SAAS',
		text: `1. The annual fee in Section 3.1 is increased to $130,000 effective July 1, 2026.`,
		edits: [['an annual fee of $120,000.', 'an annual fee of $130,000.']],
	},
	{
		is: 'words at the end of a paragraph that an abbreviation ends',
		base: 'LEASE',
		text: `1. At the end of paragraph 1 of Schedule 1 add "on weekdays".`,
		edits: [['between 6 a.m. and 9 a.m.', 'between 6 a.m. and 9 a.m. on weekdays.']],
	},
	{
		is: 'in German: um Worte ergänzt',
		base: 'GERMAN',
		text: `1. § 2 Absatz 2 Satz 1 wird um die Worte „nach Zugang“ ergänzt.`,
		edits: [['innerhalb von 30 Tagen fällig.', 'innerhalb von 30 Tagen fällig nach Zugang.']],
	},
	{
		is: 'in French: porté à',
		base: 'FRENCH',
		text: `1. À l'article 3, le montant de « 15 000 euros » est porté à « 16 000 euros ».`,
		edits: [['15 000 euros', '16 000 euros']],
	},
	{
		is: 'an item of a schedule behind a comma',
		base: 'LEASE',
		text: `1. Schedule 1, paragraph 2 is deleted.`,
		edits: [['2. The right to use four parking spaces.\n\n', '']],
	},
	{
		is: 'a row in a sentence',
		base: 'DPA',
		text: `1. In Annex II, add: Heron Mail Ltd | Ireland | E-mail.`,
		edits: [
			[
				'| Quill Mail AB | Sweden | E-mail |',
				'| Quill Mail AB | Sweden | E-mail |\n| Heron Mail Ltd | Ireland | E-mail |',
			],
		],
	},
	{
		is: 'the first place, where there is one only',
		base: 'DPA',
		text: `1. The word "customers" in Annex I is replaced by "employees" in the first place where it appears.`,
		edits: [['customers of the Controller', 'employees of the Controller']],
	},
	{
		is: 'one place of several',
		base: 'SAAS',
		text: `1. In Section 3.2, the word "Provider" is replaced by "Kestrel" in the second place where it appears.

2. In Section 2.3, the word "Administrators" is replaced by "Stewards" in the first place where it appears.`,
		asks: /not the first\.\n.*stand there \d times/,
	},
	{
		is: 'the title of an exhibit comes with its new text, under another label',
		base: 'SAAS',
		whole: true,
		text: `AMENDMENT NO. 2

This Amendment No. 2 is dated May 2, 2026.

The parties agree:

1. Exhibit A is hereby amended and restated in its entirety as set forth on Annex 1 hereto.

Agreed and accepted:

Kestrel Cloud, Inc.
By: /s/ D. Whit

ANNEX 1

SERVICE LEVELS

Provider will maintain availability of 99.9%.
`,
		edits: [['99.5% in each calendar month.', '99.9%.']],
	},
	{
		is: 'a condition in front',
		base: 'LICENCE',
		text: `1. Upon payment of the fee, Section 1 is amended by replacing "ten (10)" with "twelve (12)".`,
		asks: /condition/,
	},
	{
		is: 'an instead without a verb',
		base: 'SAAS',
		text: `1. The parties agree that the fee under Section 3.1 shall be $150,000 instead of $120,000.`,
		asks: /not understood/,
	},
	{
		is: 'a waiver',
		base: 'SAAS',
		text: `1. Section 3.2 is deleted.

2. Provider waives the fee in Section 3.1 for the year 2026.`,
		asks: /not understood/,
		edits: [['3.2 Expenses. Provider bears its own expenses.\n\n', '']],
	},
	{
		is: 'notwithstanding a section',
		base: 'LICENCE',
		text: `1. Section 5 is deleted.

2. Notwithstanding Section 4, the royalty for 2026 shall be four percent (4%).`,
		asks: /not understood/,
		edits: [['Section 5. Audit. Licensor may audit Licensee once per year.\n\n', '']],
	},
	{
		is: 'a term that shall include more',
		base: 'LICENCE',
		text: `1. Section 5 is deleted.

2. "Territory" shall include Italy.`,
		asks: /not understood/,
		edits: [['Section 5. Audit. Licensor may audit Licensee once per year.\n\n', '']],
	},
	{
		is: 'what shall not apply',
		base: 'LEASE',
		text: `1. Clause 3.2 is deleted.

2. The covenant in clause 5.1 shall not apply to an underletting to a group company.`,
		asks: /not understood/,
		edits: [
			[
				'3.2 If any Rent is unpaid fourteen days after it falls due, interest is payable at 4% above base rate.\n\n',
				'',
			],
		],
	},
	{
		is: 'an arrow without marks',
		base: 'DPA',
		text: `1. §2.2 of the Agreement: fourteen (14) days → thirty (30) days.`,
		asks: /not understood/,
	},
	{
		is: 'in German: ein Verzicht',
		base: 'GERMAN',
		text: `1. § 4 wird gestrichen.

2. Der Auftragnehmer verzichtet auf die Vergütung nach § 2 für Mai 2026.`,
		asks: /not understood/,
		edits: [['§ 4 Geheimhaltung\n\nDie Parteien behandeln alle Informationen vertraulich.\n\n', '']],
	},
	{
		is: 'for a stretch of time, told in the middle',
		base: 'SAAS',
		text: `1. Section 3.1 is amended, from July 1, 2026 through June 30, 2027, by replacing "$120,000" with "$100,000".`,
		edits: [['$120,000', '$100,000']],
		asOf: '2026-08-01',
	},
	{
		is: 'for a stretch of time, before it begins',
		base: 'SAAS',
		text: `1. Section 3.1 is amended, from July 1, 2026 through June 30, 2027, by replacing "$120,000" with "$100,000".`,
		asOf: '2026-06-01',
	},
	{
		is: 'for a stretch of time, beside what stays',
		base: 'SAAS',
		text: `1. For the period from July 1, 2026 through June 30, 2027, "$120,000" in Section 3.1 is replaced by "$100,000".

2. Section 3.2 is deleted.`,
		asks: /a part of the amendment ends on 2027-06-30/,
		edits: [
			['$120,000', '$100,000'],
			['3.2 Expenses. Provider bears its own expenses.\n\n', ''],
		],
	},
	{
		is: 'without any mark for what is new',
		base: 'SAAS',
		text: `1. Section 5.3 is deleted insofar as it relates to Subscriber.`,
		asks: /./,
	},
];
