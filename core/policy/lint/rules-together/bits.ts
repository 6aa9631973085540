/** A set of small whole numbers, 32 a word. */
export class Bits {
	readonly words: Uint32Array;

	constructor(readonly size: number) {
		this.words = new Uint32Array((size + 31) >>> 5);
	}

	static all(size: number): Bits {
		const bits = new Bits(size);
		bits.words.fill(0xffffffff);
		const rest = size & 31;
		if (rest > 0) bits.words[bits.words.length - 1] = (1 << rest) - 1;
		return bits;
	}

	add(member: number): void {
		this.words[member >>> 5] = (this.words[member >>> 5] ?? 0) | (1 << (member & 31));
	}

	delete(member: number): void {
		this.words[member >>> 5] = (this.words[member >>> 5] ?? 0) & ~(1 << (member & 31));
	}

	has(member: number): boolean {
		return (((this.words[member >>> 5] ?? 0) >>> (member & 31)) & 1) === 1;
	}

	copy(): Bits {
		const bits = new Bits(this.size);
		bits.words.set(this.words);
		return bits;
	}

	/** Keeps what is in both. */
	and(other: Bits): this {
		for (let index = 0; index < this.words.length; index += 1) {
			this.words[index] = (this.words[index] ?? 0) & (other.words[index] ?? 0);
		}
		return this;
	}

	isEmpty(): boolean {
		return this.words.every((word) => word === 0);
	}

	/** Members in order. */
	*members(): Generator<number> {
		for (let index = 0; index < this.words.length; index += 1) {
			for (let word = this.words[index] ?? 0; word !== 0; word &= word - 1) {
				yield index * 32 + (31 - Math.clz32(word & -word));
			}
		}
	}
}
