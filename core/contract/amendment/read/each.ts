import type { Draft } from '../grammar/draft';
import { firstEndingBehind } from '../text/spans';
import type { Place } from '../types';
import type { Surroundings } from './surroundings';
import type { Payload } from './payload';

/** `New Exhibits D-1 and D-2, as set forth in Schedule 2`: an instruction each, with the exhibit's own text where the file has it. */
export function eachSchedule(draft: Draft, around: Surroundings): Draft[] {
	const adds = withoutHolder(draft);
	if (adds.length === 1 && (draft.target.adds ?? []).length > 1)
		return eachSchedule(
			{ ...draft, target: { ...draft.target, adds }, attached: heldIn(adds[0], around) ?? draft.attached ?? '' },
			around,
		);
	if (draft.kind !== 'add_schedule' || draft.attached === undefined || adds.length < 2) return [draft];
	return adds.map((place): Draft => {
		const step = place.steps.at(-1);
		const own = step?.by === 'schedule' ? `${step.word} ${step.label}` : '';
		const there = around.attachment(own, true) !== undefined;
		return {
			...draft,
			target: { ...draft.target, adds: [place] },
			...(there ? { attached: own } : { reason: `${own} does not stand in this file under its name.` }),
		};
	});
}

const nameOf = (place: Place | undefined): string => {
	const step = place?.steps.at(-1);
	return step?.by === 'schedule' ? `${step.word} ${step.label}` : '';
};

/** `a new Exhibit C in the form of Appendix 1`: what holds the text is not added beside what it holds. */
function withoutHolder({ kind, attached, target }: Draft): Place[] {
	const adds = target.adds ?? [];
	if (kind !== 'add_schedule' || attached === undefined || adds.length < 2) return adds;
	const others = adds.filter((place) => nameOf(place).toLowerCase() !== attached.toLowerCase());
	return others.length > 0 ? others : adds;
}

/** The schedule's own name, where the file has it under that. */
function heldIn(place: Place | undefined, around: Surroundings): string | undefined {
	const own = nameOf(place);
	return own !== '' && around.attachment(own, true) !== undefined ? own : undefined;
}

const TERM = /^"([^"]{1,120})"/;

/** `the following definitions are replaced`: an instruction for each that the passage holds. */
export function eachDefinition(
	draft: Draft,
	payload: Payload | undefined,
	{ text, paragraphs }: Surroundings,
): Array<{ draft: Draft; payload: Payload | undefined }> {
	if (draft.definitions !== true || !payload) return [{ draft, payload }];
	const { inner } = payload;
	const own = paragraphs.slice(
		firstEndingBehind(paragraphs, inner.start),
		firstEndingBehind(paragraphs, inner.end - 1) + 1,
	);
	const parts = own.flatMap(({ start, end, furniture }) => {
		const span = { start: Math.max(start, inner.start), end: Math.min(end, inner.end) };
		return furniture || span.end <= span.start ? [] : [span];
	});
	const terms = parts.map(({ start, end }) => TERM.exec(text.slice(start, end))?.[1]);
	if (parts.length === 0 || terms.some((term) => term === undefined))
		return [{ draft: { ...draft, reason: 'Which definitions it replaces was not understood.' }, payload }];
	return parts.map((span, at) => {
		const step = { by: 'definition' as const, term: terms[at] ?? '' };
		const around = draft.target.places.length > 0 ? draft.target.places : [{ steps: [], quote: '' }];
		const places = around.map((place) => ({ ...place, steps: [...place.steps, step] }));
		return { draft: { ...draft, target: { ...draft.target, places } }, payload: { ...payload, inner: span } };
	});
}
