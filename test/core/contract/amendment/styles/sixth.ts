import type { Style } from './style';

const CHANGE = 'Section 1 is amended by replacing "ten (10)" with "twelve (12)"';

/** A sixth set: what stands behind an order and belongs to it, and parts that are not the whole. */
export const SIXTH: readonly Style[] = [
	{
		is: 'an exception in front',
		base: 'SAAS',
		text: `1. Except for Section 3.1, all references to "$120,000" are changed to "$1".`,
		asks: /exception/,
	},
	{
		is: 'an order beside one that is understood',
		base: 'SAAS',
		text: `1. Renata Cruz is hereby removed from Exhibit B and Olga Brandt (olga@tamarack.example), Viewer, Toledo, is added.`,
		asks: /A part of the sentence/,
		edits: [['| Renata Cruz | renata@tamarack.example | Viewer | Dayton |\n', '']],
	},
	{
		is: 'a time set by the sentence behind',
		base: 'LICENCE',
		text: `1. ${CHANGE}. This change applies only until December 31, 2026.`,
		asks: /sentence behind it limits it/,
	},
	{
		is: 'an exception in the sentence behind',
		base: 'LICENCE',
		text: `1. ${CHANGE}. The foregoing shall not apply to servers located in Spain.`,
		asks: /sentence behind it limits it/,
	},
	{
		is: 'a limit in a section of its own',
		base: 'LICENCE',
		text: `1. ${CHANGE}.

2. The change in Section 1 above applies only to servers in Spain.`,
		asks: /Section 2 of it limits/,
		edits: [['ten (10)', 'twelve (12)']],
	},
	{
		is: 'a limit behind, in German',
		base: 'GERMAN',
		text: `1. In § 5 wird „drei Monaten“ durch „vier Monaten“ ersetzt. Dies gilt nur für den Auftraggeber.`,
		asks: /sentence behind it limits it/,
	},
	{
		is: 'a limit behind, in French',
		base: 'FRENCH',
		text: `1. À l'article 2, les mots « vingt (20) » sont remplacés par « trente (30) ». Cette modification ne s'applique qu'en France.`,
		asks: /sentence behind it limits it/,
	},
	{
		is: 'what stays behind an order',
		base: 'LICENCE',
		text: `1. ${CHANGE}. All other provisions of Section 1 remain unchanged.`,
		edits: [['ten (10)', 'twelve (12)']],
	},
	{
		is: 'a day in the sentence behind, before it comes',
		base: 'LICENCE',
		text: `1. ${CHANGE}. This change is effective July 1, 2027.`,
		asOf: '2027-06-30',
	},
	{
		is: 'a day in the sentence behind',
		base: 'LICENCE',
		text: `1. ${CHANGE}. This change is effective July 1, 2027.`,
		asOf: '2027-07-01',
		edits: [['ten (10)', 'twelve (12)']],
	},
	{
		is: 'for some, behind the new words',
		base: 'LICENCE',
		text: `1. Section 4 is amended by replacing "five percent (5%)" with "four percent (4%)" for Net Sales in France.`,
		asks: /more than was understood: "Net Sales France"/,
	},
	{
		is: 'for some, in brackets behind the new words',
		base: 'LICENCE',
		text: `1. ${CHANGE} (but only in Spain).`,
		asks: /more than was understood/,
	},
	{
		is: 'the full stop replaced',
		base: 'LICENCE',
		text: `1. Section 2 is amended by replacing the period at the end with ", Italy and Malta.".`,
		asks: /"period"/,
	},
	{
		is: 'an item of a sentence replaced, with what leads on',
		base: 'LICENCE',
		text: `1. Section 3 is amended by replacing item (ii) with "(ii) Payroll Plus".`,
		edits: [['(ii) Payroll, and', '(ii) Payroll Plus, and']],
	},
	{
		is: 'the other items of a sentence renumbered',
		base: 'LICENCE',
		text: `1. Section 3 is amended by deleting item (i) and renumbering the remaining items.`,
		edits: [['(i) Ledger, (ii)', '(ii)']],
		asks: /get other numbers/,
	},
	{
		is: 'a second clause behind and',
		base: 'LICENCE',
		text: `1. Section 8(b) is amended by replacing "three" by "five" and Section 8(c) by inserting "generally" before "public".`,
		edits: [
			['lasts three years', 'lasts five years'],
			['is public is', 'is generally public is'],
		],
	},
	{
		is: 'between two sentences',
		base: 'SAAS',
		text: `1. The following sentence is inserted between the first and the second sentence of Section 2.3: "They are employees."`,
		edits: [['three Administrators. Each', 'three Administrators. They are employees. Each']],
	},
	{
		is: 'an exhibit in the form of an appendix',
		base: 'LICENCE',
		whole: true,
		text: `AMENDMENT NO. 1

This Amendment No. 1 is dated May 2, 2026.

The parties agree:

1. A new Exhibit C in the form attached as Appendix 1 is added.

Agreed and accepted:

Orrin Labs Corp.
By: /s/ J. Orrin

APPENDIX 1

EXHIBIT C

TRAINING

Two days a year.
`,
		edits: [
			[
				'Monday to Friday, 8:00 to 18:00 CET.',
				'Monday to Friday, 8:00 to 18:00 CET.\n\nEXHIBIT C\n\nTRAINING\n\nTwo days a year.',
			],
		],
	},
	{
		is: 'clauses that change places',
		base: 'LICENCE',
		text: `1. Section 5 is deleted.

2. Sections 8(b) and 8(c) are interchanged.`,
		asks: /not understood/,
		edits: [['Section 5. Audit. Licensor may audit Licensee once per year.\n\n', '']],
	},
	{
		is: 'a right beside the words of a clause',
		base: 'LICENCE',
		text: `1. Section 5 is deleted.

2. The Software may also be installed on servers in Italy.`,
		asks: /not understood/,
		edits: [['Section 5. Audit. Licensor may audit Licensee once per year.\n\n', '']],
	},
	{
		is: 'a person who ceases to be something',
		base: 'SAAS',
		text: `1. Section 3.2 is deleted.

2. Ingrid Solheim shall cease to be an Administrator.`,
		asks: /not understood/,
		edits: [['3.2 Expenses. Provider bears its own expenses.\n\n', '']],
	},
	...[
		['for some', 'Section 5 is deleted for the affiliates of Licensee.'],
		['with respect to some', 'Section 5 is hereby deleted with respect to the Spanish servers.'],
		['during a year only', 'Section 5 is deleted, but only during 2026.'],
		['until it applies again', 'Section 5 is deleted; it shall apply again from January 1, 2028.'],
		['for some servers', 'A new Section 5A is inserted after Section 5 for servers in Spain: "Section 5A. Logs."'],
		['up to a number', 'Section 1 is amended by replacing "ten (10)" with up to "twelve (12)".'],
	].map(([is = '', text = '']): Style => ({
		is,
		base: 'LICENCE',
		text: `1. ${text}`,
		asks: /more than was understood/,
	})),
];
