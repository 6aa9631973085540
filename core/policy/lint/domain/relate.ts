import { compareBounds, settle, takes } from './domain';
import type { Bound, Domain } from './domain';

function boundImplied(bound: Bound | undefined, wanted: Bound | undefined, sign: 1 | -1): boolean {
	if (wanted === undefined) return true;
	if (bound === undefined) return false;
	const order = compareBounds(bound, wanted);
	return order !== undefined && order * sign >= 0;
}

/** One value that fits `domain` fits what `other` asks of a value. */
function valueImplies(domain: Domain, other: Domain): boolean {
	if (domain.anyOf !== undefined) return domain.anyOf.every((value) => takes(other, value));
	if (other.anyOf !== undefined) return false;
	return (
		boundImplied(domain.lower, other.lower, 1) &&
		boundImplied(domain.upper, other.upper, -1) &&
		(other.prefix === undefined || (domain.prefix?.startsWith(other.prefix) ?? false))
	);
}

/** What a list has to hold: one element for each. */
const needsOf = (domain: Domain): Domain[] => [domain, ...(domain.also ?? [])];

const asksNothing = ({ anyOf, lower, upper, prefix }: Domain) =>
	anyOf === undefined && lower === undefined && upper === undefined && prefix === undefined;

function listImplies(domain: Domain, other: Domain): boolean {
	if (!other.exclude.every((value) => domain.exclude.includes(value))) return false;
	return needsOf(other).every((need) => {
		const bare = { ...need, exclude: [] };
		return asksNothing(need) || needsOf(domain).some((own) => !asksNothing(own) && valueImplies(own, bare));
	});
}

/** Whether whatever fits `domain` fits `other` too. Says no where it is not certain. */
export function implies(domain: Domain, other: Domain): boolean {
	if (domain.never !== undefined) return true;
	if (other.never !== undefined || domain.present !== other.present) return false;
	if (domain.key === other.key || !domain.present) return true;
	if (domain.list || other.list) return domain.list === other.list && listImplies(domain, other);
	if (!valueImplies(domain, other)) return false;
	return domain.anyOf !== undefined || other.exclude.every((value) => !takes(domain, value));
}

function tighter(a: Bound | undefined, b: Bound | undefined, sign: 1 | -1): Bound | undefined | 'nothing' {
	if (a === undefined || b === undefined) return a ?? b;
	const order = compareBounds(a, b);
	if (order === undefined) return 'nothing';
	return order * sign >= 0 ? a : b;
}

const BOTH = 'no value fits both';

const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])].sort();

function intersectLists(a: Domain, b: Domain): Domain {
	const exclude = union(a.exclude, b.exclude);
	const needs = [...needsOf(a), ...needsOf(b)].map((need) => settle({ ...withoutAlso(need), exclude }));
	if (needs.some(({ never }) => never !== undefined))
		return settle({ list: true, present: true, exclude, never: BOTH });
	const [first, ...also] = needs;
	return first === undefined ? a : settle({ ...first, ...(also.length > 0 && { also }) });
}

function withoutAlso({ also: _, ...domain }: Domain): Domain {
	return domain;
}

/** What fits both domains. */
export function intersect(a: Domain, b: Domain): Domain {
	if (a.key === b.key) return a;
	const list = a.list || b.list;
	const nothing = settle({ list, present: true, exclude: [], never: BOTH });
	if (a.never !== undefined || b.never !== undefined || a.present !== b.present) return nothing;
	if (list) return intersectLists(a, b);
	const lower = tighter(a.lower, b.lower, 1);
	const upper = tighter(a.upper, b.upper, -1);
	const [short, long] = (a.prefix ?? '').length < (b.prefix ?? '').length ? [a.prefix, b.prefix] : [b.prefix, a.prefix];
	const apart = short !== undefined && long !== undefined && !long.startsWith(short);
	const anyOf = a.anyOf === undefined ? b.anyOf : a.anyOf.filter((value) => b.anyOf?.includes(value) ?? true);
	if (lower === 'nothing' || upper === 'nothing' || apart) return nothing;
	const draft: Omit<Domain, 'key'> = { list, present: a.present, exclude: union(a.exclude, b.exclude) };
	if (anyOf !== undefined) draft.anyOf = anyOf;
	if (lower !== undefined) draft.lower = lower;
	if (upper !== undefined) draft.upper = upper;
	if (long !== undefined) draft.prefix = long;
	return settle(draft);
}

/** Whether something can fit both. Says yes where it is not certain. */
export function meets(a: Domain, b: Domain): boolean {
	if (a.never !== undefined || b.never !== undefined || a.present !== b.present) return false;
	if (!a.present || a.key === b.key) return true;
	if (!a.list && !b.list && a.anyOf !== undefined) return a.anyOf.some((value) => takes(b, value));
	if (!a.list && !b.list && b.anyOf !== undefined) return b.anyOf.some((value) => takes(a, value));
	return a.list || b.list ? intersect(a, b).never === undefined : openMeet(a, b);
}

/** Without listed values on either side; limits and beginnings are looked at, what is excluded leaves enough over. */
function openMeet(a: Domain, b: Domain): boolean {
	const lower = tighter(a.lower, b.lower, 1);
	const upper = tighter(a.upper, b.upper, -1);
	if (lower === 'nothing' || upper === 'nothing') return false;
	if (lower !== undefined && upper !== undefined && (compareBounds(lower, upper) ?? 1) > 0) return false;
	if (a.prefix === undefined || b.prefix === undefined) return true;
	return a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix);
}
