import { heaviestIncreasing } from './sequence';
import type { Unit } from './unit';

const TOP = -1;

/** The nearest clause around a unit that both versions have, -1 at the top. */
function anchorOf(units: Unit[], unit: Unit): number {
	let at = unit.node.parent;
	while (at >= 0 && (units[at]?.partner ?? -1) < 0) at = units[at]?.node.parent ?? TOP;
	return at;
}

function isAbove(units: Unit[], above: number, index: number): boolean {
	if (above === TOP) return true;
	let at = index;
	while (at > above) at = units[at]?.node.parent ?? TOP;
	return at === above;
}

/** Clauses that both versions have in and under each clause: what would move along with it. */
function masses(units: Unit[]): Float64Array {
	const found = new Float64Array(units.length);
	for (let i = units.length - 1; i >= 0; i--) {
		const unit = units[i];
		if (!unit) continue;
		found[i] = (found[i] ?? 0) + Number(unit.partner >= 0);
		if (unit.node.parent >= 0) found[unit.node.parent] = (found[unit.node.parent] ?? 0) + (found[i] ?? 0);
	}
	return found;
}

/** Mass decides first, and between equal masses the number of clauses. */
const MASS_FIRST = 1_000_000;

/**
 * Indices (in `before`) of the clauses that moved: those that came under another clause, and among those that stayed
 * under theirs, the least whose leaving puts the rest in order. What a clause carries along has not moved by itself.
 */
export function findMoved(before: Unit[], after: Unit[]): Set<number> {
	const moved = new Set<number>();
	const siblings = new Map<number, Unit[]>();
	for (const unit of before) {
		const partner = after[unit.partner];
		if (!partner) continue;
		const [above, now] = [anchorOf(before, unit), anchorOf(after, partner)];
		const expected = above === TOP ? TOP : (before[above]?.partner ?? TOP);
		const group = commonGroup({ above, expected, now, earlier: after[now]?.partner ?? TOP }, before, after);
		if (group === undefined) moved.add(unit.node.index);
		else enter(siblings, group, unit);
	}
	const [old, later] = [masses(before), masses(after)];
	for (const group of siblings.values()) {
		const weights = group.map((unit) => ((old[unit.node.index] ?? 1) + (later[unit.partner] ?? 1)) * MASS_FIRST + 1);
		const stayed = new Set(
			heaviestIncreasing(
				group.map((unit) => unit.partner),
				weights,
			),
		);
		group.forEach((unit, place) => {
			if (!stayed.has(place)) moved.add(unit.node.index);
		});
	}
	return moved;
}

interface Place {
	/** The clause around it in the earlier version, and what that became. */
	above: number;
	expected: number;
	/** The clause around it in the later version, and what that was. */
	now: number;
	earlier: number;
}

/**
 * The clause (of the later version) under which a clause stayed, undefined where it went elsewhere. A level more or less
 * under the same clause, in either version, is another layout: only the order under the upper one counts.
 */
function commonGroup({ above, expected, now, earlier }: Place, before: Unit[], after: Unit[]): number | undefined {
	if (isAbove(after, expected, now)) return expected;
	if (isAbove(after, now, expected)) return now;
	const layout = isAbove(before, above, earlier) || (earlier !== TOP && isAbove(before, earlier, above));
	return layout ? now : undefined;
}

function enter(groups: Map<number, Unit[]>, key: number, unit: Unit): void {
	const group = groups.get(key);
	if (group) group.push(unit);
	else groups.set(key, [unit]);
}
