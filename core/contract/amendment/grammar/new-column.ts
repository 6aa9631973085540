import type { Target } from '../types';
import { type Context, endsWithColon } from './clause';
import type { Draft } from './draft';
import type { Item } from './items';

type PlaceEntry = Extract<Item, { type: 'place' }>;

export function isNewColumn(items: readonly Item[], item: PlaceEntry): boolean {
	if (item.place.places[0]?.steps.at(-1)?.by !== 'column') return false;
	const before = items[items.indexOf(item) - 1];
	return item.place.fresh || (before?.type === 'word' && /^an?$/i.test(before.text));
}

/** `a new column "X" with the entry "A" for B and "C" for D`: the entries stand behind its name, as written. */
export function newColumn(context: Context, column: PlaceEntry, items: readonly Item[], target: Target): Draft {
	const behind = items.filter((item) => item.start >= column.end);
	const quotes = behind.filter(({ type }) => type === 'quote');
	const [first, last] = [quotes[0], context.all.at(-1)];
	const place = column.place.places;
	const beside = items.find((item) => item.type === 'phrase' && (item.name === 'after' || item.name === 'before'));
	const at = beside?.type !== 'phrase' ? 'end' : beside.name === 'before' ? 'before' : 'after';
	const open = endsWithColon(context);
	const words = first && last && !open ? { start: first.start, end: last.end } : undefined;
	return {
		kind: 'add_column',
		target: { ...target, adds: place },
		position: { at },
		notes: [],
		...(words
			? { new: { ...words, text: context.text.slice(words.start, words.end) } }
			: open
				? { takes: 'new' as const }
				: {}),
	};
}
