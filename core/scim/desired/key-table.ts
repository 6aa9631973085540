/**
 * Numbers by text, for millions of texts: a table of fingerprints in two typed arrays, which costs twelve bytes an entry
 * and no garbage. Two texts that differ share a fingerprint about once in 10^15 pairs; whoever must be sure looks again.
 */
export class KeyTable {
	#keys = new Float64Array(1024);
	#values = new Int32Array(1024);
	#count = 0;

	get(text: string): number | undefined {
		const slot = this.#slot(fingerprint(text));
		return this.#keys[slot] === 0 ? undefined : this.#values[slot];
	}

	/** Answers the number that was there before; then nothing changes. */
	add(text: string, value: number): number | undefined {
		const key = fingerprint(text);
		const slot = this.#slot(key);
		if (this.#keys[slot] !== 0) return this.#values[slot];
		this.#keys[slot] = key;
		this.#values[slot] = value;
		if (++this.#count * 2 > this.#keys.length) this.#grow();
		return undefined;
	}

	/** Where a fingerprint is, or would be. */
	#slot(key: number): number {
		const mask = this.#keys.length - 1;
		let slot = (key % 0x7fffffff) & mask;
		while (this.#keys[slot] !== 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask;
		return slot;
	}

	#grow(): void {
		const [keys, values] = [this.#keys, this.#values];
		this.#keys = new Float64Array(keys.length * 2);
		this.#values = new Int32Array(values.length * 2);
		for (const [index, key] of keys.entries()) {
			if (key === 0) continue;
			const slot = this.#slot(key);
			this.#keys[slot] = key;
			this.#values[slot] = values[index] ?? 0;
		}
	}
}

/** 52 bits of two hashes, never 0, which marks an empty slot. */
function fingerprint(text: string): number {
	let left = 0x811c9dc5;
	let right = 0x01000193;
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		left = Math.imul(left ^ code, 0x01000193);
		right = Math.imul(right ^ (code + index), 0x85ebca6b);
		right ^= right >>> 13;
	}
	left ^= left >>> 15;
	return (left >>> 0) * 0x100000 + ((right >>> 0) & 0xfffff) + 1;
}
