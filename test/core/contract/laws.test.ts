import fc from 'fast-check';
import { readDocument } from '../../../core/contract';
import { applyChanges, clausesOf } from './apply-changes';
import { brokenInline, compare, document } from './builders';
import { contract, perform, render, script } from './contract-scripts';

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
	// Anything that a string can hold, halves of characters too.
	fc
		.array(fc.oneof(fc.constantFrom(0x20, 0x0a, 0x41, 0xd83d, 0xde00), fc.integer({ min: 1, max: 0xffff })), {
			maxLength: 200,
		})
		.map((codes) => String.fromCharCode(...codes)),
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

describe('laws of comparison over made-up contracts and edits', () => {
	// LAW_RUNS=5000 looks further than every run has time for.
	const runs = { numRuns: Number(process.env['LAW_RUNS'] ?? 200) };

	it('gives the later version when its changes are carried out on the earlier one', () => {
		fc.assert(
			fc.property(contract, script, (clauses, edits) => {
				const [before, after] = [render(clauses), render(perform(clauses, edits))];
				const result = compare(before, after);
				// A clause that went and one that came may look like one that was cut; that law is another one.
				fc.pre(result.stats.split + result.stats.merged === 0);
				expect(applyChanges(before, result)).toEqual(clausesOf(after));
			}),
			runs,
		);
	});

	it('renumbers and does nothing else where only the numbers differ', () => {
		fc.assert(
			fc.property(contract, fc.integer({ min: 2, max: 30 }), (clauses, first) => {
				const { changes, stats } = compare(render(clauses), render(clauses, first));
				expect(changes.every(({ op }) => op.join() === 'renumbered')).toBe(true);
				expect(stats.renumbered).toBe(clauses.length);
			}),
			runs,
		);
	});

	it('tells one inserted clause as one addition and the renumbering of those behind it', () => {
		fc.assert(
			fc.property(contract, fc.nat(), (clauses, at) => {
				const [extra, ...rest] = clauses;
				if (!extra) return;
				const place = at % (rest.length + 1);
				const { stats } = compare(render(rest), render(rest.toSpliced(place, 0, extra)));
				expect(stats).toMatchObject({ added: 1, removed: 0, modified: 0, moved: 0, renumbered: rest.length - place });
			}),
			runs,
		);
	});

	it('adds, removes and edits nothing where clauses only changed places', () => {
		fc.assert(
			fc.property(contract, fc.nat(), fc.nat(), (clauses, from, to) => {
				const after = perform(clauses, [{ what: 'move', at: from, to }]);
				expect(compare(render(clauses), render(after)).stats).toMatchObject({ added: 0, removed: 0, modified: 0 });
			}),
			runs,
		);
	});

	it('counts the same both ways, with additions for removals', () => {
		fc.assert(
			fc.property(contract, script, (clauses, edits) => {
				// A clause that went may resemble one that came; which of them are taken for one is decided from the front.
				const edited = perform(
					clauses,
					edits.filter(({ what }) => what !== 'remove'),
				);
				// Two clauses of one name are told apart by place, and places read differently from the other end.
				fc.pre(new Set(edited.map(({ heading }) => heading)).size === edited.length);
				const [before, after] = [render(clauses), render(edited)];
				const [there, back] = [compare(before, after).stats, compare(after, before).stats];
				const { added, removed, split, merged, clausesBefore, clausesAfter, ...rest } = there;
				expect(back).toEqual({
					...rest,
					added: removed,
					removed: added,
					split: merged,
					merged: split,
					clausesBefore: clausesAfter,
					clausesAfter: clausesBefore,
				});
			}),
			runs,
		);
	});

	it('finds nothing but formatting where only the layout differs', () => {
		fc.assert(
			fc.property(contract, (clauses) => {
				const text = render(clauses);
				const other = text
					.replaceAll('\n', '\r\n')
					.replaceAll(' applies', '\u00a0 applies')
					.replaceAll(/^## (.*)$/gm, '### **$1**');
				expect(compare(text, other).changes.filter(({ op }) => op.some((each) => each !== 'formatting'))).toEqual([]);
			}),
			runs,
		);
	});

	it('gives every clause a key of its own', () => {
		fc.assert(
			fc.property(contract, (clauses) => {
				const keys = readDocument(document(render(clauses))).nodes.map(({ key }) => key);
				return new Set(keys).size === keys.length;
			}),
		);
	});
});
