import { readDocument } from '../../../core/contract';
import { brokenInline, compare, document } from './builders';

/** Deterministic noise. */
function noise(count: number, vocabulary: number): string[] {
	let state = 1;
	return Array.from({ length: count }, () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return `w${(state >>> 0) % vocabulary}`;
	});
}

const repeated = [
	'<',
	'[',
	'](',
	'[a](',
	'*',
	'_',
	'|',
	'(',
	'"',
	'#',
	'`',
	'\\',
	'&',
	'<a ',
	'**a',
	'- ',
	'1. ',
	'(a) ',
	'A. ',
	'\t',
	'\r',
];

// Each takes well under five seconds on an idle core; a quadratic cost would take hours, so a busy machine is no excuse.
jest.setTimeout(60_000);

describe('hostile documents', () => {
	it.each(repeated)('reads %j two hundred thousand characters long', (piece) => {
		const text = piece.repeat(Math.floor(200_000 / piece.length));
		expect(brokenInline(compare(text, `${text}x`))).toEqual([]);
	});

	it.each(repeated)('reads twenty thousand lines of %j', (piece) => {
		const text = `${piece}\n`.repeat(20_000);
		expect(brokenInline(compare(text, `${text}x`))).toEqual([]);
	});

	it('compares one line of five megabytes', () => {
		const words = noise(900_000, 500);
		const after = words.map((word, index) => (index === 450_000 ? 'changed' : word));
		expect(compare(words.join(' '), after.join(' ')).stats.modified).toBe(1);
	});

	it('compares a hundred thousand one-word lines', () => {
		const words = noise(100_000, 300);
		const after = words.map((word, index) => (index % 50 === 0 ? 'changed' : word));
		const result = compare(words.join('\n'), after.join('\n'));
		expect(result.stats.modified).toBe(1);
		expect(result.changes[0]?.text?.inline?.filter((part) => part.op === '+')).toHaveLength(2_000);
	});

	it('keeps deep nesting within its bound and says so', () => {
		const text = Array.from({ length: 400 }, (_, index) => `${' '.repeat(index * 2)}- level ${index}`).join('\n');
		const tree = readDocument(document(text), { maxDepth: 10 });
		expect(Math.max(...tree.nodes.map((node) => node.depth))).toBeLessThanOrEqual(10);
		expect(tree.warnings[0]).toContain('10 levels');
		expect(() => JSON.stringify(readDocument(document(text)))).not.toThrow();
	});

	it('compares empty documents', () => {
		expect(compare('', '').changes).toEqual([]);
		expect(compare('', 'One.').stats.added).toBe(1);
		expect(compare('One.', '').stats.removed).toBe(1);
	});

	it('matches twenty thousand rows of one key', () => {
		const rows = Array.from({ length: 20_000 }, (_, index) => `| same | ${index} |`);
		const table = (lines: string[]): string => ['| k | v |', '| --- | --- |', ...lines].join('\n');
		const { stats } = compare(table(rows), table(rows.toReversed()));
		expect(stats.added).toBe(stats.removed);
	});

	const many = (count: number, line: (index: number) => string): string =>
		Array.from({ length: count }, (_, index) => line(index)).join('\n\n');

	it('compares twenty thousand clauses that are nearly the same', () => {
		const clause = (index: number): string => `The provider runs service ${index} for the customer during the term.`;
		const before = many(20_000, clause);
		expect(compare(before, before.replace('service 700 ', 'service x ')).stats).toMatchObject({
			modified: 1,
			added: 0,
		});
		expect(
			compare(
				before,
				many(20_000, (index) => clause(index + 50_000)),
			).stats.clausesAfter,
		).toBe(20_000);
	});

	it('follows a reference in each of twenty thousand clauses', () => {
		const text = (first: number): string =>
			many(
				20_000,
				(index) =>
					`${index + first}. Section ${index + first + 1} and Sections 3 to 9 apply to case ${index} of kind ${index}.`,
			);
		expect(compare(text(1), text(1)).changes).toEqual([]);
		expect(compare(text(1), text(2)).stats).toMatchObject({ added: 0, removed: 0 });
	});

	it('looks for five thousand changed definitions in twenty thousand clauses', () => {
		const text = (verb: string): string =>
			`${many(5_000, (index) => `"Term A${index}" means the thing number ${index} that the parties ${verb}.`)}\n\n${many(20_000, (index) => `Use ${index} of Term A${index % 5_000} is allowed`)}`;
		const { changes } = compare(text('meant'), text('agreed'));
		expect(changes).toHaveLength(5_000);
		expect(changes.every(({ termsReached }) => termsReached?.length === 4)).toBe(true);
	});

	it.each(['<table><tr><td>x\n\n', '<table><caption>', '<table>', 'Section (', 'Sections 1, ', '("', 'Section 4(a)'])(
		'reads %j fifty thousand times',
		(piece) => {
			const text = piece.repeat(50_000);
			expect(brokenInline(compare(text, `${text}x`))).toEqual([]);
		},
	);

	it('holds a table of cells over many rows and columns to its limit', () => {
		const table = `<table>${'<tr><td rowspan=9999>x<td colspan=9999>y'.repeat(2_000)}</table>`;
		expect(readDocument(document(table), { maxColumns: 20 }).nodes[0]?.table?.columns).toHaveLength(20);
	});

	it('refuses what is longer than its limit and names the limit', () => {
		expect(() => compare('x'.repeat(20_000_001), 'x')).toThrow(/limit maxCharacters is 20000000/);
	});
});
