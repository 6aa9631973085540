import { readDocument, type ClauseNode } from '../../../../core/contract';
import { readPdf } from '../../../../core/contract/formats';
import { document } from '../builders';
import { borders, dot, EM, pdfFile, setText, type Put } from './pdf-file';
import { usePdfJs } from './pdfjs';

beforeAll(usePdfJs);

const line = (words: string, x: number, y: number, more: Partial<Put> = {}): Put => ({ text: words, x, y, ...more });
const readNodes = async (file: Uint8Array): Promise<ClauseNode[]> => {
	const { text, format } = await readPdf(file);
	return readDocument(document(text, format)).nodes;
};
const LONG =
	'The Customer pays the fees that the order form names within thirty days of the date of the invoice, and holds nothing back without a reason that it has stated in writing before that date.';
const OTHER =
	'Nobody but the persons that the schedule names may open the platform, unless the Customer has told the Provider in writing who it is and for how long the access has to last.';

describe('what is drawn and not written', () => {
	it('reads small marks before texts as bullets', async () => {
		const items = [
			...setText(`Fees. ${LONG}`, { x: 90, y: 100 }),
			...setText(`Access. ${OTHER}`, { x: 90, y: 160 }),
			...setText('Nothing else.', { x: 90, y: 220 }),
		];
		const bullets = [100, 160, 220].map((y) => dot(76, y - 2)).join('\n');
		const { text } = await readPdf(pdfFile([items], '', [bullets]));
		expect(text).toBe(`\u2022 Fees. ${LONG}\n\n\u2022 Access. ${OTHER}\n\n\u2022 Nothing else.\n`);
	});

	it('takes no mark in the middle of nothing, and none as large as a letter, for a bullet', async () => {
		const page = setText(LONG, { x: 90, y: 100 });
		const { text } = await readPdf(pdfFile([page], '', [[dot(20, 98), dot(70, 100, 12)].join('\n')]));
		expect(text).toBe(`${LONG}\n`);
	});

	it('reads cells by their borders, whatever stands on one line', async () => {
		const cells = [
			line('Module', 76, 114),
			line('Open to', 176, 114),
			line('Reports', 76, 134),
			line('Buyers and', 176, 134),
			line('auditors', 176, 146),
			line('Stock', 76, 166),
			line('Warehouse', 176, 166),
		];
		const drawn = borders([72, 172, 300], [100, 120, 152, 172]);
		const table = (await readNodes(pdfFile([cells], '', [drawn]))).find((node) => node.table)?.table;
		expect(table).toMatchObject({
			columns: ['Module', 'Open to'],
			rows: [
				['Reports', 'Buyers and auditors'],
				['Stock', 'Warehouse'],
			],
		});
	});

	it('reads ligatures as the letters that they are made of', async () => {
		const page = [line('The o\u0002ce \u0001les the noti\u0001cation.', 72, 100)];
		const [node] = await readNodes(pdfFile([page], '', [], { names: ['fi', 'ffi'] }));
		expect(node?.text).toBe('The office files the notification.');
	});

	it('reads right-to-left text in the order of its words', async () => {
		// Alef, bet, gimel as the page shows them: from the right.
		const page = [
			line('\u0003\u0003\u0003', 300, 100),
			line('\u0002\u0002\u0002', 340, 100),
			line('\u0001\u0001', 380, 100),
		];
		const { text } = await readPdf(pdfFile([page], '', [], { names: ['afii57664', 'afii57665', 'afii57666'] }));
		expect(text.trim()).toBe('\u05d0\u05d0 \u05d1\u05d1\u05d1 \u05d2\u05d2\u05d2');
	});

	it('keeps footnotes apart from the text above them', async () => {
		const page = [
			...setText(LONG, { x: 72, y: 100 }),
			line('1', 72 + 30 * EM * 10, 96, { size: 6 }),
			line('1', 72, 700, { size: 6 }),
			line('As amended on 1 May 2026.', 78, 703, { size: 8 }),
		];
		const { text } = await readPdf(pdfFile([page]));
		expect(text.split('\n\n').at(-1)).toMatch(/As amended on 1 May 2026\.\n$/);
		expect(text).not.toContain('that date. As amended');
	});
});

describe('how paragraphs are set', () => {
	const clauses = ['Fees', 'Access', 'Term', 'Notice', 'Liability'].map(
		(name, at) => `${name}. ${at % 2 ? OTHER : LONG}`,
	);

	it('parts paragraphs by first lines that stand in, full lines and labels at line starts notwithstanding', async () => {
		let y = 80;
		const page = clauses.flatMap((clause) => {
			const lines = setText(clause, { x: 92, y, hang: -20 });
			y += lines.length * 12;
			return lines;
		});
		// A paragraph of one full line, and one whose second line begins with a number.
		const full = 'It holds for all of them and for anybody who comes after them in whatever way.';
		const cut = ['Nothing in this agreement keeps a party from what it may do under section', '12. It stays as it is.'];
		page.push(line(full, 92, y), line(cut[0] ?? '', 92, y + 12), line(cut[1] ?? '', 72, y + 24));
		const { text } = await readPdf(pdfFile([page]));
		expect(text.trimEnd().split('\n\n')).toEqual([...clauses, full, cut.join(' ')]);
	});

	it('reads two columns whose lines stand at heights of their own', async () => {
		// The last line of the left column has room left.
		const set = clauses.map((clause, at) => (at === 2 ? `${clause} So it is.` : clause));
		const column = (texts: string[], x: number, top: number): Put[] => {
			let y = top;
			return texts.flatMap((words) => {
				const lines = setText(words, { x, y, right: x + 220, size: 9 });
				y += lines.length * 10.8 + 7;
				return lines;
			});
		};
		const { text } = await readPdf(pdfFile([[...column(set.slice(0, 3), 60, 100), ...column(set.slice(3), 320, 104)]]));
		expect(text.trimEnd().split('\n\n')).toEqual(set);
	});

	it('keeps paragraphs of double-spaced text whole', async () => {
		const spaced = (words: string, y: number): Put[] =>
			setText(words, { x: 72, y }).map((put, at) => ({ ...put, y: y + at * 24 }));
		const page = [...spaced(clauses[0] ?? '', 80), ...spaced(clauses[1] ?? '', 260), ...spaced(clauses[2] ?? '', 440)];
		const { text } = await readPdf(pdfFile([page]));
		expect(text.trimEnd().split('\n\n')).toEqual(clauses.slice(0, 3));
	});

	it('gives back the blanks in a row of a printed text file, and joins what the page broke', async () => {
		const typed = [
			'1.   SCOPE     6',
			'',
			'(i) the first     (ii) the second   (iii) the third',
			'',
			'     Indented by hand',
			'',
			'The last line',
		];
		const page = typed.flatMap((words, at) =>
			words === ''
				? []
				: [line(words.trimStart(), 72 + (words.length - words.trimStart().length) * EM * 10, 80 + at * 12)],
		);
		expect(await readPdf(pdfFile([page]))).toMatchObject({ format: 'text', text: `${typed.join('\n')}\n` });
	});
});
