import type { TableRule } from './rule-table';

/** Numbers that the pool may hold, and nodes that lead to them, before everything that was learnt is forgotten. */
const MAX_NUMBERS = 16_000_000;
const MAX_NODES = 200_000;

/** Where parts of a bucket stand behind its offset. */
const INDEX = 0;
const FLAGS = 1;
const COUNT = 2;
const GIVES = 3;

const OPEN = 1;
const TAKES = 2;

/** Rules that hold together, where more is asked of them than what they give. */
export interface Bucket {
	rules: readonly TableRule[];
	/** Rules whose expression has yet to be asked. */
	open: readonly TableRule[];
	settled: readonly TableRule[];
	/** Entitlement numbers that their roles forbid. */
	takes: Int32Array;
}

/**
 * What sets of rules give together, worked out once and kept in one block of numbers, one set after the other: reading a
 * set touches memory once. A set is known by its offset; at offset 0 stands the set without rules.
 */
export class BucketPool {
	/** Grows by being replaced: don't keep it. */
	data = new Int32Array(1 << 12);
	/** Rule ids behind an entitlement, by the number of the list. Lists are shared: never change one. */
	readonly reasonIds: Array<readonly string[]> = [];
	/** The same as rule numbers, sorted. */
	readonly reasonRules: Int32Array[] = [];
	/** Nodes of all decision groups. */
	nodes = 0;
	#end = 0;
	readonly #buckets: Bucket[] = [];
	readonly #offsets = new Map<string, number>();
	readonly #lists = new Map<string, number>();

	constructor() {
		this.add('', []);
	}

	get full(): boolean {
		return this.#end > MAX_NUMBERS || this.nodes > MAX_NODES;
	}

	/** The offset of a set of rules. */
	add(key: string, rules: readonly TableRule[]): number {
		const known = this.#offsets.get(key);
		if (known !== undefined) return known;
		const settled = rules.filter(({ rule }) => rule.expression === undefined);
		const open = rules.filter(({ rule }) => rule.expression !== undefined);
		const takes = Int32Array.from(new Set(settled.flatMap((each) => [...each.takes])));
		const index = this.#buckets.push({ rules, open, settled, takes }) - 1;
		const offset = this.#write(index, (open.length > 0 ? OPEN : 0) | (takes.length > 0 ? TAKES : 0), settled);
		this.#offsets.set(key, offset);
		return offset;
	}

	#write(index: number, flags: number, settled: readonly TableRule[]): number {
		const behind = new Map<number, TableRule[]>();
		for (const rule of settled) {
			for (const number of rule.gives) {
				const rules = behind.get(number);
				if (rules === undefined) behind.set(number, [rule]);
				else rules.push(rule);
			}
		}
		const offset = this.#end;
		this.#reserve(GIVES + 2 * behind.size);
		this.data.set([index, flags, behind.size], offset);
		let at = offset + GIVES;
		for (const [number, rules] of behind) {
			this.data[at] = number;
			this.data[at + behind.size] = this.#list(rules);
			at += 1;
		}
		return offset;
	}

	#list(rules: readonly TableRule[]): number {
		const key = rules.map(({ index }) => index).join(' ');
		const known = this.#lists.get(key);
		if (known !== undefined) return known;
		this.reasonIds.push(rules.map(({ rule }) => rule.id));
		const list = this.reasonRules.push(Int32Array.from(rules, ({ index }) => index)) - 1;
		this.#lists.set(key, list);
		return list;
	}

	#reserve(numbers: number): void {
		this.#end += numbers;
		if (this.#end <= this.data.length) return;
		const larger = new Int32Array(Math.max(2 * this.data.length, this.#end));
		larger.set(this.data);
		this.data = larger;
	}

	/** Number of entitlements of a set; they stand from `firstOf` on, and their lists of reasons right behind them. */
	countOf(offset: number): number {
		return this.data[offset + COUNT] as number;
	}

	firstOf(offset: number): number {
		return offset + GIVES;
	}

	isOpen(offset: number): boolean {
		return ((this.data[offset + FLAGS] as number) & OPEN) !== 0;
	}

	forbids(offset: number): boolean {
		return ((this.data[offset + FLAGS] as number) & TAKES) !== 0;
	}

	bucket(offset: number): Bucket {
		return this.#buckets[this.data[offset + INDEX] as number] as Bucket;
	}
}
