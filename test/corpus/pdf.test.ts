import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readPdf } from '../../core/contract/formats';
import { sha256, type ContractDocument } from '../../core/model';
import { recall, sharedWords } from '../core/contract/formats/change-recall';
import { usePdfJs } from '../core/contract/formats/pdfjs';
import { Printer } from './printer';
import { compareDocuments, corpus, pageOf, pairNames, requireCorpus, version, withoutCorpus } from './versions';
import { textPage } from '../core/contract/formats/markdown-page';

jest.setTimeout(300_000);

/** A dozen of the kinds in the corpus, and the derived pairs. */
const PAIRS = '001 008 015 020 025 039 050 055 058 060 062 066 D01 D02 D03 D04 D05'.split(' ');
const LEAST = 0.95;
/** Without the structure tree only the place of the letters tells cells and clauses apart. */
const LEAST_BY_GEOMETRY = 0.9;

if (withoutCorpus) {
	it('was told that there is no corpus (CONTRACT_CORPUS=none)', () => expect(pairNames()).toEqual([]));
} else {
	describe('contract versions printed to PDF by Chromium', () => {
		let printer: Printer | undefined;

		beforeAll(async () => {
			requireCorpus();
			await usePdfJs();
			printer = await Printer.open();
		});

		afterAll(async () => printer?.close());

		const opened = (): Printer => {
			if (!printer) throw new Error('Chromium did not start.');
			return printer;
		};

		const print = async (html: string, tagged: boolean): Promise<ContractDocument> => {
			const { text, format } = await readPdf(await opened().print(html, tagged));
			return { sha256: sha256(text), format, text };
		};

		const counts = { tagged: { wanted: 0, found: 0 }, geometry: { wanted: 0, found: 0 } };

		const compare = async (pair: string, way: 'tagged' | 'geometry'): Promise<{ wanted: number; found: number }> => {
			const [before, after] = [version(pair, 'before'), version(pair, 'after')];
			const [old, now] = [
				await print(pageOf(before, pair), way === 'tagged'),
				await print(pageOf(after, pair), way === 'tagged'),
			];
			const { found, missed } = recall(compareDocuments(before, after), compareDocuments(old, now));
			counts[way].wanted += found + missed.length;
			counts[way].found += found;
			return { wanted: found + missed.length, found };
		};

		it.each(pairNames(PAIRS))('%s: the PDFs tell the changes of the texts', async (pair) => {
			const { wanted, found } = await compare(pair, 'tagged');
			expect(found).toBeGreaterThanOrEqual(Math.floor(wanted * LEAST));
		});

		it('tell at least 95 % of all changes', () => {
			expect(counts.tagged.found / counts.tagged.wanted).toBeGreaterThanOrEqual(LEAST);
		});

		it.each(pairNames(PAIRS))('%s: so do PDFs without structure tree, by geometry', async (pair) => {
			const { wanted, found } = await compare(pair, 'geometry');
			expect(found).toBeGreaterThanOrEqual(Math.floor(wanted * 0.75));
		});

		it('tell at least 90 % of all changes by geometry', () => {
			expect(counts.geometry.found / counts.geometry.wanted).toBeGreaterThanOrEqual(LEAST_BY_GEOMETRY);
		});

		it.each(pairNames(['001', '055', 'D01', 'D05']))('%s: so do PDFs of the plain text file', async (pair) => {
			const [before, after] = [version(pair, 'before'), version(pair, 'after')];
			const typed = async ({ text }: ContractDocument): Promise<ContractDocument> => {
				const page = `<pre style="white-space: pre-wrap">${text.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</pre>`;
				const read = await readPdf(await opened().print(page, true));
				return { sha256: sha256(read.text), format: read.format, text: read.text };
			};
			const { found, missed } = recall(
				compareDocuments(before, after),
				compareDocuments(await typed(before), await typed(after)),
			);
			expect(found).toBeGreaterThanOrEqual(Math.floor((found + missed.length) * LEAST));
		});

		const files = ['amendments', 'amendments/base'].flatMap((folder) => {
			const full = path.join(corpus, folder);
			return existsSync(full)
				? readdirSync(full)
						.filter((name) => name.endsWith('.txt'))
						.sort()
						.map((name) => path.join(folder, name))
				: [];
		});

		it.each(files)('%s: the PDF has the words of the text', async (file) => {
			const text = readFileSync(path.join(corpus, file), 'utf8');
			const page = textPage(text, file);
			for (const tagged of [true, false])
				expect(sharedWords(text, (await print(page, tagged)).text)).toBeGreaterThan(0.99);
		});
	});
}
