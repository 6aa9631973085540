import { findDates, findDurations } from '../../../dating';
import type { Draft, Words } from '../draft';
import type { Life } from './lives';
import { type Named, readPlaces } from './places';
import type { Tongue } from './tongue';

interface Stretch {
	start: number;
	end: number;
}

interface Sentence {
	blank: string;
	/** Where it stands in the amendment. */
	at: number;
	/** Places that are changed, not only spoken of. */
	places: readonly Named[];
	/** What none of its words stands for. */
	known: Stretch[];
	life: Life;
}

/**
 * Sentences on how long an agreement lasts: `Die Laufzeit wird bis zum … verlängert`, `Le contrat prend fin le …`.
 * Every word has to be known: one that is not may be a condition, or another thing that lasts. Undefined where the
 * sentence says nothing of the kind.
 * @param blank a sentence with its quoted words blanked
 */
export function readLife(blank: string, at: number, tongue: Tongue): Draft | undefined {
	const { life } = tongue;
	if (blank.length > LONGEST || blank.includes('"') || !life.verbs.test(blank) || !life.small.test(blank))
		return undefined;
	if (life.past.test(blank) || life.textual.test(blank)) return undefined;
	const thing = life.things.exec(blank)?.[0];
	if (thing === undefined || life.ownThings.test(thing)) return undefined;
	const named = readPlaces(blank, tongue);
	const places = named.filter(({ start }) => !life.despite.test(blank.slice(0, start)));
	const sentence: Sentence = { blank, at, places, known: named, life };
	if (life.extends.test(blank)) return lasting('extend', sentence);
	if (life.ends.test(blank)) return lasting('terminate', sentence);
	const whole = places.length === 0 && !blank.includes(':');
	return whole && life.cancels.test(blank) ? cancelled(sentence) : undefined;
}

const LONGEST = 600;

function wordsOf({ blank, at }: Sentence, { start, end }: Stretch): Words {
	return { text: blank.slice(start, end), start: at + start, end: at + end };
}

/** Days of the sentence but for those of documents; `olds` give way. */
function daysOf({ blank, life }: Sentence): { all: Stretch[]; days: Stretch[]; olds: Stretch[] } {
	const all = findDates(blank);
	const own = all.filter(({ start }) => !life.dated.test(blank.slice(0, start)));
	const olds = own.filter(({ start }) => life.old.test(blank.slice(0, start)));
	return { all, olds, days: own.filter((one) => !olds.includes(one) && one.value !== undefined) };
}

/** It lasts longer, or until a day. */
function lasting(kind: 'extend' | 'terminate', sentence: Sentence): Draft | undefined {
	const { blank, places, life } = sentence;
	const { all, days, olds } = daysOf(sentence);
	const lengths = findDurations(blank).filter(({ value }) => value !== undefined);
	const [[day], [length], [old]] = [days, lengths, olds];
	const parts = [day, ...(kind === 'extend' ? [length] : [])].filter((one) => one !== undefined);
	if (parts.length === 0) return undefined;
	const several = days.length > 1 || olds.length > 1 || lengths.length > 1 || places.length > 1;
	const reason = several
		? 'It names several days, lengths or places.'
		: unknownWords({ ...sentence, known: [...sentence.known, ...all, ...lengths] });
	const fresh = wordsOf(sentence, {
		start: Math.min(...parts.map(({ start }) => start)),
		end: Math.max(...parts.map(({ end }) => end)),
	});
	const whole = length !== undefined && life.whole.test(blank.slice(0, length.start));
	return {
		kind,
		target: { places: places.map(({ place }) => place) },
		new: fresh,
		...(old ? { old: wordsOf(sentence, old) } : {}),
		...(length ? { measure: whole ? ('to' as const) : ('by' as const) } : {}),
		fact: fresh.text,
		notes: [],
		...(reason === undefined ? {} : { reason }),
	};
}

/** It is called off. */
function cancelled(sentence: Sentence): Draft {
	const { all, days } = daysOf(sentence);
	const [day, ...others] = days;
	const reason =
		others.length > 0 ? 'It names several days.' : unknownWords({ ...sentence, known: [...sentence.known, ...all] });
	return {
		kind: 'terminate',
		target: { places: [] },
		fact: 'terminated',
		...(day ? { dated: wordsOf(sentence, day) } : {}),
		notes: [],
		...(reason === undefined ? {} : { reason }),
	};
}

function unknownWords({ blank, known, life }: Sentence): string | undefined {
	let rest = blank;
	for (const { start, end } of known) rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end);
	rest = rest.replace(life.unless, ' ').replace(life.harmless, ' ');
	const unknown = rest.match(/\p{L}[\p{L}'-]*/gu)?.filter((word) => !life.words.has(word.toLowerCase())) ?? [];
	return unknown.length === 0 ? undefined : `It names a part that was not understood: "${unknown.join(' ')}".`;
}
