import { isDomainError } from '../../../../core/model';
import { importDocument, readPdf } from '../../../../core/contract/formats';
import { assemble, pdfFile, setText, stream, type Put } from './pdf-file';
import { usePdfJs } from './pdfjs';

beforeAll(usePdfJs);

const CATALOG = '<< /Type /Catalog /Pages 2 0 R >>';
const FONT = '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>';
const page = (contents = 4, more = ''): string =>
	`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >> /Contents ${contents} 0 R ${more} >>`;
const onePage = (content: string, more = ''): Uint8Array =>
	assemble([CATALOG, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', page(4, more), stream(content), FONT]);

/** The reading's text, or the code of the refusal; anything else fails the test. */
async function outcome(file: Uint8Array): Promise<string> {
	try {
		const { text, needsHuman } = await readPdf(file);
		return needsHuman ? 'needsHuman' : text;
	} catch (error) {
		if (!isDomainError(error)) throw error;
		expect(error.remedy).not.toBe('');
		return error.code;
	}
}

describe('hostile PDF files are answered', () => {
	it('a page count that no file could hold', async () => {
		const file = assemble([CATALOG, '<< /Type /Pages /Kids [3 0 R] /Count 900000000 >>', page(), stream(''), FONT]);
		expect(['INPUT_TOO_LARGE', 'DOCUMENT_UNREADABLE', 'needsHuman']).toContain(await outcome(file));
	});

	it('a page tree that holds itself', async () => {
		const file = assemble([CATALOG, '<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 4 >>', page(), stream(''), FONT]);
		expect(await outcome(file)).toBe('DOCUMENT_UNREADABLE');
	});

	it('arrays and dictionaries nested without end', async () => {
		for (const [open, close] of [
			['[', ']'],
			['<< /A ', ' >>'],
		]) {
			const deep = `${open?.repeat(20_000) ?? ''}1${close?.repeat(20_000) ?? ''}`;
			const file = assemble([
				CATALOG,
				`<< /Type /Pages /Kids [3 0 R] /Count 1 /Deep ${deep} >>`,
				page(),
				stream(''),
				FONT,
			]);
			expect(['DOCUMENT_UNREADABLE', 'needsHuman']).toContain(await outcome(file));
		}
	});

	it('one run of a million letters', async () => {
		// What stands beyond the paper is not read.
		const text = await outcome(onePage(`BT /F1 10 Tf 72 700 Td (${'seats '.repeat(170_000)}) Tj ET`));
		expect(text).toMatch(/^seats(?: seats)+/);
	});

	it('letters by the ten thousand in one place', async () => {
		const run = 'BT /F1 10 Tf 72 700 Td (a) Tj ET\n';
		expect((await outcome(onePage(run.repeat(20_000)))).length).toBeGreaterThan(0);
	});

	it('borders and dots by the ten thousand', async () => {
		const rules = Array.from(
			{ length: 20_000 },
			(_, at) => `${at % 600} ${at % 780} 0.4 700 re f ${at % 600} ${at % 780} 3 3 re f`,
		).join('\n');
		const text = await outcome(onePage(`BT /F1 10 Tf 72 700 Td (Seats are five.) Tj ET\n${rules}`));
		expect(text).toContain('Seats are five.');
	});

	it('a structure tree that holds itself', async () => {
		const file = assemble([
			'<< /Type /Catalog /Pages 2 0 R /MarkInfo << /Marked true >> /StructTreeRoot 6 0 R >>',
			'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
			page(4, '/StructParents 0'),
			stream('/P << /MCID 0 >> BDC BT /F1 10 Tf 72 700 Td (Seats are five.) Tj ET EMC'),
			FONT,
			'<< /Type /StructTreeRoot /K 7 0 R /ParentTree << /Nums [0 [7 0 R]] >> >>',
			'<< /Type /StructElem /S /P /P 7 0 R /Pg 3 0 R /K [0 7 0 R] >>',
		]);
		expect(await outcome(file)).toContain('Seats are five.');
	});

	it('cross-references that lead nowhere', async () => {
		const good = Buffer.from(onePage('BT /F1 10 Tf 72 700 Td (Seats are five.) Tj ET')).toString('latin1');
		for (const broken of [
			good.replace(/startxref\n\d+/, 'startxref\n999999999'),
			good.replace(/\d{10} 00000 n/g, '9999999999 00000 n'),
		])
			expect(await outcome(Uint8Array.from(Buffer.from(broken, 'latin1')))).toContain('Seats are five.');
	});

	it('a file without an end', async () => {
		const good = Buffer.from(onePage('BT /F1 10 Tf 72 700 Td (Seats are five.) Tj ET')).toString('latin1');
		const file = Uint8Array.from(Buffer.from(good.slice(0, good.indexOf('xref\n')), 'latin1'));
		expect(await outcome(file)).toBe('DOCUMENT_UNREADABLE');
	});

	it('a stream that says it is longer than the file', async () => {
		const file = Buffer.from(onePage('BT /F1 10 Tf 72 700 Td (Seats are five.) Tj ET')).toString('latin1');
		const longer = file.replace(/\/Length \d+/, '/Length 99999999');
		expect(await outcome(Uint8Array.from(Buffer.from(longer, 'latin1')))).toContain('Seats are five.');
	});

	it('text in a place that is no number', async () => {
		const text = await outcome(
			onePage('BT /F1 1e99 Tf 1e308 1e308 Td (x) Tj ET BT /F1 10 Tf 72 700 Td (Seats are five.) Tj ET'),
		);
		expect(text).toContain('Seats are five.');
	});
});

describe('a scan', () => {
	const picture = 'q 500 0 0 700 50 50 cm BI /W 8 /H 8 /CS /G /BPC 8 /F /AHx ID ' + '7f'.repeat(64) + '> EI Q';

	it('ends as needsHuman, by whatever name it comes', async () => {
		for (const fileName of ['contract.pdf', 'contract.txt', undefined]) {
			const read = await importDocument({ data: onePage(picture), ...(fileName !== undefined ? { fileName } : {}) });
			expect(read.needsHuman?.reason).toMatch(/no text layer/);
			expect(read.document.text).toBe('');
		}
	});

	it('stays a scan with a page number printed on each page', async () => {
		const pages: Put[][] = Array.from({ length: 3 }, (_, at) => [{ text: `- ${at + 1} -`, x: 300, y: 770 }]);
		expect(await outcome(pdfFile(pages, '', [picture, picture, picture]))).toBe('needsHuman');
	});

	it('is told page by page where only some pages are pictures', async () => {
		const text = 'The Customer pays the fees that the order form names within thirty days.';
		const read = await readPdf(pdfFile([setText(text, { x: 72, y: 100 }), []], '', ['', picture]));
		expect(read.text).toContain('within thirty days');
		expect(read.warnings).toEqual([expect.stringContaining('1 of 2 pages have no text (2)')]);
	});
});
