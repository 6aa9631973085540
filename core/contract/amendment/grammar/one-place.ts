import { isLineOfPage } from './accounting';
import type { Draft } from './draft';
import type { Item } from './items';

/** `the words "X" where they appear in line 2`, `in the first place where it appears`: one of them, not all. */
export function onLine(drafts: readonly Draft[], items: readonly Item[]): Draft[] {
	const which = items.flatMap((_, at) => onePlace(items, at))[0];
	if (which === undefined && !items.some((_, at) => isLineOfPage(items, at, drafts))) return [...drafts];
	// Where the words stand once, the first and the last of them are these; a second one is not there.
	const counted = which !== undefined && !/^(?:first|last|only|one)$/i.test(which);
	return drafts.map((draft) => {
		const { everywhere: _everywhere, ...target } = draft.target;
		return {
			...draft,
			target,
			kind: draft.kind === 'rename_term' ? 'replace_words' : draft.kind,
			...(counted && draft.reason === undefined
				? { reason: 'It means one of several places, and not the first.' }
				: {}),
		};
	});
}

/** The ordinal in `in the first place where it appears`. */
function onePlace(items: readonly Item[], at: number): string[] {
	const [which, place, everywhere] = [items[at], items[at + 1], items[at + 2]];
	const named =
		which?.type === 'word' &&
		/^(?:first|second|third|fourth|last|only|one)$/i.test(which.text) &&
		place?.type === 'word' &&
		/^(?:place|instance|occurrence|time|mention|line)$/i.test(place.text) &&
		everywhere?.type === 'phrase' &&
		everywhere.name === 'everywhere';
	return named ? [which.text] : [];
}
