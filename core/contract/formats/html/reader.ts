import { assertCount, type ContractLimits } from '../../limits';
import { Rendition, type Marker } from '../rendition';
import { Runs } from '../runs';
import { BLOCKS, elementOf, type Element } from './element';
import type { HtmlEvents } from './events';
import { ListCounter, listStyle } from './list-number';
import type { TextView } from './read';
import { pipeRows } from './pipe-rows';
import { TableBuilder, type HtmlTable } from './table';

const LISTS = new Set(['ol', 'ul', 'menu', 'dir']);
const UNITS = /(?:^|[^\p{L}])(?:[kcm]?m|ft|in|yd|mi)$/u;

interface Item {
	marker: Marker | undefined;
	written: boolean;
}

interface Cell {
	runs: Runs;
	lines: string[];
	header: boolean;
	attributes: ReadonlyMap<string, string>;
}

/** Turns the events of a page into its rendition. */
export class HtmlReader implements HtmlEvents {
	readonly #out = new Rendition();
	readonly #warnings = new Set<string>();
	readonly #elements: Element[] = [];
	readonly #lists: ListCounter[] = [];
	readonly #items: Item[] = [];
	readonly #tables: TableBuilder[] = [];
	readonly #cells: Cell[] = [];
	readonly #links: string[] = [];
	readonly #body = new Runs();
	#hidden = 0;
	#bold = 0;
	#pre = 0;
	#sup: { text: string; linked: boolean } | undefined;
	#orderedLists = 0;

	constructor(
		private readonly view: TextView,
		private readonly limits: ContractLimits,
		private readonly reversed: readonly number[],
	) {}

	finish(): { text: string; warnings: string[] } {
		this.#flush();
		return { text: this.#out.toString(), warnings: [...this.#warnings] };
	}

	open(name: string, attributes: ReadonlyMap<string, string>): void {
		const element = elementOf(name, attributes, this.view, this.#sup !== undefined);
		if (element.revised) this.#warnings.add(`The page shows deletions or insertions; it was read as ${this.view}.`);
		this.#elements.push(element);
		if (element.hidden) this.#hidden++;
		if (this.#hidden > 0) return;
		if (BLOCKS.has(name)) this.#openBlock(name, attributes);
		if (element.bold) this.#bold++;
		if (element.pre) this.#pre++;
		if (element.link) this.#links.push(attributes.get('href') ?? '');
		if (element.sup) this.#sup = { text: '', linked: false };
		if (element.link && this.#sup) this.#sup.linked = true;
		if (name === 'br') this.#break();
		if (name === 'input') this.#input(attributes);
	}

	close(name: string): void {
		const element = this.#elements.pop();
		if (!element) return;
		if (this.#hidden > 0) {
			if (element.hidden) this.#hidden--;
			return;
		}
		if (element.sup) this.#closeSup();
		if (BLOCKS.has(name)) this.#closeBlock(name);
		if (element.bold) this.#bold--;
		if (element.pre) this.#pre--;
		if (element.link) this.#links.pop();
	}

	text(text: string): void {
		if (this.#hidden > 0) return;
		if (this.#sup) this.#sup.text += text;
		else if (this.#pre > 0) this.#preformatted(text);
		else this.#add(text);
	}

	get #runs(): Runs {
		return this.#cells.at(-1)?.runs ?? this.#body;
	}

	#add(text: string): void {
		this.#runs.add(text, this.#bold > 0, this.#links.at(-1));
	}

	/** Two line breaks in a row part paragraphs. */
	#break(): void {
		if (this.#runs.broken) this.#flush();
		else this.#runs.lineBreak();
	}

	#preformatted(text: string): void {
		const lines = text.replaceAll('\r\n', '\n').split('\n');
		lines.forEach((line, index) => {
			if (index > 0) this.#break();
			this.#add(line);
		});
	}

	#input(attributes: ReadonlyMap<string, string>): void {
		const type = attributes.get('type')?.toLowerCase();
		if (type === 'checkbox' || type === 'radio') this.#add(attributes.has('checked') ? '[x] ' : '[ ] ');
	}

	/** `10<sup>th</sup>` is one word, `m<sup>2</sup>` a power, `fees<sup>1</sup>` a note. */
	#closeSup(): void {
		const sup = this.#sup;
		this.#sup = undefined;
		const text = sup?.text.trim() ?? '';
		if (!sup || text === '') return;
		if (!/^[0-9*\u2020\u2021[\]()]{1,6}$/.test(text)) return this.#add(sup.text);
		const before = this.#runs.tail;
		if (!sup.linked && (/[0-9]$/.test(before) || UNITS.test(before))) return this.#add(`^${text}`);
		this.#add(text.startsWith('[') || text.startsWith('(') ? text : `[${text}]`);
	}

	#openBlock(name: string, attributes: ReadonlyMap<string, string>): void {
		if (name === 'td' || name === 'th') return this.#openCell(name, attributes);
		this.#flush();
		assertCount('maxClauses', this.#out.size, this.limits);
		if (LISTS.has(name)) this.#openList(name, attributes);
		else if (name === 'li') {
			const list = this.#lists.at(-1);
			this.#items.push({ marker: list ? list.take(attributes) : { bullet: true }, written: false });
		} else if (name === 'table') this.#tables.push(new TableBuilder(this.limits.maxColumns));
		else if (name === 'tr') this.#tables.at(-1)?.row();
		else if (name === 'thead' || name === 'tbody' || name === 'tfoot') this.#tables.at(-1)?.section(name);
	}

	#openList(name: string, attributes: ReadonlyMap<string, string>): void {
		const ordered = name === 'ol';
		const items = ordered ? (this.reversed[this.#orderedLists++] ?? 0) : 0;
		this.#lists.push(new ListCounter(ordered, listStyle(attributes), attributes, items));
	}

	#openCell(name: string, attributes: ReadonlyMap<string, string>): void {
		if (this.#tables.length === 0) return this.#flush();
		this.#cells.push({ runs: new Runs(), lines: [], header: name === 'th', attributes });
	}

	#closeBlock(name: string): void {
		if (/^h[1-6]$/.test(name) && this.#cells.length === 0) return this.#heading(Number(name.charAt(1)));
		if (name === 'dt') return this.#term();
		if (name === 'td' || name === 'th') return this.#closeCell();
		this.#flush();
		if (LISTS.has(name)) this.#lists.pop();
		else if (name === 'li') this.#items.pop();
		else if (name === 'thead') this.#tables.at(-1)?.section('');
		else if (name === 'table') this.#closeTable();
	}

	#heading(level: number): void {
		const item = this.#items.at(-1);
		const text = this.#runs.takeMarkdown({ bold: false }).replaceAll('\n', ' ');
		if (item && !item.written && text !== '') this.#write(`${'#'.repeat(level)} ${text}`);
		else this.#out.heading(level, text);
	}

	/** A term of a definition list stands out like a heading above its meaning. */
	#term(): void {
		if (this.#cells.length > 0) return this.#flush();
		const text = this.#runs.takeMarkdown({ bold: false }).replaceAll('\n', ' ');
		if (text !== '') this.#write(`**${text.replace(/^\*\*|\*\*$/g, '')}**`);
	}

	#closeCell(): void {
		const cell = this.#cells.at(-1);
		if (!cell) return this.#flush();
		this.#flush();
		this.#cells.pop();
		this.#tables.at(-1)?.cell(cell.lines.join('\n\n'), cell.header, cell.attributes);
	}

	#closeTable(): void {
		const table = this.#tables.pop()?.finish();
		if (!table) return;
		const cell = this.#cells.at(-1);
		if (cell) cell.lines.push(...(table.layout ?? table.rows.map((row) => row.join(' '))));
		else this.#writeTable(table);
	}

	#writeTable(table: HtmlTable): void {
		for (const paragraph of table.layout ?? []) {
			paragraph.split('\n').forEach((line, index) => {
				if (index > 0) this.#body.lineBreak();
				this.#body.add(line);
			});
			this.#flush();
		}
		if (table.rows.length > 0) this.#out.table(table.rows, this.#items.length);
	}

	/** Ends the paragraph at hand. */
	#flush(): void {
		const cell = this.#cells.at(-1);
		if (cell) {
			const text = cell.runs.takeText();
			if (text !== '') cell.lines.push(this.#cellMark() + text);
			return;
		}
		const rows = this.#body.opensWithBar ? pipeRows(this.#body.text) : undefined;
		if (rows) {
			this.#body.takeText();
			return this.#out.table(rows, this.#items.length);
		}
		const text = this.#body.takeMarkdown();
		if (text !== '') this.#write(text);
	}

	/** Inside a cell there are no lists: the item's number becomes text. */
	#cellMark(): string {
		const item = this.#items.at(-1);
		if (!item || item.written || !item.marker) return '';
		item.written = true;
		if ('ordinal' in item.marker) return `${item.marker.ordinal}. `;
		return 'label' in item.marker ? `${item.marker.label} ` : '';
	}

	#write(text: string): void {
		const item = this.#items.at(-1);
		const depth = this.#items.length;
		if (!item || item.written || !item.marker) return this.#out.paragraph(text, depth);
		item.written = true;
		this.#out.item(text, depth - 1, item.marker);
	}
}
