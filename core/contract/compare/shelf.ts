/** In bytes. */
const LARGEST_ON_SHELF = 1_024;
const SMALLEST_SHELF = 8_192;
const LARGEST_SHELF = 262_144;

/** Keeps numbers of many short texts in few buffers: one of its own for each would be most of the work. */
export class Shelf {
	#buffer = new ArrayBuffer(0);
	#used = 0;

	/** A copy of the first numbers; long ones have a buffer of their own. */
	keep(numbers: Int32Array, count: number): Int32Array {
		const bytes = count * 4;
		if (bytes > LARGEST_ON_SHELF) return numbers.slice(0, count);
		if (this.#used + bytes > this.#buffer.byteLength) {
			this.#buffer = new ArrayBuffer(Math.min(LARGEST_SHELF, Math.max(SMALLEST_SHELF, this.#buffer.byteLength * 2)));
			this.#used = 0;
		}
		const kept = new Int32Array(this.#buffer, this.#used, count);
		this.#used += bytes;
		for (let at = 0; at < count; at++) kept[at] = numbers[at] ?? 0;
		return kept;
	}
}
