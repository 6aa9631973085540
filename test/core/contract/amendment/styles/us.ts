import type { Style } from './style';

/** As offices in the United States draft. */
export const US: readonly Style[] = [
	{
		is: 'deleting and substituting in lieu thereof',
		base: 'SAAS',
		text: `1. Section 2.1 of the Agreement is hereby amended by deleting the phrase "two hundred fifty (250)" and substituting in lieu thereof the phrase "four hundred (400)".`,
		edits: [['two hundred fifty (250)', 'four hundred (400)']],
	},
	{
		is: 'curly quotation marks, a comma inside them',
		base: 'SAAS',
		text: `1. Section 2.1 is hereby amended by striking the words “the United States and Canada” and inserting in their place the words “the United States, Canada and Mexico,” effective immediately.`,
		edits: [['the United States and Canada', 'the United States, Canada and Mexico']],
	},
	{
		is: 'amended and restated in its entirety to read as follows',
		base: 'SAAS',
		text: `1. Amendment to Section 3.2. Section 3.2 of the Agreement is hereby amended and restated in its entirety to read as follows:

"3.2 Expenses. Subscriber shall reimburse Provider for pre-approved travel."`,
		edits: [['Provider bears its own expenses.', 'Subscriber shall reimburse Provider for pre-approved travel.']],
	},
	{
		is: 'the passage stands outside quotation marks, indented below a colon',
		base: 'SAAS',
		text: `1. Section 4.1 of the Agreement is deleted in its entirety and replaced with the following:

    4.1 Initial Term. The initial term commences on the Effective Date and expires on January 14, 2029.

2. Except as set forth herein, the Agreement remains in full force and effect.`,
		edits: [['expires on January 14, 2027', 'expires on January 14, 2029']],
	},
	{
		is: 'the last sentence is deleted',
		base: 'SAAS',
		text: `(a) The last sentence of Section 3.1 of the Agreement is hereby deleted in its entirety.`,
		edits: [[' Late payments accrue interest at 1.5% per month.', '']],
	},
	{
		is: 'the second sentence replaced',
		base: 'SAAS',
		text: `1. The second sentence of Section 2.3 (Administrators) is hereby deleted and the following is substituted therefor: "Each Administrator may create logins only."`,
		edits: [['Each Administrator may create and disable logins.', 'Each Administrator may create logins only.']],
	},
	{
		is: 'a sentence added at the end',
		base: 'SAAS',
		text: `1. Section 5.3 of the Agreement is hereby amended by adding the following sentence to the end of such Section: "Either party may assign this Agreement to an Affiliate."`,
		edits: [
			[
				'assign this Agreement without consent.',
				'assign this Agreement without consent. Either party may assign this Agreement to an Affiliate.',
			],
		],
	},
	{
		is: 'three changes in one sentence',
		base: 'SAAS',
		text: `1. Section 3.1 of the Agreement is hereby amended by (i) deleting "$120,000" and replacing it with "$150,000", (ii) deleting "forty-five (45)" and replacing it with "sixty (60)", and (iii) deleting the last sentence thereof.`,
		edits: [
			['$120,000', '$150,000'],
			['forty-five (45)', 'sixty (60)'],
			[' Late payments accrue interest at 1.5% per month.', ''],
		],
	},
	{
		is: 'a new section after another',
		base: 'SAAS',
		text: `1. A new Section 2.4 is hereby added to the Agreement immediately following Section 2.3:

"2.4 Contractors. Contractors of Subscriber may be Named Users."`,
		edits: [
			[
				'training of Provider.',
				'training of Provider.\n\n2.4 Contractors. Contractors of Subscriber may be Named Users.',
			],
		],
	},
	{
		is: 'a definition replaced',
		base: 'SAAS',
		text: `1. Article I of the Agreement is amended by deleting the definition of "Named User" and replacing it with the following: "“Named User” means an employee or contractor of Subscriber to whom Subscriber has assigned a login."`,
		edits: [['an employee of Subscriber to whom', 'an employee or contractor of Subscriber to whom']],
	},
	{
		is: 'a definition added in alphabetical order',
		base: 'SAAS',
		text: `1. The following definition is hereby added to Article I in the appropriate alphabetical order: "“Contractor” means an individual engaged by Subscriber."`,
		edits: [['"Named User" means', '"Contractor" means an individual engaged by Subscriber.\n\n"Named User" means']],
	},
	{
		is: 'an exhibit replaced by the one attached',
		base: 'SAAS',
		whole: true,
		text: `FIRST AMENDMENT TO MASTER SUBSCRIPTION AGREEMENT

This First Amendment is entered into as of March 3, 2025 by and between Kestrel Cloud, Inc. and Tamarack Foods LLC.

NOW, THEREFORE, the parties agree as follows:

1. Exhibit A to the Agreement is hereby deleted in its entirety and replaced with the Exhibit A attached hereto.

IN WITNESS WHEREOF, the parties have executed this First Amendment.

KESTREL CLOUD, INC.

By: /s/ Dana Whit
Date: March 3, 2025

EXHIBIT A
SERVICE LEVELS

Provider will maintain availability of 99.9% in each calendar month.
`,
		edits: [['99.5%', '99.9%']],
	},
	{
		is: 'a row added to a table of an exhibit',
		base: 'SAAS',
		text: `1. Exhibit B is amended by adding the following row at the end of the table:

| Sven Dahl | sven@tamarack.example | Planner | Dayton |`,
		edits: [
			[
				'| Renata Cruz | renata@tamarack.example | Viewer | Dayton |',
				'| Renata Cruz | renata@tamarack.example | Viewer | Dayton |\n| Sven Dahl | sven@tamarack.example | Planner | Dayton |',
			],
		],
	},
	{
		is: 'a row removed by its key',
		base: 'SAAS',
		text: `1. The row for Paul Okafor in Exhibit B is hereby deleted.`,
		edits: [['| Paul Okafor | paul@tamarack.example | Planner | Akron |', '']],
	},
	{
		is: 'a cell by row and column',
		base: 'SAAS',
		text: `1. In the table set forth in Exhibit B, the Role of Renata Cruz is changed from "Viewer" to "Planner".`,
		edits: [['renata@tamarack.example | Viewer |', 'renata@tamarack.example | Planner |']],
	},
	{
		is: 'previously read, now reads',
		base: 'SAAS',
		text: `1. Section 5.2 of the Agreement, which previously read "governed by the laws of the State of Maine", shall now read "governed by the laws of the State of New York".`,
		edits: [['laws of the State of Maine', 'laws of the State of New York']],
	},
	{
		is: 'an address for notices changed',
		base: 'SAAS',
		text: `1. Provider's address for notices in Section 5.1 is hereby changed from "410 Harbor Street, Portland, Maine 04101" to "22 Wharf Road, Portland, Maine 04102".`,
		edits: [
			[
				'General Counsel, 410 Harbor Street, Portland, Maine 04101',
				'General Counsel, 22 Wharf Road, Portland, Maine 04102',
			],
		],
	},
	{
		is: 'every reference to a name',
		base: 'SAAS',
		text: `1. All references in the Agreement to "Tamarack Foods LLC" are hereby replaced with "Tamarack Provisions LLC".`,
		edits: [['Tamarack Foods LLC', 'Tamarack Provisions LLC']],
	},
	{
		is: 'intentionally omitted',
		base: 'SAAS',
		text: `1. Section 3.2 (Expenses) of the Agreement is hereby deleted in its entirety and replaced with "[Intentionally Omitted]".`,
		edits: [['Expenses. Provider bears its own expenses.', '[Intentionally Omitted]']],
	},
	{
		is: 'words inserted after words',
		base: 'SAAS',
		text: `1. Section 4.2 is amended by inserting the words ", or for insolvency," immediately after the words "material breach".`,
		edits: [['for material breach upon', 'for material breach, or for insolvency, upon']],
	},
	{
		is: 'a subsection of an inline list replaced',
		base: 'SAAS',
		text: `1. Clause (b) of Section 2.2 is hereby amended to read: "(b) use the Service as a service bureau,"`,
		edits: [['(b) use the Service for the benefit of third parties, or', '(b) use the Service as a service bureau,']],
	},
	{
		is: 'several targets in one instruction',
		base: 'LICENCE',
		text: `1. Sections 5 and 9 of the Agreement are hereby deleted in their entirety.`,
		edits: [
			['Section 5. Audit. Licensor may audit Licensee once per year.', ''],
			['Section 9. Survival. Sections 5 and 8 survive.', ''],
		],
	},
	{
		is: 'an item of a list added and the others renumbered accordingly',
		base: 'LICENCE',
		text: `1. Section 8 is amended by inserting a new subsection (b) to read "(b) Neither party shall copy such information." and by relettering the existing subsections (b) and (c) as (c) and (d), respectively.`,
		edits: [
			['(b) The obligation', '(b) Neither party shall copy such information.\n\n(c) The obligation'],
			['(c) Information that', '(d) Information that'],
		],
	},
	{
		is: 'the passage is quoted over paragraphs, each opened and only the last closed',
		base: 'LICENCE',
		text: `1. Section 5 of the Agreement is hereby amended and restated to read in full as follows:

“Section 5. Audit. Licensor may audit Licensee twice per year.

“Licensor bears the cost of an audit.”`,
		edits: [
			[
				'Section 5. Audit. Licensor may audit Licensee once per year.',
				'Section 5. Audit. Licensor may audit Licensee twice per year.\n\nLicensor bears the cost of an audit.',
			],
		],
	},
	{
		is: 'a quotation that is never closed, at the end of the text',
		base: 'LICENCE',
		text: `1. Section 7 of the Agreement is hereby deleted and replaced with the following:

"Section 7. Termination. Either party may terminate this Agreement on sixty (60) days' notice.`,
		edits: [
			[
				'Licensor may terminate this Agreement if Licensee fails to pay.',
				"Either party may terminate this Agreement on sixty (60) days' notice.",
			],
		],
	},
	{
		is: 'term extended by a number of years',
		base: 'LICENCE',
		text: `1. The term of the Agreement set forth in Section 6 is hereby extended through May 31, 2028, and the reference to "May 31, 2025" therein is replaced by "May 31, 2028".`,
		edits: [['May 31, 2025', 'May 31, 2028']],
	},
	{
		is: 'the words do not stand there',
		base: 'LICENCE',
		text: `1. Section 4 is amended by deleting "seven percent (7%)" and inserting "six percent (6%)" in lieu thereof.`,
		asks: /./,
	},
	{
		is: 'the section does not exist',
		base: 'LICENCE',
		text: `1. Section 14.2 of the Agreement is hereby deleted.`,
		asks: /./,
	},
	{
		is: 'number and title disagree',
		base: 'LICENCE',
		text: `1. Section 5 (Royalties) of the Agreement is hereby deleted in its entirety.`,
		asks: /./,
	},
	{
		is: 'mutatis mutandis',
		base: 'LICENCE',
		text: `1. The provisions of Section 5 shall apply mutatis mutandis to any sublicensee.`,
		asks: /mutatis/i,
	},
];
