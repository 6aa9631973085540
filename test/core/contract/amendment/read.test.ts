import { readAmendment, readAmendments } from '../../../../core/contract/amendment';
import { document } from '../builders';
import { amendment, amendmentText, TAIL } from './agreement';

/** `kind place` of each instruction, for short expectations. */
function orders(...sections: string[]): string[] {
	return amendment(...sections).instructions.map(({ kind, target, needsHuman }) => {
		const places = [...(target.adds ?? []), ...target.places].map((place) =>
			place.steps
				.map((step) => {
					if (step.by === 'number') return step.parts.join('/') + (step.through ? `..${step.through.join('/')}` : '');
					if (step.by === 'schedule') return `${step.word} ${step.label}`;
					if (step.by === 'definition') return `"${step.term}"`;
					if (step.by === 'heading') return `<${step.text}>`;
					if (step.by === 'row') return `row ${step.key}`;
					if (step.by === 'value') return `{${step.name}}`;
					if (step.by === 'column') return `column ${step.name}`;
					if (step.by === 'table' || step.by === 'title') return step.by;
					return `${step.by} ${step.which}${step.last === undefined ? '' : `..${step.last}`}`;
				})
				.join(' > '),
		);
		return `${kind} ${places.join(' + ')}${needsHuman ? ' !' : ''}`.trim();
	});
}

describe('the head of an amendment', () => {
	const read = amendment('Section 3.2 is hereby deleted in its entirety.');

	it('gives title, number, parties and what it amends', () => {
		expect(read).toMatchObject({
			title: 'AMENDMENT NO. 1 TO THE HOSTING AGREEMENT',
			number: '1',
			parties: ['Larkspur Systems Ltd', 'Brindle Foods GmbH'],
			base: { title: 'Hosting Agreement', date: '2025-03-02' },
			signedAt: '2026-04-14',
		});
	});

	it('keeps the words that date it, with their place', () => {
		const text = amendmentText('Section 3.2 is hereby deleted in its entirety.');
		expect(read.effective?.text).toContain('effective as of 1 May 2026');
		expect(text.slice(read.effective?.span.start, read.effective?.span.end)).toBe(read.effective?.text);
	});

	it.each([
		['SECOND AMENDMENT TO THE LEASE', '2'],
		['Amendment #7 to the Lease', '7'],
		['AMENDMENT NUMBER FOUR', '4'],
		['Amendment n\u00b0 03 to the Lease', '3'],
		['AMENDMENT III', '3'],
		['AMENDMENT TO THE LEASE', undefined],
	])('reads the number of "%s"', (title, number) => {
		expect(
			readAmendment(document(`${title}\n\nThe parties agree as follows:\n\n1. Section 2 is deleted.`, 'text')).number,
		).toBe(number);
	});

	it('tells several amendments in one file apart by the titles behind signatures', () => {
		const file =
			amendmentText('Section 3.2 is hereby deleted.') +
			amendmentText('Section 4(b) is hereby deleted.').replaceAll('NO. 1', 'NO. 2').replaceAll('No. 1', 'No. 2');
		const all = readAmendments(document(file, 'text'));
		expect(all.map(({ number, instructions }) => [number, instructions.length])).toEqual([
			['1', 1],
			['2', 1],
		]);
	});

	it('tells of "mutatis mutandis" where no clause is named', () => {
		const read = amendment('The provisions on fees apply to the mobile application, mutatis mutandis.');
		expect(read.needsHuman).toMatchObject([{ reason: expect.stringContaining('mutatis mutandis') as string }]);
	});

	it('says so where it finds no instruction', () => {
		expect(amendment('The parties had lunch together in Graz and enjoyed it.').needsHuman).toEqual([
			{ reason: 'No instruction was found in it.' },
		]);
	});
});

describe('targets', () => {
	it.each([
		['Section 2.1(b)(ii) is hereby deleted.', 'delete_clause 2.1/b/ii'],
		['Sections 4 and 5 of the Agreement are hereby deleted in their entirety.', 'delete_clause 4 + 5'],
		['Section 2. A. and B. of the Agreement is deleted.', 'delete_clause 2/A + 2/B'],
		['Sections 11.1 to 11.3 are deleted and replaced with the following: "11.1 Quiet."', 'replace_clause 11.1..11.3'],
		['The first sentence of Section 2 is hereby deleted.', 'delete_clause 2 > sentence 1'],
		['The penultimate sentence in Section 1.3 shall be deleted in its entirety.', 'delete_clause 1.3 > sentence -2'],
		['The last two sentences of Section 9 are deleted.', 'delete_clause 9 > sentence -2..-1'],
		['The second paragraph of Article IV is deleted.', 'delete_clause IV > paragraph 2'],
		['In Section 2.1, the third sentence is deleted.', 'delete_clause 2.1 > sentence 3'],
		['The definition of "Seat" in Section 1 is hereby deleted.', 'delete_definition 1 > "Seat"'],
		['Clause (iii) of the definition of "Fee" is deleted.', 'delete_clause "Fee" > iii'],
		['The PAYMENT section is hereby deleted.', 'delete_clause <PAYMENT>'],
		['Clause 3.2 of Exhibit 14 is deleted.', 'delete_clause Exhibit 14 > 3.2'],
		['The row for "Reports" in Schedule A is deleted.', 'delete_row Schedule A > row Reports'],
	])('%s', (sentence, expected) => {
		expect(orders(sentence)).toEqual([expected]);
	});

	it('keeps the title beside the number as a witness', () => {
		for (const sentence of [
			'Section 6 ("Notices") is deleted.',
			'Section 6 (Notices) of the Agreement is deleted.',
			'Section 6 of the Agreement (Notices) is deleted.',
			'Section 6, titled "Notices", is deleted.',
		]) {
			expect(amendment(sentence).instructions[0]?.target.places[0]?.title).toBe('Notices');
		}
	});
});

describe('instructions', () => {
	it.each([
		[
			'Section 2 is hereby amended and restated in its entirety to read as follows: "2. Access. None."',
			['restate_clause 2'],
		],
		[
			'The parties agree to remove Section 2(c) in its entirety and replace it with the following: "No."',
			['replace_clause 2/c'],
		],
		[
			'The text of Section 3 is deleted in its entirety and the following language is inserted in its stead: "No."',
			['replace_clause 3'],
		],
		['Section 3 is cancelled and substituted as follows: "No."', ['replace_clause 3']],
		['Section 2 is amended by deleting "up to 40" and inserting "up to 60" in lieu thereof.', ['replace_words 2']],
		['Section 2 is amended by replacing "40" with "60".', ['replace_words 2']],
		['In Section 2, the words "for its own planning" are deleted.', ['delete_words 2']],
		['Section 2 is amended by inserting "and its Affiliates" after "Customer".', ['insert_words 2']],
		['Section 2 is hereby amended by adding at the end thereof the following: "No robots."', ['insert_words 2']],
		['A new Section 6.7 is inserted as follows: "6.7 Quiet hours."', ['insert_clause 6.7']],
		[
			'Section 6 ("Payment") of the Agreement is modified by adding the following new Section 6.7: 6.7 Quiet.',
			['insert_clause 6.7 + 6'],
		],
		[
			'The following shall be added to Section 2.1 as a new Section 2.1 (d): "(d) Quiet."',
			['insert_clause 2.1/d + 2.1'],
		],
		['The following definitions shall be added to Section 1: ""Seat" means a chair."', ['add_definition 1']],
		[
			'The definition of "Seat" shall be deleted and replaced with: ""Seat" means a stool."',
			['replace_definition "Seat"'],
		],
		['All references to "Seat" are hereby replaced by "Place".', ['rename_term']],
		['All references to "Larkspur Systems Ltd" are amended to read "Larkspur Cloud Ltd".', ['rename_party']],
		['The fee in Section 3 is hereby changed from "900" to "950".', ['change_value 3']],
		['Exhibit A to the Agreement is supplemented with the following: "3. Quiet."', ['supplement Exhibit A']],
		['The Term of the Agreement is hereby extended to 20 January 2028 unless sooner terminated.', ['extend']],
		['The Agreement is hereby terminated.', ['terminate']],
		['Section 5 shall be renumbered as Section 6.', ['renumber 6 + 5']],
		['Section 9 is hereby reinstated.', ['reinstate 9']],
		['The notice address in Section 6 previously read "A Street" and now reads "B Street".', ['change_value 6']],
		['Section 6 is suspended until 30 June 2027.', ['suspend 6']],
		['Each reference in the Agreement to "Seat" is hereby deemed to be a reference to "Place".', ['rename_term']],
		[
			'All references in the Agreement to Larkspur Systems Ltd shall be deemed references to Larkspur Cloud Ltd.',
			['rename_party'],
		],
		[
			'The expiration date set forth in Section 14.1 is hereby extended from 1 May 2026 to 1 May 2027.',
			['change_value 14.1'],
		],
		[
			'Article IV, Section 4.2 is amended by adding the following sentence to the end thereof: "No robots."',
			['insert_words IV > 4.2'],
		],
		[
			'The following is inserted as a new paragraph immediately following Section 4(b): "Quiet."',
			['insert_clause 4/b'],
		],
		[
			'Sections 5.1 and 5.4(a) through (c) are each hereby deleted in their entirety.',
			['delete_clause 5.1 + 5.4/a..5.4/c'],
		],
		['Section 12 is amended by deleting the phrase "and its Affiliates" each time it appears.', ['delete_words 12']],
		['The Agreement is hereby amended to delete Section 18 in its entirety.', ['delete_clause 18']],
		['There shall be added to the Agreement a new Section 20 reading as follows: "20. Quiet."', ['insert_clause 20']],
	])('%s', (sentence, expected) => {
		expect(orders(sentence)).toEqual(expected);
	});

	it('reads several in one sentence', () => {
		expect(
			orders(
				'Section 2 is amended by (i) deleting "A" and inserting "B" in lieu thereof, (ii) deleting "C", and (iii) adding "D" after "E".',
			),
		).toEqual(['replace_words 2', 'delete_words 2', 'insert_words 2']);
	});

	it('reads a list under one place', () => {
		expect(
			orders(
				'Section 2 is amended as follows:\n\n(a) The first sentence is deleted.\n\n(b) The words "for its own planning" are deleted.',
			),
		).toEqual(['delete_clause 2 > sentence 1', 'delete_words 2']);
	});

	it.each([
		'Section 2 may be amended by the parties in writing.',
		'Section 2, as amended by Amendment No. 1, remains in force.',
		'Section 2 shall not be deleted.',
		'Section 2 was deleted by an earlier amendment.',
	])('sees none in: %s', (sentence) => {
		expect(orders(sentence)).toEqual([]);
	});

	it.each([
		['Section 3 shall apply mutatis mutandis and Section 4 is deleted.', /mutatis mutandis/],
		['Section 3, other than its last sentence, is deleted.', /exception/],
		['Section 3 is deleted, provided that the fee has been paid.', /condition/],
		['Section 3 is amended to provide that fees are lower.', /achieve/],
		['The heading and first phrase of Section 3 are amended to read: "No."', /not understood/],
		['Exhibit A is amended to include the product "Quiet".', /included/],
	])('leaves to a person: %s', (sentence, reason) => {
		expect(amendment(sentence).instructions.at(-1)?.needsHuman?.reason).toMatch(reason);
	});

	it('keeps scope and end of an instruction', () => {
		const read = amendment(
			'Solely with respect to the Vienna site, Section 3 is deleted.',
			'Until 31 December 2026, Section 4(b) is hereby deleted.',
		);
		expect(read.instructions.map(({ scope, until }) => ({ scope, until }))).toEqual([
			{ scope: 'Solely with respect to the Vienna site', until: undefined },
			{ scope: undefined, until: '2026-12-31' },
		]);
	});

	it('makes rights that no clause is named for an instruction of their own', () => {
		const read = amendment(
			'Mobile. Supplier grants to Customer a non-exclusive right to use the mobile application.',
			'Customer pays 20 a month for it.',
		);
		expect(read.instructions).toMatchObject([{ kind: 'add_rights', section: '1' }]);
		expect(read.otherSections.map(({ number }) => number)).toEqual(['2']);
	});
});

describe('new text', () => {
	const texts = (...sections: string[]): Array<string | undefined> =>
		amendment(...sections).instructions.map((one) => one.new?.text);

	it('runs to the closing quotation mark, over quoted terms and paragraphs', () => {
		expect(
			texts(
				'Section 2 is replaced with the following: "2. Access (the "Access").\n\n"Seat" means a chair.\n\nNo robots."',
				'Section 3 is deleted.',
			),
		).toEqual(['2. Access (the "Access").\n"Seat" means a chair.\nNo robots.', undefined]);
	});

	it('runs to the next number where it is not quoted', () => {
		expect(
			texts('Section 2 is replaced with the following:\n\n2.0 ACCESS\n\n2.1 One.\n\n2.2 Two.', 'Section 3 is deleted.'),
		).toEqual(['2.0 ACCESS\n2.1 One.\n2.2 Two.', undefined]);
	});

	it('ends before the next instruction where a closing mark was forgotten', () => {
		const read = amendment(
			'Section 2 is replaced with the following: "Access is free.',
			'Section 3 is replaced with the following: "Fees are low."',
		);
		expect(read.instructions.map((one) => one.new?.text)).toEqual(['Access is free.', 'Fees are low.']);
		expect(read.instructions[0]?.notes).toEqual([
			'The closing quotation mark is missing; the end of the text was inferred.',
		]);
	});

	it('knows curly quotation marks', () => {
		expect(
			texts('Section 2 is replaced with the following: \u201cAccess (the \u201cAccess\u201d) is free.\u201d'),
		).toEqual(['Access (the "Access") is free.']);
	});

	it('keeps redactions', () => {
		expect(texts('Section 2 is replaced with the following: "Up to [***] users."')).toEqual(['Up to [***] users.']);
	});

	it('ends before the heading of the next instruction in an amendment without numbers', () => {
		const text = `AMENDMENT\n\nThe parties agree to these changes:\n\nMore Users\nReplace the second sentence of Section 2 with the following:\nCustomer may name 60 users.\nNo Late Interest\nDelete the last sentence of Section 3.1.\n`;
		const read = readAmendment(document(text, 'text'));
		expect(read.instructions.map(({ kind, new: fresh }) => [kind, fresh?.text])).toEqual([
			['replace_clause', 'Customer may name 60 users.'],
			['delete_clause', undefined],
		]);
	});

	it('is told from page headers', () => {
		const page = 'Page header of the filing that says the same on every page of the document';
		const section = `Section 2 is replaced with the following: "Access is free.\n\n${page}\n\nAnd quick."`;
		const read = readAmendment(document(amendmentText(section) + `\n\n${page}\n\n${page}`, 'text'));
		expect(read.instructions[0]?.notes).toEqual([
			'A page header or footer stands inside the new text; where it stands between whole paragraphs it was left.',
		]);
	});

	it('takes instructions that read alike for no page headers', () => {
		expect(orders(...[2, 3, 4, 5].map((number) => `Section ${number} is hereby deleted.`))).toHaveLength(4);
	});

	it('points at its words in the file', () => {
		const text = amendmentText('Section 2 is replaced with the following: "Access is free."');
		const span = readAmendment(document(text, 'text')).instructions[0]?.new?.span;
		expect(text.slice(span?.start, span?.end)).toBe('Access is free.');
	});
});

it('never throws, whatever the text', () => {
	for (const text of [
		'',
		'"',
		'""""""',
		'Section',
		'Section (',
		'Replace with the following:',
		`AMENDMENT NO. 1${TAIL}`,
		'1. 2. 3. 4.',
		'Section 2 is replaced with the following: "'.repeat(50),
	]) {
		expect(() => readAmendments(document(text, 'text'))).not.toThrow();
		expect(() => readAmendments(document(text, 'markdown'))).not.toThrow();
	}
});
