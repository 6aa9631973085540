import { abstract, clauses, docx, inList, lines, list, num, p, r, styled, type LevelSource } from './build-docx';
import { readDocx } from '../../../../core/contract/docx';

const LEGAL: LevelSource[] = [
	{ text: '%1.' },
	{ text: '%1.%2' },
	{ text: '(%3)', format: 'lowerLetter' },
	{ text: '(%4)', format: 'lowerRoman' },
];

/** Numbers of paragraphs `level` or `[list, level]` as a reader sees them. */
function numbers(numbering: string, places: Array<number | [number, number]>, styles = ''): string[] {
	const body = places.map((place) => p('x', typeof place === 'number' ? inList(1, place) : inList(...place))).join('');
	return lines({ body, numbering, styles }).map((line) => line.replace(/ ?x$/, '').replaceAll('\\', ''));
}

describe('numbers of a Word list', () => {
	it('count each level within the one above', () => {
		expect(numbers(list(1, LEGAL), [0, 1, 1, 2, 2, 3, 1, 2, 0, 1])).toEqual([
			'1.',
			'1.1',
			'1.2',
			'(a)',
			'(b)',
			'(i)',
			'1.3',
			'(a)',
			'2.',
			'2.1',
		]);
	});

	it.each([
		['decimal', ['1.', '2.', '3.']],
		['decimalZero', ['01.', '02.', '03.']],
		['lowerLetter', ['a.', 'b.', 'c.']],
		['upperLetter', ['A.', 'B.', 'C.']],
		['lowerRoman', ['i.', 'ii.', 'iii.']],
		['upperRoman', ['I.', 'II.', 'III.']],
		['ordinal', ['1st.', '2nd.', '3rd.']],
		['cardinalText', ['One.', 'Two.', 'Three.']],
		['ordinalText', ['First.', 'Second.', 'Third.']],
		['hebrew1', ['א.', 'ב.', 'ג.']],
		['russianUpper', ['А.', 'Б.', 'В.']],
	])('are written as %s', (format, wanted) => {
		expect(numbers(list(1, [{ text: '%1.', format }]), [0, 0, 0])).toEqual(wanted);
	});

	it.each([
		['lowerLetter', 27, 'aa.'],
		['upperLetter', 53, 'AAA.'],
		['lowerRoman', 1994, 'mcmxciv.'],
		['ordinal', 112, '112th.'],
		['cardinalText', 342, 'Three hundred forty-two.'],
		['ordinalText', 120, 'One hundred twentieth.'],
	])('of format %s write %d as %s', (format, start, wanted) => {
		expect(numbers(list(1, [{ text: '%1.', format, start }]), [0])).toEqual([wanted]);
	});

	it('are filled up with zeros as a sample of the format shows', () => {
		const sample = '<w:numFmt w:val="custom" w:format="001, 002, 003"/>';
		const choice = `<mc:AlternateContent><mc:Choice Requires="w14">${sample}</mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>`;
		const numbering = `<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="9"/>${choice}<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>${num(1, 1)}`;
		expect(numbers(numbering, [0, 0])).toEqual(['009.', '010.']);
	});

	it('begin where the level says, and at the start of a level that was skipped', () => {
		expect(
			numbers(
				list(1, [
					{ text: '%1.', start: 4 },
					{ text: '%1.%2', start: 0 },
				]),
				[1, 1, 0, 0, 1],
			),
		).toEqual(['4.0', '4.1', '4.', '5.', '5.0']);
	});

	it('go on over a higher level where the level never restarts', () => {
		const levels = [
			{ text: 'Article %1', format: 'upperRoman' },
			{ text: '%2.', more: '<w:lvlRestart w:val="0"/>' },
		];
		expect(numbers(list(1, levels), [0, 1, 1, 0, 1])).toEqual(['Article I', '1.', '2.', 'Article II', '3.']);
	});

	it('restart after the level that they name, and not after one further in', () => {
		const levels = [{ text: '%1.' }, { text: '%1.%2' }, { text: '(%3)', more: '<w:lvlRestart w:val="1"/>' }];
		expect(numbers(list(1, levels), [0, 1, 2, 1, 2, 0, 2])).toEqual(['1.', '1.1', '(1)', '1.2', '(2)', '2.', '(1)']);
	});

	it('of a legal level are all digits', () => {
		const levels = [
			{ text: 'Article %1', format: 'upperRoman' },
			{ text: '%1.%2', more: '<w:isLgl/>' },
		];
		expect(numbers(list(1, levels), [0, 0, 1])).toEqual(['Article I', 'Article II', '2.1']);
	});

	it('go on from list to list of one kind, unless the list sets a start of its own', () => {
		const override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>';
		const numbering = list(1, LEGAL) + num(2, 1) + num(3, 1, override);
		expect(numbers(numbering, [0, [2, 0], [3, 0], [3, 0], [3, 1]])).toEqual(['1.', '2.', '1.', '2.', '2.1']);
	});

	it('take over a level that the list redefines', () => {
		const own =
			'<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="7"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="Annex %1"/></w:lvl></w:lvlOverride>';
		expect(numbers(abstract(1, LEGAL) + num(1, 1, own), [0, 0])).toEqual(['Annex G', 'Annex H']);
	});

	it('come from the numbering style that a list is linked to', () => {
		const numbering =
			abstract(5, LEGAL, '<w:styleLink w:val="House"/>') +
			abstract(6, [], '<w:numStyleLink w:val="House"/>') +
			num(5, 5) +
			num(1, 6);
		const styles =
			'<w:style w:type="numbering" w:styleId="House"><w:name w:val="House"/><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>';
		expect(numbers(numbering, [0, 1], styles)).toEqual(['1.', '1.1']);
	});

	it('are given to paragraphs by their style, by the level that names the style, and by what it is based on', () => {
		const levels = LEGAL.map((level, index) => ({ ...level, more: `<w:pStyle w:val="L${index + 1}"/>` }));
		const style = (id: string, inner: string): string =>
			`<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${id}"/>${inner}</w:style>`;
		const styles =
			style('L1', '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>') +
			style('L2', '<w:basedOn w:val="L1"/>') +
			style('Child', '<w:basedOn w:val="L2"/><w:pPr><w:numPr><w:ilvl w:val="2"/></w:numPr></w:pPr>') +
			style('Bare', '<w:basedOn w:val="L1"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>');
		const body = ['L1', 'L2', 'Child', 'Child', 'Bare', 'L1'].map((id) => p('x', styled(id))).join('');
		expect(lines({ body, styles, numbering: list(1, levels) })).toEqual([
			'1\\. x',
			'1.1 x',
			'(a) x',
			'(b) x',
			'x',
			'2\\. x',
		]);
	});

	it('are not given to a paragraph that takes itself out of its list', () => {
		expect(numbers(list(1, LEGAL), [0, [0, 0], 0])).toEqual(['1.', 'x', '2.'].map((text) => text.replace('x', '')));
	});

	it('stand before empty paragraphs too', () => {
		const body = p('a', inList(1, 0)) + `<w:p><w:pPr>${inList(1, 0)}</w:pPr></w:p>` + p('c', inList(1, 0));
		expect(lines({ body, numbering: list(1, LEGAL) })).toEqual(['1\\. a', '2\\.', '3\\. c']);
	});

	it('are read by the clause tree as a reader sees them', () => {
		const body = [
			p('Term', inList(1, 0)),
			p('The term is one year.', inList(1, 1)),
			p('Notice is', inList(1, 1)),
			p('in writing;', inList(1, 2)),
			p('signed.', inList(1, 2)),
			p('Fees', inList(1, 0)),
		].join('');
		expect(clauses({ body, numbering: list(1, LEGAL) })).toEqual([
			'1 <Term>',
			'  1.1 The term is one year.',
			'  1.2 Notice is',
			'    (a) in writing;',
			'    (b) signed.',
			'2 <Fees>',
		]);
	});

	it('without a full stop are told from the words after them', () => {
		const levels = [{ text: '%1' }, { text: '%1.%2' }];
		const body =
			p('Definitions', inList(1, 0)) + p('Words mean what they say.', inList(1, 1)) + p('Term', inList(1, 0));
		expect(clauses({ body, numbering: list(1, levels) })).toEqual([
			'1 <Definitions>',
			'  1.1 Words mean what they say.',
			'2 <Term>',
		]);
	});

	it('stay apart from numbers that somebody typed', () => {
		const body = p('7. Typed') + p('9. Typed Again') + p('12) With Bracket');
		expect(clauses(body)).toEqual(['7 <Typed>', '9 <Typed Again>', '12 <With Bracket>']);
	});

	it('are bullets where the list has bullets, nested by level', () => {
		const numbering = list(1, [
			{ text: '\uf0b7', format: 'bullet' },
			{ text: 'o', format: 'bullet' },
		]);
		const body = [0, 1, 1, 0].map((level, index) => p(`item ${index}`, inList(1, level))).join('');
		expect(readDocx(docx({ body, numbering }), 'accepted').text).toBe(
			'- item 0\n\n    - item 1\n\n    - item 2\n\n- item 3\n',
		);
		expect(clauses({ body, numbering })).toEqual(['item 0', '  item 1', '  item 2', 'item 3']);
	});

	it('of an unknown format are written in digits, and it is said', () => {
		const numbering = list(1, [{ text: '%1.', format: 'klingon' }]);
		const { text, warnings } = readDocx(docx({ body: p('x', inList(1, 0)), numbering }), 'accepted');
		expect(text).toBe('1\\. x\n');
		expect(warnings).toEqual([expect.stringContaining('klingon')]);
	});

	it('go with a heading that a style separator sets before the text', () => {
		const hidden = '<w:rPr><w:vanish/><w:specVanish/></w:rPr>';
		const body = p(r('Fees.', '<w:b/>'), inList(1, 0) + hidden) + p('The Customer pays.');
		expect(clauses({ body, numbering: list(1, LEGAL) })).toEqual(['1 <Fees> The Customer pays.']);
	});
});
