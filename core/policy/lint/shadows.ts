import { isExcluded } from '../roles';
import type { LintReport } from './report';
import { isWider } from './rules-together';
import type { Bits, RuleFacts, RuleSpace } from './rules-together';

const MOST_NAMED = 5;

/** For each name the rules that give it (or forbid it, for patterns), in order. */
function givers(rules: readonly RuleFacts[], of: (rule: RuleFacts) => readonly string[]): Map<string, number[]> {
	const found = new Map<string, number[]>();
	rules.forEach((rule, index) => {
		if (rule.status !== 'active' || rule.never !== undefined) return;
		for (const name of of(rule)) {
			const list = found.get(name);
			if (list === undefined) found.set(name, [index]);
			else list.push(index);
		}
	});
	return found;
}

class ShadowSearch {
	readonly #gives: Map<string, number[]>;
	readonly #forbids: Map<string, number[]>;

	constructor(readonly space: RuleSpace) {
		this.#gives = givers(space.rules, ({ gives }) => gives);
		this.#forbids = givers(space.rules, ({ forbids }) => forbids);
	}

	/** Rules that together make this one superfluous: each thing it gives or forbids comes from one of them anyway. */
	coveredBy(index: number): RuleFacts[] | undefined {
		const rule = this.space.rules[index];
		if (rule === undefined || rule.status !== 'active' || rule.never !== undefined) return undefined;
		if (rule.gives.length + rule.forbids.length === 0) return undefined;
		const implied = this.space.implied(index);
		const cover = new Set<number>();
		for (const [names, owners] of [[rule.gives, this.#gives] as const, [rule.forbids, this.#forbids] as const]) {
			for (const name of names) {
				const found = this.#first(owners.get(name) ?? [], implied, index, cover);
				if (found === undefined) return undefined;
				cover.add(found);
			}
		}
		return [...cover].sort((a, b) => a - b).flatMap((each) => this.space.rules[each] ?? []);
	}

	#first(owners: readonly number[], implied: Bits, index: number, chosen: ReadonlySet<number>): number | undefined {
		const rule = this.space.rules[index];
		let found: number | undefined;
		for (const owner of owners) {
			if (owner === index || !implied.has(owner)) continue;
			if (chosen.has(owner)) return owner;
			if (found !== undefined) continue;
			const other = this.space.rules[owner];
			if (rule === undefined || other === undefined || !isWider(other, rule)) continue;
			// Of two rules that hold for the same people only the later one is superfluous.
			if (owner < index || !isWider(rule, other)) found = owner;
		}
		return found;
	}
}

/** Rules that change nothing, because wider ones give and forbid the same; grants that another rule always takes away. */
export function lintShadows(report: LintReport, space: RuleSpace): void {
	const search = new ShadowSearch(space);
	space.rules.forEach((rule, index) => {
		const cover = search.coveredBy(index);
		if (cover === undefined) return;
		const named = cover.slice(0, MOST_NAMED).map(({ id }) => `"${id}"`);
		if (cover.length > MOST_NAMED) named.push(`${cover.length - MOST_NAMED} more`);
		const whom = cover.length === 1 ? 'holds' : 'hold';
		const message = `rule "${rule.id}" changes nothing: ${named.join(', ')} ${whom} for the same people and more, and give all of it`;
		report.warn('SHADOWED', [rule.section, rule.index], message, 'remove it, or say what it is meant to add');
	});
	lintAlwaysExcluded(report, space);
}

/** What a rule grants and a role that the same people always hold excludes. */
function lintAlwaysExcluded(report: LintReport, space: RuleSpace): void {
	const excluding = space.rules.flatMap((rule, index) =>
		rule.forbids.length > 0 && rule.status === 'active' && rule.never === undefined ? [index] : [],
	);
	if (excluding.length === 0) return;
	space.rules.forEach((rule, index) => {
		if (rule.status === 'proposed' || rule.never !== undefined) return;
		const implied = space.implied(index);
		for (const each of excluding) {
			const other = space.rules[each];
			if (each === index || other === undefined || !implied.has(each) || !isWider(other, rule)) continue;
			const lost = rule.gives.filter((name) => isExcluded(name, other.forbids));
			if (lost.length === 0) continue;
			const shown = lost.slice(0, MOST_NAMED).map((name) => `"${name}"`);
			const message = `rule "${rule.id}" never gives ${shown.join(', ')}: "${other.id}" holds for the same people, and its role excludes it`;
			report.warn('CONTRADICTION', [rule.section, rule.index, 'grant'], message, 'remove the grant, or the exclusion');
			return;
		}
	});
}
