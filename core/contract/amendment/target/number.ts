import type { Span } from '../../../model';
import type { ClauseNode } from '../../tree';
import type { Place, Step } from '../types';
import type { Base } from './base';
import { findInline } from './inline-items';
import { bareLabel, labelValues, neighbours, sameLabel } from './labels';
import { type Located, type Resolution, fail, isFailure } from './located';
import { titleConflict, titleFits } from './titles';

export function resolveNumber(
	base: Base,
	step: Extract<Step, { by: 'number' }>,
	place: Place,
	outer: Located | undefined,
): Resolution {
	const name = `${step.word || 'Section'} ${printed(step.parts)}`;
	const inside = outer?.span;
	const first = step.parts[0] ?? '';
	const printing = base.numbered(first);
	const pool = inside
		? printing.filter((node) => node !== outer.node && node.span.start >= inside.start && node.span.end <= inside.end)
		: printing.filter((node) => !base.scheduleOf(node));
	const heads =
		outer?.what === 'definition' || outer?.what === 'clause'
			? lettered(outer, first, pool)
			: pool.filter((node) => isClause(node) && fits(node, step.word, first));
	let candidates = heads.filter(
		(node) => !isContentsEntry(base, node) && (outer !== undefined || isSection(base, node)),
	);
	if (candidates.length > 1 && place.title !== undefined) {
		const titled = candidates.filter((node) => titleFits(base, node, place.title ?? '') === true);
		if (titled.length > 0) candidates = titled;
	}
	if (candidates.length > 1) {
		const top = topmost(candidates);
		candidates = top.length === 1 ? top : candidates;
	}
	const head = candidates[0];
	if (!head) {
		const inline = outer?.node ? findInline(base, outer.span, step.parts) : undefined;
		return inline ?? fail('not_found', `${name} was not found.`);
	}
	if (candidates.length > 1) return fail('ambiguous', `${candidates.length} clauses are numbered ${first}.`);
	const found = descend(base, head, step.parts.slice(1), name);
	if (isFailure(found)) return found;
	const doubt = outer === undefined && place.title === undefined ? missingElder(base, head) : undefined;
	if (doubt !== undefined) return fail('ambiguous', `${name}: ${doubt}`);
	const mismatch =
		place.title === undefined ? undefined : titleConflict(base, [found.node ?? head, head], place.title, name);
	if (mismatch) return mismatch;
	return step.through ? through(base, found, step.through, name) : found;
}

/** A section stands under headings, articles and sections; a `2.` in a list under `(e)` is no Section 2. `13.9` is one anywhere. */
function isSection(base: Base, node: ClauseNode): boolean {
	if (/\d\.[1-9]/.test(node.number ?? '')) return true;
	for (let up = base.nodes[node.parent]; up; up = base.nodes[up.parent])
		if (up.kind === 'item' || up.kind === 'definition') return false;
	return true;
}

/** A Section 4 without any Section 3 before it: what looks like a section may be an item of a list. */
function missingElder(base: Base, node: ClauseNode): string | undefined {
	const elders = neighbours(node.number ?? '', -1);
	if (elders.length === 0 || labelValues(node.number ?? '').includes(1)) return undefined;
	const there = elders.some((label) =>
		base.numbered(label).some((one) => one.index < node.index && isSection(base, one)),
	);
	return there ? undefined : 'no clause with the number before it stands before it.';
}

function lettered(outer: Located, first: string, pool: ClauseNode[]): ClauseNode[] {
	const children = pool.filter((node) => sameLabel(node.number, first));
	const own = children.filter((node) => node.parent === outer.node?.index);
	return own.length > 0 ? own : children;
}

function printed(parts: readonly string[]): string {
	return parts.map((part, index) => (index === 0 ? part : `(${part})`)).join('');
}

function isClause(node: ClauseNode): boolean {
	return node.number !== undefined && node.kind !== 'schedule' && node.kind !== 'table';
}

/** `Section 2` is no `(2)` and no `Article II`; `Article 2` is. */
function fits(node: ClauseNode, word: string, part: string): boolean {
	if (!sameLabel(node.number, part)) return false;
	const article = /^article/i.test(node.number ?? '');
	if (/^article/i.test(word)) return article || /^\d/.test(node.number ?? '') || /^[IVX]+\.?$/.test(node.number ?? '');
	return !article || !/^(?:section|clause|paragraph)?$/i.test(word);
}

/** `12. Fees ........ 14` of a table of contents. */
function isContentsEntry(base: Base, node: ClauseNode): boolean {
	const words = base.words(node.span);
	return (
		words.length < 120 &&
		/(?:\.{3,}|\s)\s?\d{1,3}$/.test(words) &&
		!/[.;]\s?\d{1,3}$/.test(words) &&
		node.children.length === 0 &&
		/\.{3,}|[A-Z]{3,} \d{1,3}$/.test(words)
	);
}

function topmost(candidates: ClauseNode[]): ClauseNode[] {
	const least = Math.min(...candidates.map((node) => node.depth));
	return candidates.filter((node) => node.depth === least && node.kind !== 'item');
}

/** Follows `(b)(ii)` below a clause: in the tree, else among the items of its sentences. */
function descend(base: Base, head: ClauseNode, parts: readonly string[], name: string): Resolution {
	let node = head;
	for (let i = 0; i < parts.length; i++) {
		const part = parts[i] ?? '';
		const below = base.within(base.extent(node)).filter((one) => one !== node && sameLabel(one.number, part));
		const own = below.filter((one) => one.parent === node.index);
		const next = own.length > 0 ? own : below;
		if (next.length > 1) return fail('ambiguous', `${name} fits ${next.length} items.`);
		const only = next[0];
		if (!only)
			return findInline(base, ownSpan(base, node), parts.slice(i), node) ?? fail('not_found', `${name} was not found.`);
		const doubt = brokenSequence(node, only);
		if (doubt) return fail('ambiguous', `${name}: ${doubt}`);
		node = only;
	}
	return { span: base.extent(node), node, what: 'clause' };
}

/** `(c)` without a `(b)` before it under the same clause: the outline of the text is not what it seems. */
function brokenSequence(parent: ClauseNode, node: ClauseNode): string | undefined {
	if (node.parent !== parent.index || bareLabel(node.number ?? '').length > 1) return undefined;
	const value = bareLabel(node.number ?? '')
		.toLowerCase()
		.charCodeAt(0);
	if (Number.isNaN(value) || value <= 0x61 || value > 0x7a) return undefined;
	const elder = parent.children.filter((one) => one.index < node.index && one.number !== undefined);
	if (elder.length > 0 || /^[ivx]$/i.test(bareLabel(node.number ?? ''))) return undefined;
	return 'no item stands before it.';
}

function ownSpan(base: Base, node: ClauseNode): Span {
	return node.children.length === 0 ? base.extent(node) : node.span;
}

function through(base: Base, from: Located, parts: readonly string[], name: string): Resolution {
	const last = resolveNumber(
		base,
		{ by: 'number', word: 'Section', parts: [...parts] },
		{ steps: [], quote: '' },
		undefined,
	);
	if (isFailure(last)) return last;
	if (last.span.start < from.span.start)
		return fail('conflict', `The clauses from ${name} to ${printed(parts)} do not follow each other.`);
	return { ...from, span: { start: from.span.start, end: last.span.end }, ...(last.node ? { last: last.node } : {}) };
}
