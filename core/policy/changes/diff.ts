import { canonicalJson } from '../../model';
import type { PolicyDocument } from '../schema';
import { pathText } from './path';
import type { PolicyChange, Step } from './path';
import { say } from './wording';

/** Lists whose entries have a name of their own, by the path that leads to them. */
const KEYED: ReadonlyMap<string, string> = new Map([
	['rules', 'id'],
	['contracts', 'id'],
	['separationOfDuties', 'id'],
	['approvals', 'id'],
	['overlap', 'id'],
	['separationOfDuties.*.exempt', 'person'],
]);

/** Lists in which the order means something. All others are sets. */
const ORDERED = [
	/^attributes\.\*\.from$/,
	/^contracts\.\*\.seats\.order$/,
	/^leaver\.order$/,
	/^terms\.\*\.columns$/,
	/^risk\.peers\.by$/,
	/^applications\.\*\.attributes\./,
];

/** Maps whose keys are names that somebody chose. */
const NAMED = new Set(['groups', 'attributes', 'applications', 'entitlements', 'roles', 'terms']);

type Json = unknown;

const isObject = (value: Json): value is Record<string, Json> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const same = (a: Json, b: Json) =>
	a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b));

/** The kind of place a path is, names replaced by `*`: what the tables above are written in. */
function shapeOf(steps: readonly Step[]): string {
	return steps.map((step, index) => (isName(steps, index) ? '*' : String(step))).join('.');
}

function isName(steps: readonly Step[], index: number): boolean {
	if (index === 0) return false;
	const before = steps
		.slice(0, index)
		.map((step, at) => (isName(steps, at) ? '*' : String(step)))
		.join('.');
	return NAMED.has(before) || KEYED.has(before);
}

/** Ways of writing one thing: a scalar of a `when` means `eq`, a list means `in`; one overlap is a list of one. */
function normalise(steps: readonly Step[], value: Json): Json {
	const shape = shapeOf(steps);
	if (shape === 'overlap' && isObject(value)) return [value];
	const isCondition = /(?:^|\.)(?:when|by)$/.test(shape) && !shape.startsWith('risk.') && isObject(value);
	if (!isCondition) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, each]) => [
			key.startsWith('person.') ? key.slice('person.'.length) : key,
			Array.isArray(each) ? { in: each as Json[] } : isObject(each) ? each : { eq: each },
		]),
	);
}

/** Entries of a keyed list by name; those that share one are told apart by their number. */
function byName(list: readonly Json[], key: string): Map<string, Json> {
	const entries = new Map<string, Json>();
	list.forEach((entry, index) => {
		const name = isObject(entry) && typeof entry[key] === 'string' ? entry[key] : `#${index + 1}`;
		entries.set(entries.has(name) ? `${name}#${index + 1}` : name, entry);
	});
	return entries;
}

class Comparison {
	readonly changes: PolicyChange[] = [];

	compare(steps: readonly Step[], before: Json, after: Json): void {
		const from = normalise(steps, before);
		const to = normalise(steps, after);
		if (same(from, to)) return;
		const shape = shapeOf(steps);
		const key = KEYED.get(shape);
		if (key !== undefined && isListOrNothing(from) && isListOrNothing(to)) {
			this.#compareMaps(steps, byName(from ?? [], key), byName(to ?? [], key));
		} else if (isObject(from) && isObject(to)) this.#compareMaps(steps, mapOf(from), mapOf(to));
		else if (NAMED.has(shape) && (isObject(from) || isObject(to))) {
			this.#compareMaps(steps, mapOf(isObject(from) ? from : {}), mapOf(isObject(to) ? to : {}));
		} else if (Array.isArray(from) && Array.isArray(to) && !ORDERED.some((each) => each.test(shape))) {
			this.#compareSets(steps, from, to);
		} else this.#tell(steps, from, to);
	}

	#compareMaps(steps: readonly Step[], from: ReadonlyMap<string, Json>, to: ReadonlyMap<string, Json>): void {
		for (const name of [...new Set([...from.keys(), ...to.keys()])].sort()) {
			this.compare([...steps, name], from.get(name), to.get(name));
		}
	}

	#compareSets(steps: readonly Step[], from: readonly Json[], to: readonly Json[]): void {
		const keysOf = (list: readonly Json[]) => new Map(list.map((each) => [canonicalJson(each), each]));
		const [before, after] = [keysOf(from), keysOf(to)];
		for (const [key, each] of [...before].sort(byKey)) if (!after.has(key)) this.#tell(steps, each, undefined);
		for (const [key, each] of [...after].sort(byKey)) if (!before.has(key)) this.#tell(steps, undefined, each);
	}

	#tell(steps: readonly Step[], from: Json, to: Json): void {
		const kind = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
		this.changes.push({
			path: pathText(steps),
			kind,
			...(from !== undefined && { from }),
			...(to !== undefined && { to }),
			says: say(steps, kind, from, to),
		});
	}
}

const isListOrNothing = (value: Json): value is Json[] | undefined => value === undefined || Array.isArray(value);
const mapOf = (value: Record<string, Json>) => new Map(Object.entries(value));
const byKey = (a: readonly [string, Json], b: readonly [string, Json]) => (a[0] < b[0] ? -1 : 1);

/** Sections in the order in which a reader of the document meets them. */
const SECTIONS: readonly (keyof PolicyDocument)[] = [
	'policy',
	'zone',
	'groups',
	'attributes',
	'applications',
	'entitlements',
	'roles',
	'rules',
	'terms',
	'contracts',
	'separationOfDuties',
	'approvals',
];

/**
 * What changed between two versions of a policy, in words. Rules and the like are matched by their id and names in lists
 * are sets, so moving them changes nothing. Both ways of writing a condition are one.
 */
export function policyChanges(before: PolicyDocument, after: PolicyDocument): PolicyChange[] {
	const comparison = new Comparison();
	const others = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort() as (keyof PolicyDocument)[];
	for (const section of [...SECTIONS, ...others.filter((name) => !SECTIONS.includes(name))]) {
		comparison.compare([section], before[section], after[section]);
	}
	return comparison.changes;
}
