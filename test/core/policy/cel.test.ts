import { lintPolicy } from '../../../core/policy';
import { CelCompiler } from '../../../core/policy/cel';
import type { Verdict } from '../../../core/policy/cel';
import type { AttributeType } from '../../../core/policy/compile';
import type { AttributeValue } from '../../../core/model';
import { compiled, contract, evaluated, holdings, person, policyText, row } from './builders';

const TYPES = new Map<string, AttributeType>([
	['country', 'text'],
	['level', 'number'],
	['tags', 'list'],
	['active', 'boolean'],
	['endDate', 'date'],
]);

const cel = (inContract = false) =>
	new CelCompiler({ attributes: TYPES, undeclared: new Set(['team']), contract: inContract });

function verdict(source: string, attributes: Record<string, AttributeValue>): Verdict {
	const { expression, problems } = cel().compile(source);
	if (expression === undefined) throw new Error(JSON.stringify(problems));
	return expression.evaluate((_, name) => attributes[name]);
}

const codes = (source: string, inContract = false) =>
	cel(inContract)
		.compile(source)
		.problems.map(({ code, start }) => [code, start]);

describe('an "if"', () => {
	it.each([
		[
			'person.country in ["DE", "FR"] && person.tags.exists(t, t == "core")',
			{ country: 'DE', tags: ['core'] },
			'holds',
		],
		[
			'person.country in ["DE", "FR"] && person.tags.exists(t, t == "core")',
			{ country: 'US', tags: ['core'] },
			'fails',
		],
		['person.level == 2 || person.level in [4, 5]', { level: 2 }, 'holds'],
		['person.level == 2 || person.level in [4, 5]', { level: 5 }, 'holds'],
		['person.level >= 2 && person.level < 2.5', { level: 3 }, 'fails'],
		['person.level * 2 > 5', { level: '3' }, 'holds'],
		['person.active', { active: true }, 'holds'],
		['person.endDate <= "2026-12-31"', { endDate: '2026-11-30' }, 'holds'],
		['has(person.country)', {}, 'fails'],
		['!has(person.country) || person.country != "DE"', {}, 'holds'],
		['person.country == "DE"', {}, 'missing'],
		['person.country == "DE" || person.active', { active: true }, 'holds'],
		['person.country == "DE" && person.active', { active: false }, 'fails'],
		['person.level / 0 > 1', { level: 1 }, 'holds'],
		['int(person.level) / 0 > 1', { level: 1 }, 'missing'],
		['person.level > 1', { level: 'high' }, 'missing'],
		['person.team == "core"', { team: 'core' }, 'holds'],
	] as Array<[string, Record<string, AttributeValue>, string]>)('%s of %j %s', (source, attributes, outcome) => {
		expect(verdict(source, attributes).outcome).toBe(outcome);
	});

	it('says why it cannot be answered', () => {
		expect(verdict('person.country == "DE"', {})).toEqual({ outcome: 'missing', reason: '"country" is not known' });
	});

	it('is refused where its types do not fit, at the place where they do not', () => {
		expect(codes('person.country == "DE" && person.level == "two"')).toEqual([['CEL_TYPE', 26]]);
		expect(codes('person.country')).toEqual([['CEL_TYPE', 0]]);
		expect(codes('person.country = "DE"')).toEqual([['CEL_SYNTAX', 15]]);
		expect(codes('contract.kind == "services"')).toEqual([['CEL_TYPE', 0]]);
		expect(codes('contract.kind == "services" && row.access == "Member"', true)).toEqual([]);
	});

	it('takes a name like a declared one for a slip, and another name for one that only feeds know', () => {
		expect(cel().compile('person.countri == "DE"').expression).toBeUndefined();
		const { expression, problems } = cel().compile('person.team == "core"');
		expect(expression).toBeDefined();
		expect(problems).toEqual([expect.objectContaining({ severity: 'warning', code: 'UNKNOWN_ATTRIBUTE' })]);
	});

	it.each([
		'person.country.matches("(a+)+$")',
		'timestamp("2026-01-01T00:00:00Z") < timestamp("2027-01-01T00:00:00Z")',
		'person.tags.map(t, t + t).exists(t, t == "x")',
		'cel.bind(a, "x" + "x", a == "xx")',
		'(person.tags + person.tags).exists(t, t == "x")',
		'person.tags.exists(a, person.tags.exists(b, person.tags.exists(c, a == b && b == c)))',
		'person.tags.exists(person, person == "x")',
		'person[person.country] == "x"',
		'{"a": 1}.a == 1',
		'type(person.level) == double',
	])('may not run what could run away or tell the time: %s', (source) => {
		expect(cel().compile(source).expression).toBeUndefined();
	});

	it.each([
		['deep', `${'('.repeat(200)}true${')'.repeat(200)}`],
		['long', `true${' && true'.repeat(400)}`],
		['wide', `person.level in [${Array.from({ length: 400 }, (_, index) => index).join(', ')}]`],
		['of signs', '!'.repeat(3900)],
		['unfinished', '"'.repeat(3999)],
	])('is refused where it is %s', (_, source) => {
		const { expression, problems } = cel().compile(source);
		expect(expression).toBeUndefined();
		expect(problems[0]?.message.length).toBeLessThan(300);
	});
});

describe('an "if" in a policy', () => {
	const rule = (condition: string) => ({
		rules: [{ id: 'r', if: condition, grant: ['developer'] }],
	});

	it('is found at line and column, however the document writes it', () => {
		const yaml = (written: string) => `
policy: x
zone: Europe/Berlin
attributes:
  level: { type: number }
applications: { a: { connector: scim, owner: it@acme.example } }
entitlements:
  a/member: { app: a, account: true }
rules:
  - id: r
    if: ${written}
    grant: [a/member]
`;
		const place = (written: string) =>
			lintPolicy(yaml(written))
				.filter(({ code }) => code === 'CEL_TYPE')
				.map(({ line, column, path }) => [line, column, path]);
		expect(place('person.level >= 2 && person.level == "x"')).toEqual([[11, 30, 'rules[0].if']]);
		expect(place(`'person.level >= 2 && person.level == "x"'`)).toEqual([[11, 31, 'rules[0].if']]);
		expect(place('"person.level >= 2 && person.level == \\"x\\""')).toEqual([[11, 31, 'rules[0].if']]);
		expect(place('|\n      person.level >= 2 &&\n      person.level == "x"')).toEqual([[13, 7, 'rules[0].if']]);
		expect(place('>-\n      person.level >= 2 &&\n      person.level == "x"')).toEqual([[13, 7, 'rules[0].if']]);
	});

	it('grants to whom it holds for, and nothing where it cannot be answered', () => {
		const policy = compiled(rule('person.level >= 3 && person.department == "Engineering"'));
		const people = [
			person('Ada', { level: 3, department: 'Engineering' }),
			person('Bob', { level: 2, department: 'Engineering' }),
			person('Cleo', { level: 4 }),
		];
		expect(holdings(evaluated(policy, [], people))).toEqual({ ada: ['github/eng', 'github/member', 'slack/member'] });
	});

	it('decides about contract, row and person in a contract rule', () => {
		const contracts = [
			{
				id: 'people',
				if: 'contract.kind == "services" && row.access == "Developer" && (!has(person.level) || person.level > 1)',
				subjects: 'terms.users',
				grant: ['consultant'],
			},
		];
		const policy = compiled({ contracts });
		const evaluation = evaluated(policy, [contract([row('Ada', 'Developer'), row('Bob')])]);
		expect(holdings(evaluation)).toEqual({ ada: ['slack/member'] });
		expect(evaluation.heldBack).toEqual([]);
	});

	it('gives nothing and takes nothing away where the contract is silent on what it asks', () => {
		const contracts = [{ id: 'people', if: 'contract.tier == "gold"', subjects: 'terms.users', grant: ['consultant'] }];
		const evaluation = evaluated(compiled({ contracts }), [contract([row('Ada')])]);
		expect(evaluation.desired).toEqual([]);
		expect(evaluation.blocked[0]?.reason).toContain('"tier" is not known');
		const [ada] = evaluation.identities;
		expect(evaluation.heldBack).toEqual([
			expect.objectContaining({ contractId: 'MSA-1', ruleId: 'people', identityId: ada?.id }),
		]);
	});

	it('keeps a policy with a broken one from being read', () => {
		const findings = lintPolicy(policyText(rule('person.level ==')));
		expect(findings.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toContain('CEL_SYNTAX');
		expect(() => compiled(rule('person.level =='))).toThrow(/rules\[0\]\.if/);
	});
});
