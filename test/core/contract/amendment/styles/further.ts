import type { Style } from './style';

/** Written after the first ones were read right, to see whether rules or examples were learnt. */
export const FURTHER: readonly Style[] = [
	{
		is: 'effective as of, paragraph wording with thereof',
		base: 'SAAS',
		text: `1. Effective as of April 1, 2026, Section 3.1 of the Agreement shall be modified by striking the figure "$120,000" where it appears in the first sentence thereof and by inserting, in lieu of such figure, "$131,500".`,
		edits: [['$120,000', '$131,500']],
	},
	{
		is: 'parties agree to replace',
		base: 'SAAS',
		text: `The parties hereby agree to replace the words "three Administrators" in Section 2.3 with the words "up to six Administrators".`,
		edits: [['three Administrators', 'up to six Administrators']],
	},
	{
		is: 'section is revised to read',
		base: 'SAAS',
		text: `1. Section 5.3 (Assignment) is revised to read in its entirety: "Either party may assign this Agreement upon notice."`,
		edits: [
			[
				'Neither party may assign this Agreement without consent.',
				'Either party may assign this Agreement upon notice.',
			],
		],
	},
	{
		is: 'two sections restated, one after the other',
		base: 'SAAS',
		text: `1. Sections 5.2 and 5.3 of the Agreement are hereby amended and restated to read in their entirety as follows:

"5.2 Governing Law. This Agreement is governed by the laws of the State of Ohio.

5.3 Assignment. This Agreement may be assigned to a successor."`,
		edits: [
			[
				'State of Maine.\n\n5.3 Assignment. Neither party may assign this Agreement without consent.',
				'State of Ohio.\n\n5.3 Assignment. This Agreement may be assigned to a successor.',
			],
		],
	},
	{
		is: 'a lead-in for several lettered changes of one section',
		base: 'SAAS',
		text: `1. Section 2.3 of the Agreement is amended as follows:

(a) The word "three" is replaced with "four"; and

(b) The last sentence is deleted.`,
		edits: [
			['designate three', 'designate four'],
			[' Administrators complete the training of Provider.', ''],
		],
	},
	{
		is: 'numbered headings above unnumbered instructions',
		base: 'SAAS',
		text: `1. Amendments.

1.1 Section 4.2 of the Agreement is hereby amended by replacing "thirty (30) days'" with "ninety (90) days'".

1.2 Section 3.2 of the Agreement is hereby deleted.

2. Miscellaneous.

2.1 Except as expressly amended by this Amendment, the Agreement remains in full force and effect.

2.2 This Amendment may be executed in counterparts.`,
		edits: [
			["thirty (30) days'", "ninety (90) days'"],
			['3.2 Expenses. Provider bears its own expenses.', ''],
		],
	},
	{
		is: 'a definition amended by words added at its end',
		base: 'SAAS',
		text: `1. The definition of "Affiliate" in Article I of the Agreement is hereby amended by adding the words ", for so long as such control exists" at the end thereof.`,
		edits: [['control with a party.', 'control with a party, for so long as such control exists.']],
	},
	{
		is: 'two definitions added',
		base: 'SAAS',
		text: `1. The following new definitions are hereby added to Article I:

"Confidential Data" means the sales data of Subscriber.

"Sandbox" means a copy of the Service for tests.`,
		edits: [
			['"Named User" means', '"Confidential Data" means the sales data of Subscriber.\n\n"Named User" means'],
			['"Service" means', '"Sandbox" means a copy of the Service for tests.\n\n"Service" means'],
		],
	},
	{
		is: 'a definition deleted in its entirety',
		base: 'SAAS',
		text: `1. The defined term "Affiliate" and its definition are hereby deleted in their entirety from Article I.`,
		edits: [
			['"Affiliate" means any entity that controls, is controlled by or is under common control with a party.', ''],
		],
	},
	{
		is: 'several rows of a table removed',
		base: 'SAAS',
		text: `1. Exhibit B is hereby amended to remove the rows for "Ingrid Solheim" and "Renata Cruz".`,
		edits: [
			['| Ingrid Solheim | ingrid@tamarack.example | Administrator | Akron |', ''],
			['| Renata Cruz | renata@tamarack.example | Viewer | Dayton |', ''],
		],
	},
	{
		is: 'a row replaced by a row',
		base: 'SAAS',
		text: `1. In Exhibit B, the row for Paul Okafor is deleted and replaced with the following row:

| Paula Okafor | paula@tamarack.example | Planner | Dayton |`,
		edits: [
			[
				'| Paul Okafor | paul@tamarack.example | Planner | Akron |',
				'| Paula Okafor | paula@tamarack.example | Planner | Dayton |',
			],
		],
	},
	{
		is: 'shall mean, with the old meaning not said',
		base: 'SAAS',
		text: `1. "Service" shall mean the inventory forecasting and replenishment applications hosted by Provider.`,
		asks: /./,
	},
	{
		is: 'waiver for once',
		base: 'SAAS',
		text: `1. Provider hereby waives its right to interest under Section 3.1 for the invoice dated May 2, 2026.`,
		asks: /./,
	},
	{
		is: 'the exhibit is amended to add a person, in words',
		base: 'SAAS',
		text: `1. Exhibit B is hereby amended to add Sven Dahl (sven@tamarack.example) as a Planner at the Akron site.`,
		asks: /./,
	},
	{
		is: 'for the avoidance of doubt',
		base: 'SAAS',
		text: `1. In Section 5.3, "without consent" is replaced by "without prior written consent".

2. For the avoidance of doubt, nothing in this Amendment shall be construed as a waiver of any right under the Agreement.`,
		edits: [['without consent', 'without prior written consent']],
	},
	{
		is: 'ten percent more, to be computed',
		base: 'SAAS',
		text: `1. The annual fee set forth in Section 3.1 is hereby increased by ten percent (10%).`,
		asks: /./,
	},
	{
		is: 'section references follow the change',
		base: 'LICENCE',
		text: `1. The reference to "Section 7" in Section 6 of the Agreement is hereby changed to "Section 8".`,
		edits: [['accordance with Section 7', 'accordance with Section 8']],
	},
	{
		is: 'the territory expanded to include',
		base: 'LICENCE',
		text: `1. The Territory is hereby expanded to include Austria and Portugal.`,
		asks: /./,
	},
	{
		is: 'amended to read, the passage in block form without marks, two paragraphs',
		base: 'LICENCE',
		text: `1. Section 5 of the Agreement is hereby amended to read as follows:

Section 5. Audit. Licensor may audit Licensee once per calendar year.

2. Section 7 of the Agreement is hereby amended to read as follows:

Section 7. Termination. Either party may terminate this Agreement on notice.`,
		edits: [
			['Licensor may audit Licensee once per year.', 'Licensor may audit Licensee once per calendar year.'],
			[
				'Licensor may terminate this Agreement if Licensee fails to pay.',
				'Either party may terminate this Agreement on notice.',
			],
		],
	},
	{
		is: 'the exhibit is deleted and its references',
		base: 'LICENCE',
		text: `1. Exhibit B is deleted from the Agreement.`,
		edits: [['EXHIBIT B\n\nSUPPORT HOURS\n\nMonday to Friday, 8:00 to 18:00 CET.', '']],
	},
	{
		is: 'words deleted where they first appear',
		base: 'LICENCE',
		text: `1. Section 4 is amended by deleting the words "within thirty (30) days" and inserting the words "within forty-five (45) days" in substitution therefor.`,
		edits: [['thirty (30) days', 'forty-five (45) days']],
	},
	{
		is: 'a subsection by letter, deleted and reserved',
		base: 'LICENCE',
		text: `1. Section 8(c) of the Agreement is hereby deleted and shall be left intentionally blank.`,
		edits: [['(c) Information that is public is not confidential.', '(c) [Intentionally left blank]']],
	},
	{
		is: 'a letter of agreement in the first person',
		base: 'LICENCE',
		text: `Dear Ms. Pell: This letter confirms our agreement that Section 5 of the License Agreement shall be amended by replacing "once" with "twice". Please countersign below.`,
		edits: [['Licensee once per', 'Licensee twice per']],
	},
	{
		is: 'provided, however',
		base: 'LICENCE',
		text: `1. Section 5 is amended by replacing "once" with "twice"; provided, however, that no audit shall take place in December.`,
		asks: /condition/,
	},
	{
		is: 'effective on two days',
		base: 'LICENCE',
		text: `1. Effective January 1, 2030, Section 5 is amended by replacing "once" with "twice".`,
		asOf: '2026-12-01',
	},
	{
		is: 'the words struck and the words underlined in a table of before and after',
		base: 'LICENCE',
		text: `1. Section 5 currently reads: "Licensor may audit Licensee once per year." Section 5 shall be replaced with: "Licensor may audit Licensee twice per year."`,
		edits: [['audit Licensee once per', 'audit Licensee twice per']],
	},
	{
		is: 'by deleting from X to Y',
		base: 'LICENCE',
		text: `1. Section 6 is amended by deleting all of the words following "May 31, 2025".`,
		asks: /./,
	},
	{
		is: 'lease: substitution of the name of a party',
		base: 'LEASE',
		text: `1. The Lease shall be read and construed as if references to "Juniper Retail Limited" were references to "Juniper Books Limited".`,
		edits: [['Juniper Retail Limited', 'Juniper Books Limited']],
	},
	{
		is: 'lease: the following is inserted as a new clause between two',
		base: 'LEASE',
		text: `1. The following clause shall be inserted as clause 5.2: "5.2 The Tenant may share the Premises with a group company."`,
		edits: [
			['part of the Premises.', 'part of the Premises.\n\n5.2 The Tenant may share the Premises with a group company.'],
		],
	},
	{
		is: 'lease: two replacements with respectively',
		base: 'LEASE',
		text: `1. In clause 3.2, "fourteen days" and "4%" shall be replaced with "ten days" and "5%" respectively.`,
		edits: [
			['fourteen days', 'ten days'],
			['4% above', '5% above'],
		],
	},
	{
		is: 'lease: definitions in a list below a colon',
		base: 'LEASE',
		text: `1. The following definitions in clause 1.1 are replaced as follows:

"Premises" means the ground and first floors of 14 Mill Lane, Leeds;

"Term" means fifteen years beginning on 1 May 2022.`,
		edits: [
			['the ground floor of', 'the ground and first floors of'],
			['means ten years', 'means fifteen years'],
		],
	},
	{
		is: 'lease: surrender of a part',
		base: 'LEASE',
		text: `1. With effect from 30 June 2026 the Tenant surrenders paragraph 2 of Schedule 1.`,
		asks: /./,
	},
	{
		is: 'lease: the figure, in words',
		base: 'LEASE',
		text: `1. The number of parking spaces in paragraph 2 of Schedule 1 is reduced to two.`,
		edits: [['four parking', 'two parking']],
	},
	{
		is: 'lease: item added behind an item',
		base: 'LEASE',
		text: `1. In clause 4.1, a new sub-clause (d) is added as follows: "(d) clean the windows every month."`,
		edits: [['(c) keep the gutters clear.', '(c) keep the gutters clear.\n\n(d) clean the windows every month.']],
	},
	{
		is: 'data processing: persons',
		base: 'DPA',
		text: `1. Clause 3.2 is amended such that the number of persons is increased from twelve (12) to eighteen (18).`,
		edits: [['twelve (12)', 'eighteen (18)']],
	},
	{
		is: 'data processing: a sub-processor replaced by another in a cell',
		base: 'DPA',
		text: `1. In Annex II, in the row "Nimbus Hosting BV", "Netherlands" is replaced by "Germany".`,
		edits: [['| Netherlands |', '| Germany |']],
	},
	{
		is: 'German: in mehreren Punkten',
		base: 'GERMAN',
		text: `Der Vertrag wird wie folgt geändert:

1. § 3 Satz 1 wird wie folgt neu gefasst: „Der Vertrag beginnt am 1. April 2023 und endet am 31. März 2029.“

2. In § 5 werden die Worte „drei Monaten“ durch die Worte „vier Monaten“ ersetzt.

3. Nach § 4 wird folgender § 4a eingefügt:

„§ 4a Datenschutz

Die Parteien schließen eine Vereinbarung zur Auftragsverarbeitung.“`,
		edits: [
			['31. März 2026', '31. März 2029'],
			['drei Monaten', 'vier Monaten'],
			[
				'alle Informationen vertraulich.',
				'alle Informationen vertraulich.\n\n§ 4a Datenschutz\n\nDie Parteien schließen eine Vereinbarung zur Auftragsverarbeitung.',
			],
		],
	},
	{
		is: 'German: Anlage wird ersetzt',
		base: 'GERMAN',
		text: `1. Anlage 1 wird durch folgende Fassung ersetzt:

„Anlage 1 - Leistungen

Betrieb und Wartung an Werktagen.“`,
		edits: [['Betrieb, Wartung und Support an Werktagen.', 'Betrieb und Wartung an Werktagen.']],
	},
	{
		is: 'German: sinngemäß',
		base: 'GERMAN',
		text: `1. § 2 gilt für verbundene Unternehmen sinngemäß.`,
		asks: /./,
	},
	{
		is: 'German: ein Satz wird angefügt',
		base: 'GERMAN',
		text: `1. § 6 wird um folgenden Satz ergänzt: „Gerichtsstand ist Bremen.“`,
		edits: [['Es gilt deutsches Recht.', 'Es gilt deutsches Recht. Gerichtsstand ist Bremen.']],
	},
	{
		is: 'French: un article est inséré',
		base: 'FRENCH',
		text: `1. Après l'article 4, il est inséré un article 4 bis ainsi rédigé :

« Article 4 bis - Renouvellement

Le contrat est renouvelé par tacite reconduction. »`,
		edits: [
			[
				'pour une durée de trois ans.',
				'pour une durée de trois ans.\n\nArticle 4 bis - Renouvellement\n\nLe contrat est renouvelé par tacite reconduction.',
			],
		],
	},
	{
		is: 'French: la première phrase',
		base: 'FRENCH',
		text: `1. La première phrase de l'article 3 est remplacée par la phrase suivante : « La redevance annuelle est de 18 000 euros. »`,
		edits: [['15 000 euros', '18 000 euros']],
	},
	{
		is: 'French: sous réserve',
		base: 'FRENCH',
		text: `1. Sous réserve du paiement, à l'article 2, les mots « vingt (20) » sont remplacés par « trente (30) ».`,
		asks: /condition/,
	},
];
