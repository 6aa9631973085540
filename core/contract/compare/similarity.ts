import type { ContractLimits } from '../limits';
import type { Features } from './features';
import type { Unit } from './unit';

export interface Candidate {
	after: Unit;
	/** Share of features in common (Dice), 0 to 1. */
	similarity: number;
}

interface Likely {
	after: Unit;
	share: number;
}

const likelierFirst = (x: Likely, y: Likely): number => y.share - x.share || x.after.node.index - y.after.node.index;

/** Finds, for an unpaired clause, the unpaired clauses of the other version that it resembles. */
export class SimilarityIndex {
	/** Positions of the units that have a feature: `#positions[#from[f] … #from[f + 1])`; none for what too many have. */
	readonly #from: Int32Array;
	readonly #positions: Int32Array;
	/** Features by position. */
	readonly #sizes: Int32Array;
	/** Shared features by position, all zero between two questions. */
	readonly #hits: Int32Array;

	constructor(
		private readonly units: readonly Unit[],
		private readonly features: Features,
		private readonly limits: ContractLimits,
	) {
		this.#hits = new Int32Array(units.length);
		this.#sizes = Int32Array.from(units, (unit) => features.of(unit).length);
		const counts = new Int32Array(features.size + 1);
		for (const unit of units) for (const feature of features.of(unit)) counts[feature] = (counts[feature] ?? 0) + 1;
		this.#from = new Int32Array(features.size + 2);
		let total = 0;
		for (let feature = 0; feature < features.size; feature++) {
			const count = counts[feature] ?? 0;
			this.#from[feature] = total;
			total += count > limits.maxCommonClauses ? 0 : count;
		}
		this.#from.fill(total, features.size);
		this.#positions = new Int32Array(total);
		this.#enter(counts);
	}

	/** Fills each feature's stretch from its end, so that the counts say what is left to fill. */
	#enter(counts: Int32Array): void {
		const { features, units, limits } = this;
		for (let position = units.length - 1; position >= 0; position--) {
			const unit = units[position];
			if (!unit) continue;
			for (const feature of features.of(unit)) {
				const left = counts[feature] ?? 0;
				if (left > limits.maxCommonClauses) continue;
				counts[feature] = left - 1;
				this.#positions[(this.#from[feature] ?? 0) + left - 1] = position;
			}
		}
	}

	/** The likeliest by what few clauses have, with their similarity by everything. */
	candidates(unit: Unit): Candidate[] {
		const own = this.features.of(unit);
		const { maxSimilarClauses } = this.limits;
		const likely: Likely[] = [];
		// Most of those that share a word share no more than that: they are turned down before anything is made of them.
		let least = 0;
		for (const position of this.#touched(own)) {
			const share = (this.#hits[position] ?? 0) / (own.length + (this.#sizes[position] ?? 0));
			this.#hits[position] = 0;
			const after = share < least ? undefined : this.units[position];
			if (!after) continue;
			this.#keep(likely, { after, share });
			if (likely.length >= maxSimilarClauses) least = likely.at(-1)?.share ?? 0;
		}
		return likely.map(({ after }) => ({ after, similarity: this.between(unit, after) }));
	}

	/** Positions that share a telling feature, with their counts in `#hits`. */
	#touched(own: Int32Array): number[] {
		const [hits, from, positions] = [this.#hits, this.#from, this.#positions];
		const touched: number[] = [];
		for (const feature of own) {
			// Features met after the index was built stand in none of its units.
			if (feature + 1 >= from.length) continue;
			const end = from[feature + 1] ?? 0;
			for (let at = from[feature] ?? 0; at < end; at++) {
				const position = positions[at] ?? 0;
				const shared = hits[position] ?? 0;
				if (shared === 0) touched.push(position);
				hits[position] = shared + 1;
			}
		}
		return touched;
	}

	/** Enters one among the few best, which stand in order. */
	#keep(best: Likely[], one: Likely): void {
		const { maxSimilarClauses } = this.limits;
		const last = best.at(-1);
		if (best.length >= maxSimilarClauses && last && likelierFirst(last, one) < 0) return;
		let at = best.length;
		while (at > 0 && likelierFirst(best[at - 1] ?? one, one) > 0) at--;
		best.splice(at, 0, one);
		if (best.length > maxSimilarClauses) best.pop();
	}

	/** Similarity of two given units. */
	between(a: Unit, b: Unit): number {
		return this.features.likeness(a, b);
	}
}
