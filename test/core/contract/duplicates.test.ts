import { compareVersions } from '../../../core/contract';
import { compare, document, EFFECTIVE, outline } from './builders';

const part = (title: string): string =>
	`# ${title}\n\n## Privacy\n\nThe provider keeps personal data apart from all other data.\n\n## Passwords\n\nNobody may keep the passwords of other people.`;

describe('a text that stands twice', () => {
	it('loses its first copy as one part, and nothing moves', () => {
		const { stats } = compare(`${part('Policy')}\n\n${part('Policy of 2024')}`, part('Policy of 2024'));
		expect(stats).toMatchObject({ added: 0, moved: 0, modified: 0 });
		expect(stats.removed).toBeGreaterThan(0);
	});

	it('gets a second copy in front, and nothing moves', () => {
		const { stats } = compare(part('Policy of 2024'), `${part('Policy')}\n\n${part('Policy of 2024')}`);
		expect(stats).toMatchObject({ removed: 0, moved: 0, modified: 0 });
	});

	it('stays where it is while its neighbour goes', () => {
		const reserved = '# A\n\nThis section is reserved for later use.\n\n# B\n\nThis section is reserved for later use.';
		const without = '# A\n\n# B\n\nThis section is reserved for later use.';
		expect(outline(compare(reserved, without))).toEqual(['removed clause A']);
	});
});

describe('limits of telling', () => {
	const sentences = [
		'Fees are due in May.',
		'Taxes come on top of them.',
		'Late fees bear interest.',
		'Refunds are excluded.',
	];
	const told = (limits: { maxSplitPieces?: number; maxRenames?: number }): Record<string, number> =>
		compareVersions({
			contract: { id: 'c-1' },
			before: document(sentences.join(' ')),
			after: document(sentences.join('\n\n')),
			effective: EFFECTIVE,
			limits,
		}).stats;

	it('are settable: of more pieces than are told as a split, each is told by itself', () => {
		expect(told({})).toMatchObject({ split: 1, added: 0 });
		expect(told({ maxSplitPieces: 2 }).added).toBeGreaterThan(0);
	});
});

describe('a clause that two others resemble equally, and neither closely,', () => {
	it('is neither of them where it stands elsewhere: one is new, the others are gone', () => {
		const fixed = ['Alpha', 'Beta', 'Gamma'].map(
			(name) => `## ${name}\n\nThe matter of ${name} stays as it always was.`,
		);
		const gone = (what: string): string => `Your use of ${what} is governed by the terms and the privacy statement.`;
		const before = [gone('spectrum'), fixed[0], gone('lantern'), fixed[1], fixed[2]].join('\n\n');
		const after = [...fixed, 'Use of personal data is governed by the privacy statement.'].join('\n\n');
		const { stats, unresolved } = compare(before, after);
		expect(stats).toMatchObject({ added: 1, removed: 2, moved: 0, modified: 0 });
		expect(unresolved).toEqual([]);
	});
});
