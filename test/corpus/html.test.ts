import { importDocument } from '../../core/contract/formats';
import type { ContractDocument } from '../../core/model';
import { recall } from '../core/contract/formats/change-recall';
import { compareDocuments, pageOf, pairNames, requireCorpus, version, withoutCorpus } from './versions';

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
			expect(told.found).toBeGreaterThanOrEqual(Math.floor(all * LEAST));
		});

		it('tell nearly all changes over all pairs', () => {
			expect(found / wanted).toBeGreaterThan(0.99);
		});
	});
}
