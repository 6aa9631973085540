import { Shelf } from './shelf';
import type { Unit } from './unit';

/** Units longer than this are sampled: one feature in eight, the same ones in both versions. */
const SAMPLED_FROM = 4_000;
/** Of more tokens than this, one pair in eight is enough to tell clauses by; their words all count. */
const DENSE_TOKENS = 1_000_000;
const EMPTY = -1;
/** Places tried in the table of pairs. Input made to crowd one place goes to a map that nobody can crowd. */
const MOST_TRIES = 32;
/** More than there can be words in two documents. */
const WORD_IDS = 2 ** 26;

/**
 * What clauses are likened by: words, and pairs of neighbouring words. Each has one dense number in both versions, so
 * that sets of them are arrays and membership is a mark in an array.
 */
export class Features {
	/** Number of the feature that a word alone is, by its id in the lexicon; -1 where it has none yet. */
	#ofWord = new Int32Array(256).fill(EMPTY);
	/** Open addressing: the two words of a pair, and its number (-1 for a free place). */
	#first = new Int32Array(512);
	#second = new Int32Array(512);
	#ofPair = new Int32Array(512).fill(EMPTY);
	#crowded = new Map<number, number>();
	#pairs = 0;
	#size = 0;
	/** Which reading or marking saw a feature last. */
	#seen = new Int32Array(512);
	#turn = 0;
	#marked: Unit | undefined;
	#sparse = false;
	/** Features of the unit that is being read. */
	#found = new Int32Array(512);
	readonly #shelf = new Shelf();

	/** Told once, before any question, what there is to be likened. */
	expect(...units: ReadonlyArray<readonly Unit[]>): void {
		let tokens = 0;
		for (const list of units) for (const unit of list) tokens += unit.tokens.ids.length;
		this.#sparse = tokens > DENSE_TOKENS;
	}

	/** Features met so far; their numbers are smaller than this. */
	get size(): number {
		return this.#size;
	}

	/** The features of a unit, each once. */
	of(unit: Unit): Int32Array {
		unit.features ??= this.#read(unit);
		return unit.features;
	}

	/** Share of features in common (Dice), 0 to 1. Many questions about one `a` in a row cost no more than their `b`s. */
	likeness(a: Unit, b: Unit): number {
		const sum = this.of(a).length + this.of(b).length;
		return sum === 0 ? 1 : (2 * this.#shared(a, b)) / sum;
	}

	/** Share of the features of `part` that `whole` has too. */
	contained(part: Unit, whole: Unit): number {
		const own = this.of(part).length;
		return own === 0 ? 0 : this.#shared(whole, part) / own;
	}

	/** Share of the features of `whole` that at least one of the units has too. */
	covered(whole: Unit, units: readonly Unit[]): number {
		const all = this.of(whole);
		if (all.length === 0) return 0;
		for (const unit of units) this.of(unit);
		const turn = this.#nextTurn();
		for (const unit of units) for (const feature of this.of(unit)) this.#seen[feature] = turn;
		return this.#count(all, turn) / all.length;
	}

	#shared(marked: Unit, other: Unit): number {
		const found = this.of(other);
		if (this.#marked !== marked) {
			const own = this.of(marked);
			const turn = this.#nextTurn();
			for (const feature of own) this.#seen[feature] = turn;
			this.#marked = marked;
		}
		return this.#count(found, this.#turn);
	}

	#count(features: Int32Array, turn: number): number {
		const seen = this.#seen;
		let found = 0;
		for (const feature of features) if (seen[feature] === turn) found++;
		return found;
	}

	#nextTurn(): number {
		this.#marked = undefined;
		return ++this.#turn;
	}

	#read(unit: Unit): Int32Array {
		const { ids } = unit.tokens;
		const sampled = ids.length > SAMPLED_FROM;
		const turn = this.#nextTurn();
		while (ids.length * 2 > this.#found.length) this.#found = new Int32Array(this.#found.length * 2);
		const found = this.#found;
		let count = 0;
		const add = (feature: number): void => {
			if (this.#seen[feature] === turn) return;
			this.#seen[feature] = turn;
			found[count++] = feature;
		};
		for (let i = 0; i < ids.length; i++) {
			const [id, next] = [ids[i] ?? 0, ids[i + 1] ?? 0];
			const hash = pairHash(id, next);
			if (sampled && (hash & 7) !== 0) continue;
			add(this.#word(id));
			if (next !== 0 && (!this.#sparse || (hash & 0x38) === 0)) add(this.#pair(id, next, hash));
		}
		return this.#shelf.keep(found, count);
	}

	#word(id: number): number {
		while (id >= this.#ofWord.length) this.#ofWord = grown(this.#ofWord, EMPTY);
		const known = this.#ofWord[id] ?? EMPTY;
		return known === EMPTY ? (this.#ofWord[id] = this.#newFeature()) : known;
	}

	#pair(first: number, second: number, hash: number): number {
		const at = this.#place(first, second, hash);
		const known = at < 0 ? this.#crowded.get(pairKey(first, second)) : this.#ofPair[at];
		if (known !== undefined && known !== EMPTY) return known;
		const feature = this.#newFeature();
		this.#enter(first, second, at, feature);
		if (++this.#pairs * 2 > this.#ofPair.length) this.#rehash();
		return feature;
	}

	#enter(first: number, second: number, at: number, feature: number): void {
		if (at < 0) {
			this.#crowded.set(pairKey(first, second), feature);
			return;
		}
		this.#first[at] = first;
		this.#second[at] = second;
		this.#ofPair[at] = feature;
	}

	/** Where a pair stands, or the free place where it would; -1 where the places that are its own are all taken. */
	#place(first: number, second: number, hash: number): number {
		const mask = this.#ofPair.length - 1;
		let at = (hash ^ (hash >>> 15)) & mask;
		for (let tried = 0; tried < MOST_TRIES; tried++, at = (at + 1) & mask)
			if (this.#ofPair[at] === EMPTY || (this.#first[at] === first && this.#second[at] === second)) return at;
		return -1;
	}

	#rehash(): void {
		const [firsts, seconds, numbers, crowded] = [this.#first, this.#second, this.#ofPair, this.#crowded];
		this.#first = new Int32Array(numbers.length * 2);
		this.#second = new Int32Array(numbers.length * 2);
		this.#ofPair = new Int32Array(numbers.length * 2).fill(EMPTY);
		this.#crowded = new Map();
		const move = (first: number, second: number, feature: number): void =>
			this.#enter(first, second, this.#place(first, second, pairHash(first, second)), feature);
		for (let i = 0; i < numbers.length; i++)
			if (numbers[i] !== EMPTY) move(firsts[i] ?? 0, seconds[i] ?? 0, numbers[i] ?? EMPTY);
		for (const [key, feature] of crowded) move(Math.floor(key / WORD_IDS), key % WORD_IDS, feature);
	}

	#newFeature(): number {
		if (this.#size >= this.#seen.length) this.#seen = grown(this.#seen, 0);
		return this.#size++;
	}
}

function pairHash(first: number, second: number): number {
	return (Math.imul(first, 0x9e3779b1) ^ Math.imul(second + 1, 0x85ebca6b)) >>> 0;
}

function pairKey(first: number, second: number): number {
	return first * WORD_IDS + second;
}

function grown(array: Int32Array, filler: number): Int32Array<ArrayBuffer> {
	const larger = new Int32Array(array.length * 2).fill(filler, array.length);
	larger.set(array);
	return larger;
}
