import { readLabel } from '../../tree/label';
import type { PdfBlock } from './block';
import { flowingLines, gatherLines } from './lines';
import { rightEdge } from './margins';
import { brokeFull, endsSentence } from './pages-join';
import { isNode, marksOf, type Child } from './structure';
import { lineText, type PdfLine, type PdfPage, type PlacedText, type StructNode } from './page';

const HEADING = /^H([1-6])?$/;
const BLOCKS = new Set(
	'Document DocumentFragment Part Sect Art Div Aside BlockQuote Caption TOC TOCI Index Title L LI LBody Table THead TBody TFoot TR P H H1 H2 H3 H4 H5 H6 Form Figure Note NonStruct Private'.split(
		' ',
	),
);

const BULLET = '\u2022';

/** A node that has a block somewhere inside is a block; NonStruct and Div may be either. */
function holdsBlocks(node: StructNode): boolean {
	return node.children.some(
		(child) =>
			isNode(child) &&
			(['P', 'L', 'LI', 'Table', 'TR'].includes(child.role) ||
				HEADING.test(child.role) ||
				(BLOCKS.has(child.role) && holdsBlocks(child))),
	);
}

/** Reads the blocks of one page from its structure tree. */
class TaggedPage {
	readonly blocks: PdfBlock[] = [];
	readonly #texts = new Map<string, PlacedText[]>();
	constructor(
		private readonly page: PdfPage,
		private readonly number: number,
		skipped: ReadonlySet<PlacedText>,
		private readonly right: number,
	) {
		for (const text of page.texts) {
			if (text.mark === undefined || skipped.has(text)) continue;
			const known = this.#texts.get(text.mark);
			if (known) known.push(text);
			else this.#texts.set(text.mark, [text]);
		}
	}

	read(): PdfBlock[] {
		if (this.page.structure) this.#flow(this.page.structure.children, 0, undefined);
		return this.blocks;
	}

	/** Blocks among the children one by one; inline content between them as paragraphs (the first may take a marker). */
	#flow(children: readonly Child[], depth: number, marker: string | undefined): void {
		let inline: Child[] = [];
		let open = marker;
		const flush = (): void => {
			for (const marks of this.#apart(marksOf(inline)))
				if (this.#text('paragraph', marks, depth, open)) open = undefined;
			inline = [];
		};
		for (const child of children) {
			if (!isNode(child) || !(BLOCKS.has(child.role) && (child.role !== 'NonStruct' || holdsBlocks(child)))) {
				inline.push(child);
				continue;
			}
			flush();
			this.#block(child, depth, open);
			if (child.role !== 'L' && child.children.length > 0) open = undefined;
		}
		flush();
	}

	/** Content that nothing declares a block, cut where a line begins anew: rows of tables that are there for the layout. */
	#apart(marks: readonly string[]): Child[][] {
		const groups: Child[][] = [];
		let above: PdfLine | undefined;
		for (const mark of marks) {
			const lines = flowingLines(this.#gather([mark]));
			const [line, last] = [lines[0], lines.at(-1)];
			const group = groups.at(-1);
			if (group && !(above && line && beginsAnew(above, line, this.right))) group.push({ mark });
			else groups.push([{ mark }]);
			above = last && (!above || last.y > above.y) ? last : above;
		}
		return groups;
	}

	#block(node: StructNode, depth: number, marker: string | undefined): void {
		const heading = HEADING.exec(node.role);
		if (heading) this.#text('heading', node.children, depth, marker, Number(heading[1] ?? 2));
		else if (node.role === 'L') this.#list(node, depth);
		else if (node.role === 'LI') this.#item(node, depth);
		else if (node.role === 'Table') this.#table(node, depth);
		else if (node.role === 'Title') this.#text('heading', node.children, depth, marker, 1);
		else if (node.role === 'P' && !holdsBlocks(node)) this.#text('paragraph', node.children, depth, marker);
		else this.#flow(node.children, depth, marker);
	}

	#list(list: StructNode, depth: number): void {
		for (const child of list.children) {
			if (!isNode(child)) continue;
			if (child.role === 'LI') this.#item(child, depth);
			else if (child.role === 'L') this.#list(child, depth + 1);
			else this.#block(child, depth, undefined);
		}
	}

	#item(item: StructNode, depth: number): void {
		const labels = item.children.filter((child) => isNode(child) && child.role === 'Lbl');
		const marker = gatherLines(this.#gather(marksOf(labels)))
			.map((line) => line.pieces.map((piece) => piece.text.trim()).join(''))
			.join('');
		const rest = item.children.filter((child) => !labels.includes(child));
		// A label without text is drawn as a dot; an item without label goes on from the page before.
		this.#flow(rest, depth + 1, marker !== '' ? marker : marksOf(labels).length > 0 ? BULLET : undefined);
	}

	#text(
		kind: 'paragraph' | 'heading',
		children: readonly Child[],
		depth: number,
		marker: string | undefined,
		level = 0,
	): boolean {
		const lines = flowingLines(this.#gather(marksOf(children)));
		if (lines.length === 0) return false;
		const base = { level, lines, page: this.number, right: this.right };
		if (marker === undefined) this.blocks.push({ ...base, kind, depth });
		else this.blocks.push({ ...base, kind: 'item', depth: depth - 1, marker });
		return true;
	}

	#table(table: StructNode, depth: number): void {
		const rows: StructNode[] = [];
		const collect = (node: StructNode): void => {
			for (const child of node.children) {
				if (!isNode(child)) continue;
				if (child.role === 'TR') rows.push(child);
				else collect(child);
			}
		};
		collect(table);
		const cells = rows.map((row) => this.#cells(row));
		const filled = cells.filter((row) => row.some((lines) => lines.length > 0));
		if (filled.length === 0) return;
		if (isLayout(rows, filled)) for (const row of rows) this.#text('paragraph', row.children, depth, undefined);
		else this.blocks.push(this.#tableBlock(filled, depth));
	}

	#tableBlock(rows: PdfLine[][][], depth: number): PdfBlock {
		return { kind: 'table', level: 0, depth, lines: [], rows, page: this.number, right: this.right };
	}

	#cells(row: StructNode): PdfLine[][] {
		return row.children
			.filter((child): child is StructNode => isNode(child) && (child.role === 'TD' || child.role === 'TH'))
			.map((cell) => flowingLines(this.#gather(marksOf(cell.children))));
	}

	#gather(marks: readonly string[]): PlacedText[] {
		return marks.flatMap((mark) => this.#texts.get(mark) ?? []);
	}
}

/** Lines of one paragraph stand no further apart, in parts of the type size, even where it is set double-spaced. */
const WIDEST_LEADING = 2.6;

/**
 * Whether a line begins something else than the line above it: a blank line stands between, or it opens with a number
 * where nothing had to go on. Any other new line may be where a paragraph broke.
 */
function beginsAnew(above: PdfLine, line: PdfLine, right: number): boolean {
	if (line.y < above.y + 0.5 * line.size) return false;
	if (line.y - above.y > WIDEST_LEADING * line.size) return true;
	const numbered = readLabel(`${lineText(line.pieces)} Text`) !== undefined;
	return numbered && (endsSentence(lineText(above.pieces)) || !brokeFull(above, line, right));
}

/** Clauses set as rows of a table to have their numbers in the margin: `1.1` in one cell, the text in the other. */
function isLayout(rows: readonly StructNode[], cells: ReadonlyArray<readonly PdfLine[][]>): boolean {
	if (rows.some((row) => row.children.some((cell) => isNode(cell) && cell.role === 'TH'))) return false;
	return cells.every(([number, text, ...rest]) => {
		const label = lineText(number?.[0]?.pieces ?? []);
		const read = readLabel(`${label} Text`);
		return rest.length === 0 && number?.length === 1 && text?.length !== 0 && read && read.length >= label.length;
	});
}

/** The blocks of a tagged file, page by page. */
export function taggedBlocks(pages: readonly PdfPage[], skipped: ReadonlySet<PlacedText>): PdfBlock[][] {
	const all = pages
		.map((page) => gatherLines(page.texts.filter((text) => !skipped.has(text) && !text.artifact)))
		.flat();
	const right = rightEdge(all);
	return pages.map((page, number) => new TaggedPage(page, number, skipped, right).read());
}
