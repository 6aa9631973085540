import type { Place, Step } from '../types';

/** What a stretch of a sentence points at. */
export interface PlaceItem {
	places: Place[];
	document?: string;
	/** `a new Section`, `the following new definition`: it does not exist yet. */
	fresh: boolean;
	/** A kind of thing without a place of its own: `a new sentence`, `the following definitions`. */
	unit?: 'sentence' | 'paragraph' | 'item' | 'definition' | 'row' | 'section' | 'schedule';
	ordinal?: number;
	start: number;
	end: number;
}

export type Found = Omit<PlaceItem, 'start' | 'end' | 'fresh'> & { fresh?: boolean };

export const place = (steps: Step[], title?: string): Place => ({
	steps,
	quote: '',
	...(title !== undefined ? { title } : {}),
});

export function cleanTerm(term: string): string {
	return term.replace(/[,.;\s]+$/, '').trim();
}
