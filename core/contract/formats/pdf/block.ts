import type { PdfLine } from './page';
import type { Gutter } from './segments';

/** A block of the document as found on the pages, before it is written down. */
export interface PdfBlock {
	kind: 'heading' | 'paragraph' | 'item' | 'table';
	/** Heading level, 1 to 6. */
	level: number;
	/** List depth: of an item the depth of its list, of a paragraph how many items it stands inside. */
	depth: number;
	/** What stands before an item, as printed: `1.`, `(a)`, `•`. */
	marker?: string;
	lines: PdfLine[];
	/** Cells of a table, row by row, each with its lines. */
	rows?: PdfLine[][][];
	page: number;
	/** Strips between the columns of a table. */
	columns?: readonly Gutter[];
	/** Left edge of the area that the block's lines are set in. */
	left?: number;
	/** Right edge of the area that the block's lines are set in. */
	right: number;
}
