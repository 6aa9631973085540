import type { InstructionKind, Place, Position, Step, Target } from '../types';
import type { Draft, Words } from './draft';
import type { Context } from './clause';
import type { Item } from './items';
import { isNewColumn, newColumn } from './new-column';
import type { PlaceItem } from './place-item';
import { locate, withFrame } from './roles';
import { ORDINALS } from './vocabulary';

type PlaceEntry = Extract<Item, { type: 'place' }>;

const isPlace = (item: Item): item is PlaceEntry => item.type === 'place';

function phrase(items: readonly Item[], ...names: string[]): number {
	return items.findIndex((item) => item.type === 'phrase' && names.includes(item.name));
}

/** `adding "X" after "Y"`, `a new Section 6.7 is inserted as follows:`, `the following definitions are added to Section 1`. */
export function interpretInsert(context: Context): Draft[] {
	const { clause } = context;
	const passive = clause.verb.form === 'participle';
	// `after "X" insert "Y"`: where it goes stands before an order.
	const orders = clause.verb.form === 'base' && phrase(clause.pre, 'after', 'before', 'end', 'start', 'between') >= 0;
	const items = passive
		? [...(clause.pre.length > 0 ? clause.pre : context.subject), ...clause.post]
		: orders
			? [...clause.pre, ...clause.post]
			: clause.post;
	const follows = phrase(items, 'follows') >= 0 || endsWithColon(context.all);
	const column = items.filter(isPlace).find((item) => isNewColumn(items, item));
	const fresh = items
		.filter(isPlace)
		.filter((item) => item.place.fresh || item === column || isAsNew(items, item.place));
	const position = positionOf(items);
	const words = newWords(items, position);
	const ordinal = ordinalOf(items, context.text);
	const where =
		ordinal === undefined
			? locate(items.filter((item) => !isPlace(item) || !fresh.includes(item)))
			: aroundSentence(items);
	const target = withBounds(withFrame(where, context.frame), items);
	if (column) return [newColumn(context, column, items, target)];
	if (clause.verb.word.startsWith('includ') && !follows) return vague(context, target);
	if (follows && items.some((item) => item.type === 'word' && /^column$/i.test(item.text)))
		return [{ kind: 'add_column', target, position: { at: 'end' }, notes: [], takes: 'new' }];
	const numbers = ordinal === undefined ? fresh.flatMap(({ place }) => place.places) : [];
	const unit = fresh.find(({ place }) => place.unit !== undefined)?.place.unit ?? unitOf(items);
	const attached = !follows && words === undefined ? attachmentLabel(items) : undefined;
	if (!follows && words === undefined && numbers.length === 0 && fresh.length === 0) return [];
	const base: Draft = {
		kind: kindOf(numbers, ordinal === undefined ? unit : 'sentence', words, position, target, follows),
		target: newPlace(numbers, target),
		notes: [],
		...(words
			? { new: words }
			: attached !== undefined && numbers.length > 0
				? { attached }
				: { takes: 'new' as const }),
	};
	const placed: Position = ordinal !== undefined ? { at: 'after', ordinal } : (position ?? { at: 'end' });
	if (base.kind === 'insert_words' && base.target.places.length === 0 && target.everywhere !== true)
		return [{ ...base, position: placed, reason: 'It does not say into which clause the words go.' }];
	const bare = base.kind === 'insert_words' && position === undefined && ordinal === undefined && words !== undefined;
	if (bare && !/[.;:!?]["')\]]*$/.test(words.text.trim()))
		return [{ ...base, position: placed, reason: 'It does not say where in the clause the words go.' }];
	return [{ ...base, position: placed }];
}

function endsWithColon(items: readonly Item[]): boolean {
	const last = items.at(-1);
	return last?.type === 'word' && last.text === ':';
}

/** `… shall be added to Section 2.1 as a new Section 2.1(d)`: fresh although the words before it are `as a`. */
function isAsNew(items: readonly Item[], place: PlaceItem): boolean {
	const at = items.findIndex((item) => isPlace(item) && item.place === place);
	const before = items[at - 1];
	return before?.type === 'phrase' && before.name === 'as';
}

/** The words to insert: quoted, and not the anchor. */
function newWords(items: readonly Item[], position: Position | undefined): Words | undefined {
	for (const item of items) {
		if (item.type !== 'quote' || item.text === position?.anchor || item.text === position?.next) continue;
		return { text: item.text, start: item.start + 1, end: item.end - 1 };
	}
	return undefined;
}

function positionOf(items: readonly Item[]): Position | undefined {
	for (const name of ['after', 'before'] as const) {
		const at = phrase(items, name);
		if (at < 0) continue;
		for (const item of items.slice(at + 1)) {
			if (item.type === 'quote') return { at: name, anchor: item.text };
			if (item.type === 'place') return { at: name };
			if (item.type === 'phrase' && item.name !== 'everywhere') break;
		}
	}
	const between = positionBetween(items);
	if (between) return between;
	if (phrase(items, 'start') >= 0) return { at: 'start' };
	return phrase(items, 'end') >= 0 ? { at: 'end' } : undefined;
}

/** `between "A" and "B"`; with clauses the second is told by `upTo`. */
function positionBetween(items: readonly Item[]): Position | undefined {
	const at = phrase(items, 'between');
	if (at < 0) return undefined;
	const [first, second] = items.slice(at + 1).filter((item) => item.type === 'quote');
	if (first?.type === 'quote' && second?.type === 'quote')
		return { at: 'after', anchor: first.text, next: second.text };
	return items.slice(at + 1).some((item) => isPlace(item)) ? { at: 'after' } : undefined;
}

/** `between Section 4 and Section 5`: behind 4, which 5 has to follow. */
function withBounds(target: Target, items: readonly Item[]): Target {
	const at = phrase(items, 'between');
	const bounds = at < 0 ? [] : items.slice(at + 1).flatMap((item) => (isPlace(item) ? item.place.places : []));
	const [first, second] = bounds;
	if (first && !second) return { ...target, places: [elder(first, items.slice(at + 1)) ?? first] };
	return first && second && bounds.length === 2 ? { ...target, places: [first], upTo: second } : target;
}

/** `between the first and the second sentence`: behind the first. */
function elder(place: Place, items: readonly Item[]): Place | undefined {
	const last = place.steps.at(-1);
	if (last?.by !== 'sentence' && last?.by !== 'paragraph') return undefined;
	const words = items.flatMap((item) => (item.type === 'word' ? [item.text.toLowerCase()] : []));
	const which = words.map((word) => ORDINALS.get(word)).find((ordinal) => ordinal !== undefined);
	return which !== undefined && which + 1 === last.which
		? { ...place, steps: [...place.steps.slice(0, -1), { ...last, which }] }
		: undefined;
}

/** `Add as a second sentence in Section 20`. */
function ordinalOf(items: readonly Item[], text: string): number | undefined {
	const at = phrase(items, 'as');
	const next = items[at + 1];
	if (at < 0 || !next || next.type !== 'place' || next.place.ordinal === undefined) return undefined;
	return /sentence/i.test(text.slice(next.start, next.end)) ? next.place.ordinal : undefined;
}

/** `as a second sentence in Section 20`: Section 20. */
function aroundSentence(items: readonly Item[]): Target {
	const target = locate(items);
	return {
		...target,
		places: target.places.map((place) => ({ ...place, steps: place.steps.filter((step) => step.by !== 'sentence') })),
	};
}

function unitOf(items: readonly Item[]): PlaceItem['unit'] {
	for (const item of items) {
		if (item.type === 'place' && item.place.unit !== undefined && item.place.places.length === 0)
			return item.place.unit;
		if (item.type === 'word' && /^definitions?$/i.test(item.text)) return 'definition';
		if (item.type === 'word' && /^rows?$/i.test(item.text)) return 'row';
	}
	return undefined;
}

function kindOf(
	numbers: Place[],
	unit: PlaceItem['unit'],
	words: Words | undefined,
	position: Position | undefined,
	target: Target,
	follows: boolean,
): InstructionKind {
	const first = numbers[0]?.steps.at(-1);
	if (first?.by === 'schedule') return 'add_schedule';
	if (first?.by === 'number' || first?.by === 'heading') return 'insert_clause';
	if (first?.by === 'definition' || unit === 'definition') return 'add_definition';
	if (first?.by === 'row' || unit === 'row') return 'add_row';
	if (unit === 'section') return 'insert_clause';
	const beside =
		position !== undefined && position.anchor === undefined && (position.at === 'after' || position.at === 'before');
	if (unit === 'paragraph' && beside) return 'insert_clause';
	if (words && !follows) return 'insert_words';
	if (position?.anchor !== undefined || position?.at === 'start') return 'insert_words';
	if (unit === 'sentence' || unit === 'paragraph' || position?.at === 'end') return 'insert_words';
	return target.places.length > 0 ? 'supplement' : 'insert_clause';
}

/** `as a second sentence` names a position, `a new Section 6.7` a clause that comes to be. */
function newPlace(numbers: Place[], where: Target): Target {
	const clauses = numbers.filter((place) =>
		place.steps.every((step: Step) => step.by !== 'sentence' && step.by !== 'paragraph'),
	);
	if (clauses.length === 0) return where;
	const schedule = clauses[0]?.steps.at(-1)?.by === 'schedule';
	return { ...where, ...(schedule && !where.upTo ? { places: [] } : {}), adds: clauses };
}

function attachmentLabel(items: readonly Item[]): string | undefined {
	const at = phrase(items, 'attached');
	const behind = items.slice(Math.max(0, at));
	for (const item of [...behind, ...items.slice(0, Math.max(0, at)).reverse()]) {
		if (item.type !== 'place' || item.place.fresh) continue;
		const step = item.place.places[0]?.steps[0];
		if (step?.by === 'schedule') return `${step.word} ${step.label}`;
	}
	return undefined;
}

/** `to include the Property "X" as a Targeted Release`: what it is tells the list that it goes into. */
function entryOf({ clause: { post }, text }: Context, target: Target): Draft | undefined {
	const [quote, ...others] = post.filter((item) => item.type === 'quote');
	const as = post.findIndex((item) => item.type === 'phrase' && item.name === 'as');
	if (quote?.type !== 'quote' || others.length > 0 || as < 0 || as < post.indexOf(quote)) return undefined;
	const [first, last] = [post[as + 1], post.at(-1)];
	if (!first || !last || target.places.length !== 1 || target.places[0]?.steps.at(-1)?.by !== 'schedule')
		return undefined;
	const name = text
		.slice(first.start, last.end)
		.replace(/^(?:an?|the) /i, '')
		.replace(/[.;,]+$/, '');
	if (name.split(' ').length > LONGEST_LABEL || /[,;:]/.test(name)) return undefined;
	return {
		kind: 'add_entry',
		target: { ...target, adds: [{ steps: [{ by: 'heading', text: name }], quote: name }] },
		new: { text: quote.text, start: quote.start + 1, end: quote.end - 1 },
		notes: [],
	};
}

const LONGEST_LABEL = 5;

/** `Exhibit A is amended to include the Property "X" as a Release`: tells the outcome, not the words. */
function vague(context: Context, target: Target): Draft[] {
	// What is to be included may point at clauses itself: the one that is amended was named before.
	const own = context.frame && context.frame.places.length > 0 ? context.frame : target;
	if (own.places.length === 0) return [];
	const entry = entryOf(context, own);
	if (entry) return [entry];
	const last = context.all.at(-1);
	const { start } = context.clause.verb;
	const end = last?.end ?? start;
	return [
		{
			kind: 'supplement',
			target: own,
			new: { text: context.text.slice(start, end), start, end },
			position: { at: 'end' },
			notes: [],
			reason: 'It says what is to be included, not the words or the place.',
		},
	];
}
