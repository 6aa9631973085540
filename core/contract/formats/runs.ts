import { escapeInline, escapeLineStart } from './escape';

const LONGEST_LINK = 2_000;

function isBlank(code: number): boolean {
	return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0 || code === 0x3000;
}

/** One space for each run of blanks. */
export function collapse(text: string): string {
	let out = '';
	let from = 0;
	for (let at = 0; at < text.length; at++) {
		if (!isBlank(text.charCodeAt(at))) continue;
		let stop = at + 1;
		while (stop < text.length && isBlank(text.charCodeAt(stop))) stop++;
		if (stop === at + 1 && text.charCodeAt(at) === 0x20) continue;
		out += `${text.slice(from, at)} `;
		from = stop;
		at = stop - 1;
	}
	return from === 0 ? text : out + text.slice(from);
}

/** A target that keeps inside the brackets of `[label](target)`; undefined for anchors and what is no address. */
function linkTarget(href: string): string | undefined {
	if (href.length > LONGEST_LINK || !/^(?:https?|mailto|tel|ftp):/i.test(href)) return undefined;
	return href.replace(/[()\s<>\\]/g, (mark) => `%${mark.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

interface Piece {
	text: string;
	bold: boolean;
	link: string | undefined;
}

/** Gathers the text of one block; blanks collapse across pieces as they do on a page. */
export class Runs {
	#pieces: Piece[] = [];
	#space = true;

	add(raw: string, bold = false, link?: string): void {
		let text = collapse(raw);
		if (this.#space && text.startsWith(' ')) text = text.slice(1);
		if (text === '') return;
		this.#space = text.endsWith(' ');
		const last = this.#pieces.at(-1);
		if (last && last.bold === bold && last.link === link && last.text !== '\n') last.text += text;
		else this.#pieces.push({ text, bold, link });
	}

	/** A line break that the author set. */
	lineBreak(): void {
		if (this.#pieces.length > 0) this.#pieces.push({ text: '\n', bold: false, link: undefined });
		this.#space = true;
	}

	/** Whether the last thing was a line break: two of them make a paragraph. */
	get broken(): boolean {
		return this.#pieces.at(-1)?.text === '\n';
	}

	/** The last characters so far. */
	get tail(): string {
		return this.#pieces.at(-1)?.text.slice(-8) ?? '';
	}

	/** Plain text so far. */
	get text(): string {
		return this.#pieces
			.map((piece) => piece.text)
			.join('')
			.replaceAll(' \n', '\n')
			.trim();
	}

	/** Whether a bar opens the text. */
	get opensWithBar(): boolean {
		return this.#pieces[0]?.text.startsWith('|') === true;
	}

	/** Plain text, and a fresh start. */
	takeText(): string {
		const { text } = this;
		this.#clear();
		return text;
	}

	/** Escaped Markdown, one line per authored line, and a fresh start. Bold is kept where it opens the block. */
	takeMarkdown(options: { bold: boolean } = { bold: true }): string {
		while (/^\s*$/.test(this.#pieces.at(-1)?.text ?? 'x')) this.#pieces.pop();
		const last = this.#pieces.at(-1);
		if (last) last.text = last.text.trimEnd();
		const lead = options.bold ? this.#leadLength() : 0;
		const head = this.#pieces.slice(0, lead).map((piece) => this.#write(piece));
		const tail = this.#pieces.slice(lead).map((piece) => this.#write(piece));
		this.#clear();
		const bold = head.join('');
		const stars = bold.trim() === '' || bold.includes('\n') ? '' : '**';
		const text =
			stars === '' ? bold + tail.join('') : `**${bold.trimEnd()}**${/\s$/.test(bold) ? ' ' : ''}${tail.join('')}`;
		return text
			.split('\n')
			.map((line) => line.trim())
			.map((line, index) => (index === 0 && stars !== '' ? line : escapeLineStart(line)))
			.join('\n');
	}

	#leadLength(): number {
		let length = 0;
		while (length < this.#pieces.length) {
			const piece = this.#pieces[length];
			if (!piece || (!piece.bold && (length === 0 || piece.text.trim() !== ''))) break;
			length++;
		}
		return length;
	}

	#write(piece: Piece): string {
		if (piece.text === '\n') return '\n';
		const text = escapeInline(piece.text);
		const target = piece.link === undefined ? undefined : linkTarget(piece.link);
		if (target === undefined || piece.text.trim() === '') return text;
		// The label's own brackets would end it early.
		const label = text.replaceAll('[', '(').replaceAll(']', ')').trim();
		return `${text.startsWith(' ') ? ' ' : ''}[${label}](${target})${text.endsWith(' ') ? ' ' : ''}`;
	}

	#clear(): void {
		this.#pieces = [];
		this.#space = true;
	}
}
