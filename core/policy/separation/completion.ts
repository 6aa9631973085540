import type { Part } from './rules';

/** Something already allowed, that plays a part in the same rule. */
export interface Other<T> {
	held: T;
	sides: readonly number[];
}

/**
 * Who fills the other sides of a rule together with a candidate: one of them a side, nobody two sides. Undefined where
 * some side stays empty. (Bipartite matching by augmenting paths: sides may overlap by wildcards.)
 */
export function completion<T>({ rule, sides: own }: Part, others: readonly Other<T>[]): T[] | undefined {
	if (others.length < rule.sides.length - 1) return undefined;
	for (const mine of own) {
		const wanted = rule.sides.map((_, side) => side).filter((side) => side !== mine);
		const filled = fill(wanted, others);
		if (filled !== undefined) return filled;
	}
	return undefined;
}

function fill<T>(wanted: readonly number[], others: readonly Other<T>[]): T[] | undefined {
	const sideOf = new Map<number, number>();
	const place = (side: number, tried: Set<number>): boolean => {
		for (const [index, { sides }] of others.entries()) {
			if (tried.has(index) || !sides.includes(side)) continue;
			tried.add(index);
			const taken = sideOf.get(index);
			if (taken === undefined || place(taken, tried)) {
				sideOf.set(index, side);
				return true;
			}
		}
		return false;
	};
	if (!wanted.every((side) => place(side, new Set()))) return undefined;
	return [...sideOf.keys()].sort((a, b) => a - b).flatMap((index) => others[index]?.held ?? []);
}
