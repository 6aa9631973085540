import fc from 'fast-check';
import { applyAmendment, readAmendments } from '../../../../core/contract/amendment';
import { isDomainError } from '../../../../core/model';
import { document } from '../builders';
import { AGREEMENT, amendment, amendmentText, apply } from './agreement';

/** Instructions that have nothing to do with each other. */
const INDEPENDENT = [
	'The first sentence of Section 2 is replaced with the following: "Customer may use all of it."',
	'Section 2 is amended by replacing "up to 40" with "up to 60".',
	'Accounts. The last sentence of Section 2 is deleted.',
	'Section 3.2 is deleted and replaced with the following: "Supplier bears all taxes."',
	'A new Section 3.3 is added as follows: "Three."',
	'A new Section 3.4 is added as follows: "Four."',
	'Section 4(b) is hereby deleted.',
	'A new Section 4(d) is added as follows: "pay on time."',
	'Section 5(b) is replaced with the following: "(b) replace the Platform, or"',
	'Section 7 is amended by adding the following at the end thereof: "Courts in Vienna decide on it."',
	'The definition of "Platform" is deleted and replaced with the following: ""Platform" means the planning service."',
	'The following definition is added to Section 1: ""Order" means an order form."',
	'The row for "Reports" in Schedule A is deleted.',
	'The following row is added to Schedule A: "| Mobile | 5 | 80 |"',
	'Schedule B is supplemented with the following: "Support is free of charge."',
	'Section 9 is deleted.',
];

it('the order of independent instructions makes no difference', () => {
	fc.assert(
		fc.property(fc.shuffledSubarray(INDEPENDENT, { minLength: 2 }), (sections) => {
			const there = apply(amendment(...sections));
			const back = apply(amendment(...sections.toReversed()));
			expect(back.text.text).toBe(there.text.text);
			const statuses = (done: typeof there): string[] => done.results.map(({ status }) => status);
			expect(statuses(back)).toEqual(statuses(there).toReversed());
		}),
		{ numRuns: 60 },
	);
});

it('each of them does what it does alone', () => {
	const together = apply(amendment(...INDEPENDENT));
	expect(together.results.map(({ status }) => status)).toEqual(
		INDEPENDENT.map((one) => (one.includes('Section 9') ? 'not_found' : 'applied')),
	);
	for (const [index, section] of INDEPENDENT.entries()) {
		// A Section 3.4 needs the 3.3 that the same amendment adds.
		if (section.includes('3.4')) continue;
		const alone = apply(amendment(section));
		expect(alone.results[0]?.changes.map(({ before }) => before)).toEqual(
			together.results[index]?.changes.map(({ before }) => before),
		);
	}
});

it('nothing outside the reported spans changes, and undoing the spans gives the base', () => {
	fc.assert(
		fc.property(fc.shuffledSubarray(INDEPENDENT, { minLength: 1 }), (sections) => {
			const done = apply(amendment(...sections));
			const changes = done.results
				.flatMap((result) => result.changes)
				.sort((a, b) => b.after.start - a.after.start || b.before.start - a.before.start);
			let { text } = done.text;
			for (const { before, after } of changes)
				text = text.slice(0, after.start) + AGREEMENT.slice(before.start, before.end) + text.slice(after.end);
			expect(text).toBe(AGREEMENT);
		}),
		{ numRuns: 60 },
	);
});

it('applying to the result again changes nothing', () => {
	const rest = INDEPENDENT.filter((one) => !/deleted\.$/.test(one));
	const once = apply(amendment(...rest));
	const twice = applyAmendment({ base: once.text, amendment: amendment(...rest) });
	expect(twice.text.text).toBe(once.text.text);
});

const WORDS = [
	'Section',
	'2',
	'2.1',
	'(b)',
	'"',
	'\u201c',
	'\u201d',
	'is',
	'hereby',
	'deleted',
	'replaced',
	'with',
	'the',
	'following',
	':',
	'.',
	'\n',
	'\n\n',
	'Exhibit',
	'A',
	'AMENDMENT',
	'No.',
	'and',
	'by',
	'adding',
	'after',
	'definition',
	'of',
	'1.',
	'[***]',
	'IN WITNESS WHEREOF',
	'first',
	'sentence',
	'*',
	'|',
];

it('any text is read without an error, and what is applied changes only what it reports', () => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...WORDS), { maxLength: 120 }), (words) => {
			for (const read of readAmendments(document(words.join(' '), 'text'))) {
				const done = apply(read);
				const changed = done.results
					.flatMap(({ changes }) => changes)
					.reduce((sum, { before, after }) => sum + (after.end - after.start) - (before.end - before.start), 0);
				expect(done.text.text.length).toBe(AGREEMENT.length + changed);
			}
		}),
		{ numRuns: 300 },
	);
});

describe('hostile amendments', () => {
	const long = (piece: string, size: number): string => piece.repeat(Math.ceil(size / piece.length)).slice(0, size);

	it.each([
		['one line of quotation marks', long('"', 400_000)],
		['one line of words', long('Section 2 is fine and ', 1_000_000)],
		['numbers in a quoted passage', `1. Section 2 is replaced with: "${long('2. x. 3. y. ', 400_000)}"`],
		['many instructions', amendmentText(...Array.from({ length: 2_000 }, (_, i) => `Section ${i} is hereby deleted.`))],
		[
			'extensions',
			amendmentText(...Array.from({ length: 1_000 }, () => 'The term of the Agreement is extended by one year.')),
		],
		['limits behind', `1. ${long('Section 2 is deleted. This change applies only until 2027. ', 200_000)}`],
		[
			'German extensions',
			long('Der Vertrag wird bis zum 31. Dezember 2028 verlängert; § 4 wird gestrichen; ', 300_000),
		],
		['brackets', long('Section 2((((((((', 400_000)],
		['line feeds', long('1.\n2.\n', 400_000)],
		['open quotes', long('Section 2 is replaced with the following: "a\n', 400_000)],
		['one place after another', long('Sections 1, 2, 3 and 4 of Exhibit A of ', 300_000)],
	])('%s end soon', (_, text) => {
		for (const read of readAmendments(document(text, 'text'))) expect(apply(read).text.text.length).toBeGreaterThan(0);
	});

	it('longer than the limit is refused, with its name', () => {
		const read = (): unknown => readAmendments(document('x'.repeat(2_000), 'text'), { maxAmendmentCharacters: 1_000 });
		expect(read).toThrow(/maxAmendmentCharacters is 1000/);
		try {
			read();
		} catch (error) {
			expect(isDomainError(error) && error.code).toBe('INPUT_TOO_LARGE');
		}
	});
});
