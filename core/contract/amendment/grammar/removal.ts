import type { Target } from '../types';
import { namedEntries } from './cell';
import type { Context } from './clause';
import type { Draft } from './draft';
import { kindFor, locate, withFrame } from './roles';

const HELD =
	/\b(?:intentionally (?:omitted|deleted|left blank)|left (?:intentionally )?blank|(?:marked|designated|shown|identified)(?: as)? "?\[?reserved|(?:and|is|be|as) "?\[?reserved)\b/i;

/** `… is deleted and intentionally omitted`, `… deleted and marked "Reserved"`: the number stays, with a word in its place. */
export function placeheld({ clause, text, all }: Context, target: Target): Draft | undefined {
	const end = all.at(-1)?.end ?? clause.verb.end;
	const match = HELD.exec(text.slice(clause.verb.end, end));
	const kind = kindFor('replace', target);
	if (!match || (kind !== 'replace_clause' && kind !== 'replace_definition')) return undefined;
	const start = clause.verb.end + match.index;
	const placeholder = /reserved/i.test(match[0])
		? '[Reserved]'
		: /blank/i.test(match[0])
			? '[Intentionally left blank]'
			: '[Intentionally omitted]';
	const words = { text: match[0], start, end: start + match[0].length };
	return { kind, target, new: words, placeholder, notes: [] };
}

/** `Bob Stone is removed from Schedule A`, `remove Bob Stone from Schedule A`. */
export function removedEntries({ clause, frame, subject }: Context): Draft | undefined {
	const from = clause.post.findIndex((item) => item.type === 'phrase' && item.name === 'from');
	const passive = clause.verb.form === 'participle';
	if (from < 0 && !(passive && frame)) return undefined;
	const named = passive ? (subject.length > 0 ? subject : clause.pre) : clause.post.slice(0, from);
	const target = withFrame(locate(from < 0 ? [] : clause.post.slice(from)), frame);
	const keys = namedEntries(named);
	const [place, ...others] = target.places;
	if (!place || others.length > 0 || keys.length === 0 || place.steps.at(-1)?.by !== 'schedule') return undefined;
	const places = keys.map((key) => ({ ...place, steps: [...place.steps, { by: 'row' as const, key }] }));
	return { kind: 'delete_row', target: { ...target, places }, notes: [] };
}
