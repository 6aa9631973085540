import type { AttributeClasses } from './attribute-classes';
import type { TableRule } from './rule-table';

/** Rules that ask about the same attributes (or fewer), decided together. */
export interface RuleGroup {
	/** Attribute numbers, the one with most distinctions first. */
	attributes: readonly number[];
	rules: readonly TableRule[];
}

/** A group may have this many combinations of values; beyond that, joining two would cost more than asking twice. */
const MAX_COMBINATIONS = 4096;
/** A part may join what it is part of up to here: few of the combinations have rules that ask for all of them. */
const MAX_HOST = 200_000;
/** Groups of which pairs are tried for joining; the cost is the cube. */
const MAX_PAIRED = 32;

interface Draft {
	attributes: Set<number>;
	rules: TableRule[];
}

function combinations(numbers: Iterable<number>, attributes: readonly AttributeClasses[]): number {
	let product = 1;
	for (const number of numbers) product *= attributes[number]?.distinctions ?? 1;
	return product;
}

function byShape(rules: readonly TableRule[]): Draft[] {
	const shapes = new Map<string, Draft>();
	for (const rule of rules) {
		const numbers = [...new Set(rule.filters.map(({ attribute }) => attribute))].sort((a, b) => a - b);
		const key = numbers.join(' ');
		const draft = shapes.get(key) ?? { attributes: new Set(numbers), rules: [] };
		shapes.set(key, draft);
		draft.rules.push(rule);
	}
	return [...shapes.values()];
}

/** The pair whose union has the fewest combinations, if any has few enough. */
function cheapestPair(drafts: readonly Draft[], attributes: readonly AttributeClasses[]): [number, number] | undefined {
	let best: [number, number] | undefined;
	let least = MAX_COMBINATIONS + 1;
	drafts.forEach((a, i) => {
		for (let j = i + 1; j < drafts.length; j += 1) {
			const b = drafts[j];
			if (b === undefined) continue;
			const union = new Set([...a.attributes, ...b.attributes]);
			const cost = combinations(union, attributes);
			if (cost < least) {
				least = cost;
				best = [i, j];
			}
		}
	});
	return best;
}

/** Shapes that lie within another one whose combinations are bounded join the smallest such. */
function joinParts(drafts: readonly Draft[], attributes: readonly AttributeClasses[]): Draft[] {
	const sized = drafts.map((draft) => ({ draft, size: combinations(draft.attributes, attributes) }));
	const kept: Array<{ draft: Draft; size: number }> = [];
	for (const { draft, size } of sized.sort((a, b) => b.draft.attributes.size - a.draft.attributes.size)) {
		const hosts = kept.filter(
			(each) => each.size <= MAX_HOST && [...draft.attributes].every((number) => each.draft.attributes.has(number)),
		);
		const host = hosts.sort((a, b) => a.size - b.size)[0];
		if (host === undefined) kept.push({ draft, size });
		else host.draft.rules.push(...draft.rules);
	}
	return kept.map(({ draft }) => draft);
}

/** Parts join what they are part of, then the cheapest pairs join each other. */
function join(drafts: readonly Draft[], attributes: readonly AttributeClasses[]): Draft[] {
	const joined = joinParts(drafts, attributes);
	if (joined.length > MAX_PAIRED) return joined;
	for (let pair = cheapestPair(joined, attributes); pair !== undefined; pair = cheapestPair(joined, attributes)) {
		const [i, j] = pair;
		const a = joined[i];
		const [b] = joined.splice(j, 1);
		if (a === undefined || b === undefined) break;
		for (const number of b.attributes) a.attributes.add(number);
		a.rules.push(...b.rules);
	}
	return joined;
}

/** Cuts the rules of a policy into groups. */
export function groupRules(rules: readonly TableRule[], attributes: readonly AttributeClasses[]): RuleGroup[] {
	const distinctions = (number: number) => attributes[number]?.distinctions ?? 0;
	return join(byShape(rules), attributes).map((draft) => ({
		attributes: [...draft.attributes].sort((a, b) => distinctions(b) - distinctions(a) || a - b),
		rules: [...draft.rules].sort((a, b) => a.index - b.index),
	}));
}
