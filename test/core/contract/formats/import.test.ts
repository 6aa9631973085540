import { readDocument, type ContractTree } from '../../../../core/contract';
import { importDocument, type ImportInput } from '../../../../core/contract/formats';
import { sha256 } from '../../../../core/model';
import { pdfFile } from './pdf-file';
import { usePdfJs } from './pdfjs';

const bytes = (text: string, encoding: BufferEncoding = 'utf8'): Uint8Array =>
	Uint8Array.from(Buffer.from(text, encoding));
const load = (data: string | Uint8Array, more: Omit<ImportInput, 'data'> = {}): ReturnType<typeof importDocument> =>
	importDocument({ data, ...more });
const formatOf = async (data: string | Uint8Array, more: Omit<ImportInput, 'data'> = {}): Promise<string | undefined> =>
	(await load(data, more)).document.source?.format;
const tree = async (data: string | Uint8Array): Promise<ContractTree> => readDocument((await load(data)).document);

beforeAll(usePdfJs);

describe('finding out what a document is', () => {
	it.each([
		['Markdown', '# Terms\n\n1. **Fees.** Due at once.', 'markdown'],
		['plain text', 'TERMS\n\n1. Fees. Due at once.\n', 'text'],
		['a web page', '<!DOCTYPE html><html><body><p>Fees</p></body></html>', 'html'],
		['a piece of a web page', '<div><p>Fees are due.</p><p>At once.</p></div>', 'html'],
		['a JSON record', '{"fees": 12}', 'json'],
	])('knows %s by its content', async (_, text, format) => {
		expect(await formatOf(text)).toBe(format);
		expect(await formatOf(bytes(text))).toBe(format);
	});

	it('knows a PDF by its header, even behind a few stray bytes', async () => {
		const file = pdfFile([[{ text: 'Fees are due at once.', x: 72, y: 100 }]]);
		expect(await formatOf(file)).toBe('pdf');
		expect(await formatOf(file, { fileName: 'contract.txt' })).toBe('pdf');
	});

	it('takes Markdown with a few tags for Markdown', async () => {
		expect(await formatOf('# Terms\n\n<a id="x"></a>1. **Fees.** Due.<br>At once.')).toBe('markdown');
	});

	it('takes text in braces that is no JSON for text', async () => {
		expect(await formatOf('{Party A} agrees with {Party B}.')).toBe('text');
	});

	it('lets the name decide between Markdown and text only where the content does not', async () => {
		expect(await formatOf('Fees are due.', { fileName: 'MSA.md' })).toBe('markdown');
		expect(await formatOf('Fees are due.', { mimeType: 'text/markdown' })).toBe('markdown');
		expect(await formatOf('<html><body>Fees</body></html>', { fileName: 'MSA.md' })).toBe('html');
	});

	it('obeys a format that is set, and refuses one that cannot be', async () => {
		expect(await formatOf('<p>Fees</p><p>Due</p>', { format: 'text' })).toBe('text');
		await expect(load('Fees', { format: 'pdf' })).rejects.toMatchObject({ code: 'DOCUMENT_UNREADABLE' });
		await expect(load(bytes('Fees'), { format: 'docx' })).rejects.toMatchObject({ code: 'DOCUMENT_UNREADABLE' });
		await expect(load('Fees', { format: 'json' })).rejects.toMatchObject({ code: 'DOCUMENT_UNREADABLE' });
	});

	it.each([
		['an old Word file', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], /old format|password/],
		['a ZIP archive', [0x50, 0x4b, 0x03, 0x04, 0, 0, 0, 0], /ZIP archive/],
		['a picture', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], /picture/],
		['Rich Text', [...Buffer.from('{\\rtf1 Fees}')], /Rich Text/],
	])('refuses %s by name', async (_, content, message) => {
		await expect(load(Uint8Array.from(content))).rejects.toMatchObject({
			code: 'DOCUMENT_UNREADABLE',
			message: expect.stringMatching(message) as string,
		});
	});
});

describe('hashes', () => {
	it('names the text and the bytes it came from', async () => {
		const data = bytes('<p>Fees</p><p>Due</p>');
		const { document } = await load(data, { format: 'html' });
		expect(document).toMatchObject({ sha256: sha256(document.text), source: { format: 'html', sha256: sha256(data) } });
	});
});

describe('encodings', () => {
	const text = 'Die Gebühr beträgt 5 €. „Kunde“ bezeichnet die Käuferin.';

	it.each([
		['UTF-8', bytes(text)],
		['UTF-8 with a mark', bytes(`\ufeff${text}`)],
		['UTF-16LE with a mark', bytes(`\ufeff${text}`, 'utf16le')],
		['UTF-16BE with a mark', Uint8Array.from(Buffer.from(`\ufeff${text}`, 'utf16le').swap16())],
		['UTF-16LE without one', bytes(text, 'utf16le')],
		['UTF-16BE without one', Uint8Array.from(Buffer.from(text, 'utf16le').swap16())],
	])('reads %s', async (_, data) => {
		expect((await load(data)).document.text).toBe(text);
	});

	it('reads Windows-1252 where it is clearly that, and says so', async () => {
		const data = Uint8Array.from([
			...Buffer.from('The fee is 5 '),
			0x80,
			...Buffer.from('. It'),
			0x92,
			...Buffer.from('s due. Geb'),
			0xfc,
			...Buffer.from('hr.'),
		]);
		const { document, warnings } = await load(data);
		expect(document.text).toBe('The fee is 5 €. It’s due. Gebühr.');
		expect(warnings).toEqual([expect.stringContaining('Windows-1252')]);
	});

	it('reads a web page in the encoding that it declares', async () => {
		const page = '<html><head><meta charset="iso-8859-1"></head><body><p>Geb\xfchr</p></body></html>';
		expect((await load(bytes(page, 'latin1'))).document.text).toBe('Gebühr\n');
	});

	it.each([
		['UTF-8 cut in the middle of a letter behind a mark', Uint8Array.from([0xef, 0xbb, 0xbf, 0x41, 0xc3])],
		['UTF-16 of an odd length', Uint8Array.from([0xff, 0xfe, 0x41])],
		['noise', Uint8Array.from({ length: 4_000 }, (_, at) => (at * 7919 + ((at * at) % 251)) % 256)],
		['text with a NUL', bytes('Fees\0are due')],
	])('refuses %s', async (_, data) => {
		await expect(load(data)).rejects.toMatchObject({ code: 'DOCUMENT_UNREADABLE' });
	});
});

describe('JSON records', () => {
	it('reads fields, parts and lists of equal entries', async () => {
		const { document, record } = await load(
			'{"title":"Support *Plan*","seats":25,"term":{"start":"2026-01-01"},"users":[{"email":"a@x.example","role":"admin"},{"email":"b@x.example"}],"notes":["First","1. Second"]}',
		);
		expect(record).toMatchObject({ seats: 25 });
		const { nodes } = readDocument(document);
		expect(nodes.find((node) => node.heading === 'Seats')?.text).toBe('25');
		expect(nodes.find((node) => node.heading === 'Title')?.text).toBe('Support *Plan*');
		expect(nodes.find((node) => node.heading === 'Start')?.path).toContain('Term');
		expect(nodes.find((node) => node.table)?.table).toMatchObject({
			columns: ['Email', 'Role'],
			rows: [
				['a@x.example', 'admin'],
				['b@x.example', ''],
			],
		});
	});

	it('has fields named __proto__ like any other', async () => {
		const { nodes } = await tree('{"__proto__":{"seats":3},"users":[{"__proto__":"x","id":1}]}');
		expect(nodes.find((node) => node.heading === 'Seats')?.text).toBe('3');
		expect(({} as { seats?: number }).seats).toBeUndefined();
	});
});

describe('limits', () => {
	it('refuses a record 100,000 levels deep, naming the limit', async () => {
		await expect(load('['.repeat(100_000) + ']'.repeat(100_000))).rejects.toMatchObject({
			code: 'INPUT_TOO_LARGE',
			details: { limit: 'maxRecordDepth' },
		});
	});

	it('refuses a file beyond maxFileBytes, naming the limit', async () => {
		await expect(importDocument({ data: new Uint8Array(11) }, { maxFileBytes: 10 })).rejects.toMatchObject({
			code: 'INPUT_TOO_LARGE',
			details: { limit: 'maxFileBytes', maximum: 10, actual: 11 },
		});
	});
});

describe('a file that is not whole', () => {
	it.each([
		['cut off in the middle', '{"seats": 10, "users": [{"em'],
		['broken', '{"__proto__": {"a": 1}, "x":'],
		['nested without an end', '['.repeat(200_000)],
	])('is no contract in plain text where its name says JSON: %s', async (_, text) => {
		const data = Buffer.from(text);
		await expect(importDocument({ data, fileName: 'record.json' })).rejects.toMatchObject({
			code: 'DOCUMENT_UNREADABLE',
			message: expect.stringContaining('ends too early') as unknown,
		});
		await expect(importDocument({ data, mimeType: 'application/vnd.acme+json' })).rejects.toMatchObject({
			code: 'DOCUMENT_UNREADABLE',
		});
	});

	it('is told to be empty where there is nothing in it', async () => {
		const { warnings, document } = await importDocument({ data: Buffer.from(' \n\n'), fileName: 'agreement.md' });
		expect([warnings, document.text.trim()]).toEqual([['The document is empty.'], '']);
	});
});
