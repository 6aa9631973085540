import { strToU8, zipSync } from 'fflate';
import { readDocx, trackedChanges } from '../../../../core/contract/docx';
import { isDomainError, type DomainError } from '../../../../core/model';
import { abstract, docx, inList, list, num, p, part, r, relationships, row, table } from './build-docx';

/** Over the limit of a part. */
const BOMB = new Uint8Array(35_000_000);

function refusal(bytes: Uint8Array, limits: Parameters<typeof readDocx>[2] = {}): DomainError {
	try {
		readDocx(bytes, 'accepted', limits);
	} catch (error) {
		if (isDomainError(error)) return error;
		throw error;
	}
	throw new Error('The file was read.');
}

describe('a file that is no Word document is refused, saying which way:', () => {
	const ole = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Uint8Array(512)]);
	const encrypted = Uint8Array.from([...ole, ...Buffer.from('EncryptedPackage', 'utf16le')]);
	const whole = docx(p('x'));

	it.each<[string, Uint8Array, RegExp]>([
		['empty', new Uint8Array(0), /empty/],
		['text', strToU8('A contract.'), /no ZIP file/],
		['an old .doc', ole, /Word 97/],
		['encrypted', encrypted, /encrypted with a password/],
		['cut off', whole.subarray(0, whole.length - 30), /cut off/],
		['a ZIP of other files', zipSync({ 'a.txt': strToU8('a') }), /holds no Word document/],
		['without its document', docx({ body: '', files: { 'word/document.xml': null } }), /document\.xml.*missing/],
		['without a body', docx({ body: '', files: { 'word/document.xml': part('document', '') } }), /no body/],
		[
			'a workbook',
			docx({
				body: '',
				files: {
					'[Content_Types].xml':
						'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
				},
			}),
			/Excel workbook/,
		],
		['not well-formed', docx({ body: '<w:p>' }), /well-formed/],
		['with an unknown entity', docx(p('&boom;')), /well-formed/],
		[
			'in another encoding',
			docx({ body: '', files: { 'word/document.xml': Uint8Array.from([0x3c, 0x61, 0x3e, 0xff, 0xff]) } }),
			/UTF-8/,
		],
	])('%s', (_, bytes, message) => {
		const error = refusal(bytes);
		expect(error.code).toBe('DOCUMENT_UNREADABLE');
		expect(error.message).toMatch(message);
		expect(error.remedy).not.toBe('');
	});

	it('with entities that expand without end', () => {
		const entities = Array.from({ length: 9 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`).join('');
		const xml = `<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY e0 "ha">${entities}]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:body></w:document>`;
		expect(refusal(docx({ body: '', files: { 'word/document.xml': xml } })).message).toMatch(/DOCTYPE/);
	});

	it('with a byte that changed on its way', () => {
		const bytes = zipSync({
			'word/document.xml': [strToU8(part('document', `<w:body>${p('Pay ten.')}</w:body>`)), { level: 0 }],
		});
		const at = Buffer.from(bytes).indexOf('ten');
		bytes[at] = 'p'.charCodeAt(0);
		expect(refusal(bytes).message).toMatch(/checksum/);
	});

	it('with a size in its directory that is not true', () => {
		const bytes = Buffer.from(docx(p('x'.repeat(5_000))));
		const entry = bytes.indexOf('word/document.xml', bytes.indexOf('PK\u0001\u0002')) - 46;
		bytes.writeUInt32LE(100, entry + 24);
		expect(refusal(bytes).message).toMatch(/longer than its directory says/);
	});

	it('with thousands of attributes on one element', () => {
		const attributes = Array.from({ length: 2_000 }, (_, at) => `w:a${at}="1"`).join(' ');
		expect(refusal(docx(`<w:p ${attributes}/>`)).message).toMatch(/more than 1000 attributes/);
	});

	it('with two parts of one name', () => {
		const bytes = Buffer.from(docx({ body: p('x'), files: { 'word/document.xmk': 'y' } }));
		for (let at = bytes.indexOf('word/document.xmk'); at >= 0; at = bytes.indexOf('word/document.xmk'))
			bytes.write('L', at + 16);
		expect(refusal(bytes).message).toMatch(/two parts named/);
	});
});

describe('a file beyond a limit is refused, naming the limit:', () => {
	it.each<[string, () => Uint8Array, string]>([
		['a ZIP bomb', () => docx({ body: '', files: { 'word/document.xml': BOMB } }), 'maxPartBytes'],
		[
			'a small ZIP bomb',
			() => docx({ body: '', files: { 'word/document.xml': new Uint8Array(12_000_000) } }),
			'maxInflationRatio',
		],
		[
			'ten thousand nested tables',
			() => docx('<w:tbl><w:tr><w:tc>'.repeat(10_000) + p('x') + '</w:tc></w:tr></w:tbl>'.repeat(10_000)),
			'maxXmlDepth',
		],
		[
			'ten thousand nested tags',
			() => docx(p('<w:smartTag>'.repeat(10_000) + r('x') + '</w:smartTag>'.repeat(10_000))),
			'maxXmlDepth',
		],
	])('%s', (_, build, limit) => {
		const error = refusal(build());
		expect(error).toMatchObject({ code: 'INPUT_TOO_LARGE', details: { limit } });
		expect(error.message).toContain(limit);
	});

	it('a bomb that lies about its size', () => {
		const bytes = Buffer.from(docx({ body: '', files: { 'word/document.xml': BOMB } }));
		const entry = bytes.indexOf('word/document.xml', bytes.indexOf('PK\u0001\u0002')) - 46;
		bytes.writeUInt32LE(1_000, entry + 24);
		expect(refusal(bytes).code).toMatch(/INPUT_TOO_LARGE|DOCUMENT_UNREADABLE/);
	});

	it.each<[string, Uint8Array, Parameters<typeof readDocx>[2], string]>([
		[
			'numbers of a thousand characters before each paragraph',
			docx({
				body: p('x', inList(1, 0)).repeat(500),
				numbering: list(1, [{ text: '%1'.repeat(100), start: 2_147_483_000 }]),
			}),
			{ maxCharacters: 100_000 },
			'maxCharacters',
		],
		[
			'many files',
			docx({ body: p('x'), files: { a: '', b: '', c: '' } }),
			{ maxArchiveEntries: 5 },
			'maxArchiveEntries',
		],
		['a large file', docx(p('x')), { maxFileBytes: 100 }, 'maxFileBytes'],
		[
			'cells over many rows',
			docx(
				table(
					...Array.from({ length: 100 }, (_, at) =>
						row([
							`<w:tc><w:tcPr><w:vMerge${at === 0 ? ' w:val="restart"' : ''}/></w:tcPr>${p(at === 0 ? 'x'.repeat(500) : '')}</w:tc>`,
							'y',
						]),
					),
				),
			),
			{ maxCharacters: 10_000 },
			'maxCharacters',
		],
		[
			'rows tracked in rows, whose text is told again and again',
			docx(
				`<w:tbl><w:tr><w:trPr><w:ins w:id="1" w:author="A"/></w:trPr><w:tc><w:tcPr><w:cellMerge w:author="A" w:vMerge="rest"/></w:tcPr>${p('x'.repeat(500))}`.repeat(
					30,
				) + '</w:tc></w:tr></w:tbl>'.repeat(30),
			),
			{ maxCharacters: 20_000 },
			'maxCharacters',
		],
		['many paragraphs', docx(p('x').repeat(30)), { maxClauses: 20 }, 'maxClauses'],
		['many tables', docx(`${table(row(['x']))}${p('')}`.repeat(30)), { maxClauses: 20 }, 'maxClauses'],
		['a long text', docx(p('x'.repeat(200))), { maxCharacters: 100 }, 'maxCharacters'],
		[
			'a table of wide cells',
			docx(
				table(
					...Array.from({ length: 50 }, () =>
						row(['<w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr><w:p/></w:tc>', 'x']),
					),
				),
			),
			{ maxCharacters: 10_000 },
			'maxCharacters',
		],
	])('%s', (_, bytes, limits, limit) => {
		expect(refusal(bytes, limits)).toMatchObject({ code: 'INPUT_TOO_LARGE', details: { limit } });
	});
});

describe('text beyond the limit is refused before it is read', () => {
	const body = p('caf\u00e9 &amp; co');

	it('by its characters, not by bytes, entities or markup', () => {
		expect(refusal(docx(`${body}<w:t/>`.repeat(30)), { maxCharacters: 269 }).message).toMatch(/maxCharacters is 269/);
		expect(
			readDocx(docx(p('x', '<w:jc w:val="both"/>').repeat(20)), 'accepted', { maxCharacters: 20 }).text,
		).toHaveLength(59);
	});
});

describe('a strange file is read all the same:', () => {
	it('a table of more rows than there may be clauses, among paragraphs that say nothing', () => {
		const body = `${p('').repeat(30)}${table(...Array.from({ length: 30 }, () => row(['x', 'y'])))}`;
		expect(() => readDocx(docx(body), 'accepted', { maxClauses: 20 })).not.toThrow();
	});

	it('a bomb in a part that nobody reads', () => {
		expect(readDocx(docx({ body: p('x'), files: { 'word/media/image1.bmp': BOMB } }), 'accepted').text).toBe('x\n');
	});

	it('without content types, relationships, styles and lists', () => {
		const bytes = docx({
			body: p('x', inList(4, 0)),
			files: { '[Content_Types].xml': null, '_rels/.rels': null, 'word/_rels/document.xml.rels': null },
		});
		const { text, warnings } = readDocx(bytes, 'accepted');
		expect(text).toBe('x\n');
		expect(warnings).toHaveLength(2);
	});

	it('naming parts that it does not hold', () => {
		const rels = relationships([
			['styles', 'styles.xml'],
			['numbering', '../../../etc/passwd'],
		]);
		const { text, warnings } = readDocx(
			docx({ body: p('x'), files: { 'word/_rels/document.xml.rels': rels } }),
			'accepted',
		);
		expect([text, warnings.length]).toEqual(['x\n', 2]);
	});

	it('with styles based on each other in a circle, or on a hundred thousand others', () => {
		const style = (id: number, base: number): string =>
			`<w:style w:type="paragraph" w:styleId="S${id}"><w:name w:val="S${id}"/><w:basedOn w:val="S${base}"/></w:style>`;
		const chain = Array.from({ length: 100_000 }, (_, id) => style(id, id + 1)).join('');
		const body = p('x', '<w:pStyle w:val="S0"/>');
		expect(readDocx(docx({ body, styles: style(0, 1) + style(1, 0) }), 'accepted').text).toBe('x\n');
		expect(readDocx(docx({ body, styles: chain }), 'accepted').text).toBe('x\n');
	});

	it('with lists linked in a circle, and numbers beyond all letters', () => {
		const linked = abstract(1, [], '<w:numStyleLink w:val="A"/>') + num(1, 1);
		const styles =
			'<w:style w:type="numbering" w:styleId="A"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>';
		expect(readDocx(docx({ body: p('x', inList(1, 0)), numbering: linked, styles }), 'accepted').text).toBe('x\n');
		const huge = ['lowerLetter', 'upperRoman', 'cardinalText', 'hebrew1'].map((format) =>
			list(1, [{ text: '%1%1', format, start: 2_147_483_647 }]),
		);
		for (const numbering of huge)
			expect(readDocx(docx({ body: p('x', inList(1, 0)), numbering }), 'accepted').text.length).toBeLessThan(40);
	});

	it('with a level text of a megabyte before each of a thousand paragraphs', () => {
		const numbering = list(1, [{ text: '%1'.repeat(500_000) }]);
		const body = p('x', inList(1, 0)).repeat(1_000);
		expect(readDocx(docx({ body, numbering }), 'accepted').text.length).toBeLessThan(1_000_000);
	});

	it('with tens of thousands of lists, open fields, joined paragraphs or moves', () => {
		const many = 30_000;
		const limits = { maxInflationRatio: 1_000 };
		const numbering = abstract(1, [{ text: '%1.' }]) + Array.from({ length: many }, (_, id) => num(id, 1)).join('');
		expect(readDocx(docx({ body: p('x', inList(many - 1, 0)), numbering }), 'accepted').text).toBe('1\\. x\n');
		const begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>';
		expect(readDocx(docx(p(begin.repeat(many) + r('x'))), 'accepted', limits).text).toBe('x\n');
		const joined = p(r('y'), '<w:rPr><w:del w:id="1" w:author="A"/></w:rPr>').repeat(many);
		expect(readDocx(docx(joined + p('.')), 'accepted', limits).text).toBe(`${'y'.repeat(many)}.\n`);
		const moves =
			'<w:moveFromRangeStart w:id="1" w:name="m"/><w:moveFrom w:id="2" w:author="A"><w:r><w:t>z</w:t></w:r></w:moveFrom>'.repeat(
				many,
			);
		expect(trackedChanges(docx(p(moves)), limits)).toHaveLength(1);
	});

	it('with namespaces declared anew on each element', () => {
		const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
		const body = `<a:p xmlns:a="${W}"><b:r xmlns:b="${W}"><b:t xmlns:a="urn:other">x</b:t><a:t>y</a:t></b:r></a:p>`;
		expect(readDocx(docx(body), 'accepted').text).toBe('xy\n');
	});

	it('with names that objects have by nature', () => {
		const styles = '<w:style w:type="paragraph" w:styleId="__proto__"><w:name w:val="heading 1"/></w:style>';
		const body = p('x', '<w:pStyle w:val="__proto__"/>') + p('y', '<w:pStyle w:val="constructor"/>');
		expect(readDocx(docx({ body, styles, numbering: list(1, []) }), 'accepted').text).toBe('# x\n\ny\n');
	});

	it('by the bytes that it has inside a larger buffer', () => {
		const bytes = docx(p('x'));
		const larger = new Uint8Array(bytes.length + 20);
		larger.set(bytes, 10);
		expect(readDocx(larger.subarray(10, 10 + bytes.length), 'accepted').text).toBe('x\n');
	});
});
