/** Combinations of values as lists: every value of a list with every value of the others. */
export interface Block {
	lists: string[][];
}

/**
 * Puts combinations together that differ in one dimension only, dimension by dimension, last first. The blocks cover
 * exactly the combinations given. Values in `alone` are never listed beside others.
 */
export function blocksOf(combinations: readonly (readonly string[])[], alone: ReadonlySet<string>): Block[] {
	let blocks: Block[] = combinations.map((values) => ({ lists: values.map((value) => [value]) }));
	const dimensions = combinations[0]?.length ?? 0;
	for (let dimension = dimensions - 1; dimension >= 0; dimension -= 1) {
		const merged = new Map<string, Block>();
		for (const { lists } of blocks) {
			const own = lists[dimension] ?? [];
			const special = own.find((value) => alone.has(value));
			const others = lists.map((list, index) => (index === dimension ? (special ?? null) : list));
			const key = JSON.stringify(others);
			const known = merged.get(key)?.lists[dimension];
			if (known === undefined) merged.set(key, { lists: lists.map((list) => [...list]) });
			else known.push(...own);
		}
		blocks = [...merged.values()];
	}
	return blocks;
}
