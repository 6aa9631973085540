import type { Place } from '../types';
import type { Context } from './clause';
import type { Draft } from './draft';
import type { Item } from './items';
import { withFrame } from './roles';

const REST = /\b(?:following|subsequent|remaining|succeeding|remainder|rest|thereafter|other|existing|current|all)\b/i;

/**
 * `Section 5 is renumbered as Section 6`, `Sections 4 to 6 are renumbered as Sections 5 to 7`: one instruction a clause.
 * `… and the remaining Sections are renumbered accordingly` follows an insertion or a deletion: one without a place.
 */
export function readRenumber(context: Context): Draft[] {
	const { clause, text, all } = context;
	const active = clause.verb.form !== 'participle';
	const as = clause.post.findIndex((item) => item.type === 'phrase' && (item.name === 'as' || item.name === 'to'));
	const before = active ? clause.post.slice(0, as < 0 ? undefined : as) : subjectOf(context);
	const from = placesOf(before);
	const to = as < 0 ? [] : numbersBehind(clause.post.slice(as + 1), from);
	if (to.length > 0 && from.length > 0) return pairs(from, to, context);
	const start = before[0]?.start ?? clause.verb.start;
	const words = text.slice(start, all.at(-1)?.end ?? clause.verb.end);
	const cascade = REST.test(words) || /\baccordingly\b/i.test(words);
	if (cascade && from.every((place) => !place.steps.some(({ by }) => by === 'number')))
		return [
			{ kind: 'renumber', target: withFrame({ places: from }, context.frame), position: { at: 'after' }, notes: [] },
		];
	return [
		{
			kind: 'renumber',
			target: { places: from },
			notes: [],
			reason: 'It renumbers clauses in a way that was not understood.',
		},
	];
}

/** Behind the last verb, or all of it: the subject of a renumbering is never that of the verb before it. */
function subjectOf({ clause, subject }: Context): Item[] {
	return clause.pre.length > 0 ? clause.pre : subject;
}

function placesOf(items: readonly Item[]): Place[] {
	return items.flatMap((item) => (item.type === 'place' && !item.place.fresh ? item.place.places : []));
}

/** The new numbers: `Section 6`, or bare `6 and 7` beside old ones of their kind. */
function numbersBehind(items: readonly Item[], from: readonly Place[]): Place[] {
	const found: Place[] = [];
	for (const [at, item] of items.entries()) {
		if (item.type === 'place') found.push(...item.place.places);
		else if (item.type === 'word' && isNumber(items, at)) {
			const parts = [item.text.replace(/\.$/, '')];
			found.push({ steps: [{ by: 'number', word: /^\d/.test(item.text) ? 'Section' : '', parts }], quote: item.text });
		} else if (item.type !== 'word' || !/^(?:,|and|respectively|the|new|\.|\(|\))$/i.test(item.text)) break;
	}
	return found.slice(0, Math.max(1, from.length));
}

/** `6`, `6.1`, or a letter between brackets. */
function isNumber(items: readonly Item[], at: number): boolean {
	const [before, item, after] = [items[at - 1], items[at], items[at + 1]];
	if (item?.type !== 'word') return false;
	if (/^\d[\d.]*[A-Za-z]?$/.test(item.text)) return true;
	const bracketed = before?.type === 'word' && before.text === '(' && after?.type === 'word' && after.text === ')';
	return bracketed && /^(?:[a-z]{1,2}|[A-Z]|[ivx]{1,5})$/.test(item.text);
}

function pairs(from: readonly Place[], to: readonly Place[], { frame }: Context): Draft[] {
	const [old, fresh] = [from.flatMap(unrolled), to.flatMap(unrolled)];
	if (old.length !== fresh.length)
		return [
			{
				kind: 'renumber',
				target: { places: [...from] },
				notes: [],
				reason: `It gives ${fresh.length} new numbers to ${old.length} clauses.`,
			},
		];
	return old.map((place, index): Draft => {
		const wanted = fresh[index];
		return {
			kind: 'renumber',
			target: { ...withFrame({ places: [place] }, frame), ...(wanted ? { adds: [wanted] } : {}) },
			notes: [],
		};
	});
}

const MOST = 100;

/** `Sections 4 to 6` → 4, 5, 6. */
function unrolled(place: Place): Place[] {
	const step = place.steps.at(-1);
	const through = step?.by === 'number' ? step.through : undefined;
	if (step?.by !== 'number' || !through) return [place];
	const head = step.parts.slice(0, -1);
	const [first, last] = [step.parts.at(-1) ?? '', through.at(-1) ?? ''];
	const outer = /^(.*\.)?\d+$/.exec(first)?.[1] ?? '';
	const [a, b] = [Number(first.slice(outer.length)), Number(last.slice(outer.length))];
	if (!last.startsWith(outer) || !(b >= a) || b - a > MOST) return [place];
	return Array.from({ length: b - a + 1 }, (_, index): Place => {
		const parts = [...head, `${outer}${a + index}`];
		return { ...place, steps: [...place.steps.slice(0, -1), { by: 'number', word: step.word, parts }] };
	});
}
