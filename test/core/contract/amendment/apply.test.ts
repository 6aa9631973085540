import { applyAmendment, applyAmendments, readAmendment } from '../../../../core/contract/amendment';
import { document } from '../builders';
import { AGREEMENT, amendment, amendmentText, apply, outcome } from './agreement';

describe('replacing', () => {
	it('a sentence', () => {
		expect(
			outcome(
				'The second sentence of Section 2 (Access) is replaced with the following: "Customer may name up to 60 Authorised Users."',
			),
		).toEqual([
			{
				status: 'applied',
				was: 'Customer may name up to 40 Authorised Users.',
				is: 'Customer may name up to 60 Authorised Users.',
			},
		]);
	});

	it('a clause, keeping number and title that the new words lack', () => {
		expect(
			outcome('Section 3.2 is deleted in its entirety and replaced with the following: "Supplier bears all taxes."'),
		).toEqual([
			{
				status: 'applied',
				was: '**3.2.** Taxes. Charges are exclusive of taxes.',
				is: '**3.2.** Taxes. Supplier bears all taxes.',
			},
		]);
	});

	it('a clause with all that stands below it', () => {
		const [done] = outcome('Section 4 is amended and restated to read as follows: "4. Duties. Customer will behave."');
		expect(done).toMatchObject({ status: 'applied', is: '4. Duties. Customer will behave.' });
		expect(done?.was).toMatch(/^\*\*4\. Duties[^]*usage rules\.$/);
	});

	it('an item inside a sentence', () => {
		expect(
			outcome('Section 5(b) is replaced with the following: "(b) replace the Platform or, where neither helps,"'),
		).toEqual([
			{
				status: 'applied',
				was: '(b) replace the faulty part or',
				is: '(b) replace the Platform or, where neither helps,',
			},
		]);
	});

	it('quoted words that stand there once', () => {
		expect(outcome('Section 2 is amended by deleting "up to 40" and inserting "up to 60" in lieu thereof.')).toEqual([
			{ status: 'applied', was: 'up to 40', is: 'up to 60' },
		]);
	});

	it('a value from and to', () => {
		expect(outcome('The period in Section 3.1 is changed from "30 days" to "45 days".')).toEqual([
			{ status: 'applied', was: '30 days', is: '45 days' },
		]);
	});

	it('a definition', () => {
		expect(
			outcome(
				'The definition of "Platform" is deleted and replaced with the following: ""Platform" means the planning service."',
			),
		).toMatchObject([{ status: 'applied', is: '"Platform" means the planning service.' }]);
	});

	it('a row of a schedule', () => {
		expect(
			outcome('The row for "Reports" in Schedule A is replaced with the following: "| Reports | 25 | 300 |"'),
		).toEqual([{ status: 'applied', was: '| Reports | 10 | 150 |', is: '| Reports | 25 | 300 |' }]);
	});

	it('a schedule', () => {
		expect(
			outcome(
				'Schedule B is deleted in its entirety and replaced with the following: "Schedule B\n\nSupport is given at all hours."',
			),
		).toMatchObject([{ status: 'applied', is: 'Schedule B\n\nSupport is given at all hours.' }]);
	});

	it('a name everywhere, telling of its other forms', () => {
		const done = apply(amendment('All references to "Authorised User" are replaced by "Named User".'));
		expect(done.text.text.match(/Named User/g)).toHaveLength(1);
		expect(done.results[0]?.needsHuman?.reason).toBe('Other forms were left as they are: "Authorised Users".');
	});
});

describe('deleting', () => {
	it('an item, when it reads as quoted', () => {
		const done = apply(
			amendment('Delete Section 4(b), which reads: "(b) tell Supplier of any breach without delay, and"'),
		);
		expect(done.results).toMatchObject([{ status: 'applied' }]);
		expect(done.text.text).toContain('safe,\n\n(c) follow');
	});

	it('nothing, when it reads otherwise than quoted', () => {
		expect(outcome('Delete Section 4(b), which reads: "(b) tell nobody, and"')).toEqual([
			{ status: 'conflict', reason: 'The clause reads otherwise than the amendment quotes it.' },
		]);
	});

	it('a contact detail by the name of its person', () => {
		expect(outcome('Section 6 is amended such that the email address for Mira Holt is deleted.')).toMatchObject([
			{ status: 'applied', was: ', E-mail: mira.holt@brindle.example', is: '' },
		]);
	});

	it('a row', () => {
		const done = apply(amendment('The row for "Reports" in Schedule A is deleted.'));
		expect(done.text.text).not.toContain('Reports');
		expect(done.text.text).toContain('| Planning | 40 | 900 |\n');
	});
});

describe('inserting', () => {
	it('a clause behind the one its number follows, in its dress', () => {
		const done = apply(amendment('A new Section 3.3 (Audit) is added: "Supplier may audit once a year."'));
		expect(done.text.text).toContain(
			'**3.2.** Taxes. Charges are exclusive of taxes.\n\n**3.3.** Audit. Supplier may audit once a year.\n\n**4. Duties.**',
		);
	});

	it('an item behind the last one of its list', () => {
		const done = apply(amendment('A new Section 4(d) is added as follows: "pay on time."'));
		expect(done.text.text).toContain('(c) follow the usage rules.\n\n(d) pay on time.');
	});

	it('clauses that follow one another in the same amendment, in whatever order they are told', () => {
		const there = apply(
			amendment('A new Section 3.3 is added as follows: "Three."', 'A new Section 3.4 is added as follows: "Four."'),
		);
		const back = apply(
			amendment('A new Section 3.4 is added as follows: "Four."', 'A new Section 3.3 is added as follows: "Three."'),
		);
		expect(there.text.text).toContain('**3.3.** Three.\n\n**3.4.** Four.');
		expect(back.text.text).toBe(there.text.text);
	});

	it('a sentence by its place', () => {
		const done = apply(amendment('Add as a second sentence in Section 2 (Access): "Affiliates may do so too."'));
		expect(done.text.text).toContain('own planning. Affiliates may do so too. Customer may name');
	});

	it('words after an anchor', () => {
		expect(outcome('Section 7 is amended by inserting "and its annexes" after "This Agreement".')).toMatchObject([
			{ status: 'applied', is: ' and its annexes' },
		]);
	});

	it('words at the end of a clause', () => {
		const done = apply(
			amendment('Section 7 is amended by adding the following at the end thereof: "Courts in Vienna decide."'),
		);
		expect(done.text.text).toContain('laws of Austria. Courts in Vienna decide.\n');
	});

	it('a definition in its alphabetical place', () => {
		const done = apply(amendment('The following definition is added to Section 1: ""Order" means an order form."'));
		expect(done.text.text).toMatch(/"Authorised User"[^]*\n\n"Order" means an order form\.\n\n"Platform"/);
	});

	it('a row at the end of the table', () => {
		const done = apply(amendment('The following row is added to Schedule A: "| Mobile | 5 | 80 |"'));
		expect(done.text.text).toContain('| Reports | 10 | 150 |\n| Mobile | 5 | 80 |\n');
	});

	it('a schedule behind the one before it', () => {
		const done = apply(amendment('A new Schedule C is added to the Agreement as follows: "Prices rise every May."'));
		expect(done.text.text.trimEnd()).toMatch(/Working Day\.\n\n# Schedule C\n\nPrices rise every May\.$/);
	});

	it('rights that name no clause at the end of the agreement, and says so', () => {
		const done = apply(amendment('Mobile. Supplier grants to Customer a right to use the mobile application.'));
		expect(
			done.text.text
				.trimEnd()
				.endsWith('\n\nMobile. Supplier grants to Customer a right to use the mobile application.'),
		).toBe(true);
		expect(done.results[0]?.needsHuman?.reason).toMatch(/end of the agreement/);
	});
});

describe('never guessing', () => {
	it.each([
		['Section 9 is deleted.', 'not_found'],
		['Section 4(f) is deleted.', 'not_found'],
		['The fifth sentence of Section 2 is deleted.', 'not_found'],
		['Section 2 is amended by replacing "sixty" with "70".', 'not_found'],
		['The row for "Mobile" in Schedule A is deleted.', 'not_found'],
		['The definition of "Seat" is deleted.', 'not_found'],
		['Section 3.1 (Warranty) is deleted.', 'conflict'],
		['The following definition is added to Section 1: ""Platform" means a shoe."', 'conflict'],
		['A new Schedule B is added as follows: "Shoes."', 'conflict'],
		['The row for "Reports" in Schedule A is replaced with the following: "| Reports | 25 |"', 'conflict'],
		['Section 2 is amended by replacing "Customer" with "Client".', 'ambiguous'],
		['The last sentence of Section 4 is deleted.', 'ambiguous'],
		['The first sentence of Section 3 is deleted.', 'ambiguous'],
		['Section 2 is amended by replacing "a" with "b" mutatis mutandis.', 'ambiguous'],
		['A new Section 5(d) is added as follows: "(d) do nothing."', 'ambiguous'],
	])('%s', (sentence, status) => {
		const done = apply(amendment(sentence));
		expect(done.results.map((result) => result.status)).toEqual([status]);
		expect(done.text.text).toBe(AGREEMENT);
		expect(done.unresolved).toHaveLength(1);
	});

	it('takes no item of a list for a section', () => {
		const base = 'Deal\n\n(a) Reports:\n\n1. weekly\n\n2. monthly\n';
		const done = applyAmendment({ base: document(base, 'text'), amendment: amendment('Section 2 is deleted.') });
		expect(done.results[0]?.status).not.toBe('applied');
		expect(done.text.text).toBe(base);
	});

	it('counts no sentences around a full stop that may be an abbreviation', () => {
		const base = '# Deal\n\n**1. Who.** Goods come from Acme Inc. Customer pays on time. Nobody else pays.\n';
		expect(apply(amendment('The second sentence of Section 1 is deleted.'), base).results[0]?.status).toBe('ambiguous');
		expect(apply(amendment('The last sentence of Section 1 is deleted.'), base).results[0]?.status).toBe('applied');
	});

	it('carries out neither of two instructions on the same words', () => {
		const done = apply(
			amendment(
				'The first sentence of Section 2 is deleted.',
				'Section 2 is amended by replacing "for its own planning" with "for all".',
				'Section 3.2 is deleted.',
			),
		);
		expect(done.results.map(({ status }) => status)).toEqual(['conflict', 'conflict', 'applied']);
	});

	it('adds a clause whose number is taken, and says so', () => {
		const done = apply(amendment('A new Section 3.2 is added as follows: "Quiet hours."'));
		expect(done.results).toMatchObject([
			{ status: 'applied', needsHuman: { reason: 'A clause numbered 3.2 was there already; both stand now.' } },
		]);
	});

	it('leaves other agreements alone', () => {
		const done = apply(amendment('Section 3.2 of the Warehouse Lease is deleted.'));
		expect(done.apart).toMatchObject([{ why: 'other_document' }]);
		expect(done.text.text).toBe(AGREEMENT);
	});
});

it('changes nothing outside the spans that it reports', () => {
	const done = apply(
		amendment(
			'Section 3.2 is deleted.',
			'Section 2 is amended by replacing "40" with "60".',
			'A new Section 4(d) is added as follows: "pay."',
			'The row for "Reports" in Schedule A is deleted.',
		),
	);
	const changes = done.results.flatMap((result) => result.changes).sort((a, b) => a.before.start - b.before.start);
	let [at, now] = [0, 0];
	for (const { before, after } of changes) {
		expect(done.text.text.slice(now, after.start)).toBe(AGREEMENT.slice(at, before.start));
		[at, now] = [before.end, after.end];
	}
	expect(done.text.text.slice(now)).toBe(AGREEMENT.slice(at));
	expect(changes).toHaveLength(4);
});

it('leaves no emphasis mark alone', () => {
	const base = '# Deal\n\n**1. Trial.** Fine. **Trials end after a week**. Bye.\n';
	expect(
		apply(amendment('The second sentence of Section 1 is replaced with the following: "Trials never end."'), base).text
			.text,
	).toBe('# Deal\n\n**1. Trial.** Fine. Trials never end. Bye.\n');
});

describe('a stack of amendments', () => {
	const numbered = (number: number, ...sections: string[]): ReturnType<typeof readAmendment> =>
		readAmendment(
			document(
				amendmentText(...sections)
					.replaceAll('NO. 1', `NO. ${number}`)
					.replaceAll('No. 1', `No. ${number}`),
				'text',
			),
		);
	const first = numbered(1, 'Section 2 is amended by replacing "up to 40" with "up to 60".');
	const second = numbered(2, 'Section 2 is amended by replacing "up to 60" with "up to 80".');
	const stack = (...amendments: Array<typeof first>): ReturnType<typeof applyAmendments> =>
		applyAmendments({ base: document(AGREEMENT), amendments });

	it('is carried out in the order of the numbers', () => {
		const done = stack(second, first);
		expect(done.text.text).toContain('up to 80 Authorised Users');
		expect(done.warnings).toEqual([
			'The amendments were not given in the order of their numbers; they are carried out in that order.',
		]);
	});

	it('reports spans in the base and in the last text', () => {
		const done = stack(first, second, numbered(3, 'Section 3.1 is amended by replacing "4%" with "5%".'));
		const [, , last] = done.results.map(({ changes }) => changes[0]);
		expect(AGREEMENT.slice(last?.before.start, last?.before.end)).toBe('4%');
		expect(
			done.results.map(({ changes }) => done.text.text.slice(changes[0]?.after.start, changes[0]?.after.end)),
		).toEqual(['up to 80', 'up to 80', '5%']);
	});

	it('tells of what is missing', () => {
		expect(stack(second).warnings).toEqual(['Amendment 1 is missing before amendment 2.']);
	});

	it('carries out the same amendment once', () => {
		const done = stack(first, first);
		expect(done.warnings).toEqual(['Amendment 1 was given twice; it is carried out once.']);
		expect(done.results).toHaveLength(1);
	});

	it('notices an amendment that the text holds already', () => {
		for (const sentence of [
			'The second sentence of Section 2 is replaced with the following: "Customer may name ten."',
			'Section 2 is amended by replacing "up to 40" with "up to 60".',
			'A new Section 3.3 is added as follows: "Three."',
			'Section 7 is amended by adding the following at the end thereof: "Courts in Vienna decide on it."',
			'Section 7 is amended by inserting "and its annexes" after "This Agreement".',
			'The following definition is added to Section 1: ""Order" means an order form."',
			'The following row is added to Schedule A: "| Mobile | 5 | 80 |"',
			'Schedule B is supplemented with the following: "Support is free of charge."',
		]) {
			const once = apply(amendment(sentence));
			const twice = applyAmendment({ base: once.text, amendment: amendment(sentence) });
			expect([sentence, once.results[0]?.status, twice.text.text === once.text.text]).toEqual([
				sentence,
				'applied',
				true,
			]);
			expect(twice.results[0]?.status).not.toBe('applied');
		}
	});

	it('leaves out what is not yet in force and what has ended', () => {
		const temporary = numbered(1, 'Until 31 December 2026, Section 4(b) is hereby deleted.');
		const at = (asOf: string): ReturnType<typeof applyAmendments> =>
			applyAmendments({ base: document(AGREEMENT), amendments: [temporary], asOf });
		expect(at('2026-04-30').apart).toMatchObject([{ why: 'not_yet_effective' }]);
		expect(at('2026-06-01').reverts).toMatchObject([{ until: '2026-12-31' }]);
		expect(at('2027-01-01').apart).toMatchObject([{ why: 'expired' }]);
		expect(at('2027-01-01').text.text).toBe(AGREEMENT);
	});

	it('keeps apart what holds for some only', () => {
		const limited = numbered(1, 'Solely with respect to the Vienna site, Section 3.2 is deleted.');
		const done = stack(limited);
		expect(done.apart).toMatchObject([{ why: 'scope', scope: expect.stringContaining('Vienna site') as string }]);
		expect(done.text.text).toBe(AGREEMENT);
		expect(
			applyAmendments({ base: document(AGREEMENT), amendments: [limited], withinScope: true }).text.text,
		).not.toContain('3.2');
	});

	it('records an extension as a fact, since no clause says it', () => {
		const done = stack(numbered(1, 'The Term of the Agreement is hereby extended to 20 January 2028.'));
		expect(done.results).toMatchObject([
			{ status: 'applied', fact: { name: 'term', value: '20 January 2028' }, changes: [] },
		]);
	});
});
