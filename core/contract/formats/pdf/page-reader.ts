import type { getDocumentProxy } from 'unpdf';
import { drawingOf, type Drawing, type Operators } from './drawing';
import { bulletsOf, cutByRuns } from './exact';
import { multiply } from './matrix';
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

/** Reads pages of one document; remembers which of its fonts are bold. */
export class PageReader {
	readonly #bold = new Map<string, boolean>();

	/**
	 * @param operators numbers of the drawing operators
	 * @param most drawn things kept of one page
	 */
	constructor(
		private readonly operators: Operators,
		private readonly most: number,
	) {}

	async read(page: PageProxy): Promise<PdfPage> {
		const viewport = page.getViewport({ scale: 1 });
		const content = await page.getTextContent({ includeMarkedContent: true });
		const drawing = await this.#draw(page, Object.keys(content.styles), viewport.transform);
		const structure = await readStructure(page);
		const texts = this.#place(content.items, viewport.transform);
		return {
			width: viewport.width,
			height: viewport.height,
			texts,
			drawn: drawnPieces(texts, drawing),
			rules: drawing?.rules ?? [],
			...(drawing?.blank !== undefined ? { blank: drawing.blank } : {}),
			...(structure ? { structure } : {}),
		};
	}

	/** The drawing operators tell the names of fonts, too. */
	async #draw(page: PageProxy, fonts: string[], viewport: readonly number[]): Promise<Drawing | undefined> {
		let drawing: Drawing | undefined;
		try {
			drawing = drawingOf(await page.getOperatorList(), this.operators, viewport, this.most);
		} catch {
			// A page whose drawing is broken may still have text; its fonts then count as plain.
		}
		for (const name of fonts) if (!this.#bold.has(name)) this.#bold.set(name, isBold(page, name));
		return drawing;
	}

	#place(items: Array<TextItem | Mark>, viewport: readonly number[]): PlacedText[] {
		const placed: PlacedText[] = [];
		const open: Array<{ mark?: string; artifact: boolean }> = [];
		let blank = false;
		for (const item of items) {
			if ('str' in item) {
				const inner = open.findLast((entry) => entry.mark !== undefined)?.mark;
				const piece = this.#piece(
					item,
					viewport,
					inner,
					open.some((entry) => entry.artifact),
				);
				if (piece) placed.push(blank ? { ...piece, spaced: true } : piece);
				blank = !piece && item.str !== '' && item.width > 0;
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

/** The pieces cut and completed by what is drawn. */
function drawnPieces(texts: PlacedText[], drawing: Drawing | undefined): PlacedText[] {
	if (!drawing) return texts;
	const pieces = cutByRuns(texts, drawing.runs);
	return [...pieces, ...bulletsOf(drawing.dots, pieces)];
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
