const SLAB_BYTES = 1 << 20;

/** Texts by position, outside the garbage-collected heap: a hundred thousand people are a few dozen megabytes and stay so. */
export class TextStore {
	readonly #slabs: Buffer[] = [];
	#used = SLAB_BYTES;
	/** Slab, start and length of each text. */
	readonly #places: number[] = [];

	get size(): number {
		return this.#places.length / 3;
	}

	add(text: string): void {
		const length = Buffer.byteLength(text);
		if (this.#used + length > SLAB_BYTES) {
			this.#slabs.push(Buffer.allocUnsafe(Math.max(SLAB_BYTES, length)));
			this.#used = 0;
		}
		const slab = this.#slabs.length - 1;
		this.#slabs[slab]?.write(text, this.#used);
		this.#places.push(slab, this.#used, length);
		this.#used += length;
	}

	get(index: number): string {
		const [slab = 0, start = 0, length = 0] = this.#places.slice(index * 3, index * 3 + 3);
		return this.#slabs[slab]?.toString('utf8', start, start + length) ?? '';
	}
}
