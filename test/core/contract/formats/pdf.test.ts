import { deflateSync } from 'node:zlib';
import { readDocument, type ClauseNode } from '../../../../core/contract';
import { readPdf } from '../../../../core/contract/formats';
import { document } from '../builders';
import { assemble, EM, pdfFile, setText, stream, type Put } from './pdf-file';
import { usePdfJs } from './pdfjs';

beforeAll(usePdfJs);

const text = async (...pages: Put[][]): Promise<string> => (await readPdf(pdfFile(pages))).text;
const nodes = async (...pages: Put[][]): Promise<ClauseNode[]> => {
	const read = await readPdf(pdfFile(pages));
	return readDocument(document(read.text, read.format)).nodes;
};
const line = (words: string, x: number, y: number, more: Partial<Put> = {}): Put => ({ text: words, x, y, ...more });
const LONG =
	'The Customer pays the fees that the order form names within thirty days of the date of the invoice, and holds nothing back without a reason that it has stated in writing before that date.';

describe('lines and paragraphs', () => {
	it('joins the lines of a paragraph, and parts paragraphs by what stands between them', async () => {
		expect(await text([...setText(LONG, { x: 72, y: 100 }), ...setText('Taxes come on top.', { x: 72, y: 160 })])).toBe(
			`${LONG}\n\nTaxes come on top.\n`,
		);
	});

	it('parts paragraphs without distance where a line had room left', async () => {
		const first = setText(LONG, { x: 72, y: 100 });
		expect(await text([...first, ...setText(`Then ${LONG}`, { x: 72, y: 100 + first.length * 12 })])).toBe(
			`${LONG}\n\nThen ${LONG}\n`,
		);
	});

	it('reads lines in the order of the page, whatever the order of the file', async () => {
		const lines = setText(LONG, { x: 72, y: 100 });
		expect(await text(lines.toReversed())).toBe(`${LONG}\n`);
	});

	it('joins a word cut at a line end where the whole word stands elsewhere or its rest goes on in lower case', async () => {
		const cut = [
			line('The Agreement is an agreement. The Customer and its affiliates signed the agree-', 72, 100),
			line('ment with care.', 72, 112),
		];
		expect(await text(cut)).toContain('signed the agreement with care.');
		expect(
			await text([
				line('It is of a well-known kind, and everybody agrees that it is well-', 72, 100),
				line('known in the trade.', 72, 112),
			]),
		).toContain('it is well-known in the trade');
	});

	it('goes on with a paragraph on the next page', async () => {
		const [first, second] = [setText(LONG, { x: 72, y: 700 }).slice(0, 2), setText(LONG, { x: 72, y: 76 }).slice(2)];
		expect(await text(first, second)).toBe(`${LONG}\n`);
	});
});

describe('page furniture', () => {
	const pages = (count: number, decorate: (page: number) => Put[]): Put[][] =>
		Array.from({ length: count }, (_, at) => [
			...setText(`Clause on page ${'abcdef'.charAt(at)}. ${LONG}`, { x: 72, y: 120 }),
			...decorate(at + 1),
		]);

	it('drops heads, feet and page numbers', async () => {
		const read = await text(
			...pages(4, (page) => [
				line('Master Agreement ACME', 72, 40),
				line(`Page ${page} of 4`, 280, 760),
				line('Confidential', 72, 760),
			]),
		);
		expect(read).not.toMatch(/ACME|Page|Confidential/);
		expect(read.match(/Clause on page/g)).toHaveLength(4);
	});

	it('drops what a browser prints around a single page', async () => {
		const read = await text([
			line('11/20/26, 9:59 AM', 24, 22, { size: 8 }),
			...setText(LONG, { x: 72, y: 80 }),
			line('file:///tmp/contract.html', 24, 775, { size: 8 }),
			line('1/1', 575, 775, { size: 8 }),
		]);
		expect(read).toBe(`${LONG}\n`);
	});

	it('keeps a line that only one page has', async () => {
		expect(await text(...pages(3, (page) => (page === 2 ? [line('Signed in Berlin', 72, 760)] : [])))).toContain(
			'Signed in Berlin',
		);
	});
});

describe('structure', () => {
	it('tells headings by their size', async () => {
		expect(
			await nodes([
				line('Service Agreement', 72, 90, { size: 18 }),
				line('Fees', 72, 130, { size: 13 }),
				...setText(LONG, { x: 72, y: 160 }),
			]),
		).toMatchObject([
			{ kind: 'heading', heading: 'Service Agreement' },
			{ kind: 'heading', heading: 'Fees', path: ['Service Agreement'] },
			{ text: LONG },
		]);
	});

	it('tells headings by bold type', async () => {
		expect(await nodes([line('Payment', 72, 130, { bold: true }), ...setText(LONG, { x: 72, y: 154 })])).toMatchObject([
			{ heading: 'Payment' },
			{ text: LONG },
		]);
	});

	it('keeps the numbers that are printed', async () => {
		const read = await nodes([
			...setText(`1. Fees. ${LONG}`, { x: 72, y: 100, hang: 18 }),
			...setText(`(a) ${LONG}`, { x: 90, y: 170, hang: 18 }),
			...setText('(b) Nothing else.', { x: 90, y: 240 }),
			...setText('3. Term', { x: 72, y: 270 }),
		]);
		expect(read.map(({ number, heading }) => [number, heading])).toEqual([
			['1', 'Fees'],
			['(a)', undefined],
			['(b)', undefined],
			['3', 'Term'],
		]);
		expect(read[1]?.path).toEqual(['Fees']);
	});

	it('does not take a number at a line start for a clause', async () => {
		const [before, behind] = [
			'The term ends thirty days after the notice that is given under Section',
			'12. It may be extended by the parties in writing as they see fit.',
		];
		expect(await nodes([line(before, 72, 100), line(behind, 72, 112)])).toHaveLength(1);
	});

	it('reads columns one after the other', async () => {
		const left = setText(`Left. ${LONG} ${LONG} ${LONG}`, { x: 60, y: 100, right: 280 });
		const right = setText(`Right. ${LONG} ${LONG} ${LONG}`, { x: 320, y: 100, right: 540 });
		const read = await text([...left, ...right]);
		expect(read).toBe(`Left. ${LONG} ${LONG} ${LONG}\n\nRight. ${LONG} ${LONG} ${LONG}\n`);
	});

	it('reads rows of a table, cells over several lines included', async () => {
		const row = (y: number, ...cells: string[]): Put[] => cells.map((cell, at) => line(cell, 72 + at * 160, y));
		const table = (
			await nodes([
				...setText(LONG, { x: 72, y: 80 }),
				...row(150, 'Name', 'Role', 'Since'),
				...row(168, 'Ada Lovelace', 'Administrator of', '2026-01-01'),
				...row(180, '', 'all systems'),
				...row(198, 'Alan Turing', 'Auditor', '2026-02-01'),
				...setText(LONG, { x: 72, y: 240 }),
			])
		).find((node) => node.table)?.table;
		expect(table).toMatchObject({
			columns: ['Name', 'Role', 'Since'],
			rows: [
				['Ada Lovelace', 'Administrator of all systems', '2026-01-01'],
				['Alan Turing', 'Auditor', '2026-02-01'],
			],
		});
	});

	it('is the same from run to run', async () => {
		const page = [...setText(LONG, { x: 72, y: 100 }), line('Fees', 72, 200, { bold: true })];
		expect(await text(page)).toBe(await text(page));
	});
});

describe('printed text files', () => {
	const print = (source: string): Put[] => {
		const lines: Put[] = [];
		let y = 60;
		for (const typed of source.split('\n')) {
			const indent = typed.length - typed.trimStart().length;
			const set =
				typed === '' ? [] : setText(typed.trimStart(), { x: 60 + indent * EM * 10, y, hang: -indent * EM * 10 });
			lines.push(...set);
			y += Math.max(1, set.length) * 12;
		}
		return lines;
	};
	const wide = (name: string): string => `${name} means ${LONG}`;

	it('give the text file back: blank lines, indentation, lines that the page broke', async () => {
		const source = `# Terms\n\n1. **Fees.** ${LONG}\n\n    - ${wide('This')}\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n`;
		expect(await readPdf(pdfFile([print(source)]))).toMatchObject({ text: source, format: 'markdown' });
	});
});

describe('files that cannot be read', () => {
	it('a scan needs a person', async () => {
		expect(await readPdf(pdfFile([[], []]))).toMatchObject({
			text: '',
			needsHuman: { reason: expect.stringMatching(/no text layer.*2 pages/) as string },
		});
	});

	it('pages without text are told', async () => {
		expect((await readPdf(pdfFile([setText(LONG, { x: 72, y: 100 }), []]))).warnings).toEqual([
			expect.stringContaining('1 of 2 pages have no text (2)'),
		]);
	});

	it('an encrypted file says so', async () => {
		const secret = `<${'5a'.repeat(32)}>`;
		const file = pdfFile(
			[[line('Fees', 72, 100)]],
			`/ID [<01> <01>] /Encrypt << /Filter /Standard /V 1 /R 2 /O ${secret} /U ${secret} /P -44 >>`,
		);
		await expect(readPdf(file)).rejects.toMatchObject({
			code: 'DOCUMENT_UNREADABLE',
			message: expect.stringContaining('encrypted') as string,
		});
	});

	it('a broken file says so', async () => {
		await expect(readPdf(Uint8Array.from(Buffer.from('%PDF-1.7\nnothing of a PDF')))).rejects.toMatchObject({
			code: 'DOCUMENT_UNREADABLE',
			message: expect.stringContaining('broken') as string,
		});
	});

	it('refuses streams that unfold without measure', async () => {
		const bomb = assemble([
			'<< /Type /Catalog /Pages 2 0 R >>',
			'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
			'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>',
			stream(deflateSync(Buffer.alloc(20_000_000, 0x20)), '/Filter /FlateDecode'),
		]);
		await expect(readPdf(bomb, { maxPdfInflatedBytes: 10_000_000 })).rejects.toMatchObject({
			code: 'INPUT_TOO_LARGE',
			details: { limit: 'maxPdfInflatedBytes' },
		});
	});

	it('refuses more pages than the limit', async () => {
		const pages = Array.from({ length: 4 }, () => [line('Fees', 72, 100)]);
		await expect(readPdf(pdfFile(pages), { maxPdfPages: 3 })).rejects.toMatchObject({
			code: 'INPUT_TOO_LARGE',
			message: expect.stringContaining('4 pages') as string,
		});
	});
});
