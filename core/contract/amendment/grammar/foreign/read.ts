import { closeInline, opensQuote } from '../../text/quotes';
import type { Target } from '../../types';
import type { Draft, Words } from '../draft';
import { inserted } from './insert';
import { readLife } from './lifecycle';
import { type Named, readPlaces } from './places';
import { withRowKey } from '../row-key';
import { isInside, nested, removedInside, rowOf, rowQuote, unaccounted } from './rows';
import { onlyTarget, type Sentence } from './sentence';
import { type Tongue, TONGUES } from './tongue';

/** What a sentence of another language orders, and where its own words end: behind it, or at the colon before new text. */
export interface ForeignReading {
	drafts: Draft[];
	frame?: Target;
	end: number;
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
	if (first !== undefined) {
		const reading = readForeign(text, start, start + first, frame);
		const spoken = readPlaces(whole.blank.slice(0, first), tongue).filter(
			(one) => isInside(whole.blank, one) && one.place.steps.at(-1)?.by === 'schedule',
		);
		// `In Anlage 1 wird A gestrichen; neu aufgenommen wird: B`: the second order speaks of the same place.
		return reading && reading.frame === undefined && spoken[0] && spoken.length === 1
			? { ...reading, frame: { places: [spoken[0].place] } }
			: reading;
	}
	const colon = colonIn(text, start, whole.blank, tongue);
	const stop = colon ?? end;
	const blank = whole.blank.slice(0, stop - start);
	const isNew = (one: Named): boolean => tongue.fresh.test(blank.slice(0, one.start));
	const places = nested(blank, readPlaces(blank, tongue), isNew);
	const quotes = whole.quotes.filter((quote) => quote.end < stop);
	// `…; neu aufgenommen wird: B`: into the place of the order before.
	const goesOn = frame !== undefined && colon !== undefined && tongue.inserts.test(blank);
	if (places.length === 0 && quotes.length === 0 && !goesOn)
		return tongue.frames.test(blank) ? { drafts: [], frame: frame ?? { places: [] }, end: stop } : undefined;
	const sentence: Sentence = { blank, quotes, places, tongue, open: colon !== undefined, at: start };
	const key = rowQuote(blank, quotes, start);
	const others = quotes.filter((one) => one !== key);
	const drafts = key ? inRow(draftsOf({ ...sentence, quotes: others, key }, frame), key) : draftsOf(sentence, frame);
	if (drafts.length === 0) {
		const target = onlyTarget(places, undefined);
		return tongue.frames.test(blank) && target ? { drafts, frame: target, end: stop } : undefined;
	}
	const reason = tongue.hazards.find(([pattern]) => pattern.test(blank))?.[1];
	const keyed = withRowKey(drafts, { text: text.slice(start, stop), start, end: stop });
	return { drafts: keyed.map((draft) => withReason(draft, reason)), end: stop };
}

/** `In Anlage 1 wird in der Zeile „Bo Lind“ …`: what happens, happens in that row. */
function inRow(drafts: readonly Draft[], key: Words): Draft[] {
	return drafts.map((draft) => {
		if (draft.target.places.length === 0) return draft;
		const beside = draft.kind === 'supplement' && (draft.position?.at === 'after' || draft.position?.at === 'before');
		const kind = draft.kind === 'delete_clause' ? 'delete_row' : beside ? 'add_row' : draft.kind;
		return { ...draft, kind, target: rowOf(draft.target, key.text) };
	});
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

function replaced({ blank, tongue, places, quotes, open, at }: Sentence, frame: Target | undefined): Draft[] {
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
		const own = places.length > 1 && quotes.length > 2 ? ownPlace(places, quotes, pair, at) : { target: place };
		return { kind, ...own, ...(old ? { old } : {}), ...(fresh ? { new: fresh } : {}), notes: [] };
	});
}

/** `In § 3 wird "A" durch "B" und in § 4 "C" durch "D" ersetzt`: each pair in the place that stands before it. */
function ownPlace(
	places: readonly Named[],
	quotes: readonly Words[],
	pair: number,
	at: number,
): Pick<Draft, 'target' | 'reason'> {
	const from = quotes[2 * pair - 1]?.end ?? at;
	const to = quotes[2 * pair]?.start ?? at;
	const own = places.filter(({ start }) => start + at >= from && start + at < to);
	const [only] = own;
	return only && own.length === 1
		? { target: { places: [only.place] } }
		: {
				target: { places: places.map((one) => one.place) },
				reason: 'Which words change in which place was not understood.',
			};
}

function deleted({ blank, tongue, places, quotes, key }: Sentence, frame: Target | undefined): Draft[] {
	const inside = quotes.length === 0 && !key ? removedInside(blank, places, frame) : undefined;
	if (inside) return inside;
	const target = onlyTarget(places, frame);
	if (!target) return [];
	if (quotes.length > 0) return quotes.map((old): Draft => ({ kind: 'delete_words', target, old, notes: [] }));
	if (places.length === 0) return [];
	const reason = unaccounted(blank, readPlaces(blank, tongue), key !== undefined);
	return [{ kind: 'delete_clause', target, notes: [], ...(reason === undefined ? {} : { reason }) }];
}
