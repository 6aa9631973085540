import type { ClauseNode } from '../../tree';
import { plainWords } from '../text/plain';
import type { Passage, Place } from '../types';
import type { Base } from '../target/base';
import { hung, lineStart, type LineStart } from '../target/line';
import { bareLabel, sameLabel } from '../target/labels';

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
	if (node.number === undefined) return raw;
	if (own) return raw.slice(/^\(/.test(node.number) ? outerLength(raw, node.number) : 0);
	return keptOpening(base, node, words) + raw;
}

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
	const kept = dressed(source.slice(from, opening.body), line);
	if (node.text !== '') return kept;
	return kept + (line.kind === 'heading' || kept.startsWith('#') || node.children.length > 0 ? '\n\n' : ' ');
}

/** Behind a heading's marks the blank stays; a list's text gets one of its own. */
function dressed(text: string, line: LineStart): string {
	return line.kind === 'heading' ? text : text.trimStart();
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
