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

describe('the day from which one instruction holds', () => {
	it.each([
		'1. Starting 1 July 2027, Section 3.2 is deleted.',
		'1. On and after July 1, 2027, Section 3.2 is deleted.',
		'1. On 1 July 2027, Section 3.2 is deleted.',
		'1. As from 1 July 2027, Section 2.1 is amended by deleting "non-exclusive".',
		'1. Section 3.2 is deleted on 1 July 2027.',
		'1. Section 3.2 is deleted, effective on July 1, 2027.',
		'1. Section 3.2 is deleted commencing on 1 July 2027.',
		'1. Delete Section 3.2 with effect on 1 July 2027.',
		'1. Effective July 1, 2027, Section 2.1 is amended as follows:\n\n(a) "non-exclusive" is deleted.',
		'1. Section 3.2 is deleted. This takes effect on 1 July 2027.',
		'1. Section 3.2 is deleted. The deletion applies with effect from 1 July 2027.',
	])('is read from its words: %s', (order) => {
		const done = carryOut('SAAS', order);
		expect(new Set(days(done))).toEqual(new Set(['2027-07-01']));
		expect(done.complete).toBe(true);
	});

	it.each([
		['GERMAN', '1. In § 5 werden ab dem 1. Juli 2027 die Worte „drei Monaten“ durch „vier Monaten“ ersetzt.'],
		['GERMAN', '1. In § 5 werden die Worte „drei Monaten“ durch „vier Monaten“ ersetzt, zum 1. Juli 2027.'],
		['FRENCH', "1. L'article 3 est supprimé. Cette suppression prend effet le 1er juillet 2027."],
	] as const)('also in %s: %s', (base, order) => {
		expect(new Set(days(carryOut(base, order)).filter((day) => day !== undefined))).toEqual(new Set(['2027-07-01']));
	});

	it.each([
		['April 31, 2026', '1. Effective April 31, 2026, Section 3.2 is deleted.'],
		['February 29, 2030', '1. Section 3.2 is deleted with effect from February 29, 2030.'],
		['2027-07-01', '1. As at 1 July 2027, Section 3.2 is deleted, from 1 August 2027.'],
		['2027-07-01', '1. Section 3.2 is deleted as at 1 July 2027.'],
	])('is for a person where it is not certain: %s', (day, order) => {
		const [only] = carryOut('SAAS', order).instructions;
		expect([only?.status, only?.reason]).toEqual(['ambiguous', expect.stringContaining(day) as string]);
	});

	it('is no single day where amendments of several days made one change', () => {
		const file = (number: number, day: string, old: string, fresh: string): string =>
			`AMENDMENT NO. ${number}\n\nThis Amendment is effective as of ${day}.\n\nThe parties agree as follows:\n\n1. Section 3.2 is amended by replacing "${old}" with "${fresh}".`;
		const done = consolidate({
			contract: { id: 'c-1' },
			base: document(BASES.SAAS, 'text'),
			amendments: [
				document(file(1, '1 May 2026', 'own expenses', 'own costs'), 'text'),
				document(file(2, '1 June 2026', 'own costs', 'costs'), 'text'),
			],
			knownAt: '2026-11-20T09:00:00Z',
		});
		expect(done.complete).toBe(false);
		expect(done.changeSet.changes[0]?.needsHuman?.reason).toMatch(/different days/);
	});
});
