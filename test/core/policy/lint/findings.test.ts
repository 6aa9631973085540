import { lintPolicy } from '../../../../core/policy';
import { BASE, policyText } from '../builders';

const ATTRIBUTES = {
	department: { type: 'text', values: ['Engineering', 'Finance', 'Sales'], aliases: { 'Eng.': 'Engineering' } },
	level: { type: 'number' },
	endDate: { type: 'date' },
	tags: { type: 'list' },
	title: { type: 'text' },
};
const ERP = {
	erp: { connector: 'manual', owner: 'it@acme.example' },
};
const ENTITLEMENTS = {
	...BASE.entitlements,
	'erp/create': { app: 'erp', role: 'Create' },
	'erp/approve': { app: 'erp', role: 'Approve' },
	'erp/pay': { app: 'erp', role: 'Pay' },
};

type Changes = Record<string, unknown>;

function lint(changes: Changes, asOf?: string) {
	const applications = { ...BASE.applications, ...ERP };
	const text = policyText({ attributes: ATTRIBUTES, applications, entitlements: ENTITLEMENTS, ...changes });
	return lintPolicy(text, asOf === undefined ? {} : { asOf });
}

const only = (code: string, changes: Changes, asOf?: string) =>
	lint(changes, asOf).filter((finding) => finding.code === code);
const lines = (code: string, changes: Changes, asOf?: string) =>
	only(code, changes, asOf).map(({ severity, path, message }) => `${severity} ${path}: ${message}`);

const rule = (id: string, when: Changes, grant: string[] = ['consultant'], more: Changes = {}) => ({
	id,
	when,
	grant,
	...more,
});

describe('contradictions', () => {
	it.each<[string, unknown, string]>([
		['a value that is and is not', { eq: 'Sales', not: 'Sales' }, 'no value is Sales and passes its other operators'],
		['limits that leave nothing', { gte: 5, lte: 3 }, 'nothing is at least 5 and at most 3'],
		['a number and a date', { gte: 5, lte: '2026-01-01' }, 'its limits are a number and a date, and no value is both'],
		[
			'a limit that compares with nothing',
			{ gte: 'high' },
			'high is neither a number nor a date, so nothing compares with it',
		],
		['known and unknown', { eq: 'Sales', exists: false }, 'it asks for a value and for none'],
		['a value out of the list', { eq: 'a', in: ['b', 'c'] }, 'a is not b or c'],
	])('of %s are found', (_what, condition, reason) => {
		const [finding, ...more] = lines('CONTRADICTION', { rules: [rule('r', { title: condition })] });
		expect(more).toEqual([]);
		expect(finding).toBe(`warning rules[0].when.title: the condition contradicts itself: ${reason}`);
	});

	it('between both names of one attribute are found', () => {
		const rules = [rule('r', { department: 'Sales', 'person.department': 'Finance' })];
		expect(lines('CONTRADICTION', { rules })[0]).toContain('asks for "department" twice');
	});

	it('between a grant and the exclusion of a role beside it are found', () => {
		const roles = {
			...BASE.roles,
			external: { grant: ['slack/member'], exclude: ['erp/*'], owner: 'it@acme.example' },
		};
		expect(lines('CONTRADICTION', { roles, rules: [rule('r', { title: 'x' }, ['external', 'erp/pay'])] })).toEqual([
			'warning rules[0].grant[1]: rule "r" grants "erp/pay" and a role that excludes it: exclusion wins',
		]);
	});

	it('between a grant and an exclusion that the same people always have are found', () => {
		const roles = {
			...BASE.roles,
			external: { grant: ['slack/member'], exclude: ['erp/*'], owner: 'it@acme.example' },
		};
		const rules = [rule('ext', { title: 'x' }, ['external']), rule('pay', { title: 'x', level: 2 }, ['erp/pay'])];
		expect(lines('CONTRADICTION', { roles, rules })[0]).toContain('rule "pay" never gives "erp/pay": "ext" holds');
		const apart = [rule('ext', { title: 'x' }, ['external']), rule('pay', { title: 'y', level: 2 }, ['erp/pay'])];
		expect(lines('CONTRADICTION', { roles, rules: apart })).toEqual([]);
	});
});

describe('what cannot be reached', () => {
	it.each<[string, Changes, string]>([
		['a value that is not declared', { department: 'Legal' }, 'Legal is not among the known values'],
		['a word for a number', { level: 'senior' }, 'senior is no number'],
		['a word for a date', { endDate: 'soon' }, 'soon is no date'],
	])('is %s', (_what, when, reason) => {
		expect(lines('UNREACHABLE', { rules: [rule('r', when)] })).toContain(
			`warning rules[0].when.${Object.keys(when)[0] ?? ''}: the condition cannot be met: ${reason}`,
		);
	});

	it('is told of one value among several', () => {
		const [finding] = lines('UNREACHABLE', { rules: [rule('r', { department: ['Sales', 'Legal'] })] });
		expect(finding).toContain('"Legal" of department cannot occur');
	});

	it('is an alias, because aliases are replaced first', () => {
		const attributes = { department: { type: 'text', aliases: { 'Eng.': 'Engineering' } } };
		const [finding] = only('UNREACHABLE', { attributes, rules: [rule('r', { department: ['Eng.', 'Sales'] })] });
		expect(finding).toMatchObject({ remedy: 'write "Engineering"' });
	});

	it('is a role that comes only from such a rule', () => {
		const messages = only('UNREACHABLE', { rules: [rule('r', { department: 'Legal' }, ['administrator'])] });
		expect(messages.map(({ path }) => path)).toContain('roles.administrator');
	});
});

describe('shadowed rules', () => {
	const shadowed = (rules: unknown[]) => only('SHADOWED', { rules }).map(({ path, message }) => `${path}: ${message}`);

	it('are those whose people get all of it anyway', () => {
		const found = shadowed([
			rule('wide', { department: ['Sales', 'Finance'] }, ['developer']),
			rule('narrow', { department: 'Sales', level: { gte: 3 } }, ['consultant']),
		]);
		expect(found).toHaveLength(1);
		expect(found[0]).toContain('rules[1]: rule "narrow" changes nothing: "wide" holds');
	});

	it('are not those that give more, or hold for others too', () => {
		expect(
			shadowed([
				rule('wide', { department: 'Sales' }, ['consultant']),
				rule('more', { department: 'Sales', level: 2 }, ['developer']),
				rule('others', { department: ['Sales', 'Finance'] }, ['consultant', 'github/eng']),
			]),
		).toEqual([
			'rules[0]: rule "wide" changes nothing: "others" holds for the same people and more, and give all of it',
		]);
	});

	it('is only the later one of two that are the same', () => {
		const found = shadowed([rule('one', { level: '2.0' }), rule('two', { level: 2 })]);
		expect(found.map((line) => line.slice(0, 8))).toEqual(['rules[1]']);
	});

	it('can be covered by several together', () => {
		const found = shadowed([
			rule('a', { department: 'Sales' }, ['slack/member']),
			rule('b', { level: { gte: 1 } }, ['github/member']),
			rule('both', { department: 'Sales', level: { gte: 2 } }, ['slack/member', 'github/member']),
		]);
		expect(found[0]).toContain('rule "both" changes nothing: "a", "b" hold');
	});

	it('are not covered by rules that may not hold, are proposed, or go out', () => {
		expect(shadowed([rule('wide', {}, ['consultant'], { if: 'person.level > 3.0' }), rule('r', { level: 2 })])).toEqual(
			[],
		);
		expect(shadowed([rule('wide', {}, ['consultant'], { status: 'proposed' }), rule('r', { level: 2 })])).toEqual([]);
		expect(shadowed([rule('wide', {}, ['consultant'], { status: 'deprecated' }), rule('r', { level: 2 })])).toEqual([]);
	});

	it('keep what their role excludes', () => {
		const roles = {
			...BASE.roles,
			external: { grant: ['slack/member'], exclude: ['erp/*'], owner: 'it@acme.example' },
		};
		const rules = [rule('wide', { level: { gte: 1 } }, ['slack/member']), rule('r', { level: 2 }, ['external'])];
		expect(only('SHADOWED', { roles, rules })).toEqual([]);
	});
});

describe('separation of duties that can be broken', () => {
	const separationOfDuties = [{ id: 'pay', any: ['erp/create'], with: ['erp/pay'], action: 'block' }];
	const reachable = (rules: unknown[], more: Changes = {}) =>
		only('SOD_REACHABLE', { separationOfDuties, rules, ...more });

	it('is told with an example of a person', () => {
		const [finding, ...more] = reachable([
			rule('c', { department: ['Finance', 'Sales'] }, ['erp/create']),
			rule('p', { department: { not: 'Sales' }, level: { gte: 3 } }, ['erp/pay']),
		]);
		expect(more).toEqual([]);
		expect(finding).toMatchObject({ severity: 'warning', path: 'rules[1]' });
		expect(finding?.message).toContain('rules "c" and "p" give "erp/create" and "erp/pay"');
		expect(finding?.message).toContain('department: Finance, level: 3');
	});

	it('is not told of rules that never hold together', () => {
		expect(
			reachable([
				rule('c', { department: 'Finance' }, ['erp/create']),
				rule('p', { department: 'Sales' }, ['erp/pay']),
				rule('q', { department: 'Finance', level: { lte: 2 } }, ['erp/approve']),
			]),
		).toEqual([]);
	});

	it('is not told where a role of one rule excludes what the other gives', () => {
		const roles = { ...BASE.roles, clerk: { grant: ['erp/create'], exclude: ['erp/pay'], owner: 'it@acme.example' } };
		const rules = [rule('c', { level: 1 }, ['clerk']), rule('p', { title: 'x' }, ['erp/pay'])];
		expect(reachable(rules, { roles })).toEqual([]);
	});

	it('finds one rule that does it alone, and a role that does', () => {
		expect(reachable([rule('both', { level: 1 }, ['erp/create', 'erp/pay'])])[0]?.message).toContain(
			'rule "both" gives',
		);
		const roles = { ...BASE.roles, clerk: { grant: ['erp/create', 'erp/pay'], owner: 'it@acme.example' } };
		const rules = [rule('c', { level: 1 }, ['clerk'])];
		expect(only('SOD_IN_ROLE', { roles, rules, separationOfDuties })).toMatchObject([{ path: 'roles.clerk' }]);
		expect(reachable(rules, { roles })).toEqual([]);
	});

	it('asks for three different things where all are named', () => {
		const all = [{ id: 'all', all: ['erp/create', 'erp/approve', 'erp/pay'], action: 'approve' }];
		const rules = [
			rule('c', { level: { gte: 1 } }, ['erp/create']),
			rule('a', { level: { lte: 5 } }, ['erp/approve']),
			rule('p', { level: { gte: 4 } }, ['erp/pay']),
		];
		const [finding] = reachable(rules, { separationOfDuties: all });
		expect(finding?.message).toMatch(/"c" and "a" and "p".*level: [45]/);
		const apart = [...rules.slice(0, 2), rule('p', { level: { gte: 6 } }, ['erp/pay'])];
		expect(reachable(apart, { separationOfDuties: all })).toEqual([]);
	});

	it('does not take one entitlement for two sides', () => {
		const patterns = [{ id: 'erp', any: ['erp/*'], with: ['erp/*'], action: 'record' }];
		expect(reachable([rule('c', { level: 1 }, ['erp/create'])], { separationOfDuties: patterns })).toEqual([]);
		const two = [rule('c', { level: 1 }, ['erp/create']), rule('p', { level: 1 }, ['erp/pay'])];
		expect(reachable(two, { separationOfDuties: patterns })).toMatchObject([{ severity: 'info' }]);
	});

	it('lists a few of very many', () => {
		const rules = Array.from({ length: 60 }, (_, index) =>
			rule(`r${index}`, { title: `t${index}` }, [index % 2 === 0 ? 'erp/create' : 'erp/pay']),
		).map((each, index) => ({ ...each, when: { level: { gte: index } } }));
		const found = reachable(rules);
		expect(found).toHaveLength(21);
		expect(found.some(({ message }) => message.startsWith('more than 20 sets of rules'))).toBe(true);
	});
});

describe('roles and defaults', () => {
	const owner = 'it@acme.example';

	it('that are nearly the same are told of, inheritance is not', () => {
		const names = Array.from({ length: 20 }, (_, index) => `slack/x${index}`);
		const extra = Object.fromEntries(names.map((name) => [name, { app: 'slack', group: name }]));
		const roles = {
			one: { grant: names, owner },
			two: { grant: [...names.slice(1), 'slack/member'], owner },
			heir: { includes: ['one'], grant: ['erp/pay'], owner },
			copy: { includes: ['one'], owner },
		};
		const found = lines('NEAR_DUPLICATE_ROLES', { entitlements: { ...ENTITLEMENTS, ...extra }, roles, contracts: [] });
		expect(found).toEqual([
			'warning roles.two: role "two" has 90 % of its entitlements in common with "one"',
			'warning roles.copy: role "copy" has the same entitlements as "one"',
		]);
	});

	it('that are too many are counted', () => {
		const roles = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`r${index}`, { grant: [], owner }]));
		expect(lines('ROLE_EXPLOSION', { roles, contracts: [] })[0]).toContain('30 roles for 8 entitlements and 0 rules');
	});

	it('that inherit privileged access are told of', () => {
		const roles = { ...BASE.roles, chief: { includes: ['administrator'], owner } };
		expect(lines('PRIVILEGED_INHERITED', { roles })).toEqual([
			'warning roles.chief.includes[0]: role "chief" inherits privileged github/admin from "administrator"',
		]);
	});

	it('that give everybody more than accounts are told of', () => {
		expect(lines('OVER_PROVISIONED', { rules: [rule('all', {}, ['developer'])] })).toEqual([
			'warning rules[0].grant: rule "all" gives everybody more than accounts: "github/eng"',
		]);
		expect(lines('OVER_PROVISIONED', { rules: [rule('all', {}, ['slack/member'])] })).toEqual([]);
	});

	it('that grant what has a maximum duration are told of', () => {
		const entitlements = { ...ENTITLEMENTS, 'erp/pay': { app: 'erp', role: 'Pay', maxDuration: 'P7D' } };
		expect(lines('LIMITED_BY_RULE', { entitlements, rules: [rule('r', { level: 1 }, ['erp/pay'])] })).toHaveLength(1);
	});
});

describe('who answers', () => {
	it('in an emergency has to be somebody', () => {
		const breakGlass = {
			grant: ['erp/*', 'erq/*'],
			by: { department: 'Legal' },
			for: 'PT4H',
			review: { approvers: ['group:nobody'], within: 'P1D' },
		};
		const found = lint({ breakGlass, groups: { ...BASE.groups, nobody: [] } }).map(
			({ code, path }) => `${code} ${path}`,
		);
		expect(found).toEqual(
			expect.arrayContaining([
				'MATCHES_NOTHING breakGlass.grant[1]',
				'TOO_FEW_APPROVERS breakGlass.review.approvers',
				'UNREACHABLE breakGlass.by.department',
			]),
		);
	});

	it('for an approval by the owner has to be named', () => {
		const approvals = [{ id: 'a', approvers: ['owner'] }];
		const applications = { ...BASE.applications, erp: { connector: 'manual' } };
		expect(lines('APPROVAL_IMPOSSIBLE', { approvals, applications })).toEqual([
			'warning approvals[0].approvers: approval "a" asks the owner, and "erp/create", "erp/approve", "erp/pay" have none',
		]);
	});

	it('for an approval cannot be an empty group', () => {
		const approvals = [{ id: 'a', approvers: ['group:nobody'] }];
		expect(lines('TOO_FEW_APPROVERS', { approvals, groups: { ...BASE.groups, nobody: [] } })).toHaveLength(1);
	});
});

describe('time', () => {
	const exempt = [{ person: 'ada@acme.example', until: '2026-11-20', owner: 'it@acme.example', reason: 'audit' }];
	const separationOfDuties = [{ id: 'pay', any: ['erp/create'], with: ['erp/pay'], action: 'block', exempt }];

	it('ends exemptions, for those who say what time it is', () => {
		expect(lines('EXPIRED', { separationOfDuties })).toEqual([]);
		expect(lines('EXPIRED', { separationOfDuties }, '2026-11-20T22:59:59.999Z')).toEqual([]);
		expect(lines('EXPIRED', { separationOfDuties }, '2026-11-20T23:00:00.000Z')).toHaveLength(1);
	});
});

describe('conditions of approvals', () => {
	it('may ask for risk, action and the factors of the grant, by their names', () => {
		const approvals = (when: Changes) => ({ approvals: [{ id: 'a', when, approvers: ['manager'] }] });
		expect(
			only(
				'UNKNOWN_ATTRIBUTE',
				approvals({ 'risk.score': { gte: 40 }, 'action.operation': 'add_to_group', 'grant.off_hours': true }),
			),
		).toEqual([]);
		expect(only('UNKNOWN_ATTRIBUTE', approvals({ 'risk.scor': 1 }))[0]?.remedy).toBe('did you mean "score"?');
		expect(only('CONDITION_OUT_OF_PLACE', { rules: [rule('r', { 'risk.score': 1 })] })).toHaveLength(1);
	});
});

describe('an empty document', () => {
	it.each(['', ' \n', '# only a comment\n', '---\n'])('is called empty: %j', (text) => {
		expect(lintPolicy(text)).toMatchObject([{ code: 'EMPTY', message: 'the policy is empty', line: 1, column: 1 }]);
	});
});

describe('onCollision', () => {
	const applications = (attributes: Changes) => ({
		applications: { ...BASE.applications, erp: { ...ERP.erp, onCollision: 'review', attributes } },
	});

	it('is a finding only where the mapping gives no name to compare', () => {
		expect(lines('NOT_ENFORCED', applications({ userName: '{email}' }))).toEqual([]);
		expect(lines('NOT_ENFORCED', applications({ title: '{title}' }))).toEqual([
			'warning applications.erp.onCollision: "onCollision" has nothing to decide: "attributes" give no "userName"',
		]);
	});
});
