import { clauseText, readDocument, type ClauseNode } from '../../../core/contract';
import { isDomainError } from '../../../core/model';
import { document } from './builders';

function nodes(text: string, format: 'markdown' | 'text' = 'markdown'): ClauseNode[] {
	return readDocument(document(text, format)).nodes;
}

function numbers(text: string, format: 'markdown' | 'text' = 'markdown'): Array<string | undefined> {
	return nodes(text, format).map((node) => node.number);
}

describe('reading a contract', () => {
	it('nests articles, sections, decimals, letters and numerals', () => {
		const text =
			'Article I. General\n\nSection 1. Scope\n\n1.1 This applies.\n\n(a) always;\n\n(i) here;\n\n(ii) there;\n\n(b) never.\n\n1.2 End.';
		const read = nodes(text, 'text');
		expect(read.map((node) => [node.depth, node.number])).toEqual([
			[0, 'Article I'],
			[1, 'Section 1'],
			[2, '1.1'],
			[3, '(a)'],
			[4, '(i)'],
			[4, '(ii)'],
			[3, '(b)'],
			[2, '1.2'],
		]);
	});

	it('takes the flush text below a list item that is only a heading for what the clause says', () => {
		const text =
			'# Agreement\n\n1. Term\n\nIt ends on 31 December 2027.\n\n2. Fees.\n\nThe fee is USD 5.\n\nIt is due monthly.\n';
		expect(nodes(text).map((node) => [node.depth, node.number, node.heading ?? node.text])).toEqual([
			[0, undefined, 'Agreement'],
			[1, '1', 'Term'],
			[2, undefined, 'It ends on 31 December 2027.'],
			[1, '2', 'Fees'],
			[2, undefined, 'The fee is USD 5.'],
			[2, undefined, 'It is due monthly.'],
		]);
	});

	it('reads numbers that say all levels, and numbers in words', () => {
		const text = '1.1 Fees.\n\n1.1(a) Monthly fees.\n\n1.1(a)(ii) In advance.\n\n1.1(b) Yearly fees.\n\n1.2 Taxes.';
		expect(nodes(text, 'text').map((node) => [node.depth, node.number])).toEqual([
			[0, '1.1'],
			[1, '1.1(a)'],
			[2, '1.1(a)(ii)'],
			[1, '1.1(b)'],
			[0, '1.2'],
		]);
		expect(numbers('Article One\n\nSection 1.01 the Borrower pays.\n\nARTICLE TWO. Term', 'text')).toEqual([
			'Article One',
			'Section 1.01',
			'Article TWO',
		]);
	});

	it.each([
		'Section 4 of this Agreement applies.',
		'Section 4 shall survive.',
		'4.2(a) and 4.2(b) apply.',
		'Part one of it ends.',
	])('reads %j as a sentence', (text) => expect(numbers(text)).toEqual([undefined]));

	it('parts paragraphs at two line breaks, as a page does', () => {
		const broken = '1. **Fees**\n<br><br>The fee is due.\n<BR />\n<br/>\nTaxes are extra.\n\n2. **Term**';
		const blank = '1. **Fees**\n\n   The fee is due.\n\n   Taxes are extra.\n\n2. **Term**';
		const shape = (text: string): unknown =>
			nodes(text).map(({ depth, number, heading, text: own }) => [depth, number, heading, own]);
		expect(shape(broken)).toEqual(shape(blank));
		expect(nodes('One<br>line.')).toHaveLength(1);
	});

	it('takes a picture for no word, and words marked bold one by one for one span', () => {
		expect(
			nodes('![Logo](//x.example/a.png) **Policy** **Summary**').map(({ kind, heading }) => [kind, heading]),
		).toEqual([['heading', 'Policy Summary']]);
		expect(nodes('See ![a](b.png)the plan.')[0]?.text).toBe('See the plan.');
	});

	it('reads (i) after (h) as a letter', () => {
		const text = ['(g) seventh;', '(h) eighth;', '(i) ninth;', '(j) tenth.'].join('\n\n');
		expect(nodes(text, 'text').map((node) => node.depth)).toEqual([0, 0, 0, 0]);
	});

	it('numbers Markdown lists as a reader sees them', () => {
		expect(numbers('1. One\n1. Two\n   1. Inner\n   1. Inner two\n1. Three')).toEqual(['1', '2', '2.1', '2.2', '3']);
	});

	it('goes on counting across paragraphs that are indented less than CommonMark asks', () => {
		expect(numbers('1. **One**\n\n  Text.\n\n1. **Two**').filter((number) => number !== undefined)).toEqual(['1', '2']);
	});

	it.each([
		['12.1. Payment. Customer will pay.', '12.1', 'Payment', 'Customer will pay.'],
		['Payment. Customer will pay.', undefined, 'Payment', 'Customer will pay.'],
		['**5.1.** Use of Data. Subject to this.', '5.1', 'Use of Data', 'Subject to this.'],
		['**License.** As long as you pay.', undefined, 'License', 'As long as you pay.'],
		['14.0 RESERVED', '14.0', 'RESERVED', ''],
		['3.1 The Customer shall march on.', '3.1', undefined, 'The Customer shall march on.'],
	])('splits number, heading and text of %s', (text, number, heading, own) => {
		const [node] = nodes(text);
		expect([node?.number, node?.heading, node?.text]).toEqual([number, heading, own]);
	});

	it('takes Section 4 of a sentence for a sentence', () => {
		expect(nodes('Section 4 of this Agreement applies.', 'text')[0]?.number).toBeUndefined();
	});

	it('reads the same text through quotes, ligatures, soft hyphens, blanks, line ends and markup', () => {
		const plain = '1. The "Customer" shall notify the office in writing - always.';
		const dressed =
			'\uFEFF1.  The \u201CCustomer\u201D shall\r\nno\u00ADtify the **o\uFB03ce**\u00A0in\u2009<span id="x">writing</span> \u2013 al\u200Bways.\r\n';
		expect(nodes(dressed)[0]?.text).toBe(nodes(plain)[0]?.text);
	});

	it('keeps redactions, blanks to fill in and marks inside words', () => {
		expect(nodes('Fee: [***] and [*****] by ____ in snake_case_name.')[0]?.text).toContain(
			'[***] and [*****] by ____ in snake_case_name',
		);
	});

	it('keeps link labels as text and targets aside', () => {
		const [node] = nodes('See the [policy](https://example.com/a_(b)) and [below](#x).');
		expect(node?.text).toBe('See the policy and below.');
		expect(node?.links).toEqual(['https://example.com/a_(b)']);
	});

	it('finds definitions by their term', () => {
		const terms = nodes(
			'"Seats" means users.\n\n**\u201CTerm\u201D** shall mean a year.\n\n(a) "Fee", as agreed, is paid.',
		).map((node) => node.term);
		expect(terms).toEqual(['Seats', 'Term', undefined]);
	});

	it('finds the parties of a preamble with their legal forms', () => {
		const text =
			'SERVICES AGREEMENT\n\nThis Services Agreement is made by and between Acme, Inc., a Delaware corporation ("Acme") and Beta GmbH & Co. KG ("Beta").';
		expect(readDocument(document(text, 'text')).parties).toEqual(['Acme, Inc.', 'Beta GmbH & Co. KG']);
	});

	it('reads tables with header rows, escaped bars and the empty header of converters', () => {
		const [first] = nodes('| Name | Note |\n| --- | :-: |\n| a | x \\| y |\n| b |');
		expect(first?.table).toMatchObject({
			columns: ['Name', 'Note'],
			rows: [
				['a', 'x | y'],
				['b', ''],
			],
		});
		const [second] = nodes('|  |  |\n| --- | --- |\n| **Name** | Note |\n| a | b |');
		expect(second?.table).toMatchObject({ columns: ['Name', 'Note'], rows: [['a', 'b']] });
	});

	it('gives keys that do not depend on numbers and are unique', () => {
		const first = nodes('1. Scope of Work\n\n2. Payment');
		const second = nodes('4. Scope of Work\n\n7. Payment\n\n8. Payment');
		expect(first.map((node) => node.key)).toEqual(['scope-of-work', 'payment']);
		expect(second[0]?.key).toBe('scope-of-work');
		expect(new Set(second.map((node) => node.key)).size).toBe(3);
	});

	it('points at the source: a span holds the words of its clause', () => {
		const text = '# A\n\n1. First clause.\n2. Second clause.';
		const node = nodes(text)[2];
		expect(text.slice(node?.span.start, node?.span.end)).toContain('Second clause.');
	});

	it.each([
		['## 4 Warranties', '4', 'Warranties'],
		['## 4. Warranties', '4', 'Warranties'],
		['# 12 "Fees" and taxes', '12', '"Fees" and taxes'],
		['## 24 Hour Support', undefined, '24 Hour Support'],
		["## 30 Days' Notice", undefined, "30 Days' Notice"],
		['## 30 Business Days', undefined, '30 Business Days'],
		['## 2026 Budget', undefined, '2026 Budget'],
		['## 3 of the parties', undefined, '3 of the parties'],
	])('reads the number of the heading %j', (text, number, heading) => {
		const [node] = nodes(text);
		expect([node?.number, node?.heading]).toEqual([number, heading]);
	});

	it.each(['Northpier plc', 'Werk Eins mbH', 'Banco Norte s.p.a.', 'Hafen e.V.'])('knows %s for a party', (name) => {
		const text = `This Agreement is made between Harbour Cranes Ltd ("Supplier") and ${name} ("Customer").`;
		expect(readDocument(document(text)).parties).toEqual(['Harbour Cranes Ltd', name]);
	});

	it('tells the whole text of a clause with what stands below it', () => {
		const tree = readDocument(document('## Term\n\nOne year.\n\n- first\n- second\n\n## Next'));
		const [term] = tree.nodes;
		expect(term && clauseText(term)).toBe('Term\nOne year.\nfirst\nsecond');
	});

	it.each([
		['a\0b', {}, 'DOCUMENT_UNREADABLE'],
		['x'.repeat(11), { maxCharacters: 10 }, 'INPUT_TOO_LARGE'],
	])('refuses %j', (text, limits, code) => {
		let error: unknown;
		try {
			readDocument(document(text), limits);
		} catch (caught) {
			error = caught;
		}
		expect(isDomainError(error) && error.code).toBe(code);
		expect(isDomainError(error) && error.remedy).not.toBe('');
	});
});
