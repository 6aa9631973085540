import fc from 'fast-check';
import { brokenInline, compare } from './builders';

const word = fc.constantFrom(
	...'the party shall pay fees notice term seats data law user access 25 [***] "Fee" and, or. (a) 4.2 end; — x'.split(
		' ',
	),
);
const sentence = fc.array(word, { minLength: 1, maxLength: 14 }).map((words) => words.join(' '));
const mark = fc.constantFrom(
	'',
	'# ',
	'## ',
	'1. ',
	'- ',
	'    1. ',
	'(a) ',
	'4.2 ',
	'> ',
	'**Term.** ',
	'| a | b |\n| --- | --- |\n| ',
);
const block = fc.tuple(mark, sentence).map(([prefix, text]) => prefix + text);
const text = fc.array(block, { maxLength: 12 }).map((blocks) => blocks.join('\n\n'));
const wild = fc.oneof(
	text,
	fc.string({ maxLength: 200 }).map((value) => value.replaceAll('\0', '')),
);
const format = fc.constantFrom('markdown' as const, 'text' as const);

describe('laws of comparison', () => {
	it('finds nothing between equal texts', () => {
		fc.assert(
			fc.property(wild, format, (version, kind) => compare(version, version, { format: kind }).changes.length === 0),
		);
	});

	it('lets inline parts join to both texts, whatever the texts', () => {
		fc.assert(
			fc.property(wild, wild, format, (before, after, kind) => {
				expect(brokenInline(compare(before, after, { format: kind }))).toEqual([]);
			}),
			{ numRuns: 300 },
		);
	});

	it('gives the same bytes for the same input', () => {
		fc.assert(
			fc.property(
				wild,
				wild,
				(before, after) => JSON.stringify(compare(before, after)) === JSON.stringify(compare(before, after)),
			),
		);
	});

	it('gives every change an id of its own', () => {
		fc.assert(
			fc.property(wild, wild, (before, after) => {
				const ids = compare(before, after).changes.map((change) => change.id);
				return new Set(ids).size === ids.length;
			}),
		);
	});

	it('adds and removes nothing where clauses only changed places', () => {
		const order = fc.shuffledSubarray(
			Array.from({ length: 9 }, (_, index) => index),
			{ minLength: 9 },
		);
		const clause = (index: number): string =>
			`## Heading ${'abcdefghi'.charAt(index)}\n\nThe clause of matter ${index} says that thing ${index * 7} holds for person ${index * 3}.`;
		fc.assert(
			fc.property(order, (places) => {
				const sorted = [...places].sort((a, b) => a - b);
				const { stats } = compare(sorted.map(clause).join('\n\n'), places.map(clause).join('\n\n'));
				expect(stats).toMatchObject({ added: 0, removed: 0, modified: 0 });
				expect(stats.moved > 0).toBe(places.some((place, index) => place !== index));
			}),
		);
	});
});
