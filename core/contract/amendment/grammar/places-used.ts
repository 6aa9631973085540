import type { Place, Step } from '../types';
import type { Draft } from './draft';
import type { Item } from './items';
import type { PlaceItem } from './place-item';

/** Whether a place that the sentence names is one that an instruction changes, or that its words stand in. */
export function isUsed({ places, fresh, document, start, end }: PlaceItem, drafts: readonly Draft[]): boolean {
	if (fresh || places.length === 0 || document?.toLowerCase() === 'amendment') return true;
	return places.every((place) => drafts.some((draft) => takesUp(draft, place) || holds(draft, start, end)));
}

/** It stands in words that are old or new. */
function holds({ old, new: fresh, fact }: Draft, start: number, end: number): boolean {
	return fact !== undefined || [old, fresh].some((words) => words && words.start <= start && words.end >= end);
}

function takesUp({ target, attached, kind, position, unread }: Draft, place: Place): boolean {
	if (unread === true || kind === 'supplement') return true;
	const label = place.steps.map((step) => (step.by === 'schedule' ? `${step.word} ${step.label}` : '')).join('');
	if (attached !== undefined && label !== '' && attached.toLowerCase() === label.toLowerCase()) return true;
	const named = [...target.places, ...(target.adds ?? []), ...(target.upTo ? [target.upTo] : [])];
	return named.some((one) => isWithin(one.steps, place.steps) || (position !== undefined && sameOuter(one, place)));
}

/** `Section 2.1` is in Section 2, the first sentence of it as well; steps in their order, others may stand between. */
export function isWithin(inner: readonly Step[], outer: readonly Step[]): boolean {
	let at = 0;
	for (const step of inner) {
		const wanted = outer[at];
		if (wanted && covers(wanted, step)) at++;
	}
	return at >= outer.length;
}

function covers(outer: Step, inner: Step): boolean {
	if (outer.by === 'number' && inner.by === 'number') return isBelow(numbersOf(outer.parts), numbersOf(inner.parts));
	return JSON.stringify(outer) === JSON.stringify(inner);
}

const numbersOf = (parts: readonly string[]): string[] =>
	parts.flatMap((part) => part.split('.')).map((part) => part.toLowerCase());

const isBelow = (outer: readonly string[], inner: readonly string[]): boolean =>
	outer.every((part, at) => inner[at] === part);

/** `a new Section 2.4 after Section 2.3`: beside it. */
function sameOuter(one: Place, place: Place): boolean {
	return isWithin(place.steps, one.steps);
}

/** `a new Schedule 3 is added after Schedule 2`, `the definition of "Seat" is deleted from Article I`. */
function isBeside(before: readonly Item[], drafts: readonly Draft[]): boolean {
	const last = before.at(-1);
	const lead = before.findLast(({ type }) => type === 'phrase');
	if (lead?.type === 'phrase' && /^(?:after|before|between)$/.test(lead.name))
		return drafts.some(({ kind }) => /^(?:add|insert)_/.test(kind));
	const word = last?.type === 'phrase' ? last.name : last?.type === 'word' ? last.text : '';
	return /^(?:from|in|to)$/i.test(word) && drafts.some(({ kind }) => kind.endsWith('_definition'));
}

/** `Section 5 of the Widget Charter`: what it stands in, where that was not understood. */
export function strangeHolder(items: readonly Item[]): string | undefined {
	for (const [at, item] of items.entries()) {
		if (item.type !== 'place' || item.place.fresh || item.place.places.length === 0) continue;
		const behind = items.slice(at + 1, at + 4).map((one) => (one.type === 'word' ? one.text : ''));
		if (!/^(?:of|under)$/i.test(behind[0] ?? '')) continue;
		const name = /^(?:the|that|its|their|said|such)$/i.test(behind[1] ?? '') ? behind[2] : behind[1];
		if (/^\p{Lu}/u.test(name ?? '')) return name;
	}
	return undefined;
}

/** The first place of a sentence that no instruction takes up. */
export function unusedPlace(items: readonly Item[], drafts: readonly Draft[]): string | undefined {
	if (drafts.length === 0 || drafts.some(({ reason }) => reason !== undefined)) return undefined;
	const unused = items.find(
		(item, at) =>
			item.type === 'place' && !isUsed(item.place, drafts) && !isBeside(items.slice(Math.max(0, at - 4), at), drafts),
	);
	return unused?.type === 'place' ? unused.place.places[0]?.quote : undefined;
}
