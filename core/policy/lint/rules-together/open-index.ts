import { compareBounds, implies, meets } from '../domain';
import type { Bound, Domain } from '../domain';
import type { Bits } from './bits';

/** A condition and the rules that have it. */
export interface Entry {
	domain: Domain;
	rules: number[];
}

/** What an entry asks, where it is one thing only. */
function shapeOf({ list, present, anyOf, exclude, lower, upper, prefix }: Domain) {
	if (list || !present || anyOf !== undefined) return 'other';
	const parts = [lower !== undefined, upper !== undefined, prefix !== undefined, exclude.length > 0];
	if (parts.filter(Boolean).length !== 1) return 'other';
	if (lower !== undefined) return `lower ${lower.kind}` as const;
	if (upper !== undefined) return `upper ${upper.kind}` as const;
	return prefix === undefined ? 'exclude' : 'prefix';
}

/** Entries with one limit each, in order of the limit. */
class Limits {
	readonly #entries: Array<{ bound: Bound; entry: Entry }> = [];
	#sorted = true;

	constructor(readonly side: 'lower' | 'upper') {}

	add(bound: Bound, entry: Entry): void {
		this.#entries.push({ bound, entry });
		this.#sorted = false;
	}

	/** Adds the rules whose limit is not tighter than `bound`: at most it for a lower limit, at least it for an upper one. */
	addUpTo(bits: Bits, bound: Bound | undefined): void {
		const sign = this.side === 'lower' ? 1 : -1;
		if (!this.#sorted) this.#entries.sort((a, b) => sign * (compareBounds(a.bound, b.bound) ?? 0));
		this.#sorted = true;
		for (const each of this.#entries) {
			if (bound !== undefined && sign * (compareBounds(each.bound, bound) ?? 1) > 0) return;
			for (const rule of each.entry.rules) bits.add(rule);
		}
	}

	*all(): Generator<Entry> {
		for (const { entry } of this.#entries) yield entry;
	}
}

/**
 * Conditions that list no values. Those that are one limit, one beginning or only exclusions are found by it; the rest
 * is compared one by one.
 */
export class OpenIndex {
	readonly #limits = new Map<string, Limits>();
	readonly #prefixes = new Map<string, Entry>();
	/** By their first excluded value. */
	readonly #excluding = new Map<string, Entry[]>();
	readonly #others: Entry[] = [];

	add(entry: Entry): void {
		const { domain } = entry;
		const shape = shapeOf(domain);
		const bound = domain.lower ?? domain.upper;
		if (shape === 'other') this.#others.push(entry);
		else if (shape === 'prefix') this.#prefixes.set(domain.prefix ?? '', entry);
		else if (shape === 'exclude') push(this.#excluding, domain.exclude[0] ?? '', entry);
		else if (bound !== undefined) {
			const limits = this.#limits.get(shape) ?? new Limits(domain.lower === undefined ? 'upper' : 'lower');
			this.#limits.set(shape, limits);
			limits.add(bound, entry);
		}
	}

	/** Adds the rules that are implied by a domain, by their place among the limits. */
	addImplied(bits: Bits, { list, present, anyOf, lower, upper }: Domain): void {
		if (list || !present || anyOf !== undefined) return;
		if (lower !== undefined) this.#limits.get(`lower ${lower.kind}`)?.addUpTo(bits, lower);
		if (upper !== undefined) this.#limits.get(`upper ${upper.kind}`)?.addUpTo(bits, upper);
	}

	/** Further entries that may be implied by it: all that are, and few others. */
	*mayBeImplied(domain: Domain): Generator<Entry> {
		yield* this.#others;
		if (domain.list || !domain.present) return;
		if (domain.anyOf !== undefined) for (const limits of this.#limits.values()) yield* limits.all();
		const text = domain.anyOf?.[0] ?? domain.prefix ?? '';
		for (let length = 1; length <= text.length && this.#prefixes.size > 0; length += 1) {
			const entry = this.#prefixes.get(text.slice(0, length));
			if (entry !== undefined) yield entry;
		}
		if (shapeOf(domain) !== 'exclude') for (const entries of this.#excluding.values()) yield* entries;
		else for (const value of domain.exclude) yield* this.#excluding.get(value) ?? [];
	}

	/** Adds the rules that can hold together with a domain, by their place among the limits. */
	addMeeting(bits: Bits, { list, present, anyOf, lower, upper }: Domain): void {
		if (list || !present || anyOf !== undefined) return;
		const kind = lower?.kind ?? upper?.kind;
		for (const [shape, limits] of this.#limits) {
			if (kind !== undefined && !shape.endsWith(kind)) continue;
			limits.addUpTo(bits, limits.side === 'lower' ? upper : lower);
		}
	}

	/** Further entries that may hold together with it: all that can, and few others. */
	*mayMeet(domain: Domain): Generator<Entry> {
		yield* this.#others;
		if (!domain.present) return;
		if (domain.anyOf !== undefined || domain.list) for (const limits of this.#limits.values()) yield* limits.all();
		yield* this.#prefixes.values();
		for (const entries of this.#excluding.values()) yield* entries;
	}
}

export const isImplied = (domain: Domain, { domain: other }: Entry) => implies(domain, other);
export const canMeet = (domain: Domain, { domain: other }: Entry) => meets(domain, other);

export function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
	const list = map.get(key);
	if (list === undefined) map.set(key, [value]);
	else list.push(value);
}
