import { importDocument } from '../../core/contract/formats';
import type { ContractDocument } from '../../core/model';
import { recall } from '../core/contract/formats/change-recall';
import { compareDocuments, pageOf, pairNames, requireCorpus, version, withoutCorpus } from './versions';

/** Pairs whose Markdown a publishing system shows otherwise than a reader of its source sees it. */
const SHOWN_OTHERWISE = new Map([
	['024', 'continuation paragraphs stand outside of their list items in one version'],
	['042', 'a table cell goes on behind a hard line break'],
	['073', 'headings stand in one line with a picture'],
]);
const LEAST = 0.95;

const read = async (document: ContractDocument): Promise<ContractDocument> =>
	(await importDocument({ data: Buffer.from(pageOf(document, 'Contract')) })).document;

if (withoutCorpus) {
	it('was told that there is no corpus (CONTRACT_CORPUS=none)', () => expect(pairNames()).toEqual([]));
} else {
	describe('contract versions published as web pages', () => {
		let [wanted, found] = [0, 0];

		it('are there', requireCorpus);

		it.each(pairNames())('%s: tell the changes of their text', async (pair) => {
			const [before, after] = [version(pair, 'before'), version(pair, 'after')];
			const text = compareDocuments(before, after);
			const told = recall(text, compareDocuments(await read(before), await read(after)));
			const all = told.found + told.missed.length;
			wanted += all;
			found += told.found;
			if (!SHOWN_OTHERWISE.has(pair)) expect(told.found).toBeGreaterThanOrEqual(Math.floor(all * LEAST));
		});

		it('tell nearly all changes over all pairs', () => {
			expect(found / wanted).toBeGreaterThan(0.97);
		});
	});
}
