import type { ContractChangeSet, TermExtractor } from '../../../../core/model';
import { compare } from '../builders';

const BEFORE = `# Licence Agreement

## 1. Scope

1.1 The Licensee may use the Software in Norway.

## 2. Payment

2.1 Invoices are due within thirty (30) days.

2.2 Fees rise by no more than 4% a year.

## 3. Support

3.1 Faults are answered within two (2) days.

## Schedule A – Seats

| Team | Seats |
| --- | --- |
| Design | 12 |

## Schedule B – Sites

| Team | Site |
| --- | --- |
| Design | Oslo |
`;

/** A clause of its own stands before payment now, and a schedule before the seats. */
const AFTER = BEFORE.replace(
	'## 2. Payment',
	'## 2. Term\n\n2.1 This Agreement lasts five (5) years from signature.\n\n2.2 Use grows by no more than 50% a year.\n\n## 3. Payment',
)
	.replace('2.1 Invoices', '3.1 Invoices')
	.replace('2.2 Fees', '3.2 Fees')
	.replace('## 3. Support', '## 4. Support')
	.replace('3.1 Faults', '4.1 Faults')
	.replace('## Schedule B', '## Schedule C')
	.replace('## Schedule A', '## Schedule B')
	.replace(
		'## Schedule B – Seats',
		'## Schedule A – Sums\n\n| Team | Sum |\n| --- | --- |\n| Sales | 9 |\n\n## Schedule B – Seats',
	);

function terms(before: string, after: string, extractors: Record<string, TermExtractor>): ContractChangeSet {
	return compare(before, after, { extractors });
}

const days: TermExtractor = { type: 'duration', clause: '2.1' };

describe('a term that is found by the number of its clause', () => {
	it.each<[string, TermExtractor, unknown]>([
		['a duration', days, 'P30D'],
		['a share', { type: 'percent', clause: '2.2' }, 4],
		['text', { type: 'text', clause: '1.1' }, 'The Licensee may use the Software in Norway.'],
	])('%s is read where the clause is after a renumbering', (_, extractor, value) => {
		const [term] = terms(BEFORE, AFTER, { it: extractor }).terms;
		expect(term).toMatchObject({ changed: false, effect: 'neutral', after: { value: { value } } });
	});

	it('is followed by schedule as well', () => {
		const seats: TermExtractor = { type: 'table', schedule: 'Schedule A', key: 'Team' };
		const { terms: found, warnings } = terms(BEFORE, AFTER.replace('| Design | 12 |', '| Design | 15 |'), { seats });
		expect(found[0]).toMatchObject({ changed: true, after: { value: { rows: [{ Team: 'Design', Seats: '15' }] } } });
		expect(warnings.join()).toContain('the term "seats" from "Schedule A"');
	});

	it('still tells that its value changed', () => {
		const { terms: found } = terms(BEFORE, AFTER.replace('thirty (30)', 'forty (40)'), { days });
		expect(found[0]).toMatchObject({ changed: true, effect: 'widening', after: { value: { value: 'P40D' } } });
	});

	it('says that the policy names another clause by now', () => {
		expect(terms(BEFORE, AFTER, { days }).warnings).toEqual([
			expect.stringMatching(/the term "days" from "2\.1"\. That clause is now 3\.1/),
		]);
		expect(terms(BEFORE, AFTER, { days: { type: 'duration', clause: 'Support' } }).warnings).toEqual([]);
		expect(terms(BEFORE, BEFORE.replace('thirty (30)', 'forty (40)'), { days }).warnings).toEqual([]);
	});

	it('has no value where the clause went and its number belongs to another', () => {
		const after = BEFORE.replace('2.1 Invoices are due within thirty (30) days.\n\n', '').replace(
			'2.2 Fees',
			'2.1 Fees',
		);
		const [term] = terms(BEFORE, after, { days: { type: 'percent', clause: '2.1' } }).terms;
		expect(term?.after?.problem).toMatch(/"2\.1" of the earlier version is gone; the number now belongs to/);
	});

	it('is read from a clause that was written anew under its number', () => {
		const after = BEFORE.replace('Invoices are due within thirty (30) days.', 'Sixty (60) days suffice for each bill.');
		const [term] = terms(BEFORE, after, { days }).terms;
		expect(term).toMatchObject({ changed: true, after: { value: { value: 'P60D' } } });
	});
});
