import { escapeCell } from './escape';

/** What stands before a list item: its number, a letter or other label as printed, or a bullet. */
export type Marker = { ordinal: number } | { label: string } | { bullet: true };

interface OpenList {
	ordered: boolean;
	next: number;
}

const INDENT = '    ';
const DEEPEST = 24;

/**
 * Writes blocks as the Markdown that `readDocument` reads back to the same clauses and numbers. Depth 0 is the page,
 * depth 1 the inside of a list item, and so on; deeper than `DEEPEST` everything stays at that depth.
 */
export class Rendition {
	readonly #blocks: string[] = [];
	readonly #lists: Array<OpenList | undefined> = [];

	/** Blocks written; whoever reads the text finds as many. */
	get size(): number {
		return this.#blocks.length;
	}

	heading(level: number, text: string): void {
		const line = text.replaceAll('\n', ' ').trim();
		if (line === '') return;
		this.#lists.length = 0;
		this.#blocks.push(`${'#'.repeat(Math.min(6, Math.max(1, level)))} ${line}`);
	}

	paragraph(text: string, depth = 0): void {
		if (text.trim() === '') return;
		const at = Math.min(depth, DEEPEST);
		this.#lists.length = Math.min(this.#lists.length, at);
		this.#push(text, at);
	}

	item(text: string, depth: number, marker: Marker): void {
		const at = Math.min(depth, DEEPEST);
		this.#lists.length = Math.min(this.#lists.length, at + 1);
		this.#push(this.#mark(at, marker) + text.replaceAll('\n', `\n${INDENT}`), at);
	}

	/** The first row is the header. */
	table(rows: string[][], depth = 0): void {
		const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
		if (width === 0) return;
		const at = Math.min(depth, DEEPEST);
		this.#lists.length = Math.min(this.#lists.length, at);
		const line = (cells: string[]): string =>
			`| ${Array.from({ length: width }, (_, column) => escapeCell(cells[column] ?? '')).join(' | ')} |`;
		const [header = [], ...body] = rows;
		const rule = `|${' --- |'.repeat(width)}`;
		this.#push([line(header), rule, ...body.map(line)].join('\n'), at);
	}

	toString(): string {
		return this.#blocks.length === 0 ? '' : `${this.#blocks.join('\n\n')}\n`;
	}

	#push(text: string, depth: number): void {
		const indent = INDENT.repeat(depth);
		this.#blocks.push(
			text
				.split('\n')
				.map((line) => indent + line)
				.join('\n'),
		);
	}

	#mark(depth: number, marker: Marker): string {
		const open = this.#lists[depth];
		const outer = depth > 0 ? this.#lists[depth - 1] : undefined;
		if ('ordinal' in marker) {
			// An inner list that starts with the outer one's next number would be read as the outer one going on.
			const mistakable =
				open === undefined && marker.ordinal > 1 && outer?.ordered === true && outer.next === marker.ordinal;
			if (marker.ordinal >= 0 && marker.ordinal < 1e9 && !mistakable) {
				if (open && !(open.ordered && open.next === marker.ordinal)) this.#push('<!-- -->', depth);
				this.#lists[depth] = { ordered: true, next: marker.ordinal + 1 };
				return `${marker.ordinal}. `;
			}
		}
		this.#lists[depth] = { ordered: false, next: 0 };
		if ('ordinal' in marker) return `- ${marker.ordinal}\\. `;
		return 'label' in marker ? `- ${marker.label.replace(/^([0-9]{1,9})([.)])$/, '$1\\$2')} ` : '- ';
	}
}
