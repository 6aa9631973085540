import type { PdfBlock } from './block';
import { splitColumns } from './columns';
import { firstLineIndent, firstLines } from './first-lines';
import { Indents } from './indents';
import { rightEdge } from './margins';
import { lineText, type PdfLine, type PdfPage } from './page';
import { joinTables, repeatsHeader } from './pages-join';
import { continues, goesOnBehind, openingOf, type Opening } from './paragraphs';
import { areListed } from './numbering';
import { gridsOf, type Grid } from './grid';
import { isWordwise } from './segments';
import { isSpacedHeading, paragraphGap, standApart, usualLeading } from './spacing';
import { findTable, readGrid, type FoundTable } from './table-finder';

/** Type this much larger than the text's is a heading's. */
const LARGER = 1.12;
const LONGEST_HEADING = 300;

/** The type size that most of the text is set in. */
function bodySize(lines: readonly PdfLine[]): number {
	const counts = new Map<number, number>();
	for (const line of lines) counts.set(line.size, (counts.get(line.size) ?? 0) + lineText(line.pieces).length);
	let [best, most] = [10, 0];
	for (const [size, count] of counts) if (count > most) [best, most] = [size, count];
	return best;
}

/** Heading levels by type size, the largest first. */
function headingLevels(lines: readonly PdfLine[], body: number): Map<number, number> {
	const sizes = [...new Set(lines.map((line) => line.size).filter((size) => size > body * LARGER))].sort(
		(a, b) => b - a,
	);
	return new Map(sizes.map((size, index) => [size, Math.min(6, index + 1)]));
}

/** Where a stretch of lines stands. */
interface Stretch {
	page: number;
	width: number;
	left: number;
	right: number;
	grids: readonly Grid[];
	/** Lines that open a paragraph by standing in. */
	first?: ReadonlySet<PdfLine>;
}

class GeometryReader {
	readonly #blocks: PdfBlock[] = [];
	readonly #indents = new Indents();
	readonly #levels: Map<number, number>;
	readonly #leading: number;
	#listed = false;
	#indent: number | undefined;
	readonly #right: number;
	readonly #apart: boolean;
	readonly #gap: number;
	readonly #body: number;
	/** The block that the next line may go on with. */
	#open: PdfBlock | undefined;

	constructor(private readonly all: readonly PdfLine[]) {
		this.#body = bodySize(all);
		this.#levels = headingLevels(all, this.#body);
		this.#right = rightEdge(all);
		this.#leading = usualLeading(all, this.#right);
		this.#apart = standApart(all, this.#leading, this.#right);
		this.#gap = paragraphGap(all, this.#leading);
	}

	read(pages: readonly PdfPage[], lines: ReadonlyArray<readonly PdfLine[]>): PdfBlock[] {
		const regions = pages.flatMap((page, number) => {
			const grids = gridsOf(page.rules);
			return splitColumns(lines[number] ?? [], page.width, grids).map((region): [PdfLine[], Stretch] => {
				const left = Math.min(...region.map((line) => line.x0));
				const right = Math.min(rightEdge(region), this.#right);
				return [region, { page: number, width: page.width, left, right, grids }];
			});
		});
		this.#indent = firstLineIndent(regions.map(([region, { right }]) => ({ lines: region, right })));
		this.#listed = areListed(this.all, this.#right, this.#indent);
		for (const [region, stretch] of regions)
			this.#region(region, { ...stretch, first: firstLines(region, stretch, this.#indent) });
		return this.#blocks;
	}

	#region(lines: readonly PdfLine[], stretch: Stretch): void {
		for (let at = 0; at < lines.length; at++) {
			const line = lines[at];
			if (!line) continue;
			const table = this.#table(lines, at, stretch);
			if (table) {
				this.#addTable(table, stretch);
				at += table.taken - 1;
			} else if (this.#goesOn(line, lines[at + 1], stretch)) this.#open?.lines.push(line);
			else this.#add(this.#block(line, lines[at + 1], stretch));
		}
	}

	#table(lines: readonly PdfLine[], at: number, stretch: Stretch): FoundTable | undefined {
		const grid = readGrid(lines, at, stretch.grids);
		if (grid) return grid;
		const last = this.#blocks.at(-1);
		const cut = at === 0 && last?.kind === 'table' && last.page < stretch.page ? last.columns : undefined;
		return findTable(lines, at, stretch.width, this.#leading, cut);
	}

	#addTable(table: FoundTable, { page, right, left }: Stretch): void {
		const last = this.#blocks.at(-1);
		const { rows, columns } = table;
		this.#open = undefined;
		this.#indents.clear();
		const block: PdfBlock = { kind: 'table', level: 0, depth: 0, lines: [], rows, page, left, right, columns };
		const next = last?.kind === 'table' && (last.page < page || (left > last.right && repeatsHeader(last, block)));
		if (next && joinTables(last, block)) [last.page, last.left, last.right] = [page, left, right];
		else this.#blocks.push(block);
	}

	#add(block: PdfBlock): void {
		this.#blocks.push(block);
		this.#open = block;
	}

	#goesOn(line: PdfLine, next: PdfLine | undefined, stretch: Stretch): boolean {
		const open = this.#open;
		const above = open?.lines.at(-1);
		if (!open || !above || stretch.first?.has(line) === true) return false;
		const edge = textEdge(open);
		const first = open.lines.length === 1 ? above.x0 : edge;
		const { left, right } = stretch;
		// Where first lines stand in, a line at the left edge is none, whatever it begins with.
		const inside = this.#indent !== undefined && line.x0 - left < 0.5 * this.#indent;
		const area = { left, right, leading: this.#leading, apart: this.#apart, edge, first, inside };
		if (open.page === stretch.page && line.y > above.y) return continues(above, line, area);
		// A new page or column: the distance tells nothing.
		const follows = next !== undefined && continues(line, next, { ...area, edge: line.x0 });
		const level = this.#levels.has(line.size);
		if (level || !goesOnBehind(open, line, follows, { ...area, edge: edge - (open.left ?? 0) })) return false;
		[open.page, open.left, open.right] = [stretch.page, stretch.left, stretch.right];
		return true;
	}

	#block(line: PdfLine, next: PdfLine | undefined, { page, left, right }: Stretch): PdfBlock {
		const base = { level: 0, depth: 0, lines: [line], page, left, right };
		const spaced = line.size <= this.#body * LARGER && isSpacedHeading(line, next, this.#gap, this.#body);
		const level = this.#levels.get(line.size) ?? (spaced ? Math.min(6, this.#levels.size + 1) : undefined);
		if (level !== undefined && lineText(line.pieces).length <= LONGEST_HEADING) {
			this.#indents.clear();
			return { ...base, kind: 'heading', level };
		}
		const opening = openingOf(line);
		if (!opening) return { ...base, kind: 'paragraph', depth: this.#indents.paragraph(line.x0) };
		const listed = opening.kind === 'bullet' || (opening.kind === 'ordinal' && this.#listed);
		const depth = this.#indents.item(line.x0, opening.textX, listed);
		if (!listed) return { ...base, kind: 'paragraph', depth };
		return { ...base, kind: 'item', depth, marker: opening.marker, lines: [behind(line, opening)] };
	}
}

/** Where the text of a block stands: its second line, else behind the first one's mark. */
function textEdge(block: PdfBlock): number {
	const [first, second] = block.lines;
	if (second) return second.x0;
	if (!first) return 0;
	return block.marker !== undefined ? (first.pieces[0]?.x ?? first.x0) : (openingOf(first)?.textX ?? first.x0);
}

/** The line without its mark. */
function behind(line: PdfLine, { marker, textX }: Opening): PdfLine {
	let left = marker.length;
	const pieces = line.pieces.flatMap((piece) => {
		if (left === 0) return [piece];
		const text = piece.text.trimStart();
		const taken = Math.min(left, text.length);
		left -= taken;
		const rest = text.slice(taken).trimStart();
		return rest === '' ? [] : [{ ...piece, text: rest, x: textX, width: piece.x + piece.width - textX }];
	});
	return { ...line, pieces };
}

/** Blocks of a file without (sound) structure, from where its text stands. */
export function geometryBlocks(pages: readonly PdfPage[], lines: ReadonlyArray<readonly PdfLine[]>): PdfBlock[] {
	const all = lines.flat();
	if (isWordwise(all)) for (const line of all) line.wordwise = true;
	return new GeometryReader(all).read(pages, lines);
}
