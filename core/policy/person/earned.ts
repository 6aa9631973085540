import type { Grant, Source } from '../../model';
import { addDuration, zoneOfPerson } from './local-time';
import { longestWindow } from './overlap';
import type { RuleGrant } from './rule-grants';
import type { RuleStretch } from './rule-tenures';
import type { EndCause, PersonInput, PersonTenure, Withheld } from './types';

/** Collects what a person earns, by entitlement, and what is withheld from the start. */
export class Earned {
	readonly tenures = new Map<string, PersonTenure[]>();
	readonly withheld: Withheld[] = [];
	readonly proposed: Array<{ rule: string; entitlement: string }> = [];

	constructor(readonly input: PersonInput) {}

	add(entitlement: string, tenure: PersonTenure): void {
		const tenures = this.tenures.get(entitlement);
		if (tenures === undefined) this.tenures.set(entitlement, [tenure]);
		else tenures.push(tenure);
	}

	withhold(withheld: Withheld): void {
		if (withheld.until === undefined || withheld.until > this.input.asOf) this.withheld.push(withheld);
	}

	/** True where the stretch gave something: its roles' exclusions count only then or where it is active. */
	stretch(stretch: RuleStretch): boolean {
		const { status, grants, id } = stretch.rule;
		if (status === 'proposed') {
			const now = stretch.from <= this.input.asOf && (stretch.until === undefined || stretch.until > this.input.asOf);
			if (now) for (const { entitlement } of grants) this.proposed.push({ rule: id, entitlement });
			return false;
		}
		let gave = status === 'active';
		for (const grant of grants) {
			if (status === 'deprecated' && !this.#holdsBy(id, grant.entitlement, stretch)) continue;
			gave = true;
			this.#earn(stretch, grant);
		}
		return gave;
	}

	/** A deprecated rule gives nobody anything new: only who holds by it since this very stretch goes on. */
	#holdsBy(rule: string, entitlement: string, { from, until }: RuleStretch): boolean {
		if (from > this.input.asOf) return false;
		return this.input.held.some(
			(grant: Grant) =>
				grant.entitlement === entitlement &&
				grant.source.kind === 'rule' &&
				grant.source.ref === rule &&
				(until === undefined || grant.validFrom < until),
		);
	}

	#earn(stretch: RuleStretch, { entitlement, source, resolved }: RuleGrant): void {
		const { from, rule, attributes, spell } = stretch;
		const { compiled, asOf, rulesSince } = this.input;
		if (resolved === undefined) return this.#unknown(stretch, entitlement, source);
		if (resolved.maxDuration !== undefined) return this.#standing(stretch, entitlement, source, resolved.maxDuration);
		const tenure: PersonTenure = { source, from };
		if (stretch.until !== undefined) this.#end(tenure, stretch, entitlement);
		const since = rulesSince?.get(rule.id);
		if (since !== undefined && since > from) tenure.earnedSince = since;
		const { joiner } = compiled.policy;
		if (joiner !== undefined && resolved.kind === 'account' && from > asOf && from === spell.from) {
			if (joiner.applications?.includes(resolved.application) ?? true) {
				const zone = zoneOfPerson(attributes, compiled.zone);
				tenure.prepareFrom = addDuration(from, joiner.preProvision, zone, 'start', -1);
			}
		}
		this.add(entitlement, tenure);
	}

	#end(tenure: PersonTenure, { until, endedBy, windows, spell }: RuleStretch, entitlement: string): void {
		if (until === undefined) return;
		tenure.until = until;
		if (endedBy !== undefined) tenure.endedBy = endedBy;
		const window = windows.length === 0 ? undefined : longestWindow(windows, entitlement);
		if (window === undefined || window.until <= until) return;
		const cut = spell.until !== undefined && spell.until < window.until;
		const end = cut ? spell.until : window.until;
		const cause: EndCause = cut ? 'employment' : 'overlap';
		if (end === undefined || end <= until) return;
		tenure.until = end;
		tenure.endedBy = cause;
		const words = `overlap: ${window.because} changed at ${until}, kept until ${end}`;
		tenure.source = { ...tenure.source, reason: `${tenure.source.reason} (${words})` };
	}

	#unknown({ from, until, rule }: RuleStretch, entitlement: string, source: Source): void {
		this.withhold({
			code: 'UNKNOWN_ENTITLEMENT',
			entitlement,
			sources: [source],
			from,
			...(until !== undefined && { until }),
			rule: rule.id,
			reason: `"${entitlement}" is no entitlement of this policy.`,
			remedy: 'Declare the entitlement.',
		});
	}

	#standing({ from, until, rule }: RuleStretch, entitlement: string, source: Source, maxDuration: string): void {
		this.withhold({
			code: 'MAX_DURATION',
			entitlement,
			sources: [source],
			from,
			...(until !== undefined && { until }),
			rule: rule.id,
			reason: `${entitlement} may be held for ${maxDuration} at most, which standing access cannot keep to.`,
			remedy: 'Give it on request only, or remove maxDuration.',
		});
	}
}
