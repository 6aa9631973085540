import type { BlockCounter } from './block-counter';
import type { Block, Cell, Paragraph, Row, Table } from './content';
import { ParagraphReader, type LeftOut } from './paragraph-reader';
import type { StyleSheet } from './styles';
import type { View } from './view';
import { child, childValue, switched, type XmlElement } from './xml-element';

/** A cell of which nothing is to be seen, one for all. */
const BLANK: Cell = { columns: 1, blocks: [] };

function isBlank(cells: readonly Cell[]): boolean {
	return cells.every((cell) => cell === BLANK);
}

function isSame(cells: readonly Cell[], others: readonly Cell[]): boolean {
	return cells.length === others.length && isBlank(others);
}

/** A paragraph without text or number, as Word asks for one in each cell. */
function saysNothing(block: Block): boolean {
	if (block.kind === 'table') return false;
	const { pieces, list, style } = block;
	return pieces.length === 0 && list.numId === undefined && style.numId === undefined;
}

/** Puts the blocks of one container in order, joining paragraphs whose mark is not there in the view. */
class Flow {
	readonly blocks: Block[] = [];
	#open: { paragraph: Paragraph; keepsStyle: boolean } | undefined;

	constructor(private readonly take?: (block: Block) => void) {}

	paragraph(paragraph: Paragraph, ends: boolean, leads: boolean): void {
		const joined = this.#open ? join(this.#open, paragraph) : paragraph;
		const keepsStyle = joined.pieces.length > 0 && (leads || (this.#open?.keepsStyle ?? false));
		this.#open = ends ? undefined : { paragraph: joined, keepsStyle };
		if (ends) this.#push(joined);
	}

	#push(block: Block): void {
		this.blocks.push(block);
		this.take?.(block);
	}

	table(table: Table): void {
		this.end();
		if (table.rows.length > 0) this.#push(table);
	}

	/** Nothing can be joined across the end of a cell or a table: what is left over stands by itself, if it is anything. */
	end(): Block[] {
		if (this.#open && this.#open.paragraph.pieces.length > 0) this.#push(this.#open.paragraph);
		this.#open = undefined;
		return this.blocks;
	}
}

/**
 * The mark at a paragraph's end holds its properties, so those of the later paragraph are the joined one's; but a
 * hidden mark (a style separator) sets a heading and the text after it on one line, and the number is the heading's.
 */
function join(open: { paragraph: Paragraph; keepsStyle: boolean }, next: Paragraph): Paragraph {
	const base = open.keepsStyle ? open.paragraph : next;
	if (open.keepsStyle) open.paragraph.pieces.push({ kind: 'text', text: ' ', strong: false });
	// The earlier array grows: a thousand joined paragraphs are not copied a thousand times.
	for (const piece of next.pieces) open.paragraph.pieces.push(piece);
	return { ...base, pieces: open.paragraph.pieces };
}

/** Reads the blocks of a document part in one view. */
export class BodyReader {
	readonly #paragraphs: ParagraphReader;
	readonly #flow: Flow;
	/** Rows of the table that comes next. */
	#rows: Row[] = [];
	/** How many of them came one by one, and have been counted. */
	#counted = 0;

	/** @param counter takes the blocks in document order as soon as they are read */
	constructor(
		styles: StyleSheet,
		private readonly view: View,
		private readonly maxColumns: number,
		private readonly counter?: BlockCounter,
	) {
		this.#flow = new Flow((block) => {
			counter?.block(block, block.kind === 'table' ? this.#counted : 0);
			if (block.kind === 'table') this.#counted = 0;
		});
		this.#paragraphs = new ParagraphReader(styles, view, (element) => this.#container(element));
	}

	get leftOut(): LeftOut {
		return this.#paragraphs.leftOut;
	}

	/** The next element of the part. */
	add(element: XmlElement): void {
		this.#block(element, this.#flow);
	}

	/** The next row of the table that comes next. */
	addRow(row: XmlElement): void {
		// Nothing is joined across the start of a table.
		this.#flow.end();
		this.#row(row, this.#rows);
		for (; this.#counted < this.#rows.length; this.#counted++) {
			const added = this.#rows[this.#counted];
			if (added) this.counter?.row(added);
		}
	}

	end(): Block[] {
		return this.#flow.end();
	}

	#container(element: XmlElement): Block[] {
		const flow = new Flow();
		for (const part of element.children) this.#block(part, flow);
		return flow.end();
	}

	#block(element: XmlElement, flow: Flow): void {
		const { name } = element;
		if (name === 'w:p') this.#paragraph(element, flow);
		else if (name === 'w:tbl') flow.table(this.#table(element));
		else if (name === 'w:altChunk' || name === 'w:subDoc') this.leftOut.embedded++;
		// Content controls, custom XML and revisions around blocks are seen through.
		else if (this.view.shows(name)) for (const part of element.children) this.#block(part, flow);
	}

	#paragraph(element: XmlElement, flow: Flow): void {
		const properties = child(element, 'w:pPr');
		const mark = child(properties, 'w:rPr');
		const hidden = switched(mark, 'w:vanish') === true || switched(mark, 'w:specVanish') === true;
		// A dropped capital is a paragraph of its own in the file, and the first letter of the next one to a reader.
		const drops = child(properties, 'w:framePr')?.attribute('w:dropCap') ?? 'none';
		const ends = !hidden && drops === 'none' && this.view.showsMark(properties);
		flow.paragraph(this.#paragraphs.read(element), ends, hidden);
	}

	#table(element: XmlElement): Table {
		const rows = this.#rows;
		this.#rows = [];
		this.#each(element, 'w:tr', (row) => this.#row(row, rows));
		return { kind: 'table', rows };
	}

	#row(row: XmlElement, rows: Row[]): void {
		const properties = child(row, 'w:trPr');
		if (!this.view.showsRow(properties)) return;
		const outer = this.#rows;
		this.#rows = [];
		const cells = this.#cells(row);
		this.#rows = outer;
		if (cells.length === 0) return;
		const header = switched(properties, 'w:tblHeader') ?? false;
		const before = this.#columns(childValue(properties, 'w:gridBefore'), 0);
		const last = rows.at(-1);
		// A form of half a million empty rows is one row many times.
		if (last && !header && !last.header && before === last.before && isBlank(cells) && isSame(cells, last.cells))
			rows.push(last);
		else rows.push({ header, before, cells });
	}

	#cells(row: XmlElement): Cell[] {
		const cells: Cell[] = [];
		this.#each(row, 'w:tc', (cell) => {
			const properties = child(cell, 'w:tcPr');
			if (!this.view.showsCell(properties)) return;
			const shown = this.view.properties(properties, 'w:tcPr');
			const merge = this.#merge(properties, shown);
			const columns = this.#columns(childValue(shown, 'w:gridSpan'), 1);
			const blocks = this.#container(cell);
			if (columns === 1 && merge === undefined && blocks.every(saysNothing)) cells.push(BLANK);
			else cells.push({ columns, blocks, ...(merge === undefined ? {} : { merge }) });
		});
		return cells;
	}

	/** A tracked merge (`w:cellMerge`) says how it was before and after; without one the cell's own merge holds. */
	#merge(properties: XmlElement | undefined, shown: XmlElement | undefined): Cell['merge'] {
		const tracked = child(properties, 'w:cellMerge')?.attribute(this.view.accepted ? 'w:vMerge' : 'w:vMergeOrig');
		if (tracked !== undefined) return tracked === 'rest' ? 'restart' : 'continue';
		const merge = child(shown, 'w:vMerge');
		if (!merge) return undefined;
		return merge.attribute('w:val') === 'restart' ? 'restart' : 'continue';
	}

	#columns(text: string | undefined, least: number): number {
		const columns = Number(text ?? least);
		return Number.isInteger(columns) ? Math.min(this.maxColumns, Math.max(least, columns)) : least;
	}

	/** Rows and cells may stand in content controls and the like. */
	#each(element: XmlElement, name: string, take: (found: XmlElement) => void): void {
		for (const part of element.children) {
			if (part.name === name) take(part);
			else if (!part.name.endsWith('Pr') && part.name !== 'w:p' && part.name !== 'w:tbl' && this.view.shows(part.name))
				this.#each(part, name, take);
		}
	}
}
