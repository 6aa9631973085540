import { closeInline, opensQuote } from '../text/quotes';

export interface Token {
	kind: 'word' | 'number' | 'quote' | 'mark' | 'redaction';
	/** As written; of a quote the words inside. */
	text: string;
	lower: string;
	start: number;
	end: number;
}

const WORD = /[\p{L}\p{N}\u00a7](?:[\p{L}\p{N}]|['.&-](?=[\p{L}\p{N}]))*/uy;
const REDACTION = /\[[*\u25cf\u2022. ]{1,12}\]|\*{3,}/y;

/** Cuts plain text into words, quoted stretches and marks. Brackets are marks; a redaction is one token. */
export function lex(text: string, start: number, end: number): Token[] {
	const tokens: Token[] = [];
	let at = start;
	while (at < end) {
		const token = tokenAt(text, at, end);
		if (token) tokens.push(token);
		at = token?.end ?? at + 1;
	}
	return tokens;
}

function tokenAt(text: string, at: number, end: number): Token | undefined {
	const mark = text.charAt(at);
	if (mark === ' ' || mark === '\n') return undefined;
	if (mark === '"' && opensQuote(text, at)) {
		const close = closeInline(text, at, end);
		if (close) return token('quote', text.slice(at + 1, close.inner), at, close.end);
	}
	REDACTION.lastIndex = at;
	const redaction = REDACTION.exec(text);
	if (redaction) return token('redaction', redaction[0], at, at + redaction[0].length);
	WORD.lastIndex = at;
	const word = WORD.exec(text);
	if (!word) return token('mark', mark, at, at + 1);
	const stop = Math.min(end, at + word[0].length);
	const kind = /^\d/.test(word[0]) ? 'number' : 'word';
	return token(kind, text.slice(at, stop), at, stop);
}

function token(kind: Token['kind'], text: string, start: number, end: number): Token {
	return { kind, text, lower: text.toLowerCase(), start, end };
}
