import type { BucketPool } from './bucket-pool';
import type { RuleTable, TableRule } from './rule-table';
import type { EntitlementUnion, Found } from './union';

/** Which rules give each entitlement: entitlements sorted, rules in the order of the document. Lists may be shared. */
export class GrantReasons implements Iterable<[string, readonly string[]]> {
	constructor(
		readonly entitlements: readonly string[],
		/** In the order of `entitlements`. */
		readonly rules: ReadonlyArray<readonly string[]>,
	) {}

	get size(): number {
		return this.entitlements.length;
	}

	get(entitlement: string): readonly string[] | undefined {
		let low = 0;
		let high = this.entitlements.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((this.entitlements[middle] as string) < entitlement) low = middle + 1;
			else high = middle;
		}
		return this.entitlements[low] === entitlement ? this.rules[low] : undefined;
	}

	has(entitlement: string): boolean {
		return this.get(entitlement) !== undefined;
	}

	*[Symbol.iterator](): Iterator<[string, readonly string[]]> {
		for (const [index, name] of this.entitlements.entries()) yield [name, this.rules[index] ?? []];
	}
}

/** Unites the reasons of sets. An entitlement of one set shares its list; of several, the lists are merged. */
export class ReasonUnion {
	/**
	 * By entitlement: 0 where nothing gives it yet, the number of its list plus one where one set does, and the complement
	 * of a place in `#merged` where several do.
	 */
	readonly #lists: Int32Array;
	/** Rule numbers, sorted. The first `#used` are in use; the others wait to be used again. */
	readonly #merged: number[][] = [];
	#used = 0;

	constructor(
		readonly table: RuleTable,
		readonly union: EntitlementUnion,
	) {
		this.#lists = new Int32Array(table.names.length);
	}

	reasons(pool: BucketPool, found: Found): GrantReasons {
		this.#gather(pool, found);
		const { numbers, names } = this.union;
		const { reasonIds } = pool;
		const lists = this.#lists;
		const count = this.union.collect(pool, found);
		const entitlements = new Array<string>(count);
		const rules = new Array<readonly string[]>(count);
		for (let index = 0; index < count; index += 1) {
			const number = numbers[index] as number;
			const list = lists[number] as number;
			lists[number] = 0;
			entitlements[index] = names[number] as string;
			rules[index] = list > 0 ? (reasonIds[list - 1] as readonly string[]) : this.#ids(~list);
		}
		this.#used = 0;
		if (this.union.forbade) this.#forget(pool, found);
		return new GrantReasons(entitlements, rules);
	}

	#gather(pool: BucketPool, { offsets, count, further }: Found): void {
		const { data } = pool;
		const lists = this.#lists;
		for (let index = 0; index < count; index += 1) {
			const offset = offsets[index] as number;
			const size = pool.countOf(offset);
			const first = pool.firstOf(offset);
			for (let at = first; at < first + size; at += 1) {
				const number = data[at] as number;
				const list = data[at + size] as number;
				if (lists[number] === 0) lists[number] = list + 1;
				else this.#merge(pool, number, pool.reasonRules[list] as Int32Array);
			}
		}
		for (const rule of further) for (const number of rule.gives) this.#merge(pool, number, Int32Array.of(rule.index));
	}

	#merge(pool: BucketPool, number: number, rules: Int32Array): void {
		const list = this.#lists[number] as number;
		if (list >= 0) {
			if (this.#used === this.#merged.length) this.#merged.push([]);
			const begun = this.#merged[this.#used] as number[];
			begun.length = 0;
			if (list > 0) insert(begun, pool.reasonRules[list - 1] as Int32Array);
			this.#lists[number] = ~this.#used;
			this.#used += 1;
		}
		insert(this.#merged[~(this.#lists[number] as number)] as number[], rules);
	}

	#ids(place: number): readonly string[] {
		const merged = this.#merged[place] as number[];
		const { rules } = this.table;
		const ids = new Array<string>(merged.length);
		for (let index = 0; index < merged.length; index += 1)
			ids[index] = (rules[merged[index] as number] as TableRule).id;
		return ids;
	}

	/** What roles forbid was never taken out of the lists. */
	#forget(pool: BucketPool, { offsets, count, further }: Found): void {
		for (let index = 0; index < count; index += 1) {
			const first = pool.firstOf(offsets[index] as number);
			const end = first + pool.countOf(offsets[index] as number);
			for (let at = first; at < end; at += 1) this.#lists[pool.data[at] as number] = 0;
		}
		for (const { gives } of further) for (const number of gives) this.#lists[number] = 0;
	}
}

/** Both are sorted, and lists are short: each goes where it belongs. */
function insert(merged: number[], rules: Int32Array): void {
	for (let index = 0; index < rules.length; index += 1) {
		const rule = rules[index] as number;
		let at = merged.length;
		merged.push(rule);
		while (at > 0 && (merged[at - 1] as number) > rule) {
			merged[at] = merged[at - 1] as number;
			at -= 1;
		}
		merged[at] = rule;
	}
}
