import type { Draft } from './draft';
import type { Item } from './items';
import type { Target } from '../types';

const PARTS_OF_TABLES = /^(?:columns?|cells?|rows?|tables?|entry|entries|lines?)$/i;

/**
 * Reads a sentence's instructions against its words: quoted words, or parts of a table, that no instruction accounts
 * for mean that the sentence was not understood, however well the rest of it fits.
 */
export function withAccount(drafts: readonly Draft[], items: readonly Item[], frame: Target | undefined): Draft[] {
	const reason = unaccounted(drafts, items, frame);
	return reason === undefined ? [...drafts] : drafts.map((draft) => ({ ...draft, reason: draft.reason ?? reason }));
}

function unaccounted(drafts: readonly Draft[], items: readonly Item[], frame: Target | undefined): string | undefined {
	for (const item of items) {
		if (item.type === 'quote' && !drafts.some((draft) => uses(draft, item)))
			return `It quotes words whose part in it was not understood: "${item.text.slice(0, 80)}".`;
		if (item.type === 'word' && PARTS_OF_TABLES.test(item.text) && !drafts.some((draft) => isTabular(draft, frame)))
			return `It speaks of a part of a table that was not understood: "${item.text}".`;
	}
	return undefined;
}

function uses({ old, new: fresh, position, target, fact }: Draft, quote: Extract<Item, { type: 'quote' }>): boolean {
	if (fact !== undefined) return true;
	for (const words of [old, fresh])
		if (words && words.start <= quote.start + 1 && words.end >= quote.end - 1) return true;
	if (position?.anchor === quote.text || position?.next === quote.text) return true;
	const places = [...target.places, ...(target.adds ?? [])];
	return places.some(({ steps, title }) => title === quote.text || steps.some((step) => names(step, quote.text)));
}

function names(step: Target['places'][number]['steps'][number], words: string): boolean {
	switch (step.by) {
		case 'row':
			return step.key === words;
		case 'column':
		case 'value':
			return step.name.includes(words);
		case 'definition':
			return step.term === words;
		case 'heading':
			return step.text === words;
		default:
			return false;
	}
}

function isTabular(draft: Draft, frame: Target | undefined): boolean {
	if (/_(?:row|column)$/.test(draft.kind) || draft.kind === 'supplement') return true;
	return [draft.target, ...(frame ? [frame] : [])].some(({ places }) =>
		places.some(({ steps }) => steps.some(({ by }) => by === 'row' || by === 'column' || by === 'table')),
	);
}
