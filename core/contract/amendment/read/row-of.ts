import type { Draft } from '../grammar/draft';

/**
 * The sentence with what it changes, and the key of the row where it does, as quoted words: `for Bo Lind` says where and
 * not for whom alone, `from Analyst to Lead` says what.
 */
export function withoutRow(sentence: string, { kind, old, new: fresh, target }: Draft): string {
	const keys = target.places.flatMap(({ steps }) => steps.flatMap((step) => (step.by === 'row' ? [step.key] : [])));
	if (keys.length === 0) return sentence;
	let text = sentence;
	for (const key of keys)
		if (key.length > 1 && !text.includes(`"${key}"`))
			text = text.replace(key, '""').replace(/\b(?:as regards|in the case of) ""/iu, 'for ""');
	if (kind !== 'change_value' && kind !== 'replace_words') return text;
	for (const words of [old?.text, fresh?.text]) {
		const at = words === undefined || text.includes(`"${words}"`) ? -1 : text.lastIndexOf(words);
		if (at >= 0) text = `${text.slice(0, at)}""${text.slice(at + (words ?? '').length)}`;
	}
	return text;
}
