import { link, type Unit } from './unit';

/**
 * Where a text stands twice in a version, the copy under the clause that the other version has it under is the one that
 * stayed. The search for what both versions have in order takes whichever copy comes first; this puts it right, from
 * the outermost clauses in, so that of two copies of a whole part one is told as gone, and nothing as moved.
 */
export function settleDuplicates(before: readonly Unit[], after: readonly Unit[]): void {
	settle(before, after);
	settle(after, before);
}

/** Re-pairs clauses of `others` whose partner stands under another clause, with copies in `units` that have no partner. */
function settle(units: readonly Unit[], others: readonly Unit[]): void {
	const copies = new Map<number, Unit[]>();
	// From the end, so that the first copy is the first to be taken.
	for (const unit of units.toReversed()) if (unit.partner < 0) enter(copies, unit);
	if (copies.size === 0) return;
	for (const other of others) {
		const partner = units[other.partner];
		const home = others[other.node.parent]?.partner ?? -1;
		if (!partner || partner.content !== other.content || home < 0 || partner.node.parent === home) continue;
		const copy = copies.get(keyOf(other.content, home))?.pop();
		if (!copy) continue;
		partner.partner = -1;
		link(copy, other, 1);
		enter(copies, partner);
	}
}

/** More than there can be clauses in a document. */
const PARENTS = 2 ** 26;

function keyOf(content: number, parent: number): number {
	return content * PARENTS + parent + 1;
}

function enter(copies: Map<number, Unit[]>, unit: Unit): void {
	const key = keyOf(unit.content, unit.node.parent);
	const list = copies.get(key);
	if (list) list.push(unit);
	else copies.set(key, [unit]);
}
