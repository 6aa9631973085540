import type { Span } from '../../model';
import type { Label } from './label';
import type { ClauseTable } from './node';

/** A stretch of the document between two structural marks, before nesting. */
export interface Block {
	kind: 'heading' | 'paragraph' | 'item' | 'table' | 'metadata';
	span: Span;
	/** Clean text without list marker. */
	text: string;
	links: string[];
	/** End of an opening bold span in `text`. */
	leadEnd: number;
	/** Markdown heading level, 1 to 6. */
	level: number;
	/** The Markdown list the block is an item of, or stands inside of; 0 for none. */
	list: number;
	/** The list around that list, 0 for none. */
	outerList: number;
	/** Number of an ordered list item as a reader sees it. */
	ordinal?: number;
	label?: Label;
	table?: ClauseTable;
}

/** Block bounds as found line by line; cleaned to a Block afterwards. */
export interface RawBlock {
	kind: Block['kind'];
	start: number;
	end: number;
	level: number;
	list: number;
	outerList: number;
	ordinal?: number;
	/** Lines of a table. */
	from: number;
	to: number;
	/** A table written in HTML. */
	html?: boolean;
}
