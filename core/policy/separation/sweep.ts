import type { SeparationHit } from '../../model';
import { earlierEnd } from '../person/intervals';
import type { Interval } from '../person/intervals';
import { completion } from './completion';
import type { Exemption, Part, SeparationRule } from './rules';

/** A stretch of one holding that plays a part in separation of duties. */
export interface Candidate extends Interval {
	entitlement: string;
	parts: readonly Part[];
	/** Since when it is held, where it is: the first of two that begin together. */
	heldSince?: string;
}

export interface Found {
	rule: SeparationRule;
	candidate: Candidate;
	/** What it conflicts with. */
	with: readonly Candidate[];
	from: string;
	until?: string;
	/** Absent where it is allowed although it conflicts. */
	withheld: boolean;
	exemption?: Exemption;
}

export type Conflict = SeparationHit & { compensating?: string };

function before(a: Candidate, b: Candidate): number {
	if (a.from !== b.from) return a.from < b.from ? -1 : 1;
	if (a.heldSince !== b.heldSince) {
		if (a.heldSince === undefined || b.heldSince === undefined) return a.heldSince === undefined ? 1 : -1;
		return a.heldSince < b.heldSince ? -1 : 1;
	}
	return a.entitlement < b.entitlement ? -1 : a.entitlement > b.entitlement ? 1 : 0;
}

/**
 * Goes through all stretches by their beginning. Whatever begins first stays; what would complete a rule later is withheld
 * until the rule is no longer complete, and then counts as beginning there. So no order of arrival plays a part.
 */
export class Sweep {
	readonly found: Found[] = [];
	readonly #queue: Candidate[];
	readonly #allowed: Candidate[] = [];

	constructor(
		candidates: readonly Candidate[],
		readonly exemptionOf: (rule: SeparationRule, at: string) => Exemption | undefined,
	) {
		this.#queue = [...candidates].sort(before);
	}

	run(): Found[] {
		for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) this.#decide(next);
		return this.found;
	}

	#decide(candidate: Candidate): void {
		const tolerated: Found[] = [];
		let split: string | undefined;
		for (const part of candidate.parts) {
			for (const partners of this.#partners(candidate, part)) {
				const until = partners.reduce<string | undefined>((end, each) => earlierEnd(end, each.until), candidate.until);
				const exemption = this.exemptionOf(part.rule, candidate.from);
				const conflict = { rule: part.rule, candidate, with: partners, from: candidate.from };
				if (part.rule.action === 'block' && exemption === undefined) {
					this.found.push({ ...conflict, withheld: true, ...(until !== undefined && { until }) });
					if (until !== undefined) this.#later(candidate, until);
					return;
				}
				const end = earlierEnd(until, exemption?.until);
				tolerated.push({
					...conflict,
					withheld: false,
					...(end !== undefined && { until: end }),
					...(exemption && { exemption }),
				});
				// When the exemption ends, or one of several partners does, the question comes up again.
				if (exemption !== undefined && (until === undefined || exemption.until < until)) {
					split = earlierEnd(split, exemption.until);
				}
			}
		}
		this.found.push(...tolerated);
		this.#allowed.push(split === undefined ? candidate : { ...candidate, until: split });
		if (split !== undefined) this.#later(candidate, split);
	}

	/** The rest of a stretch, from an instant on. */
	#later(candidate: Candidate, from: string): void {
		if (candidate.until !== undefined && candidate.until <= from) return;
		const rest = { ...candidate, from };
		const place = this.#queue.findIndex((each) => before(rest, each) < 0);
		if (place === -1) this.#queue.push(rest);
		else this.#queue.splice(place, 0, rest);
	}

	/** Sets of what is allowed at the candidate's beginning and completes the rule with it. */
	#partners(candidate: Candidate, part: Part): Candidate[][] {
		const others = this.#allowed.flatMap((held) => {
			if (held.entitlement === candidate.entitlement) return [];
			if (held.from > candidate.from || (held.until !== undefined && held.until <= candidate.from)) return [];
			const own = held.parts.find(({ rule }) => rule === part.rule);
			return own === undefined ? [] : [{ held, sides: own.sides }];
		});
		if (others.length === 0) return [];
		if (part.rule.sides.length === 2 && part.rule.action !== 'block') {
			return others.flatMap((other) => completion(part, [other]) ?? []).map((each) => [each]);
		}
		const partners = completion(part, others);
		return partners === undefined ? [] : [partners];
	}
}
