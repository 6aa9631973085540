import type { Token } from './lexer';

const NOTHING: Token = { kind: 'mark', text: '', lower: '', start: 0, end: 0 };

/** A place in a row of tokens. Rules take copies and move the original only when they succeed. */
export class Cursor {
	constructor(
		readonly tokens: readonly Token[],
		public at = 0,
	) {}

	copy(at = this.at): Cursor {
		return new Cursor(this.tokens, at);
	}

	peek(ahead = 0): Token {
		return this.tokens[this.at + ahead] ?? NOTHING;
	}

	get done(): boolean {
		return this.at >= this.tokens.length;
	}

	next(): Token {
		const token = this.peek();
		this.at++;
		return token;
	}

	/** Takes one of the given words, if it is next. */
	take(...words: string[]): Token | undefined {
		return words.includes(this.peek().lower) ? this.next() : undefined;
	}

	/** Takes all the words of a phrase, or nothing. */
	phrase(words: readonly string[]): boolean {
		for (let i = 0; i < words.length; i++) if (this.peek(i).lower !== words[i]) return false;
		this.at += words.length;
		return true;
	}
}
