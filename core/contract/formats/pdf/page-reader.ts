import type { getDocumentProxy } from 'unpdf';
import type { PdfPage, PlacedText, StructNode } from './page';

type PageProxy = Awaited<ReturnType<Awaited<ReturnType<typeof getDocumentProxy>>['getPage']>>;

interface TextItem {
	str: string;
	transform: number[];
	width: number;
	fontName: string;
}

interface Mark {
	type: string;
	id?: string;
	tag?: string;
}

const BOLD = /bold|black|heavy|semibold|demi/i;
const MOST_STRUCT_DEPTH = 200;

function multiply(a: readonly number[], b: readonly number[]): number[] {
	const [a0 = 1, a1 = 0, a2 = 0, a3 = 1, a4 = 0, a5 = 0] = a;
	const [b0 = 1, b1 = 0, b2 = 0, b3 = 1, b4 = 0, b5 = 0] = b;
	return [
		a0 * b0 + a2 * b1,
		a1 * b0 + a3 * b1,
		a0 * b2 + a2 * b3,
		a1 * b2 + a3 * b3,
		a0 * b4 + a2 * b5 + a4,
		a1 * b4 + a3 * b5 + a5,
	];
}

/** Reads pages of one document; remembers which of its fonts are bold. */
export class PageReader {
	readonly #bold = new Map<string, boolean>();

	async read(page: PageProxy): Promise<PdfPage> {
		const viewport = page.getViewport({ scale: 1 });
		const content = await page.getTextContent({ includeMarkedContent: true });
		await this.#learnFonts(page, Object.keys(content.styles));
		const structure = await readStructure(page);
		return {
			width: viewport.width,
			height: viewport.height,
			texts: this.#place(content.items, viewport.transform),
			...(structure ? { structure } : {}),
		};
	}

	/** Font names come with the drawing operators only, so those are read where a page brings a new font. */
	async #learnFonts(page: PageProxy, names: string[]): Promise<void> {
		const unknown = names.filter((name) => !this.#bold.has(name));
		if (unknown.length === 0) return;
		try {
			await page.getOperatorList();
		} catch {
			// A page whose drawing is broken may still have text; its fonts then count as plain.
		}
		for (const name of unknown) this.#bold.set(name, isBold(page, name));
	}

	#place(items: Array<TextItem | Mark>, viewport: readonly number[]): PlacedText[] {
		const placed: PlacedText[] = [];
		const open: Array<{ mark?: string; artifact: boolean }> = [];
		for (const item of items) {
			if ('str' in item) {
				const inner = open.findLast((entry) => entry.mark !== undefined)?.mark;
				const piece = this.#piece(
					item,
					viewport,
					inner,
					open.some((entry) => entry.artifact),
				);
				if (piece) placed.push(piece);
			} else if (item.type === 'endMarkedContent') open.pop();
			else open.push({ artifact: item.tag === 'Artifact', ...(item.id !== undefined ? { mark: item.id } : {}) });
		}
		return placed;
	}

	#piece(
		item: TextItem,
		viewport: readonly number[],
		mark: string | undefined,
		artifact: boolean,
	): PlacedText | undefined {
		// Glyphs without a character come out as controls.
		const text = item.str.replace(/[\u0000-\u0008\u000e-\u001f\u007f]/g, '');
		if (text.trim() === '') return undefined;
		const [a = 0, b = 0, c = 0, d = 0, x = 0, y = 0] = multiply(viewport, item.transform);
		const size = Math.hypot(c, d);
		// Slanted and upright text is a stamp or a watermark, no part of the contract's lines.
		if (Math.abs(b) > Math.abs(a) * 0.1 || size === 0) return undefined;
		return {
			text,
			x,
			y,
			width: item.width,
			size: Math.round(size * 10) / 10,
			bold: this.#bold.get(item.fontName) ?? false,
			artifact,
			...(mark !== undefined ? { mark } : {}),
		};
	}
}

function isBold(page: PageProxy, name: string): boolean {
	try {
		const font = page.commonObjs.get(name) as { name?: unknown; bold?: unknown; black?: unknown } | undefined;
		return font?.bold === true || font?.black === true || (typeof font?.name === 'string' && BOLD.test(font.name));
	} catch {
		return false;
	}
}

async function readStructure(page: PageProxy): Promise<StructNode | undefined> {
	try {
		const tree: unknown = await page.getStructTree();
		return tree ? toNode(tree, 0) : undefined;
	} catch {
		return undefined;
	}
}

function toNode(value: unknown, depth: number): StructNode {
	const { role, children } = value as { role?: unknown; children?: unknown };
	const node: StructNode = { role: typeof role === 'string' ? role : '', children: [] };
	if (!Array.isArray(children) || depth > MOST_STRUCT_DEPTH) return node;
	for (const child of children as unknown[]) {
		const { type, id } = child as { type?: unknown; id?: unknown };
		if (type === 'content' && typeof id === 'string') node.children.push({ mark: id });
		else if (type === undefined) node.children.push(toNode(child, depth + 1));
	}
	return node;
}
