import type { CompiledPolicy } from '../compile';
import { endOfDay } from '../day-end';
import { matchWildcard } from '../entitlement';
import type { Separation } from '../schema';

export interface Exemption {
	/** E-mail address or HR id, in lower case. */
	person: string;
	/** ISO instant: the end of its last day. */
	until: string;
	owner: string;
	reason: string;
}

/** A rule that keeps duties apart: it is broken by one person who has something on every side at once. */
export interface SeparationRule {
	id: string;
	action: Separation['action'];
	/** Patterns of each side. `any`/`with` are two sides, each entry of `all` is one. */
	sides: ReadonlyArray<readonly string[]>;
	compensating?: string;
	exempt: readonly Exemption[];
}

/** A rule that an entitlement plays a part in, and on which of its sides. */
export interface Part {
	rule: SeparationRule;
	sides: readonly number[];
}

function compileRule(compiled: CompiledPolicy, separation: Separation): SeparationRule {
	const { id, action, any, all, with: other, compensating, exempt } = separation;
	const sides: Array<readonly string[]> = all === undefined ? [] : [...new Set(all)].map((pattern) => [pattern]);
	if (any !== undefined) sides.push(any);
	if (other !== undefined) sides.push(other);
	const exemptions = (exempt ?? []).map((each) => ({
		person: each.person.trim().toLowerCase(),
		until: endOfDay(each.until, compiled.zone),
		owner: each.owner,
		reason: each.reason,
	}));
	return { id, action, sides, exempt: exemptions, ...(compensating !== undefined && { compensating }) };
}

const NO_PARTS: readonly Part[] = [];
const MAX_REMEMBERED = 100_000;

/** The separation rules of a policy, with what each entitlement has to do with them. */
export class SeparationRules {
	readonly rules: readonly SeparationRule[];
	readonly #parts = new Map<string, readonly Part[]>();

	constructor(compiled: CompiledPolicy) {
		const declared = compiled.policy.separationOfDuties ?? [];
		this.rules = declared.map((each) => compileRule(compiled, each)).sort((a, b) => (a.id < b.id ? -1 : 1));
	}

	partsOf(entitlement: string): readonly Part[] {
		if (this.rules.length === 0) return NO_PARTS;
		const known = this.#parts.get(entitlement);
		if (known !== undefined) return known;
		const parts = this.rules.flatMap((rule) => {
			const sides = rule.sides.flatMap((patterns, side) =>
				patterns.some((pattern) => matchWildcard(pattern, entitlement) !== undefined) ? [side] : [],
			);
			return sides.length === 0 ? [] : [{ rule, sides }];
		});
		const result = parts.length === 0 ? NO_PARTS : parts;
		if (this.#parts.size < MAX_REMEMBERED) this.#parts.set(entitlement, result);
		return result;
	}
}

const known = new WeakMap<CompiledPolicy, SeparationRules>();

export function separationRulesOf(compiled: CompiledPolicy): SeparationRules {
	const before = known.get(compiled);
	if (before !== undefined) return before;
	const rules = new SeparationRules(compiled);
	known.set(compiled, rules);
	return rules;
}
