import {
	amendmentChangeSet,
	applyAmendments,
	readAmendments,
	type Amendment,
} from '../../../../core/contract/amendment';
import { consolidate } from '../../../../core/contract';
import type { ContractDocument } from '../../../../core/model';
import { document } from '../builders';

const PLAIN = `SERVICES AGREEMENT

This Services Agreement (the "Agreement") is made on 3 March 2026 between Nord GmbH and Sud Ltd.

1. SEATS

The Customer may use 10 seats.

2. SUPPORT

Support is given on working days.

3. TERM

This Agreement ends on 31 December 2027.
`;
const BASE = document(PLAIN, 'text');

function file(number: number, sections: string[], head = ''): ContractDocument {
	const body = sections.map((section, index) => `${index + 1}. ${section}`).join('\n\n');
	return document(
		`AMENDMENT NO. ${number} TO THE SERVICES AGREEMENT\n\n${head}The parties agree as follows:\n\n${body}\n`,
		'text',
	);
}
const read = (...files: ContractDocument[]): Amendment[] => files.flatMap((one) => readAmendments(one));
const carryOut = (...files: ContractDocument[]) => applyAmendments({ base: BASE, amendments: read(...files) });

describe('amendments on amendments', () => {
	it('bring back what an earlier one took away', () => {
		const gone = file(1, ['Section 2 is hereby deleted in its entirety.']);
		const back = file(2, ['Section 2 of the Agreement is hereby reinstated.']);
		expect(carryOut(gone).text.text).not.toContain('working days');
		expect(carryOut(gone, back).text.text).toBe(PLAIN);
	});

	it('do not bring back what nobody took away, or what was changed since', () => {
		const back = file(3, ['Section 2 is hereby reinstated.']);
		expect(carryOut(back).results).toMatchObject([{ status: 'not_found' }]);
		const first = file(1, ['Section 2 is amended by replacing "working days" with "all days".']);
		const again = file(2, ['Section 2 is amended by replacing "all days" with "no days".']);
		expect(carryOut(first, again, back).text.text).toContain('on all days.');
	});

	it.each([
		['Section 2, as it read before Amendment No. 1, is hereby reinstated.', PLAIN],
		[
			'The deletion of Section 2 by Amendment No. 1 is revoked and Section 2 is reinstated in its original form.',
			PLAIN,
		],
		[
			'Section 2 is reinstated as follows: "2. SUPPORT Support is given on all days."',
			PLAIN.replace('2. SUPPORT\n\nSupport is given on working days.', '2. SUPPORT Support is given on all days.'),
		],
	])('bring back the text that is meant: %s', (order, text) => {
		const done = carryOut(file(1, ['Section 2 is hereby deleted in its entirety.']), file(2, [order]));
		expect(done.results.map(({ status }) => status)).toEqual(['applied', 'applied']);
		expect(done.text.text).toBe(text);
	});

	it.each([
		['Section 2 is reinstated in its original form.', /Several amendments/],
		['Section 2, as it read before Amendment No. 1, is reinstated.', /Several amendments/],
	])('bring back no text that is not certain: %s', (order, reason) => {
		const first = file(1, ['Section 2 is amended by replacing "working days" with "all days".']);
		const second = file(2, ['Section 2 is amended by replacing "all days" with "no days".']);
		const done = carryOut(first, second, file(3, [order]));
		expect(done.results.at(-1)).toMatchObject({ status: 'ambiguous', reason: expect.stringMatching(reason) as string });
		expect(done.text.text).toContain('on no days.');
	});

	it('change an earlier amendment, which is carried out as it reads then', () => {
		const first = file(1, [
			'Section 1 is amended by replacing "10 seats" with "20 seats".',
			'Section 3 is deleted and replaced with the following: "This Agreement ends on 31 December 2028."',
		]);
		const second = file(2, [
			'Section 2 of Amendment No. 1 is amended by replacing "31 December 2028" with "30 June 2029".',
		]);
		const done = carryOut(first, second);
		expect(done.results.map(({ status }) => status)).toEqual(['applied', 'applied', 'applied']);
		expect(done.text.text).toContain('ends on 30 June 2029.');
		expect(done.text.text).not.toContain('2028');
	});

	it('change nothing where the place is not in the earlier amendment', () => {
		const first = file(1, ['Section 1 is amended by replacing "10 seats" with "20 seats".']);
		const done = carryOut(first, file(2, ['Section 9 of Amendment No. 1 is hereby deleted.']));
		expect(done.unresolved).toMatchObject([{ reason: 'Section 9 was not found.' }]);
		expect(done.text.text).toContain('20 seats');
	});
});

describe('a clause that is suspended', () => {
	it('keeps its words, and is told with its end', () => {
		const done = carryOut(file(1, ['Section 2 is hereby suspended until 30 June 2027.']));
		expect(done.text.text).toBe(PLAIN);
		expect(done.results).toMatchObject([{ status: 'applied', fact: { name: 'suspended', value: 'Section 2' } }]);
		expect(done.reverts).toMatchObject([{ until: '2027-06-30' }]);
	});
});

describe('an amendment that its recitals limit', () => {
	const recital = 'WHEREAS the parties desire to amend the Agreement solely with respect to the Berlin office;\n\n';
	const adds = 'Section 1 is amended by adding the following at the end: "The Customer may use 5 more seats."';
	const seats = { seats: { type: 'number' as const, clause: 'Seats', which: 'last' as const } };
	const of = (section: string, head = recital) =>
		consolidate({
			contract: { id: 'c-1' },
			base: BASE,
			amendments: [file(1, [section], head)],
			knownAt: '2026-11-20T09:00:00.000Z',
			extractors: seats,
		});

	it('adds its words to the text, with the limit on the change, and gives nobody else access', () => {
		const done = of(adds);
		expect(done.document.text).toContain('10 seats. The Customer may use 5 more seats.');
		expect(done.complete).toBe(false);
		expect(done.changeSet.changes).toMatchObject([
			{
				scope: 'solely with respect to the Berlin office',
				needsHuman: { reason: expect.stringContaining('for a part only') as string },
			},
		]);
		expect(done.changeSet.terms).toMatchObject([{ name: 'seats', changed: false }]);
	});

	it('takes no words from the others', () => {
		expect(of('Section 1 is amended by replacing "10 seats" with "5 seats".').document.text).toBe(PLAIN);
	});

	it('is kept apart where the order itself has the limit', () => {
		expect(of(`Solely with respect to the Berlin office, ${adds}`, '').document.text).toBe(PLAIN);
	});

	it('is none where the limit is the place once more', () => {
		const done = of(
			'Solely with respect to Section 1, Section 1 is amended by replacing "10 seats" with "5 seats".',
			'',
		);
		expect(done.document.text).toContain('5 seats');
		expect(done.complete).toBe(true);
	});
});

describe('the day from which an amendment holds', () => {
	const later = file(
		1,
		['Section 1 is amended by replacing "10 seats" with "20 seats".'],
		'This Amendment is made on 1 March 2026, refers to the agreement of 3 March 2025 and is effective as of the first day of July 2027.\n\n',
	);

	it('is the same for the stack and for the change set', () => {
		const amendments = read(later);
		const at = (asOf: string): string => applyAmendments({ base: BASE, amendments, asOf }).text.text;
		expect(at('2027-06-30')).toBe(PLAIN);
		expect(at('2027-07-01')).toContain('20 seats');
		const set = amendmentChangeSet({
			contract: { id: 'c-1' },
			base: BASE,
			amendments,
			effective: { knownAt: '2026-11-20T09:00:00.000Z' },
		});
		expect(set.effective.from).toBe('2027-07-01T00:00:00.000Z');
	});

	it('is quoted at its place in the file', () => {
		const { changeSet } = consolidate({
			contract: { id: 'c-1' },
			base: BASE,
			amendments: [later],
			knownAt: '2026-11-20T09:00:00.000Z',
		});
		const span = changeSet.effective.quote?.span;
		expect(later.text.slice(span?.start, span?.end)).toMatch(/effective as of the first day of July 2027/);
	});

	it('ends where the amendment ends by itself', () => {
		const amendments = read(
			file(1, [
				'Section 1 is amended by replacing "10 seats" with "20 seats".',
				'This Amendment shall expire on 31 August 2027, and the Agreement shall then revert to its earlier terms.',
			]),
		);
		const at = (asOf: string): string => applyAmendments({ base: BASE, amendments, asOf }).text.text;
		expect(at('2027-08-31')).toContain('20 seats');
		expect(at('2027-09-01')).toBe(PLAIN);
	});
});
