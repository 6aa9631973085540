import { readDocx } from '../../../../core/contract/docx';
import * as fc from 'fast-check';
import { ownText, readDocument } from '../../../../core/contract';
import { clauses, docx, inList, lines, list, p, r, row, styled, t, table, tree } from './build-docx';

const run = (inner: string): string => p(`<w:r>${inner}</w:r>`);
const field = (kind: string, more = ''): string => `<w:r><w:fldChar w:fldCharType="${kind}">${more}</w:fldChar></w:r>`;
const code = (text: string): string => `<w:r><w:instrText xml:space="preserve">${text}</w:instrText></w:r>`;

describe('the text of a Word document', () => {
	it.each([
		['tabs as blanks', `${t('a')}<w:tab/>${t('b')}`, 'a b'],
		['soft hyphens as nothing', `${t('a')}<w:softHyphen/>${t('b')}`, 'ab'],
		['hard hyphens as hyphens', `${t('a')}<w:noBreakHyphen/>${t('b')}`, 'a-b'],
		['line breaks as line breaks', `${t('a')}<w:br/>${t('b')}<w:cr/>${t('c')}`, 'a  \nb  \nc'],
		['page breaks as blanks', `${t('a')}<w:br w:type="page"/>${t('b')}`, 'a b'],
		[
			'symbols of symbol fonts',
			'<w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Symbol" w:char="F0B3"/>',
			'☑≥',
		],
		['line breaks of the XML as blanks', '<w:t>two\nwords</w:t>', 'two words'],
		['blanks that a writer forgot to keep', `<w:t>Section </w:t>${t('4')}`, 'Section 4'],
		['character references', '<w:t>R&amp;D &#167; 5 &lt;draft&gt;</w:t>', 'R\\&D § 5 \\<draft>'],
	])('has %s', (_, inner, wanted) => {
		expect(lines(run(inner))).toEqual([wanted]);
	});

	it('has what stands in links, content controls, smart tags, simple fields and right-to-left runs', () => {
		const body = p(
			`<w:hyperlink r:id="rId1">${r('link ')}</w:hyperlink>` +
				`<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>${r('control ')}</w:sdtContent></w:sdt>` +
				`<w:smartTag w:element="City">${r('tag ')}</w:smartTag>` +
				`<w:fldSimple w:instr=" PAGE ">${r('simple ')}</w:fldSimple>` +
				r('שלום', '<w:rtl/>'),
		);
		expect(lines(body)).toEqual(['link control tag simple שלום']);
	});

	it('has the result of a field and not its code, over paragraphs and with fields inside', () => {
		const inner = field('begin') + code(' REF x ') + field('separate') + r('inner') + field('end');
		const body =
			p(r('See ') + field('begin') + code(' IF ') + inner + field('separate') + r('result')) +
			p(r('goes on') + field('end') + r('.'));
		expect(lines(body)).toEqual(['See result', 'goes on.']);
	});

	it('loses nothing behind a field that never ends', () => {
		expect(lines(p(r('a ') + field('begin') + code(' REF ') + r('b')) + p('c'))).toEqual(['a b', 'c']);
	});

	it('has the state of form fields', () => {
		const box = '<w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData>';
		const choice =
			'<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="No"/><w:listEntry w:val="Yes"/></w:ddList></w:ffData>';
		const form = (data: string): string => field('begin', data) + code(' FORM ') + field('separate') + field('end');
		expect(lines(p(form(box) + r(' agreed: ') + form(choice)))).toEqual(['☒ agreed: Yes']);
	});

	it('has text boxes once, after the paragraph that they are anchored in', () => {
		const content = `<w:txbxContent>${p('In the box.')}</w:txbxContent>`;
		const modern = `<w:drawing><wp:inline><wps:wsp><wps:txbx>${content}</wps:txbx></wps:wsp></wp:inline></w:drawing>`;
		const legacy = `<w:pict><v:shape><v:textbox>${content}</v:textbox></v:shape></w:pict>`;
		const both = `<mc:AlternateContent><mc:Choice Requires="wps">${modern}</mc:Choice><mc:Fallback>${legacy}</mc:Fallback></mc:AlternateContent>`;
		expect(lines(p(`<w:r>${both}</w:r>${r('Anchor.')}`) + p('After.'))).toEqual(['Anchor.', 'In the box.', 'After.']);
	});

	it('has a dropped capital at its word', () => {
		expect(lines(p('W', '<w:framePr w:dropCap="drop" w:lines="3"/>') + p('hereas it began.'))).toEqual([
			'Whereas it began.',
		]);
	});

	it('has formulas on one line', () => {
		const m = (name: string, inner: string): string => `<m:${name}>${inner}</m:${name}>`;
		const word = (text: string): string => m('r', m('t', text));
		const fraction = m('f', m('num', word('a+b')) + m('den', word('c')));
		const power = m('sSup', m('e', word('x')) + m('sup', word('2')));
		expect(lines(p(r('P = ') + m('oMath', fraction + word('·') + power)))).toEqual(['P = (a+b)/c·x^2']);
	});

	it('has notes in brackets behind their paragraph, each once', () => {
		const body =
			p(`${r('Paid monthly')}<w:r><w:footnoteReference w:id="2"/></w:r>${r('.')}`) +
			p(`${r('Again')}<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="3"/></w:r>`);
		const footnotes = `<w:footnote w:id="0" w:type="separator">${p('---')}</w:footnote><w:footnote w:id="2">${p('In advance.')}${p('By wire.')}</w:footnote>`;
		const endnotes = `<w:endnote w:id="3">${p('At the end.')}</w:endnote>`;
		expect(lines({ body, footnotes, endnotes })).toEqual([
			'Paid monthly.',
			'[Footnote: In advance. By wire.]',
			'Again',
			'[Endnote: At the end.]',
		]);
	});

	it('lacks hidden text, comments, pictures and contents, and says so', () => {
		const styles = '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>';
		const body =
			p(r('Payment 3'), styled('T1')) +
			p(`${r('Seen. ')}${r('unseen', '<w:vanish/>')}<w:r><w:commentReference w:id="1"/></w:r><w:r><w:drawing/></w:r>`) +
			'<w:altChunk r:id="rId9"/>';
		const { text, warnings } = readDocx(docx({ body, styles }), 'accepted');
		expect(text).toBe('Seen.\n');
		expect(warnings.map((warning) => warning.split(' are ')[0]?.split(' is ')[0])).toEqual([
			'6 characters of hidden text',
			'The table of contents (1 lines)',
			'1 comments',
			'1 pictures',
			'1 embedded documents or objects',
		]);
	});

	it('is read by namespace, whatever the prefix, and in the strict dialect', () => {
		const strict =
			'<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r><x:t>Strict.</x:t></x:r></x:p></x:body></x:document>';
		expect(lines({ body: '', files: { 'word/document.xml': strict } })).toEqual(['Strict.']);
	});

	it('is read from UTF-16 too', () => {
		const xml =
			'<?xml version="1.0" encoding="UTF-16"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Zürich</w:t></w:r></w:p></w:body></w:document>';
		const bytes = new Uint8Array(Buffer.from(`\ufeff${xml}`, 'utf16le'));
		expect(lines({ body: '', files: { 'word/document.xml': bytes } })).toEqual(['Zürich']);
	});
});

describe('the rendition of a Word document', () => {
	const HEADINGS = [1, 2, 3]
		.map(
			(level) =>
				`<w:style w:type="paragraph" w:styleId="H${level}"><w:name w:val="heading ${level}"/><w:pPr><w:outlineLvl w:val="${level - 1}"/></w:pPr></w:style>`,
		)
		.join('');

	it.each([
		'# not a heading',
		'- not an item',
		'* nor this',
		'1. typed',
		'> quoted',
		'=====',
		'--- x',
		'____________',
		'a | b | c',
		'[***] of [__] *stars* and _underscores_ in snake_case',
		'back\\slash \\* `code` ~~struck~~ <b>tag</b> &amp; &nbsp; AT&T',
		'[link](https://example.com) ![x](y)',
		'regex-like (a+)+$ {2,} ^[^]]*',
	])('reads back as %s', (text) => {
		const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
		const nodes = tree(p('Opening words.') + p(escaped) + p('Closing words.')).nodes;
		const middle = nodes
			.slice(1, -1)
			.map((node) =>
				[node.number === undefined ? '' : `${node.number}.`, node.heading, node.text].filter(Boolean).join(' '),
			);
		const plain = text.replaceAll('`', "'");
		expect(middle.map((line) => line.toLowerCase())).toEqual([plain.toLowerCase()]);
	});

	it('has the headings of the outline, from styles and from paragraphs', () => {
		const body =
			p('Services', styled('H1')) +
			p('Scope', styled('H2')) +
			p('The Provider serves.') +
			p('Own level', '<w:outlineLvl w:val="1"/>') +
			p('Fees', styled('H1'));
		expect(clauses({ body, styles: HEADINGS })).toEqual([
			'<Services>',
			'  <Scope>',
			'    The Provider serves.',
			'  <Own level>',
			'<Fees>',
		]);
	});

	it('takes whole clauses in heading styles for clauses', () => {
		const clause =
			'The Customer shall pay all fees within thirty days of the invoice date. Late payments bear interest at the statutory rate. Disputed amounts may be withheld until the dispute has been settled between the parties.';
		const body =
			p('Payment', styled('H1')) +
			p(`2.1 ${clause}`, styled('H2')) +
			p(`2.2 ${clause}`, styled('H2')) +
			p('Term', styled('H1'));
		expect(clauses({ body, styles: HEADINGS })).toEqual(['<Payment>', `  2.1 ${clause}`, `  2.2 ${clause}`, '<Term>']);
	});

	it('gives a clause among headings its number, and the words that stand out, as heading', () => {
		const clause =
			'The Customer shall pay all fees within thirty days of the invoice date. Late payments bear interest at the statutory rate. Disputed amounts may be withheld until the dispute has been settled.';
		const numbering = list(1, [{ text: '%1.' }, { text: '%1.%2' }]);
		const heading = (text: string, level: number): string => p(text, styled(`H${level + 1}`) + inList(1, level));
		const body =
			heading('Payment', 0) +
			heading('Invoices', 1) +
			heading('Currency', 1) +
			heading('Taxes', 1) +
			heading('Refunds', 1) +
			heading('Set-Off', 1) +
			heading(r('Delay. ', '<w:u w:val="single"/>') + r(clause), 1) +
			heading(clause, 1);
		expect(clauses({ body, styles: HEADINGS, numbering })).toEqual([
			'1 <Payment>',
			'  1.1 <Invoices>',
			'  1.2 <Currency>',
			'  1.3 <Taxes>',
			'  1.4 <Refunds>',
			'  1.5 <Set-Off>',
			'  1.6 <Delay>',
			`    ${clause}`,
			'  1.7',
			`    ${clause}`,
		]);
	});

	it('has headings of built-in styles that the file does not define', () => {
		expect(clauses(p('Services', styled('Heading1')) + p('Scope', styled('heading 2')))).toEqual([
			'<Services>',
			'  <Scope>',
		]);
	});

	it('reads back to any text, whatever marks are in it', () => {
		const marks = fc
			.array(fc.constantFrom(...Array.from('*_`~[](){}<>&\\|#+-=.!:;"^$ ax1é—„')), { maxLength: 40 })
			.map((all) => all.join(''));
		fc.assert(
			fc.property(marks, (middle) => {
				const text = `alpha ${middle} omega`;
				const xml = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
				const plain = readDocument({ sha256: '', format: 'text', text: `alpha ${middle} omega` });
				expect(tree(p(xml)).nodes.map(ownText)).toEqual(plain.nodes.map(ownText));
				const rows = tree(table(row(['Key', 'Value']), row([xml, 'x']))).nodes[0]?.table?.rows;
				expect(rows).toEqual([[plain.nodes.map(ownText).join(' '), 'x']]);
			}),
			{ numRuns: 300 },
		);
	});

	it('keeps bold or underlined words at the start as heading or defined term', () => {
		const body =
			p(r('1.1 ') + r('x')) +
			p(r('Audit.', '<w:u w:val="single"/>') + r(' We may look.')) +
			p(r('“Seat”', '<w:b/>') + r(' means a right to use.')) +
			p(r('not bold ') + r('bold', '<w:b/>'));
		const nodes = tree(body).nodes;
		expect(nodes.map((node) => [node.kind, node.heading ?? node.term, node.text])).toEqual([
			['clause', undefined, 'x'],
			['paragraph', 'Audit', 'We may look.'],
			['definition', 'Seat', '"Seat" means a right to use.'],
			['paragraph', undefined, 'not bold bold'],
		]);
	});

	it('is the same every time', () => {
		const file = docx(p('a') + p('b'));
		expect(readDocx(file, 'accepted')).toEqual(readDocx(file, 'accepted'));
	});
});
