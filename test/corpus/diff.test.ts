import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { compareVersions } from '../../core/contract';
import { sha256, type ContractChangeSet, type ContractDocument } from '../../core/model';
import { brokenInline, EFFECTIVE } from '../core/contract/builders';

const setting = process.env['CONTRACT_CORPUS'];
const corpus = path.resolve(setting ?? path.join(__dirname, '../../../shared/corpus'));
const pairs = path.join(corpus, 'pairs');
const names = existsSync(pairs)
	? readdirSync(pairs)
			.filter((name) => existsSync(path.join(pairs, name, 'source.txt')))
			.sort()
	: [];

function version(pair: string, name: 'before' | 'after'): ContractDocument {
	const markdown = path.join(pairs, pair, `${name}.md`);
	const isMarkdown = existsSync(markdown);
	const text = readFileSync(isMarkdown ? markdown : path.join(pairs, pair, `${name}.txt`), 'utf8');
	return { sha256: sha256(text), format: isMarkdown ? 'markdown' : 'text', text };
}

function compare(pair: string): ContractChangeSet {
	return compareVersions({
		contract: { id: pair },
		before: version(pair, 'before'),
		after: version(pair, 'after'),
		effective: EFFECTIVE,
	});
}

const rows = (result: ContractChangeSet): ContractChangeSet['changes'] =>
	result.changes.filter((change) => change.kind === 'row');

type Counts = Partial<Record<string, number>>;

/** Changes by what they are: clauses by operation, rows and definitions apart. */
function countsOf(result: ContractChangeSet): Record<string, number> {
	const count = (kind: string | undefined, op: string): number =>
		result.changes.filter((change) => change.op.some((each) => each === op) && (kind ?? change.kind) === change.kind)
			.length;
	const clauses = (op: string): number => count('clause', op) + count('definition', op) + count('party', op);
	return {
		added: clauses('added'),
		removed: clauses('removed'),
		modified: clauses('modified'),
		moved: clauses('moved'),
		renumbered: clauses('renumbered'),
		split: clauses('split'),
		merged: clauses('merged'),
		formatting: clauses('formatting'),
		rowsAdded: count('row', 'added'),
		rowsRemoved: count('row', 'removed'),
		rowsModified: count('row', 'modified'),
		rowsMoved: count('row', 'moved'),
		definitionsAdded: count('definition', 'added'),
		definitionsModified: count('definition', 'modified'),
	};
}

function misses(actual: Record<string, number>, expected: Counts): string[] {
	return Object.entries(expected).flatMap(([name, wanted]) =>
		actual[name] === wanted ? [] : [`${name}: ${actual[name]}, not ${wanted}`],
	);
}

if (setting === 'none') {
	it('was told that there is no corpus (CONTRACT_CORPUS=none)', () => expect(names).toEqual([]));
} else {
	describe('real contract versions', () => {
		it('are there', () => {
			if (names.length === 0) {
				throw new Error(
					`There is no corpus at ${corpus}. Set CONTRACT_CORPUS to the folder that holds "pairs", or to "none" to go without.`,
				);
			}
		});

		it.each(names)('%s: every difference joins to both texts', (pair) => {
			const result = compare(pair);
			expect(brokenInline(result)).toEqual([]);
			expect(new Set(result.changes.map((change) => change.id)).size).toBe(result.changes.length);
		});

		const known = new Set(names);
		const from = (...wanted: string[]): string[] => wanted.filter((name) => known.has(name));

		for (const pair of from('004', '011', '026', '030', '035', '037')) {
			it(`${pair}: formatting changes no clause`, () => {
				const meant = compare(pair).changes.filter(({ op }) => op.some((each) => each !== 'formatting'));
				expect(meant).toEqual([]);
			});
		}

		// What the index of the corpus says of a pair, in our counts. Numbers are those that a reader sees, so the items of
		// a renumbered list count as well as its source lines.
		const counts: Array<[string, string, Counts]> = [
			['001', 'sections inserted and renumbered; summary table', { rowsAdded: 15, rowsRemoved: 14, renumbered: 18 }],
			['002', 'a section taken out', { added: 0, renumbered: 0, rowsAdded: 0, removed: 8 }],
			['003', 'clauses merged, renumbered, table rewritten', { rowsAdded: 10, rowsRemoved: 11, renumbered: 15 }],
			[
				'005',
				'small wording changes',
				{ added: 0, removed: 0, moved: 0, renumbered: 0, rowsModified: 3, modified: 30 },
			],
			['007', 'a clause added', { added: 1, removed: 0, renumbered: 0 }],
			[
				'008',
				'definitions and table rows added',
				{ definitionsAdded: 3, rowsAdded: 4, rowsRemoved: 2, renumbered: 12 },
			],
			// Of the 23 lines of the table in the index two are its header and the rule below it.
			['009', 'restructured, the summary table dropped', { rowsRemoved: 21, rowsAdded: 0, removed: 65, added: 40 }],
			['010', 'sections moved and renumbered', { moved: 2, renumbered: 26 }],
			['012', 'definitions added, clauses removed', { definitionsAdded: 3, removed: 17, renumbered: 0, moved: 0 }],
			['014', 'a list added, a clause dropped', { added: 3, removed: 3, moved: 0 }],
			['015', 'sections inserted and renumbered', { renumbered: 37, added: 28 }],
			['016', 'definitions changed', { definitionsModified: 6, moved: 0, added: 9 }],
			['017', 'sections re-ordered and reworded', { moved: 7 }],
			['018', 'sections added', { added: 3, removed: 0, moved: 0, renumbered: 0 }],
			['019', 'one table split in two', { split: 1, rowsMoved: 0, rowsAdded: 5, rowsRemoved: 6, rowsModified: 4 }],
			[
				'020',
				'seven rows added',
				{ rowsAdded: 7, rowsRemoved: 0, rowsModified: 0, rowsMoved: 0, added: 0, modified: 0 },
			],
			['023', 'Markdown marks that become 1.', { renumbered: 0 }],
			// Two line breaks in a row part paragraphs, so most of it is layout; a term is written otherwise, and a link.
			[
				'024',
				'lines rejoined and headings set apart',
				{ modified: 2, definitionsModified: 1, formatting: 1, split: 0, added: 0, removed: 0, renumbered: 0, moved: 0 },
			],
			['025', 'nearly every clause', { renumbered: 87, modified: 43 }],
			['029', 'one number', { modified: 1, added: 0, removed: 0, renumbered: 0 }],
			['032', 'one word', { modified: 1, added: 0, removed: 0, renumbered: 0 }],
			['033', 'wording of paragraphs', { modified: 7, added: 0, removed: 0, renumbered: 0 }],
			['036', 'a missing label added', { renumbered: 1, modified: 0, added: 0, removed: 0 }],
			['040', 'paragraphs set otherwise', { added: 0, removed: 0, modified: 3, merged: 1, split: 0, moved: 0 }],
			['041', 'small edits, paragraphs split', { split: 16, modified: 28, added: 5, removed: 1, moved: 0 }],
			[
				'042',
				'a table added, small edits, paragraphs split',
				{ rowsAdded: 4, split: 11, modified: 14, added: 2, removed: 9 },
			],
			['043', 'eight lines removed', { removed: 8, added: 1, moved: 0, renumbered: 0 }],
			['045', 'a paragraph moved', { moved: 1, renumbered: 0 }],
			['046', 'numbers written out, a section removed', { renumbered: 12, added: 1, removed: 4, modified: 6 }],
			['047', 'two moved', { moved: 2, added: 10 }],
			['048', 'sections added and a date', { modified: 1, removed: 0, moved: 0, renumbered: 0, added: 13 }],
			['049', 'a date and one line', { modified: 2, added: 0, removed: 0, moved: 0, renumbered: 0 }],
			['050', 'clauses removed, numbers follow', { added: 0, removed: 11, renumbered: 52 }],
			['051', 'renumbered, two moved', { renumbered: 70, moved: 2, added: 0, removed: 0 }],
			['052', 'renumbered', { renumbered: 100, moved: 0, removed: 0 }],
			// The later version runs numbered clauses together into one paragraph: three of the 41 are told as merged.
			['053', 'sections put together, renumbered', { renumbered: 38, moved: 0, merged: 3 }],
			['054', 'renumbered', { renumbered: 28, moved: 0 }],
			['055', 'nearly all renumbered', { renumbered: 71, removed: 0, moved: 0 }],
			['056', 'clauses added, nineteen renumbered', { renumbered: 19, removed: 0, moved: 0 }],
			// Of the 127 lines of tables in the index 26 are rules and empty headers, and three name columns.
			['058', 'schedules with rows added', { rowsAdded: 98, rowsRemoved: 0, removed: 0, modified: 0, moved: 0 }],
			['059', 'an annex removed', { added: 0, removed: 78, renumbered: 0 }],
			['060', 'a clause and seventeen renumberings', { renumbered: 17, modified: 0, moved: 0 }],
			['061', 'renumbered', { renumbered: 21 }],
			['062', 'renumbered', { renumbered: 81, removed: 0, moved: 0 }],
			['063', 'thirty-four renumbered, in German', { renumbered: 34, moved: 0, removed: 0 }],
			['066', 'eighteen moved and one added', { moved: 18, added: 1, removed: 0, modified: 0, renumbered: 0 }],
			['067', 'three moved', { moved: 3, renumbered: 0, removed: 5, added: 1 }],
			['068', 'renumbered', { renumbered: 14 }],
			['069', 'sections added and changed', { modified: 31, added: 6, removed: 1, moved: 0 }],
			['071', 'wording, nothing moved', { moved: 0, renumbered: 0, modified: 49, split: 4 }],
			// One of two copies of a policy is gone with its parts. In the other, eleven sections stand before the eight that
			// they followed; the index counts paragraphs that stand only once in the file.
			['072', 'a copy of a policy removed', { added: 0, modified: 0, removed: 16, renumbered: 3, moved: 14 }],
			// The index counts the rules and both header lines of each table as rows, and the changed row twice.
			['073', 'tables added', { rowsAdded: 43, rowsRemoved: 1, rowsModified: 1, removed: 0, moved: 0, renumbered: 0 }],
			['D01', 'two clauses amended', { modified: 2, added: 0, removed: 0, moved: 0, renumbered: 0 }],
			['D02', 'one item amended', { modified: 1, added: 0, removed: 0 }],
			['D03', 'three items added', { added: 3, modified: 0, removed: 0 }],
		];
		for (const [pair, kind, expected] of counts.filter(([name]) => known.has(name))) {
			it(`${pair}: ${kind}`, () => expect(misses(countsOf(compare(pair)), expected)).toEqual([]));
		}

		for (const pair of from('019')) {
			it(`${pair}: rows of a split table are matched by key`, () => {
				const kept = rows(compare(pair)).filter((change) => change.row?.before && change.row.after);
				expect(kept.map((change) => change.row?.key)).toEqual(
					expect.arrayContaining(['Google Cloud Platform (GCP)', 'Microsoft', 'npm Inc']),
				);
			});
		}

		for (const pair of from('010')) {
			it(`${pair}: references that were forgotten in a renumbering are flagged, those that followed are not`, () => {
				const result = compare(pair);
				const refs = result.changes.flatMap((change) => (change.refs ? [change.refs] : []));
				expect(refs.flatMap(({ broken }) => broken)).toEqual(['Section R', 'Section T']);
				expect(refs.flatMap(({ retargeted }) => retargeted).length).toBeGreaterThanOrEqual(11);
				expect(result.warnings).toHaveLength(2);
			});
		}

		for (const pair of from('016')) {
			it(`${pair}: changed definitions name the clauses they reach`, () => {
				const reached = compare(pair).changes.filter((change) => change.termsReached !== undefined);
				const inPassing = ({ text }: (typeof reached)[number]): boolean =>
					/\([^()]{0,40}"[^"]+"\)/.test(`${text?.before ?? ''} ${text?.after ?? ''}`);
				const [defined, others] = [true, false].map((is) =>
					reached.filter(({ kind }) => (kind === 'definition') === is),
				);
				expect(defined?.length).toBeGreaterThanOrEqual(4);
				expect(others?.every(inPassing)).toBe(true);
			});
		}

		for (const pair of from('062')) {
			it(`${pair}: a term renamed throughout is one change`, () => {
				const renamed = compare(pair).changes.filter(({ field }) => field?.path[0] === 'term');
				expect(renamed.map(({ kind, field }) => [kind, field?.from, field?.to])).toEqual([
					['definition', 'APS Marketplace', 'Connections Marketplace'],
				]);
			});
		}

		for (const pair of from('D05')) {
			it(`${pair}: nine instructions are nine changes`, () => {
				expect(compare(pair).stats).toMatchObject({ added: 2, removed: 1, modified: 6, moved: 0, renumbered: 0 });
			});
		}
	});
}
