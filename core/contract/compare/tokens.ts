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

/** Tokens of texts joined by one blank each. */
export function joinTokens(parts: ReadonlyArray<{ text: string; tokens: Tokens }>): Tokens {
	const [only] = parts;
	if (only && parts.length === 1) return only.tokens;
	const count = parts.reduce((sum, { tokens }) => sum + tokens.ids.length, 0);
	const joined: Tokens = { ids: new Int32Array(count), starts: new Int32Array(count), ends: new Int32Array(count) };
	let [at, offset] = [0, 0];
	for (const { text, tokens } of parts) {
		joined.ids.set(tokens.ids, at);
		for (let i = 0; i < tokens.ids.length; i++, at++) {
			joined.starts[at] = (tokens.starts[i] ?? 0) + offset;
			joined.ends[at] = (tokens.ends[i] ?? 0) + offset;
		}
		offset += text.length + 1;
	}
	return joined;
}

/** Places tried in the table of words. Words made to crowd one place go to a map that nobody can crowd. */
const MOST_TRIES = 32;

function hashOf(text: string, start: number, end: number): number {
	let hash = 0x811c9dc5;
	for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
	return hash ^ (hash >>> 15);
}

function standsAt(word: string, text: string, start: number): boolean {
	for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) !== text.charCodeAt(start + i)) return false;
	return true;
}

/** Interns tokens of several texts, so that both versions speak of the same ids. */
export class Lexicon {
	/** Words by id. Ids begin at 1. */
	readonly #words: string[] = [''];
	readonly #hashes: number[] = [0];
	/** Open addressing: ids of words, 0 for a free place. A known word is found without cutting it out of its text. */
	#table = new Int32Array(2_048);
	#crowded = new Map<string, number>();
	#starts = new Int32Array(1_024);
	#ends = new Int32Array(1_024);
	#found = new Int32Array(1_024);

	get size(): number {
		return this.#words.length - 1;
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
			this.#found[count] = this.#idOf(text, at, end);
			count++;
			at = end;
		}
		return { ids: this.#found.slice(0, count), starts: this.#starts.slice(0, count), ends: this.#ends.slice(0, count) };
	}

	id(token: string): number {
		return this.#idOf(token, 0, token.length);
	}

	#idOf(text: string, start: number, end: number): number {
		const hash = hashOf(text, start, end);
		const mask = this.#table.length - 1;
		let at = hash & mask;
		for (let tried = 0; tried < MOST_TRIES; tried++, at = (at + 1) & mask) {
			const id = this.#table[at] ?? 0;
			if (id === 0) return this.#enter(text.slice(start, end), hash, at);
			const word = this.#words[id] ?? '';
			if (this.#hashes[id] === hash && word.length === end - start && standsAt(word, text, start)) return id;
		}
		const word = text.slice(start, end);
		return this.#crowded.get(word) ?? this.#enter(word, hash, -1);
	}

	/** A new word at a free place of the table, or among the crowded ones. */
	#enter(word: string, hash: number, at: number): number {
		const id = this.#words.length;
		this.#words.push(word);
		this.#hashes.push(hash);
		if (at < 0) this.#crowded.set(word, id);
		else this.#table[at] = id;
		if (id * 2 > this.#table.length) this.#rehash();
		return id;
	}

	#rehash(): void {
		this.#table = new Int32Array(this.#table.length * 2);
		this.#crowded = new Map();
		const mask = this.#table.length - 1;
		for (let id = 1; id < this.#words.length; id++) {
			let at = (this.#hashes[id] ?? 0) & mask;
			let tried = 0;
			for (; tried < MOST_TRIES && this.#table[at] !== 0; tried++) at = (at + 1) & mask;
			if (tried < MOST_TRIES) this.#table[at] = id;
			else this.#crowded.set(this.#words[id] ?? '', id);
		}
	}

	#grow(): void {
		this.#starts = doubled(this.#starts);
		this.#ends = doubled(this.#ends);
		this.#found = doubled(this.#found);
	}
}

function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
	const larger = new Int32Array(array.length * 2);
	larger.set(array);
	return larger;
}
