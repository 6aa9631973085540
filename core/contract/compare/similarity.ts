import type { Unit } from './unit';

/** A feature shared by more units than this says nothing about identity. */
const MOST_POSTINGS = 24;
const MOST_CANDIDATES = 6;

/** Words and pairs of neighbouring words, as numbers. Long clauses are sampled by hash, the same way in both versions. */
export function features(unit: Unit): Set<number> {
	unit.features ??= readFeatures(unit);
	return unit.features;
}

function readFeatures(unit: Unit): Set<number> {
	const found = new Set<number>();
	const { ids } = unit.tokens;
	const sampled = ids.length > 4_000;
	for (let i = 0; i < ids.length; i++) {
		const id = ids[i] ?? 0;
		const pair = (Math.imul(id, 0x9e3779b1) ^ Math.imul((ids[i + 1] ?? 0) + 1, 0x85ebca6b)) >>> 0;
		if (sampled && (pair & 7) !== 0) continue;
		found.add(id);
		if (i + 1 < ids.length) found.add(pair + 0x100000000);
	}
	return found;
}

export interface Candidate {
	after: Unit;
	/** Share of features in common (Dice), 0 to 1. */
	similarity: number;
}

/** Share of features in common (Dice). */
function dice(left: ReadonlySet<number>, right: ReadonlySet<number>): number {
	if (left.size + right.size === 0) return 1;
	const [small, large] = left.size < right.size ? [left, right] : [right, left];
	let shared = 0;
	for (const feature of small) if (large.has(feature)) shared++;
	return (2 * shared) / (left.size + right.size);
}

/** Finds, for an unpaired clause, the unpaired clauses of the other version that it resembles. */
export class SimilarityIndex {
	readonly #postings = new Map<number, number[]>();
	/** Shared features by position, all zero between two questions. */
	readonly #hits: Int32Array;

	constructor(private readonly units: readonly Unit[]) {
		this.#hits = new Int32Array(units.length);
		units.forEach((unit, position) => {
			for (const feature of features(unit)) this.#post(feature, position);
		});
	}

	#post(feature: number, position: number): void {
		const posting = this.#postings.get(feature);
		if (!posting) this.#postings.set(feature, [position]);
		else if (posting.length <= MOST_POSTINGS) posting.push(position);
	}

	/** The likeliest by what few clauses have, with their similarity by everything. */
	candidates(unit: Unit): Candidate[] {
		const own = features(unit);
		const hits = this.#hits;
		const touched: number[] = [];
		for (const feature of own) {
			const posting = this.#postings.get(feature);
			if (!posting || posting.length > MOST_POSTINGS) continue;
			for (const position of posting) {
				const shared = hits[position] ?? 0;
				if (shared === 0) touched.push(position);
				hits[position] = shared + 1;
			}
		}
		const likely: Array<{ after: Unit; share: number }> = [];
		for (const position of touched) {
			const after = this.units[position];
			const shared = hits[position] ?? 0;
			hits[position] = 0;
			if (after) likely.push({ after, share: shared / (own.size + features(after).size) });
		}
		return likely
			.sort((x, y) => y.share - x.share || x.after.node.index - y.after.node.index)
			.slice(0, MOST_CANDIDATES)
			.map(({ after }) => ({ after, similarity: this.between(unit, after) }));
	}

	/** Similarity of two given units. */
	between(a: Unit, b: Unit): number {
		return dice(features(a), features(b));
	}
}
