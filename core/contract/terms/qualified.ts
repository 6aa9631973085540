import type { TermValue } from '../../model';

/** A value with what the words around it say of it; both count when two are compared. */
export type QualifiedValue = TermValue & {
	/** `at least 25`: a floor and no limit. */
	bound?: 'least';
	/** Of an amount: what it is paid for, e.g. `month`, `month user`. */
	per?: string;
};

/** Why two values cannot be ranked although each is clear: then a person has to look. */
export function notComparable(before: QualifiedValue, after: QualifiedValue): string | undefined {
	if (before.type !== after.type) return `It was a ${before.type} and is a ${after.type}.`;
	if (before.type === 'money' && after.type === 'money' && before.currency !== after.currency)
		return `The currency changed from ${before.currency} to ${after.currency}.`;
	if (before.per !== after.per) return `The amount was ${dueFor(before.per)} and is ${dueFor(after.per)}.`;
	if (before.bound !== after.bound) return `It was ${inWords(before.bound)} and is ${inWords(after.bound)}.`;
	return undefined;
}

const dueFor = (per: string | undefined): string => (per === undefined ? 'due once' : `due per ${per}`);

function inWords(bound: 'least' | undefined): string {
	return bound === 'least' ? 'a floor ("at least")' : 'a limit';
}
