import type { Place, Target } from '../../types';
import type { Draft } from '../draft';
import { onlyTarget, type Sentence } from './sentence';
import type { Tongue } from './tongue';

/** What a sentence adds: words beside others, a clause by its number or beside another, a schedule, a row. */
export function inserted(sentence: Sentence, frame: Target | undefined): Draft[] {
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
