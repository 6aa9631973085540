import type { Style } from './style';

/** Other languages, other documents, and what nobody should carry out unasked. */
export const ELSEWHERE: readonly Style[] = [
	{
		is: 'German: wird wie folgt neu gefasst',
		base: 'GERMAN',
		text: `1. § 5 des Vertrages wird wie folgt neu gefasst:

"§ 5 Kündigung

Jede Partei kann den Vertrag mit einer Frist von sechs Monaten kündigen."`,
		edits: [['drei Monaten', 'sechs Monaten']],
	},
	{
		is: 'German: in einem Absatz werden Worte ersetzt',
		base: 'GERMAN',
		text: `1. In § 1 Abs. 2 wird die Angabe „30 Benutzer“ durch die Angabe „45 Benutzer“ ersetzt.`,
		edits: [['30 Benutzer', '45 Benutzer']],
	},
	{
		is: 'German: ein Paragraph wird gestrichen',
		base: 'GERMAN',
		text: `1. § 4 wird ersatzlos gestrichen.`,
		edits: [['§ 4 Geheimhaltung\n\nDie Parteien behandeln alle Informationen vertraulich.', '']],
	},
	{
		is: 'German: ein Absatz wird angefügt',
		base: 'GERMAN',
		text: `1. Dem § 2 wird folgender Absatz 3 angefügt: „(3) Reisekosten werden gesondert vergütet.“`,
		edits: [
			[
				'innerhalb von 30 Tagen fällig.',
				'innerhalb von 30 Tagen fällig.\n\n(3) Reisekosten werden gesondert vergütet.',
			],
		],
	},
	{
		is: 'German: erhält folgende Fassung',
		base: 'GERMAN',
		text: `1. § 2 Absatz 1 erhält folgende Fassung: „(1) Die Vergütung beträgt 9.200 EUR je Monat.“`,
		edits: [['8.500 EUR', '9.200 EUR']],
	},
	{
		is: "French: l'article est remplacé par",
		base: 'FRENCH',
		text: `1. L'article 5 est remplacé par les dispositions suivantes : « Article 5 - Résiliation

Chaque partie peut résilier le contrat moyennant un préavis de six mois. »`,
		edits: [['préavis de trois mois', 'préavis de six mois']],
	},
	{
		is: 'French: les mots sont remplacés par les mots',
		base: 'FRENCH',
		text: `1. À l'article 2, les mots « vingt (20) » sont remplacés par les mots « trente-cinq (35) ».`,
		edits: [['vingt (20)', 'trente-cinq (35)']],
	},
	{
		is: "French: l'article est supprimé",
		base: 'FRENCH',
		text: `1. L'article 4 du contrat est supprimé.`,
		edits: [['Article 4 - Durée\n\nLe contrat est conclu pour une durée de trois ans.', '']],
	},
	{
		is: 'change order: two documents, the other one is not ours',
		base: 'SAAS',
		text: `1. Section 3.2 of the Professional Services Addendum is hereby deleted.`,
		asks: /./,
	},
	{
		is: 'limited to an affiliate',
		base: 'SAAS',
		text: `1. With respect solely to Tamarack Bakeries LLC, Section 2.1 is amended by replacing "two hundred fifty (250)" with "three hundred (300)".`,
		asks: /Tamarack Bakeries/,
	},
	{
		is: 'limited to a territory, for the whole amendment',
		base: 'SAAS',
		text: `This Amendment shall apply only to Named Users located in Canada.

1. Section 3.1 is amended by replacing "$120,000" with "$90,000".`,
		asks: /Canada/,
	},
	{
		is: 'conditional',
		base: 'SAAS',
		text: `1. If Subscriber reaches 200 Named Users before July 1, 2026, Section 3.1 shall be amended by replacing "$120,000" with "$110,000".`,
		asks: /./,
	},
	{
		is: 'the words stand there twice, and which is meant is not said',
		base: 'SAAS',
		text: `1. In Section 2.3, "Administrators" is replaced with "Managers".`,
		asks: /./,
	},
	{
		is: 'terminated in part',
		base: 'SAAS',
		text: `1. Section 2.3 of the Agreement is hereby terminated and of no further force or effect as of June 30, 2026.`,
		asks: /ends a clause/,
	},
	{
		is: 'a party renamed by its new name',
		base: 'SAAS',
		text: `1. Subscriber has changed its name to "Tamarack Provisions LLC". All references to "Tamarack Foods LLC" in the Agreement shall be deemed references to "Tamarack Provisions LLC".`,
		edits: [['Tamarack Foods LLC', 'Tamarack Provisions LLC']],
	},
	{
		is: 'rights granted without a section',
		base: 'SAAS',
		text: `1. Provider hereby grants Subscriber the right to use the Reporting Module for up to 20 Named Users until December 31, 2026.`,
		edits: [
			[
				'| Viewer | Dayton |',
				'| Viewer | Dayton |\n\nProvider hereby grants Subscriber the right to use the Reporting Module for up to 20 Named Users until December 31, 2026.',
			],
		],
		asks: /names no clause/,
	},
	{
		is: 'an amendment that amends the amendment before it',
		base: 'SAAS',
		text: `1. Section 2 of Amendment No. 1 is hereby deleted.`,
		asks: /./,
	},
	{
		is: 'shall read, with a heading of its own above',
		base: 'SAAS',
		text: `Fees. The first sentence of Section 3.1 shall be amended to read as follows: "Subscriber shall pay an annual fee of $135,000."`,
		edits: [['Subscriber shall pay an annual fee of $120,000.', 'Subscriber shall pay an annual fee of $135,000.']],
	},
	{
		is: 'increased from and to, without quotation marks',
		base: 'SAAS',
		text: `1. The number of Named Users in Section 2.1 is hereby increased from two hundred fifty (250) to three hundred (300).`,
		edits: [['two hundred fifty (250)', 'three hundred (300)']],
	},
	{
		is: 'increased to, the old value not said',
		base: 'LICENCE',
		text: `1. The number of servers in Section 1 is increased to fifteen (15).`,
		edits: [['ten (10)', 'fifteen (15)']],
	},
	{
		is: 'a country added to a list',
		base: 'LICENCE',
		text: `1. Section 2 is amended by adding "Italy" after "Germany".`,
		edits: [['Germany and Spain', 'Germany, Italy and Spain']],
	},
	{
		is: 'a list of modules amended by adding a further item',
		base: 'LICENCE',
		text: `1. Section 3 of the Agreement is amended by deleting "and (iii) Reporting" and inserting "(iii) Reporting, and (iv) Treasury" in its place.`,
		edits: [['and (iii) Reporting', '(iii) Reporting, and (iv) Treasury']],
	},
	{
		is: 'effective upon signature, in a numbered clause of its own',
		base: 'LICENCE',
		whole: true,
		text: `AMENDMENT NO. 1 TO SOFTWARE LICENSE AGREEMENT

The parties agree as follows:

1. Effective upon the date of last signature below, Section 4 shall be amended such that "five percent (5%)" is replaced with "four percent (4%)".

Orrin Labs Corp.
By: /s/ J. Orrin
Date: March 1, 2024

Pell & Sons, Inc.
By: /s/ A. Pell
Date: March 9, 2024
`,
		edits: [['five percent (5%)', 'four percent (4%)']],
	},
	{
		is: 'retroactive',
		base: 'LICENCE',
		text: `1. Effective retroactively as of January 1, 2024, Section 5 of the Agreement is amended by replacing "once" with "twice".`,
		edits: [['Licensee once per', 'Licensee twice per']],
	},
	{
		is: 'an exhibit deleted and another one added',
		base: 'LICENCE',
		whole: true,
		text: `AMENDMENT NO. 2 TO SOFTWARE LICENSE AGREEMENT

This Amendment No. 2 is made as of March 1, 2024 between Orrin Labs Corp. and Pell & Sons, Inc.

The parties agree as follows:

1. Exhibit B to the Agreement is deleted.

2. Exhibit C attached to this Amendment is added to the Agreement as a new Exhibit C.

IN WITNESS WHEREOF, the parties have signed this Amendment.

Orrin Labs Corp.
By: /s/ J. Orrin
Date: March 1, 2024

EXHIBIT C

ESCALATION

Calls are answered within one hour.
`,
		edits: [
			[
				'EXHIBIT B\n\nSUPPORT HOURS\n\nMonday to Friday, 8:00 to 18:00 CET.',
				'EXHIBIT C\n\nESCALATION\n\nCalls are answered within one hour.',
			],
		],
	},
	{
		is: 'a column of a table added',
		base: 'DPA',
		text: `1. The table in Annex II is amended by adding a new column headed "Transfer" with the following entries: "EU" for Nimbus Hosting BV and "EU" for Quill Mail AB.`,
		edits: [
			[
				'| Sub-processor | Country | Service |\n|---|---|---|',
				'| Sub-processor | Country | Service | Transfer |\n|---|---|---|---|',
			],
			['| Netherlands | Hosting |', '| Netherlands | Hosting | EU |'],
			['| Sweden | E-mail |', '| Sweden | E-mail | EU |'],
		],
	},
	{
		is: 'a module more below the list that is headed so',
		base: 'MODULES',
		text: `1. Exhibit A is hereby amended to include "Treasury" as a Licensed Module.`,
		edits: [['Payroll', 'Payroll\n\nTreasury']],
	},
	{
		is: 'a module more, where no list is headed so',
		base: 'MODULES',
		text: `1. Exhibit A is hereby amended to include "Treasury" as an Optional Extra.`,
		asks: /included/,
	},
	{
		is: 'what a clause is to provide, not its words',
		base: 'LICENCE',
		text: `1. Section 5 is amended to provide that audits take place in spring.`,
		asks: /achieve/,
	},
	{
		is: 'a row given in words',
		base: 'DPA',
		text: `1. The following Sub-processor is added to the table in Annex II: Sub-processor: Harbour Logs Ltd; Country: Ireland; Service: Log storage.`,
		edits: [
			[
				'| Quill Mail AB | Sweden | E-mail |',
				'| Quill Mail AB | Sweden | E-mail |\n| Harbour Logs Ltd | Ireland | Log storage |',
			],
		],
	},
];
