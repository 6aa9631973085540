import { closeInline, opensQuote } from '../../text/quotes';
import type { Place, Target } from '../../types';
import type { Draft, Words } from '../draft';
import { readLife } from './lifecycle';
import { type Named, readPlaces } from './places';
import { type Tongue, TONGUES } from './tongue';

/** What a sentence of another language orders, and where its own words end: behind it, or at the colon before new text. */
export interface ForeignReading {
	drafts: Draft[];
	frame?: Target;
	end: number;
}

interface Sentence {
	/** As written, with its quoted words blanked. */
	blank: string;
	quotes: Words[];
	places: Named[];
	tongue: Tongue;
	/** Ends with a colon that new text follows. */
	open: boolean;
	/** Offset of the sentence in the amendment. */
	at: number;
}

/** German and French amending sentences as the drafts that English ones give; undefined where it orders nothing in them. */
export function readForeign(
	text: string,
	start: number,
	end: number,
	frame: Target | undefined,
): ForeignReading | undefined {
	const whole = blanked(text, start, end);
	const life = readLifeIn(whole.blank, start, frame);
	if (life) return { drafts: [life], end };
	const tongue = TONGUES.find(({ orders }) => orders.test(whole.blank));
	if (!tongue) return undefined;
	const first = firstOrder(whole.blank, tongue);
	if (first !== undefined) return readForeign(text, start, start + first, frame);
	const colon = colonIn(text, start, whole.blank, tongue);
	const stop = colon ?? end;
	const blank = whole.blank.slice(0, stop - start);
	const places = readPlaces(blank, tongue);
	const quotes = whole.quotes.filter((quote) => quote.end < stop);
	if (places.length === 0 && quotes.length === 0)
		return tongue.frames.test(blank) ? { drafts: [], frame: frame ?? { places: [] }, end: stop } : undefined;
	const sentence: Sentence = { blank, quotes, places, tongue, open: colon !== undefined, at: start };
	const drafts = draftsOf(sentence, frame);
	if (drafts.length === 0) {
		const target = onlyTarget(places, undefined);
		return tongue.frames.test(blank) && target ? { drafts, frame: target, end: stop } : undefined;
	}
	const reason = tongue.hazards.find(([pattern]) => pattern.test(blank))?.[1];
	return { drafts: drafts.map((draft) => withReason(draft, reason)), end: stop };
}

/** How long the agreement lasts. `§ 3: Die Laufzeit …`, or a sentence before, says where that stands. */
function readLifeIn(blank: string, at: number, frame: Target | undefined): Draft | undefined {
	for (const tongue of TONGUES) {
		const draft = readLife(blank, at, tongue);
		if (draft) return draft.target.places.length === 0 && frame ? { ...draft, target: frame } : draft;
	}
	return undefined;
}

/** End of the first of several orders that semicolons part; undefined where there is one, or conditions link them. */
function firstOrder(blank: string, tongue: Tongue): number | undefined {
	const stop = blank.indexOf(';');
	if (stop < 0) return undefined;
	const [first, rest] = [blank.slice(0, stop), blank.slice(stop + 1)];
	const { replaces, deletes, inserts, restates, hazards } = tongue;
	const orders = (part: string): boolean =>
		[replaces, deletes, inserts, restates].some((pattern) => pattern.test(part));
	if (first.includes(':') || !orders(first) || !orders(rest) || hazards.some(([pattern]) => pattern.test(rest)))
		return undefined;
	return stop + 1;
}

function withReason(draft: Draft, reason: string | undefined): Draft {
	return reason === undefined || draft.reason !== undefined ? draft : { ...draft, reason };
}

function blanked(text: string, start: number, end: number): { blank: string; quotes: Words[] } {
	const quotes: Words[] = [];
	const parts: string[] = [];
	let from = start;
	for (let at = start; at < end; at++) {
		if (text.charAt(at) !== '"' || !opensQuote(text, at)) continue;
		const close = closeInline(text, at, end);
		if (!close) break;
		quotes.push({ text: text.slice(at + 1, close.inner), start: at + 1, end: close.inner });
		parts.push(text.slice(from, at + 1), '_'.repeat(close.inner - at - 1));
		from = close.inner;
		at = close.end - 1;
	}
	parts.push(text.slice(from, end));
	return { blank: parts.join(''), quotes };
}

/** Behind the colon stands the new text, where one stands behind the verb. */
function colonIn(text: string, start: number, blank: string, { orders }: Tongue): number | undefined {
	for (let at = blank.indexOf(':'); at >= 0; at = blank.indexOf(':', at + 1)) {
		if (!orders.test(blank.slice(0, at + 1))) continue;
		if (/^\s*(?:["(\d\p{Lu}§|]|$)/u.test(text.slice(start + at + 1, start + at + 8))) return start + at + 1;
	}
	return undefined;
}

function draftsOf(sentence: Sentence, frame: Target | undefined): Draft[] {
	const { blank, tongue, quotes, open } = sentence;
	if (tongue.inserts.test(blank)) return inserted(sentence, frame);
	if (tongue.restates.test(blank) && (open || quotes.length === 1)) return restated(sentence, frame);
	if (tongue.replaces.test(blank)) return replaced(sentence, frame);
	if (tongue.deletes.test(blank)) return deleted(sentence, frame);
	return [];
}

/** The one place that is spoken of; a part alone stands in the place of the sentence before. */
function onlyTarget(places: readonly Named[], frame: Target | undefined): Target | undefined {
	const [first, ...others] = places.map(({ place }) => place);
	if (!first) return frame;
	if (others.length > 0) return { places: [first, ...others] };
	const [step] = first.steps;
	const part = step?.by === 'sentence' || step?.by === 'paragraph' || (step?.by === 'number' && step.word === '');
	const outer = part ? frame?.places[0] : undefined;
	return { places: [outer ? { ...first, steps: [...outer.steps, ...first.steps] } : first] };
}

function restated({ places, quotes }: Sentence, frame: Target | undefined): Draft[] {
	const target = onlyTarget(places, frame);
	if (!target) return [];
	const schedule = target.places.every((place) => place.steps.at(-1)?.by === 'schedule');
	const fresh = quotes[0];
	return [
		{
			kind: schedule ? 'replace_schedule' : 'restate_clause',
			target,
			notes: [],
			...(fresh ? { new: fresh } : { takes: 'new' as const }),
			...(target.places.length > 1 ? { reason: 'It gives several places one new text.' } : {}),
		},
	];
}

function replaced({ blank, tongue, places, quotes, open }: Sentence, frame: Target | undefined): Draft[] {
	const everywhere = tongue.everywhere.test(blank);
	const target = onlyTarget(places, frame) ?? { places: [] };
	const place = everywhere ? { ...target, everywhere: true as const } : target;
	const kind = everywhere ? 'rename_term' : 'replace_words';
	if (quotes.length === 1 && open && quotes[0])
		return [{ kind, target: place, old: quotes[0], takes: 'new', notes: [] }];
	if (quotes.length < 2 || quotes.length % 2 === 1)
		return quotes.length === 0
			? []
			: [
					{
						kind: 'supplement',
						target,
						notes: [],
						reason: 'Which words become which was not understood.',
						unread: true,
					},
				];
	return Array.from({ length: quotes.length / 2 }, (_, pair): Draft => {
		const [old, fresh] = [quotes[2 * pair], quotes[2 * pair + 1]];
		return { kind, target: place, ...(old ? { old } : {}), ...(fresh ? { new: fresh } : {}), notes: [] };
	});
}

function deleted({ places, quotes }: Sentence, frame: Target | undefined): Draft[] {
	const target = onlyTarget(places, frame);
	if (!target) return [];
	if (quotes.length > 0) return quotes.map((old): Draft => ({ kind: 'delete_words', target, old, notes: [] }));
	if (places.length === 0) return [];
	return [{ kind: 'delete_clause', target, notes: [] }];
}

function inserted(sentence: Sentence, frame: Target | undefined): Draft[] {
	const { blank, tongue, places, quotes, open, at } = sentence;
	const side = (start: number): 'after' | 'before' | undefined =>
		tongue.after.test(blank.slice(0, start))
			? 'after'
			: tongue.before.test(blank.slice(0, start))
				? 'before'
				: undefined;
	const anchor = quotes.find(({ start }) => side(start - 1 - at) !== undefined);
	const words = quotes.find((quote) => quote !== anchor);
	const fresh = words ? { new: words } : { takes: 'new' as const };
	if (!words && !open) return [];
	const adds = places.filter(({ start }) => tongue.fresh.test(blank.slice(0, start)));
	const there = places.filter((one) => !adds.includes(one));
	const target = onlyTarget(there, frame) ?? { places: [] };
	if (anchor) {
		const position = { at: side(anchor.start - 1 - at) ?? ('after' as const), anchor: anchor.text };
		return [{ kind: 'insert_words', target, position, notes: [], ...fresh }];
	}
	const beside = there.map(({ start }) => side(start)).find((one) => one !== undefined);
	const added = adds[0]?.place;
	if (added?.steps[0]?.by === 'schedule')
		return [{ kind: 'add_schedule', target: { places: [], adds: [added] }, notes: [], ...fresh }];
	if (tongue.sentence.test(blank) || !added) return [appended(target, beside, blank, tongue, fresh)];
	const outer = target.places[0];
	const number = beside === undefined && outer ? within(outer, added) : added;
	return [
		{
			kind: 'insert_clause',
			target: { ...target, adds: [number] },
			position: { at: beside ?? 'end' },
			notes: [],
			...fresh,
		},
	];
}

function appended(
	target: Target,
	beside: 'after' | 'before' | undefined,
	blank: string,
	tongue: Tongue,
	fresh: Pick<Draft, 'new' | 'takes'>,
): Draft {
	const sentence = tongue.sentence.test(blank) || target.places[0]?.steps.at(-1)?.by === 'sentence';
	const clause = beside !== undefined && !sentence;
	return {
		kind: clause ? 'insert_clause' : sentence ? 'insert_words' : 'supplement',
		target,
		position: { at: beside ?? 'end' },
		notes: [],
		...fresh,
	};
}

/** `Dem § 2 wird folgender Absatz 3 angefügt`: number 2, and 3 within it. */
function within(outer: Place, added: Place): Place {
	const [head, inner] = [outer.steps.at(-1), added.steps[0]];
	if (head?.by !== 'number' || inner?.by !== 'number' || inner.word !== '') return added;
	return { ...added, steps: [{ ...head, parts: [...head.parts, ...inner.parts] }] };
}
