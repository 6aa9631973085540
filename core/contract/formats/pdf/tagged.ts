import type { PdfBlock } from './block';
import { gatherLines } from './lines';
import { rightEdge } from './margins';
import type { PdfLine, PdfPage, PlacedText, StructNode } from './page';

const HEADING = /^H([1-6])?$/;
const BLOCKS = new Set(
	'Document DocumentFragment Part Sect Art Div Aside BlockQuote Caption TOC TOCI Index Title L LI LBody Table THead TBody TFoot TR P H H1 H2 H3 H4 H5 H6 Form Figure Note NonStruct Private'.split(
		' ',
	),
);

const BULLET = '\u2022';

type Child = StructNode['children'][number];

function isNode(child: Child): child is StructNode {
	return 'role' in child;
}

/** Content in order, inline elements unfolded. */
function marksOf(children: readonly Child[], into: string[] = []): string[] {
	for (const child of children) {
		if (isNode(child)) marksOf(child.children, into);
		else into.push(child.mark);
	}
	return into;
}

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
			if (this.#text('paragraph', inline, depth, open)) open = undefined;
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
		const lines = gatherLines(this.#gather(marksOf(children)));
		if (lines.length === 0) return false;
		const base = { level, lines, page: this.number, right: this.right };
		if (marker === undefined) this.blocks.push({ ...base, kind, depth });
		else this.blocks.push({ ...base, kind: 'item', depth: depth - 1, marker });
		return true;
	}

	#table(table: StructNode, depth: number): void {
		const rows: PdfLine[][][] = [];
		const collect = (node: StructNode): void => {
			for (const child of node.children) {
				if (!isNode(child)) continue;
				if (child.role === 'TR') rows.push(this.#cells(child));
				else collect(child);
			}
		};
		collect(table);
		const filled = rows.filter((cells) => cells.some((lines) => lines.length > 0));
		if (filled.length === 0) return;
		this.blocks.push({ kind: 'table', level: 0, depth, lines: [], rows: filled, page: this.number, right: this.right });
	}

	#cells(row: StructNode): PdfLine[][] {
		return row.children
			.filter((child): child is StructNode => isNode(child) && (child.role === 'TD' || child.role === 'TH'))
			.map((cell) => gatherLines(this.#gather(marksOf(cell.children))));
	}

	#gather(marks: readonly string[]): PlacedText[] {
		return marks.flatMap((mark) => this.#texts.get(mark) ?? []);
	}
}

/** Texts that the structure tree of a page reaches. */
function covered(page: PdfPage): Set<string> {
	return new Set(page.structure ? marksOf(page.structure.children) : []);
}

function inkOf(text: PlacedText): number {
	return text.text.replace(/\s/g, '').length;
}

/** Whether the file's own structure reaches (nearly) all text that is no page furniture. */
export function isWellTagged(pages: readonly PdfPage[], skipped: ReadonlySet<PlacedText>): boolean {
	let [all, reached] = [0, 0];
	for (const page of pages) {
		const marks = covered(page);
		for (const text of page.texts) {
			if (skipped.has(text) || text.artifact) continue;
			all += inkOf(text);
			if (text.mark !== undefined && marks.has(text.mark)) reached += inkOf(text);
		}
	}
	return all > 0 && reached >= all * 0.99;
}

/** Space for at least one more line. */
const BLANK_LINE = 1.7;

/** Whether the tags take several paragraphs for one: files exist that are tagged as one paragraph, or hold a text file. */
export function holdsBlankLines(pages: readonly PdfBlock[][]): boolean {
	let [lines, blank] = [0, 0];
	for (const block of pages.flat()) {
		block.lines.forEach((line, at) => {
			const above = block.lines[at - 1];
			lines++;
			if (above && line.y - above.y > BLANK_LINE * line.size) blank++;
		});
	}
	return blank > 2 && blank > lines * 0.03;
}

/** The blocks of a tagged file, page by page. */
export function taggedBlocks(pages: readonly PdfPage[], skipped: ReadonlySet<PlacedText>): PdfBlock[][] {
	const all = pages
		.map((page) => gatherLines(page.texts.filter((text) => !skipped.has(text) && !text.artifact)))
		.flat();
	const right = rightEdge(all);
	return pages.map((page, number) => new TaggedPage(page, number, skipped, right).read());
}
