import type { ClauseNode, ContractTree } from '../tree';
import { articleNumber, bareNumber, fullNumbers } from './numbers';
import type { Reference } from './scan';

/** Where a reference leads. `node` is -1 where it leads nowhere and -2 where several clauses bear the number. */
export interface Target {
	node: number;
	/** What of the number no clause bears: `(b)` where only 4.2 is a clause and (b) stands inside its text. */
	rest: string;
}

export const NOWHERE = -1;
export const AMBIGUOUS = -2;
const BODY = -1;

/** Finds the clause that a reference means, in one version. */
export class ReferenceIndex {
	readonly #byNumber = new Map<string, number>();
	readonly #full: string[];
	/** The schedule that a clause stands in, -1 for the body. */
	readonly #scopes: Int32Array;

	constructor(private readonly tree: ContractTree) {
		this.#full = fullNumbers(tree.nodes);
		this.#scopes = new Int32Array(tree.nodes.length).fill(BODY);
		for (const node of tree.nodes) this.#enter(node);
	}

	#enter(node: ClauseNode): void {
		this.#scopes[node.index] =
			this.tree.nodes[node.parent]?.kind === 'schedule' ? node.parent : this.scopeOf(node.parent);
		if (node.number === undefined) return;
		const { word, number } = bareNumber(node.number);
		if (word?.kind === 'schedule') return this.#put(`${word.name} ${number.toUpperCase()}`, node.index);
		if (word?.kind === 'article') return this.#put(`article ${articleNumber(number)}`, node.index);
		this.#put(`${this.scopeOf(node.index)}|${this.#full[node.index] ?? ''}`, node.index);
	}

	#put(key: string, index: number): void {
		this.#byNumber.set(key, this.#byNumber.has(key) ? AMBIGUOUS : index);
	}

	scopeOf(index: number): number {
		return this.#scopes[index] ?? BODY;
	}

	/** Every number of the version with the clause that bears it alone. */
	*entries(): Iterable<[string, number]> {
		for (const entry of this.#byNumber) if (entry[1] >= 0) yield entry;
	}

	/** The clause that bears a number as `entries` tells it. */
	bearer(key: string): number {
		return this.#byNumber.get(key) ?? NOWHERE;
	}

	/** The full number of a clause: `4.2(b)`; empty where it has none. */
	fullNumber(index: number): string {
		return this.#full[index] ?? '';
	}

	/** @param from index of the clause in which the reference stands */
	resolve(reference: Reference, from: number): Target {
		const { word, number, within } = reference;
		if (word.kind === 'schedule') return { node: this.bearer(`${word.name} ${number.toUpperCase()}`), rest: '' };
		if (within) {
			const schedule = this.bearer(`${within.word.name} ${within.number.toUpperCase()}`);
			return schedule < 0 ? { node: schedule, rest: '' } : this.#inScope(schedule, number, false);
		}
		if (number.startsWith('(')) return this.#relative(number, from);
		if (word.kind === 'article') {
			const article = this.bearer(`article ${articleNumber(number)}`);
			if (article !== NOWHERE) return { node: article, rest: '' };
		}
		const scope = this.scopeOf(from);
		const own = this.#inScope(scope, number, true);
		return own.node !== NOWHERE || scope === BODY ? own : this.#inScope(BODY, number, true);
	}

	/** The number itself, else the longest beginning of it that a clause bears. */
	#inScope(scope: number, number: string, partial: boolean): Target {
		const parts = numberParts(number);
		for (let taken = parts.length; taken > 0; taken--) {
			const node = this.bearer(`${scope}|${parts.slice(0, taken).join('')}`);
			const rest = parts.slice(taken).join('');
			if (node !== NOWHERE && (rest === '' || partial)) return { node, rest };
		}
		return { node: NOWHERE, rest: '' };
	}

	/** `paragraph (b)`: of the nearest clause around the reference that has one. */
	#relative(number: string, from: number): Target {
		const scope = this.scopeOf(from);
		let above = '\u0000';
		for (let at = from; at >= 0; at = this.tree.nodes[at]?.parent ?? -1) {
			const full = this.#full[at] ?? '';
			if (full === above) continue;
			above = full;
			const node = this.bearer(`${scope}|${full}${canonical(number)}`);
			if (node !== NOWHERE) return { node, rest: '' };
		}
		return { node: NOWHERE, rest: '' };
	}
}

/** `4.2(b)` → `4`, `.2`, `(b)`. */
export function numberParts(number: string): string[] {
	return canonical(number).match(/\([^()]*\)|\.?[^.()]+/g) ?? [];
}

function canonical(number: string): string {
	const at = number.indexOf('(');
	return at < 0 ? number : number.slice(0, at) + number.slice(at).toLowerCase();
}
