export type TrackedKind = 'insert' | 'delete' | 'move' | 'paragraph-mark' | 'row' | 'cell' | 'formatting' | 'numbering';

/** Where a tracked change stands; all numbers from 1, in file order, whatever a view shows of it. */
export interface TrackedPlace {
	part: 'document' | 'footnotes' | 'endnotes' | 'headers' | 'footers';
	/** Number of the paragraph in its part; paragraphs of tables and text boxes count. */
	paragraph: number;
	/** The innermost table around it. */
	table?: number;
	row?: number;
	cell?: number;
	/** Headings around it, from the outermost in; the last one is that of its clause. Of the document's text only. */
	path?: readonly string[];
}

export interface TrackedAuthor {
	author: string;
	/** ISO instant. Word before 2023 writes the author's local time here, and calls it UTC. */
	date?: string;
}

export interface TrackedChange extends TrackedAuthor {
	kind: TrackedKind;
	/** What happened to a paragraph mark, row, cell or number; for the other kinds it follows from the kind. */
	op: 'insert' | 'delete' | 'move' | 'change';
	/** What formatting or numbering was changed of. */
	subject?: 'text' | 'paragraph' | 'table' | 'row' | 'cell' | 'section';
	/**
	 * Text before and after. `¶` stands for a paragraph mark. Of formatting both are the text that it is on, of numbering
	 * the paragraph with the number that each view shows.
	 */
	before: string;
	after: string;
	place: TrackedPlace;
	/** Of a move: where to. */
	to?: TrackedPlace;
	/** Of a deletion inside an insertion: who had inserted the text. No view shows it. */
	insertedBy?: TrackedAuthor;
	/** Names of the properties that differ, as WordprocessingML calls them (`b`, `jc`, `numPr`). */
	properties?: string[];
}
