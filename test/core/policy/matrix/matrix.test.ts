import fc from 'fast-check';
import {
	compilePolicy,
	earned,
	matrixCsv,
	accessMatrix,
	rulesFromMatrix,
	renderMatrixPage,
} from '../../../../core/policy';
import type { MatrixPerson } from '../../../../core/policy';
import { csvCell, csvText, plainCell, readCsv } from '../../../../core/policy/matrix';
import { BASE, compiled } from '../builders';

const rule = (id: string, when: Record<string, unknown>, grant: readonly string[]) => ({ id, when, grant });
const ATTRIBUTES = {
	department: { type: 'text', values: ['Engineering', 'Sales'] },
	title: { type: 'text' },
	level: { type: 'number' },
};
const policy = (rules: unknown[], more: Record<string, unknown> = {}) =>
	compiled({ attributes: ATTRIBUTES, contracts: [], rules, ...more });
const DIMENSIONS = ['department', 'title'];

const person = (name: string, attributes: MatrixPerson['attributes']): MatrixPerson => ({ id: name, name, attributes });
const text = (matrix: ReturnType<typeof accessMatrix>) =>
	matrix.rows.map(({ values, cells, people }) => {
		const marks = cells.map(({ entitlement, certain }) => `${entitlement}${certain ? '' : '?'}`).join(' ');
		return `${values.map((value) => value ?? '-').join('/')}${people === undefined ? '' : ` ×${people}`}: ${marks}`;
	});

describe('the access matrix', () => {
	const rules = [
		rule('eng', { department: 'Engineering' }, ['github/member', 'github/eng']),
		rule('leads', { department: 'Engineering', title: 'Lead', level: { gte: 4 } }, ['github/admin']),
		rule('all', { title: ['Lead', 'Clerk'] }, ['slack/member']),
	];

	it('has a row for every combination of what is declared and what rules name', () => {
		expect(text(accessMatrix(policy(rules), { dimensions: DIMENSIONS }))).toEqual([
			'Engineering/Clerk: github/eng github/member slack/member',
			'Engineering/Lead: github/admin? github/eng github/member slack/member',
			'Sales/Clerk: slack/member',
			'Sales/Lead: slack/member',
		]);
	});

	it('says how many people have a combination, which nobody has, and whom no rule reaches', () => {
		const people = [
			person('Ada', { department: 'Engineering', title: 'Lead', level: 1 }),
			person('Bob', { department: 'Sales', title: 'Intern' }),
			person('Cy', { title: 'Clerk' }),
		];
		const matrix = accessMatrix(policy(rules), { dimensions: DIMENSIONS, people });
		expect(text(matrix)).toEqual([
			'Engineering/Clerk ×0: github/eng github/member slack/member',
			'Engineering/Intern ×0: github/eng github/member',
			'Engineering/Lead ×1: github/admin? github/eng github/member slack/member',
			'Sales/Clerk ×0: slack/member',
			'Sales/Intern ×1: ',
			'Sales/Lead ×0: slack/member',
			'-/Clerk ×1: slack/member',
		]);
		expect(matrix.unreached).toEqual([{ person: 'Bob', values: ['Sales', 'Intern'] }]);
		expect(matrix.nobody).toBe(4);
		const held = accessMatrix(policy(rules), { dimensions: DIMENSIONS, people, combinations: 'people' });
		expect(held.rows.map(({ people: number }) => number)).toEqual([1, 1, 1]);
	});

	it('names rule, role and what else is asked', () => {
		const [row] = accessMatrix(policy([rule('r', { title: 'Lead', level: { gte: 4 } }, ['consultant'])]), {
			dimensions: ['title'],
		}).rows;
		expect(row?.cells).toEqual([
			{
				entitlement: 'slack/member',
				certain: false,
				reasons: [{ rule: 'r', role: 'consultant', also: ['level is at least 4'] }],
				unless: [],
			},
		]);
	});

	it('takes away what a role excludes, and says so where it depends', () => {
		const roles = {
			...BASE.roles,
			external: { grant: ['slack/member'], exclude: ['github/*'], owner: 'it@acme.example' },
		};
		const base = rule('eng', { department: 'Engineering' }, ['github/member']);
		const sure = policy([base, rule('ext', { title: 'Guest' }, ['external'])], { roles });
		expect(text(accessMatrix(sure, { dimensions: DIMENSIONS }))).toContain('Engineering/Guest: slack/member');
		const perhaps = policy([base, rule('ext', { title: 'Guest', level: 1 }, ['external'])], { roles });
		const row = accessMatrix(perhaps, { dimensions: DIMENSIONS }).rows.find(
			({ values }) => values[0] === 'Engineering',
		);
		expect(row?.cells[0]).toMatchObject({ entitlement: 'github/member', certain: false, unless: ['ext'] });
	});

	it('refuses dimensions that make too many rows, and none at all', () => {
		expect(() => accessMatrix(policy(rules), { dimensions: DIMENSIONS, maxRows: 3 })).toThrow('4 rows, more than 3');
		expect(() => accessMatrix(policy(rules), { dimensions: [] })).toThrow('names no dimension');
	});

	it('agrees with evaluation for every row that the dimensions decide', () => {
		const values = fc.constantFrom('a', 'b', 'c');
		const entry = fc.oneof(values, fc.uniqueArray(values, { minLength: 1 }), fc.record({ not: values }));
		const when = fc.dictionary(fc.constantFrom('department', 'title'), entry, { minKeys: 1, maxKeys: 2 });
		const grant = fc.constantFrom(
			['consultant'],
			['developer'],
			['github/admin'],
			['slack/member', 'github/eng'],
			['limited'],
		);
		const roles = {
			...BASE.roles,
			limited: { grant: ['slack/member'], exclude: ['github/a*'], owner: 'it@acme.example' },
		};
		fc.assert(
			fc.property(fc.array(fc.tuple(when, grant), { maxLength: 6 }), (parts) => {
				const attributes = { department: { type: 'text' }, title: { type: 'text' } };
				const random = parts.map(([each, what], index) => rule(`r${index}`, each, what));
				const compiledPolicy = compiled({ attributes, roles, contracts: [], rules: random });
				for (const { values: row, cells } of accessMatrix(compiledPolicy, { dimensions: DIMENSIONS }).rows) {
					const [department, title] = row;
					const earnedNames = earned(compiledPolicy, { department: department ?? '', title: title ?? '' });
					const names = [...new Set(earnedNames.map(({ entitlement }) => entitlement))].sort();
					expect(cells.map(({ entitlement }) => entitlement)).toEqual(names);
					expect(cells.every(({ certain }) => certain)).toBe(true);
				}
			}),
			{ numRuns: 40 },
		);
	});
});

describe('the matrix as CSV', () => {
	it('comes back as rules that give exactly the same', () => {
		const values = fc.constantFrom('a', 'b c', '=1+1', "'=x", 'd,e', 'f"g', 'ä;ö', '-5', '@x', '(known)');
		const entry = fc.oneof(values, fc.uniqueArray(values, { minLength: 1 }));
		const when = fc.record({ department: entry, title: entry });
		const grant = fc.constantFrom(['consultant'], ['developer'], ['github/admin'], ['slack/member', 'github/eng']);
		fc.assert(
			fc.property(fc.array(fc.tuple(when, grant), { minLength: 1, maxLength: 6 }), (parts) => {
				const attributes = { department: { type: 'text' }, title: { type: 'text' } };
				const make = (rules: unknown[]) => compiled({ attributes, contracts: [], rules });
				const before = make(parts.map(([each, what], index) => rule(`r${index}`, each, what)));
				const options = { dimensions: DIMENSIONS };
				const csv = matrixCsv(accessMatrix(before, options));
				const after = make(rulesFromMatrix(csv, { policy: before.policy }).rules);
				expect(matrixCsv(accessMatrix(after, options))).toBe(csv);
			}),
			{ numRuns: 40 },
		);
	});

	it('makes few rules of many cells, as a part of a policy', () => {
		const csv =
			'department;title;slack/member;github/eng\nEng;Lead;x;x\nEng;Clerk;x;\nSales;Lead;x;\nSales;Clerk;x;\nLegal;*;;yes\nLegal;(not known);no;1\n';
		const { rules, yaml } = rulesFromMatrix(csv, { idPrefix: 'm' });
		expect(rules).toEqual([
			{ id: 'm-1', when: { department: ['Eng', 'Sales'], title: ['Lead', 'Clerk'] }, grant: ['slack/member'] },
			{ id: 'm-2', when: { department: 'Eng', title: 'Lead' }, grant: ['github/eng'] },
			{ id: 'm-3', when: { department: 'Legal' }, grant: ['github/eng'] },
			{ id: 'm-4', when: { department: 'Legal', title: { exists: false } }, grant: ['github/eng'] },
		]);
		expect(yaml).toContain('rules:\n  - id: m-1\n');
		expect(compilePolicy({ ...compiled().policy, rules }).rules).toHaveLength(4);
	});

	it.each<[string, string, string]>([
		['a cell that is neither yes nor empty', 'd,a/b\nx,maybe\n', 'Row 2, column 2: "maybe" is neither yes nor empty'],
		[
			'a condition that the export wrote',
			'd,a/b\nx,if level is at least 2\n',
			'Row 2, column 2: "if level is at least 2"',
		],
		['an empty dimension', 'd,a/b\n,yes\n', 'Row 2, column 1: d is empty'],
		['a row too short', 'd,a/b\nx\n', 'Row 2, column 2: the row has 1 cells, the first one has 2'],
		['a repeated row', 'd,a/b\nx,yes\nx,\n', 'Row 3, column 1: the row repeats row 2'],
		['a column twice', 'd,a/b,a/b\nx,yes,yes\n', 'Row 1, column 3: "a/b" is there twice'],
		['no entitlement', 'd,e\nx,y\n', 'Row 1, column 1: no column is an attribute'],
		['an open quotation mark', 'd,a/b\n"x,yes\n', 'Row 2, column 1: a quoted cell has no end'],
		['no rows', 'd,a/b\n', 'The table has no rows'],
	])('refuses %s, with its place', (_what, csv, message) => {
		expect(() => rulesFromMatrix(csv)).toThrow(message);
	});

	it('names the nearest entitlement where it knows the policy', () => {
		const { policy: known } = compiled();
		expect.assertions(1);
		try {
			rulesFromMatrix('department,slack/membr\nx,yes\n', { policy: known });
		} catch (error) {
			expect(error).toMatchObject({ code: 'INPUT_INVALID', remedy: 'did you mean "slack/member"?' });
		}
	});

	it('is no formula for any text, and is read back as it was', () => {
		fc.assert(
			fc.property(
				fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 4 }), { minLength: 1 }),
				(cells) => {
					const rows = cells.map((row) => row.map((cell) => cell.trim()));
					const csv = csvText([['a', 'b'], ...rows]);
					expect(readCsv(csv).map((row) => row.map(plainCell))).toEqual([['a', 'b'], ...rows]);
				},
			),
			{ numRuns: 300 },
		);
		for (const text of ['=1', '+1', '-1', '@x', '\t=1', '\r=1', '＝1']) expect(csvCell(text)).toMatch(/^"?'/);
	});
});

describe('the matrix as a page', () => {
	it('escapes what people wrote, and fetches and runs nothing', () => {
		const hostile = '"><script>alert(1)</script>';
		const matrix = accessMatrix(policy([rule('r', { title: hostile }, ['slack/member'])]), {
			dimensions: ['title'],
			people: [person('<img src=x>', { title: '<b>' })],
		});
		const page = renderMatrixPage(matrix);
		expect(page).not.toContain('<script');
		expect(page).not.toContain('<img');
		expect(page).not.toMatch(/(?:src|href)="?http/);
		expect(page).toContain('default-src &#39;none&#39;');
		expect(page).toContain('&lt;img src=x&gt;');
	});

	it('says what is missing where there is nothing to show', () => {
		expect(renderMatrixPage(accessMatrix(policy([]), { dimensions: ['title'] }))).toContain('No values are known');
		expect(renderMatrixPage(accessMatrix(policy([]), { dimensions: ['department'] }))).toContain(
			'No rule gives anything',
		);
	});

	it('leaves rows beyond its size to the CSV, and says how many', () => {
		const matrix = accessMatrix(policy([rule('r', { title: ['a', 'b'] }, ['slack/member'])]), {
			dimensions: DIMENSIONS,
		});
		expect(renderMatrixPage(matrix, { maxCells: 8 })).toContain('2 further rows are left to the CSV file');
	});

	it('is the same for the same policy', () => {
		const once = () =>
			renderMatrixPage(accessMatrix(policy([rule('r', { title: 'a' }, ['slack/member'])]), { dimensions: DIMENSIONS }));
		expect(once()).toBe(once());
	});
});
