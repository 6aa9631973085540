import fc from 'fast-check';

import type { Term } from '../../../core/model';
import { AS_OF, BASE, compiled, contract, date, evaluated, holdings, number, person, row, table } from './builders';

const problem = (name: string): Term => ({ name, problem: 'No clause has the heading "Term".' });

describe('access by contract', () => {
	it('gives each row what its rules earn, until the end of the last day in the zone of the policy', () => {
		const evaluation = evaluated(compiled(), [contract([row('Ada', 'Developer'), row('Bob')])]);
		expect(holdings(evaluation)).toEqual({
			ada: ['github/eng', 'github/member', 'slack/member', 'slack/project:atlas'],
			bob: ['slack/member'],
		});
		expect(evaluation.desired.map(({ validUntil }) => validUntil)).toEqual(Array(5).fill('2027-12-31T23:00:00.000Z'));
		expect(evaluation.blocked).toEqual([]);
	});

	it('says why, with the words of the row and nobody else’s', () => {
		const text =
			'| Name | Email | Access |\n| Ada Example | ada@partner.example | Member |\n| Bob Example | bob@partner.example | Member |';
		const users: Term = {
			...table([row('Ada'), row('Bob')]),
			quote: { clause: 'Schedule A', text, span: { start: 100, end: 100 + text.length } },
		};
		const { desired, identities } = evaluated(compiled(), [contract([], { users })]);
		const ada = identities.find(({ keys }) => keys.email === 'ada@partner.example');
		const [source] = desired.find(({ identityId }) => identityId === ada?.id)?.sources ?? [];
		expect(source).toMatchObject({
			kind: 'contract',
			ref: 'MSA-1/people',
			role: 'consultant',
			reason: 'Row "ada@partner.example" of Schedule A of contract MSA-1 (rule people) earns role consultant',
			quote: { clause: 'Schedule A', text: '| Ada Example | ada@partner.example | Member |' },
		});
		const { start, end } = source?.quote?.span ?? { start: 0, end: 0 };
		expect(text.slice(start - 100, end - 100)).toBe(source?.quote?.text);
	});

	it('unions the sources of a holding: it ends with the last of them', () => {
		const other = contract([row('Ada')], { endDate: date('2028-06-30') }, { id: 'MSA-2' });
		const { desired } = evaluated(compiled(), [contract([row('Ada')]), other]);
		expect(desired).toHaveLength(1);
		expect(desired[0]?.sources.map(({ ref, validUntil }) => [ref, validUntil])).toEqual([
			['MSA-1/people', '2027-12-31T23:00:00.000Z'],
			['MSA-2/people', '2028-06-30T22:00:00.000Z'],
		]);
		expect(desired[0]?.validUntil).toBe('2028-06-30T22:00:00.000Z');
	});

	it('gives nothing from the instant that the contract has ended', () => {
		const ending = [contract([row('Ada')], { endDate: date('2026-11-19') })];
		expect(
			evaluated(compiled(), ending, [], {
				asOf: '2026-11-19T22:59:59.999Z',
				effectiveFrom: AS_OF.replace('20T', '01T'),
			}).desired,
		).toHaveLength(1);
		expect(
			evaluated(compiled(), ending, [], {
				asOf: '2026-11-19T23:00:00.000Z',
				effectiveFrom: AS_OF.replace('20T', '01T'),
			}),
		).toMatchObject({
			desired: [],
			blocked: [],
			heldBack: [],
		});
	});

	it('gives nothing under another kind or status', () => {
		expect(evaluated(compiled(), [contract([row('Ada')], {}, { kind: 'nda' })]).desired).toEqual([]);
		expect(evaluated(compiled(), [contract([row('Ada')], {}, { status: 'terminated' })]).desired).toEqual([]);
	});

	it('seats people in the order given, counts each once over all rules with the limit, and blocks the rest', () => {
		const seats = { limit: 'terms.seats', order: ['row.priority', 'row.since'] };
		const contracts = BASE.contracts.map((each) => ({ ...(each as object), seats }));
		const rows = [
			row('Ada', 'Developer', { Priority: '10', Since: '2026-01-01' }),
			row('Bob', 'Member', { Priority: '9', Since: '2026-03-01' }),
			row('Cleo', 'Developer', { Priority: '9', Since: '2026-02-01' }),
			row('Dan', 'Member'),
		];
		const evaluation = evaluated(compiled({ contracts }), [contract(rows, { seats: number(2) })]);
		expect(Object.keys(holdings(evaluation)).sort()).toEqual(['bob', 'cleo']);
		expect(evaluation.blocked.map(({ subject, reason }) => [subject, reason])).toEqual(
			expect.arrayContaining([
				['ada@partner.example', expect.stringContaining('is number 3')],
				['dan@partner.example', expect.stringContaining('is number 4')],
			]),
		);
		expect(evaluation.heldBack).toEqual([]);
	});

	it.each<[string, Record<string, Term>]>([
		['the end date', { endDate: problem('endDate') }],
		['the number of seats', { seats: problem('seats') }],
		['the table', { users: problem('users') }],
		['the table’s e-mail column', { users: table([{ Name: 'Ada' }], ['Name', 'Access']) }],
		['a column that the rule asks for', { users: table([{ Email: 'ada@partner.example' }], ['Email']) }],
		['columns that share a name', { users: table([], ['Email', 'Access', 'ACCESS', 'access']) }],
	])('grants nothing where %s cannot be read, and holds back what it would end', (_what, terms) => {
		const evaluation = evaluated(compiled(), [contract([row('Ada', 'Developer')], terms)]);
		expect(evaluation.desired).toEqual([]);
		expect(evaluation.blocked.length).toBeGreaterThan(0);
		expect(evaluation.heldBack.map(({ contractId, ruleId }) => `${contractId}/${ruleId}`).sort()).toEqual([
			'MSA-1/developers',
			'MSA-1/people',
		]);
	});

	it('treats a contract that does not say its status as undecided, not as ended', () => {
		const { header, terms } = contract([row('Ada')]);
		const { status: _status, ...silent } = header;
		const evaluation = evaluated(compiled(), [{ header: silent, terms }]);
		expect(evaluation.desired).toEqual([]);
		expect(evaluation.blocked.map(({ reason }) => reason)).toEqual(
			Array(2).fill('The contract does not say what its status is.'),
		);
		expect(evaluation.heldBack).toHaveLength(2);
	});

	it('blocks a row without a readable address, serves the others, and holds back everybody who is not listed', () => {
		const evaluation = evaluated(compiled(), [
			contract([row('Ada'), { Name: 'Eve', Email: 'eve@@x', Access: 'Member' }]),
		]);
		expect(holdings(evaluation)).toEqual({ ada: ['slack/member'] });
		expect(evaluation.blocked).toEqual([
			expect.objectContaining({ subject: 'eve@@x', reason: expect.stringContaining('cannot be read') as string }),
		]);
		const [ada] = evaluation.identities;
		expect(evaluation.heldBack.map(({ exceptIdentityIds }) => exceptIdentityIds)).toEqual([[ada?.id], [ada?.id]]);
	});

	it('blocks a person who is listed twice with different entries; the same row twice is one', () => {
		const twice = evaluated(compiled(), [contract([row('Ada'), row('Ada', 'Developer')])]);
		expect(twice.desired).toEqual([]);
		expect(twice.blocked[0]?.reason).toContain('more than once');
		expect(holdings(evaluated(compiled(), [contract([row('Ada'), row('Ada')])]))).toEqual({ ada: ['slack/member'] });
	});

	it('fills templates only into the wildcard they name, and blocks what does not fit', () => {
		const missing = evaluated(compiled(), [contract([row('Ada', 'Developer')], {}, { attributes: {} })]);
		expect(holdings(missing)).toEqual({ ada: ['github/eng', 'github/member', 'slack/member'] });
		expect(missing.blocked[0]?.reason).toContain('needs contract.project');
		expect(missing.heldBack[0]).toMatchObject({ entitlement: 'slack/project:*' });
		const hostile = evaluated(compiled(), [contract([row('Ada', 'Developer')], {}, { attributes: { project: '*' } })]);
		expect(hostile.blocked[0]?.reason).toContain('does not allow');
	});

	it('is not led astray by names that mean something to objects', () => {
		const hostile = JSON.parse(
			'{"Email":"eve@partner.example","Access":"Member","__proto__":"x","constructor":"y"}',
		) as Record<string, string>;
		const evaluation = evaluated(compiled(), [
			contract([hostile], { users: table([hostile], ['Email', 'Access', '__proto__', 'constructor']) }),
		]);
		expect(holdings(evaluation)).toEqual({ eve: ['slack/member'] });
		expect(({} as Record<string, unknown>)['x']).toBeUndefined();
	});

	it('knows a person again by the address, whatever its case', () => {
		const ada = { ...person('Ada'), keys: { email: 'ada@partner.example' } };
		const evaluation = evaluated(
			compiled(),
			[contract([row('Ada', 'Member', { Email: 'ADA@Partner.example' })])],
			[ada],
		);
		expect(evaluation.desired.map(({ identityId }) => identityId)).toEqual([ada.id]);
	});
});

describe('access by birthright', () => {
	const rules = [{ id: 'engineers', when: { department: 'Engineering', level: { gte: 2 } }, grant: ['developer'] }];

	it('follows attributes after aliases, and says which conditions held', () => {
		const { desired } = evaluated(
			compiled({ rules }),
			[],
			[person('Ada', { department: 'Eng.', level: 3 }), person('Bob', { department: 'Engineering' })],
		);
		expect(new Set(desired.map(({ identityId }) => identityId))).toEqual(new Set(['idn_ada']));
		expect(desired[0]?.sources[0]?.reason).toBe(
			'Rule engineers (department is Engineering, level is at least 2) earns role developer',
		);
		expect(desired[0]?.validUntil).toBeUndefined();
	});

	it('gives nothing by a proposed rule, and neither gives nor takes by a deprecated one', () => {
		const late = (status: string) => [{ id: 'late', when: { department: 'Sales' }, grant: ['consultant'], status }];
		const ada = person('Ada', { department: 'Sales' });
		const proposed = evaluated(compiled({ rules: late('proposed') }), [], [ada]);
		expect([proposed.desired, proposed.heldBack]).toEqual([[], []]);
		const deprecated = evaluated(compiled({ rules: late('deprecated') }), [], [ada, person('Bob')]);
		expect(deprecated.desired).toEqual([]);
		expect(deprecated.heldBack).toEqual([expect.objectContaining({ ruleId: 'late', identityId: ada.id })]);
	});

	it('does the same with the status of a contract rule', () => {
		const [people] = BASE.contracts as Array<Record<string, unknown>>;
		const withStatus = (status: string) => compiled({ contracts: [{ ...people, status }] });
		const proposed = evaluated(withStatus('proposed'), [contract([row('Ada')])]);
		expect([proposed.desired, proposed.heldBack]).toEqual([[], []]);
		const deprecated = evaluated(withStatus('deprecated'), [contract([row('Ada')])]);
		const [ada] = deprecated.identities;
		expect(deprecated.desired).toEqual([]);
		expect(deprecated.heldBack).toEqual([
			expect.objectContaining({ contractId: 'MSA-1', ruleId: 'people', identityId: ada?.id }),
		]);
	});

	it('does not grant for good what may be held for a time only', () => {
		const entitlements = {
			...BASE.entitlements,
			'github/eng': { app: 'github', group: 'engineering', maxDuration: 'P7D' },
		};
		const evaluation = evaluated(
			compiled({ rules, entitlements }),
			[],
			[person('Ada', { department: 'Engineering', level: 2 })],
		);
		expect(holdings(evaluation)).toEqual({ ada: ['github/member', 'slack/member'] });
		expect(evaluation.blocked).toEqual([expect.objectContaining({ entitlement: 'github/eng' })]);
	});

	it('lets a role’s exclusion win over every other source', () => {
		const roles = {
			...BASE.roles,
			guest: { grant: ['slack/member'], exclude: ['github/*'], owner: 'it@acme.example' },
		};
		const both = [...rules, { id: 'guests', when: { department: 'Engineering' }, grant: ['guest'] }];
		const evaluation = evaluated(
			compiled({ roles, rules: both }),
			[],
			[person('Ada', { department: 'Engineering', level: 2 })],
		);
		expect(holdings(evaluation)).toEqual({ ada: ['slack/member'] });
		expect(evaluation.blocked.map(({ entitlement }) => entitlement)).toEqual(['github/eng', 'github/member']);
	});
});

describe('evaluation as a function', () => {
	const name = fc.constantFrom('Ada', 'Bob', 'Cleo', 'Dan', 'Eve');
	const rows = fc.uniqueArray(fc.record({ name, access: fc.constantFrom('Member', 'Developer', 'None') }), {
		selector: (each) => each.name,
	});

	it('gives the same bytes whatever the order of rows, contracts and people', () => {
		const policy = compiled({
			rules: [{ id: 'all', when: { firstName: { exists: true } }, grant: ['slack/project:x'] }],
		});
		fc.assert(
			fc.property(rows, rows, fc.uniqueArray(name), fc.nat(), (first, second, known, seed) => {
				const contracts = [first, second].map((each, index) =>
					contract(
						each.map(({ name: who, access }) => row(who, access)),
						{},
						{ id: `C-${index}` },
					),
				);
				const people = known.map((who) => person(who));
				const turned = <T>(list: T[]): T[] =>
					[...list.slice(seed % (list.length || 1)), ...list.slice(0, seed % (list.length || 1))].reverse();
				const mixed = turned(contracts).map(({ header, terms }) => {
					const users = terms.users?.value?.type === 'table' ? table(turned(terms.users.value.rows)) : table([]);
					return { header, terms: { ...terms, users } };
				});
				expect(evaluated(policy, mixed, turned(people))).toEqual(evaluated(policy, contracts, people));
			}),
		);
	});
});
