import type { CompiledPolicy, CompiledRule } from '../compile';
import { Bits } from '../lint/rules-together';
import { isExcluded } from '../roles';
import type { MatrixCell, MatrixReason } from './types';

interface MatrixRule {
	rule: CompiledRule;
	also: string[];
	/** Entitlement → role through which it comes. */
	gives: Map<string, string | undefined>;
	forbids: string[];
}

function givesOf(rule: CompiledRule): Pick<MatrixRule, 'gives' | 'forbids'> {
	const gives = new Map<string, string | undefined>();
	const forbids = rule.grant.flatMap((item) => (item.kind === 'role' ? item.role.exclude : []));
	for (const item of rule.grant) {
		if (item.kind === 'entitlement') gives.set(item.name, undefined);
		if (item.kind !== 'role') continue;
		for (const name of item.role.entitlements) if (!gives.has(name)) gives.set(name, item.role.name);
	}
	return { gives, forbids: [...new Set(forbids)] };
}

/** Works out rows. Each value of a dimension is asked of all rules once; a row is then a few operations on sets. */
export class CellMaker {
	readonly #rules: MatrixRule[];
	readonly #fitting = new Map<string, Bits>();
	readonly #made = new Map<string, readonly MatrixCell[]>();

	constructor(
		readonly compiled: CompiledPolicy,
		readonly dimensions: readonly string[],
	) {
		const active = compiled.rules.filter(({ status }) => status === 'active');
		this.#rules = active.map((rule) => ({ rule, also: this.#furtherConditions(rule), ...givesOf(rule) }));
	}

	#furtherConditions({ conditions, expression }: CompiledRule): string[] {
		const asked = conditions.filter(({ subject, name }) => subject !== 'person' || !this.dimensions.includes(name));
		const texts = asked.map(({ text }) => text);
		return expression === undefined ? texts : [...texts, `if ${expression.source}`];
	}

	/** What a combination earns. Rows for which the same rules hold share their cells. */
	cellsOf(values: readonly (string | undefined)[]): readonly MatrixCell[] {
		const rules = Bits.all(this.#rules.length);
		values.forEach((value, index) => rules.and(this.#fittingRules(this.dimensions[index] ?? '', value)));
		const key = rules.words.join(' ');
		const known = this.#made.get(key);
		if (known !== undefined) return known;
		const cells = this.#make([...rules.members()].flatMap((index) => this.#rules[index] ?? []));
		this.#made.set(key, cells);
		return cells;
	}

	#fittingRules(dimension: string, value: string | undefined): Bits {
		const key = `${dimension}\n${value === undefined ? '' : `=${value}`}`;
		const known = this.#fitting.get(key);
		if (known !== undefined) return known;
		const bits = new Bits(this.#rules.length);
		const isList = this.compiled.attributeTypes.get(dimension) === 'list';
		const actual = value !== undefined && isList ? value.split(' + ') : value;
		this.#rules.forEach(({ rule }, index) => {
			const asked = rule.conditions.filter(({ subject, name }) => subject === 'person' && name === dimension);
			if (asked.every((condition) => condition.test(actual) === 'holds')) bits.add(index);
		});
		this.#fitting.set(key, bits);
		return bits;
	}

	#make(rules: readonly MatrixRule[]): readonly MatrixCell[] {
		const reasons = new Map<string, { certain: boolean; reasons: MatrixReason[] }>();
		for (const { rule, also, gives } of rules) {
			for (const [entitlement, role] of gives) {
				if (this.compiled.entitlements.resolve(entitlement)?.maxDuration !== undefined) continue;
				const cell = reasons.get(entitlement) ?? { certain: false, reasons: [] };
				reasons.set(entitlement, cell);
				cell.certain ||= also.length === 0;
				cell.reasons.push({ rule: rule.id, ...(role !== undefined && { role }), also });
			}
		}
		const excluding = rules.filter(({ forbids }) => forbids.length > 0);
		return [...reasons]
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.flatMap(([entitlement, cell]) => exclude({ entitlement, ...cell, unless: [] }, excluding) ?? []);
	}
}

/** Takes a cell away where a role forbids it for certain, and says so where it depends. */
function exclude(cell: MatrixCell, excluding: readonly MatrixRule[]): MatrixCell | undefined {
	const against = excluding.filter(({ forbids }) => isExcluded(cell.entitlement, forbids));
	if (against.some(({ also }) => also.length === 0)) return undefined;
	if (against.length === 0) return cell;
	return { ...cell, certain: false, unless: against.map(({ rule }) => rule.id) };
}
