import { readDocument } from '../../../core/contract';
import type { ContractChange } from '../../../core/model';
import { compare, document, outline } from './builders';

type Rows = string[][];
const lines = (columns: string[], rows: Rows): string =>
	[columns, columns.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
const table = (columns: string[], rows: Rows): string => `## Authorised Users\n\n${lines(columns, rows)}`;
const told = (changes: ContractChange[]): string[] =>
	changes.map(({ kind, op, row, field }) =>
		`${op.join('+')} ${kind} ${row?.key ?? field?.path.join(' ') ?? ''}`.trim(),
	);

const columns = ['Name', 'Role', 'Site'];
const rows: Rows = [
	['Ann Arbor', 'dev', 'Berlin'],
	['Bob Builder', 'ops', 'Paris'],
	['Cid Campeador', 'dev', 'Madrid'],
	['Dan Druff', 'law', 'London'],
];

describe('a table without a header of its own', () => {
	const tableOf = (text: string): unknown => {
		const { columns = [], rows = [] } = readDocument(document(text)).nodes[0]?.table ?? {};
		return [columns, rows];
	};

	it('has rows only', () => {
		expect(tableOf('|  |  |\n| --- | --- |\n| Name: | Acme |\n| Date: | May 1 |')).toEqual([
			['Column 1', 'Column 2'],
			[
				['Name:', 'Acme'],
				['Date:', 'May 1'],
			],
		]);
		expect(tableOf('|  |  |\n| --- | --- |\n| Name | Role |\n| Ann | Admin |')).toEqual([
			['Name', 'Role'],
			[['Ann', 'Admin']],
		]);
		expect(tableOf('| Name: | Acme |\n| --- | --- |\n| Date: | May 1 |')).toEqual([
			['Name:', 'Acme'],
			[['Date:', 'May 1']],
		]);
	});

	it('goes on over hard line breaks in its cells', () => {
		expect(tableOf('| Abroad: | **Acme**\\\n12 High Street\\\nDublin |\n| At home: | Acme Inc. |')).toEqual([
			['Column 1', 'Column 2'],
			[
				['Abroad:', 'Acme 12 High Street Dublin'],
				['At home:', 'Acme Inc.'],
			],
		]);
	});
});

describe('columns of a table', () => {
	it('that were renamed are one change, not every row', () => {
		const result = compare(table(columns, rows), table(['Person', 'Role', 'Location'], rows));
		expect(told(result.changes)).toEqual(['modified field column Person', 'modified field column Location']);
		expect(result.changes[0]?.field).toMatchObject({ from: 'Name', to: 'Person' });
	});

	it('that were added or removed are one change with their values', () => {
		const wide = table(
			[...columns, 'Floor'],
			rows.map((row, index) => [...row, String(index)]),
		);
		const added = compare(table(columns, rows), wide);
		expect(told(added.changes)).toEqual(['added field column Floor']);
		expect(added.changes[0]?.text?.after?.split('\n')).toHaveLength(4);
		const removed = compare(wide, table(columns, rows));
		expect(told(removed.changes)).toEqual(['removed field column Floor']);
		expect(removed.changes[0]?.text?.before).toContain('Dan Druff: 3');
	});

	it('that changed places are one change', () => {
		const turned = rows.map(([name = '', role = '', site = '']) => [role, name, site]);
		const result = compare(table(columns, rows), table(['Role', 'Name', 'Site'], turned));
		expect(told(result.changes)).toEqual(['moved field columns']);
	});

	it('do not hide a changed cell', () => {
		const edited = rows.map((row) => (row[0] === 'Bob Builder' ? ['Bob Builder', 'admin', 'Paris'] : row));
		const result = compare(table(columns, rows), table(['Person', 'Role', 'Site'], edited));
		expect(told(result.changes)).toEqual(['modified field column Person', 'modified row Bob Builder']);
		expect(result.changes[1]?.field).toMatchObject({ path: ['Bob Builder', 'Role'], from: 'ops', to: 'admin' });
	});
});

describe('rows of a table', () => {
	it('are known by two columns together where one is not enough', () => {
		const grants: Rows = [
			['Ann', 'crm', 'read'],
			['Ann', 'erp', 'read'],
			['Bob', 'crm', 'read'],
			['Bob', 'erp', 'write'],
		];
		const names = ['Person', 'System', 'Right'];
		const after = grants.map((row) => (row[0] === 'Bob' && row[1] === 'crm' ? ['Bob', 'crm', 'write'] : row));
		const result = compare(table(names, grants), table(names, [...after, ['Cid', 'crm', 'read']]));
		expect(told(result.changes)).toEqual(['modified row Bob / crm', 'added row Cid / crm']);
		expect(result.changes[0]?.field).toMatchObject({ path: ['Bob / crm', 'Right'], from: 'read', to: 'write' });
	});

	it('say nothing by the order in which they stand in their table', () => {
		const [ann = [], bob = [], cid = [], dan = []] = rows;
		expect(told(compare(table(columns, rows), table(columns, [bob, cid, dan, ann])).changes)).toEqual([]);
		expect(told(compare(table(columns, rows), table(columns, rows.toReversed())).changes)).toEqual([]);
	});

	it('stay what they are where their table was split', () => {
		const after = `${table(columns, rows.slice(0, 2))}\n\n## Former Users\n\n${lines(columns, rows.slice(2))}`;
		expect(told(compare(table(columns, rows), after).changes)).toEqual(['split clause', 'added clause']);
		expect(told(compare(after, table(columns, rows)).changes)).toEqual(['merged clause', 'removed clause']);
	});

	it('stay in their table where another one of the same header has the same keys', () => {
		const other = lines(
			columns,
			rows.map(([name = '', role = '']) => [name, role, 'Oslo']),
		);
		const before = `${table(columns, rows)}\n\n## Guests\n\n${other}`;
		const result = compare(before, before.replace('| Ann Arbor | dev | Oslo |', '| Ann Arbor | ops | Oslo |'));
		expect(told(result.changes)).toEqual(['modified row Ann Arbor']);
		expect(result.changes[0]?.row?.table).toBe('Guests');
	});
});

describe('a table written in HTML', () => {
	const html = (cells: Rows): string =>
		`## Authorised Users\n\n<table>\n  <thead>\n    <tr><th>Name</th><th>Role</th><th>Site</th></tr>\n  </thead>\n\n${cells
			.map((row) => `  <tr>\n    ${row.map((cell) => `<td align="left">${cell}</td>`).join('\n    ')}\n  </tr>`)
			.join('\n')}\n</table>`;

	it('is read as rows', () => {
		const node = readDocument(document(html(rows))).nodes.find((each) => each.table);
		expect(node?.table).toMatchObject({ columns, rows });
	});

	it('says the same as the same table in bars', () => {
		expect(compare(table(columns, rows), html(rows)).changes).toEqual([]);
	});

	it('tells a changed cell', () => {
		const result = compare(html(rows), html(rows).replace('>ops<', '>law<'));
		expect(outline(result)).toEqual(['modified row Bob Builder']);
	});

	it('repeats a cell that reaches over several rows and skips one that reaches over several columns', () => {
		const text =
			'<table><tr><th>Name</th><th>System</th></tr><tr><td rowspan="2">Ann</td><td>crm</td></tr><tr><td>erp</td></tr><tr><td colspan="2">All others: none</td></tr></table>';
		expect(readDocument(document(text)).nodes[0]?.table?.rows).toEqual([
			['Ann', 'crm'],
			['Ann', 'erp'],
			['All others: none', ''],
		]);
	});

	it('keeps its caption and the text behind it', () => {
		const text =
			'<table><caption>Users at signing</caption><tr><th>Name</th></tr><tr><td>Ann</td></tr></table> and no other.';
		expect(readDocument(document(text)).nodes.map((node) => node.text)).toEqual([
			'Users at signing',
			'',
			'and no other.',
		]);
	});

	it('that nobody closes is text', () => {
		const result = compare('<table>\n\nOne thing.', '<table>\n\nAnother thing.');
		expect(result.stats.modified).toBe(1);
	});
});
