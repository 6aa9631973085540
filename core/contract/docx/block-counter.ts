import type { ContractLimits } from '../limits';
import type { Block, Paragraph, Row } from './content';
import { ListCounter, type ListMark } from './list-counter';
import type { Numbering } from './numbering';
import { HeadingLevels, isContents, outlineLevel } from './outline-level';
import { boxesOf, plainText } from './paragraph-text';
import { tooLarge } from './refusal';

/** What parts two cells of a row in the text. */
const CELL = 3;

/**
 * Goes over the blocks of a document while they are read: the numbers before paragraphs, which outline levels hold
 * headings, and how long the text is going to be at least. Lists and merged cells make a text longer than its file, so
 * a file beyond the limit is refused as soon as that shows.
 */
export class BlockCounter {
	readonly #marks = new Map<Paragraph, ListMark>();
	readonly #levels = new HeadingLevels();
	readonly #counter: ListCounter;
	/** Lengths of the cells over several rows, by column, of the outermost table that is being read. */
	#above: Array<number | undefined> = [];
	#length = 0;
	#blocks = 0;

	constructor(
		private readonly numbering: Numbering,
		private readonly limits: ContractLimits,
	) {
		this.#counter = new ListCounter(numbering);
	}

	mark(paragraph: Paragraph): ListMark | undefined {
		return this.#marks.get(paragraph);
	}

	/** The deepest outline level whose paragraphs are headings. */
	get deepest(): number {
		return this.#levels.deepest();
	}

	/** The next block outside of tables. The first `rowsKnown` rows of a table have been counted before. */
	block(block: Block, rowsKnown = 0): void {
		if (block.kind === 'paragraph') {
			const length = this.#count(block, false);
			this.#add(length);
			if (length > 0) this.#clause();
		} else {
			this.#clause();
			for (const row of rowsKnown > 0 ? block.rows.slice(rowsKnown) : block.rows) this.row(row);
			this.#above = [];
		}
	}

	/** The next row of the table that comes next. */
	row(row: Row): void {
		const { maxColumns } = this.limits;
		let column = row.before;
		let length = column * CELL;
		for (const cell of row.cells) {
			const own = cell.blocks.reduce((sum, block) => sum + this.#count(block, true), 0);
			const shown = cell.merge === 'continue' ? (this.#above[column] ?? own) : own;
			this.#above[column] = cell.merge === undefined ? undefined : shown;
			if (column < maxColumns) length += shown + Math.min(cell.columns, maxColumns - column) * CELL;
			column = Math.min(maxColumns, column + cell.columns);
		}
		this.#add(length);
	}

	/**
	 * Numbers run through tables and text boxes in document order; headings are judged outside of tables.
	 * @returns characters at least
	 */
	#count(block: Block, inTable: boolean): number {
		if (block.kind === 'table') {
			let length = 0;
			for (const { cells } of block.rows)
				for (const cell of cells) for (const inner of cell.blocks) length += this.#count(inner, true);
			return length;
		}
		const mark = this.#markOf(block);
		if (mark) this.#marks.set(block, mark);
		const level = inTable ? undefined : outlineLevel(block);
		if (level !== undefined) this.#levels.count(level, plainText(block));
		let length = isContents(block) ? 0 : (mark?.text.length ?? 0);
		for (const piece of block.pieces)
			if (piece.kind === 'text' && !piece.code && !isContents(block)) length += piece.text.length;
		for (const box of boxesOf(block)) for (const inner of box) length += this.#count(inner, inTable);
		return length;
	}

	#markOf({ list, style }: Paragraph): ListMark | undefined {
		const place = this.numbering.place(list, style);
		return place && this.#counter.next(place.numId, place.level);
	}

	/** Paragraphs that say something, and tables, become clauses. */
	#clause(): void {
		const { maxClauses } = this.limits;
		if (++this.#blocks > maxClauses)
			throw tooLarge(`it has more than ${maxClauses} paragraphs`, 'maxClauses', maxClauses, this.#blocks);
	}

	#add(length: number): void {
		const { maxCharacters } = this.limits;
		this.#length += length;
		if (this.#length > maxCharacters)
			throw tooLarge(
				`its text has more than ${maxCharacters} characters`,
				'maxCharacters',
				maxCharacters,
				this.#length,
			);
	}
}
