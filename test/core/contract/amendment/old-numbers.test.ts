import { consolidate, type Consolidated } from '../../../../core/contract';
import { document } from '../builders';
import { BASES } from './styles/agreements';

const file = (number: number, orders: string): string =>
	`AMENDMENT NO. ${number}\n\nThis Amendment No. ${number} is dated ${number} March 2026.\n\nThe parties agree as follows:\n\n${orders}\n`;

function stack(...orders: string[]): Consolidated {
	return consolidate({
		contract: { id: 'c-1' },
		base: document(BASES.LICENCE, 'text'),
		amendments: orders.map((one, index) => document(file(index + 1, one), 'text')),
		knownAt: '2026-11-20T09:00:00Z',
	});
}

const last = ({ instructions }: Consolidated): Array<string | undefined> => {
	const one = instructions.at(-1);
	return [one?.status, one?.reason];
};

/** Royalties, which were Section 4, are Section 5 then; Modules, which were Section 3, are Section 4. */
const ONE_MORE =
	'1. A new Section 3 is inserted as follows and the remaining Sections are renumbered accordingly: "Section 3. Support. Licensor supports the Software."';
/** Royalties are Section 3 then, and there is no Section 9 any more. */
const ONE_LESS = '1. Section 2 is deleted and the remaining sections are renumbered accordingly.';

describe('a clause that an earlier amendment gave another number', () => {
	it.each([
		[
			ONE_MORE,
			'by the words it holds',
			'1. Section 4 is amended by replacing "five percent (5%)" with "four percent (4%)".',
		],
		[
			ONE_MORE,
			'by its title',
			'1. Section 4 (Royalties) is amended by replacing "five percent (5%)" with "four percent (4%)".',
		],
		[
			ONE_MORE,
			'by what it says of its number',
			'1. Section 4 (as numbered before Amendment No. 1) is amended by replacing "five percent (5%)" with "four percent (4%)".',
		],
		[
			ONE_LESS,
			'behind one that is gone',
			'1. Section 4 is amended by replacing "five percent (5%)" with "four percent (4%)".',
		],
		[
			'1. Section 4 is renumbered as Section 4A.',
			'where nothing bears the old number',
			'1. Section 4 is amended by replacing "five percent (5%)" with "four percent (4%)".',
		],
		[
			ONE_MORE,
			'by the new text',
			'1. Section 4 is amended and restated as follows: "Royalties. Licensee shall pay a royalty of four percent (4%) of Net Sales within thirty (30) days after the end of each quarter."',
		],
	])('%s is found by its old number, %s', (first, _by, second) => {
		const done = stack(first, second);
		expect(last(done)).toEqual(['applied', expect.stringMatching(/^The number 4 is taken as it was before/) as string]);
		expect(done.document.text).toMatch(/Royalties\. Licensee shall pay a royalty of four percent \(4%\) of Net Sales/);
		expect(done.document.text).toContain('Modules. The licensed modules are:');
	});

	it.each([
		'1. Section 5 is amended by replacing "five percent (5%)" with "four percent (4%)".',
		'1. Section 5 (formerly Section 4) is deleted.',
		'1. Section 10 is deleted.',
		'1. Section 4 (Modules) is deleted.',
	])('is found by its new number: %s', (second) => {
		expect(last(stack(ONE_MORE, second))).toEqual(['applied', undefined]);
	});

	it('goes by the only number it ever had where no other clause has it now', () => {
		const done = stack(ONE_LESS, '1. Section 9 is deleted.');
		expect(last(done)).toEqual(['applied', expect.stringContaining('meant is Section 8 "Survival"') as string]);
		expect(done.document.text).not.toContain('Survival');
	});

	it.each([
		'1. Section 4 is deleted.',
		'1. The first sentence of Section 4 is deleted.',
		'1. The following sentence is added at the end of Section 4: "This is final."',
	])('is left to a person, with both, where nothing tells which is meant: %s', (second) => {
		const done = stack(ONE_MORE, second);
		expect(last(done)).toEqual([
			'ambiguous',
			'The number 4 was that of Section 5 "Royalties" before an earlier amendment, and is that of Section 4 "Modules" now.',
		]);
		expect(done.document.text).toBe(stack(ONE_MORE).document.text);
	});

	it('is told in references that stand in words, not in the numbers of the clauses themselves', () => {
		expect(stack(ONE_MORE).instructions.at(-1)?.reason).toBe(
			'References to the old numbers were left as they are: 5, 7, 8.',
		);
	});
});
