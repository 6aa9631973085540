import { approvalFor } from '../../../core/policy';
import { compiled, person } from './builders';

const privileged = {
	id: 'privileged',
	when: { 'entitlement.privileged': true },
	approvers: ['group:security'],
	expires: 'P3D',
};

function answer(
	approvals: unknown[],
	who = person('Ada', { manager: 'Boss@acme.example' }),
	entitlement = 'github/admin',
) {
	const policy = compiled({ approvals });
	const resolved = policy.entitlements.resolve(entitlement);
	if (resolved === undefined) throw new Error(`no ${entitlement}`);
	return approvalFor(policy, resolved, who);
}

describe('who must approve', () => {
	it('nobody, where no rule matches', () => {
		expect(answer([privileged], person('Ada'), 'github/eng')).toEqual({ state: 'not_needed' });
	});

	it('the members of a group, with as many votes as the rule needs', () => {
		const rule = { ...privileged, need: { 'group:security': 2 } };
		expect(answer([rule])).toEqual({
			state: 'needed',
			approval: {
				rule: 'privileged',
				approvers: { 'group:security': ['ciso@acme.example', 'sec@acme.example'] },
				need: { 'group:security': 2 },
				expires: 'P3D',
			},
		});
	});

	it('manager and owner by what is known of the person and the entitlement', () => {
		expect(answer([{ ...privileged, approvers: ['manager', 'owner'] }])).toMatchObject({
			approval: {
				approvers: { manager: ['boss@acme.example'], owner: ['ciso@acme.example', 'sec@acme.example'] },
				need: { manager: 1, owner: 1 },
			},
		});
	});

	it('never the person themselves; too few others block', () => {
		const ciso = { ...person('Ciso'), keys: { email: 'CISO@acme.example' } };
		expect(answer([privileged], ciso)).toMatchObject({
			approval: { approvers: { 'group:security': ['sec@acme.example'] } },
		});
		expect(answer([{ ...privileged, need: { 'group:security': 2 } }], ciso)).toMatchObject({ state: 'blocked' });
		expect(
			answer([{ ...privileged, approvers: ['manager'] }], person('Boss', { manager: 'boss@acme.example' })),
		).toMatchObject({ state: 'blocked' });
	});

	it('nobody can, where no approver is known: blocked', () => {
		expect(answer([{ ...privileged, approvers: ['manager'] }], person('Ada'))).toMatchObject({
			state: 'blocked',
			rule: 'privileged',
		});
	});

	it('everybody that any matching rule asks, within the shortest time', () => {
		const second = { id: 'all', approvers: ['manager'], expires: 'P1D' };
		expect(answer([privileged, second])).toMatchObject({
			approval: { rule: 'privileged+all', need: { 'group:security': 1, manager: 1 }, expires: 'P1D' },
		});
	});

	it('asks where the attribute that decides is not known', () => {
		const rule = { ...privileged, when: { 'entitlement.privileged': true, department: 'Finance' } };
		expect(answer([rule], person('Ada'))).toMatchObject({ state: 'needed' });
		expect(answer([rule], person('Ada', { department: 'Sales' }))).toEqual({ state: 'not_needed' });
	});
});
