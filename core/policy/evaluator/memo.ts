/** Places; a power of two. What falls on an occupied one takes it over: the memory is bounded. */
const SIZE = 1 << 14;
const MAX_KEYS = 16;

/** What was worked out for one combination of rule sets. */
export interface Remembered {
	names?: unknown;
	reasons?: unknown;
	birthright?: unknown;
}

/**
 * Remembers what rule sets give together, by their offsets in the pool. What is met for the first time is only noted, so that
 * people of whom each is different don't fill it.
 */
export class ResultMemo {
	readonly #noted = new Int32Array(SIZE);
	readonly #keys: Int32Array;
	readonly #entries: Array<Remembered | undefined> = new Array<Remembered | undefined>(SIZE).fill(undefined);
	readonly #width: number;

	constructor(groups: number) {
		this.#width = Math.min(groups, MAX_KEYS) + 1;
		this.#keys = new Int32Array(SIZE * this.#width);
	}

	/** The entry of these sets, new where they come for the second time; undefined where it isn't worth one yet. */
	entry(offsets: Int32Array, count: number): Remembered | undefined {
		if (count >= this.#width) return undefined;
		let hash = count;
		for (let index = 0; index < count; index += 1) hash = Math.imul(hash ^ (offsets[index] as number), 0x9e3779b1);
		hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
		hash ^= hash >>> 13;
		const place = hash & (SIZE - 1);
		const entry = this.#entries[place];
		const base = place * this.#width;
		if (entry !== undefined && this.#isKey(base, offsets, count)) return entry;
		const note = hash | 1;
		if (this.#noted[place] !== note) {
			this.#noted[place] = note;
			return undefined;
		}
		return this.#take(place, base, offsets, count);
	}

	#isKey(base: number, offsets: Int32Array, count: number): boolean {
		const keys = this.#keys;
		if (keys[base] !== count) return false;
		for (let index = 0; index < count; index += 1) {
			if (keys[base + 1 + index] !== offsets[index]) return false;
		}
		return true;
	}

	#take(place: number, base: number, offsets: Int32Array, count: number): Remembered {
		this.#keys[base] = count;
		for (let index = 0; index < count; index += 1) this.#keys[base + 1 + index] = offsets[index] as number;
		const entry: Remembered = {};
		this.#entries[place] = entry;
		return entry;
	}
}
