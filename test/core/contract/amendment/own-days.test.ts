import { consolidate, type Consolidated } from '../../../../core/contract';
import { document } from '../builders';
import { BASES } from './styles/agreements';

function carryOut(
	base: keyof typeof BASES,
	orders: string,
	options: { asOf?: string; zone?: string } = {},
): Consolidated {
	const amendment = `AMENDMENT NO. 1\n\nThis Amendment No. 1 is dated 2 March 2026.\n\nThe parties agree as follows:\n\n${orders}`;
	return consolidate({
		contract: { id: 'c-1' },
		base: document(BASES[base], 'text'),
		amendments: [document(amendment, 'text')],
		knownAt: '2026-11-20T09:00:00Z',
		...options,
	});
}

const days = ({ changeSet }: Consolidated): Array<string | undefined> =>
	changeSet.changes.map(({ effective }) => effective?.from.slice(0, 10));

const TWO =
	'1. Effective July 1, 2027, Section 3.2 is deleted.\n\n2. Section 5.3 is deleted with effect from January 1, 2028.';

describe('instructions that hold from days of their own', () => {
	it('each have theirs, and the amendment as a whole is no single event', () => {
		const done = carryOut('SAAS', TWO);
		expect(days(done)).toEqual(['2027-07-01', '2028-01-01']);
		expect(done.complete).toBe(false);
		expect(done.changeSet.warnings.join()).toContain('several days from which it holds: 2027-07-01, 2028-01-01');
	});

	it('are quoted where they say so', () => {
		const [, second] = carryOut('SAAS', TWO).changeSet.changes;
		expect(second?.effective?.quote).toMatchObject({ clause: '2', text: 'January 1, 2028' });
	});

	it('are carried out on the day that is asked for, not before', () => {
		const done = carryOut('SAAS', TWO, { asOf: '2027-08-01' });
		expect(done.instructions.map(({ status }) => status)).toEqual(['applied', 'apart']);
		expect(done.document.text).not.toContain('3.2 Expenses');
		expect(done.document.text).toContain('5.3 Assignment');
	});

	it('do not date those beside them that name none', () => {
		const done = carryOut('SAAS', '1. Effective July 1, 2027, Section 3.2 is deleted.\n\n2. Section 5.3 is deleted.');
		expect(days(done)).toEqual(['2027-07-01', '2026-03-02']);
		expect([done.complete, done.changeSet.warnings.join()]).toEqual([
			false,
			expect.stringContaining('only a part of the amendment holds from 2027-07-01') as string,
		]);
	});

	it('date the amendment where they are all it orders', () => {
		const done = carryOut(
			'GERMAN',
			'1. In § 5 wird „drei Monaten“ mit Wirkung zum 1. Juli 2027 durch „vier Monaten“ ersetzt.',
			{
				zone: 'Europe/Berlin',
			},
		);
		expect([done.complete, done.changeSet.effective.from]).toEqual([true, '2027-06-30T22:00:00.000Z']);
		expect(done.changeSet.changes[0]?.effective?.from).toBe('2027-06-30T22:00:00.000Z');
	});

	it.each([
		[
			'GERMAN',
			'1. Rückwirkend zum 1. Januar 2025 wird in § 5 „drei Monaten“ durch „vier Monaten“ ersetzt.',
			'2025-01-01',
		],
		[
			'FRENCH',
			'1. À compter du 1er juillet 2027, à l’article 2, les mots « vingt (20) » sont remplacés par « trente (30) ».',
			'2027-07-01',
		],
		[
			'LICENCE',
			'1. Section 4 is amended, with retroactive effect from January 1, 2025, by replacing "five percent (5%)" with "four percent (4%)".',
			'2025-01-01',
		],
		// The day of the agreement, not of the change.
		[
			'LICENCE',
			'1. Section 4 of the License Agreement effective as of June 1, 2020 is amended by replacing "five percent (5%)" with "four percent (4%)".',
			'2026-03-02',
		],
	] as const)('in %s: %s', (base, orders, day) => {
		const done = carryOut(base, orders);
		expect([done.complete, days(done)]).toEqual([true, [day]]);
	});
});
