import type { DocumentFormat } from '../../model';
import type { Block, RawBlock } from './block';
import { frontMatterEnd } from './front-matter';
import { isFurniture } from './furniture';
import { htmlCaption, htmlTableEnd, opensHtmlTable, readHtmlTable } from './html-table';
import { readInline } from './inline';
import { readHeadingLabel, readLabel, type Label } from './label';
import { assertCount, type ContractLimits } from '../limits';
import { splitAtBreaks } from './line-breaks';
import { splitLines, type Line } from './lines';
import { countMarks, headingBehind, readAtxHeading } from './markdown-line';
import { MarkdownLists } from './markdown-list';
import { enumerates, hasEnded } from './interruption';
import type { Passages } from './passages';
import { isDelimiterRow, lastLineOfRow, readTable, tableBounds, type TableBounds } from './table';

const BULLETS = '*-+\u2022\u25cf\u25aa\u2013\u00b7';
const MARKER = /^([0-9]{1,9})[.)](?=[ \t]|$)/;

/** Cuts a document into blocks, line by line. */
class BlockReader {
	readonly #lines: Line[];
	readonly #blocks: RawBlock[] = [];
	readonly #lists = new MarkdownLists();
	#open: RawBlock | undefined;
	#at = 0;
	#tableCloses = true;
	readonly #bounds: TableBounds;

	constructor(
		private readonly text: string,
		private readonly format: DocumentFormat,
		private readonly limits: ContractLimits,
		private readonly passages: Passages,
	) {
		this.#lines = splitLines(text, limits);
		this.#bounds = tableBounds(limits);
	}

	read(): Block[] {
		if (this.format === 'markdown') this.#frontMatter();
		for (; this.#at < this.#lines.length; this.#at++) {
			const line = this.#lines[this.#at];
			if (line) this.#line(line);
		}
		this.#close();
		const blocks = this.format === 'markdown' ? splitAtBreaks(this.text, this.#blocks) : this.#blocks;
		assertCount('maxClauses', blocks.length, this.limits);
		return blocks.map((raw) => this.#clean(raw));
	}

	#line(line: Line): void {
		if (line.content >= line.end) return this.#close();
		if (this.#table(line)) return;
		if (this.format === 'markdown' ? this.#markdownLine(line) : this.#textLine(line)) return;
		if (this.#open) {
			this.#open.end = line.end;
			return;
		}
		this.#start(
			'paragraph',
			line.content,
			line.end,
			this.format === 'markdown' ? this.#lists.enclosing(line.indent) : undefined,
		);
	}

	#start(
		kind: Block['kind'],
		start: number,
		end: number,
		place?: { list: number; outerList: number; ordinal?: number },
	): void {
		this.#close();
		this.#open = { kind, start, end, level: 0, list: 0, outerList: 0, from: this.#at, to: this.#at, ...place };
	}

	#close(): void {
		if (!this.#open) return;
		this.#blocks.push(this.#open);
		assertCount('maxClauses', this.#blocks.length, this.limits);
		this.#open = undefined;
	}

	#frontMatter(): void {
		const at = frontMatterEnd(this.text, this.#lines);
		const [first, last] = [this.#lines[0], this.#lines[at]];
		if (!first || !last) return;
		this.#start('metadata', first.end, last.start);
		this.#close();
		this.#at = at + 1;
	}

	#table(line: Line): boolean {
		if (this.format === 'markdown' && opensHtmlTable(this.text, line.content)) return this.#htmlTable(line);
		const bar = this.text.charCodeAt(line.content) === 0x7c;
		const next = this.#lines[this.#at + 1];
		if (!bar && !(isDelimiterRow(this.text, next) && this.text.slice(line.content, line.end).includes('|'))) {
			if (this.format === 'markdown' || !this.#tabs(line) || !this.#tabs(next)) return false;
		}
		const place = this.format === 'markdown' ? this.#lists.enclosing(line.indent) : undefined;
		this.#start('table', line.content, line.end, place);
		const rowEnd = (at: number): number => (bar ? lastLineOfRow(this.text, this.#lines, at) : at);
		let to = rowEnd(this.#at);
		for (let at = to + 1; at < this.#lines.length && this.#tableRow(this.#lines[at], bar); at = to + 1) to = rowEnd(at);
		if (this.#open) Object.assign(this.#open, { to, end: this.#lines[to]?.end ?? line.end });
		this.#at = to;
		this.#close();
		return true;
	}

	/** An HTML table reaches over blank lines to its closing tag; what stands behind that goes on as text. */
	#htmlTable(line: Line): boolean {
		const end = this.#tableCloses ? htmlTableEnd(this.text, line.content) : -1;
		// No tag closes a table from here on: later tables need not look again.
		if (end < 0) return (this.#tableCloses = false);
		const span = { start: line.content, end };
		const place = this.#lists.enclosing(line.indent);
		const caption = htmlCaption(this.text, span);
		if (caption) this.#start('paragraph', caption.start, caption.end, place);
		this.#start('table', span.start, span.end, place);
		if (this.#open) this.#open.html = true;
		this.#close();
		while ((this.#lines[this.#at + 1]?.start ?? Infinity) < end) this.#at++;
		const last = this.#lines[this.#at];
		if (last && this.text.slice(end, last.end).trim() !== '') this.#start('paragraph', end, last.end, place);
		return true;
	}

	#tableRow(line: Line | undefined, bar: boolean): boolean {
		if (!line || line.content >= line.end) return false;
		if (bar) return this.text.charCodeAt(line.content) === 0x7c || isDelimiterRow(this.text, line);
		const content = this.text.slice(line.content, line.end);
		return content.includes('|') || content.includes('\t');
	}

	#tabs(line: Line | undefined): boolean {
		return line !== undefined && this.text.slice(line.content, line.end).trimEnd().includes('\t');
	}

	#markdownLine(line: Line): boolean {
		return this.#rule(line) || this.#atxHeading(line) || this.#listItem(line) || this.#labelledLine(line);
	}

	/** Setext underline, or a thematic break. */
	#rule(line: Line): boolean {
		const mark = this.text.charAt(line.content);
		if (!'=-*_'.includes(mark)) return false;
		const count = countMarks(this.text, line, mark.charCodeAt(0));
		if (count === 0) return false;
		if (this.#open?.kind === 'paragraph' && (mark === '=' || (mark === '-' && count >= 2))) {
			Object.assign(this.#open, { kind: 'heading', level: mark === '=' ? 1 : 2 });
			this.#close();
			this.#lists.close();
			return true;
		}
		if (count < 3 || mark === '=') return false;
		this.#close();
		return true;
	}

	#atxHeading(line: Line): boolean {
		const heading = readAtxHeading(this.text, line);
		if (!heading) return false;
		this.#start('heading', heading.start, heading.end);
		if (this.#open) this.#open.level = heading.level;
		this.#close();
		this.#lists.close();
		return true;
	}

	#listItem(line: Line): boolean {
		const first = this.text.charAt(line.content);
		const second = this.text.charCodeAt(line.content + 1);
		let start = line.content + 1;
		let number: number | undefined;
		if (BULLETS.includes(first)) {
			if (line.content + 1 < line.end && second !== 0x20 && second !== 0x09) return false;
		} else {
			const match = MARKER.exec(this.text.slice(line.content, Math.min(line.end, line.content + 12)));
			if (!match) return false;
			number = Number(match[1]);
			// A wrapped line may begin with a number; only a list that starts at 1 may interrupt a paragraph (CommonMark 5.2).
			const open = this.#open;
			if (open?.kind === 'paragraph' && number !== 1 && !(this.#lists.awaits(number) && hasEnded(this.text, open)))
				return false;
			start = line.content + match[0].length;
		}
		this.#start('item', start, line.end, this.#lists.item(line.indent, number));
		this.#headingInItem(line, start);
		return true;
	}

	/** `3. ## Payment`: the number and the heading are one clause. */
	#headingInItem(line: Line, start: number): void {
		const heading = headingBehind(this.text, line, start);
		if (!heading || !this.#open) return;
		Object.assign(this.#open, heading);
		this.#close();
	}

	/** A line that opens with a legal label starts a block of its own where the line before has come to an end. */
	#labelledLine(line: Line): boolean {
		const head = this.text.slice(line.content, Math.min(line.end, line.content + 64));
		const label = readLabel(readInline(head, 0, head.length, this.format).text);
		if (!label) return false;
		if (this.#open && !this.#mayInterrupt(this.#open, line, label)) return false;
		this.#start(
			'paragraph',
			line.content,
			line.end,
			this.format === 'markdown' ? this.#lists.enclosing(line.indent) : undefined,
		);
		return true;
	}

	#mayInterrupt(block: RawBlock, line: Line, label: Label): boolean {
		if (!hasEnded(this.text, block) || (block.list > 0 && !this.#lists.holds(block.list, line.indent))) return false;
		return !enumerates(this.text, block, label);
	}

	#textLine(line: Line): boolean {
		if (isFurniture(this.text, line)) {
			this.#close();
			return true;
		}
		const content = this.text.slice(line.content, line.content + 2);
		if (BULLETS.includes(content.charAt(0)) && content.charAt(1) === ' ' && content.charAt(0) !== '-') {
			this.#start('paragraph', line.content + 1, line.end);
			return true;
		}
		return this.#labelledLine(line);
	}

	#clean(raw: RawBlock): Block {
		const { kind, level, list, outerList, ordinal } = raw;
		const base = { kind, level, list, outerList, span: { start: raw.start, end: raw.end } };
		const place = ordinal === undefined ? base : { ...base, ordinal };
		if (kind === 'table') {
			const table = raw.html
				? readHtmlTable(this.text, base.span, this.#bounds)
				: readTable(this.text, this.#lines.slice(raw.from, raw.to + 1), this.format, this.#bounds);
			return { ...place, text: '', links: [], leadEnd: 0, table };
		}
		const { text, links, leadEnd } = this.passages.read(this.text, raw.start, raw.end, this.format);
		const read = kind === 'heading' ? readHeadingLabel : readLabel;
		const label = kind === 'metadata' || ordinal !== undefined ? undefined : read(text);
		return { ...place, text, links, leadEnd, ...(label ? { label } : {}) };
	}
}

/**
 * The blocks of a document in order: headings, paragraphs, list items, tables, front matter.
 * @throws DomainError INPUT_TOO_LARGE (`maxLines`, `maxClauses`, `maxCells`)
 */
export function readBlocks(text: string, format: DocumentFormat, limits: ContractLimits, passages: Passages): Block[] {
	const blocks = new BlockReader(text, format, limits, passages).read();
	return blocks.filter((block) => block.text !== '' || block.table !== undefined);
}
