import fc from 'fast-check';

import type { AttributeValue } from '../../../../core/model';
import { compilePolicy, parsePolicy } from '../../../../core/policy';
import type { CompiledPolicy } from '../../../../core/policy';
import { firstUnmet } from '../../../../core/policy/condition';
import { isExcluded } from '../../../../core/policy/roles';
import { BASE } from '../builders';

const DEPARTMENTS = ['Engineering', 'Sales', 'Finance', '2', 'Ops EU'];
const TITLES = ['Engineer', 'Engineer II', 'Manager'];
const TAGS = ['core', 'vip', 'eu', '7'];
const DATES = ['2025-12-31', '2026-06-30', '2027-01-01'];

const department = fc.constantFrom(...DEPARTMENTS);
const level = fc.integer({ min: -1, max: 6 });
const condition = fc.record(
	{
		department: fc.oneof(
			department,
			fc.uniqueArray(department, { minLength: 1, maxLength: 3 }),
			fc.record({ not: fc.oneof(department, fc.uniqueArray(department, { minLength: 1, maxLength: 2 })) }),
			fc.record({ exists: fc.boolean() }),
			fc.record({ prefix: fc.constantFrom('E', 'Ops', 'S'), not: department }),
		),
		level: fc.oneof(
			level,
			fc.record({ gte: level }),
			fc.record({ gte: level, lte: level }),
			fc.record({ lte: fc.constantFrom(1.5, '3', '2.0') }),
			fc.record({ in: fc.uniqueArray(level, { minLength: 1, maxLength: 3 }), not: level }),
		),
		title: fc.oneof(
			fc.constantFrom(...TITLES),
			fc.record({ prefix: fc.constantFrom('Eng', 'Engineer I', 'M') }),
			fc.record({ exists: fc.constant(true) }),
		),
		tags: fc.oneof(
			fc.constantFrom(...TAGS),
			fc.record({ not: fc.constantFrom(...TAGS) }),
			fc.record({ in: fc.constant(['core', 'vip']), not: fc.constant('eu') }),
			fc.record({ gte: fc.constant(5) }),
		),
		endDate: fc.oneof(
			fc.constantFrom(...DATES),
			fc.record({ gte: fc.constantFrom(...DATES) }),
			fc.record({ lte: fc.constantFrom(...DATES) }),
		),
		active: fc.boolean(),
	},
	{ requiredKeys: [] },
);

const expression = fc.constantFrom(
	'person.department == "Sales"',
	'person.level >= 2 && person.department in ["Engineering", "Finance"]',
	'has(person.title) && person.title.startsWith("Eng")',
	'person.tags.exists(t, t == "core") || person.level == 3',
	'!has(person.department)',
	'person.level > 1 && person.level < 4',
	'person.active && person.level in [1, 2, 3]',
	'person.endDate < "2027-01-01"',
	'person.level / 0 > 1',
);

const GRANTS = [
	'slack/member',
	'slack/project:one',
	'github/eng',
	'github/admin',
	'vault/root',
	'consultant',
	'outsider',
];
const grants = fc.uniqueArray(fc.constantFrom(...GRANTS, 'developer'), { minLength: 1, maxLength: 4 });

const rule = fc.record({
	when: fc.option(condition, { nil: undefined }),
	if: fc.option(expression, { nil: undefined, freq: 3 }),
	grant: grants,
	status: fc.option(fc.constantFrom('proposed', 'active', 'deprecated'), { nil: undefined, freq: 2 }),
});

function compiledOf(rules: ReadonlyArray<Record<string, unknown>>): CompiledPolicy {
	const text = JSON.stringify({
		...BASE,
		attributes: {
			department: { type: 'text' },
			title: { type: 'text' },
			level: { type: 'number' },
			tags: { type: 'list' },
			endDate: { type: 'date' },
			active: { type: 'boolean' },
		},
		entitlements: {
			...BASE.entitlements,
			'vault/root': { app: 'slack', group: 'root', maxDuration: 'PT8H' },
		},
		roles: {
			...BASE.roles,
			outsider: { grant: ['slack/member'], exclude: ['github/*', 'slack/project:*'], owner: 'it@acme.example' },
		},
		rules: rules.map((each, index) => ({ id: `r${index}`, ...each })),
		contracts: [],
	});
	const { policy, hash } = parsePolicy(text);
	return compilePolicy(policy, hash);
}

export const randomPolicy = fc.array(rule, { minLength: 0, maxLength: 25 }).map(compiledOf);

export const randomAttributes: fc.Arbitrary<Record<string, AttributeValue>> = fc.record(
	{
		department: fc.oneof(department, fc.constant('Legal'), fc.constant(' Sales ')),
		title: fc.oneof(fc.constantFrom(...TITLES), fc.constant('Engineering Lead')),
		level: fc.oneof(level, fc.constant(1.5), fc.constant('2.0'), fc.constant('high')),
		tags: fc.uniqueArray(fc.constantFrom(...TAGS, 'other'), { maxLength: 3 }),
		endDate: fc.constantFrom(...DATES, '2026-01-01', 'soon'),
		active: fc.boolean(),
	},
	{ requiredKeys: [] },
);

export interface PlainGrant {
	rule: string;
	role?: string;
	entitlement: string;
	deprecated?: true;
}

/** What rules earn, worked out rule by rule without any index: what the evaluator has to agree with. */
export function earnedPlainly(
	compiled: CompiledPolicy,
	attributes: Readonly<Record<string, AttributeValue>>,
): PlainGrant[] {
	const lookup = (subject: string, name: string) =>
		subject === 'person' && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
	const holding = compiled.rules.filter(
		(each) =>
			each.status !== 'proposed' &&
			firstUnmet(each.conditions, lookup) === undefined &&
			(each.expression === undefined || each.expression.evaluate(lookup).outcome === 'holds'),
	);
	const excluded = holding
		.filter(({ status }) => status === 'active')
		.flatMap(({ grant }) => grant.flatMap((item) => (item.kind === 'role' ? item.role.exclude : [])));
	return holding.flatMap(({ id, grant, status }) => {
		const all = grant.flatMap((item): PlainGrant[] => {
			if (item.kind === 'template') return [];
			if (item.kind === 'entitlement') return [{ rule: id, entitlement: item.name }];
			return item.role.entitlements.map((entitlement) => ({ rule: id, role: item.role.name, entitlement }));
		});
		const first = new Map<string, PlainGrant>();
		for (const each of all) if (!first.has(each.entitlement)) first.set(each.entitlement, each);
		return [...first.values()]
			.filter(({ entitlement }) => compiled.entitlements.resolve(entitlement)?.maxDuration === undefined)
			.filter(({ entitlement }) => !isExcluded(entitlement, excluded))
			.map((each) => (status === 'deprecated' ? { ...each, deprecated: true as const } : each));
	});
}
