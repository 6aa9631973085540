/** Words, numbers and marks of a clean text as numbers: equal words have equal ids within one lexicon. */
export interface Tokens {
	ids: Int32Array;
	/** Offset of each token in the text, and of its end. */
	starts: Int32Array;
	ends: Int32Array;
}

function isWordCode(code: number): boolean {
	if (code < 0x80)
		return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);
	if (code === 0xa7 || (code >= 0x2010 && code <= 0x206f) || (code >= 0x20a0 && code <= 0x20cf)) return false;
	return (
		code >= 0xaa &&
		!(code >= 0x2e80 && code <= 0x9fff) &&
		!(code >= 0xac00 && code <= 0xd7af) &&
		!(code >= 0x3000 && code <= 0x30ff)
	);
}

function isDigit(code: number): boolean {
	return code >= 0x30 && code <= 0x39;
}

/** End of the token that starts at `at`. `1,000.5`, `4.2` and `don't` are one token; other marks stand alone. */
function tokenEnd(text: string, at: number): number {
	const first = text.charCodeAt(at);
	if (!isWordCode(first)) return first >= 0xd800 && first <= 0xdbff && at + 1 < text.length ? at + 2 : at + 1;
	let end = at + 1;
	for (; end < text.length; end++) {
		const code = text.charCodeAt(end);
		if (isWordCode(code)) continue;
		const joins =
			code === 0x27 ||
			((code === 0x2c || code === 0x2e) && isDigit(text.charCodeAt(end - 1)) && isDigit(text.charCodeAt(end + 1)));
		if (!joins || end + 1 >= text.length || !isWordCode(text.charCodeAt(end + 1))) break;
	}
	return end;
}

/** Interns tokens of several texts, so that both versions speak of the same ids. */
export class Lexicon {
	readonly #ids = new Map<string, number>();
	#starts = new Int32Array(1_024);
	#ends = new Int32Array(1_024);
	#found = new Int32Array(1_024);

	get size(): number {
		return this.#ids.size;
	}

	tokens(text: string): Tokens {
		let count = 0;
		for (let at = 0; at < text.length;) {
			const code = text.charCodeAt(at);
			if (code === 0x20 || code === 0x0a) {
				at++;
				continue;
			}
			const end = tokenEnd(text, at);
			if (count >= this.#starts.length) this.#grow();
			this.#starts[count] = at;
			this.#ends[count] = end;
			this.#found[count] = this.id(text.slice(at, end));
			count++;
			at = end;
		}
		return { ids: this.#found.slice(0, count), starts: this.#starts.slice(0, count), ends: this.#ends.slice(0, count) };
	}

	id(token: string): number {
		const known = this.#ids.get(token);
		if (known !== undefined) return known;
		const id = this.#ids.size + 1;
		this.#ids.set(token, id);
		return id;
	}

	#grow(): void {
		for (const name of ['starts', 'ends', 'found'] as const) this.#double(name);
	}

	#double(name: 'starts' | 'ends' | 'found'): void {
		const old = name === 'starts' ? this.#starts : name === 'ends' ? this.#ends : this.#found;
		const bigger = new Int32Array(old.length * 2);
		bigger.set(old);
		if (name === 'starts') this.#starts = bigger;
		else if (name === 'ends') this.#ends = bigger;
		else this.#found = bigger;
	}
}
