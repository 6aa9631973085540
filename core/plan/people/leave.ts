import type { PersonTimeline } from '../../model';
import type { Spell } from './types';

/**
 * The spell that is over at an instant, where the person is not employed then and was before: what ends at that instant
 * ends because they left. Undefined for people without an employment record, and for a hire that was taken back.
 */
export function leaveAt({ employment }: PersonTimeline, instant: string): Spell | undefined {
	let left: Spell | undefined;
	for (const spell of employment ?? []) {
		if (spell.from > instant) break;
		if (spell.until === undefined || spell.until > instant) return undefined;
		left = spell;
	}
	return left;
}

/** True where a spell of employment begins at the instant. */
export function joinsAt({ employment }: PersonTimeline, instant: string): boolean {
	return (employment ?? []).some(({ from }) => from === instant);
}
