import * as fc from 'fast-check';
import { compareSnapshots, csvRecords, detectDelimiter, snapshotHash, SnapshotReader } from '../../../core/ingress';

function read(text: string, delimiter?: string) {
	const records: string[][] = [];
	const all = csvRecords(text, delimiter);
	for (;;) {
		const next = all.next();
		if (next.done === true) return { records, cut: next.value };
		records.push([...next.value]);
	}
}

describe('CSV', () => {
	it.each([
		[
			'quotes, doubled quotes and line breaks in them',
			'a,b\r\n"x, ""y""","1\n2"\n',
			[
				['a', 'b'],
				['x, "y"', '1\n2'],
			],
		],
		[
			'a byte order mark and empty lines',
			'\ufeffa;b\n\n1;2\n\n',
			[
				['a', 'b'],
				['1', '2'],
			],
		],
		[
			'no line break at the end, and empty fields',
			'a\tb\t\n\t\t3',
			[
				['a', 'b', ''],
				['', '', '3'],
			],
		],
		[
			'old Mac line ends',
			'a|b\r1|2\r',
			[
				['a', 'b'],
				['1', '2'],
			],
		],
	])('is read with %s', (_name, text, records) => {
		expect(read(text)).toEqual({ records, cut: false });
	});

	it('is known to be cut where a quote is never closed', () => {
		expect(read('a,b\n1,"two')).toEqual({ records: [['a', 'b']], cut: true });
	});

	it('is read back as it was written, whatever it holds', () => {
		const cell = fc.string().filter((text) => !text.startsWith('\ufeff'));
		const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
		fc.assert(
			fc.property(table, fc.constantFrom(',', ';', '\t'), (rows, delimiter) => {
				const quoted = rows
					.map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(delimiter))
					.join('\n');
				expect(read(quoted, delimiter)).toEqual({ records: rows, cut: false });
			}),
		);
	});

	it('takes the delimiter of its header line', () => {
		expect(detectDelimiter('Name;"City, Country";Start\n1,2;3')).toBe(';');
		expect(detectDelimiter('only')).toBe(',');
	});

	it('takes time in proportion to its length', () => {
		const hostile = `a,b\n${'"'.repeat(400_001)}`;
		const started = process.cpuUsage();
		read(hostile);
		expect(process.cpuUsage(started).user / 1e6).toBeLessThan(5);
	});
});

describe('a snapshot', () => {
	const snapshot = (...rows: Array<Record<string, unknown>>) => {
		const reader = new SnapshotReader('id');
		for (const row of rows) reader.add(row);
		return reader;
	};

	it('is the same whatever the order of its rows and columns', () => {
		const one = snapshot({ id: 1, name: 'a' }, { id: 2, name: 'b' });
		const two = snapshot({ name: 'b', id: 2 }, { name: 'a', id: 1 });
		expect(snapshotHash(one.rows)).toBe(snapshotHash(two.rows));
		expect(compareSnapshots(one.rows, two.rows)).toMatchObject({ added: [], changed: [], vanished: [], unchanged: 2 });
	});

	it('differs by what is new, changed and gone', () => {
		const before = snapshot({ id: 1, name: 'a' }, { id: 2, name: 'b' }, { id: 3, name: 'c' });
		const after = snapshot({ id: 2, name: 'x' }, { id: 3, name: 'c' }, { id: 4, name: 'd' });
		const { added, changed, vanished, unchanged } = compareSnapshots(before.rows, after.rows);
		expect([added, vanished].map((rows) => rows.map(({ key }) => key))).toEqual([['4'], ['1']]);
		expect(changed.map(({ before: old, after: row }) => [old.row['name'], row.row['name']])).toEqual([['b', 'x']]);
		expect(unchanged).toBe(1);
	});

	it('concludes nothing of rows that cannot be told apart', () => {
		const before = snapshot({ id: 1, name: 'a' }, { id: 2, name: 'b' });
		const after = snapshot(
			{ id: 1, name: 'x' },
			{ id: 1, name: 'y' },
			{ id: 1, name: 'y' },
			{ name: 'z' },
			{ id: 2, name: 'b' },
		);
		expect(after.problems.map(({ code, rowNumber }) => [code, rowNumber])).toEqual([
			['KEY_TWICE', 2],
			['KEY_TWICE', 3],
			['KEY_MISSING', 4],
		]);
		expect(compareSnapshots(before.rows, after.rows, after.unclear)).toMatchObject({ changed: [], vanished: [] });
	});
});
