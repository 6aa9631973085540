import { cell, docx, inList, lines, list, p, r, row, table, tree } from './build-docx';
import { readDocx } from '../../../../core/contract/docx';

const HEADER = '<w:tblHeader/>';

function grid(body: string): string[][] {
	const { text } = readDocx(docx(body), 'accepted');
	return text
		.trim()
		.split('\n')
		.filter((line) => !line.startsWith('| ---'))
		.map((line) => line.slice(2, -2).split(' | '));
}

describe('a table of a Word document', () => {
	it('has a row for each row, the first one its header', () => {
		expect(grid(table(row(['Module', 'Seats']), row(['Audit', '5'])))).toEqual([
			['Module', 'Seats'],
			['Audit', '5'],
		]);
	});

	it('is read by the clause tree with its columns and rows, whatever stands in its cells', () => {
		const node = tree(table(row(['Key', 'Text']), row(['a|b', '1. x * y']), row(['\\', '']))).nodes[0];
		expect(node?.table?.columns).toEqual(['Key', 'Text']);
		expect(node?.table?.rows).toEqual([
			['a|b', '1. x * y'],
			['\\', ''],
		]);
	});

	it('leaves the further columns of a wide cell empty and repeats a tall one in each of its rows', () => {
		const tall = (text: string): string => cell(text, '<w:vMerge w:val="restart"/>');
		const more = cell('<w:p/>', '<w:vMerge/>');
		const body = table(
			row(['Region', 'City', 'Seats']),
			row([tall('EU'), 'Berlin', '1']),
			row([more, 'Paris', '2']),
			row([cell('Total', '<w:gridSpan w:val="2"/>'), '3']),
		);
		expect(grid(body)).toEqual([
			['Region', 'City', 'Seats'],
			['EU', 'Berlin', '1'],
			['EU', 'Paris', '2'],
			['Total', '', '3'],
		]);
	});

	it('makes one header of several header rows', () => {
		const body = table(
			row([cell('Item', '<w:vMerge w:val="restart"/>'), cell('Price', '<w:gridSpan w:val="2"/>')], HEADER),
			row([cell('<w:p/>', '<w:vMerge/>'), 'Net', 'Gross'], HEADER),
			row(['Pen', '1', '2']),
		);
		expect(grid(body)).toEqual([
			['Item', 'Price Net', 'Price Gross'],
			['Pen', '1', '2'],
		]);
	});

	it('keeps columns in place where a row begins later', () => {
		expect(grid(table(row(['A', 'B']), row(['only b'], '<w:gridBefore w:val="1"/>')))[1]).toEqual(['', 'only b']);
	});

	it('has the paragraphs of a cell on lines, with their numbers and bullets', () => {
		const numbering = list(1, [{ text: '(%1)', format: 'lowerLetter' }]) + list(2, [{ text: 'o', format: 'bullet' }]);
		const body = table(
			row(['H', 'I']),
			row([cell(p('Intro') + p('first', inList(1, 0)) + p('second', inList(1, 0)) + p('dot', inList(2, 0))), 'x']),
		);
		expect(lines({ body, numbering })).toEqual([
			'| H | I |\n| --- | --- |\n| Intro<br>(a) first<br>(b) second<br>• dot | x |',
		]);
	});

	it('has a line for each row of a table inside a cell', () => {
		const inner = table(row(['Tier', 'Credit']), row(['1', '10 %']));
		expect(grid(table(row(['H', 'I']), row([cell(inner + '<w:p/>'), 'x'])))[1]).toEqual(['Tier Credit<br>1 10 %', 'x']);
	});

	it('that only frames a text is no table', () => {
		const inner = table(row(['A', 'B']), row(['1', '2']));
		expect(lines(table(row([cell(p('Framed.') + inner + '<w:p/>')])))).toEqual([
			'Framed.',
			'| A | B |\n| --- | --- |\n| 1 | 2 |',
		]);
	});

	it('has rows and cells that stand in content controls', () => {
		const wrapped = `<w:sdt><w:sdtPr/><w:sdtContent>${row(['k', 'v'])}</w:sdtContent></w:sdt>`;
		const control = `<w:tr><w:sdt><w:sdtContent>${cell('a')}</w:sdtContent></w:sdt>${cell('b')}</w:tr>`;
		expect(grid(`<w:tbl>${row(['H', 'I'])}${wrapped}${control}</w:tbl>`)).toEqual([
			['H', 'I'],
			['k', 'v'],
			['a', 'b'],
		]);
	});

	it('keeps bold words plain', () => {
		expect(grid(table(row(['H', 'I']), row([cell(p(r('bold', '<w:b/>'))), 'x'])))[1]).toEqual(['bold', 'x']);
	});
});
