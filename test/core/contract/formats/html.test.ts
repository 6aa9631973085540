import { readDocument, type ClauseNode } from '../../../../core/contract';
import { readHtml, type TextView } from '../../../../core/contract/formats';
import { document } from '../builders';

const page = (body: string): string => `<!DOCTYPE html><html><head><title>T</title></head><body>${body}</body></html>`;
const read = (body: string, view?: TextView): string => readHtml(page(body), view).text;
const nodes = (body: string): ClauseNode[] => readDocument(document(read(body))).nodes;
const shown = (body: string): string[] =>
	nodes(body).map(({ number, heading, text }) =>
		[number, heading, text].filter((part) => part !== undefined && part !== '').join(' '),
	);

describe('text of a page', () => {
	it('leaves out what nobody sees', () => {
		const hidden =
			'<script>var fees = "<p>no</p>"</script><style>p{}</style><!-- no --><p hidden>no</p><p style="display: none">no</p><template>no</template>';
		expect(shown(`${hidden}<p>Fees are due.</p>`)).toEqual(['Fees are due.']);
	});

	it('reads entities and all kinds of blanks', () => {
		expect(shown('<p>Fees&nbsp;&amp; taxes: 5&nbsp;&euro; &lt;net&gt;&#8212;&#x201C;due&#x201D;</p>')).toEqual([
			'Fees & taxes: 5 € <net>\u2014"due"',
		]);
	});

	it.each([
		'*Fees* and _taxes_',
		'# Fees',
		'- Fees',
		'[Fees](http://x.example)',
		'| a | b |',
		'1986\\ and `code`',
		'___',
		'&amp; &nbsp;',
		'<b>',
	])('keeps %s as it stands', (text) => {
		const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
		const [node] = nodes(`<p>${escaped}</p>`);
		expect(`${node?.number ?? ''}${node?.text ?? ''}`).toBe(text.replace(/`/g, "'"));
	});

	it('keeps literal numbers and does not count them anew', () => {
		expect(shown('<p>1. Fees</p><p>3. Term</p><p>3.1 Start</p>')).toEqual(['1 Fees', '3 Term', '3.1 Start']);
	});

	it('reads headings and bold openings as headings', () => {
		expect(nodes('<h2>Fees <i>and</i> taxes</h2><p><b>Payment.</b> Due at once.</p>')).toMatchObject([
			{ kind: 'heading', heading: 'Fees and taxes' },
			{ heading: 'Payment', text: 'Due at once.' },
		]);
	});

	it('parts paragraphs at two line breaks, and joins lines at one', () => {
		expect(shown('One<br>line.<br><br>Another<br/>line.')).toEqual(['One line.', 'Another line.']);
	});

	it('keeps the lines of preformatted text', () => {
		expect(shown('<pre>1. Fees\n   are due.\n\n2. Term</pre>')).toEqual(['1 Fees are due.', '2 Term']);
	});

	it('tells footnotes, powers and ordinals apart', () => {
		expect(
			shown('<p>The fee<sup>1</sup> for 20 m<sup>2</sup> on the 5<sup>th</sup> day<sup><a href="#n">2</a></sup>.</p>'),
		).toEqual(['The fee[1] for 20 m^2 on the 5th day[2].']);
	});

	it('keeps where links lead', () => {
		expect(
			nodes('<p>See <a href="https://x.example/a(b)">our terms</a> and <a href="#s">there</a>.</p>')[0],
		).toMatchObject({
			text: 'See our terms and there.',
			links: ['https://x.example/a%28b%29'],
		});
	});
});

describe('deletions and insertions', () => {
	const body = '<p>Fees are <del>ten</del><ins>twelve</ins> dollars.</p>';

	it.each([
		['accepted', 'Fees are twelve dollars.'],
		['original', 'Fees are ten dollars.'],
		['rejected', 'Fees are ten dollars.'],
	] as const)('%s: %s', (view, text) => {
		expect(readHtml(page(body), view)).toMatchObject({ text: `${text}\n`, warnings: [expect.stringContaining(view)] });
	});
});

describe('list numbers as a browser shows them', () => {
	it('counts, also under the outer number', () => {
		expect(shown('<ol><li>Fees<ol><li>Due</li><li>Late</li></ol></li><li>Term</li></ol>')).toEqual([
			'1 Fees',
			'1.1 Due',
			'1.2 Late',
			'2 Term',
		]);
	});

	it.each([
		['start', '<ol start="4"><li>A b.</li><li>C d.</li></ol>', ['4', '5']],
		['value', '<ol><li>A b.</li><li value="7">C d.</li><li>E f.</li></ol>', ['1', '7', '8']],
		['reversed', '<ol reversed><li>A b.</li><li>C d.</li></ol>', ['2', '1']],
		['letters', '<ol type="a"><li>A b.</li><li>C d.</li></ol>', ['a.', 'b.']],
		['capitals', '<ol type="A" start="27"><li>A b.</li></ol>', ['AA.']],
		['numerals', '<ol type="i" start="3"><li>A b.</li><li>C d.</li></ol>', ['iii.', 'iv.']],
		[
			'CSS over type',
			'<ol type="i" style="list-style-type: upper-roman"><li>A b.</li><li>C d.</li></ol>',
			['I.', 'II.'],
		],
		[
			'a list going on after a paragraph',
			'<ol><li>A b.</li></ol><p>Between.</p><ol start="2"><li>C d.</li></ol>',
			['1', undefined, '2'],
		],
	])('%s', (_, body, numbers) => {
		expect(nodes(body).map((node) => node.number)).toEqual(numbers);
	});

	it('starts anew in every list, even without an end tag', () => {
		expect(shown('<ol><li>A b.<li>C d.</ol><ol><li>E f.</ol>')).toEqual(['1 A b.', '2 C d.', '1 E f.']);
	});

	it('numbers an item whose text is a paragraph or a heading', () => {
		expect(shown('<ol><li><p>A b.</p><p>More.</p></li><li><h3>Fees</h3><p>Due.</p></li></ol>')).toEqual([
			'1 A b.',
			'More.',
			'2 Fees',
			'Due.',
		]);
	});

	it('knows bullets', () => {
		expect(nodes('<ul><li>A b.</li></ul>')).toMatchObject([{ kind: 'item', text: 'A b.' }]);
	});
});

describe('tables', () => {
	const table = (body: string): unknown => nodes(body).find((node) => node.table)?.table;

	it('reads head and rows, cells over several rows and columns', () => {
		expect(
			table(
				'<table><tr><th>Name</th><th colspan="2">Fees</th></tr><tr><td rowspan="2">Gold</td><td>1|2</td><td>x</td></tr><tr><td>3</td><td>y<br>z</td></tr></table>',
			),
		).toMatchObject({
			columns: ['Name', 'Fees', 'Fees 2'],
			rows: [
				['Gold', '1\\|2', 'x'],
				['Gold', '3', 'y z'],
			].map((row) => row.map((cell) => cell.replace('\\|', '|'))),
		});
	});

	it('reads two header rows as one', () => {
		expect(
			table(
				'<table><thead><tr><th rowspan="2">Plan</th><th colspan="2">Fee</th></tr><tr><th>Year 1</th><th>Year 2</th></tr></thead><tr><td>Gold</td><td>1</td><td>2</td></tr></table>',
			),
		).toMatchObject({ columns: ['Plan', 'Fee Year 1', 'Fee Year 2'], rows: [['Gold', '1', '2']] });
	});

	it('takes a table that only places text for text', () => {
		expect(
			shown('<table><tr><td>(a)</td><td>Fees are due.</td></tr><tr><td>(b)</td><td>Taxes, too.</td></tr></table>'),
		).toEqual(['(a) Fees are due.', '(b) Taxes, too.']);
	});

	it('keeps a table in a cell as text of the cell', () => {
		expect(
			table(
				'<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td><table><tr><td>x</td></tr></table></td></tr></table>',
			),
		).toMatchObject({
			rows: [['1', 'x']],
		});
	});

	it('reads a definition list as terms with their meaning below', () => {
		expect(nodes('<dl><dt>Seats</dt><dd>Places for people.</dd></dl>')).toMatchObject([
			{ heading: 'Seats' },
			{ text: 'Places for people.', path: ['Seats'] },
		]);
	});
});

describe('hostile pages', () => {
	it.each([
		['lists 10,000 deep', '<ol><li>x'.repeat(10_000)],
		['100,000 open elements', '<div>'.repeat(100_000)],
		['100,000 stray end tags in deep elements', '<div>'.repeat(500) + '</p></q></b>'.repeat(100_000)],
		['unclosed cells', '<table>' + '<tr><td>x'.repeat(20_000)],
		[
			'a huge span',
			'<table><tr><td colspan="999999999" rowspan="999999999">x</td><td>y</td></tr><tr><td>z</td></tr></table>',
		],
		['an endless attribute', `<p title="${'x'.repeat(1_000_000)}`],
		['brackets', '<'.repeat(1_000_000)],
		['a million line breaks', '<br>'.repeat(1_000_000)],
		['a list number out of bounds', '<ol start="99999999999999999999" reversed><li value="-5">x</ol>'],
	])('reads %s', (_, body) => {
		expect(typeof read(`<p>Fees</p>${body}`)).toBe('string');
	});

	it('has no way out of a cell, an item or a heading', () => {
		expect(nodes('<h1>Fees\n\n# Term</h1><ol><li>a\n\n2. b</li></ol>').map((node) => node.number)).toEqual([
			undefined,
			'1',
		]);
	});
});

describe('a table that stands on the page with its bars', () => {
	it.each([
		'<p>| Abroad: | <b>Acme</b><br>12 High Street |<br>| At home: | Acme Inc. |</p>',
		'<p>| Abroad: | <b>Acme</b><br>12 High Street |\n| At home: | Acme Inc. |</p>',
		'<table><tr><td>Abroad:</td><td>Acme<br>12 High Street</td></tr><tr><td>At home:</td><td>Acme Inc.</td></tr></table>',
	])('is a table: %s', (page) => {
		const { text } = readHtml(page);
		expect(readDocument(document(text)).nodes[0]?.table).toMatchObject({
			columns: ['Column 1', 'Column 2'],
			rows: [
				['Abroad:', 'Acme 12 High Street'],
				['At home:', 'Acme Inc.'],
			],
		});
	});

	it.each(['<p>| a |<br>b</p>', '<p>| a | b</p>', '<p>a | b |<br>| c |</p>'])(
		'is text where it is none: %s',
		(page) => {
			expect(readDocument(document(readHtml(page).text)).nodes.every(({ table }) => table === undefined)).toBe(true);
		},
	);
});

describe('a page of more paragraphs than are read', () => {
	const paragraphs = (count: number): string => page('<p>Fees are due.</p>'.repeat(count));

	it('is refused while it is read, by the limit that its text would meet afterwards', () => {
		const limits = { maxClauses: 40 };
		expect(() => readHtml(paragraphs(1_000), 'accepted', limits)).toThrow('more than 40 clauses and paragraphs');
	});

	it('is read where it has as many as that', () => {
		const limits = { maxClauses: 40 };
		const { text } = readHtml(paragraphs(40), 'accepted', limits);
		expect(readDocument(document(text), limits).nodes).toHaveLength(40);
	});
});
