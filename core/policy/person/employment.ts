import type { PersonTimeline } from '../../model';
import { earlierEnd, isEmpty } from './intervals';
import type { EndCause, PersonTenure } from './types';

export interface Spell {
	/** Empty text (before every instant) where nobody ever spoke of employment. */
	from: string;
	until?: string;
}

const ALWAYS: readonly Spell[] = [{ from: '' }];

/** When somebody may hold anything at all: nobody without an employment record is cut. */
export function spellsOf({ employment }: PersonTimeline): readonly Spell[] {
	return employment ?? ALWAYS;
}

/** The part of a tenure that lies within a spell; undefined where there is none. */
export function within(tenure: PersonTenure, spell: Spell): PersonTenure | undefined {
	const from = tenure.from < spell.from ? spell.from : tenure.from;
	const until = earlierEnd(tenure.until, spell.until);
	if (isEmpty({ from, ...(until !== undefined && { until }) })) return undefined;
	if (from === tenure.from && until === tenure.until) return tenure;
	const { until: _until, endedBy, ...rest } = tenure;
	const cause: EndCause = until === tenure.until && endedBy !== undefined ? endedBy : 'employment';
	return { ...rest, from, ...(until !== undefined && { until, endedBy: cause }) };
}
