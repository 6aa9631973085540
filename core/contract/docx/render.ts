import { Rendition } from '../formats/rendition';
import type { ContractLimits } from '../limits';
import type { Block, NoteReference, Paragraph, Table } from './content';
import type { BlockCounter } from './block-counter';
import { isContents, looksLikeHeading, outlineLevel } from './outline-level';
import { boxesOf, markdownText, markText, notesOf, plainText, splitLead } from './paragraph-text';
import { tooLarge } from './refusal';
import { tableRows, type CellText } from './table-rows';

/** Notes by part and id. */
export type Notes = ReadonlyMap<string, Block[]>;

export interface Rendered {
	text: string;
	/** Lines of tables of contents that were left out. */
	contents: number;
}

export function noteKey({ part, id }: NoteReference): string {
	return `${part}/${id}`;
}

const EMPTY_CELL = 3;
const NOTE_NAMES = { footnotes: 'Footnote', endnotes: 'Endnote' } as const;

/** Writes the blocks of a document as Markdown that reads back to the same clauses, numbers and tables. */
class Renderer {
	readonly #rendition = new Rendition();
	/** Levels of the bullets that are open, outermost first. */
	readonly #bullets: number[] = [];
	readonly #noted = new Set<string>();
	readonly #deepest: number;
	#length = 0;
	#contents = 0;

	constructor(
		private readonly counted: BlockCounter,
		private readonly notes: Notes,
		private readonly limits: ContractLimits,
	) {
		this.#deepest = counted.deepest;
	}

	render(blocks: Block[]): Rendered {
		this.#blocks(blocks);
		return { text: this.#rendition.toString(), contents: this.#contents };
	}

	#blocks(blocks: Block[]): void {
		for (const block of blocks) {
			if (block.kind === 'table') this.#table(block);
			else this.#paragraph(block);
		}
	}

	#paragraph(paragraph: Paragraph): void {
		if (isContents(paragraph)) {
			this.#contents++;
			return;
		}
		const mark = this.counted.mark(paragraph);
		const depth = mark?.bullet === true ? this.#bulletDepth(mark.level) : undefined;
		if (depth === undefined) this.#bullets.length = 0;
		if (depth !== undefined) this.#item(paragraph, depth);
		else if (!this.#heading(paragraph, markText(mark, paragraph))) {
			const level = outlineLevel(paragraph);
			this.#line(
				markdownText(paragraph, markText(mark, paragraph), level !== undefined && isShortTitle(plainText(paragraph))),
			);
		}
		for (const note of this.#newNotes(paragraph)) this.#line(note, depth === undefined ? 0 : depth + 1);
		for (const box of boxesOf(paragraph)) this.#blocks(box);
	}

	#item(paragraph: Paragraph, depth: number): void {
		const text = markdownText(paragraph, '');
		if (text === '') return;
		this.#grow(text);
		this.#rendition.item(text, depth, { bullet: true });
	}

	/** @returns false where the paragraph is to be written as one */
	#heading(paragraph: Paragraph, mark: string): boolean {
		const level = outlineLevel(paragraph);
		if (level === undefined || level > this.#deepest) return false;
		if (looksLikeHeading(plainText(paragraph))) {
			this.#title(level, markdownText({ ...paragraph, pieces: plainPieces(paragraph) }, mark));
			return true;
		}
		// A clause among headings: its number, and the words that stand out, are the heading of the rest.
		const split = splitLead(paragraph);
		if (mark === '' && !split) return false;
		const lead = split ? plainPieces(split.lead) : [];
		this.#title(level, markdownText({ ...paragraph, pieces: lead }, mark));
		this.#line(markdownText(split?.rest ?? paragraph, ''));
		return true;
	}

	#title(level: number, text: string): void {
		this.#grow(text);
		this.#rendition.heading(level, text);
	}

	#line(text: string, depth = 0): void {
		this.#grow(text);
		// Two blanks at a line's end are a line break in Markdown.
		this.#rendition.paragraph(text.replaceAll('\n', '  \n'), depth);
	}

	#bulletDepth(level: number): number {
		while ((this.#bullets.at(-1) ?? -1) > level) this.#bullets.pop();
		if (this.#bullets.at(-1) !== level) this.#bullets.push(level);
		return this.#bullets.length - 1;
	}

	/** Notes that the paragraph refers to for the first time. */
	#newNotes(paragraph: Paragraph): string[] {
		return notesOf(paragraph).flatMap((reference) => {
			const key = noteKey(reference);
			const text = this.#noted.has(key) ? '' : this.#plainBlocks(this.notes.get(key) ?? []).replaceAll('\n', ' ');
			this.#noted.add(key);
			if (text === '') return [];
			const piece = { kind: 'text' as const, text: `[${NOTE_NAMES[reference.part]}: ${text}]`, strong: false };
			return [markdownText({ ...paragraph, pieces: [piece] }, '')];
		});
	}

	#table(table: Table): void {
		this.#bullets.length = 0;
		const only = table.rows.length === 1 && table.rows[0]?.cells.length === 1 ? table.rows[0].cells[0] : undefined;
		// A frame around text is no table.
		if (only) return this.#blocks(only.blocks);
		const text: CellText = (blocks) => this.#cell(blocks);
		const rows = tableRows(table, text, this.limits.maxColumns, (length) => this.#add(length));
		if (!rows.some((row) => row.some((cell) => cell !== ''))) return;
		// All rows are filled up to the width of the widest.
		const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
		this.#add(rows.reduce((sum, row) => sum + (width - row.length) * EMPTY_CELL, 0));
		this.#rendition.table(rows);
	}

	#cell(blocks: Block[]): string {
		const text = this.#plainBlocks(blocks);
		this.#grow(text);
		return text;
	}

	#plainBlocks(blocks: Block[]): string {
		return blocks
			.flatMap((block) => (block.kind === 'table' ? this.#nestedRows(block) : this.#plainLines(block)))
			.filter((line) => line !== '')
			.join('\n');
	}

	#plainLines(paragraph: Paragraph): string[] {
		const mark = this.counted.mark(paragraph);
		const text = plainText(paragraph);
		const number = mark?.bullet === true && text !== '' ? '• ' : markText(mark, paragraph);
		const notes = notesOf(paragraph).map((note) => this.#plainNote(note));
		return [`${number}${text}`.trim(), ...notes, ...boxesOf(paragraph).map((box) => this.#plainBlocks(box))];
	}

	#plainNote(reference: NoteReference): string {
		const key = noteKey(reference);
		if (this.#noted.has(key)) return '';
		this.#noted.add(key);
		const text = this.#plainBlocks(this.notes.get(key) ?? []).replaceAll('\n', ' ');
		return text === '' ? '' : `[${NOTE_NAMES[reference.part]}: ${text}]`;
	}

	/** A table in a cell has no rows of its own in Markdown: one line for each of its rows. */
	#nestedRows(table: Table): string[] {
		return table.rows.map((row) =>
			row.cells
				.map((cell) => this.#plainBlocks(cell.blocks).replaceAll('\n', ' '))
				.filter((text) => text !== '')
				.join(' '),
		);
	}

	#grow(text: string): void {
		this.#add(text.length);
	}

	/** Lists, merged cells and notes can make a text longer than its file. */
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

function isShortTitle(text: string): boolean {
	return text !== '' && looksLikeHeading(text) && !/[.;,:]$/.test(text) && !/^\P{L}*\p{Ll}/u.test(text);
}

/** A heading is one line, and says by its level that it stands out. */
function plainPieces(paragraph: Paragraph): Paragraph['pieces'] {
	return paragraph.pieces.map((piece) => (piece.kind === 'text' ? { ...piece, strong: false } : piece));
}

/** @param counted the same blocks, counted in document order */
export function renderBlocks(blocks: Block[], counted: BlockCounter, notes: Notes, limits: ContractLimits): Rendered {
	return new Renderer(counted, notes, limits).render(blocks);
}
