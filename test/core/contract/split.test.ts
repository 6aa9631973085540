import { brokenInline, compare, outline } from './builders';

const first = 'The customer may use the service for its own business and for that of its affiliates.';
const second = 'The customer may not resell the service to anybody else without written consent.';
const third = 'The provider may look into the records of the customer once a year after notice.';

describe('clauses that were cut or put together', () => {
	it('are one change where some words changed as well', () => {
		const before = `## Use\n\n${first} ${second}`;
		const after = `## Use\n\n${first}\n\n${second.replace('written consent', 'consent in text form')}`;
		expect(compare(before, after).changes.map(({ op }) => op)).toEqual([['split', 'modified']]);
		expect(compare(after, before).changes.map(({ op }) => op)).toEqual([['merged', 'modified']]);
		expect(brokenInline(compare(before, after))).toEqual([]);
	});

	it('may be three', () => {
		const before = `## Use\n\n${first} ${second} ${third}`;
		const after = `## Use\n\n${first}\n\n${second}\n\n${third.replace('once', 'twice')}`;
		expect(compare(before, after).changes.map(({ op }) => op)).toEqual([['split', 'modified']]);
	});

	it('bear the numbers of both', () => {
		const before = `1. ${first} ${second}\n\n2. ${third}`;
		const after = `1. ${first}\n\n2. ${second}\n\n3. ${third}`;
		expect(outline(compare(before, after))).toEqual(['split clause 1', 'renumbered clause 3']);
	});

	it('are put together over a heading that went with them, and cut under one that came', () => {
		const apart = `## Use\n\n${first}\n\n## Resale\n\n${second}`;
		const together = `## Use\n\n${first} ${second}`;
		expect(outline(compare(apart, together)).sort()).toEqual(['merged clause Use', 'removed clause Resale']);
		expect(outline(compare(together, apart)).sort()).toEqual(['added clause Resale', 'split clause Use']);
		const edited = together.replace('written consent', 'consent in text form');
		expect(outline(compare(apart, edited)).sort()).toEqual(['merged+modified clause Use', 'removed clause Resale']);
	});

	it('are not confused with a sentence that is new', () => {
		const before = `## Use\n\n${first}`;
		expect(outline(compare(before, `${before}\n\n${third}`))).toEqual(['added clause Use']);
	});
});

describe('a heading set apart from its paragraph', () => {
	const inline = `4. Payment. ${first}\n\n5. Law. ${third}`;
	const apart = `## 4. Payment\n\n${first}\n\n## 5. Law\n\n${third}`;

	it('is formatting', () => {
		expect(compare(inline, apart).changes.map(({ op }) => op)).toEqual([['formatting'], ['formatting']]);
		expect(compare(apart, inline).changes.map(({ op }) => op)).toEqual([['formatting'], ['formatting']]);
	});

	it('hides no edit', () => {
		const edited = apart.replace('affiliates', 'subsidiaries');
		expect(compare(inline, edited).changes.map(({ op, clause }) => [op, clause?.numberAfter])).toEqual([
			[['modified'], '4'],
			[['formatting'], '5'],
		]);
	});
});

describe('clauses that changed places', () => {
	it('are moved and renumbered, not edited', () => {
		const before = `1. ${first}\n\n2. ${second}\n\n3. ${third}`;
		const after = `1. ${first}\n\n2. ${third}\n\n3. ${second}`;
		const { stats } = compare(before, after);
		expect(stats).toMatchObject({ added: 0, removed: 0, modified: 0, moved: 1, renumbered: 2 });
	});
});

describe('a clause with two equal candidates', () => {
	it('is left to a person', () => {
		const clause = (name: string): string => `The ${name} may look into the records of the customer once a year.`;
		const before = `# A\n\n${clause('auditor')}\n\n# B\n\nSomething else stands here for good.`;
		const after = `# A\n\nNothing of that kind.\n\n# B\n\nSomething else stands here for good.\n\n${clause('regulator')}\n\n${clause('controller')}`;
		const result = compare(before, after);
		const doubtful = result.changes.filter((change) => change.needsHuman);
		expect(doubtful).toHaveLength(1);
		expect(doubtful[0]?.needsHuman?.reason).toContain('equally');
		expect(doubtful[0]?.confidence).toBeLessThanOrEqual(0.5);
		expect(result.unresolved).toEqual([doubtful[0]?.id]);
	});
});
