import { HOLDS } from './attribute-classes';
import type { AttributeClasses } from './attribute-classes';
import type { BucketPool } from './bucket-pool';
import type { RuleGroup } from './grouping';
import type { TableRule } from './rule-table';

/** Room in a row for classes that are met later. */
const SPARE = 8;
/** Where parts of a row stand behind its base. */
const ATTRIBUTE = 0;
const WIDTH = 1;
const NODE = 2;
const NEXT = 3;

/** What a node knows besides its row. */
interface Node {
	live: readonly TableRule[];
	/** Place of its attribute in the group's order. */
	depth: number;
	/** Classes that did not fit into the row. */
	overflow: Map<number, number>;
}

/**
 * Decides which rules of a group hold: a graph that asks one attribute after the other, grown as combinations are met.
 * What leaves the same rules is the same node, so the graph is no larger than what the policy tells apart.
 *
 * Rows stand in one block of numbers. An entry is 0 where it is not known yet, the base of the next row where positive,
 * and the complement of an offset in the pool where negative.
 */
export class DecisionGroup {
	#rows = new Int32Array(1 << 10);
	#end = 1;
	readonly #nodes: Node[] = [];
	readonly #known = new Map<string, number>();
	readonly #root: number;

	constructor(
		readonly group: RuleGroup,
		readonly attributes: readonly AttributeClasses[],
		readonly pool: BucketPool,
	) {
		this.#root = this.#entry(group.rules, 0);
	}

	/**
	 * @param classes class of each attribute, by attribute number
	 * @returns offset in the pool
	 */
	decide(classes: Int32Array): number {
		let at = this.#root;
		while (at > 0) {
			const rows = this.#rows;
			const found = classes[rows[at + ATTRIBUTE] as number] as number;
			const next = found < (rows[at + WIDTH] as number) ? (rows[at + NEXT + found] as number) : 0;
			at = next !== 0 ? next : this.#grow(at, found);
		}
		return ~at;
	}

	#grow(at: number, found: number): number {
		const node = this.#nodes[this.#rows[at + NODE] as number] as Node;
		const known = node.overflow.get(found);
		if (known !== undefined) return known;
		const asked = this.#rows[at + ATTRIBUTE] as number;
		const outcomes = this.attributes[asked]?.outcomesOf(found);
		const live = node.live.filter(({ filters }) => {
			for (const { attribute, condition } of filters) {
				if (attribute === asked && outcomes?.[condition] !== HOLDS) return false;
			}
			return true;
		});
		const entry = this.#entry(live, node.depth + 1);
		if (found < (this.#rows[at + WIDTH] as number)) this.#rows[at + NEXT + found] = entry;
		else node.overflow.set(found, entry);
		return entry;
	}

	/** Where to go on with these rules, when the attributes before `depth` have been asked. */
	#entry(live: readonly TableRule[], depth: number): number {
		const { attributes } = this.group;
		let at = depth;
		while (at < attributes.length && !asks(live, attributes[at] as number)) at += 1;
		const rules = live.map(({ index }) => index).join(' ');
		if (at >= attributes.length) return ~this.pool.add(rules, live);
		const key = `${at}:${rules}`;
		const known = this.#known.get(key);
		if (known !== undefined) return known;
		const base = this.#row(attributes[at] as number, this.#nodes.push({ live, depth: at, overflow: new Map() }) - 1);
		this.pool.nodes += 1;
		this.#known.set(key, base);
		return base;
	}

	#row(attribute: number, node: number): number {
		const width = (this.attributes[attribute]?.size ?? 0) + SPARE;
		const base = this.#end;
		this.#end += NEXT + width;
		if (this.#end > this.#rows.length) {
			const larger = new Int32Array(Math.max(2 * this.#rows.length, this.#end));
			larger.set(this.#rows);
			this.#rows = larger;
		}
		this.#rows.set([attribute, width, node], base);
		return base;
	}
}

function asks(live: readonly TableRule[], attribute: number): boolean {
	return live.some(({ filters }) => filters.some((filter) => filter.attribute === attribute));
}
