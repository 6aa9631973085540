import { amendmentChangeSet, readAmendment, type AmendmentChangeSet } from '../../../../core/contract/amendment';
import { document, EFFECTIVE } from '../builders';
import { AGREEMENT, amendment, amendmentText } from './agreement';

function changeSet(...sections: string[]): AmendmentChangeSet {
	return amendmentChangeSet({
		contract: { id: 'c-7' },
		base: document(AGREEMENT),
		amendments: [amendment(...sections)],
		effective: EFFECTIVE,
	});
}

describe('the change set of an amendment', () => {
	it('gives each change the instruction behind it', () => {
		const set = changeSet(
			'The second sentence of Section 2 is replaced with the following: "Customer may name up to 60 Authorised Users."',
			'The row for "Reports" in Schedule A is deleted.',
		);
		expect(
			set.changes.map(({ kind, op, origin, clause, instruction }) => [
				kind,
				op,
				origin,
				clause?.numberAfter,
				instruction?.status,
			]),
		).toEqual([
			['clause', ['modified'], 'instruction', '2', 'applied'],
			['row', ['removed'], 'instruction', undefined, 'applied'],
		]);
		expect(set.changes[0]?.instruction?.quote).toBe('The second sentence of Section 2 is replaced with the following:');
		expect(set.consolidated.text).toContain('up to 60');
	});

	it('tells what was not carried out, for a person to decide', () => {
		const set = changeSet('Section 9 is deleted.');
		expect(set.changes).toMatchObject([
			{
				op: ['removed'],
				origin: 'instruction',
				needsHuman: { reason: 'Section 9 was not found.' },
				instruction: { status: 'not_found' },
			},
		]);
		expect(set.unresolved).toEqual([set.changes[0]?.id]);
	});

	it('keeps what holds for some only apart, with its scope', () => {
		const set = changeSet('Solely with respect to the Vienna site, Section 3.2 is deleted.');
		expect(set.changes).toMatchObject([
			{ scope: 'Solely with respect to the Vienna site', instruction: { status: 'apart' } },
		]);
		expect(set.consolidated.text).toBe(AGREEMENT);
	});

	it('ends a temporary change by itself', () => {
		const set = changeSet('Until 31 December 2026, Section 4(b) is hereby deleted.');
		expect(set.changes[0]?.effective).toMatchObject({ from: EFFECTIVE.from, until: '2027-01-01T00:00:00.000Z' });
	});

	it('tells an extension as an event in the life of the contract', () => {
		const set = changeSet('The Term of the Agreement is hereby extended to 20 January 2028.');
		expect(set.changes).toMatchObject([
			{
				kind: 'lifecycle',
				field: { path: ['term'], to: '2028-01-20', type: 'date' },
				instruction: { kind: 'extend', status: 'applied' },
			},
		]);
	});

	it('reads from when it holds, if that is not given', () => {
		const set = amendmentChangeSet({
			contract: { id: 'c-7' },
			base: document(AGREEMENT),
			amendments: [
				amendment('The second sentence of Section 2 is replaced with the following: "From 1 June 2031 on, 60 users."'),
			],
			effective: { knownAt: '2026-06-01T08:00:00Z' },
		});
		expect(set.effective).toMatchObject({
			from: '2026-05-01T00:00:00.000Z',
			knownAt: '2026-06-01T08:00:00Z',
			retroactive: true,
			basis: 'stated',
		});
		expect(set.amendment).toMatchObject({ number: '1', signedAt: '2026-04-14' });
	});

	it('is the same on every machine, with an id of its own for each change', () => {
		const sections = [
			'Section 3.2 is deleted.',
			'Section 9 is deleted.',
			'A new Section 3.3 is added as follows: "Three."',
		];
		const [a, b] = [changeSet(...sections), changeSet(...sections)];
		expect(a).toEqual(b);
		expect(new Set(a.changes.map(({ id }) => id)).size).toBe(a.changes.length);
	});

	it('attaches the changes of stacked amendments to the right ones', () => {
		const second = readAmendment(
			document(
				amendmentText('Section 3.1 is amended by replacing "4%" with "5%".')
					.replaceAll('NO. 1', 'NO. 2')
					.replaceAll('No. 1', 'No. 2'),
				'text',
			),
		);
		const first = amendment('Section 2 is amended by deleting "for its own planning".', 'Section 4(b) is deleted.');
		const set = amendmentChangeSet({
			contract: { id: 'c-7' },
			base: document(AGREEMENT),
			amendments: [first, second],
			effective: EFFECTIVE,
		});
		const by = new Map(set.changes.map((change) => [change.clause?.numberBefore, change.instruction?.amendmentId]));
		expect(by.get('2')).toBe(first.id);
		expect(by.get('3.1')).toBe(second.id);
		expect(by.get('(b)')).toBe(first.id);
	});
});
