import type { ListPlace } from './numbering';
import type { Style } from './styles';

/** A field (`PAGE`, `REF` …). Its code is hidden once its end has been seen; a field without end hides nothing. */
export interface Field {
	code: string;
	inResult: boolean;
	ended: boolean;
}

/** A stretch of a paragraph in one view. */
export type Piece =
	| { kind: 'text'; text: string; strong: boolean; code?: Field }
	/** A line break inside the paragraph. */
	| { kind: 'break' }
	| { kind: 'note'; note: NoteReference }
	/** What stands in a text box that is anchored here. */
	| { kind: 'box'; blocks: Block[] };

export interface NoteReference {
	part: 'footnotes' | 'endnotes';
	id: string;
}

export interface Paragraph {
	kind: 'paragraph';
	style: Style;
	list: ListPlace;
	/** Its own outline level, where it differs from its style's. */
	outline?: number;
	pieces: Piece[];
}

export interface Cell {
	columns: number;
	/** `restart` opens a cell over several rows, `continue` goes on with it. */
	merge?: 'restart' | 'continue';
	blocks: Block[];
}

export interface Row {
	header: boolean;
	/** Grid columns left free before the first cell. */
	before: number;
	cells: Cell[];
}

export interface Table {
	kind: 'table';
	rows: Row[];
}

export type Block = Paragraph | Table;
