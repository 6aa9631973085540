import { Shelf } from './shelf';

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

/** Interns tokens of several texts, so that both versions speak of the same ids. */
export class Lexicon {
	/** The letters of all words, one behind the other, and where each word ends, by id. Ids begin at 1. */
	#letters = new Uint16Array(1_024);
	#wordEnds = new Int32Array(256);
	#size = 0;
	/** Open addressing: id (0 for a free place) and hash. A known word is found without cutting it out of its text. */
	#table = new Int32Array(1_024);
	#crowded = new Map<string, number>();
	#starts = new Int32Array(256);
	#ends = new Int32Array(256);
	#found = new Int32Array(256);
	readonly #shelf = new Shelf();

	get size(): number {
		return this.#size;
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
		return {
			ids: this.#shelf.keep(this.#found, count),
			starts: this.#shelf.keep(this.#starts, count),
			ends: this.#shelf.keep(this.#ends, count),
		};
	}

	id(token: string): number {
		return this.#idOf(token, 0, token.length);
	}

	#idOf(text: string, start: number, end: number): number {
		const hash = hashOf(text, start, end);
		const table = this.#table;
		const mask = table.length - 1;
		let at = (hash << 1) & mask;
		for (let tried = 0; tried < MOST_TRIES; tried++, at = (at + 2) & mask) {
			const id = table[at] ?? 0;
			if (id === 0) return this.#enter(text, start, end, hash, at);
			if (table[at + 1] === hash && this.#standsAt(id, text, start, end)) return id;
		}
		return this.#crowded.get(text.slice(start, end)) ?? this.#enter(text, start, end, hash, -1);
	}

	#standsAt(id: number, text: string, start: number, end: number): boolean {
		const from = this.#wordEnds[id - 1] ?? 0;
		if ((this.#wordEnds[id] ?? 0) - from !== end - start) return false;
		const letters = this.#letters;
		for (let i = 0; i < end - start; i++) if (letters[from + i] !== text.charCodeAt(start + i)) return false;
		return true;
	}

	/** A new word at a free place of the table, or among the crowded ones. */
	#enter(text: string, start: number, end: number, hash: number, at: number): number {
		const id = ++this.#size;
		const from = this.#wordEnds[id - 1] ?? 0;
		const to = from + end - start;
		while (to > this.#letters.length) this.#letters = doubledLetters(this.#letters);
		for (let i = start; i < end; i++) this.#letters[from + i - start] = text.charCodeAt(i);
		if (id >= this.#wordEnds.length) this.#wordEnds = doubled(this.#wordEnds);
		this.#wordEnds[id] = to;
		if (at < 0) this.#crowded.set(text.slice(start, end), id);
		else {
			this.#table[at] = id;
			this.#table[at + 1] = hash;
		}
		if (id * 4 > this.#table.length) this.#rehash();
		return id;
	}

	#rehash(): void {
		const [old, crowded] = [this.#table, this.#crowded];
		this.#table = new Int32Array(old.length * 2);
		this.#crowded = new Map();
		for (let from = 0; from < old.length; from += 2) this.#place(old[from] ?? 0, old[from + 1] ?? 0);
		for (const [word, id] of crowded) this.#place(id, hashOf(word, 0, word.length));
	}

	#place(id: number, hash: number): void {
		if (id === 0) return;
		const table = this.#table;
		const mask = table.length - 1;
		let at = (hash << 1) & mask;
		let tried = 0;
		for (; tried < MOST_TRIES && table[at] !== 0; tried++) at = (at + 2) & mask;
		if (tried < MOST_TRIES) {
			table[at] = id;
			table[at + 1] = hash;
		} else this.#crowded.set(this.#word(id), id);
	}

	#word(id: number): string {
		let word = '';
		for (let at = this.#wordEnds[id - 1] ?? 0; at < (this.#wordEnds[id] ?? 0); at++)
			word += String.fromCharCode(this.#letters[at] ?? 0);
		return word;
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

function doubledLetters(array: Uint16Array): Uint16Array<ArrayBuffer> {
	const larger = new Uint16Array(array.length * 2);
	larger.set(array);
	return larger;
}
