import {
	applyAmendments,
	readAmendments,
	type Amendment,
	type Consolidation,
} from '../../../../core/contract/amendment';
import { document } from '../builders';

/** An agreement in words of our own, in plain text, with tables in each manner of writing them. */
const PLAIN = `SERVICES AGREEMENT

This Services Agreement (the "Agreement") is made on 3 March 2026 between Nord GmbH ("Supplier") and Sud Ltd ("Customer").

1. DEFINITIONS

"Affiliate" means a company under common control.

"Territory" means the United States.

2. SEATS

2.1 The Supplier grants ten (10) Seats. Each Seat is for one user. Seats may be moved once a month.

2.2 The Customer may use Seats in the Territory.

3. FEES

3.1 The Customer pays the fees. Fees are due within thirty (30) days.

3.2 Late fees bear interest at 5% per year.

4. SUPPORT

Support is given on working days between 9:00 and 17:00.

5. TERM

This Agreement ends on 31 December 2027.

6. NOTICES

Notices go to:

(a) for the Supplier: legal@nord.example;

(b) for the Customer: office@sud.example; and

(c) for the auditor: audit@third.example.

Schedule A - Users

| Name | Email | Role |
|---|---|---|
| Ada Lovelace | ada@sud.example | Admin |
| Bob Stone | bob@sud.example | Reader |
| Cy Young | cy@sud.example | Reader |

Schedule B - Prices

Item\tPrice\tUnit
Seat\t10\tmonth
Support\t50\tmonth

Schedule C - Systems

System        Access       Limit
Billing       read         5
Ledger        write        7

Schedule D - Contacts

Dana Fox, dana@sud.example

Eli Marsh, eli@sud.example
`;

function amendmentOf(number: number, sections: string[], behind = '', recital = ''): Amendment {
	const body = sections.map((section, index) => `${index + 1}. ${section}`).join('\n\n');
	const text = `AMENDMENT NO. ${number} TO THE SERVICES AGREEMENT\n\n${recital}The parties agree as follows:\n\n${body}${behind}`;
	const [amendment] = readAmendments(document(text, 'text'));
	if (!amendment) throw new Error('There is always one.');
	return amendment;
}

const BASE = document(PLAIN, 'text');
const carryOut = (...amendments: Amendment[]): Consolidation => applyAmendments({ base: BASE, amendments });

/** What one sentence comes to: each change as `old → new`, or the status with its reason. */
function told(section: string, behind = ''): string[] {
	const done = carryOut(amendmentOf(1, [section], behind));
	return done.results.flatMap(({ status, reason, changes }) =>
		status === 'applied'
			? changes.map(({ before, after }) =>
					`${PLAIN.slice(before.start, before.end).trim()} → ${done.text.text.slice(after.start, after.end).trim()}`.trim(),
				)
			: [`${status}: ${reason ?? ''}`],
	);
}

describe('quotation marks', () => {
	it.each([
		["Section 3.1 is amended by deleting the words 'thirty (30) days' and substituting 'sixty (60) days'."],
		['In Section 3.1, ‘thirty (30) days’ is replaced with ‘sixty (60) days’.'],
		['In Section 3.1, “thirty (30) days” shall be replaced with “sixty (60) days”.'],
	])('may be single or double: %s', (section) => {
		expect(told(section)).toEqual(['thirty (30) days → sixty (60) days']);
	});

	it('hold a passage with quoted terms and apostrophes', () => {
		expect(
			told(
				"Section 5 is deleted and replaced with the following: 'The parties' agreement (the \"Deal\") ends on 31 December 2028.'",
			),
		).toEqual([
			'5. TERM\n\nThis Agreement ends on 31 December 2027. → 5. TERM\n\nThe parties\' agreement (the "Deal") ends on 31 December 2028.',
		]);
	});

	it('that no rule accounts for leave the sentence to a person', () => {
		expect(told('Section 4 is amended by replacing "working days" with "all days", being "holidays" too.')).toEqual([
			'ambiguous: It quotes words whose part in it was not understood: "holidays".',
		]);
	});
});

describe('several changes in a sentence', () => {
	it('in pairs', () => {
		expect(
			told(
				'Section 2.1 is amended by replacing "ten (10)" with "fifteen (15)" and "once a month" with "twice a month".',
			),
		).toEqual(['ten (10) → fifteen (15)', 'once a month → twice a month']);
	});

	it('under one place', () => {
		expect(
			told('In Section 3.1: (a) "thirty (30)" is replaced with "sixty (60)"; (b) the first sentence is deleted.'),
		).toEqual(['thirty (30) → sixty (60)', 'The Customer pays the fees. →']);
	});

	it('as infinitives', () => {
		expect(
			told('Section 2.1 shall be amended to delete "ten (10)" and to insert "twelve (12)" in lieu thereof.'),
		).toEqual(['ten (10) → twelve (12)']);
	});
});

describe('words', () => {
	it.each([
		['The word "Seats" is replaced by "Licences" wherever it appears in Section 2.', 3],
		['Each reference to Territory in the Agreement shall be deemed to be a reference to Region.', 2],
		['All references to "Customer" shall be deemed references to "Client".', 4],
	])('change everywhere: %s', (section, times) => {
		expect(told(section)).toHaveLength(times);
	});

	it('go between two others that stand side by side', () => {
		expect(told('Section 4 is amended by inserting the word "European" between "on" and "working".')).toEqual([
			'→ European',
		]);
		expect(told('Section 4 is amended by inserting the word "European" between "on" and "holidays".')[0]).toMatch(
			/^not_found/,
		);
	});

	it('that go on with a sentence stand before its full stop', () => {
		const done = carryOut(
			amendmentOf(1, ['The definition of "Territory" is amended by adding "and Canada" at the end.']),
		);
		expect(done.text.text).toContain('means the United States and Canada.\n');
	});

	it('read now what they shall read', () => {
		expect(told('Section 3.1 is amended such that "thirty (30) days" shall read "sixty (60) days".')).toEqual([
			'thirty (30) days → sixty (60) days',
		]);
		expect(
			told(
				'Section 3.2, which previously read "Late fees bear interest at 5% per year.", now reads "Late fees bear interest at 3% per year."',
			),
		).toEqual(['Late fees bear interest at 5% per year. → Late fees bear interest at 3% per year.']);
	});

	it('are found by what the clause says a thing is', () => {
		const base = document(
			PLAIN.replace('in the Territory.', 'in the Territory identified herein as Austria and Italy only.'),
			'text',
		);
		const done = applyAmendments({
			base,
			amendments: [amendmentOf(1, ['The Territory set forth in Section 2.2 is amended to be Austria.'])],
		});
		expect(done.text.text).toContain('identified herein as Austria only.');
	});
});

describe('clauses', () => {
	it('go from one number through another', () => {
		const done = carryOut(amendmentOf(1, ['Sections 2 through 3 are hereby deleted.']));
		expect(done.text.text).toContain('United States.\n\n4. SUPPORT');
	});

	it.each([
		['Section 3.2 is hereby deleted in its entirety and intentionally omitted.', '3.2 [Intentionally omitted]'],
		['Section 3.2 is deleted and marked "Reserved".', '3.2 [Reserved]'],
		['Section 3.2 is hereby deleted and replaced with "[Intentionally Omitted]".', '3.2 [Intentionally Omitted]'],
	])('leave their number: %s', (section, left) => {
		expect(told(section)).toEqual([`3.2 Late fees bear interest at 5% per year. → ${left}`]);
	});

	it('stand between two that follow each other', () => {
		const between = (a: number, b: number): string[] =>
			told(
				`A new Section 4A is inserted between Section ${a} and Section ${b} as follows: "4A. AUDIT. It may be audited."`,
			);
		expect(between(4, 5)).toEqual(['→ 4A. AUDIT. It may be audited.']);
		expect(between(4, 6)).toEqual(['conflict: The clauses it is to stand between do not follow each other.']);
	});

	it.each([
		'A new Section 4 is inserted after Section 3 as follows, and the following sections are renumbered accordingly: "4. AUDIT. It may be audited."',
		'A new Section 4 (Audit) is hereby inserted: "4. AUDIT. It may be audited." Existing Sections 4 to 6 shall be renumbered as Sections 5 to 7.',
	])('push the following ones on: %s', (section) => {
		const { text } = carryOut(amendmentOf(1, [section])).text;
		expect(text).toContain('per year.\n\n4. AUDIT. It may be audited.\n\n5. SUPPORT');
		expect(text).toContain('\n6. TERM\n');
		expect(text).toContain('\n7. NOTICES\n');
	});

	it('give their number to another', () => {
		const { text } = carryOut(
			amendmentOf(1, [
				'Section 2.2 is hereby renumbered as Section 2.3 and a new Section 2.2 is inserted as follows: "2.2 Seats are personal."',
			]),
		).text;
		expect(text).toContain('2.2 Seats are personal.\n\n2.3 The Customer may use');
	});

	it('close ranks behind one that goes', () => {
		const { text } = carryOut(
			amendmentOf(1, ['Section 6(b) is deleted and the remaining items are re-lettered accordingly.']),
		).text;
		expect(text).toContain('nord.example;\n\n(b) for the auditor');
	});

	it('take no number that another clause keeps', () => {
		expect(told('Section 2.1 is renumbered as Section 2.2.')).toEqual([
			'conflict: There is a clause with the number 2.2 already.',
		]);
	});

	it('are told where a sentence amends them and fits no rule', () => {
		expect(told('Section 4 is hereby amended for the better.')).toEqual([
			'ambiguous: It changes this place in a way that was not understood.',
		]);
	});
});

describe('tables', () => {
	it.each([
		['The row for "Bob Stone" in Schedule A is deleted.', '| Bob Stone | bob@sud.example | Reader | →'],
		['The row for Bob Stone in Schedule A is deleted.', '| Bob Stone | bob@sud.example | Reader | →'],
		['Bob Stone is removed from Schedule A.', '| Bob Stone | bob@sud.example | Reader | →'],
		['Dana Fox is removed from Schedule D.', 'Dana Fox, dana@sud.example →'],
		['The row for "Ledger" in Schedule C is deleted.', 'Ledger        write        7 →'],
		[
			'In Schedule A, the entry in the column "Role" for "Bob Stone" is changed from "Reader" to "Admin".',
			'Reader → Admin',
		],
		['In Schedule A, the role of Bob Stone is changed from "Reader" to "Admin".', 'Reader → Admin'],
		['Schedule B is amended by replacing the price for "Seat" with "12".', '10 → 12'],
		['In Schedule B, in the row for "Seat", "10" is replaced by "12".', '10 → 12'],
		['The following row is added to Schedule B: Training\t20\thour', '→ Training\t20\thour'],
		['The following row is added to Schedule C: Archive; read; 9', '→ Archive       read         9'],
		[
			'The following users are added to Schedule A: | Eve Moss | eve@sud.example | Reader |',
			'→ | Eve Moss | eve@sud.example | Reader |',
		],
	])('change by row and column: %s', (section, change) => {
		expect(told(section)).toEqual([change]);
	});

	it.each([
		['Schedule A', '| Name | Email |\n|---|---|\n| Ada Lovelace | ada@sud.example |\n'],
		['Schedule B', 'Item\tPrice\nSeat\t10\nSupport\t50\n'],
	])('lose a column: %s', (schedule, left) => {
		const column = schedule === 'Schedule A' ? 'Role' : 'Unit';
		const { text } = carryOut(amendmentOf(1, [`The column "${column}" of ${schedule} is deleted.`])).text;
		expect(text.replace(/ +\|/g, ' |')).toContain(left);
	});

	it.each([
		['Schedule A is amended by adding a new column "Team" after the column "Role".'],
		['Schedule A is amended by replacing the team of "Bob Stone" with "Red".'],
		['The row for "Nobody" in Schedule A is deleted.'],
		['The row for "Reader" in Schedule A is deleted.'],
		['The following row is added to Schedule B: Training\t20'],
	])('stay as they are where that is not clear: %s', (section) => {
		const done = carryOut(amendmentOf(1, [section]));
		expect(done.text.text).toBe(PLAIN);
		expect(done.results.map(({ status }) => status)).not.toContain('applied');
		expect(done.unresolved).not.toEqual([]);
	});
});

describe('exhibits behind the signatures', () => {
	const behind = (...exhibits: string[]): string =>
		`\n\nIN WITNESS WHEREOF, the parties have signed.\n\nBy: /s/ A\n\n${exhibits.join('\n\n')}\n`;

	it('take the place of those of the agreement, tables and all', () => {
		const { text } = carryOut(
			amendmentOf(
				1,
				['Schedule A is hereby deleted in its entirety and replaced with Schedule A attached hereto.'],
				behind('Schedule A - Users\n\n| Name | Email | Role |\n|---|---|---|\n| Zed Last | zed@sud.example | Admin |'),
			),
		).text;
		expect(text).toContain(
			'Schedule A - Users\n\n| Name | Email | Role |\n|---|---|---|\n| Zed Last | zed@sud.example | Admin |\n\nSchedule B',
		);
	});

	it('are several, one by one', () => {
		const done = carryOut(
			amendmentOf(
				1,
				['New Schedules E and F, as set forth in Annex 1 to this Amendment, shall be attached to the Agreement.'],
				behind('Annex 1 Schedule E', 'Robots may be used.', 'Schedule F', 'Robots are cleaned.'),
			),
		);
		expect(done.results.map(({ status }) => status)).toEqual(['applied', 'applied']);
		expect(done.text.text.trim().replace(/\s+/g, ' ')).toMatch(
			/Schedule E Robots may be used\. Schedule F Robots are cleaned\.$/,
		);
	});
});

describe('headings that were run into other lines', () => {
	const base = document(
		`SUPPLY AGREEMENT

The parties agree as follows: 1. BASIC TERMS

(a) These are the terms.

(b) They hold for two years. 2. PRODUCTION OF GOODS

(a) Goods are made well.

(b) A hundred boxes are made a month.

(c) Records are kept. 3. DELIVERY AND PAYMENT

(a) Goods are delivered.

(b) Goods are paid.
`,
		'text',
	);

	it('are found all the same', () => {
		const done = applyAmendments({
			base,
			amendments: [
				amendmentOf(1, ['Section 2(b) is deleted and replaced with the following: "Ninety boxes are made a month."']),
			],
		});
		expect(done.text.text).toBe(base.text.replace('A hundred', 'Ninety'));
	});
});
