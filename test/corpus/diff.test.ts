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

type Limit = number | `>=${number}` | `<=${number}`;
type Counts = Partial<Record<string, Limit>>;

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
		rowsAdded: count('row', 'added'),
		rowsRemoved: count('row', 'removed'),
		rowsModified: count('row', 'modified'),
		rowsMoved: count('row', 'moved'),
		definitionsAdded: count('definition', 'added'),
		definitionsModified: count('definition', 'modified'),
	};
}

function misses(actual: Record<string, number>, expected: Counts): string[] {
	return Object.entries(expected).flatMap(([name, limit]) => {
		const value = actual[name] ?? NaN;
		const bound = Number(String(limit).replace(/^[<>]=/, ''));
		const met = String(limit).startsWith('>')
			? value >= bound
			: String(limit).startsWith('<')
				? value <= bound
				: value === bound;
		return met ? [] : [`${name}: ${value}, not ${String(limit)}`];
	});
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
			[
				'001',
				'sections inserted and renumbered; summary table',
				{ rowsAdded: 15, rowsRemoved: 14, renumbered: '>=12' },
			],
			['002', 'a section taken out', { added: 0, renumbered: 0, rowsAdded: 0, removed: '>=8' }],
			['003', 'clauses merged, renumbered, table rewritten', { rowsAdded: 10, rowsRemoved: 11, renumbered: '>=10' }],
			[
				'005',
				'small wording changes',
				{ added: 0, removed: 0, moved: 0, renumbered: 0, rowsModified: 3, modified: '>=25' },
			],
			['007', 'a clause added', { added: 1, removed: 0, renumbered: 0 }],
			[
				'008',
				'definitions and table rows added',
				{ definitionsAdded: 3, rowsAdded: 4, rowsRemoved: 2, renumbered: '>=5' },
			],
			['010', 'sections moved and renumbered', { moved: 2, renumbered: '>=10' }],
			['012', 'definitions added, clauses removed', { definitionsAdded: 3, removed: '>=15', renumbered: 0, moved: 0 }],
			['014', 'a list added, a clause dropped', { added: 3, removed: 3, moved: 0 }],
			['015', 'sections inserted and renumbered', { renumbered: '>=14', added: '>=20' }],
			['016', 'definitions changed', { definitionsModified: '>=3', moved: 0, added: '>=10' }],
			['017', 'sections re-ordered and reworded', { moved: '>=7' }],
			['018', 'sections added', { added: 3, removed: 0, moved: 0, renumbered: 0 }],
			['019', 'one table split in two', { split: 1, rowsMoved: 0, rowsAdded: 5, rowsRemoved: 6, rowsModified: 4 }],
			[
				'020',
				'seven rows added',
				{ rowsAdded: 7, rowsRemoved: 0, rowsModified: 0, rowsMoved: 0, added: 0, modified: 0 },
			],
			['023', 'Markdown marks that become 1.', { renumbered: 0 }],
			['024', 'lines rejoined and headings set apart', { added: 0, removed: 0, renumbered: 0, moved: 0 }],
			['025', 'nearly every clause', { renumbered: '>=21', modified: '>=40' }],
			['029', 'one number', { modified: 1, added: 0, removed: 0, renumbered: 0 }],
			['032', 'one word', { modified: 1, added: 0, removed: 0, renumbered: 0 }],
			['033', 'wording of paragraphs', { modified: 7, added: 0, removed: 0, renumbered: 0 }],
			['036', 'a missing label added', { renumbered: 1, modified: 0, added: 0, removed: 0 }],
			['040', 'paragraphs split', { added: 0, removed: 0, modified: '<=5' }],
			['043', 'eight lines removed', { removed: 8, added: 1, moved: 0, renumbered: 0 }],
			['045', 'a paragraph moved', { moved: 1, renumbered: 0 }],
			['047', 'two moved', { moved: 2, added: '>=8' }],
			['048', 'sections added and a date', { modified: 1, removed: 0, moved: 0, renumbered: 0, added: '>=10' }],
			['049', 'a date and one line', { modified: 2, added: 0, removed: 0, moved: 0, renumbered: 0 }],
			['050', 'clauses removed, numbers follow', { added: 0, removed: 11, renumbered: '>=30' }],
			['051', 'renumbered, two moved', { renumbered: '>=46', moved: 2, added: 0, removed: 0 }],
			['052', 'renumbered', { renumbered: '>=65', moved: 0, removed: 0 }],
			// The later version runs several numbered clauses together into one paragraph; those are told as merged.
			['053', 'sections put together, renumbered', { renumbered: '>=38', moved: 0, merged: 3 }],
			['054', 'renumbered', { renumbered: '>=26', moved: 0 }],
			['055', 'nearly all renumbered', { renumbered: '>=37', removed: 0, moved: 0 }],
			['056', 'clauses added, nineteen renumbered', { renumbered: 19, removed: 0, moved: 0 }],
			// The index counts the rules and empty headers of the source as rows.
			['058', 'schedules with rows added', { rowsAdded: 88, rowsRemoved: 0, removed: 0, modified: 0, moved: 0 }],
			['059', 'an annex removed', { added: 0, removed: '>=70', renumbered: 0 }],
			['060', 'a clause and seventeen renumberings', { renumbered: 17, modified: 0, moved: 0 }],
			['061', 'renumbered', { renumbered: '>=19' }],
			['062', 'renumbered', { renumbered: '>=18', removed: 0, moved: 0 }],
			['063', 'thirty-four renumbered, in German', { renumbered: 34, moved: 0, removed: 0 }],
			['066', 'eighteen moved and one added', { moved: 18, added: 1, removed: 0, modified: 0, renumbered: 0 }],
			['067', 'three moved', { moved: 3, renumbered: 0 }],
			['068', 'renumbered', { renumbered: '>=13' }],
			['071', 'wording, nothing moved', { moved: 0, renumbered: 0 }],
			['072', 'annexes removed', { added: 0, modified: 0, removed: '>=80', renumbered: 3 }],
			['073', 'tables added', { rowsAdded: '>=40', rowsRemoved: 1, removed: 0, moved: 0, renumbered: 0 }],
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
				expect(reached.length).toBeGreaterThanOrEqual(4);
				expect(reached.every(({ kind }) => kind === 'definition')).toBe(true);
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
