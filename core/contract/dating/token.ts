/** A word, a run of digits, or a single mark. */
export interface Token {
	text: string;
	lower: string;
	start: number;
	end: number;
}

const TOKEN = /\p{L}[\p{L}\p{M}]*|[0-9]+|[^\s\p{L}0-9]/gu;

/** Cuts text into tokens, in one pass. Offsets are those of the text. */
export function tokenize(text: string): Token[] {
	const tokens: Token[] = [];
	for (const match of text.matchAll(TOKEN)) {
		const [word] = match;
		tokens.push({ text: word, lower: word.toLowerCase(), start: match.index, end: match.index + word.length });
	}
	return tokens;
}

/** A list of tokens with questions that are asked of it all the time; asking beyond its ends is allowed. */
export class TokenList {
	#quoted: Uint8Array | undefined;

	constructor(
		readonly source: string,
		readonly tokens: readonly Token[] = tokenize(source),
	) {}

	get length(): number {
		return this.tokens.length;
	}

	/** The word as written; empty beyond the ends. */
	text(at: number): string {
		return this.tokens[at]?.text ?? '';
	}

	/** In lower case; empty beyond the ends. */
	word(at: number): string {
		return this.tokens[at]?.lower ?? '';
	}

	/** The number that digits make, if they are as many as wanted. */
	digits(at: number, fewest: number, most: number): number | undefined {
		const text = this.text(at);
		if (text.length < fewest || text.length > most) return undefined;
		const first = text.charCodeAt(0);
		return first >= 0x30 && first <= 0x39 ? Number(text) : undefined;
	}

	/** Whether nothing stands between two neighbouring tokens. */
	glued(at: number): boolean {
		const [left, right] = [this.tokens[at], this.tokens[at + 1]];
		return left !== undefined && right !== undefined && left.end === right.start;
	}

	/** Offsets of `[from, next)`. */
	place(from: number, next: number): { start: number; end: number } {
		return { start: this.tokens[from]?.start ?? 0, end: this.tokens[next - 1]?.end ?? 0 };
	}

	/** The words of `[from, next)` as they stand in the text. */
	written(from: number, next: number): string {
		const { start, end } = this.place(from, next);
		return this.source.slice(start, end);
	}

	/** Whether the words from `at` on are these. */
	startsWith(at: number, words: readonly string[]): boolean {
		return words.every((word, offset) => this.word(at + offset) === word);
	}

	/** Whether a token stands behind an opening quote that is not closed yet. */
	quoted(at: number): boolean {
		if (!this.#quoted) {
			this.#quoted = new Uint8Array(this.tokens.length + 1);
			let open = 0;
			this.tokens.forEach(({ text }, index) => {
				if (this.#quoted) this.#quoted[index] = open;
				if (text === '"') open = 1 - open;
			});
		}
		return this.#quoted[at] === 1;
	}

	/** Skips words of a set; returns the first position that holds none of them. */
	skip(at: number, words: ReadonlySet<string>, most = 4): number {
		let next = at;
		while (next < at + most && words.has(this.word(next))) next++;
		return next;
	}
}
