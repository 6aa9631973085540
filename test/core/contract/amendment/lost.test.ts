import { applyAmendments, readAmendments, type Amendment } from '../../../../core/contract/amendment';
import { document } from '../builders';

const BASE = `# Master Subscription Agreement

This Master Subscription Agreement (the "Agreement") is dated 1 March 2025.

## 1. DEFINITIONS

1.1 "Seat" means a login.

## 2. TERM

2.1 The term is three years.

2.2 Either party may end it upon thirty (30) days' notice.

## 3. FEES AND PAYMENT

3.1 Customer pays within thirty (30) days of the invoice date. Late sums bear interest.

3.2 Fees may rise by five percent.

## 4. SUPPORT

Provider answers within four (4) hours.

## EXHIBIT A

Prices are in dollars.
`;

const read = (text: string): Amendment[] => readAmendments(document(text, 'text'));

/** `section status kind` of each instruction on the agreement above. */
function outcomes(text: string): string[] {
	const amendments = read(text);
	const { results, apart } = applyAmendments({ base: document(BASE), amendments });
	return amendments.flatMap(({ instructions }) =>
		instructions.map(({ id, kind, target }) => {
			const status = results.find((one) => one.instructionId === id)?.status;
			const why = apart.find((one) => one.instructionId === id)?.why;
			return `${status ?? why ?? ''} ${kind} ${target.places.map(({ quote }) => quote).join(' + ')}`.trim();
		}),
	);
}

const agreed = (...sections: string[]): string =>
	`AMENDMENT NO. 1\n\nThe parties agree as follows:\n\n${sections.map((section, at) => `${at + 1}. ${section}`).join('\n\n')}`;

describe('what stands before the first "as follows"', () => {
	it.each([
		['1. Section 4 is deleted.', '2. Section 3.1 is amended to read as follows:\n\n"3.1 None."'],
		['1. Section 4 is deleted.', '2. Section 3.1 is hereby modified as follows: "Late sums" is replaced with "Sums".'],
		['Section 4 is deleted.', 'Section 3.1 is amended and restated as follows:\n\n"3.1 None."'],
		['1. Section 4 is deleted.', '2. A new Section 3.3 is added: "3.3 The parties agree on these terms: no agency."'],
		['1. Section 4 is deleted.', '2. Section 3.1 is deleted, as the parties have agreed: it is obsolete.'],
	])('is read as well: %s %s', (...sections) => {
		const found = outcomes(`AMENDMENT NO. 1\n\n${sections.join('\n\n')}`);
		expect(found[0]).toBe('applied delete_clause Section 4');
		expect(found.length).toBeGreaterThan(1);
	});

	it('keeps the parties and the agreement that the head tells of', () => {
		const [amendment] = read(
			'FIRST AMENDMENT TO HOSTING AGREEMENT\n\nThis First Amendment is made by and between Larkspur Systems Ltd ("Supplier") and Brindle Foods GmbH ("Customer") and amends the Hosting Agreement dated 2 March 2025.\n\n1. Section 4 is deleted.\n\n2. Section 3.1 is amended to read as follows: "3.1 None."',
		);
		expect(amendment).toMatchObject({ base: { title: 'Hosting Agreement', date: '2025-03-02' } });
		expect(amendment?.parties).toHaveLength(2);
		expect(amendment?.instructions).toHaveLength(2);
	});
});

describe('what only looks like signatures', () => {
	it.each([
		'1. Section 4 is replaced with the following:\n\n"Provider answers.\n\nExecuted orders are answered too."\n\n2. Section 3.2 is deleted.',
		'1. Section 4 is deleted.\n\nExecuted counterparts may be delivered by e-mail.\n\n2. Section 3.2 is deleted.',
		'Signed originals are kept by Provider.\n\n1. Section 4 is deleted.\n\n2. Section 3.2 is deleted.',
		'1. Section 4 is deleted.\n\nAgreed: all of this was discussed.\n\n2. Section 3.2 is deleted.',
	])('does not end the amendment: %s', (text) => {
		expect(outcomes(`AMENDMENT NO. 1\n\nThe parties agree as follows:\n\n${text}`).at(-1)).toBe(
			'applied delete_clause Section 3.2',
		);
	});

	it('ends it where nothing is ordered behind, and what is ordered behind true signatures is told', () => {
		const signed = (behind: string): Amendment | undefined =>
			read(`${agreed('Section 4 is deleted.')}\n\nBy: /s/ Ada Berg\n\n${behind}`)[0];
		expect(signed('Signed in Graz.')?.needsHuman).toEqual([]);
		expect(signed('Section 3.2 is deleted.')?.needsHuman).toMatchObject([
			{ reason: expect.stringContaining('Behind its signatures') as string },
		]);
	});
});

describe('several amendments in a file', () => {
	it.each([
		['FIRST AMENDMENT TO SERVICES AGREEMENT', 'SECOND AMENDMENT TO SERVICES AGREEMENT'],
		['First Amendment to Services Agreement', 'Second Amendment to Services Agreement'],
		['FIRST AMENDMENT\ndated 1 May 2026', 'SECOND AMENDMENT\ndated 1 June 2026'],
		['Amendment No. 1', 'Amendment No. 2'],
		['AVENANT N\u00b0 1', 'AVENANT N\u00b0 2'],
	])('are told apart by their titles: %s / %s', (first, second) => {
		const all = read(`${first}\n\n1. Section 4 is deleted.\n\n${second}\n\n1. Section 3.2 is deleted.`);
		expect(all.map(({ number, instructions }) => [number, instructions.length])).toEqual([
			['1', 1],
			['2', 1],
		]);
	});
});

describe('a second place in a sentence', () => {
	it.each([
		[
			'Section 3.1 is amended by replacing "invoice date" with "date of invoice" and, in Section 2.2, "thirty (30) days" with "sixty (60) days".',
			['applied replace_words Section 3.1', 'applied replace_words Section 2.2'],
		],
		[
			'In Section 3.2, "five percent" is replaced by "six percent", and in Section 4 the words "four (4)" by "two (2)".',
			['applied replace_words Section 3.2', 'applied replace_words Section 4'],
		],
		[
			'Section 3.1 is amended by deleting "Late" and Section 2.2 by deleting "Either".',
			['applied delete_words Section 3.1', 'applied delete_words Section 2.2'],
		],
	])('is changed as well: %s', (sentence, expected) => {
		expect(outcomes(agreed(sentence))).toEqual(expected);
	});

	it.each([
		'Section 4 is deleted, as is Section 3.2.',
		'Section 4 is hereby deleted; Section 3.2 likewise.',
		'Section 3.1 is amended by replacing "thirty (30) days" with "ten (10) days" and Section 2.2 likewise.',
		'"thirty (30) days" is replaced with "ten days" in Section 3.1 and "thirty (30) days" with "sixty days" in Section 2.2.',
	])('is told where it was not understood, and nothing is changed: %s', (sentence) => {
		const found = outcomes(agreed(sentence));
		expect(found.length).toBeGreaterThan(0);
		expect(found.filter((one) => one.startsWith('applied'))).toEqual([]);
	});

	it('is read in German, each pair in its own', () => {
		const [amendment] = read(
			'1. Nachtrag zum Rahmenvertrag\n\nDie Parteien vereinbaren Folgendes:\n\n1. In § 3 wird "30 Tagen" durch "45 Tagen" und in § 4 "drei Monaten" durch "sechs Monaten" ersetzt.',
		);
		expect(amendment?.instructions.map(({ target }) => target.places.map(({ quote }) => quote))).toEqual([
			['§ 3'],
			['§ 4'],
		]);
	});
});

describe('an instruction behind new text', () => {
	it.each([
		'Section 3.1 is amended by adding at the end thereof the following sentence: "Disputed sums are excepted." and Section 3.2 is deleted.',
		'Section 3.1 is amended by adding at the end the following: "Disputed sums are excepted.", and Section 3.2 is hereby deleted in its entirety.',
		'Section 4 is replaced with the following: "Provider answers." and the second sentence of Section 3.1 is deleted.',
	])('is one of its own: %s', (sentence) => {
		const found = outcomes(agreed(sentence));
		expect(found).toHaveLength(2);
		expect(found[1]).toMatch(/^applied delete_clause/);
		const { text } = applyAmendments({ base: document(BASE), amendments: read(agreed(sentence)) });
		expect(text.text).not.toMatch(/deleted/);
	});

	it.each(['Exhibit A is replaced as set out below.', 'Exhibit A shall be replaced with the following:'])(
		'is no new text where that is missing: %s',
		(sentence) => {
			expect(
				outcomes(`AMENDMENT NO. 1\n\n1. Section 4 is deleted.\n\n${sentence}\n\n3. Section 3.2 is deleted.`),
			).toEqual([
				'applied delete_clause Section 4',
				'ambiguous replace_schedule Exhibit A',
				'applied delete_clause Section 3.2',
			]);
		},
	);

	it('is not written where the closing mark may stand within the text', () => {
		const found = outcomes(
			agreed('Section 3.1 is amended by adding at the end: "Disputed sums are excepted" and Section 3.2 is deleted.'),
		);
		expect(found.filter((one) => one.startsWith('applied insert'))).toEqual([]);
	});
});

describe('a clause of something else', () => {
	it.each([
		'Section 4 of the Original Order Form dated April 2, 2024 is amended by replacing "four (4)" with "eight (8)".',
		'Section 4 of the Statement of Work is deleted.',
		'Section 4 of that certain Side Letter is deleted.',
		'Section 4 of the DPA is deleted.',
		'Section 4 of the Widget Charta is deleted.',
	])('is none of the agreement: %s', (sentence) => {
		const [only, ...others] = outcomes(agreed(sentence));
		expect(others).toEqual([]);
		expect(only).toMatch(/^(?:other_document|ambiguous) /);
	});

	it.each(['Section 3.2 of the MSA is deleted.', 'Section 3.2 of the Master Subscription Agreement is deleted.'])(
		'is its own under its own name: %s',
		(sentence) => expect(outcomes(agreed(sentence))[0]).toMatch(/^applied delete_clause/),
	);

	it('is not changed where the heading beside the number around it is another', () => {
		for (const [title, status] of [
			['Term', 'conflict'],
			['Fees and Payment', 'applied'],
		])
			expect(outcomes(agreed(`Section 3 (${title ?? ''}) is amended by deleting Section 3.2.`))).toEqual([
				`${status ?? ''} delete_clause Section 3.2`,
			]);
		expect(outcomes(agreed('Section 2 ("Term") is amended by deleting Section 3.2.'))[0]).toMatch(/^ambiguous/);
	});
});

describe('a sentence that no rule takes up', () => {
	const behind = (sentence: string): Amendment['instructions'] =>
		read(agreed('Section 4 is deleted.', sentence))[0]?.instructions.slice(1) ?? [];

	it.each([
		'The Supplier shall deliver the goods and the Customer shall pay.',
		'Bo Lind shall cease to be an Authorised User with effect from 1 March 2026.',
		'The monthly fee shall be EUR 1,500.00 with effect from 1 January 2027.',
		'For the avoidance of doubt, the number of Seats is now twenty (20).',
		'Section 3 no longer applies.',
		'Section 3 shall have no effect until 31 December 2026.',
		'The Client renounces its rights under Section 3.',
		'Meridian Freight assigns the Agreement to Meridian Logistics, which replaces it as a party.',
		'The First Amendment is hereby rescinded.',
		'The headcount is fifteen (15).',
		'Customer must return all tokens.',
		'Die Vergütung beträgt ab 1. Januar 2027 1.500 EUR.',
		'Der Auftragnehmer darf das System Merkur nicht mehr nutzen.',
		'Le Client renonce à ses droits au titre de la clause 3.',
		'Le Prestataire ne peut plus accéder au système Mercure.',
	])('is told to a person, with its words: %s', (sentence) => {
		const found = behind(sentence);
		expect(found).toHaveLength(1);
		expect(found[0]?.quote).toContain(sentence.slice(0, 40));
		expect(found[0]?.needsHuman).toBeDefined();
	});

	it.each([
		'In addition, the Client grants the Supplier access to the Data Lake for two Analysts.',
		'The Supplier shall be entitled to place five further Seats.',
		'Provider hereby grants Customer the right to use the Reporting Portal.',
		'Der Auftragnehmer darf ferner das System Merkur nutzen.',
		'Le Prestataire peut également utiliser le système Mercure.',
	])('is an addition where it grants something: %s', (sentence) => {
		expect(behind(sentence)).toMatchObject([{ kind: 'add_rights', new: { text: sentence } }]);
	});

	it.each([
		'Except as expressly amended hereby, the Agreement remains in full force and effect.',
		'All other terms and conditions of the Agreement shall remain unchanged.',
		'This Amendment may be executed in counterparts, each of which shall be deemed an original.',
		'This Amendment shall be governed by the laws of the State of New York.',
		'This Amendment shall become effective on 1 May 2026.',
		'Capitalised terms shall have the meanings given in the Agreement.',
		'This Amendment and the Agreement constitute the entire agreement of the parties.',
		'In the event of a conflict, this Amendment shall prevail.',
		'Each party shall bear its own costs.',
		'References to the Agreement shall mean the Agreement as amended hereby.',
		'The changes in Section 1 take effect on 1 May 2026.',
		'Im Übrigen bleibt der Vertrag unverändert.',
		'Änderungen dieses Nachtrags bedürfen der Schriftform.',
		'Dieser Nachtrag tritt am 1. Mai 2026 in Kraft.',
		'Les autres dispositions du contrat demeurent inchangées.',
		'Le présent avenant entre en vigueur le 1er mai 2026.',
	])('is nothing where the amendment speaks of itself: %s', (sentence) => {
		expect(behind(sentence)).toEqual([]);
	});
});

describe('a part of an order', () => {
	it.each([
		'Section 2.1 is deleted and the following sections renumbered.',
		'Section 2.1 is deleted and the balance of Section 2 renumbered.',
		'Sections 2.1 and 2.2 are hereby deleted and replaced with "[Reserved]".',
		'Sections 3.1 through 3.2 are replaced with "[Intentionally omitted]".',
		'Section 3.2 is replaced by "3.2 None." and the rest is deleted.',
		'Section 2.1 is amended by replacing "three years" with "five years" and deleting the remainder.',
	])('is not dropped: %s', (sentence) => {
		const [amendment] = read(agreed(sentence));
		expect(amendment?.needsHuman.length).toBeGreaterThan(0);
	});
});
