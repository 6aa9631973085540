import type { Style } from './style';

/** A third set: whole files as they are filed, and wordings that stand in none of the sets before. */
export const LAST: readonly Style[] = [
	{
		is: 'a filed amendment with recitals, defined agreement and closing sections',
		base: 'SAAS',
		whole: true,
		text: `SECOND AMENDMENT TO MASTER SUBSCRIPTION AGREEMENT

THIS SECOND AMENDMENT TO MASTER SUBSCRIPTION AGREEMENT (this "Amendment") is entered into as of February 1, 2026 (the "Amendment Effective Date"), by and between Kestrel Cloud, Inc. ("Provider") and Tamarack Foods LLC ("Subscriber").

RECITALS

WHEREAS, Provider and Subscriber are parties to that certain Master Subscription Agreement dated as of January 15, 2024 (as amended, the "Agreement"); and

WHEREAS, the parties desire to amend the Agreement as set forth herein.

NOW, THEREFORE, in consideration of the mutual covenants contained herein, the parties hereby agree as follows:

1. Defined Terms. Capitalized terms used but not defined herein have the meanings given to them in the Agreement.

2. Amendment to Section 2.1. Section 2.1 of the Agreement is hereby amended by replacing the words "two hundred fifty (250)" with the words "three hundred seventy-five (375)".

3. Amendment to Section 4.1. The first sentence of Section 4.1 of the Agreement is hereby amended and restated in its entirety as follows:

"The initial term commences on the Effective Date and expires on January 14, 2030."

4. Amendment to Exhibit A. Exhibit A to the Agreement is hereby amended by deleting "99.5%" and inserting "99.95%" in lieu thereof.

5. Effect of Amendment. Except as expressly modified by this Amendment, all of the terms and conditions of the Agreement shall remain in full force and effect.

6. Counterparts. This Amendment may be executed in any number of counterparts, each of which shall be deemed an original.

IN WITNESS WHEREOF, the parties have caused this Amendment to be executed by their duly authorized representatives.

KESTREL CLOUD, INC.

By: /s/ Dana Whit
Name: Dana Whit
Title: Chief Executive Officer

TAMARACK FOODS LLC

By: /s/ Leo Brandt
Name: Leo Brandt
Title: President
`,
		edits: [
			['two hundred fifty (250)', 'three hundred seventy-five (375)'],
			['expires on January 14, 2027', 'expires on January 14, 2030'],
			['99.5%', '99.95%'],
		],
	},
	{
		is: 'a change order in short sentences',
		base: 'SAAS',
		text: `Change 1: In Section 3.1, replace "$120,000" with "$126,000".

Change 2: In Section 5.2, replace "State of Maine" with "State of Vermont".`,
		edits: [
			['$120,000', '$126,000'],
			['laws of the State of Maine', 'laws of the State of Vermont'],
		],
	},
	{
		is: 'the foregoing replaced by a colon and a bullet list',
		base: 'SAAS',
		text: `The Agreement is amended as follows:

• Section 2.3: "three Administrators" becomes "five Administrators".

• Section 3.2 is deleted.`,
		edits: [
			['designate three Administrators', 'designate five Administrators'],
			['3.2 Expenses. Provider bears its own expenses.', ''],
		],
	},
	{
		is: 'a clause amended by adding an exception at its beginning',
		base: 'SAAS',
		text: `1. Section 5.3 is amended by inserting the words "Except for assignments to an Affiliate," at the beginning thereof, and by replacing "Neither" with "neither".`,
		edits: [['Neither party may assign', 'Except for assignments to an Affiliate, neither party may assign']],
	},
	{
		is: 'the reference to an exhibit, and the exhibit added in the file',
		base: 'LICENCE',
		whole: true,
		text: `AMENDMENT NO. 4

This Amendment No. 4 is dated May 2, 2024 and amends the Software License Agreement dated June 1, 2020.

The parties agree:

1. Exhibit B of the Agreement is hereby replaced in its entirety with Exhibit B attached hereto.

Agreed and accepted:

Orrin Labs Corp.
By: /s/ J. Orrin

EXHIBIT B

SUPPORT HOURS

Monday to Sunday, 0:00 to 24:00 CET.
`,
		edits: [['Monday to Friday, 8:00 to 18:00 CET.', 'Monday to Sunday, 0:00 to 24:00 CET.']],
	},
	{
		is: 'stated to be of no further force',
		base: 'LICENCE',
		text: `1. Section 5 of the Agreement shall be of no further force and effect.`,
		asks: /./,
	},
	{
		is: 'shall not apply',
		base: 'LICENCE',
		text: `1. Section 7 shall not apply during the calendar year 2026.`,
		asks: /./,
	},
	{
		is: 'in each instance',
		base: 'LICENCE',
		text: `1. The Agreement is amended by replacing "Pell & Sons, Inc." with "Pell Group, Inc." in each instance in which it appears.`,
		edits: [['Pell & Sons, Inc.', 'Pell Group, Inc.']],
	},
	{
		is: 'the parenthetical is deleted',
		base: 'LICENCE',
		text: `1. The parenthetical "(5%)" in Section 4 is deleted.`,
		edits: [['five percent (5%) of', 'five percent of']],
	},
	{
		is: 'by and between words',
		base: 'LICENCE',
		text: `1. Section 4 is amended by inserting "calendar" between "each" and "quarter".`,
		edits: [['each quarter', 'each calendar quarter']],
	},
	{
		is: 'two sentences replaced by one',
		base: 'SAAS',
		text: `1. The second and third sentences of Section 2.3 are deleted and replaced with the following: "Administrators manage logins."`,
		edits: [
			[
				'Each Administrator may create and disable logins. Administrators complete the training of Provider.',
				'Administrators manage logins.',
			],
		],
	},
	{
		is: 'a section moved',
		base: 'SAAS',
		text: `1. Section 3.2 is moved to follow Section 2.2.`,
		asks: /./,
	},
	{
		is: 'a section added to the end of an article',
		base: 'SAAS',
		text: `1. Article III of the Agreement is amended by adding a new Section 3.3 at the end thereof as follows: "3.3 Taxes. Fees are exclusive of taxes."`,
		edits: [['bears its own expenses.', 'bears its own expenses.\n\n3.3 Taxes. Fees are exclusive of taxes.']],
	},
	{
		is: 'a whole article replaced',
		base: 'SAAS',
		text: `1. Article III (Fees) of the Agreement is hereby deleted in its entirety and replaced with the following:

"ARTICLE III. FEES

3.1 Fee. Subscriber shall pay $10,000 per month."`,
		edits: [
			[
				'3.1 Subscription Fee. Subscriber shall pay an annual fee of $120,000. The fee is payable within forty-five (45) days after receipt of invoice. Late payments accrue interest at 1.5% per month.\n\n3.2 Expenses. Provider bears its own expenses.',
				'3.1 Fee. Subscriber shall pay $10,000 per month.',
			],
		],
	},
	{
		is: 'an e-mail address in a table',
		base: 'SAAS',
		text: `1. In Exhibit B, "paul@tamarack.example" is replaced with "p.okafor@tamarack.example".`,
		edits: [['paul@tamarack.example', 'p.okafor@tamarack.example']],
	},
	{
		is: 'a person replaced by another everywhere in an exhibit',
		base: 'SAAS',
		text: `1. Exhibit B is amended by substituting "Paula Vance" for "Paul Okafor".`,
		edits: [['Paul Okafor', 'Paula Vance']],
	},
	{
		is: 'words that differ from the agreement in one letter',
		base: 'SAAS',
		text: `1. In Section 2.1, "two hundred and fifty (250)" is replaced with "three hundred (300)".`,
		asks: /do not stand there/,
	},
	{
		is: 'a lease varied by a memorandum',
		base: 'LEASE',
		text: `IT IS AGREED that the Lease is varied so that in clause 6.1 the date "30 April 2027" is replaced by "31 October 2027".`,
		edits: [['30 April 2027', '31 October 2027']],
	},
	{
		is: 'a lease: sub-clauses renumbered after a deletion',
		base: 'LEASE',
		text: `1. Clause 2.1 is deleted and clause 2.2 is renumbered as clause 2.1.`,
		edits: [['2.1 The Landlord lets the Premises to the Tenant for the Term.\n\n2.2 The Tenant', '2.1 The Tenant']],
	},
	{
		is: 'a lease: the schedule gets a heading of its own',
		base: 'LEASE',
		text: `1. A new Schedule 3 is added after Schedule 2:

"Schedule 3 - Insurance

The Tenant insures the Premises."`,
		edits: [['Sign\t1\tgood', 'Sign\t1\tgood\n\nSchedule 3 - Insurance\n\nThe Tenant insures the Premises.']],
	},
	{
		is: 'data processing: from hours to hours without marks',
		base: 'DPA',
		text: `1. The period in Section 4 is reduced from 72 hours to 24 hours.`,
		edits: [['72 hours', '24 hours']],
	},
	{
		is: 'data processing: a list of sub-processors in prose',
		base: 'DPA',
		text: `1. The Controller approves Harbour Logs Ltd, Ireland, as a further Sub-processor; Annex II is updated accordingly.`,
		asks: /./,
	},
	{
		is: 'German: Zeile und Spalte nicht genannt',
		base: 'GERMAN',
		text: `1. Die Vergütung in § 2 Abs. 1 wird von „8.500 EUR“ auf „9.000 EUR“ erhöht.`,
		edits: [['8.500 EUR', '9.000 EUR']],
	},
	{
		is: 'German: der Vertrag wird verlängert',
		base: 'GERMAN',
		text: `1. Die Laufzeit des Vertrages wird bis zum 31. März 2028 verlängert.

2. In § 5 wird „drei Monaten“ durch „vier Monaten“ ersetzt.`,
		edits: [
			['endet am 31. März 2026', 'endet am 31. März 2028'],
			['drei Monaten', 'vier Monaten'],
		],
	},
	{
		is: 'French: est complété par un alinéa',
		base: 'FRENCH',
		text: `1. L'article 3 est complété par la phrase suivante : « Elle est révisée chaque année. »`,
		edits: [['dans les trente jours.', 'dans les trente jours. Elle est révisée chaque année.']],
	},
];
