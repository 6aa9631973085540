import { lintPolicy } from '../../../core/policy';
import { BASE, policyText } from './builders';

/** Codes with paths of what lint says beyond the (clean) base policy. */
function lint(changes: Record<string, unknown>): string[] {
	const base = new Set(lintPolicy(policyText()).map(({ code, path }) => `${code} ${path}`));
	return lintPolicy(policyText(changes))
		.filter(({ severity }) => severity !== 'info')
		.map(({ code, path, severity }) => `${severity} ${code} ${path}`)
		.filter((line) => !base.has(line.replace(/^\w+ /, '')));
}

const rule = (more: Record<string, unknown>) => ({
	id: 'r',
	when: { department: 'Sales' },
	grant: ['consultant'],
	...more,
});

describe('linting a policy', () => {
	it('finds nothing wrong with the base policy but what nobody uses or answers for', () => {
		expect(lintPolicy(policyText()).map(({ severity, code, path }) => `${severity} ${code} ${path}`)).toEqual([
			'info UNOWNED attributes',
			'info UNUSED attributes',
			'warning UNUSED roles.administrator',
			'info UNOWNED contracts',
		]);
	});

	it('names the nearest known name', () => {
		const [finding] = lintPolicy(policyText({ rules: [rule({ grant: ['develper'] })] })).filter(
			({ severity }) => severity === 'error',
		);
		expect(finding).toMatchObject({
			code: 'UNKNOWN_ROLE',
			path: 'rules[0].grant[0]',
			remedy: 'did you mean "developer"?',
		});
	});

	it.each<[string, Record<string, unknown>, string]>([
		[
			'an unknown entitlement',
			{ rules: [rule({ grant: ['slack/membr'] })] },
			'error UNKNOWN_ENTITLEMENT rules[0].grant[0]',
		],
		[
			'an unknown application',
			{ entitlements: { ...BASE.entitlements, 'x/y': { app: 'slak', group: 'g' } } },
			'error UNKNOWN_APPLICATION entitlements["x/y"].app',
		],
		[
			'an unknown term',
			{ contracts: [{ id: 'c', subjects: 'terms.usrs', grant: ['consultant'], until: 'terms.endDate' }] },
			'error UNKNOWN_TERM contracts[0].subjects',
		],
		[
			'a term of the wrong type',
			{ contracts: [{ id: 'c', subjects: 'terms.seats', grant: ['consultant'], until: 'terms.endDate' }] },
			'error TERM_TYPE contracts[0].subjects',
		],
		[
			'an unknown group',
			{ approvals: [{ id: 'a', approvers: ['group:securty'] }] },
			'error UNKNOWN_GROUP approvals[0].approvers[0]',
		],
		['an id used twice', { rules: [rule({}), rule({})] }, 'error DUPLICATE_ID rules[1].id'],
		[
			'roles that include each other',
			{
				roles: { a: { includes: ['b'], owner: 'x@y.example' }, b: { includes: ['a'], owner: 'x@y.example' } },
				contracts: [],
			},
			'error ROLE_CYCLE roles.a.includes',
		],
		[
			'an unknown placeholder',
			{ contracts: [{ id: 'c', subjects: 'terms.users', grant: ['slack/project:{project}'], until: 'terms.endDate' }] },
			'error UNKNOWN_PLACEHOLDER contracts[0].grant[0]',
		],
		[
			'a template that fills nothing declared',
			{ contracts: [{ id: 'c', subjects: 'terms.users', grant: ['slack/{row.access}'], until: 'terms.endDate' }] },
			'error UNKNOWN_ENTITLEMENT contracts[0].grant[0]',
		],
		[
			'a placeholder without a wildcard',
			{ entitlements: { ...BASE.entitlements, 'slack/x': { app: 'slack', group: 'g-{1}' } } },
			'error UNKNOWN_PLACEHOLDER entitlements["slack/x"].group',
		],
		[
			'two entitlements for one group',
			{ entitlements: { ...BASE.entitlements, 'slack/all': { app: 'slack', group: 'project-atlas' } } },
			'error SHARED_TARGET entitlements["slack/all"]',
		],
		[
			'more votes than approvers',
			{ approvals: [{ id: 'a', approvers: ['group:security'], need: { 'group:security': 3 } }] },
			'error TOO_FEW_APPROVERS approvals[0].need["group:security"]',
		],
		[
			'privileged access by birthright',
			{ rules: [rule({ grant: ['administrator'] })] },
			'warning PRIVILEGED_BIRTHRIGHT rules[0].grant[0]',
		],
		[
			'an entitlement without an owner',
			{ applications: { ...BASE.applications, slack: { connector: 'scim' } } },
			'warning UNOWNED entitlements["slack/member"]',
		],
		[
			'an unused entitlement',
			{ entitlements: { ...BASE.entitlements, 'slack/x': { app: 'slack', group: 'x' } } },
			'warning UNUSED entitlements["slack/x"]',
		],
		[
			'a rule that bypasses the seats',
			{
				contracts: [
					...BASE.contracts,
					{ id: 'free', subjects: 'terms.users', grant: ['consultant'], until: 'terms.endDate' },
				],
			},
			'warning SEATS_BYPASSED contracts[2]',
		],
		['an "if" on what is not declared', { rules: [rule({ if: 'person.x' })] }, 'warning UNKNOWN_ATTRIBUTE rules[0].if'],
		[
			'a condition out of place',
			{ rules: [rule({ when: { 'row.access': 'x' } })] },
			'error CONDITION_OUT_OF_PLACE rules[0].when["row.access"]',
		],
		[
			'an undeclared attribute',
			{ rules: [rule({ when: { departmnt: 'x' } })] },
			'warning UNKNOWN_ATTRIBUTE rules[0].when.departmnt',
		],
	])('finds %s', (_what, changes, expected) => {
		expect(lint(changes)).toContain(expected);
	});

	it('never throws, whatever the text', () => {
		const texts = [
			'',
			'\u0000',
			'{',
			'a: *b',
			'%YAML 1.1\n---\na: 1',
			'- - - -',
			'\ufeffpolicy: x',
			'policy: [',
			'? ? ?',
			"'",
			'"\\x',
		];
		for (const text of texts) expect(lintPolicy(text).some(({ severity }) => severity === 'error')).toBe(true);
	});
});
