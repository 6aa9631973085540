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

		for (const pair of from('004', '011', '026', '030', '035')) {
			it(`${pair}: formatting changes no clause`, () => {
				expect(compare(pair).stats).toMatchObject({ added: 0, removed: 0, modified: 0, moved: 0, renumbered: 0 });
			});
		}

		for (const pair of from('023')) {
			it(`${pair}: Markdown marks that become 1. renumber nothing`, () =>
				expect(compare(pair).stats.renumbered).toBe(0));
		}

		for (const pair of from('020')) {
			it(`${pair}: seven rows are added`, () => {
				expect(compare(pair).changes.map((change) => [change.kind, change.op])).toEqual(
					Array.from({ length: 7 }, () => ['row', ['added']]),
				);
			});
		}

		for (const pair of from('019')) {
			it(`${pair}: rows of a split table are matched by key`, () => {
				const kept = rows(compare(pair)).filter((change) => change.row?.before && change.row.after);
				expect(kept.map((change) => change.row?.key)).toEqual(
					expect.arrayContaining(['Anthropic PBC', 'GitHub BV', 'Google Cloud Platform (GCP)', 'Zendesk']),
				);
			});
		}

		for (const pair of from('066')) {
			it(`${pair}: eighteen entries moved and one came`, () => {
				expect(compare(pair).stats).toMatchObject({ added: 1, removed: 0, modified: 0, moved: 18 });
			});
		}

		for (const pair of from('D05')) {
			it(`${pair}: nine instructions are nine changes`, () => {
				expect(compare(pair).stats).toMatchObject({ added: 2, removed: 1, modified: 6, moved: 0, renumbered: 0 });
			});
		}
	});
}
