import type { Lexicon } from './tokens';
import type { Unit } from './unit';

const REFERENCE_WORDS =
	'section sections clause clauses article articles paragraph paragraphs subsection subsections schedule schedules exhibit exhibits annex annexes appendix part parts item items § §§'.split(
		' ',
	);
/** How far before the digits the word `Section` may stand: `Sections 4.1, 4.2(a) and 5`. */
const REACH = 14;

/** Number without its dress: `Section 4.2`, `4.2.` and `4.2` are one, and so are `(a)` and `a.`. */
export function bareNumber(number: string | undefined): string {
	return (number ?? '')
		.replace(/^(?:section|sec\.|clause|§§?)\s*/i, '')
		.replace(/[().]+$/, '')
		.replace(/^\(/, '');
}

/** Which clause numbers became which others, as tokens. */
export class Renumbering {
	readonly #to = new Map<number, number>();
	/** `Section M`: a letter is a reference only right behind the word. */
	readonly #letters = new Set<number>();
	readonly #words: Set<number>;

	constructor(before: Unit[], after: Unit[], lexicon: Lexicon) {
		const both = REFERENCE_WORDS.flatMap((word) => [
			word,
			word.charAt(0).toUpperCase() + word.slice(1),
			word.toUpperCase(),
		]);
		this.#words = new Set(both.map((word) => lexicon.id(word)));
		for (const unit of before) {
			const partner = after[unit.partner];
			const [from, to] = [bareNumber(unit.node.number), bareNumber(partner?.node.number)];
			if (from === '' || to === '' || from === to || !/^(?:[0-9.]+|[A-Z])$/.test(from)) continue;
			const id = lexicon.id(from);
			if (/[A-Z]/.test(from)) this.#letters.add(id);
			// Two clauses of one number that went different ways: such a reference is not simple.
			this.#to.set(id, this.#to.has(id) && this.#to.get(id) !== lexicon.id(to) ? -1 : lexicon.id(to));
		}
	}

	/** Whether two paired clauses differ in nothing but references that follow the renumbering. */
	explains(before: Unit, after: Unit): boolean {
		const [a, b] = [before.tokens.ids, after.tokens.ids];
		if (this.#to.size === 0 || before.length !== after.length) return false;
		// Digits change in place: the clauses have as many tokens, one beside the other.
		for (let i = 0; i < before.length; i++) if (a[i] !== b[i] && !this.#follows(a, i, b[i] ?? 0)) return false;
		return true;
	}

	#follows(ids: Int32Array, at: number, to: number): boolean {
		if (this.#to.get(ids[at] ?? 0) !== to) return false;
		const reach = this.#letters.has(ids[at] ?? 0) ? 1 : REACH;
		for (let i = at - 1; i >= Math.max(0, at - reach); i--) if (this.#words.has(ids[i] ?? 0)) return true;
		return false;
	}
}
