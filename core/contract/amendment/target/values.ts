import { flat } from '../text/plain';
import type { Base } from './base';
import { countWholeWords } from '../apply/words';
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
	if (!match || person === undefined || !pattern)
		return { status: 'not_found', reason: `It names "${name}" and not the words that change.` };
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
