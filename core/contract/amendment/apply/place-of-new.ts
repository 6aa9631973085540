import type { Base } from '../target/base';
import type { Resolution } from '../target/located';
import { resolvePlace } from '../target/resolve';
import type { Place } from '../types';

/** The clause with that number: in the schedule or the clause that the instruction names, else in the body. */
export function findNumber(
	base: Base,
	parts: readonly string[],
	where: Place | undefined,
	word = 'Section',
): Resolution {
	const [outer] = where?.steps ?? [];
	const lettered = !/^\d/.test(parts[0] ?? '') || /^(?:items?|bullets?)$/i.test(word);
	const around = outer?.by === 'schedule' ? [outer] : lettered && where ? where.steps : [];
	return resolvePlace(base, { steps: [...around, { by: 'number', word, parts: [...parts] }], quote: '' });
}

/** What the amendment calls the new clause: `Section`, `item`. */
export function wordOf(added: Place | undefined): string {
	const step = added?.steps.findLast((one) => one.by === 'number');
	return step?.by === 'number' && step.word !== '' ? step.word : 'Section';
}
