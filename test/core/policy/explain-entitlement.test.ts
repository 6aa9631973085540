import fc from 'fast-check';

import type { Assignment } from '../../../core/model';
import { explainEntitlement } from '../../../core/policy';
import { compiled, contract, date, row } from './builders';
import { randomAttributes, randomPolicy } from './evaluator/random-policy';

const rules = [
	{ id: 'eng', when: { department: 'Engineering', level: { gte: 2 } }, grant: ['developer'] },
	{ id: 'sales', when: { department: 'Sales' }, grant: ['developer'] },
	{ id: 'vip', if: 'person.level > 5.0', grant: ['github/eng'] },
	{ id: 'soon', when: { department: 'Engineering' }, grant: ['github/eng'], status: 'proposed' },
	{ id: 'other', when: { department: 'Sales' }, grant: ['github/admin'] },
];

function assignment(ref: string, more: Partial<Assignment> = {}): Assignment {
	return {
		identityId: 'idn_ada',
		entitlement: 'github/eng',
		source: { kind: 'request', ref, reason: 'asked for it' },
		validFrom: '2026-01-01T00:00:00.000Z',
		...more,
	};
}

describe('explaining an entitlement', () => {
	it('names what grants it, and for every other rule that could the clause that decides', () => {
		const policy = compiled({ rules, contracts: [] });
		const input = { attributes: { department: 'Engineering', level: 2 }, assignments: [assignment('req-1')] };
		const explained = explainEntitlement(policy, input, 'github/eng');
		expect(explained).toMatchObject({ policyHash: policy.hash, declared: true, earned: true, withheld: [] });
		expect(explained.granting.map(({ kind, ref, role }) => [kind, ref, role])).toEqual([
			['rule', 'eng', 'developer'],
			['request', 'req-1', undefined],
		]);
		expect(explained.notGranting).toEqual([
			{
				kind: 'rule',
				rule: 'sales',
				status: 'active',
				role: 'developer',
				outcome: 'fails',
				clause: 'department is Sales',
				actual: 'Engineering',
			},
			{
				kind: 'rule',
				rule: 'vip',
				status: 'active',
				outcome: 'fails',
				clause: 'if person.level > 5.0',
				values: { 'person.level': 2 },
			},
			{ kind: 'rule', rule: 'soon', status: 'proposed', outcome: 'fails', clause: 'the rule is only proposed' },
		]);
	});

	it('says what is not known', () => {
		const policy = compiled({ rules, contracts: [] });
		const { earned, notGranting } = explainEntitlement(policy, { attributes: {}, assignments: [] }, 'github/eng');
		expect(earned).toBe(false);
		expect(notGranting.map(({ rule, outcome, reason }) => [rule, outcome, reason])).toEqual([
			['eng', 'missing', undefined],
			['sales', 'missing', undefined],
			['vip', 'missing', '"level" is not known'],
			['soon', 'missing', undefined],
		]);
	});

	it('follows contract rules into the contract: its header, its people, the row', () => {
		const policy = compiled();
		const clause = (more: Parameters<typeof contract>, email = 'ada@partner.example') => {
			const input = { attributes: { email }, assignments: [], contracts: [contract(...more)] };
			const { notGranting } = explainEntitlement(policy, input, 'github/eng');
			return notGranting.map(({ rule, clause: text, actual }) => [rule, text, actual]);
		};
		const rows = [row('Ada', 'Member')];
		expect(clause([rows, {}, { status: 'draft' }])).toEqual([
			['MSA-1/developers', 'contract.status is active', 'draft'],
		]);
		expect(clause([rows], 'bob@partner.example')).toEqual([
			['MSA-1/developers', 'is named in term "users"', undefined],
		]);
		expect(clause([rows])).toEqual([['MSA-1/developers', 'row.access is Developer', 'Member']]);
		const ended = clause([[row('Ada', 'Developer')], { endDate: date('2020-01-01') }]);
		expect(ended[0]?.[1]).toContain('its term has ended');
	});

	it('names the role that forbids it, and what may be had on request only', () => {
		const entitlements = {
			'slack/member': { app: 'slack', account: true },
			'github/root': { app: 'github', group: 'root', maxDuration: 'PT8H' },
		};
		const roles = { outsider: { exclude: ['slack/*'], owner: 'it@acme.example' } };
		const policy = compiled({
			entitlements,
			roles,
			contracts: [],
			rules: [
				{ id: 'all', when: { department: 'Sales' }, grant: ['slack/member', 'github/root'] },
				{ id: 'out', when: { level: 1 }, grant: ['outsider'] },
			],
		});
		const input = { attributes: { department: 'Sales', level: 1 }, assignments: [] };
		expect(explainEntitlement(policy, input, 'slack/member')).toMatchObject({
			earned: false,
			withheld: ['Role outsider excludes slack/member.'],
		});
		expect(explainEntitlement(policy, input, 'github/root')).toMatchObject({
			earned: false,
			withheld: ['github/root may be held for PT8H at most and only on request.'],
		});
		expect(explainEntitlement(policy, input, 'github/none')).toMatchObject({ declared: false, earned: false });
	});

	it('agrees with what is earned', () => {
		fc.assert(
			fc.property(randomPolicy, randomAttributes, (policy, attributes) => {
				for (const name of ['slack/member', 'github/eng', 'slack/project:one', 'vault/root']) {
					const explained = explainEntitlement(policy, { attributes, assignments: [] }, name);
					const active = policy.rules.filter(({ status }) => status === 'active').map(({ id }) => id);
					expect(explained.granting.every(({ ref }) => active.includes(ref))).toBe(true);
					const again = explainEntitlement(policy, { attributes, assignments: [] }, name);
					expect(again).toEqual(explained);
				}
			}),
			{ numRuns: 60 },
		);
	});
});
