import { compare, outline } from './builders';

const text = (seats: string, extra = ''): string =>
	[
		'## 1. Definitions',
		`"Seats" means ${seats}.`,
		'"Seats Report" means the monthly list of persons.',
		...(extra === '' ? [] : [extra]),
		'## 2. Use',
		'The customer may use the service with its Seats only.',
		'## 3. Reports',
		'The provider sends the Seats Report every month.',
		'## 4. Fees',
		'One fee is due for each of the Seats.',
	].join('\n\n');

describe('a changed definition', () => {
	it('names the clauses that it reaches though their words stayed', () => {
		const result = compare(text('25 named users'), text('40 named users'));
		expect(outline(result)).toEqual(['modified definition Seats']);
		expect(result.changes[0]?.termsReached).toEqual(['2 "Use"', '4 "Fees"']);
	});

	it('names none where it says the same', () => {
		expect(compare(text('25 named users'), text('25  named users')).changes).toEqual([]);
	});

	it('may be new or gone', () => {
		const [before, after] = [text('25 users'), text('25 users', '"Service" means nothing that is used here.')];
		expect(outline(compare(before, after))).toEqual(['added definition Service']);
		expect(outline(compare(after, before))).toEqual(['removed definition Service']);
		expect(compare(before, before.replace('"Seats" means 25 users.\n\n', '')).changes[0]).toMatchObject({
			kind: 'definition',
			op: ['removed'],
			termsReached: ['2 "Use"', '4 "Fees"'],
		});
	});

	it('does not count a clause that says the term as part of another word', () => {
		const other = `${text('25 users')}\n\n## 5. Cars\n\nSeatsaver is a product of somebody else.`;
		const [change] = compare(other, other.replace('25 users', '40 users')).changes;
		expect(change?.termsReached).toEqual(['2 "Use"', '4 "Fees"']);
	});
});
