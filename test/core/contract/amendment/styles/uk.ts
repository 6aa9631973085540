import type { Style } from './style';

/** As offices in the United Kingdom, Ireland and Australia draft. */
export const UK: readonly Style[] = [
	{
		is: 'shall be deleted and replaced by, single quotation marks',
		base: 'LEASE',
		text: `1. In clause 2.2 the words 'a bookshop' shall be deleted and replaced by the words 'a bookshop and café'.`,
		edits: [['as a bookshop and for', 'as a bookshop and café and for']],
	},
	{
		is: 'clause shall be deleted in its entirety and replaced with the following',
		base: 'LEASE',
		text: `2.1 Clause 3.2 of the Lease shall be deleted in its entirety and replaced with the following new clause 3.2:

'3.2 If any Rent is unpaid seven days after it falls due, interest is payable at 3% above base rate.'`,
		edits: [
			[
				'If any Rent is unpaid fourteen days after it falls due, interest is payable at 4% above',
				'If any Rent is unpaid seven days after it falls due, interest is payable at 3% above',
			],
		],
	},
	{
		is: 'the definition shall be amended so that it reads',
		base: 'LEASE',
		text: `1. In clause 1.1, the definition of "Rent" shall be deleted and the following definition shall be substituted: ""Rent" means £52,500 per annum;"`,
		edits: [['£48,000', '£52,500']],
	},
	{
		is: 'for X substitute Y',
		base: 'LEASE',
		text: `1. In clause 6.1, for "30 April 2027" substitute "30 April 2028".`,
		edits: [['30 April 2027', '30 April 2028']],
	},
	{
		is: 'after the words X insert',
		base: 'LEASE',
		text: `1. In clause 5.1, after the words "part of the Premises" insert ", save to a group company".`,
		edits: [['whole or part of the Premises.', 'whole or part of the Premises, save to a group company.']],
	},
	{
		is: 'omit',
		base: 'LEASE',
		text: `1. Clause 2.2: omit the words " and for no other purpose".`,
		edits: [['as a bookshop and for no other purpose.', 'as a bookshop.']],
	},
	{
		is: 'a paragraph of a list deleted',
		base: 'LEASE',
		text: `1. Clause 4.1(b) of the Lease is deleted.`,
		edits: [['(b) decorate the interior every five years; and', '']],
	},
	{
		is: 'a paragraph of a schedule replaced',
		base: 'LEASE',
		text: `1. Paragraph 2 of Schedule 1 to the Lease shall be amended by the deletion of the word "four" and its replacement with the word "six".`,
		edits: [['four parking', 'six parking']],
	},
	{
		is: 'a new paragraph in a schedule',
		base: 'LEASE',
		text: `1. The following shall be inserted as a new paragraph 3 of Schedule 1: "3. The right to display a sign on the façade."`,
		edits: [['four parking spaces.', 'four parking spaces.\n\n3. The right to display a sign on the façade.']],
	},
	{
		is: 'a new clause at the end',
		base: 'LEASE',
		text: `1. A new clause 7 shall be added to the Lease as follows:

"7. Energy

7.1 The Tenant shall give the Landlord its meter readings."`,
		edits: [
			[
				"six months' notice.",
				"six months' notice.\n\n7. Energy\n\n7.1 The Tenant shall give the Landlord its meter readings.",
			],
		],
	},
	{
		is: 'a row of a tabbed schedule',
		base: 'LEASE',
		text: `1. In Schedule 2, the Number of Shelving shall be changed from "40" to "55".`,
		edits: [['Shelving\t40', 'Shelving\t55']],
	},
	{
		is: 'the row is deleted',
		base: 'LEASE',
		text: `1. In Schedule 2 the row beginning "Counter" is deleted.`,
		edits: [['Counter\t2\tfair', '']],
	},
	{
		is: 'Australian: with effect from, delete and insert instead',
		base: 'LEASE',
		text: `With effect from 1 July 2026, the Lease is varied as follows:

(a) clause 3.1: delete "quarterly" and insert "monthly" instead;

(b) clause 3.1: delete "on the usual quarter days" and insert "on the first day of each month" instead.`,
		edits: [
			['equal quarterly payments', 'equal monthly payments'],
			['on the usual quarter days', 'on the first day of each month'],
		],
	},
	{
		is: 'a deed of variation with recitals',
		base: 'LEASE',
		whole: true,
		text: `DEED OF VARIATION

This deed is dated 9 September 2025

PARTIES

(1) Harrow Estates Limited (the Landlord)

(2) Juniper Retail Limited (the Tenant)

BACKGROUND

(A) The Landlord and the Tenant are parties to a lease dated 3 April 2022 (the Lease).

(B) The parties have agreed to vary the Lease.

AGREED TERMS

1. INTERPRETATION

1.1 Terms defined in the Lease have the same meaning in this deed.

2. VARIATION

2.1 With effect from the date of this deed the Lease shall be amended as follows:

(a) in clause 3.2, "fourteen days" shall be replaced with "twenty-one days"; and

(b) clause 5.1 shall be deleted and replaced with: "5.1 The Tenant may underlet the whole of the Premises with the Landlord's consent."

3. GOVERNING LAW

3.1 This deed is governed by the law of England and Wales.

Executed as a deed by Harrow Estates Limited acting by a director
`,
		edits: [
			['fourteen days', 'twenty-one days'],
			[
				'The Tenant shall not assign or underlet the whole or part of the Premises.',
				"The Tenant may underlet the whole of the Premises with the Landlord's consent.",
			],
		],
	},
	{
		is: 'a supplemental letter',
		base: 'LEASE',
		text: `We refer to the Lease. We agree that the reference in clause 6.1 to "six months'" shall be read as a reference to "nine months'".`,
		edits: [["six months'", "nine months'"]],
	},
	{
		is: 'limited to a part of the premises',
		base: 'LEASE',
		text: `1. Solely in respect of the rear store room, clause 2.2 is amended by replacing "a bookshop" with "a warehouse".`,
		asks: /rear store room/,
	},
	{
		is: 'temporary, wanted for a day within it',
		base: 'LEASE',
		asOf: '2026-05-05',
		text: `1. From 1 April 2026 until 30 June 2026, the words "between 6 a.m. and 9 a.m." in paragraph 1 of Schedule 1 are replaced with "at any time".`,
		edits: [['between 6 a.m. and 9 a.m.', 'at any time']],
	},
	{
		is: 'temporary, wanted for a day behind it',
		base: 'LEASE',
		asOf: '2026-08-01',
		text: `1. From 1 April 2026 until 30 June 2026, the words "between 6 a.m. and 9 a.m." in paragraph 1 of Schedule 1 are replaced with "at any time".`,
	},
	{
		is: 'conforming changes that are not named',
		base: 'LEASE',
		text: `1. The Lease shall be amended by making such conforming changes as are necessary to permit underletting.`,
		asks: /./,
	},
	{
		is: 'data processing: a row of an annex and the days of a notice',
		base: 'DPA',
		text: `1. In Section 2.2, "fourteen (14) days" is replaced by "thirty (30) days".

2. Annex II is amended by the addition of the following Sub-processor:

| Harbour Logs Ltd | Ireland | Log storage |

3. Annex II is further amended by removing the entry for "Quill Mail AB".`,
		edits: [
			['fourteen (14) days', 'thirty (30) days'],
			['| Quill Mail AB | Sweden | E-mail |', '| Harbour Logs Ltd | Ireland | Log storage |'],
		],
	},
	{
		is: 'data processing: the section by its heading',
		base: 'DPA',
		text: `1. The section headed "Breach notification" is amended by replacing "72 hours" with "48 hours".`,
		edits: [['72 hours', '48 hours']],
	},
	{
		is: 'data processing: a labelled line of an annex',
		base: 'DPA',
		text: `1. In Annex I, the "Categories of data" are amended to read: "names, addresses, telephone numbers".`,
		edits: [['names, addresses.', 'names, addresses, telephone numbers.']],
	},
	{
		is: 'data processing: measures inserted, the rest renumbered accordingly',
		base: 'DPA',
		text: `1. In Annex III, the following is inserted as a new item 2 and the subsequent item is renumbered accordingly: "2. Encryption in transit."`,
		edits: [['2. Access by named', '2. Encryption in transit.\n\n3. Access by named']],
	},
	{
		is: 'data processing: an annex replaced by text that follows',
		base: 'DPA',
		text: `1. Annex III is replaced in its entirety by the following:

"Annex III – Measures

1. Encryption at rest and in transit.

2. Multi-factor authentication."`,
		edits: [
			[
				'1. Encryption at rest.\n\n2. Access by named accounts only.',
				'1. Encryption at rest and in transit.\n\n2. Multi-factor authentication.',
			],
		],
	},
];
