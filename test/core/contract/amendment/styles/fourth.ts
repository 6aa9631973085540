import type { Style } from './style';

/** A fourth set: marks, tables, days and wordings that stand in none of the sets before. */
export const FOURTH: readonly Style[] = [
	{
		is: 'quotation marks with blanks inside',
		base: 'LICENCE',
		text: `1. In Section 4, replace " five percent (5%) " with " four percent (4%) ".`,
		edits: [['five percent (5%)', 'four percent (4%)']],
	},
	{
		is: 'a quoted passage whose marks stand apart',
		base: 'LICENCE',
		text: `1. Section 5 is deleted and replaced with the following:

“ Section 5. Audit. Licensor may audit Licensee twice per year. ”

2. Section 9 is deleted.`,
		edits: [
			['once per year', 'twice per year'],
			['Section 9. Survival. Sections 5 and 8 survive.\n\n', ''],
		],
	},
	{
		is: 'single marks at the start of what is changed',
		base: 'LICENCE',
		text: `1. In Section 1, 'located in the Territory' is replaced with 'located at Licensee's sites'.`,
		edits: [['located in the Territory', "located at Licensee's sites"]],
	},
	{
		is: 'a cell by row and column, and words in a column by row',
		base: 'SAAS',
		text: `1. In the table in Exhibit B, in the row for Paul Okafor, the entry in the column "Role" is changed from "Planner" to "Viewer".

2. In Exhibit B, in the column headed "Site", "Dayton" is replaced by "Toledo" in the row for Renata Cruz.`,
		edits: [
			['Planner', 'Viewer'],
			['Dayton', 'Toledo'],
		],
	},
	{
		is: 'words of a column that stand in another column too',
		base: 'LEASE',
		text: `1. In Schedule 2, in the column headed "Condition", "40" is replaced by "42".`,
		asks: /do not stand there/,
	},
	{
		is: 'a column renamed',
		base: 'SAAS',
		text: `1. The column "Site" of the table in Exhibit B is renamed "Location".

2. Section 3.2 is deleted.`,
		asks: /not understood/,
		edits: [['3.2 Expenses. Provider bears its own expenses.\n\n', '']],
	},
	{
		is: 'a table of changes with sections',
		base: 'SAAS',
		text: `The following changes are made to the Agreement:

| Section | Old | New |
|---|---|---|
| 2.1 | two hundred fifty (250) | three hundred (300) |
| Section 3.1 | "$120,000" | "$130,000" |
| 5.2 | State of Maine | State of Ohio |`,
		edits: [
			['two hundred fifty (250)', 'three hundred (300)'],
			['$120,000', '$130,000'],
			['laws of the State of Maine', 'laws of the State of Ohio'],
		],
	},
	{
		is: 'a table of changes under a schedule, between numbered orders',
		base: 'SAAS',
		text: `1. Exhibit B is amended as follows:

| Existing text | Replacement text |
|---|---|
| Planner | Scheduler |
| Dayton | Columbus |

2. Section 5.3 is deleted.`,
		edits: [
			['Planner', 'Scheduler'],
			['Dayton', 'Columbus'],
			['5.3 Assignment. Neither party may assign this Agreement without consent.\n\n', ''],
		],
	},
	{
		is: 'a table of changes with a column of its own meaning',
		base: 'SAAS',
		text: `The Agreement is amended as follows:

| Section | Old | New | Sites |
|---|---|---|---|
| 2.1 | two hundred fifty (250) | three hundred (300) | Akron |`,
		asks: /column that was not understood/,
	},
	{
		is: 'a table of changes under a limit',
		base: 'SAAS',
		text: `Solely with respect to the Akron site, the Agreement is amended as follows:

| No. | Clause | Current wording | Revised wording |
|---|---|---|---|
| 1 | 2.1 | two hundred fifty (250) | three hundred (300) |`,
		asks: /only for a part/,
	},
	{
		is: 'in German: eine Gegenüberstellung',
		base: 'GERMAN',
		text: `1. Der Vertrag wird wie folgt geändert:

| Stelle | Bisherige Fassung | Neue Fassung |
|---|---|---|
| § 5 | drei Monaten | vier Monaten |`,
		edits: [['drei Monaten', 'vier Monaten']],
	},
	{
		is: 'words in a line of the page',
		base: 'LICENCE',
		text: `1. Section 1 is amended by deleting the words "located in the Territory" where they appear in line 2.`,
		edits: [['on ten (10) servers located in the Territory.', 'on ten (10) servers.']],
	},
	{
		is: 'a letter agreement',
		base: 'LICENCE',
		whole: true,
		text: `Orrin Labs Corp.
12 Quay Street

March 4, 2026

Pell & Sons, Inc.
Attention: Legal Department

Re: Software License Agreement dated June 1, 2020 (the "Agreement")

Dear Sirs:

This letter agreement amends the Agreement. By countersigning it, you agree with us as follows:

1. The number "ten (10)" in Section 1 of the Agreement is changed to "twelve (12)".

2. Section 5 of the Agreement is hereby amended and restated in its entirety to read as follows:

"Section 5. Audit. Licensor may audit Licensee once in two years."

Except as set out in this letter, the Agreement remains in full force and effect.

Yours sincerely,

Orrin Labs Corp.

By: /s/ J. Orrin
Name: J. Orrin

Accepted and agreed:

Pell & Sons, Inc.

By: /s/ R. Pell
`,
		edits: [
			['ten (10)', 'twelve (12)'],
			['once per year', 'once in two years'],
		],
	},
	{
		is: 'several orders in one sentence, of several kinds',
		base: 'SAAS',
		text: `1. Section 2.3 is amended by (i) replacing "three" with "five", (ii) deleting the last sentence thereof and (iii) adding the words "and audit" after the word "create".`,
		edits: [
			[
				'designate three Administrators. Each Administrator may create and disable logins. Administrators complete the training of Provider.',
				'designate five Administrators. Each Administrator may create and audit and disable logins.',
			],
		],
	},
	{
		is: 'a heading changed',
		base: 'SAAS',
		text: `1. The heading of Section 3.2 is amended to read "Costs".`,
		edits: [['3.2 Expenses.', '3.2 Costs.']],
	},
	{
		is: 'a paragraph of a schedule by its number',
		base: 'LEASE',
		text: `1. In Schedule 1, paragraph 2 is amended by substituting "six" for "four".`,
		edits: [['four parking spaces', 'six parking spaces']],
	},
	{
		is: 'a definition narrowed by a proviso of its own text',
		base: 'SAAS',
		text: `1. The definition of "Named User" is amended by inserting ", other than a contractor," after the words "employee of Subscriber".`,
		edits: [['an employee of Subscriber to whom', 'an employee of Subscriber, other than a contractor, to whom']],
	},
	{
		is: 'for a time',
		base: 'LICENCE',
		text: `1. From April 1, 2026 until September 30, 2026, the reference in Section 1 to "ten (10)" shall be read as a reference to "fifteen (15)".`,
		edits: [['ten (10)', 'fifteen (15)']],
		asOf: '2026-06-01',
	},
	{
		is: 'for a time that is over',
		base: 'LICENCE',
		text: `1. From April 1, 2026 until September 30, 2026, the reference in Section 1 to "ten (10)" shall be read as a reference to "fifteen (15)".`,
		asOf: '2026-12-01',
	},
	{
		is: 'backdated by a clause of its own',
		base: 'LICENCE',
		text: `1. Section 4 is amended by replacing "five percent (5%)" with "four percent (4%)".

2. This Amendment shall be deemed to have taken effect on January 1, 2026.`,
		edits: [['five percent (5%)', 'four percent (4%)']],
	},
	{
		is: 'mutatis mutandis beside what is clear',
		base: 'LICENCE',
		text: `1. Section 5 is deleted.

2. The provisions of Section 4 shall apply mutatis mutandis to the licensed modules added by Section 3.`,
		edits: [['Section 5. Audit. Licensor may audit Licensee once per year.\n\n', '']],
		asks: /mutatis mutandis/,
	},
	{
		is: 'two sections by one order, joined',
		base: 'SAAS',
		text: `1. Sections 3.2 and 5.3 of the Agreement are hereby deleted in their entirety.`,
		edits: [
			['3.2 Expenses. Provider bears its own expenses.\n\n', ''],
			['5.3 Assignment. Neither party may assign this Agreement without consent.\n\n', ''],
		],
	},
	{
		is: 'a section that is intentionally left blank',
		base: 'LICENCE',
		text: `1. Section 7 is deleted in its entirety and replaced with "[Intentionally omitted]".`,
		edits: [
			['Termination. Licensor may terminate this Agreement if Licensee fails to pay.', '[Intentionally omitted]'],
		],
	},
	{
		is: 'a row replaced by another',
		base: 'SAAS',
		text: `1. The row for Renata Cruz in Exhibit B is replaced by the following row:

| Olga Brandt | olga@tamarack.example | Viewer | Toledo |`,
		edits: [
			[
				'| Renata Cruz | renata@tamarack.example | Viewer | Dayton |',
				'| Olga Brandt | olga@tamarack.example | Viewer | Toledo |',
			],
		],
	},
	{
		is: 'an exhibit that goes',
		base: 'LICENCE',
		text: `1. Exhibit B to the Agreement is hereby deleted and of no further effect.`,
		edits: [['EXHIBIT B\n\nSUPPORT HOURS\n\nMonday to Friday, 8:00 to 18:00 CET.\n', '']],
	},
	{
		is: 'words swapped with the verb in front',
		base: 'DPA',
		text: `1. Substitute "10 persons" for "twelve (12) persons" in Section 3.2; in Section 4, substitute "48 hours" for "72 hours".`,
		edits: [
			['twelve (12) persons', '10 persons'],
			['72 hours', '48 hours'],
		],
	},
	{
		is: 'a reference to a section that is not there',
		base: 'DPA',
		text: `1. Section 6.2 is amended by replacing "one" with "two".`,
		asks: /was not found/,
	},
	{
		is: 'an exception',
		base: 'SAAS',
		text: `1. All references to "Akron" in Exhibit B are replaced by "Columbus", except in the row for Paul Okafor.`,
		asks: /exception/,
	},
	{
		is: 'a side letter for one party alone',
		base: 'SAAS',
		text: `1. Section 5.3 is amended, as to Subscriber only, by replacing "without consent" with "without notice".`,
		asks: /./,
	},
	{
		is: 'the term and a clause in one amendment',
		base: 'LICENCE',
		text: `1. The term of the Agreement is hereby extended by two (2) years.

2. Section 4 is amended by replacing "five percent (5%)" with "six percent (6%)".`,
		edits: [
			['May 31, 2025', 'May 31, 2027'],
			['five percent (5%)', 'six percent (6%)'],
		],
	},
	{
		is: 'in French: une durée et un mot',
		base: 'FRENCH',
		text: `1. À l'article 4, les mots « trois ans » sont remplacés par « cinq ans ».

2. Le contrat est résilié d'un commun accord avec effet au 31 décembre 2030.`,
		asks: /only a part/,
		edits: [['une durée de trois ans', 'une durée de cinq ans']],
	},
	{
		is: 'in German: Satz und Wort in einem Auftrag',
		base: 'GERMAN',
		text: `1. In § 2 Abs. 2 wird die Angabe „30 Tagen“ durch die Angabe „14 Tagen“ ersetzt; § 4 wird gestrichen.`,
		edits: [
			['innerhalb von 30 Tagen', 'innerhalb von 14 Tagen'],
			['§ 4 Geheimhaltung\n\nDie Parteien behandeln alle Informationen vertraulich.\n\n', ''],
		],
	},
];
