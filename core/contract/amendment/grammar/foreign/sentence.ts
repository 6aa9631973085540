import type { Target } from '../../types';
import type { Words } from '../draft';
import type { Named } from './places';
import type { Tongue } from './tongue';

/** A sentence of another language, read as far as its places and its quoted words. */
export interface Sentence {
	/** As written, with its quoted words blanked. */
	blank: string;
	quotes: Words[];
	/** The quoted key of a row. */
	key?: Words;
	places: Named[];
	tongue: Tongue;
	/** Ends with a colon that new text follows. */
	open: boolean;
	/** Offset of the sentence in the amendment. */
	at: number;
}

/** The one place that is spoken of; a part alone stands in the place of the sentence before. */
export function onlyTarget(places: readonly Named[], frame: Target | undefined): Target | undefined {
	const [first, ...others] = places.map(({ place }) => place);
	if (!first) return frame;
	if (others.length > 0) return { places: [first, ...others] };
	const [step] = first.steps;
	const part = step?.by === 'sentence' || step?.by === 'paragraph' || (step?.by === 'number' && step.word === '');
	const outer = part ? frame?.places[0] : undefined;
	return { places: [outer ? { ...first, steps: [...outer.steps, ...first.steps] } : first] };
}
