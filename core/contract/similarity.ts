import type { Unit } from './unit';

/** A feature shared by more units than this says nothing about identity. */
const MOST_POSTINGS = 24;
const MOST_CANDIDATES = 6;

/** Words and pairs of neighbouring words, as numbers. Long clauses are sampled by hash, the same way in both versions. */
function features(unit: Unit): Set<number> {
	const found = new Set<number>();
	const { ids } = unit.tokens;
	const sampled = ids.length > 4_000;
	for (let i = 0; i < ids.length; i++) {
		const id = ids[i] ?? 0;
		const pair = (Math.imul(id, 0x9e3779b1) ^ Math.imul((ids[i + 1] ?? 0) + 1, 0x85ebca6b)) >>> 0;
		if (sampled && (pair & 7) !== 0) continue;
		found.add(id);
		found.add(pair + 0x100000000);
	}
	return found;
}

export interface Candidate {
	after: Unit;
	/** Share of features in common (Dice), 0 to 1. */
	similarity: number;
}

/** Finds, for an unpaired clause, the unpaired clauses of the other version that it resembles. */
export class SimilarityIndex {
	readonly #postings = new Map<number, number[]>();
	readonly #sizes: number[] = [];

	constructor(private readonly units: readonly Unit[]) {
		units.forEach((unit, position) => {
			const own = features(unit);
			this.#sizes.push(own.size);
			for (const feature of own) this.#post(feature, position);
		});
	}

	#post(feature: number, position: number): void {
		const posting = this.#postings.get(feature);
		if (!posting) this.#postings.set(feature, [position]);
		else if (posting.length <= MOST_POSTINGS) posting.push(position);
	}

	candidates(unit: Unit): Candidate[] {
		const own = features(unit);
		const hits = new Map<number, number>();
		let dull = 0;
		for (const feature of own) {
			const posting = this.#postings.get(feature);
			if (posting && posting.length > MOST_POSTINGS) dull++;
			else for (const position of posting ?? []) hits.set(position, (hits.get(position) ?? 0) + 1);
		}
		const found: Candidate[] = [];
		for (const [position, shared] of hits) {
			const after = this.units[position];
			const size = this.#sizes[position] ?? 0;
			// Features that are everywhere are taken as shared in proportion to the shorter clause.
			const common = Math.min(1, size / own.size) * dull * 0.5;
			if (after) found.push({ after, similarity: Math.min(1, (2 * (shared + common)) / (own.size + size)) });
		}
		return found
			.sort((x, y) => y.similarity - x.similarity || x.after.node.index - y.after.node.index)
			.slice(0, MOST_CANDIDATES);
	}

	/** Similarity of two given units, by the same measure without the index. */
	static between(a: Unit, b: Unit): number {
		const left = features(a);
		const right = features(b);
		if (left.size + right.size === 0) return 1;
		const [small, large] = left.size < right.size ? [left, right] : [right, left];
		let shared = 0;
		for (const feature of small) if (large.has(feature)) shared++;
		return (2 * shared) / (left.size + right.size);
	}
}
