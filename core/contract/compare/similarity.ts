import type { ContractLimits } from '../limits';
import type { Features } from './features';
import type { Unit } from './unit';

export interface Candidate {
	after: Unit;
	/** Share of features in common (Dice), 0 to 1. */
	similarity: number;
}

/** The few likeliest of many, in order: by share, and of equal ones the first. No object is made for those turned down. */
class Best {
	readonly #shares: Float64Array;
	readonly #positions: Int32Array;
	#size = 0;

	constructor(private readonly most: number) {
		this.#shares = new Float64Array(most + 1);
		this.#positions = new Int32Array(most + 1);
	}

	offer(position: number, share: number): void {
		const [shares, positions] = [this.#shares, this.#positions];
		let at = this.#size;
		while (at > 0 && this.#isBefore(position, share, at - 1)) {
			shares[at] = shares[at - 1] ?? 0;
			positions[at] = positions[at - 1] ?? 0;
			at--;
		}
		if (at >= this.most) return;
		shares[at] = share;
		positions[at] = position;
		if (this.#size < this.most) this.#size++;
	}

	#isBefore(position: number, share: number, at: number): boolean {
		const other = this.#shares[at] ?? 0;
		return share > other || (share === other && position < (this.#positions[at] ?? 0));
	}

	/** Hands out what was kept and begins anew. */
	take(): Int32Array {
		const kept = this.#positions.slice(0, this.#size);
		this.#size = 0;
		return kept;
	}
}

/** Finds, for an unpaired clause, the unpaired clauses of the other version that it resembles. */
export class SimilarityIndex {
	/** Positions of the units that have a feature: `#positions[#from[f] … #from[f + 1])`; none for what too many have. */
	readonly #from: Int32Array;
	readonly #positions: Int32Array;
	/** Features by position. */
	readonly #sizes: Int32Array;
	/** Shared features by position, all zero between two questions. */
	readonly #hits: Int32Array;
	/** A feature of more units than this says nothing about which is which. */
	readonly #common: number;
	readonly #best: Best;

	/**
	 * @param units those that are looked for
	 * @param askers those that will be asked about
	 */
	constructor(
		private readonly units: readonly Unit[],
		askers: readonly Unit[],
		private readonly features: Features,
		limits: ContractLimits,
	) {
		this.#best = new Best(limits.maxSimilarClauses);
		this.#hits = new Int32Array(units.length);
		this.#sizes = Int32Array.from(units, (unit) => features.of(unit).length);
		const asked = countFeatures(askers, features);
		const counts = countFeatures(units, features);
		this.#common = commonFrom(counts, asked, limits);
		this.#from = new Int32Array(features.size + 2);
		let total = 0;
		for (let feature = 0; feature < features.size; feature++) {
			const count = counts[feature] ?? 0;
			this.#from[feature] = total;
			total += count > this.#common ? 0 : count;
		}
		this.#from.fill(total, features.size);
		this.#positions = new Int32Array(total);
		this.#enter(counts);
	}

	/** Fills each feature's stretch from its end, so that the counts say what is left to fill. */
	#enter(counts: Int32Array): void {
		const { features, units } = this;
		for (let position = units.length - 1; position >= 0; position--) {
			const unit = units[position];
			if (!unit) continue;
			for (const feature of features.of(unit)) {
				const left = counts[feature] ?? 0;
				if (left > this.#common) continue;
				counts[feature] = left - 1;
				this.#positions[(this.#from[feature] ?? 0) + left - 1] = position;
			}
		}
	}

	/** The likeliest by what few clauses have, with their similarity by everything. */
	candidates(unit: Unit): Candidate[] {
		const own = this.features.of(unit);
		for (const position of this.#touched(own)) {
			this.#best.offer(position, (this.#hits[position] ?? 0) / (own.length + (this.#sizes[position] ?? 0)));
			this.#hits[position] = 0;
		}
		const found: Candidate[] = [];
		for (const position of this.#best.take()) {
			const after = this.units[position];
			if (after) found.push({ after, similarity: this.between(unit, after) });
		}
		return found;
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

	/** Similarity of two given units. */
	between(a: Unit, b: Unit): number {
		return this.features.likeness(a, b);
	}
}

function countFeatures(units: readonly Unit[], features: Features): Int32Array {
	for (const unit of units) features.of(unit);
	const counts = new Int32Array(features.size + 1);
	for (const unit of units) for (const feature of features.of(unit)) counts[feature] = (counts[feature] ?? 0) + 1;
	return counts;
}

/**
 * From how many units on a feature tells nothing: `maxCommonClauses`, or fewer where two long documents have so little
 * in common that following each of their words would take more than `maxLookups` steps. What few have tells most.
 */
function commonFrom(counts: Int32Array, asked: Int32Array, { maxCommonClauses, maxLookups }: ContractLimits): number {
	const steps = new Float64Array(maxCommonClauses + 1);
	counts.forEach((count, feature) => {
		if (count <= maxCommonClauses) steps[count] = (steps[count] ?? 0) + count * (asked[feature] ?? 0);
	});
	let common = 0;
	for (let sum = 0; common < maxCommonClauses; common++) if ((sum += steps[common + 1] ?? 0) > maxLookups) break;
	return common;
}
