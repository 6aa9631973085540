import { CONTRACT_LIMITS, readDocument, type ContractLimits } from '../../../core/contract';
import { scanReferences } from '../../../core/contract/references';
import { isDomainError, type DomainError } from '../../../core/model';
import { compare, document } from './builders';

function refusal(text: string, limits?: Partial<ContractLimits>): DomainError {
	try {
		readDocument(document(text), limits);
	} catch (error) {
		if (isDomainError(error)) return error;
		throw error;
	}
	throw new Error('The document was read.');
}

const many = (count: number, line: (index: number) => string, join = '\n\n'): string =>
	Array.from({ length: count }, (_, index) => line(index)).join(join);
const markdownTable = (rows: number, columns: number): string =>
	[
		`|${many(columns, (at) => `c${at}`, '|')}|`,
		`|${'---|'.repeat(columns)}`,
		many(rows, () => `|${'x|'.repeat(columns)}`, '\n'),
	].join('\n');

describe('a document beyond a limit is refused, naming the limit:', () => {
	it.each<[keyof ContractLimits, string, string]>([
		['maxLines', 'lines of a paragraph', many(11, () => 'x', '\n')],
		['maxLines', 'blank lines', '\n'.repeat(11)],
		['maxClauses', 'paragraphs', many(11, () => 'x')],
		['maxClauses', 'list items', many(11, () => '- x', '\n')],
		['maxClauses', 'headings', many(11, () => '# x', '\n')],
		['maxClauses', 'labelled lines', many(11, (index) => `${index + 1}.1 Text of it.`, '\n')],
		['maxClauses', 'paragraphs parted by line breaks', many(11, (index) => `x${index}`, '<br><br>')],
		['maxCells', 'cells of a table', markdownTable(6, 2)],
		['maxCells', 'cells of many tables', many(4, () => markdownTable(1, 2))],
		['maxCells', 'cells that short rows are filled up with', markdownTable(1, 5) + '\n|x|'],
		['maxCells', 'cells of an HTML table', `<table>${'<tr><td>x<td>y</tr>'.repeat(6)}</table>`],
		['maxCells', 'cells over many rows', `<table><tr><td rowspan=99>x${'<tr><td>y</tr>'.repeat(6)}</table>`],
	])('%s by %s', (limit, _, text) => {
		const bounds = { maxLines: 1_000, maxClauses: 1_000, maxCells: 1_000, [limit]: 10 };
		const error = refusal(text, bounds);
		expect(error).toMatchObject({ code: 'INPUT_TOO_LARGE', details: { limit, maximum: 10 } });
		expect(error.message).toContain(limit);
		expect(error.remedy).toContain(limit);
		expect(() => readDocument(document(text), { ...bounds, [limit]: 100 })).not.toThrow();
	});

	it('without being read first: six million lines, two million paragraphs, nine million cells', () => {
		expect(refusal('a\n\n'.repeat(6_000_000)).details).toMatchObject({ limit: 'maxLines' });
		expect(refusal(many(CONTRACT_LIMITS.maxClauses + 1, () => 'x')).details).toMatchObject({ limit: 'maxClauses' });
		expect(refusal(markdownTable(36_000, 250)).details).toMatchObject({ limit: 'maxCells' });
	});

	it('in a comparison, whichever version it is', () => {
		const limits = { maxClauses: 3 };
		const long = many(4, (index) => `Clause ${index}.`);
		expect(() => compare(long, 'x', { limits })).toThrow(/maxClauses/);
		expect(() => compare('x', long, { limits })).toThrow(/maxClauses/);
		expect(() => compare(null, long, { limits })).toThrow(/maxClauses/);
	});
});

describe('a limit of what is told is set for one call:', () => {
	it('maxReferenceRange', () => {
		const numbers = (text: string, most?: number): string[] => scanReferences(text, most).map(({ number }) => number);
		expect(numbers('Sections 1 to 90 apply.')).toEqual(['1', '90']);
		expect(numbers('Sections 1 to 90 apply.', 100)).toHaveLength(90);
		expect(numbers('Sections 1 to 4 apply.', 2)).toEqual(['1', '4']);
		const text = (last: number): string =>
			`${many(last, (index) => `${index + 1}. The matter of thing ${index} is settled.`)}\n\nSections 1 to 60 do not apply.`;
		const broken = (limits: Partial<ContractLimits>): number =>
			compare(text(60), text(60).replace('50. The matter of thing 49 is settled.\n\n', ''), { limits })
				.changes.flatMap(({ refs }) => refs?.broken ?? [])
				.filter((display) => display === 'Section 50').length;
		expect([broken({}), broken({ maxReferenceRange: 80 })]).toEqual([0, 1]);
	});

	it('maxAlignedReferences', () => {
		const text = (number: number): string =>
			`1. Sections 2 and ${number} apply to it.\n\n2. First of the rules.\n\n3. Second of the rules.`;
		const removed = text(3).replace('\n\n3. Second of the rules.', '');
		const refs = (limits: Partial<ContractLimits>): string[] =>
			compare(text(3), removed, { limits }).changes.flatMap((change) => change.refs?.broken ?? []);
		expect([refs({}), refs({ maxAlignedReferences: 3 })]).toEqual([['Section 3'], []]);
	});

	it('maxLookups: what is alike elsewhere is not looked for any more, and nothing is told wrongly', () => {
		const clause = 'The provider keeps the records of each delivery for seven years after the term ends.';
		const others = (from: number): string =>
			many(6, (index) => `Matter ${from + index} concerns subject${from + index} only.`);
		const before = `${clause}\n\n${others(0)}`;
		const after = `${others(0)}\n\n${clause.replace('seven', 'nine')}`;
		expect(compare(before, after).stats).toMatchObject({ modified: 1, moved: 1, added: 0, removed: 0 });
		expect(compare(before, after, { limits: { maxLookups: 0 } }).stats).toMatchObject({
			modified: 0,
			added: 1,
			removed: 1,
		});
	});
});
