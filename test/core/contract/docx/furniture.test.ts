import { readDocx, trackedChanges } from '../../../../core/contract/docx';
import { compare } from '../builders';
import { del, docx, ins, p, part, r, relationships, table, row, WHO } from './build-docx';

interface Pages {
	headers?: string[];
	footers?: string[];
}

function paged(body: string, { headers = [], footers = [] }: Pages): Uint8Array {
	const targets: Array<[string, string]> = [
		...headers.map((_, at): [string, string] => ['header', `header${at}.xml`]),
		...footers.map((_, at): [string, string] => ['footer', `footer${at}.xml`]),
	];
	return docx({
		body,
		files: {
			'word/_rels/document.xml.rels': relationships(targets),
			...Object.fromEntries(headers.map((inner, at) => [`word/header${at}.xml`, part('hdr', inner)])),
			...Object.fromEntries(footers.map((inner, at) => [`word/footer${at}.xml`, part('ftr', inner)])),
		},
	});
}

const text = (pages: Pages): string => readDocx(paged(p('The fee is due.'), pages), 'accepted').text;

describe('what stands on each page of a Word file', () => {
	it('stands before the text, once for all kinds of pages', () => {
		const header = p('Services Agreement');
		expect(text({ headers: [header, header], footers: [table(row(['Acme', 'Confidential']))] })).toBe(
			'---\npage-header: "Services Agreement"\npage-footer: "Acme | Confidential"\n---\n\nThe fee is due.\n',
		);
	});

	it.each(['3', 'Page 3 of 9', '- 3 -', 'Seite 2 von 4', ''])('is left out where it is only the page (%j)', (line) => {
		expect(text({ footers: [p(line)] })).toBe('The fee is due.\n');
	});

	it('is no clause, and one change where its words change', () => {
		const [before, after] = [text({ headers: [p('Version 1')] }), text({ headers: [p('Version 2')] })];
		const { changes } = compare(before, after);
		expect(changes.map(({ op, field }) => [op, field?.path])).toEqual([[['modified'], ['page header and footer']]]);
		expect(compare(before, before).changes).toEqual([]);
	});

	it('is told where it appears and where it goes', () => {
		const [plain, paged] = [text({}), text({ headers: [p('Draft')] })];
		expect(compare(plain, paged).stats).toMatchObject({ added: 1, removed: 0, modified: 0 });
		expect(compare(paged, plain).stats).toMatchObject({ added: 0, removed: 1, modified: 0 });
	});

	it('has its tracked changes behind those of the text', () => {
		const bytes = paged(p(ins('now')), { headers: [p(r('Version ') + del('1') + ins('2'))] });
		const told = trackedChanges(bytes).map(({ op, place }) => `${op} ${place.part}`);
		expect(told).toEqual(['insert document', 'delete headers', 'insert headers']);
		expect(readDocx(bytes, 'original').text).toContain('page-header: "Version 1"');
		expect(readDocx(bytes, 'accepted').text).toContain('page-header: "Version 2"');
	});
});

describe('a tracked change', () => {
	const heading = (level: number, title: string): string => p(title, `<w:outlineLvl w:val="${level - 1}"/>`);

	it('names the headings around it', () => {
		const body =
			p(ins('Before any.')) +
			heading(1, 'Fees') +
			heading(2, 'Invoices') +
			p(ins('Monthly.')) +
			heading(2, 'Taxes') +
			p(r('x') + del('y')) +
			heading(1, 'Term') +
			table(row([p(ins('One year.'))]));
		expect(trackedChanges(docx(body)).map(({ place }) => place.path)).toEqual([
			undefined,
			['Fees', 'Invoices'],
			['Fees', 'Taxes'],
			['Term'],
		]);
	});

	it('of a style that stands for another level of a list is one of its number', () => {
		const styles = [0, 1]
			.map(
				(level) =>
					`<w:style w:type="paragraph" w:styleId="L${level}"><w:name w:val="L${level}"/><w:pPr><w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>`,
			)
			.join('');
		const numbering =
			'<w:abstractNum w:abstractNumId="1">' +
			['%1.', '%1.%2']
				.map(
					(shown, level) =>
						`<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="${shown}"/></w:lvl>`,
				)
				.join('') +
			'</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>';
		const change = `<w:pStyle w:val="L1"/><w:pPrChange ${WHO}><w:pPr><w:pStyle w:val="L0"/></w:pPr></w:pPrChange>`;
		const body = p('First', '<w:pStyle w:val="L0"/>') + p('Then', change);
		expect(trackedChanges(docx({ body, styles, numbering }))).toMatchObject([
			{ kind: 'numbering', subject: 'paragraph', before: '2. Then', after: '1.1 Then' },
		]);
	});

	it.each([
		['%1:4:0:.', '4. Pay'],
		['%1:4:0:.%2:2:4:)', '4.b) Pay'],
		['Section %1:2:1:', 'Section II Pay'],
		['3.1', '3.1 Pay'],
	])('of a number that Word 97 kept as %s shows it', (original, before) => {
		const number = `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/><w:numberingChange ${WHO} w:original="${original}"/></w:numPr>`;
		expect(trackedChanges(docx(p('Pay', number)))).toMatchObject([{ kind: 'numbering', before, after: 'Pay' }]);
	});
});
