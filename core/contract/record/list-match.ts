import { longestIncreasing } from '../compare/sequence';
import { cellsOf, type RecordNode } from './record-tree';

export interface ListMatch {
	/** Pairs of positions. */
	pairs: Array<{ before: number; after: number; moved: boolean; confidence: number }>;
	removed: number[];
	added: number[];
	/** The field that identifies an entry, where there is one. */
	key?: string;
	warning?: string;
}

/** Fields that name an entry, best first. */
const KEY_FIELDS =
	'id _id uuid guid key email code sku username userName employeeId externalId number ref reference slug name'.split(
		' ',
	);
/** Entries that share less than this with their best counterpart are not the same entry. */
const ALIKE = 0.5;
/** A value that so many entries share tells nothing about which is which. */
const COMMON = 24;

function keyOf(node: RecordNode, field: string): string | undefined {
	if (node.kind !== 'object') return undefined;
	const value = node.fields.get(field) ?? cellsOf(node).get(field);
	if (value?.kind !== 'scalar' || value.value.type === 'absent') return undefined;
	return value.hash.toLowerCase();
}

function isUnique(items: readonly RecordNode[], field: string): boolean {
	const seen = new Set<string>();
	for (const item of items) {
		const key = keyOf(item, field);
		if (key === undefined || seen.has(key)) return false;
		seen.add(key);
	}
	return true;
}

function findKey(before: readonly RecordNode[], after: readonly RecordNode[]): string | undefined {
	const first = before[0] ?? after[0];
	if (first?.kind !== 'object') return undefined;
	const known = KEY_FIELDS.filter((field) => first.fields.has(field));
	const own = [...first.fields.keys()].filter(
		(field) => !known.includes(field) && /(?:id|key|code|email|no)$/i.test(field),
	);
	return [...known, ...own].find((field) => isUnique(before, field) && isUnique(after, field));
}

class Matcher {
	readonly #partner = new Map<number, { after: number; confidence: number }>();
	readonly #taken = new Set<number>();

	constructor(
		private readonly before: readonly RecordNode[],
		private readonly after: readonly RecordNode[],
	) {}

	/** Pairs entries of one name each in order. */
	byName(nameOf: (node: RecordNode) => string | undefined, confidence: number): void {
		const waiting = new Map<string, number[]>();
		for (let at = this.after.length - 1; at >= 0; at--) {
			const node = this.after[at];
			const name = node && !this.#taken.has(at) ? nameOf(node) : undefined;
			if (name === undefined) continue;
			const places = waiting.get(name);
			if (places) places.push(at);
			else waiting.set(name, [at]);
		}
		this.before.forEach((node, at) => {
			const name = this.#partner.has(at) ? undefined : nameOf(node);
			const place = name === undefined ? undefined : waiting.get(name)?.pop();
			if (place !== undefined) this.#pair(at, place, confidence);
		});
	}

	/** Pairs what is left by the values it shares, rare values first; an index instead of all pairs. */
	bySimilarity(): void {
		const features = (node: RecordNode): string[] =>
			[...cellsOf(node)].map(([name, cell]) => `${name}\u0001${cell.hash}`);
		const index = new Map<string, number[]>();
		const owned = new Map<number, Set<string>>();
		this.after.forEach((node, at) => {
			if (this.#taken.has(at) || node.kind !== 'object') return;
			const own = new Set(features(node));
			owned.set(at, own);
			for (const feature of own) {
				const places = index.get(feature);
				if (places) places.push(at);
				else index.set(feature, [at]);
			}
		});
		const found: Array<{ before: number; after: number; score: number }> = [];
		this.before.forEach((node, at) => {
			if (this.#partner.has(at) || node.kind !== 'object') return;
			const own = features(node);
			for (const place of proposed(own, index)) {
				const theirs = owned.get(place) ?? new Set();
				const shared = own.filter((feature) => theirs.has(feature)).length;
				const score = (2 * shared) / (own.length + theirs.size);
				if (score >= ALIKE) found.push({ before: at, after: place, score });
			}
		});
		found.sort((a, b) => b.score - a.score || a.before - b.before || a.after - b.after);
		for (const { before, after, score } of found)
			if (!this.#partner.has(before) && !this.#taken.has(after))
				this.#pair(before, after, Math.round(score * 100) / 100);
	}

	result(): ListMatch {
		const order = [...this.#partner].sort(([a], [b]) => a - b);
		const stayed = new Set(longestIncreasing(order.map(([, { after }]) => after)));
		return {
			pairs: order.map(([before, { after, confidence }], index) => ({
				before,
				after,
				confidence,
				moved: !stayed.has(index),
			})),
			removed: [...this.before.keys()].filter((at) => !this.#partner.has(at)),
			added: [...this.after.keys()].filter((at) => !this.#taken.has(at)),
		};
	}

	#pair(before: number, after: number, confidence: number): void {
		this.#partner.set(before, { after, confidence });
		this.#taken.add(after);
	}
}

/** Entries that share a rare value; where none does, the first few that share a common one. */
function proposed(features: readonly string[], index: ReadonlyMap<string, number[]>): Set<number> {
	const places = new Set<number>();
	for (const feature of features) {
		const sharing = index.get(feature) ?? [];
		if (sharing.length <= COMMON) for (const place of sharing) places.add(place);
	}
	if (places.size > 0) return places;
	return new Set(features.flatMap((feature) => index.get(feature)?.slice(0, 2) ?? []).slice(0, COMMON));
}

/**
 * Matches the entries of two lists: by the given key, else by a field that names every entry of both lists, else by
 * equal content first and by shared values then.
 */
export function matchLists(
	before: readonly RecordNode[],
	after: readonly RecordNode[],
	given: string | undefined,
): ListMatch {
	const matcher = new Matcher(before, after);
	const key = given ?? findKey(before, after);
	if (key !== undefined) {
		matcher.byName((node) => keyOf(node, key), 1);
		// Entries without the given key still have their content.
		matcher.byName((node) => (keyOf(node, key) === undefined ? node.hash : undefined), 1);
		const clear = given === undefined || (isUnique(before, given) && isUnique(after, given));
		return {
			...matcher.result(),
			key,
			...(clear
				? {}
				: { warning: `the key ${given} is missing or repeated there; repeated entries were matched in order` }),
		};
	}
	matcher.byName((node) => node.hash, 1);
	matcher.bySimilarity();
	return matcher.result();
}
