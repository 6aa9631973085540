import { brokenInline, compare, outline } from './builders';

const clauses = [
	'Scope. The provider runs the service.',
	'Payment. Fees are due in thirty days.',
	'Term. The term is one year from signature.',
];
const numbered = (texts: string[]): string => texts.map((text, index) => `${index + 1}. ${text}`).join('\n\n');

describe('comparing two versions', () => {
	it('finds nothing between a version and itself', () => {
		expect(compare(numbered(clauses), numbered(clauses)).changes).toEqual([]);
	});

	it('tells an edited clause word by word', () => {
		const result = compare(numbered(clauses), numbered(clauses).replace('thirty', 'forty-five'));
		expect(outline(result)).toEqual(['modified clause 2']);
		const [change] = result.changes;
		expect(change?.clause).toMatchObject({
			heading: 'Payment',
			numberBefore: '2',
			numberAfter: '2',
			keyBefore: 'payment',
			keyAfter: 'payment',
		});
		expect(change?.text?.inline?.filter((part) => part.op !== '=')).toEqual([
			{ op: '-', t: 'thirty' },
			{ op: '+', t: 'forty-five' },
		]);
	});

	it('tells an inserted clause as one addition and renumberings', () => {
		const after = numbered([
			clauses[0] ?? '',
			'Audit. Records are open to inspection at any time.',
			...clauses.slice(1),
		]);
		expect(outline(compare(numbered(clauses), after))).toEqual([
			'added clause 2',
			'renumbered clause 3',
			'renumbered clause 4',
		]);
	});

	it('counts a reference that follows the renumbering as part of it', () => {
		const before = numbered([...clauses, 'Survival. Section 3 survives the end of this agreement.']);
		const after = numbered([
			'Audit. Records are open to inspection at any time.',
			...clauses,
			'Survival. Section 4 survives the end of this agreement.',
		]);
		expect(compare(before, after).stats).toMatchObject({ added: 1, modified: 0, renumbered: 4 });
	});

	it('leaves a reference modified that went elsewhere', () => {
		const before = numbered([...clauses, 'Survival. Section 3 survives the end of this agreement.']);
		expect(compare(before, before.replace('Section 3', 'Section 1')).stats).toMatchObject({
			modified: 1,
			renumbered: 0,
		});
	});

	it('tells a clause that moved and was edited as one change', () => {
		const [scope = '', payment = '', term = ''] = clauses;
		const extra = ['Audit. Records are open to inspection.', 'Law. German law governs this agreement.'];
		const before = numbered([scope, payment, term, ...extra]);
		const after = numbered([payment, term, ...extra, scope.replace('runs', 'operates')]);
		const moved = compare(before, after).changes.filter((change) => change.op.includes('moved'));
		expect(moved.map((change) => change.op)).toEqual([['modified', 'moved', 'renumbered']]);
	});

	it('tells a moved section once, not each of its paragraphs', () => {
		const section = (name: string): string =>
			`## ${name}\n\nThe first paragraph about ${name}.\n\nThe second paragraph about ${name}.`;
		const names = ['Alpha', 'Beta', 'Gamma', 'Delta'];
		const result = compare(
			names.map(section).join('\n\n'),
			['Beta', 'Gamma', 'Delta', 'Alpha'].map(section).join('\n\n'),
		);
		expect(outline(result)).toEqual(['moved clause Alpha']);
	});

	it('gives an added clause its paragraphs and letters in one change', () => {
		const after = `${numbered(clauses)}\n\n4. Audit. Records are open.\n\n   (a) at any time;\n\n   (b) at any place.`;
		const result = compare(numbered(clauses), after);
		expect(outline(result)).toEqual(['added clause 4']);
		expect(result.changes[0]?.text?.after).toContain('at any place');
	});

	it('keeps the number and heading of the clause that a paragraph belongs to', () => {
		const text = '## 4. Payment\n\nFees are due in thirty days after the invoice.\n\nLate fees bear interest.';
		const [change] = compare(text, text.replace('thirty', 'forty')).changes;
		expect(change?.clause).toMatchObject({ heading: 'Payment', numberBefore: '4', numberAfter: '4', path: [] });
	});

	it('is blind to formatting', () => {
		const before = '# Agreement\n\n* "Fees" are due.\n* Notices are in writing.\n\n1. Term\n2. Law';
		const after =
			'## Agreement\r\n\r\n- \u201CFees\u201D are   due.\r\n- Notices\r\n  are in <b id="n">writing</b>.\r\n\r\n1. **Term**\r\n1. Law';
		expect(compare(before, after).changes).toEqual([]);
	});

	it('tells a changed link target as formatting', () => {
		const result = compare('See the [policy](https://a.example).', 'See the [policy](https://b.example).');
		expect(result.changes[0]).toMatchObject({
			op: ['formatting'],
			field: { path: ['link'], from: 'https://a.example', to: 'https://b.example' },
		});
	});

	it('tells a paragraph that was cut in two, with not a word changed, as split', () => {
		const before = '## Use\n\nThe customer may use the service. The customer may not resell it to anybody else.';
		const after = '## Use\n\nThe customer may use the service.\n\nThe customer may not resell it to anybody else.';
		expect(compare(before, after).changes.map((change) => change.op)).toEqual([['split']]);
		expect(compare(after, before).changes.map((change) => change.op)).toEqual([['merged']]);
	});

	it('tells a renamed party once, with its places', () => {
		const text = (name: string): string =>
			`This Agreement is made between ${name} ("Provider") and Beta Ltd ("Customer").\n\n1. ${name} runs the service.\n\n2. Notices go to ${name} in writing.`;
		const result = compare(text('Acme Inc'), text('Apex Holding Inc'));
		expect(outline(result)).toEqual(['modified party']);
		expect(result.changes[0]?.field).toMatchObject({ from: 'Acme Inc', to: 'Apex Holding Inc' });
		expect(result.changes[0]?.field?.path).toHaveLength(4);
	});

	it('tells a definition as such', () => {
		const result = compare('"Seats" means 25 named users.', '"Seats" means 40 named users.');
		expect(outline(result)).toEqual(['modified definition Seats']);
	});

	it('does not take one redaction for another', () => {
		const before = '1. Alpha is paid monthly.\n\n2. [*****]\n\n3. Beta is paid yearly.\n\n4. Gamma stays.';
		const after = '1. [*****]\n\n2. Alpha is paid monthly.\n\n3. Beta is paid yearly.\n\n4. Gamma stays.';
		expect(brokenInline(compare(before, after))).toEqual([]);
	});

	it('sees a contract for the first time as one event and its rows', () => {
		const result = compare(
			null,
			`${numbered(clauses)}\n\n## Authorised Users\n\n| Email | Role |\n| --- | --- |\n| a@x.example | dev |\n| b@x.example | ops |`,
		);
		expect(outline(result)).toEqual(['added lifecycle', 'added row a@x.example', 'added row b@x.example']);
		expect(result.before).toBeNull();
	});

	it('gives equal differences equal ids, and different ones different ids', () => {
		const after = numbered(clauses).replace('thirty', 'forty');
		const ids = (text: string): string[] => compare(numbered(clauses), text).changes.map((change) => change.id);
		expect(ids(after)).toEqual(ids(after));
		expect(ids(after)).not.toEqual(ids(numbered(clauses).replace('thirty', 'fifty')));
	});
});

describe('comparing tables', () => {
	const table = (rows: string[][], columns = ['Name', 'Email', 'Role']): string =>
		`## Authorised Users\n\n${[columns, columns.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')}`;
	const ann = ['Ann', 'ann@x.example', 'dev'];
	const bob = ['Bob', 'bob@x.example', 'dev'];
	const cid = ['Cid', 'cid@x.example', 'ops'];

	it('matches rows by key, wherever they stand', () => {
		const result = compare(table([ann, bob]), table([cid, ['Bob', 'bob@x.example', 'ops'], ann]));
		expect(outline(result).sort()).toEqual(['added row Cid', 'modified row Bob']);
		const edited = result.changes.find((change) => change.op.includes('modified'));
		expect(edited).toMatchObject({
			kind: 'row',
			row: { key: 'Bob', table: 'Authorised Users' },
			field: { path: ['Bob', 'Role'], from: 'dev', to: 'ops' },
		});
	});

	it('takes the key column that an extractor declares', () => {
		const extractors = { users: { type: 'table' as const, schedule: 'Authorised Users', key: 'Email' } };
		const result = compare(table([ann, bob]), table([['Anna', 'ann@x.example', 'dev'], bob]), { extractors });
		expect(result.changes[0]).toMatchObject({
			op: ['modified'],
			row: { key: 'ann@x.example' },
			field: { path: ['ann@x.example', 'Name'] },
		});
	});

	it('never takes one e-mail address for a similar one', () => {
		const result = compare(table([ann], ['Name', 'Email', 'Role']), table([['Ann', 'anne@x.example', 'dev']]), {
			extractors: { users: { type: 'table', schedule: 'Authorised Users', key: 'Email' } },
		});
		expect(outline(result).sort()).toEqual(['added row anne@x.example', 'removed row ann@x.example']);
	});

	it('skips a first column that does not identify rows', () => {
		const rows = [
			['dev', 'a@x.example'],
			['dev', 'b@x.example'],
		];
		const result = compare(table(rows, ['Role', 'Email']), table([...rows, ['dev', 'c@x.example']], ['Role', 'Email']));
		expect(outline(result)).toEqual(['added row c@x.example']);
	});

	it('takes hostile headers for headers', () => {
		const columns = ['__proto__', 'constructor'];
		const escaped = ['\\_\\_proto\\_\\_', 'constructor'];
		const result = compare(table([['a', '1']], escaped), table([['a', '2']], escaped));
		expect(result.changes[0]?.field).toMatchObject({ path: ['a', 'constructor'], from: '1', to: '2' });
		expect(Object.keys(result.changes[0]?.row?.after ?? {})).toEqual(columns);
		expect(({} as Record<string, unknown>)['a']).toBeUndefined();
	});

	it('is blind to padding of columns', () => {
		expect(compare(table([ann, bob]), table([ann, bob]).replaceAll(' | ', '    |   ')).changes).toEqual([]);
	});
});
