import { link, type Unit } from './unit';

/** How sure it is that a clause of which no word stayed is the same clause. */
const BY_PLACE = 0.7;

/**
 * A clause that was written anew is known by its place: the same number or nothing but a body, under the same heading,
 * between the same neighbours. What the version before had there and nobody has now was not removed next to it.
 * @param together whether two clauses stand between the same neighbours that both versions have
 */
export function rewrittenInPlace(
	before: readonly Unit[],
	after: readonly Unit[],
	together: (before: Unit, after: Unit) => boolean,
): void {
	const waiting = byPlace(after, (parent) => parent);
	if (waiting.size === 0) return;
	const open = byPlace(before, (parent) => (parent < 0 ? -1 : (before[parent]?.partner ?? NOWHERE)));
	for (const [place, units] of open) {
		const wanted = waiting.get(place) ?? [];
		// Of bodies only one for one: which of several became which, nobody can say.
		if (units.length !== wanted.length) continue;
		const [unit, match] = [units[0], wanted[0]];
		if (units.length === 1 && unit && match && sameClause(unit, match, before, after, together))
			link(unit, match, BY_PLACE);
	}
}

const NOWHERE = -2;

/** Unpaired clauses by the clause they stand under and their number, those that nothing but a place tells apart. */
function byPlace(units: readonly Unit[], parentOf: (parent: number) => number): Map<string, Unit[]> {
	const found = new Map<string, Unit[]>();
	for (const unit of units) {
		const { node } = unit;
		if (unit.partner >= 0 || node.table || node.term !== undefined || node.text === '') continue;
		if (node.kind === 'metadata' || node.kind === 'signature') continue;
		const parent = parentOf(node.parent);
		if (parent === NOWHERE || (node.number === undefined && (parent < 0 || node.heading !== undefined))) continue;
		const place = `${parent} ${node.number ?? ''}`;
		const known = found.get(place);
		if (known) known.push(unit);
		else found.set(place, [unit]);
	}
	return found;
}

function sameClause(
	unit: Unit,
	match: Unit,
	before: readonly Unit[],
	after: readonly Unit[],
	together: (before: Unit, after: Unit) => boolean,
): boolean {
	const name = ({ node }: Unit): string => (node.heading ?? '').toLowerCase();
	const [parent, home] = [before[unit.node.parent], after[match.node.parent]];
	if (name(unit) !== name(match)) return false;
	if (parent && home && !shareWord(name(parent), name(home))) return false;
	// The whole body of a clause that moved has no neighbours that stayed.
	return together(unit, match) || (parent?.node.children.length === 1 && home?.node.children.length === 1);
}

/** `Pricing` and `Pricing; Fees`: a heading that says something else altogether heads another clause. */
function shareWord(name: string, other: string): boolean {
	const words = (text: string): string[] => text.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2);
	const known = new Set(words(name));
	return name === other || words(other).some((word) => known.has(word));
}
