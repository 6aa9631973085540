import type { ContractChange } from '../../model';
import type { ContractLimits } from '../limits';
import {
	AMBIGUOUS,
	NOWHERE,
	numberParts,
	ReferenceIndex,
	scanReferences,
	type Reference,
	type Target,
} from '../references';
import type { ContractTree } from '../tree';
import { clauseName } from './clause-ref';
import { differences } from './sequence';
import type { Unit } from './unit';

export type References = NonNullable<ContractChange['refs']>;

/** What became of the references of one clause. */
export interface ReferenceFindings {
	refs?: References;
	/** Sentences for a person: references that lead to another clause than before though their text stayed. */
	silent: string[];
}

const NOTHING: ReferenceFindings = { silent: [] };

/** Follows the references of paired clauses from the earlier version into the later one. */
export class CrossReferences {
	readonly #old: ReferenceIndex;
	readonly #now: ReferenceIndex;
	readonly #found = new Map<Unit, Reference[]>();
	#shifted: boolean | undefined;
	#numbers: Map<string, string | null> | undefined;

	constructor(
		private readonly before: Unit[],
		private readonly after: Unit[],
		oldTree: ContractTree,
		newTree: ContractTree,
		private readonly limits: ContractLimits,
	) {
		this.#old = new ReferenceIndex(oldTree);
		this.#now = new ReferenceIndex(newTree);
	}

	of(unit: Unit): Reference[] {
		let found = this.#found.get(unit);
		if (!found) this.#found.set(unit, (found = scanReferences(unit.text, this.limits.maxReferenceRange)));
		return found;
	}

	/** Whether any number means another clause, or none, now: only then can references of unchanged clauses break. */
	get shifted(): boolean {
		this.#shifted ??= this.#anyShifted();
		return this.#shifted;
	}

	#anyShifted(): boolean {
		for (const [number, index] of this.#old.entries()) {
			if (this.#partner(index) < 0) return true;
			const scope = Number.parseInt(number, 10);
			const key = scope >= 0 ? number.replace(/^[0-9]+/, String(this.#partner(scope))) : number;
			if (this.#now.bearer(key) !== this.#partner(index)) return true;
		}
		return false;
	}

	#partner(index: number): number {
		return this.before[index]?.partner ?? -1;
	}

	/** Whether a reference was changed so that it means the same clause under its new number. */
	follows(from: Reference, to: Reference, before: Unit, after: Unit): boolean {
		if (from.word.name !== to.word.name || from.number === to.number) return false;
		const old = this.#old.resolve(from, before.node.index);
		const now = this.#now.resolve(to, after.node.index);
		if (old.node >= 0 && now.node >= 0) return old.rest === now.rest && this.#partner(old.node) === now.node;
		return this.#renumbered(from.number) === numberParts(to.number).join('');
	}

	/** What a number that several clauses bear became, where all of them agree. */
	#renumbered(number: string): string | undefined {
		this.#numbers ??= this.#numberMap();
		const parts = numberParts(number);
		for (let taken = parts.length; taken > 0; taken--) {
			const to = this.#numbers.get(parts.slice(0, taken).join(''));
			if (to !== undefined) return to === null ? undefined : to + parts.slice(taken).join('');
		}
		return undefined;
	}

	#numberMap(): Map<string, string | null> {
		const map = new Map<string, string | null>();
		for (const { node, partner } of this.before) {
			if (partner < 0 || node.number === undefined) continue;
			const [from, to] = [this.#old.fullNumber(node.index), this.#now.fullNumber(partner)];
			if (from !== '') map.set(from, map.has(from) && map.get(from) !== to ? null : to);
		}
		return map;
	}

	/** References of a clause that was cut into several or put together: those that it kept may have lost their clause. */
	across(before: readonly Unit[], after: readonly Unit[]): ReferenceFindings {
		const refs: References = { broken: [], retargeted: [] };
		const silent: string[] = [];
		const kept = new Map<string, [Reference, Unit]>();
		for (const unit of before) for (const reference of this.of(unit)) kept.set(reference.display, [reference, unit]);
		for (const unit of after)
			for (const { display } of this.of(unit)) {
				const [reference, from] = kept.get(display) ?? [];
				if (reference && from) this.#keptReference(reference, from, unit, refs, silent);
			}
		return refs.broken.length > 0 ? { refs, silent } : NOTHING;
	}

	/** Compares the references of a clause that both versions have. */
	compare(before: Unit, after: Unit): ReferenceFindings {
		const same = before.text === after.text;
		if (same && !this.shifted) return NOTHING;
		const [from, to] = [this.of(before), same ? this.of(before) : this.of(after)];
		if (to.length === 0 || from.length + to.length > this.limits.maxAlignedReferences) return NOTHING;
		const refs: References = { broken: [], retargeted: [] };
		const silent: string[] = [];
		const rewritten = same ? undefined : this.#followed(from, to, before, after);
		for (const [old, now] of aligned(from, to, this.limits.maxAlignedReferences)) {
			if (!now) continue;
			if (!old) this.#newReference(now, after, refs);
			else if (old.display === now.display && rewritten?.has(now.display) === true) continue;
			else if (old.display === now.display) this.#keptReference(old, before, after, refs, silent);
			else if (this.follows(old, now, before, after)) refs.retargeted.push({ from: old.display, to: now.display });
			else this.#newReference(now, after, refs);
		}
		return refs.broken.length + refs.retargeted.length > 0 ? { refs, silent } : NOTHING;
	}

	/** Numbers in a rewritten list that mean what another number of the old list meant: they only look kept. */
	#followed(from: Reference[], to: Reference[], before: Unit, after: Unit): Set<string> {
		const wanted = new Map<number, string>();
		for (const reference of from) {
			const expected = this.#partner(this.#old.resolve(reference, before.node.index).node);
			if (expected >= 0) wanted.set(expected, reference.display);
		}
		const found = new Set<string>();
		for (const reference of to) {
			const meant = wanted.get(this.#now.resolve(reference, after.node.index).node);
			if (meant === undefined || meant === reference.display) continue;
			found.add(reference.display);
			found.add(meant);
		}
		return found;
	}

	/** References of a clause that is new. */
	added(unit: Unit): ReferenceFindings {
		const refs: References = { broken: [], retargeted: [] };
		for (const reference of this.of(unit)) this.#newReference(reference, unit, refs);
		return refs.broken.length > 0 ? { refs, silent: [] } : NOTHING;
	}

	/** A new reference is broken only where it surely means this document: its clause exists, the part of it does not. */
	#newReference(reference: Reference, unit: Unit, refs: References): void {
		const target = this.#now.resolve(reference, unit.node.index);
		if (target.node >= 0 && !this.#holds(this.after, target)) addOnce(refs.broken, reference.display);
	}

	#keptReference(reference: Reference, before: Unit, after: Unit, refs: References, silent: string[]): void {
		const old = this.#old.resolve(reference, before.node.index);
		if (old.node < 0 || !this.#holds(this.before, old)) return;
		const now = this.#now.resolve(reference, after.node.index);
		const expected = this.#partner(old.node);
		if (now.node === AMBIGUOUS) return;
		if (now.node === NOWHERE || !this.#holds(this.after, now)) return addOnce(refs.broken, reference.display);
		if (now.node === expected || now.rest !== old.rest) return;
		if (this.#sameClause(old, now, expected)) return;
		if (refs.broken.includes(reference.display)) return;
		refs.broken.push(reference.display);
		silent.push(this.#sentence(reference, after, old, now, expected));
	}

	/** Whether the part of the number that no clause bears stands in the clause's text: `(b)` of an inline list. */
	#holds(units: Unit[], target: Target): boolean {
		if (target.rest === '') return true;
		const last = target.rest.slice(target.rest.lastIndexOf('('));
		return target.rest.startsWith('(') && (units[target.node]?.text.includes(last) ?? false);
	}

	/** The number's clause was rewritten or is now told as its heading or its only paragraph: it is still that clause. */
	#sameClause(old: Target, now: Target, expected: number): boolean {
		const [was, is] = [this.before[old.node]?.node, this.after[now.node]?.node];
		if (!was || !is) return true;
		const expectedNode = this.after[expected]?.node;
		if (expectedNode && (expectedNode.parent === is.index || is.parent === expectedNode.index)) return true;
		const reused = expected < 0 && (this.after[now.node]?.partner ?? -1) < 0;
		return reused && (was.heading === undefined || was.heading.toLowerCase() === is.heading?.toLowerCase());
	}

	#sentence(reference: Reference, after: Unit, old: Target, now: Target, expected: number): string {
		const was = this.before[old.node];
		const is = this.after[now.node];
		const lives = this.after[expected];
		const fate = lives ? `which is now ${clauseName(lives.node)}` : 'which was removed';
		return `${clauseName(after.node)} still says "${reference.display}": that was ${clauseName(was?.node)}, ${fate}; the number now belongs to ${clauseName(is?.node)}.`;
	}
}

function addOnce(list: string[], item: string): void {
	if (!list.includes(item)) list.push(item);
}

/** References of both versions side by side: equal ones in order, the others between them one by one. */
function aligned(
	from: Reference[],
	to: Reference[],
	maxGap: number,
): Array<[Reference | undefined, Reference | undefined]> {
	const ids = new Map<string, number>();
	const idOf = ({ display }: Reference): number => {
		const known = ids.get(display) ?? ids.size;
		ids.set(display, known);
		return known;
	};
	const pairs: Array<[Reference | undefined, Reference | undefined]> = [];
	let [i, j] = [0, 0];
	const gaps = differences(Int32Array.from(from, idOf), Int32Array.from(to, idOf), maxGap);
	for (const [a0, a1, b0, b1] of [...gaps, [from.length, from.length, to.length, to.length]]) {
		while (i < (a0 ?? 0)) pairs.push([from[i++], to[j++]]);
		for (let k = 0; k < Math.max((a1 ?? 0) - (a0 ?? 0), (b1 ?? 0) - (b0 ?? 0)); k++) {
			const [old, now] = [(a0 ?? 0) + k, (b0 ?? 0) + k];
			pairs.push([old < (a1 ?? 0) ? from[old] : undefined, now < (b1 ?? 0) ? to[now] : undefined]);
		}
		[i, j] = [a1 ?? 0, b1 ?? 0];
	}
	return pairs;
}
