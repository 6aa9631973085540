import type { Term } from '../../../core/model';
import { compiled, contract, evaluated, person, row, table } from './builders';

function attributesOf(
	cells: Record<string, string>,
	columns = Object.keys(cells),
	policy = compiled(),
): Record<string, unknown> | undefined {
	const input = contract([], { users: table([cells], columns) });
	return evaluated(policy, [input]).identities[0]?.attributes;
}

describe('who a row is', () => {
	it.each([
		[{ Name: 'Ada Lovelace' }, { firstName: 'Ada', lastName: 'Lovelace' }],
		[{ Name: 'Lovelace, Ada' }, { firstName: 'Ada', lastName: 'Lovelace' }],
		[{ Name: 'Bram de Wit' }, { firstName: 'Bram', lastName: 'de Wit' }],
		[{ Name: 'Ada' }, { firstName: 'Ada' }],
		[
			{ 'First Name': 'Ada', 'LAST NAME': 'Lovelace' },
			{ firstName: 'Ada', lastName: 'Lovelace' },
		],
		[{}, {}],
	])('%j', (cells, expected) => {
		expect(attributesOf({ ...cells, 'E-Mail': 'Ada@Example.org', Access: 'x' })).toEqual({
			email: 'ada@example.org',
			...expected,
		});
	});

	it('takes over declared attributes after aliases and as their type, and no others', () => {
		const cells = { Email: 'ada@example.org', Access: 'x', Department: 'Eng.', Level: '3', Salary: '1' };
		expect(attributesOf(cells)).toEqual({ email: 'ada@example.org', department: 'Engineering', level: 3 });
	});

	it('blocks a cell that is not of its type, for that person only', () => {
		const rows = [row('Ada', 'Member', { Level: 'high' }), row('Bob', 'Member', { Level: '1' })];
		const evaluation = evaluated(compiled(), [
			contract([], { users: table(rows, ['Name', 'Email', 'Access', 'Level']) }),
		]);
		expect(evaluation.blocked).toEqual([expect.objectContaining({ subject: 'ada@partner.example' })]);
		expect(evaluation.desired).toHaveLength(1);
		expect(evaluation.heldBack.map(({ identityId }) => identityId)).toEqual(
			Array(2).fill(evaluation.blocked[0]?.identityId),
		);
	});

	it('reads people from a list of people and from a list of addresses as well', () => {
		const contracts = [{ id: 'named', subjects: 'terms.contacts', grant: ['consultant'] }];
		const served = (type: string, value: unknown) => {
			const policy = compiled({ terms: { contacts: { type: 'people', clause: 'Contacts' } }, contracts });
			const term = { name: 'contacts', value: { type, value } } as Term;
			return evaluated(policy, [contract([], { contacts: term })]);
		};
		const people = served('people', [{ name: 'Ada Lovelace', email: 'ada@partner.example' }, { name: 'Nobody Known' }]);
		expect(people.identities).toEqual([
			expect.objectContaining({
				keys: { email: 'ada@partner.example' },
				attributes: { email: 'ada@partner.example', firstName: 'Ada', lastName: 'Lovelace' },
			}),
		]);
		expect(people.blocked).toEqual([expect.objectContaining({ subject: 'Nobody Known' })]);
		expect(people.heldBack).toEqual([expect.objectContaining({ exceptIdentityIds: [people.identities[0]?.id] })]);
		const list = served('list', ['Ada Lovelace <ADA@partner.example>', 'bob@partner.example', 'the usual people']);
		expect(list.identities.map(({ keys }) => keys.email).sort()).toEqual([
			'ada@partner.example',
			'bob@partner.example',
		]);
		expect(list.identities.find(({ keys }) => keys.email?.startsWith('ada'))?.id).toBe(people.identities[0]?.id);
		expect(list.blocked).toEqual([expect.objectContaining({ subject: 'the usual people' })]);
		expect(served('text', 'ada@partner.example').blocked[0]?.reason).toContain('names no people');
	});

	it('reads a list from one cell', () => {
		const policy = compiled({ attributes: { teams: { type: 'list', aliases: { Kern: 'core' } } } });
		const cells = { Email: 'ada@example.org', Access: 'x', Teams: 'Kern; eu, core' };
		expect(attributesOf(cells, Object.keys(cells), policy)).toEqual({
			email: 'ada@example.org',
			teams: ['core', 'eu'],
		});
	});

	it('lets the first declared source lead: the contract does not overrule HR where HR comes first', () => {
		const known = { ...person('Ada', { department: 'Sales' }), keys: { email: 'ada@partner.example' } };
		const says = (from: string[]) => {
			const policy = compiled({ attributes: { department: { type: 'text', from }, level: { type: 'number' } } });
			const users = table(
				[row('Ada', 'Member', { Department: 'Engineering' })],
				['Name', 'Email', 'Access', 'Department'],
			);
			return evaluated(policy, [contract([], { users })], [known]).identities[0]?.attributes.department;
		};
		expect(says(['hris', 'contract'])).toBe('Sales');
		expect(says(['contract', 'hris'])).toBe('Engineering');
		expect(says(['hris'])).toBe('Sales');
	});

	it('is the same new person on every machine', () => {
		const ids = () => evaluated(compiled(), [contract([row('Ada')])]).identities.map(({ id }) => id);
		expect(ids()).toEqual(ids());
		expect(ids()[0]).toMatch(/^idn_[0-9a-f]{24}$/);
	});
});
