import type { ClauseNode } from '../../tree';
import type { Base } from './base';

/**
 * What stands before a clause on its line. In Markdown a heading's marks and a list's number are no part of the
 * clause's span; a list numbers itself, so an item cannot go without its successors changing their numbers.
 */
export interface LineStart {
	kind: 'plain' | 'heading' | 'list';
	/** Where the line starts. */
	start: number;
	/** Blanks before a list's mark. */
	indent: string;
	/** `3.`, `b)`; empty for what is no list. */
	mark: string;
	/** Behind the list's mark: what an edit of the whole item takes. */
	own: number;
	/** Blanks that continue an item of the list on another line. */
	hang: string;
}

const LIST = /^([ \t]*)((?:\d{1,9}|[A-Za-z]{1,4})[.)]|[-*+])[ \t]*(?:#{1,6}[ \t]*)?$/;
const HEADING = /^[ \t]{0,3}#{1,6}[ \t]*$/;

export function lineStart(base: Base, node: ClauseNode): LineStart {
	const { text, format } = base.document;
	const start = text.lastIndexOf('\n', node.span.start - 1) + 1;
	const plain: LineStart = {
		kind: 'plain',
		start: node.span.start,
		indent: '',
		mark: '',
		own: node.span.start,
		hang: '',
	};
	if (format !== 'markdown') return plain;
	const before = text.slice(start, node.span.start);
	if (HEADING.test(before) && before.trim() !== '') return { ...plain, kind: 'heading', start };
	const list = LIST.exec(before);
	if (!list) return plain;
	const [, indent = '', mark = ''] = list;
	const own = start + indent.length + mark.length;
	return { kind: 'list', start, indent, mark, own, hang: `${indent}${' '.repeat(mark.length + 1)}` };
}

/** Paragraphs of new text as they stand in an item of a list. */
export function hung(text: string, line: LineStart): string {
	return line.kind === 'list' ? text.replace(/\n(?=[^\n])/g, `\n${line.hang}`) : text;
}

/** A new item behind `line`'s: the same marks, another number. */
export function itemStart(line: LineStart, part: string): string {
	const last = part.split('.').at(-1) ?? part;
	const mark = /^[-*+]$/.test(line.mark) ? line.mark : `${last}${line.mark.slice(-1)}`;
	return `${line.indent}${mark} `;
}
