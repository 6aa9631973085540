import type { AttributeValue, Segment } from '../../model';
import type { Spell } from './employment';
import { earlierEnd } from './intervals';
import { matchingRules } from './matching';
import { overlapWindows } from './overlap';
import type { OverlapWindow } from './overlap';
import type { RuleGrants } from './rule-grants';
import type { EndCause, PersonInput } from './types';

/** A stretch of time over which one rule holds for a person without a gap. */
export interface RuleStretch {
	rule: RuleGrants;
	from: string;
	until?: string;
	endedBy?: EndCause;
	/** Overlap windows that open at its end. */
	windows: readonly OverlapWindow[];
	/** What was known of the person when it began. */
	attributes: Readonly<Record<string, AttributeValue>>;
	spell: Spell;
}

const NO_WINDOWS: readonly OverlapWindow[] = [];

interface Running {
	from: string;
	attributes: Readonly<Record<string, AttributeValue>>;
}

/** Walks one spell of employment, segment by segment. */
class SpellWalk {
	readonly #running = new Map<RuleGrants, Running>();
	#last: { segment: Segment; until: string | undefined } | undefined;

	constructor(
		readonly input: PersonInput,
		readonly spell: Spell,
		readonly stretches: RuleStretch[],
	) {}

	segment(segment: Segment): void {
		const from = segment.from < this.spell.from ? this.spell.from : segment.from;
		const until = earlierEnd(segment.until, this.spell.until);
		if (until !== undefined && until <= from) return;
		const { compiled } = this.input;
		const matching = matchingRules(compiled, segment.attributes);
		const before = this.#last;
		if (before !== undefined) {
			if (before.until !== from) this.#closeAll(before.until, 'change');
			else if (this.#running.size > 0) this.#closeMissing(before.segment, segment, from, new Set(matching));
		}
		for (const rule of matching) {
			if (!this.#running.has(rule)) this.#running.set(rule, { from, attributes: segment.attributes });
		}
		this.#last = { segment, until };
	}

	#closeMissing(before: Segment, after: Segment, at: string, matching: ReadonlySet<RuleGrants>): void {
		let windows: readonly OverlapWindow[] | undefined;
		for (const [rule, running] of this.#running) {
			if (matching.has(rule)) continue;
			windows ??= overlapWindows(this.input.compiled, before.attributes, after.attributes, at);
			this.#close(rule, running, at, 'change', windows);
		}
	}

	#closeAll(until: string | undefined, cause: EndCause): void {
		for (const [rule, running] of this.#running) this.#close(rule, running, until, cause, NO_WINDOWS);
	}

	#close(
		rule: RuleGrants,
		{ from, attributes }: Running,
		until: string | undefined,
		cause: EndCause,
		windows: readonly OverlapWindow[],
	): void {
		const { spell } = this;
		this.stretches.push({
			rule,
			from,
			attributes,
			spell,
			windows,
			...(until !== undefined && { until, endedBy: cause }),
		});
		this.#running.delete(rule);
	}

	finish(): void {
		const until = this.#last?.until;
		this.#closeAll(until, until === this.spell.until ? 'employment' : 'change');
	}
}

/**
 * When each rule holds for a person: segments over which it holds on are one stretch.
 *
 * @param since spells that ended before this instant are left out: nothing that is still held comes from them
 */
export function ruleStretches(input: PersonInput, spells: readonly Spell[], since: string): RuleStretch[] {
	const stretches: RuleStretch[] = [];
	for (const spell of spells) {
		if (spell.until !== undefined && spell.until < since) continue;
		const walk = new SpellWalk(input, spell, stretches);
		for (const segment of input.timeline.segments) walk.segment(segment);
		walk.finish();
	}
	return stretches;
}
