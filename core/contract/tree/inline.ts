import type { DocumentFormat } from '../../model';
import { plainForm, readEntity } from './characters';

/** Clean text of a stretch of source, with the way back. */
export interface InlineText {
	text: string;
	links: string[];
	/** End (in clean text) of a bold span that opens the text; 0 if there is none. */
	leadEnd: number;
	/** Source offset of a clean offset. */
	sourceAt(offset: number): number;
}

const LONGEST_TARGET = 2_048;
const STAR = 0x2a;
const UNDERSCORE = 0x5f;

function isSpace(code: number): boolean {
	return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0;
}

function isWord(code: number): boolean {
	return (
		(code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code > 0xbf
	);
}

/** Characters that may be Markdown's. */
function isMark(code: number): boolean {
	if (code >= 0x61 && code <= 0x7a) return false;
	return (
		code === STAR ||
		code === UNDERSCORE ||
		code === 0x5b ||
		code === 0x5d ||
		code === 0x3c ||
		code === 0x5c ||
		code === 0x26 ||
		code === 0x7e
	);
}

/** One pass over the source; every look-ahead is bounded or remembered, so the cost is linear whatever comes. */
class InlineReader {
	readonly #pieces: string[] = [];
	readonly #starts: number[] = [];
	readonly #links: string[] = [];
	readonly #brackets: number[] = [];
	#length = 0;
	#space = true;
	#leadOpen = false;
	#leadEnd = 0;
	#noTagFrom = Infinity;

	constructor(
		private readonly source: string,
		private readonly start: number,
		private readonly end: number,
		private readonly markdown: boolean,
	) {}

	read(): InlineText {
		let at = this.start;
		while (at < this.end) {
			const next = this.#plainRun(at);
			if (next > at) {
				this.#emit(this.source.slice(at, next), at);
				at = next;
			} else at += this.#special(at);
		}
		return this.#result();
	}

	/** End of a run that stands as it is, single spaces between words included. */
	#plainRun(from: number): number {
		const { source, end, markdown } = this;
		let at = from;
		for (; at < end; at++) {
			const code = source.charCodeAt(at);
			if (code === 0x20) {
				if (at === from || source.charCodeAt(at - 1) === 0x20) break;
			} else if (code >= 0x80 || code < 0x20 || code === 0x60) {
				if (code === 0x60 || plainForm(code) !== undefined) break;
			} else if (markdown && isMark(code)) break;
			// An image's mark goes with its bracket, so it has to stand alone.
			else if (code === 0x21 && at > from && source.charCodeAt(at + 1) === 0x5b) break;
		}
		return at > from && source.charCodeAt(at - 1) === 0x20 ? at - 1 : at;
	}

	#emit(text: string, at: number): void {
		if (text === '') return;
		this.#pieces.push(text);
		this.#starts.push(at);
		this.#length += text.length;
		this.#space = false;
	}

	#emitSpace(at: number): void {
		if (this.#space) return;
		this.#emit(' ', at);
		this.#space = true;
	}

	#special(at: number): number {
		const code = this.source.charCodeAt(at);
		if (code === 0x20) return (this.#emitSpace(at), 1);
		if (this.markdown) {
			const taken = this.#markup(at, code);
			if (taken > 0) return taken;
		}
		const plain = plainForm(code) ?? this.source.charAt(at);
		if (plain === ' ') this.#emitSpace(at);
		else this.#emit(plain, at);
		return 1;
	}

	#markup(at: number, code: number): number {
		if (code === STAR || code === UNDERSCORE) return this.#emphasis(at, code);
		if (code === 0x60) return 1;
		if (code === 0x7e) return this.source.charCodeAt(at + 1) === 0x7e ? 2 : 0;
		if (code === 0x5c) return this.#escape(at);
		if (code === 0x3c) return this.#tag(at);
		if (code === 0x5b) this.#brackets.push(this.#pieces.length);
		if (code === 0x5d) return this.#closeBracket(at);
		if (code !== 0x26) return 0;
		const entity = readEntity(this.source, at, this.end);
		if (!entity) return 0;
		if (entity.text === ' ') this.#emitSpace(at);
		else this.#emit(entity.text, at);
		return entity.length;
	}

	/** Drops emphasis marks; keeps redactions (`[***]`, `*****`), blanks (`____`) and marks inside words. */
	#emphasis(at: number, mark: number): number {
		let stop = at;
		while (stop < this.end && this.source.charCodeAt(stop) === mark) stop++;
		const length = stop - at;
		const before = at > this.start ? this.source.charCodeAt(at - 1) : 0x20;
		const after = stop < this.end ? this.source.charCodeAt(stop) : 0x20;
		const alone = isSpace(before) && isSpace(after);
		const redaction = before === 0x5b && after === 0x5d;
		const inWord = mark === UNDERSCORE && isWord(before) && isWord(after);
		if (alone || redaction || inWord || (length > 3 && !isWord(before) && !isWord(after)) || length > 6) {
			this.#emit(this.source.slice(at, stop), at);
		} else if (length >= 2) this.#bold();
		return length;
	}

	#bold(): void {
		// Of bold words that are marked one by one the next mark goes on with the span.
		const goesOn = this.#leadEnd > 0 && this.#length <= this.#leadEnd + Number(this.#space);
		if (this.#length === 0 || (goesOn && !this.#leadOpen)) this.#leadOpen = true;
		else if (this.#leadOpen) {
			this.#leadOpen = false;
			this.#leadEnd = this.#length;
		}
	}

	#escape(at: number): number {
		const next = this.source.charCodeAt(at + 1);
		if (at + 1 >= this.end || isWord(next)) return 0;
		if (isSpace(next)) return 1;
		this.#emit(plainForm(next) ?? this.source.charAt(at + 1), at + 1);
		return 2;
	}

	#tag(at: number): number {
		const next = this.source.charCodeAt(at + 1);
		const opens = (next >= 0x41 && next <= 0x5a) || (next >= 0x61 && next <= 0x7a) || next === 0x2f || next === 0x21;
		if (!opens || at >= this.#noTagFrom) return 0;
		const close = this.source.indexOf('>', at);
		if (close < 0 || close >= this.end) {
			this.#noTagFrom = at;
			return 0;
		}
		const inner = this.source.slice(at + 1, Math.min(close, at + 64));
		if (/^(?:[a-z]{2,10}:|[^\s<>@]{1,63}@)/i.test(inner)) {
			this.#emit(this.source.slice(at + 1, close), at + 1);
			return close + 1 - at;
		}
		if (/^\/?(?:br|p|div|li|td|tr)\b/i.test(inner)) this.#emitSpace(at);
		return close + 1 - at;
	}

	/** `[label](target)`: the label stays, the target is kept aside. */
	#closeBracket(at: number): number {
		const open = this.#brackets.pop();
		if (open === undefined || this.source.charCodeAt(at + 1) !== 0x28) return 0;
		const limit = Math.min(this.end, at + 2 + LONGEST_TARGET);
		let depth = 1;
		let stop = at + 2;
		for (; stop < limit; stop++) {
			const code = this.source.charCodeAt(stop);
			if (code === 0x28) depth++;
			else if (code === 0x29 && --depth === 0) break;
			else if (code === 0x0a) return 0;
		}
		if (depth !== 0 || stop >= limit) return 0;
		const target = this.source.slice(at + 2, stop).trim();
		if (open > 0 && this.#pieces[open - 1] === '!') this.#picture(open - 1);
		else {
			if (target !== '' && !target.startsWith('#')) this.#links.push(target);
			this.#drop(open);
		}
		return stop + 1 - at;
	}

	/** A picture stands in the place of its words: a reader sees the picture, and what follows may open the text. */
	#picture(from: number): void {
		for (let piece = from; piece < this.#pieces.length; piece++) this.#drop(piece);
		this.#space = this.#length === 0 || this.#lastPiece(from).endsWith(' ');
	}

	#lastPiece(before: number): string {
		for (let piece = before - 1; piece >= 0; piece--) if (this.#pieces[piece] !== '') return this.#pieces[piece] ?? '';
		return ' ';
	}

	#drop(piece: number): void {
		this.#length -= this.#pieces[piece]?.length ?? 0;
		this.#pieces[piece] = '';
	}

	#result(): InlineText {
		const joined = this.#pieces.join('');
		const text = joined.endsWith(' ') ? joined.slice(0, -1) : joined;
		return {
			text,
			links: this.#links,
			leadEnd: Math.min(this.#leadEnd, text.length),
			sourceAt: (offset) => this.#sourceAt(offset),
		};
	}

	#sourceAt(offset: number): number {
		let passed = 0;
		for (let i = 0; i < this.#pieces.length; i++) {
			const length = this.#pieces[i]?.length ?? 0;
			if (offset < passed + length) return (this.#starts[i] ?? this.start) + (offset - passed);
			passed += length;
		}
		return this.end;
	}
}

/** Clean text of `source[start, end)`: no markup, one space between words, plain quotes and hyphens. */
export function readInline(source: string, start: number, end: number, format: DocumentFormat): InlineText {
	return new InlineReader(source, start, end, format === 'markdown').read();
}
