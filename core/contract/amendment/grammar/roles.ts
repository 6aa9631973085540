import type { InstructionKind, Place, Target } from '../types';
import type { Item } from './items';
import { DETERMINERS } from './vocabulary';

/** Where a stretch of a sentence points: its places that exist already, joined. */
export function locate(items: readonly Item[]): Target {
	const target: Target = { places: [] };
	for (const [at, item] of items.entries()) {
		// `Schedule 1 to this Amendment` holds new text; it is no place in the agreement.
		if (item.type !== 'place' || item.place.document?.toLowerCase() === 'amendment') continue;
		if (item.place.document !== undefined) target.document ??= item.place.document;
		if (item.place.fresh) continue;
		target.places = isInside(items, at)
			? within(target.places, item.place.places)
			: merge(target.places, item.place.places);
	}
	return target;
}

/** `In Schedule 1, paragraph 2`: behind the comma stands what is in the schedule. */
function isInside(items: readonly Item[], at: number): boolean {
	const [within, schedule, comma] = items.slice(Math.max(0, at - 3), at);
	return (
		at >= 3 &&
		within?.type === 'phrase' &&
		within.name === 'in' &&
		schedule?.type === 'place' &&
		schedule.place.places.length === 1 &&
		schedule.place.places[0]?.steps.at(-1)?.by === 'schedule' &&
		comma?.type === 'word' &&
		comma.text === ','
	);
}

function within(outer: Place[], inner: Place[]): Place[] {
	return outer.flatMap((above) =>
		inner.map((one) => ({ ...one, steps: [...above.steps, ...one.steps], quote: `${above.quote}, ${one.quote}` })),
	);
}

/** Whether several clauses are named without an `and`: then one of them is no object of the verb. */
export function isScattered(items: readonly Item[]): boolean {
	let last = -1;
	let joined = true;
	items.forEach((item, index) => {
		if (item.type !== 'place' || item.place.fresh || item.place.places.length === 0 || item.place.places.every(isPart))
			return;
		if (
			last >= 0 &&
			!items.slice(last + 1, index).every((one) => one.type === 'word' && /^(?:,|and|&|or|both)$/i.test(one.text))
		)
			joined = false;
		if (
			last >= 0 &&
			!items.slice(last + 1, index).some((one) => one.type === 'word' && /^(?:and|&|or)$/i.test(one.text))
		)
			joined = false;
		last = index;
	});
	return !joined;
}

/** `In Section 2.1, the first sentence is deleted`: a part without a clause of its own belongs to the clause named before. */
function merge(outer: Place[], inner: Place[]): Place[] {
	if (outer.length === 0) return inner;
	if (inner.length === 0) return outer;
	if (inner.every((place) => isPart(place)) && outer.every((place) => !isPart(place)))
		return outer.flatMap((above) =>
			inner.map((place) => ({
				...above,
				steps: [...above.steps, ...place.steps],
				quote: `${above.quote}, ${place.quote}`,
			})),
		);
	// `Article IV, Section 4.2`: the section of that article.
	const [article, section] = [outer[0], inner[0]];
	if (
		outer.length === 1 &&
		inner.length === 1 &&
		article &&
		section &&
		wordOf(article) === 'article' &&
		wordOf(section) === 'section'
	)
		return [{ ...section, steps: [...article.steps, ...section.steps], quote: `${article.quote}, ${section.quote}` }];
	return [...outer, ...inner];
}

function wordOf(place: Place): string {
	const [first] = place.steps;
	return first?.by === 'number' ? first.word.toLowerCase() : '';
}

/** `the following definitions in clause 1.1`: the definitions are meant, not the clause they stand in. */
export function ofDefinitions(items: readonly Item[]): boolean {
	const named = items.some(
		(item) =>
			item.type === 'place' && item.place.places.some(({ steps }) => steps.some(({ by }) => by === 'definition')),
	);
	return !named && items.some((item) => item.type === 'place' && item.place.unit === 'definition');
}

/** A sentence, paragraph, row or lettered item without the clause it stands in. */
export function isPart(place: Place): boolean {
	const first = place.steps[0];
	if (!first) return true;
	if (first.by === 'number')
		return /^(?:[a-z]{1,4}|[ivxlc]+)$/.test(first.parts[0] ?? '') && !/^(?:section|article)$/i.test(first.word);
	return (
		first.by === 'definition' ||
		first.by === 'title' ||
		first.by === 'sentence' ||
		first.by === 'paragraph' ||
		first.by === 'item' ||
		first.by === 'row' ||
		first.by === 'column' ||
		first.by === 'table' ||
		first.by === 'value'
	);
}

/** The target, or what it lacks taken from the sentence around it. */
export function withFrame(target: Target, frame: Target | undefined): Target {
	if (!frame) return target;
	const document = target.document ?? frame.document;
	const places =
		target.places.length === 0
			? frame.places
			: target.places.every(isPart) && !frame.places.every(isPart)
				? merge(frame.places, target.places)
				: target.places;
	return { ...target, places, ...(document !== undefined ? { document } : {}) };
}

const KINDS: Record<
	'restate' | 'replace' | 'delete',
	Record<'definition' | 'schedule' | 'row' | 'clause', InstructionKind>
> = {
	restate: {
		definition: 'replace_definition',
		schedule: 'replace_schedule',
		row: 'replace_row',
		clause: 'restate_clause',
	},
	replace: {
		definition: 'replace_definition',
		schedule: 'replace_schedule',
		row: 'replace_row',
		clause: 'replace_clause',
	},
	delete: { definition: 'delete_definition', schedule: 'delete_clause', row: 'delete_row', clause: 'delete_clause' },
};

export function kindFor(action: 'restate' | 'replace' | 'delete', target: Target): InstructionKind {
	const last = target.places[0]?.steps.at(-1);
	const cell = target.places[0]?.steps.at(-2)?.by === 'row';
	if (last?.by === 'title') return action === 'delete' ? 'delete_words' : 'change_value';
	if (last?.by === 'column') return action === 'delete' ? (cell ? 'delete_words' : 'delete_column') : 'change_value';
	const what = last?.by === 'definition' || last?.by === 'schedule' || last?.by === 'row' ? last.by : 'clause';
	return KINDS[action][what];
}

const HARMLESS = new Set(
	(
		'the a an is are be shall will hereby herein hereof and or , . ; : ( ) also further furthermore now each both said parties party agree agrees agreed ' +
		'that this to of in by entire whole following amended supplemented as so it its their deemed thereby here company provisions language text ' +
		'words word phrase phrases mutually expressly therefore accordingly such is, all any at - i ii iii iv v b c d e f g h new additional'
	).split(' '),
);

/** Words before the verb that no rule accounts for: a part of the clause that we would miss (`the first phrase and list`). */
export function unreadWords(items: readonly Item[]): string[] {
	const places = items.findLastIndex((item) => item.type === 'phrase' && item.name === 'such');
	return items.slice(places + 1).flatMap((item) => {
		if (item.type !== 'word') return [];
		const lower = item.text.toLowerCase();
		return LISTED.has(lower) || HARMLESS.has(lower) || DETERMINERS.has(lower) || /^[\d.]+$/.test(lower)
			? []
			: [item.text];
	});
}

const LISTED = new Set([
	'listed',
	'set',
	'forth',
	'out',
	'contained',
	'specified',
	'provided',
	'stated',
	'identified',
	'under',
]);

export function onlyWords(items: readonly Item[], allowed: readonly string[]): boolean {
	for (const item of items) {
		if (item.type === 'phrase' || item.type === 'quote') return true;
		if (item.type !== 'word' || !allowed.includes(item.text.toLowerCase())) return false;
	}
	return true;
}
