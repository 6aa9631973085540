import { readDocx, trackedChanges } from '../../../../core/contract/docx';
import { cell, del, docx, inList, ins, lines, list, mark, p, r, row, t, table, WHO } from './build-docx';

const BEN = 'w:id="2" w:author="Ben" w:date="2026-03-02T10:00:00Z"';

/** Lines of the view before all changes, and after them. */
function both(body: string, numbering?: string): { original: string[]; accepted: string[] } {
	const source = numbering === undefined ? { body } : { body, numbering };
	expect(readDocx(docx(source), 'rejected').text).toBe(readDocx(docx(source), 'original').text);
	return { original: lines(source, 'original'), accepted: lines(source, 'accepted') };
}

describe('a document with tracked changes reads', () => {
	it('with insertions after them and with deletions before them', () => {
		expect(both(p(r('Pay ') + del('ten') + ins('twenty') + r(' seats.')))).toEqual({
			original: ['Pay ten seats.'],
			accepted: ['Pay twenty seats.'],
		});
	});

	it('without text that one author inserted and another deleted, in both views', () => {
		expect(both(p(r('A') + ins(r(' new') + del(' brief', BEN)) + r(' end.')))).toEqual({
			original: ['A end.'],
			accepted: ['A new end.'],
		});
	});

	it('with moved text at its old and its new place', () => {
		const from = `<w:moveFromRangeStart w:id="7" w:name="move1" w:author="Ann"/><w:moveFrom ${WHO}>${r('Moved. ')}</w:moveFrom><w:moveFromRangeEnd w:id="7"/>`;
		const to = `<w:moveToRangeStart w:id="8" w:name="move1" w:author="Ann"/><w:moveTo ${WHO}>${r('Moved. ')}</w:moveTo><w:moveToRangeEnd w:id="8"/>`;
		expect(both(p(from + r('First.')) + p(to + r('Second.')))).toEqual({
			original: ['Moved. First.', 'Second.'],
			accepted: ['First.', 'Moved. Second.'],
		});
	});

	it('with paragraphs joined where a mark was deleted, and parted where one was inserted', () => {
		expect(both(p(r('One '), mark('del')) + p('two.') + p(r('Three '), mark('ins')) + p('four.'))).toEqual({
			original: ['One', 'two.', 'Three four.'],
			accepted: ['One two.', 'Three', 'four.'],
		});
	});

	it('without a paragraph whose text and mark are deleted, and renumbers those after it', () => {
		const gone = `<w:p><w:pPr>${inList(1, 0)}${mark('del')}</w:pPr>${del('Gone.')}</w:p>`;
		const body = p('Stays.', inList(1, 0)) + gone + p('Follows.', inList(1, 0));
		expect(both(body, list(1, [{ text: '%1.' }]))).toEqual({
			original: ['1\\. Stays.', '2\\. Gone.', '3\\. Follows.'],
			accepted: ['1\\. Stays.', '2\\. Follows.'],
		});
	});

	it('with a deleted paragraph before a table, or at the end of a cell, as if it had not been', () => {
		const gone = `<w:p><w:pPr>${mark('del')}</w:pPr>${del('Gone.')}</w:p>`;
		const body = gone + table(row(['H1', 'H2']), row([cell(p('kept') + gone), 'b']));
		expect(both(body).accepted).toEqual(['| H1 | H2 |\n| --- | --- |\n| kept | b |']);
	});

	it('with rows, cells and whole tables that came or went', () => {
		const rows = table(
			row(['Key', 'Seats']),
			row(['old', '1'], `<w:del ${WHO}/>`),
			row(['new', '2'], `<w:ins ${WHO}/>`),
			row([cell('x'), cell('3', `<w:cellIns ${WHO}/>`), cell('4', `<w:cellDel ${WHO}/>`)]),
		);
		const whole = table(row(['only'], `<w:ins ${WHO}/>`));
		expect(both(rows + p('-') + whole)).toEqual({
			original: ['| Key | Seats |\n| --- | --- |\n| old | 1 |\n| x | 4 |', '\\-'],
			accepted: ['| Key | Seats |\n| --- | --- |\n| new | 2 |\n| x | 3 |', '\\-', 'only'],
		});
	});

	it('with numbers and formatting as they were before their change', () => {
		const changed = `${inList(1, 1)}<w:pPrChange ${WHO}><w:pPr>${inList(1, 0)}</w:pPr></w:pPrChange>`;
		const inserted = `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/><w:ins ${WHO}/></w:numPr>`;
		const bold = `<w:b/><w:rPrChange ${WHO}><w:rPr/></w:rPrChange>`;
		const body = p('one', inList(1, 0)) + p('two', changed) + p('three', inserted) + p(r('Four.', bold) + r(' five'));
		expect(both(body, list(1, [{ text: '%1.' }, { text: '%1.%2' }]))).toEqual({
			original: ['1\\. one', '2\\. two', 'three', 'Four. five'],
			accepted: ['1\\. one', '1.1 two', '2\\. three', '**Four.** five'],
		});
	});

	it('with the result of a field whose code was deleted', () => {
		const field = (kind: string): string => `<w:r><w:fldChar w:fldCharType="${kind}"/></w:r>`;
		const code = '<w:r><w:delInstrText xml:space="preserve"> DATE </w:delInstrText></w:r>';
		const body = p(
			`<w:del ${WHO}>${field('begin')}${code}${field('separate')}</w:del>${r('1 May')}<w:del ${WHO}>${field('end')}</w:del>`,
		);
		expect(both(body)).toEqual({ original: ['1 May'], accepted: ['1 May'] });
	});
});

describe('the tracked changes of a document', () => {
	const of = (body: string): ReturnType<typeof trackedChanges> => trackedChanges(docx(body));

	it('are insertions and deletions with author, date, text and place', () => {
		const body = p('Before.') + p(r('Pay ') + del('ten', BEN) + ins('twenty') + r(' seats.'));
		expect(of(body)).toEqual([
			{
				kind: 'delete',
				op: 'delete',
				author: 'Ben',
				date: '2026-03-02T10:00:00Z',
				before: 'ten',
				after: '',
				place: { part: 'document', paragraph: 2 },
			},
			{
				kind: 'insert',
				op: 'insert',
				author: 'Ann',
				date: '2026-03-01T10:00:00Z',
				before: '',
				after: 'twenty',
				place: { part: 'document', paragraph: 2 },
			},
		]);
	});

	it('are one where Word cut one insertion into runs, and two where unchanged text stands between', () => {
		const body = p(ins('one ') + ins(r('two', '<w:b/>')) + r(' kept ') + ins('three'));
		expect(of(body).map((change) => change.after)).toEqual(['one two', 'three']);
	});

	it('name the author of an insertion that somebody else deleted', () => {
		const [insert, remove] = of(p(ins(r('new') + del(' brief', BEN))));
		expect(insert).toMatchObject({ kind: 'insert', author: 'Ann', after: 'new' });
		expect(remove).toMatchObject({ kind: 'delete', author: 'Ben', before: ' brief', insertedBy: { author: 'Ann' } });
	});

	it('are paragraph marks', () => {
		const changes = of(p(r('One'), mark('del')) + p(r('two'), mark('ins')) + p('three'));
		expect(changes.map(({ kind, op, before, after, place }) => [kind, op, before, after, place.paragraph])).toEqual([
			['paragraph-mark', 'delete', '¶', '', 1],
			['paragraph-mark', 'insert', '', '¶', 2],
		]);
	});

	it('are moves, with both places', () => {
		const moved = (kind: 'From' | 'To', id: number): string =>
			`<w:move${kind}RangeStart w:id="${id}" w:name="m" w:author="Ann"/>` +
			`<w:p><w:pPr><w:rPr><w:move${kind} ${WHO}/></w:rPr></w:pPr><w:move${kind} ${WHO}>${r('Clause.')}</w:move${kind}></w:p>` +
			`<w:move${kind}RangeEnd w:id="${id}"/>`;
		expect(of(moved('From', 1) + p('Between.') + moved('To', 2))).toEqual([
			{
				kind: 'move',
				op: 'move',
				author: 'Ann',
				date: '2026-03-01T10:00:00Z',
				before: 'Clause.\n',
				after: 'Clause.\n',
				place: { part: 'document', paragraph: 1 },
				to: { part: 'document', paragraph: 3 },
			},
		]);
	});

	it('are rows and cells as wholes, not their words one by one', () => {
		const came = `<w:tr><w:trPr><w:ins ${WHO}/></w:trPr>${cell(p(ins('k'), mark('ins')))}${cell(p(ins('v')))}</w:tr>`;
		const body = table(row(['a', 'b']), came, row([cell('x'), cell(p(del('y')), `<w:cellDel ${BEN}/>`)]));
		expect(of(body)).toMatchObject([
			{ kind: 'row', op: 'insert', author: 'Ann', after: 'k | v', place: { table: 1, row: 2 } },
			{ kind: 'cell', op: 'delete', author: 'Ben', before: 'y', place: { table: 1, row: 3, cell: 2 } },
		]);
	});

	it('are formatting, with what was changed of what', () => {
		const run = `<w:b/><w:i/><w:rPrChange ${WHO}><w:rPr><w:i/></w:rPr></w:rPrChange>`;
		const paragraph = `<w:jc w:val="both"/><w:pPrChange ${WHO}><w:pPr><w:jc w:val="left"/></w:pPr></w:pPrChange>`;
		const section = `<w:sectPr><w:pgSz w:w="2"/><w:sectPrChange ${WHO}><w:sectPr><w:pgSz w:w="1"/></w:sectPr></w:sectPrChange></w:sectPr>`;
		const styledTable = `<w:tbl><w:tblPr><w:jc w:val="end"/><w:tblPrChange ${WHO}><w:tblPr/></w:tblPrChange></w:tblPr>${row(['x', 'y'])}</w:tbl>`;
		const changes = of(p(r('bold', run), paragraph) + styledTable + section);
		expect(changes.map(({ kind, subject, properties, after }) => [kind, subject, properties, after.trim()])).toEqual([
			['formatting', 'paragraph', ['jc'], 'bold'],
			['formatting', 'text', ['b'], 'bold'],
			['formatting', 'table', ['jc'], ''],
			['formatting', 'section', ['pgSz'], ''],
		]);
	});

	it('are numbers that were changed, and numbers that were inserted, as each view shows them', () => {
		const changed = `${inList(1, 1)}<w:pPrChange ${WHO}><w:pPr>${inList(1, 0)}</w:pPr></w:pPrChange>`;
		const inserted = `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/><w:ins ${WHO}/></w:numPr>`;
		const gone = `<w:p><w:pPr>${inList(1, 0)}${mark('del')}</w:pPr>${del('Gone.')}</w:p>`;
		const body = gone + p('One', inList(1, 0)) + p('Two', changed) + p('Three', inserted);
		const numbering = list(1, [{ text: '%1.' }, { text: '%1.%2' }]);
		const changes = trackedChanges(docx({ body, numbering })).filter(({ kind }) => kind === 'numbering');
		expect(changes.map(({ op, before, after, place }) => [op, before, after, place.paragraph])).toEqual([
			['change', '3. Two', '1.1 Two', 3],
			['insert', 'Three', '2. Three', 4],
		]);
	});

	it('stand where they are in tables of any depth', () => {
		const inner = table(row(['i', cell(p(ins('inner')))]));
		const body = p('Before.') + table(row(['a', 'b']), row([cell(inner + p(ins('outer'))), 'c'])) + p(ins('after'));
		expect(of(body).map(({ after, place }) => [after, place])).toEqual([
			['inner', { part: 'document', paragraph: 5, table: 2, row: 1, cell: 2 }],
			['outer', { part: 'document', paragraph: 6, table: 1, row: 2, cell: 1 }],
			['after', { part: 'document', paragraph: 8 }],
		]);
	});

	it('are found in text boxes, content controls and footnotes', () => {
		const box = p(
			`<w:r><w:pict><v:textbox><w:txbxContent>${p(ins('boxed'))}</w:txbxContent></v:textbox></w:pict></w:r>`,
		);
		const control = `<w:sdt><w:sdtPr/><w:sdtContent>${p(ins('controlled'))}</w:sdtContent></w:sdt>`;
		const footnotes = `<w:footnote w:id="1">${p(ins('noted'))}</w:footnote>`;
		const changes = trackedChanges(docx({ body: box + control, footnotes }));
		expect(changes.map(({ after, place }) => [after, place.part])).toEqual([
			['boxed', 'document'],
			['controlled', 'document'],
			['noted', 'footnotes'],
		]);
	});

	it('come with every view of the document', () => {
		const file = docx(p(r('a') + ins('b')));
		expect(readDocx(file, 'original').tracked).toEqual(trackedChanges(file));
	});

	it('have no date where the file gives none that is one', () => {
		const [change] = of(p(`<w:ins w:id="1" w:author="Ann" w:date="yesterday"><w:r>${t('x')}</w:r></w:ins>`));
		expect(change).toEqual({
			kind: 'insert',
			op: 'insert',
			author: 'Ann',
			before: '',
			after: 'x',
			place: { part: 'document', paragraph: 1 },
		});
	});
});
