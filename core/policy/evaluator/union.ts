import type { BucketPool } from './bucket-pool';
import type { TableRule } from './rule-table';

/** What an evaluation found: sets of rules by their offsets in the pool, and rules whose expression holds. */
export interface Found {
	offsets: Int32Array;
	count: number;
	further: readonly TableRule[];
}

/** Up to this many words, looking at each costs less than noting which are in use. */
const FEW_WORDS = 64;
const EMPTY: readonly string[] = Object.freeze([]);

/**
 * Unites what sets of rules give, in number order, which is the order of names. Its memory is made once: bits for what
 * was met, and one more level of bits for which words of these are in use, so that the cost follows what is given.
 */
export class EntitlementUnion {
	/** Filled by `collect`, as far as it says. */
	readonly numbers: Int32Array;
	/** Whether the last `collect` left out what roles forbid. */
	forbade = false;
	readonly #words: Int32Array;
	readonly #used: Int32Array;

	constructor(readonly names: readonly string[]) {
		const words = Math.max(1, (names.length + 31) >>> 5);
		this.numbers = new Int32Array(names.length);
		this.#words = new Int32Array(words);
		this.#used = new Int32Array((words + 31) >>> 5);
	}

	/** The names, sorted. */
	namesOf(pool: BucketPool, found: Found): readonly string[] {
		const count = this.collect(pool, found);
		if (count === 0) return EMPTY;
		const { names, numbers } = this;
		const result = new Array<string>(count);
		for (let index = 0; index < count; index += 1) result[index] = names[numbers[index] as number] as string;
		return result;
	}

	/** Fills `numbers` with what is given, without what roles forbid; says how many there are. */
	collect(pool: BucketPool, { offsets, count, further }: Found): number {
		const { data } = pool;
		let forbids = false;
		for (let index = 0; index < count; index += 1) {
			const offset = offsets[index] as number;
			const first = pool.firstOf(offset);
			this.#add(data, first, first + pool.countOf(offset));
			if (pool.forbids(offset)) forbids = true;
		}
		for (const { gives, takes } of further) {
			this.#add(gives, 0, gives.length);
			if (takes.length > 0) forbids = true;
		}
		this.forbade = forbids;
		if (forbids) this.#forbid(pool, { offsets, count, further });
		return this.#drain();
	}

	#add(numbers: Int32Array, from: number, to: number): void {
		const words = this.#words;
		const used = this.#used;
		if (words.length <= FEW_WORDS) {
			for (let index = from; index < to; index += 1) {
				const number = numbers[index] as number;
				words[number >>> 5] = (words[number >>> 5] as number) | (1 << (number & 31));
			}
			return;
		}
		for (let index = from; index < to; index += 1) {
			const number = numbers[index] as number;
			const word = number >>> 5;
			words[word] = (words[word] as number) | (1 << (number & 31));
			used[word >>> 5] = (used[word >>> 5] as number) | (1 << (word & 31));
		}
	}

	#forbid(pool: BucketPool, { offsets, count, further }: Found): void {
		for (let index = 0; index < count; index += 1) this.#remove(pool.bucket(offsets[index] as number).takes);
		for (const { takes } of further) this.#remove(takes);
	}

	#remove(numbers: Int32Array): void {
		const words = this.#words;
		for (const number of numbers) words[number >>> 5] = (words[number >>> 5] as number) & ~(1 << (number & 31));
	}

	/** Takes the numbers out in order; nothing is left behind. */
	#drain(): number {
		const used = this.#used;
		const { length } = this.#words;
		let count = 0;
		if (length <= FEW_WORDS) {
			for (let word = 0; word < length; word += 1) count = this.#take(word, count);
			return count;
		}
		for (let block = 0; block < used.length; block += 1) {
			let blocks = used[block] as number;
			used[block] = 0;
			while (blocks !== 0) {
				count = this.#take((block << 5) + 31 - Math.clz32(blocks & -blocks), count);
				blocks &= blocks - 1;
			}
		}
		return count;
	}

	#take(word: number, taken: number): number {
		const { numbers } = this;
		const words = this.#words;
		let bits = words[word] as number;
		let count = taken;
		if (bits === 0) return count;
		words[word] = 0;
		const base = (word << 5) + 31;
		while (bits !== 0) {
			numbers[count] = base - Math.clz32(bits & -bits);
			count += 1;
			bits &= bits - 1;
		}
		return count;
	}
}
