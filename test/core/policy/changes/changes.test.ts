import fc from 'fast-check';
import { effectOnAccess, parsePolicy, policyChanges } from '../../../../core/policy';
import type { PolicyDocument } from '../../../../core/policy';
import { BASE, policyText } from '../builders';

const rule = (
	id: string,
	when: Record<string, unknown>,
	grant = ['consultant'],
	more: Record<string, unknown> = {},
) => ({
	id,
	when,
	grant,
	...more,
});
const read = (changes: Record<string, unknown> = {}): PolicyDocument => parsePolicy(policyText(changes)).policy;
const RULES = [rule('a', { department: 'Sales' }), rule('b', { level: { gte: 2 } }, ['developer', 'github/admin'])];

const says = (before: Record<string, unknown>, after: Record<string, unknown>) =>
	policyChanges(read(before), read(after)).map(({ says: words }) => words);

describe('changes between two versions', () => {
	it('are none where only order and short forms differ', () => {
		const other = [
			rule('b', { 'person.level': { gte: 2 } }, ['github/admin', 'developer']),
			rule('a', { department: { eq: 'Sales' } }),
		];
		expect(says({ rules: RULES }, { rules: other })).toEqual([]);
	});

	it('are told by id and name, in words', () => {
		const after = [
			rule('b', { level: { gte: 3 }, title: ['Lead', 'Chief'] }, ['developer']),
			rule('c', { department: 'Legal' }),
		];
		expect(policyChanges(read({ rules: RULES }), read({ rules: after }))).toMatchObject([
			{ path: 'rules.a', kind: 'removed', says: 'rule "a" is removed' },
			{
				path: 'rules.b.grant',
				kind: 'removed',
				from: 'github/admin',
				says: 'rule "b": "github/admin" is removed from grant',
			},
			{
				path: 'rules.b.when.level.gte',
				kind: 'changed',
				from: 2,
				to: 3,
				says: 'rule "b": "level is at least" changes from 2 to 3',
			},
			{
				path: 'rules.b.when.title',
				kind: 'added',
				says: 'rule "b": the condition "title is "Lead" or "Chief"" is added',
			},
			{ path: 'rules.c', kind: 'added', says: 'rule "c" is added' },
		]);
	});

	it('of the order are told where the order means something', () => {
		const attributes = (from: string[]) => ({ attributes: { ...BASE.attributes, department: { type: 'text', from } } });
		expect(says(attributes(['hris', 'vms']), attributes(['vms', 'hris']))).toEqual([
			'attribute "department": from changes from "hris", "vms" to "vms", "hris"',
		]);
		const groups = (security: string[]) => ({ groups: { security } });
		expect(says(groups(['a@x.example', 'b@x.example']), groups(['b@x.example', 'a@x.example']))).toEqual([]);
	});

	it('of whole sections name each entry', () => {
		expect(
			says({}, { separationOfDuties: [{ id: 's', any: ['github/admin'], with: ['slack/member'], action: 'block' }] }),
		).toEqual(['separation "s" is added']);
		expect(says({}, { guards: { maxLeavers: 5 } })).toEqual(['{"maxLeavers":5} is added to guards']);
	});

	it('lead back: what is added one way is removed the other', () => {
		const some = fc.subarray(
			[...RULES, rule('c', { level: 1 }), rule('a', { level: 9 })].filter((_, index) => index !== 3),
		);
		fc.assert(
			fc.property(some, some, (one, other) => {
				const [before, after] = [read({ rules: one }), read({ rules: other })];
				const forth = policyChanges(before, after);
				const back = policyChanges(after, before);
				const turned = { added: 'removed', removed: 'added', changed: 'changed' };
				expect(back.map(({ path, kind }) => `${kind} ${path}`)).toEqual(
					forth.map(({ path, kind }) => `${turned[kind]} ${path}`),
				);
				expect(policyChanges(before, before)).toEqual([]);
			}),
			{ numRuns: 50 },
		);
	});
});

describe('the effect on access', () => {
	const effect = (
		before: unknown[],
		after: unknown[],
		more: [Record<string, unknown>, Record<string, unknown>] = [{}, {}],
	) =>
		effectOnAccess(read({ rules: before, ...more[0] }), read({ rules: after, ...more[1] })).map(
			({ rule: id, effect: what }) => `${id} ${what}`,
		);

	it.each<[string, unknown, unknown, string[]]>([
		['a higher limit', rule('r', { level: { gte: 2 } }), rule('r', { level: { gte: 3 } }), ['r narrowed']],
		['another value allowed', rule('r', { title: 'a' }), rule('r', { title: ['a', 'b'] }), ['r widened']],
		['a condition more', rule('r', { title: 'a' }), rule('r', { title: 'a', level: 1 }), ['r narrowed']],
		[
			'an "if" more',
			rule('r', { title: 'a' }),
			rule('r', { title: 'a' }, ['consultant'], { if: 'person.level > 2.0' }),
			['r narrowed'],
		],
		['another value', rule('r', { title: 'a' }), rule('r', { title: 'b' }), ['r changed']],
		[
			'an entitlement more',
			rule('r', { title: 'a' }),
			rule('r', { title: 'a' }, ['consultant', 'github/eng']),
			['r widened'],
		],
		['more for fewer', rule('r', { title: 'a' }), rule('r', { title: 'a', level: 1 }, ['developer']), ['r changed']],
		['the same in other words', rule('r', { level: '2.0' }), rule('r', { level: { gte: 2, lte: 2 } }), []],
		[
			'going out',
			rule('r', { title: 'a' }),
			rule('r', { title: 'a' }, ['consultant'], { status: 'deprecated' }),
			['r deprecated'],
		],
		[
			'coming in',
			rule('r', { title: 'a' }, ['consultant'], { status: 'proposed' }),
			rule('r', { title: 'a' }),
			['r added'],
		],
		[
			'still proposed',
			rule('r', { title: 'a' }, ['consultant'], { status: 'proposed' }),
			rule('r', { title: 'b' }, ['consultant'], { status: 'proposed' }),
			[],
		],
	])('of %s', (_what, before, after, expected) => {
		expect(effect([before], [after])).toEqual(expected);
	});

	it('of a role shows at every rule that gives it', () => {
		const roles = { ...BASE.roles, consultant: { grant: ['slack/member', 'github/eng'], owner: 'it@acme.example' } };
		const rules = [rule('r', { title: 'a' })];
		const [first] = effectOnAccess(read({ rules, contracts: [] }), read({ rules, contracts: [], roles }));
		expect(first).toMatchObject({ rule: 'r', effect: 'widened', gives: ['github/eng'], takes: [] });
		expect(first?.says).toBe('rule "r" gives more, or to more people; more: github/eng');
	});
});
