import { compare, outline } from '../builders';

const contract = (...sections: string[]): string => `# Supply Agreement\n\n${sections.join('\n\n')}\n`;
const scope = '## 1. Scope\n\nThe supplier delivers paper to the warehouse of the buyer each Monday morning.';
const support = '## 2. Support\n\nFaults are answered by telephone from Monday to Friday within four hours.';
const law = '## 3. Law\n\n3.1 The law of Norway governs this agreement.\n\n3.2 The courts of Oslo have jurisdiction.';

describe('a clause that was written anew', () => {
	it('under its heading and number is one modified clause', () => {
		const after = support.replace(/Faults.*/, 'Customers ask one another in a public forum; nobody promises anything.');
		const { changes } = compare(contract(scope, support, law), contract(scope, after, law));
		expect(changes.map(({ op, clause }) => [op, clause?.numberAfter, clause?.heading])).toEqual([
			[['modified'], '2', 'Support'],
		]);
	});

	it('is known by its number alone, between the same neighbours', () => {
		const after = law.replace('The law of Norway governs this agreement.', 'Disputes go to mediation first.');
		expect(outline(compare(contract(scope, support, law), contract(scope, support, after)))).toEqual([
			'modified clause 3.1',
		]);
	});

	it('is not what stands there under another heading', () => {
		const after = '## 2. Audit\n\nThe buyer may look into all books once a year.';
		expect(outline(compare(contract(scope, support, law), contract(scope, after, law))).sort()).toEqual(
			expect.arrayContaining([expect.stringMatching(/^added/), expect.stringMatching(/^removed/)]),
		);
	});

	it('is one change where it moved, got another number and was edited', () => {
		const [first, second] = [support.replace('## 2', '## 1').replace('four', 'three'), scope.replace('## 1', '## 2')];
		const told = outline(compare(contract(scope, support, law), contract(first, second, law)));
		expect(told.filter((line) => line.includes('modified'))).toHaveLength(1);
		expect(told.some((line) => /^modified\+(?:moved\+)?renumbered/.test(line))).toBe(true);
		expect(told).toHaveLength(2);
	});
});
