import type { Place, Target } from '../types';
import type { Draft } from './draft';
import type { Item } from './items';
import { isWithin } from './places-used';
import { isPart, locate, withFrame } from './roles';

/**
 * `… replacing "A" with "B" and, in Section 3.3, "C" with "D"`: the second pair has a place of its own, where nothing but
 * that stands between the pairs. Drafts that share their verb are given its place otherwise.
 */
export function withOwnPlaces(drafts: Draft[], items: readonly Item[], frame: Target | undefined): Draft[] {
	let own: Target | undefined;
	const placed = drafts.map((draft, at) => {
		const before = drafts[at - 1];
		if (draft.kind !== 'replace_words' || before?.kind !== 'replace_words' || !draft.old || !before.new) return draft;
		const from = before.new.end;
		const to = draft.old.start;
		const between = items.filter((item) => item.start >= from && item.end <= to);
		if (between.some(({ type }) => type === 'verb')) return draft;
		own = placeIn(between, frame) ?? own;
		const { everywhere } = draft.target;
		return own ? { ...draft, target: { ...own, ...(everywhere ? { everywhere } : {}) } } : draft;
	});
	const named = items.flatMap((item) => (item.type === 'place' && !item.place.fresh ? item.place.places : []));
	const titled = [...named, ...(frame?.places ?? [])].filter(({ title }) => title !== undefined);
	return titled.length === 0 ? placed : placed.map((draft) => witnessed(draft, titled));
}

/** `Section 4 (Term) is amended by deleting Section 4.3`: that Section 4 is headed so is to be true as well. */
function witnessed(draft: Draft, titled: readonly Place[]): Draft {
	const places = draft.target.places.map((place): Place => {
		const around = titled.find(
			({ steps }) => isWithin(place.steps, steps) && JSON.stringify(steps) !== JSON.stringify(place.steps),
		);
		return around && place.title === undefined ? { ...place, within: around } : place;
	});
	return { ...draft, target: { ...draft.target, places } };
}

function placeIn(items: readonly Item[], frame: Target | undefined): Target | undefined {
	const at = items.findIndex((item) => item.type === 'place' && !item.place.fresh && item.place.places.length > 0);
	const place = items[at];
	if (place?.type !== 'place' || place.place.places.every(isPart)) return undefined;
	const [leads, follows] = [items.slice(0, at), items.slice(at + 1)];
	const linked = leads.some((item) => item.type === 'word' && /^(?:and|[;,])$/i.test(item.text));
	const only = [...leads, ...follows].every(
		(item) =>
			(item.type === 'word' && /^(?:and|also|further|likewise|the|words?|phrases?|figures?|[;,:])$/i.test(item.text)) ||
			(item.type === 'phrase' && item.name === 'in'),
	);
	const ends = follows.every((item) => item.type !== 'word' || !/^and$/i.test(item.text));
	return linked && only && ends ? withFrame(locate([place]), frame) : undefined;
}
