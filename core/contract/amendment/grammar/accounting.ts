import type { Draft, Words } from './draft';
import type { Item } from './items';
import type { PlaceItem } from './place-item';
import { strangeHolder, unusedPlace } from './places-used';
import { withRowKey } from './row-key';
import { trailing } from './trailing';
import type { Step, Target } from '../types';

const PARTS_OF_TABLES = /^(?:columns?|cells?|rows?|tables?|entry|entries|lines?)$/i;

/**
 * Reads a sentence's instructions against its words: quoted words, or parts of a table, that no instruction accounts
 * for mean that the sentence was not understood, however well the rest of it fits.
 */
export function withAccount(
	given: readonly Draft[],
	items: readonly Item[],
	frame: Target | undefined,
	sentence: Words,
): Draft[] {
	const drafts = withRowKey(
		given.map((draft) => withTableParts(draft, items)),
		sentence,
	);
	const reason = unaccounted(drafts, items, frame);
	return reason === undefined ? [...drafts] : drafts.map((draft) => ({ ...draft, reason: draft.reason ?? reason }));
}

const IN_TABLES: ReadonlySet<Draft['kind']> = new Set(['replace_words', 'delete_words', 'change_value', 'rename_term']);

/** `… is replaced by "42" in the row for Shelving`: what is said of the table behind the words belongs to their place. */
function withTableParts(draft: Draft, items: readonly Item[]): Draft {
	const { kind, target } = draft;
	const [place, ...others] = target.places;
	if (!IN_TABLES.has(kind) || !place || others.length > 0) return draft;
	const missing = items.flatMap((item) =>
		item.type === 'place' && !item.place.fresh && item.place.places.length === 1
			? (item.place.places[0]?.steps ?? []).filter(
					(step) => (step.by === 'row' || step.by === 'column') && !place.steps.some(({ by }) => by === step.by),
				)
			: [],
	);
	const [part, ...more] = missing;
	if (!part || more.length > 0) return draft;
	const column = place.steps.findIndex(({ by }) => by === 'column');
	const at = part.by === 'row' && column >= 0 ? column : place.steps.length;
	return { ...draft, target: { ...target, places: [{ ...place, steps: place.steps.toSpliced(at, 0, part) }] } };
}

function unaccounted(drafts: readonly Draft[], items: readonly Item[], frame: Target | undefined): string | undefined {
	for (const [at, item] of items.entries()) {
		if (item.type === 'place' && !drafts.every((draft) => isNamed(item.place, draft, drafts)))
			return 'It names a place whose part in it was not understood.';
		if (item.type === 'quote' && !drafts.some((draft) => uses(draft, item)))
			return `It quotes words whose part in it was not understood: "${item.text.slice(0, 80)}".`;
		const tabular = item.type === 'word' && PARTS_OF_TABLES.test(item.text) && !isLineOfPage(items, at, drafts);
		if (tabular && !drafts.some((draft) => isTabular(draft, frame)))
			return `It speaks of a part of a table that was not understood: "${item.text}".`;
	}
	const holder = strangeHolder(items);
	if (holder !== undefined)
		return `It names what the clause stands in, which was not understood: "${holder.slice(0, 80)}".`;
	const unused = unusedPlace(items, drafts);
	if (unused !== undefined) return `It names a place whose part in it was not understood: ${unused.slice(0, 80)}.`;
	return trailing(drafts, items);
}

/** `where they appear in line 2` of a clause. */
export function isLineOfPage(items: readonly Item[], at: number, drafts: readonly Draft[]): boolean {
	const [word, number] = [items[at], items[at + 1]];
	if (word?.type !== 'word' || !/^lines?$/i.test(word.text) || number?.type !== 'word' || !/^\d+$/.test(number.text))
		return false;
	return drafts.every(({ target }) =>
		target.places.every(({ steps }) =>
			steps.every(({ by }) => by === 'number' || by === 'sentence' || by === 'paragraph'),
		),
	);
}

function uses({ old, new: fresh, position, target, fact }: Draft, quote: Extract<Item, { type: 'quote' }>): boolean {
	if (fact !== undefined) return true;
	for (const words of [old, fresh])
		if (words && words.start <= quote.start + 1 && words.end >= quote.end - 1) return true;
	if (position?.anchor === quote.text || position?.next === quote.text) return true;
	const places = [...target.places, ...(target.adds ?? [])];
	return places.some(({ steps, title }) => title === quote.text || steps.some((step) => names(step, quote.text)));
}

/** Whether a row or column that the sentence names is part of a place that is changed. */
function isNamed({ places, fresh }: PlaceItem, { kind }: Draft, drafts: readonly Draft[]): boolean {
	if (fresh || kind === 'supplement') return true;
	const parts = places.flatMap(({ steps }) => steps.filter(({ by }) => by === 'row' || by === 'column'));
	return parts.every((part) => drafts.some((draft) => holds(draft, part)));
}

function holds({ target, position, kind }: Draft, part: Step): boolean {
	if (position || /_(?:row|column|entry)$/.test(kind)) return true;
	return [...target.places, ...(target.adds ?? [])].some(({ steps }) =>
		steps.some((step) => JSON.stringify(step) === JSON.stringify(part)),
	);
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
