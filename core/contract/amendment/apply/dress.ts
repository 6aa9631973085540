import { readDocument, type ClauseNode } from '../../tree';
import type { Base } from '../target/base';
import { bareLabel, sameLabel } from '../target/labels';
import { type LineStart, hung, itemStart, lineStart } from '../target/line';
import { plainWords } from '../text/plain';
import type { Passage, Place } from '../types';
import { leadingNumber, placeNumber } from './clause-text';
import { dressedHeading, dressOf, onLevel, openedText, underHeading, withoutDash, type Dress } from './under-heading';

/** What separates the clause from the one before it in the source. */
export function separatorAt(base: Base, node: ClauseNode): string {
	const source = base.document.text;
	const line = lineStart(base, node);
	const own = line.kind === 'plain' ? node.span.start : line.start;
	let start = own;
	while (start > 0 && /\s/.test(source.charAt(start - 1))) start--;
	const gap = source.slice(start, own);
	const feeds = gap.match(/\r?\n/g) ?? [];
	return feeds.length === 0 ? '\n\n' : feeds.slice(0, 2).join('');
}

/** New text as the next item of a list in Markdown. */
function inList(raw: string, added: Place | undefined, line: LineStart): string {
	const number = leadingNumber(raw);
	const part = (added ? placeNumber(added) : (number?.parts ?? [])).at(-1) ?? '';
	const title = added?.title === undefined ? '' : `${added.title}. `;
	return itemStart(line, part) + title + hung(raw.slice(number?.length ?? 0), line);
}

/** New text with its number in the dress of its elder sibling: `**22.15.** Notices.` → `**22.16.** Insurance. …`. */
export function labelled(base: Base, elder: ClauseNode, added: Place | undefined, fresh: Passage): string {
	const raw = fresh.raw.trim();
	const parts = added ? placeNumber(added) : [];
	const line = lineStart(base, elder);
	if (line.kind === 'list') return inList(raw, added, line);
	const wanted = parts.at(-1) ?? '';
	const dress = isBelow(parts, elder) ? undefined : dressOf(base, elder);
	const level = onLevel(raw, dress?.hash ?? '');
	if (level !== undefined) return level;
	const number = leadingNumber(plainWords(raw, base.document.format));
	const own =
		number &&
		(parts.length === 0 || sameLabel(number.parts.at(-1), wanted) || sameLabel(number.parts[0], parts[0] ?? ''));
	if (own && dress) return headedText(base, elder, added, raw, number.parts.at(-1) ?? wanted, dress);
	if (own) {
		const bracket = /^\(/.test(elder.number ?? '') ? raw.indexOf('(') : 0;
		return bracket > 0 && bracket < 12 ? raw.slice(bracket) : raw;
	}
	if (wanted === '') return raw;
	const title = added?.title === undefined ? '' : `${added.title}. `;
	const dressed = dressedLabel(base, elder, wanted);
	if (dress) return headedText(base, elder, added, raw, wanted, dress);
	return dressed.replace(/^(\s*[-*+]\s+)/, '') + title + raw;
}

/** A number as the elder sibling prints its own. */
function dressedLabel(base: Base, elder: ClauseNode, wanted: string): string {
	const source = base.document.text.slice(elder.span.start, base.opening(elder).label);
	const old = bareLabel(elder.number ?? '');
	const alike = elder.number !== undefined && /^\(/.test(elder.number) === /^[a-z]{1,4}$/i.test(wanted);
	if (alike && old !== '' && source.includes(old) && !/\d\.0/.test(source)) return source.replace(old, wanted);
	return /^[a-z]{1,4}$/i.test(wanted) ? `(${wanted}) ` : `${wanted}. `;
}

/** A heading of its own, with the text below it, where the elder sibling has one. */
function headedText(
	base: Base,
	elder: ClauseNode,
	added: Place | undefined,
	raw: string,
	wanted: string,
	dress: Dress,
): string {
	const bold = /^(\*\*|__)(?=[\d(\u00a7\p{Lu}])/u.exec(raw)?.[0] ?? '';
	const numbered = raw.slice(bold.length);
	const rest = bold + withoutDash(numbered.slice(leadingNumber(numbered)?.length ?? 0));
	const opened = openedText(rest);
	const title = opened.title ?? added?.title ?? '';
	const label = dressedLabel(base, elder, wanted).trimStart();
	const alone = label.replace(/[\s:\u2013\u2014-]+$/, '');
	const bare = alone.replace(/^([*_]*)([\dA-Z]{1,5})$/i, '$1$2.');
	const written = [title === '' ? alone : label + title, `${bare} ${title}`].map((one) => dressedHeading(dress, one));
	const heading = written.find((one) => isNumbered(base, one, wanted)) ?? written[0] ?? '';
	return underHeading(heading, opened.title === undefined ? rest.trim() : opened.body);
}

/** Whether a line reads as the clause of that number: a bare `4`, or `4A Data`, reads as words. */
function isNumbered(base: Base, line: string, wanted: string): boolean {
	const [node] = readDocument({ ...base.document, text: line }).nodes;
	return node?.number !== undefined && sameLabel(node.number, wanted);
}

/** `4.1`, `4(a)` beside 4: a part of it, and no heading on its level. */
function isBelow(parts: readonly string[], { number }: ClauseNode): boolean {
	if (number === undefined) return false;
	const own = bareLabel(number);
	return parts.length > 1 ? sameLabel(number, parts.at(-2) ?? '') : (parts[0] ?? '').startsWith(`${own}.`);
}
