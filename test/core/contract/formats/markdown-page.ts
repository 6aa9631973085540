/** A plain Markdown renderer for tests: what a publishing system makes of a contract before it is printed. */

const ITEM = /^( *)(?:([0-9]{1,9})[.)]|[-*+])(?:( +)(.*)|)$/;
const DELIMITER = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

function escapeHtml(text: string): string {
	return text.replace(/&(?!#?[A-Za-z0-9]{1,10};)/g, '&amp;').replace(/</g, '&lt;');
}

function inline(source: string): string {
	const kept: string[] = [];
	const keep = (html: string): string => `\u0001${kept.push(html) - 1}\u0002`;
	const text = source
		.replace(/\\([!-/:-@[-`{-~])/g, (_, mark: string) => keep(escapeHtml(mark)))
		.replace(/<((?:https?:|mailto:)[^<>\s]+|[^<>\s@]+@[^<>\s]+)>/g, (_, url: string) => keep(escapeHtml(url)))
		.replace(/<\/?[A-Za-z][^<>]*>|<!--.*?-->/g, (tag) => keep(tag))
		.replace(/!\[([^[\]]*)\]\(([^()\s]*)(?:\s+"[^"]*")?\)/g, (_, label: string, url: string) =>
			keep(`<img alt="${escapeHtml(label).replace(/"/g, '&quot;')}" src="${escapeHtml(url).replace(/"/g, '%22')}">`),
		)
		.replace(
			/\[((?:[^[\]]|\[[^[\]]*\])*)\]\(((?:[^()\s]|\([^()]*\))*)(?:\s+"[^"]*")?\)/g,
			(_, label: string, url: string) =>
				keep(`<a href="${escapeHtml(url).replace(/"/g, '%22')}">`) + label + keep('</a>'),
		);
	return escapeHtml(text)
		.replace(/(\*\*|__)(?=\S)([^]*?\S)\1/g, '<b>$2</b>')
		.replace(/(?<![\w*])\*(?=[^\s*])([^*]*[^\s*])\*(?![\w*])/g, '<i>$1</i>')
		.replace(/(?<!\w)_(?=[^\s_])([^_]*[^\s_])_(?!\w)/g, '<i>$1</i>')
		.replace(/`([^`]+)`/g, '<code>$1</code>')
		.replace(/(?: {2,}|\\)\n/g, '<br>')
		.replace(/\u0001(\d+)\u0002/g, (_, index: string) => kept[Number(index)] ?? '');
}

function cells(line: string): string[] {
	const bare = line
		.trim()
		.replace(/^\|/, '')
		.replace(/(?<!\\)\|$/, '');
	return bare.split(/(?<!\\)\|/).map((cell) => inline(cell.trim().replace(/\\\|/g, '|')));
}

class Page {
	readonly #html: string[] = [];
	#paragraph: string[] = [];

	constructor(private readonly lines: string[]) {}

	render(): string {
		for (let at = 0; at < this.lines.length;) at += this.#block(at);
		this.#flush();
		return this.#html.join('\n');
	}

	#flush(tag = 'p'): void {
		const text = this.#paragraph.join('\n').trim();
		if (text !== '') this.#html.push(`<${tag}>${inline(text)}</${tag}>`);
		this.#paragraph = [];
	}

	#block(at: number): number {
		const line = this.lines[at] ?? '';
		if (line.trim() === '') return (this.#flush(), 1);
		const heading = /^ {0,3}(#{1,6})(?: +(.*?))?(?: +#+)? *$/.exec(line);
		if (heading) {
			this.#flush();
			const level = heading[1]?.length ?? 1;
			this.#html.push(`<h${level}>${inline(heading[2] ?? '')}</h${level}>`);
			return 1;
		}
		if (this.#paragraph.length > 0 && /^ {0,3}(?:=+|-{2,}) *$/.test(line))
			return (this.#flush(line.includes('=') ? 'h1' : 'h2'), 1);
		if (/^ {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$/.test(line)) return (this.#flush(), 1);
		if (line.includes('|') && DELIMITER.test(this.lines[at + 1] ?? '') && (this.lines[at + 1] ?? '').includes('|'))
			return this.#table(at);
		const item = ITEM.exec(line);
		if (item && (this.#paragraph.length === 0 || item[2] === undefined || item[2] === '1')) return this.#list(at);
		this.#paragraph.push(line.trimStart());
		return 1;
	}

	#table(at: number): number {
		this.#flush();
		let to = at + 2;
		while (to < this.lines.length && (this.lines[to] ?? '').includes('|')) to++;
		const row = (line: string, tag: string): string =>
			`<tr>${cells(line)
				.map((cell) => `<${tag}>${cell}</${tag}>`)
				.join('')}</tr>`;
		const body = this.lines.slice(at + 2, to).map((line) => row(line, 'td'));
		this.#html.push(
			`<table border="1"><thead>${row(this.lines[at] ?? '', 'th')}</thead><tbody>${body.join('')}</tbody></table>`,
		);
		return to - at;
	}

	#list(at: number): number {
		this.#flush();
		const first = ITEM.exec(this.lines[at] ?? '');
		const indent = first?.[1]?.length ?? 0;
		const ordered = first?.[2] !== undefined;
		const items: string[] = [];
		let to = at;
		for (let match = first; match; match = this.#sibling(to, indent, ordered)) {
			const own = [match[4] ?? ''];
			for (to++; to < this.lines.length && this.#belongs(to, indent); to++)
				own.push((this.lines[to] ?? '').slice(this.#strip(to, indent)));
			const inner = new Page(own).render();
			items.push(`<li>${inner.replace(/^<p>([^]*?)<\/p>/, '$1')}</li>`);
			while (to < this.lines.length && (this.lines[to] ?? '').trim() === '' && this.#sibling(to + 1, indent, ordered))
				to++;
		}
		const start = ordered && first[2] !== '1' ? ` start="${first[2] ?? ''}"` : '';
		this.#html.push(ordered ? `<ol${start}>${items.join('\n')}</ol>` : `<ul>${items.join('\n')}</ul>`);
		return to - at;
	}

	#sibling(at: number, indent: number, ordered: boolean): RegExpExecArray | null {
		const match = ITEM.exec(this.lines[at] ?? '');
		return match && Math.abs((match[1]?.length ?? 0) - indent) <= 1 && (match[2] !== undefined) === ordered
			? match
			: null;
	}

	/** Lines further in, blank lines before such, and lazy continuation lines. */
	#belongs(at: number, indent: number): boolean {
		const line = this.lines[at] ?? '';
		if (line.trim() === '') {
			let next = at;
			while (next < this.lines.length && (this.lines[next] ?? '').trim() === '') next++;
			return next < this.lines.length && this.#indentOf(next) >= indent + 2;
		}
		if (this.#indentOf(at) >= indent + 2) return true;
		return (
			(this.lines[at - 1] ?? '').trim() !== '' &&
			!ITEM.test(line) &&
			!/^ {0,3}#{1,6} /.test(line) &&
			!line.trimStart().startsWith('|')
		);
	}

	#indentOf(at: number): number {
		const line = this.lines[at] ?? '';
		return line.length - line.trimStart().length;
	}

	#strip(at: number, indent: number): number {
		return Math.min(this.#indentOf(at), indent + 4);
	}
}

const STYLE = 'body{font:11pt/1.25 serif}td,th{vertical-align:top}';

/** A whole page of a Markdown contract. */
export function markdownPage(markdown: string, title = 'Contract'): string {
	const body = markdown.replace(/^---\n[^]*?\n---\n/, '');
	const lines = body.replace(/\r\n?/g, '\n').replace(/\t/g, '    ').split('\n');
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>${new Page(lines).render()}</body></html>`;
}

/** A whole page of a plain text contract: paragraphs at blank lines, lines within them as they are. */
export function textPage(text: string, title = 'Contract'): string {
	const paragraphs = text.replace(/\r\n?/g, '\n').split(/\n{2,}/);
	const body = paragraphs
		.map((paragraph) => `<p>${escapeHtml(paragraph.trim()).replaceAll('\n', '<br>')}</p>`)
		.join('\n');
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>`;
}
