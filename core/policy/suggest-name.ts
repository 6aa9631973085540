import { nearestName } from '../spelling';

/** `Did you mean "x"?`, or what there is to choose from. Used in remedies. */
export function suggestName(name: string, known: Iterable<string>, kind: string): string {
	const names = [...known];
	const near = nearestName(name, names);
	if (near !== undefined) return `did you mean "${near}"?`;
	if (names.length === 0) return `declare it: the policy has no ${kind} yet`;
	const shown = names.slice(0, 6).map((each) => `"${each}"`);
	return `use one of ${shown.join(', ')}${names.length > shown.length ? ', …' : ''} or declare it`;
}
