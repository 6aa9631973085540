import { type Context, wordsBetween } from './clause';
import type { Draft, Words } from './draft';

const PARTY =
	/(\p{Lu}[\p{L}\p{N}.&'-]*(?: (?:of|and|&|the|\p{Lu}[\p{L}\p{N}.&'-]*))*(?:,? (?:Inc|LLC|L\.L\.C|Ltd|Limited|Corp|Corporation|GmbH|AG|S\.A|S\.A\.S|B\.V|N\.V|PLC|LLP|L\.P)\b\.?)?) (?:is|are|shall be|will be)(?: hereby)? $/u;
const LONGEST_NAME = 160;

/** The name right before `is hereby substituted`. */
function nameBefore(text: string, from: number, verb: number): Words | undefined {
	const start = Math.max(from, verb - LONGEST_NAME);
	const match = PARTY.exec(text.slice(start, verb));
	const name = match?.[1];
	if (!match || name === undefined) return undefined;
	return { text: name, start: start + match.index, end: start + match.index + name.length };
}

/** `B, Inc. is hereby substituted for A, Inc. as "Vendor"`: another party takes the place of one. */
export function substituted({ clause, text }: Context): Draft[] {
	const at = clause.post.findIndex((item) => item.type === 'phrase' && item.name === 'for');
	const rest = clause.post.slice(at + 1);
	const stop = rest.findIndex((item) => item.type === 'phrase' && ['as', 'in', 'by'].includes(item.name));
	const old = at < 0 ? undefined : wordsBetween(text, stop < 0 ? rest : rest.slice(0, stop));
	const fresh = nameBefore(text, clause.pre[0]?.start ?? 0, clause.verb.start);
	if (!old || !fresh || !/^\p{Lu}/u.test(old.text)) return [];
	return [
		{
			kind: 'rename_party',
			target: { places: [], everywhere: true },
			old,
			new: fresh,
			notes: [],
			reason: 'A party takes the place of another; which mentions change has to be confirmed.',
		},
	];
}
