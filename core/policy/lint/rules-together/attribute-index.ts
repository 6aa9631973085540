import { takes } from '../domain';
import type { Domain } from '../domain';
import { Bits } from './bits';
import { canMeet, isImplied, OpenIndex, push } from './open-index';
import type { Entry } from './open-index';

/** How many comparisons were really made: what proves that not all pairs are tried. */
export interface Effort {
	compared: number;
}

/** Sets of rules kept for repeated questions, counted in words; beyond it they are made anew. */
const MOST_CACHED_WORDS = 16_000_000;

/**
 * What the rules say of one attribute: each different condition once. Conditions that list their values are found by
 * value, the others by what they ask.
 */
export class AttributeIndex {
	readonly #entries = new Map<string, Entry>();
	readonly #byValue = new Map<string, Entry[]>();
	readonly #open = new OpenIndex();
	/** Rules that say nothing of the attribute. */
	readonly #silent: Bits;
	readonly #implied = new Map<string, Bits>();
	readonly #meeting = new Map<string, Bits>();

	constructor(
		readonly size: number,
		readonly effort: Effort,
	) {
		this.#silent = Bits.all(size);
	}

	add(rule: number, domain: Domain): void {
		this.#silent.delete(rule);
		const known = this.#entries.get(domain.key);
		if (known !== undefined) known.rules.push(rule);
		else this.#file({ domain, rules: [rule] });
	}

	#file(entry: Entry): void {
		const { domain } = entry;
		this.#entries.set(domain.key, entry);
		if (domain.never !== undefined) return;
		if (domain.list || domain.anyOf === undefined) this.#open.add(entry);
		else for (const value of domain.anyOf) push(this.#byValue, value, entry);
	}

	/** Rules that say nothing of the attribute. */
	silent(): Bits {
		return this.#silent;
	}

	/** Rules whose condition holds wherever this one does, the silent ones included. */
	implied(domain: Domain): Bits {
		return this.#cached(this.#implied, domain, () => this.#findImplied(domain));
	}

	/** Rules whose condition can hold together with this one, the silent ones included. */
	meeting(domain: Domain): Bits {
		return this.#cached(this.#meeting, domain, () => this.#findMeeting(domain));
	}

	#cached(cache: Map<string, Bits>, domain: Domain, find: () => Bits): Bits {
		const known = cache.get(domain.key);
		if (known !== undefined) return known;
		const bits = find();
		if ((cache.size + 1) * bits.words.length <= MOST_CACHED_WORDS) cache.set(domain.key, bits);
		return bits;
	}

	#collect(bits: Bits, entries: Iterable<Entry>, fits: (other: Entry) => boolean): void {
		for (const entry of entries) {
			this.effort.compared += 1;
			if (fits(entry)) for (const rule of entry.rules) bits.add(rule);
		}
	}

	#findImplied(domain: Domain): Bits {
		const bits = this.#silent.copy();
		const fits = (other: Entry) => isImplied(domain, other);
		const values = domain.list ? undefined : domain.anyOf;
		// Whatever lists its values must list all of ours, so it is found under any one of them: the least used.
		const [rarest] = [...(values ?? [])].sort((a, b) => this.#crowd(a) - this.#crowd(b));
		if (rarest !== undefined) this.#collect(bits, this.#byValue.get(rarest) ?? [], fits);
		this.#open.addImplied(bits, domain);
		this.#collect(bits, this.#open.mayBeImplied(domain), fits);
		return bits;
	}

	#crowd(value: string): number {
		return this.#byValue.get(value)?.length ?? 0;
	}

	#findMeeting(domain: Domain): Bits {
		const bits = this.#silent.copy();
		if (domain.never !== undefined) return bits;
		const values = domain.list ? undefined : domain.anyOf;
		if (values !== undefined) {
			for (const value of values) this.#collect(bits, this.#byValue.get(value) ?? [], () => true);
		} else {
			for (const [value, entries] of this.#byValue) {
				this.effort.compared += 1;
				if (domain.list ? domain.present : takes(domain, value)) this.#collect(bits, entries, () => true);
			}
		}
		this.#open.addMeeting(bits, domain);
		this.#collect(bits, this.#open.mayMeet(domain), (other) => canMeet(domain, other));
		return bits;
	}
}
