import { amendmentChangeSet, readAmendments } from '../../core/contract/amendment';
import { readPdf } from '../../core/contract/formats';
import { sha256, type ContractDocument } from '../../core/model';
import { EFFECTIVE } from '../core/contract/builders';
import { recall } from '../core/contract/formats/change-recall';
import { usePdfJs } from '../core/contract/formats/pdfjs';
import { instructionLines } from './amendment-instructions';
import { amendment } from './printed/amendment';
import { asMarkdown, type Contract } from './printed/document';
import * as english from './printed/english';
import * as french from './printed/french';
import * as german from './printed/german';
import { STYLES, styledPage, type Style } from './printed/styles';
import { Printer } from './printer';
import { compareDocuments } from './versions';

jest.setTimeout(300_000);

const CONTRACTS = { english, french, german };

function typed(contract: Contract): ContractDocument {
	const text = asMarkdown(contract);
	return { sha256: sha256(text), format: 'markdown', text };
}

describe('contracts of our own wording, printed in styles of their own', () => {
	let printer: Printer | undefined;

	beforeAll(async () => {
		await usePdfJs();
		printer = await Printer.open();
	});

	afterAll(async () => printer?.close());

	const print = async (contract: Contract, style: Style, tagged: boolean): Promise<ContractDocument> => {
		if (!printer) throw new Error('Chromium did not start.');
		const { text, format } = await readPdf(
			await printer.print(styledPage(contract, style), tagged, style.options ?? { format: 'Letter' }),
		);
		return { sha256: sha256(text), format, text };
	};

	describe.each(STYLES)('$name', (style) => {
		describe.each([
			{ way: 'tagged', tagged: true },
			{ way: 'geometry', tagged: false },
		])('$way', ({ tagged }) => {
			it.each(Object.entries(CONTRACTS))('%s: the PDFs tell every change', async (_, { before, after }) => {
				const told = compareDocuments(await print(before, style, tagged), await print(after, style, tagged));
				expect(recall(compareDocuments(typed(before), typed(after)), told).missed).toEqual([]);
			});

			it('the amendment is read, and carried out on the PDF of its base', async () => {
				const carriedOut = (base: ContractDocument, orders: ContractDocument): ReturnType<typeof amendmentChangeSet> =>
					amendmentChangeSet({
						contract: { id: 'agreement' },
						base,
						amendments: readAmendments(orders),
						effective: EFFECTIVE,
					});
				const orders = await print(amendment, style, tagged);
				expect(instructionLines(readAmendments(orders))).toEqual(instructionLines(readAmendments(typed(amendment))));
				const wanted = carriedOut(typed(english.before), typed(amendment));
				expect(wanted.changes).toHaveLength(6);
				const told = carriedOut(await print(english.before, style, tagged), orders);
				expect(recall(wanted, told).missed).toEqual([]);
			});
		});
	});
});
