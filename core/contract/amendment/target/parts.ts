import type { Span } from '../../../model';
import { flat } from '../text/plain';
import { scanSentences } from '../text/sentences';
import type { Base } from './base';
import { type Located, type Resolution, fail } from './located';

/** The running text that sentences are counted in: the clause's own, or its only unnumbered paragraph. */
export function countedText(base: Base, outer: Located): { span: Span; more: boolean } | undefined {
	const { node } = outer;
	if (!node || outer.what === 'sentence' || outer.what === 'row') return undefined;
	if (outer.what === 'paragraph' || outer.what === 'item') return { span: outer.span, more: false };
	const others = base.within(outer.span).filter((one) => one.index > node.index && !base.isFurniture(one));
	if (node.text !== '')
		return { span: { start: base.opening(node).body, end: node.span.end }, more: others.length > 0 };
	const [only] = others;
	return only && others.length === 1 && only.number === undefined && !only.table
		? { span: only.span, more: false }
		: undefined;
}

export function resolveSentence(base: Base, which: number, last: number, outer: Located): Resolution {
	const counted = countedText(base, outer);
	if (!counted)
		return fail('ambiguous', 'The clause has several paragraphs; which sentence is meant cannot be counted.');
	if (counted.more && which < 0)
		return fail('ambiguous', 'The clause goes on with items or paragraphs; its last sentence is not certain.');
	const plain = base.plain(counted.span);
	const text = flat(plain.text);
	const { spans, unsure } = scanSentences(text);
	const at = (nth: number): Span | undefined => spans.at(nth > 0 ? nth - 1 : nth);
	const [first, end] = [at(which), at(last)];
	if (!first || !end)
		return fail('not_found', `The clause has ${spans.length} sentence${spans.length === 1 ? '' : 's'}.`);
	if (unsure.some((stop) => (which > 0 ? stop < end.end : stop >= first.start)))
		return fail(
			'ambiguous',
			'A full stop of the clause may end a sentence or an abbreviation; the sentences cannot be counted.',
		);
	if (!/[.?!:;]["')\]]*$/.test(text.slice(first.start, end.end).trimEnd()))
		return fail('ambiguous', 'The sentence has no end there; the clause seems to go on elsewhere.');
	if (which > 0 && outer.node?.heading === undefined && looksLikeHeading(text, spans[0]))
		return fail('ambiguous', 'The clause opens with what may be a heading or its first sentence.');
	return {
		span: { start: plain.sourceAt(first.start), end: plain.sourceEnd(end.end) },
		what: 'sentence',
		...(outer.node ? { node: outer.node } : {}),
	};
}

function looksLikeHeading(text: string, first: Span | undefined): boolean {
	if (!first) return false;
	const words = text.slice(first.start, first.end).split(' ');
	return words.length <= 4 && words.every((word) => /^[\p{Lu}\p{N}(]|^(?:and|of|the|for|to|in|or)\b/u.test(word));
}

export function resolveParagraph(base: Base, which: number, outer: Located): Resolution {
	const { node } = outer;
	if (!node) return fail('not_found', 'It does not say of which clause the paragraph is.');
	const inside = base.within(outer.span).filter((one) => one !== node && !base.isFurniture(one));
	const own = node.text === '' ? [] : [node];
	const paragraphs = [...own, ...inside.filter((one) => one.number === undefined && !one.table)];
	const numbered = inside.some((one) => one.number !== undefined);
	const chosen = paragraphs.at(which > 0 ? which - 1 : which);
	if (!chosen)
		return fail('not_found', `The clause has ${paragraphs.length} paragraph${paragraphs.length === 1 ? '' : 's'}.`);
	if (numbered && which !== 1)
		return fail('ambiguous', 'The clause has numbered items as well; which paragraph is meant is not certain.');
	return { span: chosen.span, node: chosen, what: 'paragraph' };
}

export function resolveItem(base: Base, which: number, outer: Located): Resolution {
	const items = (outer.node?.children ?? []).filter((node) => node.number !== undefined);
	const chosen = items.at(which > 0 ? which - 1 : which);
	return chosen
		? { span: base.extent(chosen), node: chosen, what: 'clause' }
		: fail('not_found', `The clause has ${items.length} items.`);
}
