import type { AttributeValue } from '../../model';

type Attributes = Readonly<Record<string, AttributeValue>>;

/** How usual an entitlement is among people like one. */
export interface PeerShare {
	/** Readable, e.g. `department Sales, title Clerk`. */
	group: string;
	/** People in the group. */
	size: number;
	/** Those of them who hold the entitlement. */
	holders: number;
}

/** Counts in plain data: they may cross into another thread. Group key, people in it, holders by entitlement. */
export type PeerCounts = ReadonlyArray<
	readonly [group: string, size: number, holders: ReadonlyArray<readonly [string, number]>]
>;

interface Group {
	size: number;
	holders: Map<string, number>;
}

/**
 * Counts of who holds what, by groups of people with the same attributes. Counts only: a hundred thousand people take as
 * much room as their groups do. The order in which people are added changes nothing.
 */
export class PeerGroups {
	readonly #groups = new Map<string, Group>();

	constructor(readonly by: readonly string[]) {}

	/** Undefined where one of the attributes is not known: nobody is a peer of somebody unknown. */
	#key(attributes: Attributes): string | undefined {
		const values: string[] = [];
		for (const name of this.by) {
			const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
			if (value === undefined) return undefined;
			values.push(String(value));
		}
		return values.join('\n');
	}

	add(attributes: Attributes, entitlements: Iterable<string>): void {
		const key = this.#key(attributes);
		if (key === undefined) return;
		let group = this.#groups.get(key);
		if (group === undefined) {
			group = { size: 0, holders: new Map() };
			this.#groups.set(key, group);
		}
		group.size += 1;
		for (const name of new Set(entitlements)) group.holders.set(name, (group.holders.get(name) ?? 0) + 1);
	}

	counts(): PeerCounts {
		return [...this.#groups].map(([key, { size, holders }]) => [key, size, [...holders]] as const);
	}

	/** Adds what was counted elsewhere, of other people. */
	merge(counts: PeerCounts): this {
		for (const [key, size, holders] of counts) {
			let group = this.#groups.get(key);
			if (group === undefined) {
				group = { size: 0, holders: new Map() };
				this.#groups.set(key, group);
			}
			group.size += size;
			for (const [name, count] of holders) group.holders.set(name, (group.holders.get(name) ?? 0) + count);
		}
		return this;
	}

	/**
	 * How usual an entitlement is in the group of a person who doesn't hold it. `counted`: the person is one of the group.
	 */
	share(attributes: Attributes, entitlement: string, counted = false): PeerShare | undefined {
		const key = this.#key(attributes);
		const group = key === undefined ? undefined : this.#groups.get(key);
		if (group === undefined) return undefined;
		const named = this.by.map((name) => `${name} ${String(attributes[name])}`).join(', ');
		const size = Math.max(0, group.size - (counted ? 1 : 0));
		return { group: named, size, holders: group.holders.get(entitlement) ?? 0 };
	}
}

/** 0 for what every peer holds, 100 for what none does. */
export function outlierScore({ size, holders }: PeerShare): number {
	return size === 0 ? 100 : Math.round(100 * (1 - Math.min(holders, size) / size));
}
