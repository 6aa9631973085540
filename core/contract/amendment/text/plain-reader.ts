import type { Span } from '../../../model';
import { plainForm, readEntity } from '../../tree/characters';

/**
 * Text as words are matched in it: no emphasis marks, plain quotes and hyphens, one space between words, a line feed
 * between paragraphs. Every character knows where it came from, so that an edit touches the source and nothing else.
 */
export interface Plain {
	text: string;
	/** Source offset of a character; of the end for the length of the text. */
	sourceAt(offset: number): number;
	/** Source offset behind the character before `offset`: where a stretch that ends there ends in the source. */
	sourceEnd(offset: number): number;
}

/** `* _ \ & < [ ]` */
const MARKS = new Set([0x2a, 0x5f, 0x5c, 0x26, 0x3c, 0x5b, 0x5d]);
const LONGEST_TARGET = 2_048;
const STAR = 0x2a;
const BAR = 0x7c;
const UNDERSCORE = 0x5f;

function isBlank(code: number): boolean {
	return code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code >= 0x80 && plainForm(code) === ' ');
}

function isWord(code: number): boolean {
	return (
		(code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code > 0xbf
	);
}

export class PlainReader {
	readonly #pieces: string[] = [];
	#starts = new Int32Array(256);
	#ends = new Int32Array(256);
	#length = 0;
	#gap = true;
	#noTagFrom = Infinity;
	readonly #links: boolean[] = [];

	constructor(
		private readonly source: string,
		private readonly span: Span,
		private readonly markdown: boolean,
		private readonly singleBreaks: boolean,
	) {}

	read(): Plain {
		let at = this.span.start;
		while (at < this.span.end) {
			const run = this.#plainRun(at);
			if (run > at) {
				this.#copy(at, run);
				at = run;
			} else at += this.#take(at);
		}
		if (this.#gap && this.#length > 0) {
			this.#pieces.pop();
			this.#length--;
		}
		const { span } = this;
		const starts = this.#starts.slice(0, this.#length);
		const ends = this.#ends.slice(0, this.#length);
		const last = ends.at(-1) ?? span.start;
		return {
			text: this.#pieces.join(''),
			sourceAt: (offset) => starts[offset] ?? last,
			sourceEnd: (offset) => (offset <= 0 ? span.start : (ends[offset - 1] ?? last)),
		};
	}

	/** Characters that stay as they are. */
	#plainRun(from: number): number {
		let at = from;
		for (; at < this.span.end; at++) {
			const code = this.source.charCodeAt(at);
			if (code <= 0x20 || code === 0x60 || (code >= 0x80 && plainForm(code) !== undefined)) break;
			if (this.markdown && MARKS.has(code)) break;
		}
		return at;
	}

	#copy(start: number, end: number): void {
		this.#reserve(end - start);
		for (let at = start; at < end; at++) {
			this.#starts[this.#length] = at;
			this.#ends[this.#length++] = at + 1;
		}
		this.#pieces.push(this.source.slice(start, end));
		this.#gap = false;
	}

	#reserve(more: number): void {
		if (this.#length + more <= this.#starts.length) return;
		const size = Math.max(this.#starts.length * 2, this.#length + more);
		const [starts, ends] = [new Int32Array(size), new Int32Array(size)];
		starts.set(this.#starts);
		ends.set(this.#ends);
		[this.#starts, this.#ends] = [starts, ends];
	}

	#emit(text: string, at: number, length: number): number {
		this.#reserve(text.length);
		for (let i = 0; i < text.length; i++) {
			this.#starts[this.#length] = at;
			this.#ends[this.#length++] = at + length;
		}
		if (text !== '') {
			this.#pieces.push(text);
			this.#gap = false;
		}
		return length;
	}

	#take(at: number): number {
		const code = this.source.charCodeAt(at);
		if (isBlank(code)) return this.#blank(at);
		if (this.markdown) {
			const taken = this.#markup(at, code);
			if (taken > 0) return taken;
		}
		return this.#emit(plainForm(code) ?? this.source.charAt(at), at, 1);
	}

	#blank(at: number): number {
		let stop = at;
		let feeds = 0;
		for (; stop < this.span.end; stop++) {
			const code = this.source.charCodeAt(stop);
			if (!isBlank(code) && (code < 0x80 || plainForm(code) !== '')) break;
			if (code === 0x0a || (code === 0x0d && this.source.charCodeAt(stop + 1) !== 0x0a)) feeds++;
		}
		if (!this.#gap) {
			this.#emit(
				feeds > 1 || (feeds === 1 && (this.singleBreaks || this.#opensRow(at, stop))) ? '\n' : ' ',
				at,
				stop - at,
			);
			this.#gap = true;
		}
		return stop - at;
	}

	/** Rows of tables are lines of their own in every kind of text. */
	#opensRow(at: number, stop: number): boolean {
		if (this.source.charCodeAt(stop) === BAR) return true;
		const feed = this.source.indexOf('\n', stop);
		const tab = this.source.indexOf('\t', stop);
		if (tab < 0 || (feed >= 0 && tab > feed)) return false;
		return this.source.slice(Math.max(this.source.lastIndexOf('\n', at - 1), at - 400, 0), at).includes('\t');
	}

	#markup(at: number, code: number): number {
		if (code === STAR || code === UNDERSCORE) return this.#emphasis(at, code);
		if (code === 0x5c) {
			const next = this.source.charCodeAt(at + 1);
			if (at + 1 >= this.span.end || isWord(next) || isBlank(next)) return 0;
			return this.#emit(plainForm(next) ?? this.source.charAt(at + 1), at, 2);
		}
		if (code === 0x3c) return this.#tag(at);
		if (code === 0x5b) return this.#openLink(at);
		if (code === 0x5d) return this.#closeLink(at);
		if (code !== 0x26) return 0;
		const entity = readEntity(this.source, at, this.span.end);
		if (!entity) return 0;
		return entity.text === ' ' && this.#gap ? entity.length : this.#emit(entity.text, at, entity.length);
	}

	/** Drops a tag; addresses in angle brackets stay. */
	#tag(at: number): number {
		if (!/[A-Za-z/!]/.test(this.source.charAt(at + 1)) || at >= this.#noTagFrom) return 0;
		const close = this.source.indexOf('>', at);
		if (close < 0 || close >= this.span.end) {
			this.#noTagFrom = at;
			return 0;
		}
		if (/^(?:[a-z]{2,10}:|[^\s<>@]{1,63}@)/i.test(this.source.slice(at + 1, Math.min(close, at + 64)))) return 0;
		const breaks = /^\/?(?:br|p|div|li|td|tr)\b/i.test(this.source.slice(at + 1, at + 6));
		if (breaks && !this.#gap) {
			this.#emit(' ', at, close + 1 - at);
			this.#gap = true;
		}
		return close + 1 - at;
	}

	/** Of `[label](target)` the label stays. */
	#openLink(at: number): number {
		this.#links.push(this.#targetEnd(at) > 0);
		return this.#links.at(-1) ? 1 : 0;
	}

	#closeLink(at: number): number {
		if (this.#links.pop() !== true || this.source.charAt(at + 1) !== '(') return 0;
		const end = this.#parenthesis(at + 1);
		return end > 0 ? end - at : 0;
	}

	/** End of the link that opens at `at`, 0 if it is none. */
	#targetEnd(at: number): number {
		const limit = Math.min(this.span.end, at + LONGEST_TARGET);
		let depth = 0;
		for (let i = at; i < limit; i++) {
			const mark = this.source.charCodeAt(i);
			if (mark === 0x5c) i++;
			else if (mark === 0x5b) depth++;
			else if (mark === 0x5d && --depth === 0) return this.source.charAt(i + 1) === '(' ? this.#parenthesis(i + 1) : 0;
		}
		return 0;
	}

	#parenthesis(at: number): number {
		const limit = Math.min(this.span.end, at + LONGEST_TARGET);
		let depth = 0;
		for (let i = at; i < limit; i++) {
			const mark = this.source.charCodeAt(i);
			if (mark === 0x0a) return 0;
			if (mark === 0x28) depth++;
			else if (mark === 0x29 && --depth === 0) return i + 1;
		}
		return 0;
	}

	/** Drops emphasis marks; keeps redactions (`[***]`), blanks to fill in and marks inside words, as the clause tree does. */
	#emphasis(at: number, mark: number): number {
		let stop = at;
		while (stop < this.span.end && this.source.charCodeAt(stop) === mark) stop++;
		const length = stop - at;
		const before = at > this.span.start ? this.source.charCodeAt(at - 1) : 0x20;
		const after = stop < this.span.end ? this.source.charCodeAt(stop) : 0x20;
		const alone = isBlank(before) && isBlank(after);
		const redaction = before === 0x5b && after === 0x5d;
		const inWord = mark === UNDERSCORE && isWord(before) && isWord(after);
		if (alone || redaction || inWord || (length > 3 && !isWord(before) && !isWord(after)) || length > 6) {
			for (let i = at; i < stop; i++) this.#emit(this.source.charAt(i), i, 1);
		}
		return length;
	}
}
