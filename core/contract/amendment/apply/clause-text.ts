import { readDocument, type ClauseNode } from '../../tree';
import { plainWords } from '../text/plain';
import type { Passage, Place } from '../types';
import type { Base } from '../target/base';
import { hung, lineStart } from '../target/line';
import { bareLabel, sameLabel } from '../target/labels';
import {
	dressedHeading,
	dressOf,
	hashOf,
	onLevel,
	openedText,
	underHeading,
	withoutDash,
	type Dress,
} from './under-heading';

const LABEL =
	/^(?:(?:section|article|clause|\u00a7+)\s*)?((?:\d{1,3} (?:bis|ter|quater)|\d{1,3}[A-Za-z]?(?:\.\d{1,3}[A-Za-z]?)*|[A-Z]|[IVX]{1,5})?)((?:\s?\([A-Za-z0-9]{1,5}\))*)([.)]?)\s+/i;

/** The number new text opens with, as parts: `2.3 (c) Raw Materials` → `['2.3', 'c']`, and where it ends. */
export function leadingNumber(text: string): { parts: string[]; length: number } | undefined {
	const match = LABEL.exec(text);
	if (!match) return undefined;
	const head = match[1] ?? '';
	const subs = [...(match[2] ?? '').matchAll(/\(([A-Za-z0-9]{1,5})\)/g)].map((sub) => sub[1] ?? '');
	if (head === '' && subs.length === 0) return undefined;
	if (/^[A-Z]$/i.test(head) && (match[3] ?? '') === '' && subs.length === 0) return undefined;
	const parts = [...(head === '' ? [] : [bareLabel(head)]), ...subs];
	return { parts, length: match[0].length };
}

/** The number that a place ends with: `2.1(b)` → `['2.1', 'b']`. */
export function placeNumber(place: Place): string[] {
	const step = place.steps.findLast((one) => one.by === 'number');
	return step?.by === 'number' ? step.parts : [];
}

function endsAlike(parts: readonly string[], wanted: readonly string[]): boolean {
	const last = wanted.at(-1) ?? '';
	return (
		parts.length > 0 &&
		sameLabel(parts.at(-1), last) &&
		parts.every((part, index) => sameLabel(part, wanted.at(index - parts.length) ?? ''))
	);
}

/** Number of characters that `2.3 (c) Raw Materials` needs fewer where the agreement prints only `(c)`. */
function outerLength(text: string, ownLabel: string): number {
	const at = text.indexOf(ownLabel.trim());
	return at > 0 && at < 24 ? at : 0;
}

/** New words for a whole clause: with its number as the agreement prints it, and its title if the words have none. */
export function clauseText(base: Base, node: ClauseNode, place: Place, fresh: Passage): string {
	const raw = fresh.raw.trim();
	const line = lineStart(base, node);
	const words = plainWords(raw, base.document.format);
	const number = leadingNumber(words);
	const own =
		number && (endsAlike(number.parts, placeNumber(place)) || sameLabel(number.parts.at(-1), node.number ?? ''));
	// The list prints the number; the new words must not print it again.
	if (line.kind === 'list')
		return hung(` ${own ? withoutNumber(raw) : keptOpening(base, node, words) + raw}`.replace(/^ +/, ' '), line);
	const dress = dressOf(base, node);
	if (dress) return headed(base, node, raw, own === true, dress);
	if (node.number === undefined) return raw;
	if (own) return withLabel(base, node, raw.slice(/^\(/.test(node.number) ? outerLength(raw, node.number) : 0));
	return keptOpening(base, node, words) + raw;
}

/** New words of a clause with a heading of its own in Markdown: its number and its title stay a heading. */
function headed(base: Base, node: ClauseNode, raw: string, own: boolean, dress: Dress): string {
	const level = onLevel(raw, hashOf(base, node));
	if (level !== undefined) return level;
	const label = base.document.text.slice(node.span.start, base.opening(node).label).trimStart();
	const bold = /^(\*\*|__)(?=[\d(\u00a7\p{Lu}])/u.exec(raw)?.[0] ?? '';
	const numbered = own ? raw.slice(bold.length) : raw;
	const rest = own ? bold + withoutDash(numbered.slice(leadingNumber(numbered)?.length ?? 0)) : raw;
	const heading = (words: string): string => dressedHeading({ ...dress, hash: '' }, words);
	if (PLACEHOLDER.test(rest)) return heading(label + rest);
	const { title, body } = leadingNumber(rest) ? { title: undefined, body: rest } : openedText(rest);
	if (title !== undefined && (node.number !== undefined || body !== ''))
		return underHeading(heading(label + title), body);
	return underHeading(base.document.text.slice(node.span.start, headingEnd(base, node)), rest);
}

/** A number that would not be read as one (`4 Fees` on a line of its own) gets the dress of the old one. */
function withLabel(base: Base, node: ClauseNode, raw: string): string {
	if (base.document.format !== 'markdown' || /^[#*_]/.test(raw)) return raw;
	const [first = ''] = raw.split('\n', 1);
	const [read] = readDocument({ ...base.document, text: first }).nodes;
	if (read?.number !== undefined || node.number === undefined) return raw;
	const label = base.document.text.slice(node.span.start, base.opening(node).label).replace(/[*_#]/g, '').trim();
	return label === '' ? raw : `${label} ${raw.slice(leadingNumber(raw)?.length ?? 0)}`;
}

/** Where the line of a heading ends. */
function headingEnd(base: Base, { span }: ClauseNode): number {
	const feed = base.document.text.indexOf('\n', span.start);
	return feed < 0 || feed > span.end ? span.end : feed;
}

/** New words of a schedule: its label, and its title where the new words lack one, stay what they are. */
export function scheduleText(base: Base, node: ClauseNode, raw: string): string {
	const { text: source, format } = base.document;
	const level = onLevel(raw, hashOf(base, node));
	if (level !== undefined) return level;
	const words = plainWords(raw, format);
	const old = source.slice(node.span.start, headingEnd(base, node)).trim();
	const dress = dressOf(base, node);
	if (words.toLowerCase().startsWith((node.number ?? '').toLowerCase())) {
		const [line = '', ...below] = raw.split('\n');
		const long = line.split(' ').length > LONGEST_TITLE;
		const from = line.toLowerCase().indexOf((node.number ?? '').toLowerCase()) + (node.number ?? '').length;
		if (!dress) return raw;
		return long
			? underHeading(old, [line.slice(from).replace(/^[\s.:*\u2013\u2014-]+/, ''), ...below].join('\n').trim())
			: underHeading(dressedHeading({ ...dress, hash: '' }, line), below.join('\n').trim());
	}
	// The new text brings the title along: of the old one the label stays.
	if (node.heading !== undefined && words.startsWith(node.heading))
		return source.slice(node.span.start, base.opening(node).label).trimStart() + raw;
	return `${source.slice(node.span.start, node.span.end).trimStart()}\n\n${raw}`;
}

const LONGEST_TITLE = 20;

/** Stands for the whole clause, its title too. */
const PLACEHOLDER =
	/^[\[("]*(?:(?:this (?:section|clause) (?:is |has been )?)?(?:intentionally )?(?:omitted|deleted|left blank|reserved)|not used|reserved(?: for future use)?)[\])".]*$/i;

/** Number and title of the clause as far as the new words lack them, in the source's dress. */
function keptOpening(base: Base, node: ClauseNode, words: string): string {
	const source = base.document.text;
	const opening = base.opening(node);
	const line = lineStart(base, node);
	const from = line.kind === 'list' ? line.own : node.span.start;
	if (node.heading === undefined || hasHeading(words, node) || PLACEHOLDER.test(words))
		return source.slice(from, opening.label).trimStart();
	const kept = source.slice(from, opening.body).trimStart();
	if (node.text !== '') return kept;
	return kept + (kept.startsWith('#') || node.children.length > 0 ? '\n\n' : ' ');
}

function withoutNumber(raw: string): string {
	return raw.slice(leadingNumber(raw)?.length ?? 0);
}

/** Whether the new words open with the clause's title themselves. */
function hasHeading(words: string, node: ClauseNode): boolean {
	const heading = (node.heading ?? '').toLowerCase();
	return heading !== '' && words.toLowerCase().startsWith(heading);
}

/** Words as they are compared: case, marks and blanks no matter at the ends. */
export function sameWords(a: string, b: string): boolean {
	const tidy = (text: string): string => text.replace(/\s+/g, ' ').replace(/^["\s]+|["\s.;,]+$/g, '');
	return tidy(a) === tidy(b);
}
