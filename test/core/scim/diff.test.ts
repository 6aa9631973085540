import fc from 'fast-check';

import { differences, elementPath, equalsFilter, normaliseAttributes, type PatchOperation } from '../../../core/scim';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const diff = (desired: Record<string, unknown>, current: Record<string, unknown>): PatchOperation[] =>
	differences(normaliseAttributes(desired), current);

describe('nothing to change', () => {
	test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
		[
			'attribute names in another case',
			{ userName: 'a', NAME: { givenname: 'A' } },
			{ USERNAME: 'a', name: { givenName: 'A' } },
		],
		['userName in another case', { userName: 'Ann@X.example' }, { userName: 'ann@x.example' }],
		['booleans as texts', { active: true }, { active: 'True' }],
		['numbers as texts', { level: 3 }, { level: '3' }],
		['active left out where it is true', { active: true }, {}],
		[
			'sub-attributes that the server added',
			{ name: { givenName: 'A' } },
			{ name: { givenName: 'A', formatted: 'A B' } },
		],
		[
			'e-mail in another case, with server additions',
			{ emails: [{ value: 'A@x.example' }] },
			{ emails: [{ value: 'a@X.example', type: 'work', primary: true, display: 'A' }] },
		],
		[
			'elements in another order',
			{ emails: [{ value: 'a' }, { value: 'b' }] },
			{ emails: [{ value: 'b' }, { value: 'a' }, { value: 'c' }] },
		],
		['primary false that is left out', { emails: [{ value: 'a', primary: false }] }, { emails: [{ value: 'a' }] }],
		[
			'an extension URN in another case',
			{ [ENTERPRISE]: { department: 'E' } },
			{ [ENTERPRISE.toLowerCase()]: { Department: 'E' } },
		],
		[
			'a manager given as text',
			{ [ENTERPRISE]: { manager: 'id-1' } },
			{ [ENTERPRISE]: { manager: { value: 'id-1', displayName: 'M' } } },
		],
		['no value and none there', { title: null, nickName: '', emails: [], [ENTERPRISE]: { department: null } }, {}],
		['what a client cannot set, or see', { id: 'x', schemas: [], groups: [], meta: {}, password: 'p' }, { id: '1' }],
		[
			'flat names',
			{ 'name.givenName': 'A', [`${ENTERPRISE}:department`]: 'E' },
			{ name: { givenName: 'A' }, [ENTERPRISE]: { department: 'E' } },
		],
	])('%s', (_, desired, current) => {
		expect(diff(desired, current)).toEqual([]);
	});
});

describe('the smallest change', () => {
	test.each<[string, Record<string, unknown>, Record<string, unknown>, PatchOperation[]]>([
		[
			'one sub-attribute',
			{ name: { givenName: 'A', familyName: 'N' } },
			{ name: { givenName: 'A', familyName: 'O' } },
			[{ op: 'replace', path: 'name.familyName', value: 'N' }],
		],
		[
			'a whole complex attribute where there is none',
			{ name: { givenName: 'A', familyName: '' } },
			{},
			[{ op: 'replace', path: 'name', value: { givenName: 'A' } }],
		],
		[
			'an attribute of an extension',
			{ [ENTERPRISE]: { department: 'N' } },
			{ [ENTERPRISE]: { department: 'O' } },
			[{ op: 'replace', path: `${ENTERPRISE}:department`, value: 'N' }],
		],
		[
			'a reference as a whole',
			{ [ENTERPRISE]: { manager: 'id-2' } },
			{ [ENTERPRISE]: { manager: { value: 'id-1', displayName: 'M' } } },
			[{ op: 'replace', path: `${ENTERPRISE}:manager`, value: { value: 'id-2' } }],
		],
		['a value taken away', { title: null }, { title: 'T' }, [{ op: 'remove', path: 'title' }]],
		['active as a boolean', { active: false }, { active: 'True' }, [{ op: 'replace', path: 'active', value: false }]],
		[
			'a title in another case: titles have case',
			{ title: 'cto' },
			{ title: 'CTO' },
			[{ op: 'replace', path: 'title', value: 'cto' }],
		],
	])('%s', (_, desired, current, expected) => {
		expect(diff(desired, current)).toEqual(expected);
	});

	test('a changed work address keeps the private one and takes the primary mark', () => {
		const current = {
			emails: [
				{ value: 'old', type: 'work', display: 'old' },
				{ value: 'home', type: 'home', primary: true },
			],
		};
		expect(diff({ emails: [{ value: 'new', type: 'work', primary: true }] }, current)).toEqual([
			{
				op: 'replace',
				path: 'emails',
				value: [
					{ value: 'new', type: 'work', primary: true },
					{ value: 'home', type: 'home', primary: false },
				],
			},
		]);
	});

	test('an address without value keeps its other parts', () => {
		const current = { addresses: [{ type: 'work', locality: 'Berlin', country: 'DE' }] };
		expect(diff({ addresses: [{ type: 'work', locality: 'Bonn' }] }, current)).toEqual([
			{ op: 'replace', path: 'addresses', value: [{ country: 'DE', type: 'work', locality: 'Bonn' }] },
		]);
	});
});

describe('laws', () => {
	const scalar = fc.oneof(fc.string({ maxLength: 6 }), fc.boolean(), fc.integer({ min: 0, max: 9 }), fc.constant(null));
	const text = fc.constantFrom('a', 'b', 'c', 'A');
	const element = fc.record(
		{ value: text, type: fc.constantFrom('work', 'home'), primary: fc.boolean() },
		{ requiredKeys: ['value'] },
	);
	const onePrimary = (list: Array<{ primary?: boolean }>): boolean =>
		list.filter(({ primary }) => primary === true).length < 2;
	const distinct = {
		selector: ({ value, type }: { value: string; type?: string }) => `${value.toLowerCase()} ${type ?? ''}`,
		maxLength: 3,
	};
	const complex = fc.record({ givenName: scalar, familyName: scalar, formatted: scalar }, { requiredKeys: [] });
	const user = (emails: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> =>
		fc.record(
			{
				userName: fc.string({ minLength: 1, maxLength: 5 }),
				title: scalar,
				active: fc.boolean(),
				name: complex,
				emails,
				[ENTERPRISE]: fc.record({ department: scalar, manager: fc.constantFrom('m1', 'm2') }, { requiredKeys: [] }),
			},
			{ requiredKeys: [] },
		);
	const list = fc.uniqueArray(element, distinct).filter(onePrimary);
	// Desired addresses as mappings have them: one of a value.
	const wanted = fc
		.uniqueArray(element, { ...distinct, selector: ({ value }) => value.toLowerCase() })
		.filter(onePrimary);

	test('carrying out the differences leaves none, and changes nothing that was not asked for', () => {
		fc.assert(
			fc.property(user(wanted), user(list), (desired, before) => {
				const current = { ...before, nickName: 'untouched' };
				const after = carryOut(current, diff(desired, current));
				expect(diff(desired, after)).toEqual([]);
				expect(after['nickName']).toBe('untouched');
			}),
			{ numRuns: 1000 },
		);
	});

	test('a filter holds its value as one JSON text, whatever is in it', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (value) => {
				const filter = equalsFilter('userName', value);
				expect(JSON.parse(filter.slice('userName eq '.length))).toBe(value);
				expect(elementPath('members', value)).toBe(`members[value eq ${JSON.stringify(value)}]`);
			}),
		);
		expect(() => equalsFilter('userName eq "x" or id', 'y')).toThrow();
	});
});

/** What a server does with the forms that we send (RFC 7644 §3.5.2), by itself: not the code under test. */
function carryOut(resource: Record<string, unknown>, operations: readonly PatchOperation[]): Record<string, unknown> {
	const after = structuredClone(resource);
	for (const { op, path, value } of operations) {
		const keys = path.startsWith(`${ENTERPRISE}:`)
			? [ENTERPRISE, ...path.slice(ENTERPRISE.length + 1).split('.')]
			: path.split('.');
		const last = keys.pop() ?? '';
		let target = after;
		for (const key of keys) target = (target[key] ??= {}) as Record<string, unknown>;
		if (op === 'remove') Reflect.deleteProperty(target, last);
		else target[last] = structuredClone(value);
	}
	return after;
}
