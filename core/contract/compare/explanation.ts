import type { Reference } from '../references';
import type { CrossReferences } from './cross-references';
import type { Rename } from './rename';
import type { Tokens } from './tokens';
import type { Unit } from './unit';

/** Why the words of a clause differ though nobody edited the clause itself. */
export interface Explanation {
	/** References follow a renumbering. */
	followed: boolean;
	renames: Rename[];
}

/** References of a clause by the token they begin at, with the token they end before. */
function byToken(references: Reference[], tokens: Tokens): Map<number, { reference: Reference; end: number }> {
	const found = new Map<number, { reference: Reference; end: number }>();
	let token = 0;
	for (const reference of references) {
		if (reference.end <= reference.start) continue;
		while (token < tokens.starts.length && (tokens.starts[token] ?? 0) < reference.start) token++;
		let end = token;
		while (end < tokens.ends.length && (tokens.ends[end] ?? 0) <= reference.end) end++;
		if (tokens.starts[token] === reference.start && end > token) found.set(token, { reference, end });
	}
	return found;
}

/** Tokens by which a number may grow: `4.2` becomes `4.3(b)(ii)`. */
const LONGEST_NUMBER = 24;

/** Whether two versions of a clause differ in nothing but renamed names and references that follow a renumbering. */
export class Explainer {
	constructor(
		private readonly references: CrossReferences,
		private readonly renames: Rename[],
	) {}

	explain(before: Unit, after: Unit): Explanation | undefined {
		const mayFollow = this.references.shifted && Math.abs(before.length - after.length) <= LONGEST_NUMBER;
		if (this.renames.length === 0 && !mayFollow) return undefined;
		return new Walk(before, after, this.references, this.renames).run();
	}
}

class Walk {
	readonly #from: Map<number, { reference: Reference; end: number }>;
	readonly #to: Map<number, { reference: Reference; end: number }>;
	readonly #renames = new Set<Rename>();
	#followed = false;
	#i = 0;
	#j = 0;

	constructor(
		private readonly before: Unit,
		private readonly after: Unit,
		private readonly references: CrossReferences,
		private readonly candidates: Rename[],
	) {
		this.#from = byToken(references.of(before), before.tokens);
		this.#to = byToken(references.of(after), after.tokens);
	}

	run(): Explanation | undefined {
		const { before, after } = this;
		while (this.#i < before.length && this.#j <= after.length) if (!this.#step()) return undefined;
		// `Acme, Inc.` takes the full stop at the end along, which does not count.
		if (this.#i < before.length || this.#j < after.length) return undefined;
		if (!this.#followed && this.#renames.size === 0) return undefined;
		for (const rename of this.#renames) rename.places.push({ before, after });
		return { followed: this.#followed, renames: [...this.#renames] };
	}

	#step(): boolean {
		if (this.#renamed() || this.#reference()) return true;
		if (this.before.tokens.ids[this.#i] !== this.after.tokens.ids[this.#j]) return false;
		this.#i++;
		this.#j++;
		return true;
	}

	#renamed(): boolean {
		for (const rename of this.candidates) {
			const variant = rename.at(this.before.tokens.ids, this.#i, this.after.tokens.ids, this.#j);
			if (!variant) continue;
			this.#i += variant.from.length;
			this.#j += variant.to.length;
			this.#renames.add(rename);
			return true;
		}
		return false;
	}

	#reference(): boolean {
		const from = this.#from.get(this.#i);
		const to = this.#to.get(this.#j);
		if (!from || !to || !this.references.follows(from.reference, to.reference, this.before, this.after)) return false;
		this.#i = from.end;
		this.#j = to.end;
		this.#followed = true;
		return true;
	}
}
