import { flat } from '../text/plain';
import type { Base } from './base';
import { countWholeWords, findWholeWords } from '../apply/words';
import type { Failure, Located } from './located';

const CONTACT =
	/^(?:the )?(e-?mail|fax|facsimile|telefax|telephone|phone)(?: address| number| no\.?)? (?:for|of) (.{2,80})$/i;
const FIELDS = new Map<string, RegExp>([
	['email', /(?:e-?mail(?: address)?\s?:?\s?)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}/gi],
	['fax', /(?:fax|facsimile|telefax)(?: no\.?| number)?\s?:?\s?[+(]?\d[\d ()./-]{5,24}\d/gi],
	['phone', /(?:telephone|phone|tel\.?)(?: no\.?| number)?\s?:?\s?[+(]?\d[\d ()./-]{5,24}\d/gi],
]);

/**
 * A thing named in words. Only contact details of a named person can be found without guessing: the one paragraph that
 * names the person, and in it the one detail of that kind. For everything else the words are missing.
 */
export function findValue(base: Base, name: string, outer: Located): Located | Failure {
	const match = CONTACT.exec(name);
	const kind = match?.[1]?.toLowerCase().replace('-', '');
	const person = match?.[2];
	const pattern = FIELDS.get(kind === 'email' ? 'email' : kind === 'telephone' || kind === 'phone' ? 'phone' : 'fax');
	if (!match || person === undefined || !pattern) return findDefined(base, name, outer);
	const nodes = base.within(outer.span).filter((node) => countWholeWords(base.words(node.span), person) > 0);
	const [node] = nodes;
	if (!node || nodes.length > 1)
		return {
			status: nodes.length > 1 ? 'ambiguous' : 'not_found',
			reason: `"${person}" is named in ${nodes.length} paragraphs there.`,
		};
	const own = base.plain(node.span);
	const text = flat(own.text);
	const hits = [...text.matchAll(pattern)];
	const [hit] = hits;
	if (!hit || hits.length > 1)
		return {
			status: hits.length > 1 ? 'ambiguous' : 'not_found',
			reason: `The paragraph of "${person}" holds ${hits.length} such details.`,
		};
	const end = hit.index + hit[0].length;
	// `Attention: A, E-mail: B, Phone: C`: the comma before the detail goes with it.
	const start =
		text.slice(0, hit.index).endsWith(', ') && /^(?:,|$)/.test(text.slice(end, end + 1)) ? hit.index - 2 : hit.index;
	return { span: { start: own.sourceAt(start), end: own.sourceEnd(end) }, node, what: 'words' };
}

const LINK =
	/^"?(?: (?:which|that))?(?: (?:is|are|shall be))? (?:identified|defined|described|designated|specified|established)(?: (?:herein|hereby|below|above|in this (?:section|clause|agreement)))? as /i;
const NAME =
	/^(?:the )?[\p{Lu}\d[$\u20ac\u00a3][^\s,;.]*(?:(?:,? (?:and|or|of|&)(?: the)? |,? )[\p{Lu}\d[][^\s,;.]*)*/u;
const STATES = /^"? (?:means|shall mean|shall be|is) /i;
/** Behind these a value goes on with terms of its own, which the amendment may or may not mean to keep. */
const GOES_ON = /[,;]|\b(?:unless|subject|except|provided|from|until|which|that|and|or|if|when|plus|less)\b/i;

/**
 * What a clause says that a thing is: `the Territory identified herein as the United States`, `the Territory is the
 * United States.` Only where it says so once, and says nothing else in the same breath.
 */
function findDefined(base: Base, name: string, outer: Located): Located | Failure {
	const unknown: Failure = { status: 'not_found', reason: `It names "${name}" and not the words that change.` };
	const own = base.plain(outer.span);
	const text = flat(own.text);
	const hits: Array<{ start: number; end: number; open: boolean }> = [];
	for (const at of wholeWordsAnyCase(text, name)) {
		const rest = text.slice(at + name.length, at + name.length + 400);
		const link = LINK.exec(rest);
		const states = link ? null : STATES.exec(rest);
		const opening = link ?? states;
		if (!opening) continue;
		const value = rest.slice(opening[0].length);
		const words = link ? NAME.exec(value)?.[0] : /^[^.]{1,200}(?=\.(?: |$))/.exec(value)?.[0];
		if (words === undefined) return unknown;
		const start = at + name.length + opening[0].length;
		hits.push({ start, end: start + words.length, open: !link && GOES_ON.test(words) });
	}
	const [hit] = hits;
	if (!hit) return unknown;
	if (hits.length > 1)
		return { status: 'ambiguous', reason: `The clause says ${hits.length} times what "${name}" is.` };
	if (hit.open)
		return {
			status: 'ambiguous',
			reason: `What the clause says of "${name}" goes on; which words change is not certain.`,
		};
	return {
		span: { start: own.sourceAt(hit.start), end: own.sourceEnd(hit.end) },
		what: 'words',
		...(outer.node ? { node: outer.node } : {}),
	};
}

function wholeWordsAnyCase(text: string, name: string): number[] {
	const lower = text.toLowerCase();
	return lower.length === text.length ? findWholeWords(lower, name.toLowerCase()) : findWholeWords(text, name);
}
