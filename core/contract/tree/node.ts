import type { Span } from '../../model';

export type ClauseKind =
	| 'heading'
	| 'article'
	| 'section'
	| 'clause'
	| 'item'
	| 'schedule'
	| 'definition'
	| 'preamble'
	| 'recital'
	| 'signature'
	| 'paragraph'
	| 'table'
	| 'metadata';

/** A table with its header row. Cells are clean text; `spans` are those of the rows. */
export interface ClauseTable {
	columns: string[];
	rows: string[][];
	spans: Span[];
}

export interface ClauseNode {
	/** Position in `ContractTree.nodes` (document order). */
	index: number;
	/** Position of the parent, -1 at the top. */
	parent: number;
	/** Derived from content, not from numbers; unique within the document. */
	key: string;
	kind: ClauseKind;
	/** As a reader sees it: `4.2`, `(a)`, `Schedule A`. */
	number?: string;
	heading?: string;
	/** Number of the clause that a paragraph or table without number belongs to. */
	partOf?: string;
	/** Own text without number and heading, without the children's text. */
	text: string;
	/** The term that a definition defines. */
	term?: string;
	/** The node's own source. */
	span: Span;
	/** The node with everything below it. */
	extent: Span;
	/** Headings (else numbers) from the root to the parent. */
	path: string[];
	depth: number;
	table?: ClauseTable;
	/** Targets of links in the text, other than anchors of the same document. */
	links: string[];
	children: ClauseNode[];
}

export interface ContractTree {
	title: string;
	parties: string[];
	/** Top-level nodes. */
	roots: ClauseNode[];
	/** All nodes in document order. */
	nodes: ClauseNode[];
	warnings: string[];
}
