import { longestIncreasing } from './sequence';
import type { Unit } from './unit';

function isAncestor(units: Unit[], above: number, index: number): boolean {
	for (let at = units[index]?.node.parent ?? -1; at >= 0; at = units[at]?.node.parent ?? -1)
		if (at === above) return true;
	return false;
}

/** Whether a paired clause came under another clause that exists in both versions. */
function changedParent(before: Unit[], after: Unit[], unit: Unit): boolean {
	const partner = after[unit.partner];
	if (!partner) return false;
	const oldParent = before[unit.node.parent];
	const newParent = after[partner.node.parent];
	if (!oldParent || !newParent || oldParent.partner < 0 || newParent.partner < 0) return false;
	if (oldParent.partner === newParent.node.index) return false;
	const expected = oldParent.partner;
	const actual = newParent.node.index;
	return !isAncestor(after, expected, actual) && !isAncestor(after, actual, expected);
}

/**
 * Indices (in `before`) of the clauses that moved. What keeps the longest common order stayed; the rest moved, and a
 * clause that merely went along with its parent did not move by itself.
 */
export function findMoved(before: Unit[], after: Unit[]): Set<number> {
	const paired = before.filter((unit) => unit.partner >= 0);
	const stayed = new Set(longestIncreasing(paired.map((unit) => unit.partner)));
	const outOfOrder = new Set(paired.filter((_, position) => !stayed.has(position)).map((unit) => unit.node.index));
	const moved = new Set<number>();
	for (const unit of paired) {
		const parent = before[unit.node.parent];
		const goesAlong =
			parent !== undefined && parent.partner >= 0 && parent.partner === after[unit.partner]?.node.parent;
		if (goesAlong && outOfOrder.has(parent.node.index)) continue;
		if (outOfOrder.has(unit.node.index) || changedParent(before, after, unit)) moved.add(unit.node.index);
	}
	for (const index of movedInsideMoved(before, after, outOfOrder)) moved.add(index);
	return moved;
}

/** Siblings that changed places under a parent that moved itself. */
function movedInsideMoved(before: Unit[], after: Unit[], outOfOrder: Set<number>): number[] {
	const found: number[] = [];
	for (const index of outOfOrder) {
		const children = before[index]?.node.children ?? [];
		const along = children
			.map((child) => before[child.index])
			.filter((unit) => unit !== undefined && after[unit.partner]?.node.parent === before[index]?.partner) as Unit[];
		const stayed = new Set(longestIncreasing(along.map((unit) => unit.partner)));
		along.forEach((unit, position) => {
			if (!stayed.has(position)) found.push(unit.node.index);
		});
	}
	return found;
}
