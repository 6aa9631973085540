import { splitHeading, type ClauseNode } from '../../tree';
import type { Base } from '../target/base';
import { lineStart } from '../target/line';

/** The title that new text opens with, and the text below it. */
export interface Opened {
	title?: string;
	body: string;
}

const MOST_WORDS = 14;

/**
 * Cuts the title off new text: `Fees` on a line of its own, `Fees. The Client pays …`, `**Fees.** The Client pays …`.
 * Without one all of it is body.
 */
export function openedText(raw: string): Opened {
	const text = raw.trim();
	const feed = text.indexOf('\n');
	const first = (feed < 0 ? text : text.slice(0, feed)).trim();
	const below = feed < 0 ? '' : text.slice(feed).trim();
	const bold = /^(\*\*|__)(.{1,160}?)\1/.exec(first);
	const lead = bold?.[2] ?? '';
	const line = bold ? lead + first.slice(bold[0].length) : first;
	if (/[|\t]/.test(line)) return { body: text };
	const { heading, text: rest } = splitHeading(line, lead.length, true);
	if (heading !== undefined && (rest !== '' || below !== '' || !/[.;:]$/.test(line)))
		return { title: heading, body: [rest, below].filter((part) => part !== '').join('\n\n') };
	if (below !== '' && line.split(' ').length <= MOST_WORDS && !/[.;:,]$/.test(line) && /\p{L}/u.test(line))
		return { title: line, body: below };
	return { body: text };
}

/** `Article 4 – Data`: the dash between number and title is the label's, in whatever way the agreement prints it. */
export function withoutDash(text: string): string {
	return text.replace(/^\s*[:\u2013\u2014-]\s+/, '');
}

/** Headings of new text on the level of the heading that it stands under or beside; undefined where it opens with none. */
export function onLevel(raw: string, hash: string): string | undefined {
	const own = /^\s*(#{1,6})(?=\s)/.exec(raw)?.[1]?.length;
	const wanted = hash.trim().length;
	if (own === undefined || wanted === 0) return undefined;
	return raw
		.trim()
		.replace(/^(#{1,6})(?=\s)/gm, (marks) => '#'.repeat(Math.min(6, Math.max(1, marks.length + wanted - own))));
}

/** What a heading is written between: `## ` and nothing, `**` and `**`. */
export interface Dress {
	hash: string;
	bold: string;
}

/** How the clause's heading is dressed in Markdown; undefined where it has no line of its own. */
export function dressOf(base: Base, node: ClauseNode): Dress | undefined {
	const hash = hashOf(base, node);
	const { text, format } = base.document;
	if (format !== 'markdown') return undefined;
	const start = text.lastIndexOf('\n', node.span.start - 1) + 1;
	const feed = text.indexOf('\n', node.span.start);
	const line = text.slice(start, feed < 0 ? text.length : feed).trim();
	const bold = /^(?:#{1,6}\s+)?(\*\*|__)(?=\S)(?:(?!\1).)+\1$/.exec(line)?.[1] ?? '';
	if (hash !== '') return { hash, bold };
	return bold !== '' && node.heading !== undefined && node.text === '' ? { hash, bold } : undefined;
}

/** A label and a title in the dress of a heading. */
export function dressedHeading({ hash, bold }: Dress, words: string): string {
	const bare = bold === '' ? words : words.replaceAll(bold, '');
	return `${hash}${bold}${bare.trim()}${bold}`;
}

/** The marks of the clause's heading in Markdown, with their blank; empty where it is no heading. */
export function hashOf(base: Base, node: ClauseNode): string {
	const line = lineStart(base, node);
	return line.kind === 'heading' ? `${base.document.text.slice(line.start, node.span.start).trim()} ` : '';
}

/** A heading with what stands below it. */
export function underHeading(heading: string, body: string): string {
	return body === '' ? heading.trim() : `${heading.trim()}\n\n${body}`;
}
