import type { Place, Step, Target } from '../types';
import type { Item } from './items';
import { DETERMINERS } from './vocabulary';

/** A cell named by what it holds: `the price for "Seat"`, `the role of Bob Stone`. */
interface NamedCell {
	steps: [Step, Step];
	/** The key, where it was quoted. */
	quote?: Item;
}

const LINKS = /^(?:of|for|opposite|against)$/i;

/**
 * The object of a change in a schedule, with the cell that is meant where it is told by a noun and a key. Without a
 * schedule the same words (`the fee for "Support"`) name a value in prose, which is not found this way.
 */
export function withCell(items: readonly Item[], target: Target): { target: Target; quote?: Item } {
	if (target.places.length === 0 || !target.places.every(isSchedule)) return { target };
	const cell = cellIn(items);
	if (!cell) return { target };
	const places = target.places.map((place): Place => ({ ...place, steps: [...place.steps, ...cell.steps] }));
	return { target: { ...target, places }, ...(cell.quote ? { quote: cell.quote } : {}) };
}

function isSchedule({ steps }: Place): boolean {
	const last = steps.at(-1);
	return last?.by === 'schedule' || last?.by === 'table';
}

function cellIn(items: readonly Item[]): NamedCell | undefined {
	for (let at = 1; at < items.length - 1; at++) {
		const link = items[at];
		if (!link || !(link.type === 'phrase' ? link.name === 'for' : link.type === 'word' && LINKS.test(link.text)))
			continue;
		const column = nounBefore(items, at);
		const key = keyBehind(items, at + 1);
		if (column === undefined || !key) continue;
		return {
			steps: [
				{ by: 'row', key: key.text },
				{ by: 'column', name: column },
			],
			...(key.quote ? { quote: key.quote } : {}),
		};
	}
	return undefined;
}

function nounBefore(items: readonly Item[], at: number): string | undefined {
	const words: string[] = [];
	for (let i = at - 1; i >= 0; i--) {
		const item = items[i];
		if (item?.type !== 'word' || !/^\p{L}/u.test(item.text) || DETERMINERS.has(item.text.toLowerCase())) break;
		words.unshift(item.text);
	}
	return words.length > 0 && words.length <= 4 ? words.join(' ') : undefined;
}

function keyBehind(items: readonly Item[], at: number): { text: string; quote?: Item } | undefined {
	const first = items[at];
	if (first?.type === 'quote') return { text: first.text.replace(/[,.]$/, ''), quote: first };
	const words: string[] = [];
	for (const item of items.slice(at)) {
		if (item.type !== 'word' || !/^\p{Lu}/u.test(item.text)) break;
		words.push(item.text);
	}
	return words.length > 0 ? { text: words.join(' ') } : undefined;
}

/** `Bob Stone is removed from Schedule A`: entries by their names, behind `from` the schedule. */
export function namedEntries(items: readonly Item[]): string[] {
	const names: string[] = [];
	let words: string[] = [];
	const close = (): void => {
		if (words.length > 0) names.push(words.join(' '));
		words = [];
	};
	for (const item of items) {
		if (item.type !== 'word') return [];
		if (/^(?:,|and)$/i.test(item.text)) close();
		else if (/^\p{Lu}[\p{L}\p{N}'.-]*$/u.test(item.text)) words.push(item.text);
		else if (!/^(?:is|are|shall|be|will|hereby|the|user|users|person|persons|authori[sz]ed|named)$/i.test(item.text))
			return [];
	}
	close();
	return names;
}
