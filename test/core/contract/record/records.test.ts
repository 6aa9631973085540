import fc from 'fast-check';
import { compareRecords } from '../../../../core/contract';
import type { ContractChange, ContractChangeSet } from '../../../../core/model';
import { EFFECTIVE } from '../builders';

function compare(before: unknown, after: unknown, keys?: Record<string, string>): ContractChangeSet {
	return compareRecords({ contract: { id: 'c-1' }, before, after, effective: EFFECTIVE, ...(keys ? { keys } : {}) });
}
const changes = (before: unknown, after: unknown, keys?: Record<string, string>): ContractChange[] =>
	compare(before, after, keys).changes;
/** `op kind path-or-key: from → to` */
const told = (before: unknown, after: unknown, keys?: Record<string, string>): string[] =>
	changes(before, after, keys).map(({ op, kind, field, row }) =>
		`${op.join('+')} ${kind} ${row ? `${row.table}[${row.key}]` : ''}${field && !row ? field.path.join('.') : ''}${field ? `: ${field.from ?? ''} → ${field.to ?? ''}` : ''}`.trim(),
	);

describe('fields', () => {
	it('are told by path with their type', () => {
		expect(changes({ term: { end: '2026-12-31', seats: 5 } }, { term: { end: '2027-12-31', seats: 7 } })).toMatchObject(
			[
				{
					kind: 'field',
					op: ['modified'],
					origin: 'record',
					field: { path: ['term', 'end'], from: '2026-12-31', to: '2027-12-31', type: 'date' },
				},
				{ field: { path: ['term', 'seats'], from: '5', to: '7', type: 'number' } },
			],
		);
	});

	it.each([
		['EUR 100', '120 EUR', 'money'],
		['5 %', '7.5%', 'percent'],
		['30 days', '2 months', 'duration'],
		[true, false, 'boolean'],
		['2026-12-31', '31 December 2027', 'date'],
		['one', 'two', 'text'],
		['EUR 100', '5 %', 'text'],
	])('are typed: %p → %p is %s', (before, after, type) => {
		expect(changes({ value: before }, { value: after })).toMatchObject([{ field: { type } }]);
	});

	it.each([
		['1200', 1200],
		['1,200.00', 1200],
		['1.200,00', '1200'],
		["1'200", '1,200'],
		['31.12.2027', '2027-12-31'],
		['December 31, 2027', '31st day of December, 2027'],
		['31. Dezember 2027', '31 décembre 2027'],
		['2027-12-31T00:00:00Z', '2027-12-31'],
		['2027-12-31T01:00:00+01:00', '2027-12-31T00:00:00.000Z'],
		['$1,200', 'USD 1200.00'],
		['1.200,00 €', 'EUR 1,200'],
		['5%', '5.0 percent'],
		['P30D', 'thirty (30) days'],
		['1 year', 'P12M'],
		['true', true],
		['no', false],
		['Customer’s  “Data”', 'Customer\'s "Data"'],
		[null, undefined],
		['', null],
		[{ amount: 5, currency: 'EUR' }, '5,00 €'],
	])('%j and %j are the same value', (a, b) => {
		expect(told({ v: a }, { v: b })).toEqual([]);
		expect(told({ v: b }, { v: a })).toEqual([]);
	});

	it.each([
		['007', '7'],
		['EUR 5', 'USD 5'],
		['5', '5%'],
		['30 days', '1 month'],
		['03/04/2026', '04/03/2026'],
		['2026-02-30', '2026-03-02'],
		['A', 'a'],
		['-5', '5'],
	])('%j and %j are two values', (a, b) => {
		expect(changes({ v: a }, { v: b })).toHaveLength(1);
	});

	it('that come and go are told, with all that is in them', () => {
		expect(told({ a: 1, old: 'x' }, { a: 1, scope: { modules: ['m'] } })).toEqual([
			'added field scope:  → {"modules":["m"]}',
			'removed field old: x →',
		]);
	});

	it('that move elsewhere are one change', () => {
		const address = { street: '1 Main St', city: 'Bonn', zip: '53111' };
		expect(told({ customer: { address } }, { customer: {}, billing: { address } })).toEqual(
			expect.arrayContaining([expect.stringMatching(/^moved|^added/)]),
		);
		expect(told({ customer: { name: 'A', address } }, { customer: { name: 'A' }, address })).toEqual([
			'moved field address: customer.address → address',
		]);
	});
});

describe('lists', () => {
	const users = Array.from({ length: 5_000 }, (_, at) => ({
		email: `u${at}@x.example`,
		role: at % 3 === 0 ? 'admin' : 'user',
		since: '2026-01-01',
	}));
	const bare = users.map(({ role, since }, at) => ({ role, since, desk: `d-${at}` }));

	it('find their key: a row put before 5,000 is one change', () => {
		expect(
			told({ users }, { users: [{ email: 'new@x.example', role: 'user', since: '2026-05-01' }, ...users] }),
		).toEqual(['added row users[new@x.example]']);
	});

	it('without a key do as well', () => {
		const plain = bare.map(({ role, since }, at) => ({ role, since, n: [at] }));
		expect(changes({ plain }, { plain: [{ role: 'new', since: 'x', n: [] }, ...plain] })).toHaveLength(1);
		expect(changes(['a', 'b', 'c'], ['x', 'a', 'b', 'c'])).toMatchObject([
			{ kind: 'row', op: ['added'], row: { key: 'x' } },
		]);
	});

	it('match changed entries without key by what they share', () => {
		const before = [
			{ role: 'admin', team: 'a', floor: 1, phone: '1' },
			{ role: 'user', team: 'b', floor: 2, phone: '2' },
		];
		const after = [{ role: 'user', team: 'b', floor: 2, phone: '3' }, before[0]];
		const [moved, ...rest] = changes(before, after);
		expect([moved, ...rest].flatMap((change) => change?.op)).toEqual(expect.arrayContaining(['modified', 'moved']));
		expect(
			changes(before, after).every((change) => !change.op.includes('added') && !change.op.includes('removed')),
		).toBe(true);
	});

	it('tell the one cell that changed', () => {
		expect(
			told(
				{ users: [{ id: 1, role: 'user', limits: { seats: 3 } }] },
				{ users: [{ id: 1, role: 'user', limits: { seats: '4' } }] },
			),
		).toEqual(['modified row users[1]: 3 → 4']);
	});

	it('tell what moved: one entry, not all that stepped aside', () => {
		const rows = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, v: 1 }));
		const [a, ...rest] = rows;
		expect(told({ rows }, { rows: [...rest, a] })).toEqual(['moved row rows[a]']);
	});

	it('obey the key that is given, by path pattern', () => {
		const seat = (id: number, who: string, n: number): unknown => ({ id, who, n });
		const before = { modules: [{ id: 'm', seats: [seat(1, 'x', 1), seat(2, 'y', 1), seat(3, 'z', 1)] }] };
		const after = { modules: [{ id: 'm', seats: [seat(1, 'y', 2), seat(2, 'z', 1), seat(3, 'x', 1)] }] };
		expect(told(before, after, { 'modules[*].seats': 'who' }).map((line) => line.split(':')[0])).toEqual([
			'modified row modules.m.seats[y]',
			'modified row modules.m.seats[z]',
			'modified+moved row modules.m.seats[x]',
		]);
	});

	it('say so where the given key does not tell entries apart', () => {
		expect(compare({ r: [{ k: 1 }, { k: 1 }] }, { r: [{ k: 1 }] }, { r: 'k' }).warnings).toEqual([
			expect.stringContaining('repeated'),
		]);
	});

	it('of lists and of mixed values work', () => {
		expect(changes({ m: [[1, 2], [3]] }, { m: [[1, 2], [3], [4]] })).toMatchObject([
			{ op: ['added'], row: { table: 'm' } },
		]);
		expect(changes({ m: [1, 'x', { a: 1 }] }, { m: [1, { a: 1 }] })).toMatchObject([
			{ op: ['removed'], row: { key: 'x' } },
		]);
	});
});

describe('the set', () => {
	it('names parties and title, and counts', () => {
		const result = compare(
			{ title: 'MSA', parties: [{ name: 'A' }, { name: 'B' }], seats: 1 },
			{ title: 'MSA', parties: [{ name: 'A' }, { name: 'B' }], seats: 2 },
		);
		expect(result).toMatchObject({ contract: { title: 'MSA', parties: ['A', 'B'] }, stats: { modified: 1, added: 0 } });
	});

	it('is one event where the contract is seen for the first time', () => {
		expect(compare(null, { title: 'MSA', seats: 1 })).toMatchObject({
			before: null,
			changes: [{ kind: 'lifecycle', op: ['added'] }],
		});
	});

	it('treats names like __proto__ and constructor as names', () => {
		const parse = (text: string): unknown => JSON.parse(text);
		const result = compare(
			parse('{"__proto__":{"a":1},"rows":[{"id":1,"__proto__":"x"}]}'),
			parse('{"__proto__":{"a":2},"rows":[{"id":1,"__proto__":"y"}]}'),
		);
		expect(result.changes.map((change) => change.field?.path)).toEqual([
			['__proto__', 'a'],
			['rows', '1', '__proto__'],
		]);
		expect(({} as { a?: number }).a).toBeUndefined();
	});

	it('refuses records beyond the limits, naming them', () => {
		let deep: unknown = 1;
		for (let at = 0; at < 200; at++) deep = [deep];
		expect(() => compare({}, deep)).toThrow(
			expect.objectContaining({ code: 'INPUT_TOO_LARGE', details: { limit: 'maxRecordDepth', maximum: 64 } }) as Error,
		);
	});
});

describe('laws', () => {
	const record = fc.jsonValue({ maxDepth: 4 }).map((value) => ({ value }));

	it('a record does not differ from itself, nor from its own copy with fields in another order', () => {
		fc.assert(
			fc.property(record, (value) => {
				const reverse = (node: unknown): unknown =>
					Array.isArray(node)
						? node.map(reverse)
						: typeof node === 'object' && node !== null
							? Object.fromEntries(
									Object.entries(node)
										.reverse()
										.map(([name, inner]) => [name, reverse(inner)]),
								)
							: node;
				expect(told(value, reverse(value))).toEqual([]);
			}),
		);
	});

	it('same input, same bytes; and ids are unique', () => {
		fc.assert(
			fc.property(record, record, (before, after) => {
				const result = compare(before, after);
				expect(JSON.stringify(compare(before, after))).toBe(JSON.stringify(result));
				expect(new Set(result.changes.map((change) => change.id)).size).toBe(result.changes.length);
			}),
		);
	});

	it('what came one way goes the other way', () => {
		fc.assert(
			fc.property(fc.uniqueArray(fc.nat(50)), fc.uniqueArray(fc.nat(50)), (a, b) => {
				const rows = (ids: number[]): unknown => ids.map((id) => ({ id, v: id }));
				const [there, back] = [compare(rows(a), rows(b)).stats, compare(rows(b), rows(a)).stats];
				expect([there.added, there.removed]).toEqual([back.removed, back.added]);
				expect(there.added).toBe(b.filter((id) => !a.includes(id)).length);
			}),
		);
	});
});

describe('terms', () => {
	const people = (...names: string[]): object[] =>
		names.map((name) => ({ name, email: `${name.split(' ')[0]?.toLowerCase() ?? ''}@x.example`, role: 'Reader' }));
	const terms = (before: unknown, after: unknown) =>
		compareRecords({
			contract: { id: 'c-1' },
			before,
			after,
			effective: EFFECTIVE,
			extractors: {
				seats: { type: 'number', clause: 'Seats' },
				fee: { type: 'money', clause: 'Annual fee' },
				end: { type: 'date', clause: 'End date' },
				modules: { type: 'list', clause: 'Modules' },
				users: { type: 'people', clause: 'Authorised users' },
			},
		}).terms.map(({ name, changed, effect, after: now }) => [
			name,
			changed,
			effect,
			now?.value && 'value' in now.value,
		]);

	it('are read from the fields of both records', () => {
		const record = { seats: 5, annualFee: 'EUR 100', endDate: '2027-12-31', modules: ['Payroll', 'Time'] };
		expect(
			terms(
				{ ...record, authorisedUsers: people('Ann Lee') },
				{ ...record, seats: 8, annualFee: '90 EUR', authorisedUsers: people('Ann Lee', 'Bob Ray') },
			),
		).toEqual([
			['seats', true, 'widening', true],
			['fee', true, 'narrowing', true],
			['end', false, 'neutral', true],
			['modules', false, 'neutral', true],
			['users', true, 'widening', true],
		]);
	});

	it('of a record that is seen for the first time are new', () => {
		expect(terms(null, { seats: 5 })[0]).toEqual(['seats', true, 'widening', true]);
	});

	it('that a record does not hold are a problem, not a value', () => {
		expect(terms({}, {}).map(([, , , value]) => value)).toEqual([
			undefined,
			undefined,
			undefined,
			undefined,
			undefined,
		]);
	});
});

describe('halves of characters, as cutting leaves them,', () => {
	it('are told like any other text', () => {
		const cut = 'name \ud83d';
		expect(told({ a: cut }, { a: `${cut} x`, 'b\udc00': 1 })).toEqual([
			'modified field a: name \ufffd → name \ufffd x',
			'added field b\ufffd:  → 1',
		]);
		expect(compare(null, { title: cut }).changes).toHaveLength(1);
		expect(compare({ list: [{ name: cut, seats: 1 }] }, { list: [{ name: cut, seats: 2 }] }).changes).toHaveLength(1);
	});
});
