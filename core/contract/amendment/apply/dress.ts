import type { ClauseNode } from '../../tree';
import type { Base } from '../target/base';
import { bareLabel, sameLabel } from '../target/labels';
import { type LineStart, hung, itemStart, lineStart } from '../target/line';
import { plainWords } from '../text/plain';
import type { Passage, Place } from '../types';
import { leadingNumber, placeNumber } from './clause-text';

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
	const number = leadingNumber(plainWords(raw, base.document.format));
	const wanted = parts.at(-1) ?? '';
	if (
		number &&
		(parts.length === 0 || sameLabel(number.parts.at(-1), wanted) || sameLabel(number.parts[0], parts[0] ?? ''))
	) {
		const bracket = /^\(/.test(elder.number ?? '') ? raw.indexOf('(') : 0;
		return bracket > 0 && bracket < 12 ? raw.slice(bracket) : raw;
	}
	if (wanted === '') return raw;
	const title = added?.title === undefined ? '' : `${added.title}. `;
	const source = base.document.text.slice(elder.span.start, base.opening(elder).label);
	const old = bareLabel(elder.number ?? '');
	const alike = elder.number !== undefined && /^\(/.test(elder.number) === /^[a-z]{1,4}$/i.test(wanted);
	const hash = line.kind === 'heading' ? base.document.text.slice(line.start, elder.span.start) : '';
	const dressed =
		alike && old !== '' && source.includes(old) && !/\d\.0/.test(source)
			? source.replace(old, wanted)
			: /^[a-z]{1,4}$/i.test(wanted)
				? `(${wanted}) `
				: `${wanted}. `;
	// A heading of its own, with the text below it, where the elder sibling has one.
	if (hash !== '')
		return (
			`${hash}${hash.endsWith(' ') ? '' : ' '}${dressed.trimStart()}${added?.title ?? ''}`.trimEnd() + `\n\n${raw}`
		);
	return dressed.replace(/^(\s*[-*+]\s+)/, '') + title + raw;
}
