import type { Source } from '../../model';
import { overlap, subtract } from '../person/intervals';
import type { Interval } from '../person/intervals';
import type { PersonInput, PersonTenure, Withheld } from '../person/types';
import { separationRulesOf } from './rules';
import type { Exemption, Part, SeparationRule } from './rules';
import { Sweep } from './sweep';
import type { Candidate, Conflict, Found } from './sweep';

export interface Separated {
	withheld: Withheld[];
	/** Sorted by entitlement, time and rule. */
	hits: Conflict[];
}

const NOTHING: Separated = { withheld: [], hits: [] };

type Tenures = Map<string, PersonTenure[]>;

/** Stretches over which anything earns the holding. */
function stretches(tenures: readonly PersonTenure[]): Interval[] {
	const starts = tenures
		.map(({ from, until, earnedSince }) => ({
			from: earnedSince !== undefined && earnedSince > from ? earnedSince : from,
			...(until !== undefined && { until }),
		}))
		.filter(({ from, until }: Interval) => until === undefined || until > from)
		.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
	const merged: Interval[] = [];
	for (const each of starts) {
		const last = merged.at(-1);
		if (last === undefined || (last.until !== undefined && last.until < each.from)) {
			merged.push({ ...each });
		} else if (last.until !== undefined) {
			if (each.until === undefined) delete last.until;
			else if (each.until > last.until) last.until = each.until;
		}
	}
	return merged;
}

function candidatesOf(
	input: PersonInput,
	involved: ReadonlyMap<string, readonly Part[]>,
	tenures: Tenures,
): Candidate[] {
	const heldSince = new Map<string, string>();
	for (const { entitlement, validFrom } of input.held) {
		const known = heldSince.get(entitlement);
		if (known === undefined || validFrom < known) heldSince.set(entitlement, validFrom);
	}
	return [...involved].flatMap(([entitlement, parts]) => {
		const since = heldSince.get(entitlement);
		return stretches(tenures.get(entitlement) ?? []).map((stretch) => ({
			...stretch,
			entitlement,
			parts,
			// What is held now says nothing of a stretch that is yet to begin.
			...(since !== undefined && stretch.from <= input.asOf && { heldSince: since }),
		}));
	});
}

function exemptions(input: PersonInput): (rule: SeparationRule, at: string) => Exemption | undefined {
	const { keys, segments } = input.timeline;
	const attributes = segments.at(-1)?.attributes ?? {};
	const own = [keys['email'], keys['hrId'], attributes['email'], attributes['hrId']].flatMap((each) =>
		typeof each === 'string' ? [each.trim().toLowerCase()] : [],
	);
	const names = new Set(own);
	return ({ exempt }, at) => {
		const valid = exempt.filter(({ person, until }) => names.has(person) && until > at);
		return valid.sort((a, b) => (a.until > b.until ? -1 : 1))[0];
	};
}

function named(source: Source): string {
	return `${source.kind} ${source.ref}`;
}

function sourcesAt(tenures: Tenures, entitlement: string, interval: Interval): Source[] {
	const all = (tenures.get(entitlement) ?? []).filter((each) => overlap(each, interval));
	return [...new Map(all.map(({ source }) => [named(source), source])).values()];
}

function describe(tenures: Tenures, { rule, candidate, with: others, from, until, withheld, exemption }: Found) {
	const interval = { from, ...(until !== undefined && { until }) };
	const mine = sourcesAt(tenures, candidate.entitlement, interval);
	const theirs = others.flatMap(({ entitlement }) => sourcesAt(tenures, entitlement, interval));
	const conflictsWith = others.map(({ entitlement }) => entitlement).join(', ');
	const hit: Conflict = {
		rule: rule.id,
		entitlement: candidate.entitlement,
		conflictsWith,
		action: rule.action,
		...interval,
		sources: [...new Set([...mine, ...theirs].map(named))],
		...(exemption && {
			exemption: { owner: exemption.owner, until: exemption.until, reason: exemption.reason },
		}),
		...(rule.compensating !== undefined && { compensating: rule.compensating }),
	};
	if (!withheld) return { hit };
	const earned = mine.map(named).join(', ');
	const other = [...new Set(theirs.map(named))].join(', ');
	const time = until === undefined ? `from ${from} on` : `from ${from} to ${until}`;
	const entry: Withheld = {
		code: 'SEPARATION',
		entitlement: candidate.entitlement,
		sources: mine,
		...interval,
		rule: rule.id,
		reason:
			`Separation of duties ${rule.id}: ${candidate.entitlement} (${earned}) would be held together with ` +
			`${conflictsWith} (${other}) ${time}. What began earlier stays.`,
		remedy:
			rule.compensating === undefined
				? 'Take one of the two away, or exempt the person until a date.'
				: `Take one of the two away, or exempt the person until a date under the compensating control: ${rule.compensating}.`,
	};
	return { hit, entry };
}

/**
 * Keeps duties apart over everything that a person is to hold: takes the withheld time out of `tenures`, in place, and
 * says what was found.
 */
export function applySeparation(input: PersonInput, tenures: Tenures): Separated {
	const rules = separationRulesOf(input.compiled);
	if (rules.rules.length === 0) return NOTHING;
	const involved = new Map<string, readonly Part[]>();
	for (const entitlement of tenures.keys()) {
		const parts = rules.partsOf(entitlement);
		if (parts.length > 0) involved.set(entitlement, parts);
	}
	if (involved.size < 2) return NOTHING;
	const found = new Sweep(candidatesOf(input, involved, tenures), exemptions(input)).run();
	if (found.length === 0) return NOTHING;
	const current = found.filter(({ until }) => until === undefined || until > input.asOf);
	const described = current.map((each) => describe(tenures, each));
	for (const { candidate, from, until, withheld } of found) {
		if (!withheld) continue;
		const { entitlement } = candidate;
		const left = subtract(tenures.get(entitlement) ?? [], [{ from, ...(until !== undefined && { until }) }]);
		if (left.length === 0) tenures.delete(entitlement);
		else tenures.set(entitlement, left);
	}
	return {
		withheld: described.flatMap(({ entry }) => entry ?? []),
		hits: described.map(({ hit }) => hit).sort(byEntitlementAndTime),
	};
}

function byEntitlementAndTime(a: Conflict, b: Conflict): number {
	const keys = (each: Conflict) => [each.entitlement, each.from, each.rule, each.conflictsWith];
	const [left, right] = [keys(a), keys(b)];
	for (const [index, key] of left.entries()) {
		const other = right[index] ?? '';
		if (key !== other) return key < other ? -1 : 1;
	}
	return 0;
}
