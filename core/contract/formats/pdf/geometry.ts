import type { PdfBlock } from './block';
import { splitColumns } from './columns';
import { rightEdge } from './margins';
import { lineText, type PdfLine, type PdfPage } from './page';
import { continues, openingOf, usualLeading, type Opening } from './paragraphs';
import { isWordwise } from './segments';
import { findTable } from './table-finder';

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

/** The open items that a line may stand inside of. */
class Indents {
	readonly #open: Array<{ x: number; textX: number }> = [];

	clear(): void {
		this.#open.length = 0;
	}

	/** Depth of an item whose mark stands at `x`. */
	item(x: number, textX: number): number {
		while (this.#open.length > 0 && (this.#open.at(-1)?.x ?? 0) > x - 4) this.#open.pop();
		this.#open.push({ x, textX });
		return this.#open.length - 1;
	}

	/** How many items a paragraph at `x` stands inside of. */
	paragraph(x: number): number {
		while (this.#open.length > 0 && (this.#open.at(-1)?.x ?? 0) > x - 4) this.#open.pop();
		return this.#open.length;
	}
}

class GeometryReader {
	readonly #indents = new Indents();
	readonly #body: number;
	readonly #levels: Map<number, number>;
	readonly #leading: number;
	readonly #nested: boolean;
	readonly #right: number;

	constructor(all: readonly PdfLine[]) {
		this.#body = bodySize(all);
		this.#levels = headingLevels(all, this.#body);
		this.#leading = usualLeading(all);
		this.#nested = hasNestedNumbers(all);
		this.#right = rightEdge(all);
	}

	page(page: PdfPage, lines: readonly PdfLine[], number: number): PdfBlock[] {
		return splitColumns(lines, page.width).flatMap((region) => this.#region(region, page, number));
	}

	#region(lines: readonly PdfLine[], page: PdfPage, number: number): PdfBlock[] {
		const blocks: PdfBlock[] = [];
		const area = {
			left: Math.min(...lines.map((line) => line.x0)),
			right: Math.min(rightEdge(lines), this.#right),
			leading: this.#leading,
		};
		let open: PdfBlock | undefined;
		for (let at = 0; at < lines.length; at++) {
			const line = lines[at];
			if (!line) continue;
			const table = findTable(lines, at, page.width);
			if (table) {
				blocks.push({
					kind: 'table',
					level: 0,
					depth: 0,
					lines: [],
					rows: table.rows,
					page: number,
					right: area.right,
				});
				at += table.taken - 1;
				open = undefined;
				this.#indents.clear();
				continue;
			}
			const above = open?.lines.at(-1);
			if (open && above && continues(above, line, { ...area, edge: textEdge(open) })) open.lines.push(line);
			else blocks.push((open = this.#block(line, number, area.right)));
		}
		return blocks;
	}

	#block(line: PdfLine, page: number, right: number): PdfBlock {
		const base = { level: 0, depth: 0, lines: [line], page, right };
		const level = this.#levels.get(line.size);
		if (level !== undefined && lineText(line.pieces).length <= LONGEST_HEADING) {
			this.#indents.clear();
			return { ...base, kind: 'heading', level };
		}
		const opening = openingOf(line);
		if (!opening) return { ...base, kind: 'paragraph', depth: this.#nested ? this.#indents.paragraph(line.x0) : 0 };
		const depth = this.#indents.item(line.x0, opening.textX);
		if (opening.kind === 'bullet' || (opening.kind === 'ordinal' && this.#nested))
			return {
				...base,
				kind: 'item',
				depth: this.#nested ? depth : 0,
				marker: opening.marker,
				lines: [behind(line, opening)],
			};
		return { ...base, kind: 'paragraph', depth: this.#nested ? depth : 0 };
	}
}

/** Where the text of a block stands: its second line, else behind the first one's mark. */
function textEdge(block: PdfBlock): number {
	const [first, second] = block.lines;
	if (second) return second.x0;
	return block.marker !== undefined && first
		? (first.pieces[0]?.x ?? first.x0)
		: first
			? (openingOf(first)?.textX ?? first.x0)
			: 0;
}

/** The line without its mark. */
function behind(line: PdfLine, opening: Opening): PdfLine {
	let left = opening.marker.length;
	const pieces = line.pieces.flatMap((piece) => {
		if (left === 0) return [piece];
		const text = piece.text.trimStart();
		const taken = Math.min(left, text.length);
		left -= taken;
		const rest = text.slice(taken).trimStart();
		return rest === '' ? [] : [{ ...piece, text: rest }];
	});
	return { ...line, pieces };
}

/** Whether `1.` stands under another number: then depth tells `2.1` from `1`. */
function hasNestedNumbers(lines: readonly PdfLine[]): boolean {
	let outer: number | undefined;
	for (const line of lines) {
		const opening = openingOf(line);
		if (opening?.kind !== 'ordinal') continue;
		if (outer !== undefined && line.x0 > outer + 10 && opening.label?.parts[0] === 1) return true;
		outer = outer === undefined ? line.x0 : Math.min(outer, line.x0);
	}
	return false;
}

/** Blocks of a file without (sound) structure, from where its text stands. */
export function geometryBlocks(pages: readonly PdfPage[], lines: ReadonlyArray<readonly PdfLine[]>): PdfBlock[][] {
	const all = lines.flat();
	if (isWordwise(all)) for (const line of all) line.wordwise = true;
	const reader = new GeometryReader(all);
	return pages.map((page, number) => reader.page(page, lines[number] ?? [], number));
}
