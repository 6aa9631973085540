/** A defined term of either version; only those whose definition changed collect the clauses they reach. */
export interface Term {
	text: string;
	/** Clauses by name, in document order. */
	reached: Set<string> | undefined;
}

/** Terms that share their first words. */
interface Branch {
	/** By what follows: the marks and blanks before the next word, and the word. */
	next: Map<string, Branch>;
	/** Terms that end here, by the marks behind their last word: none for most. Longest first. */
	ends: Array<{ marks: string; term: Term }>;
}

const SHORTEST_IN_CAPITALS = 4;

/** What stands at a place of a text. */
export interface TermUse {
	term: Term;
	/** Offset behind the term, its plural ending not counted. */
	end: number;
}

function isWord(code: number): boolean {
	return (
		(code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) || code > 0xbf
	);
}

/** End of the word at `at`. */
export function wordEnd(text: string, at: number): number {
	let end = at;
	while (end < text.length && isWord(text.charCodeAt(end))) end++;
	return end;
}

/** Longest stretch of marks and blanks between two words of a term. */
const LONGEST_GAP = 16;

function gapEnd(text: string, at: number): number {
	const limit = Math.min(text.length, at + LONGEST_GAP);
	let end = at;
	while (end < limit && !isWord(text.charCodeAt(end))) end++;
	return end;
}

const branch = (): Branch => ({ next: new Map(), ends: [] });

/**
 * Finds terms in texts, word by word: a look costs as many steps as the term has words, however many terms begin alike.
 * The longest wins, so that `User Content` is no use of `Content`.
 */
export class TermIndex {
	readonly #root = branch();

	constructor(terms: Iterable<Term>) {
		const all = [...terms];
		for (const term of all) this.#enter(term, term.text);
		// A clause set in capitals uses its terms in capitals. `US` is hardly what `Us` stands for.
		for (const term of all)
			if (term.text.length >= SHORTEST_IN_CAPITALS && term.text !== term.text.toUpperCase())
				this.#enter(term, term.text.toUpperCase());
	}

	#enter(term: Term, text: string): void {
		let [at, end] = [0, wordEnd(text, 0)];
		// A term that begins with a mark is found nowhere.
		if (end === 0) return;
		let place = this.#root;
		for (;;) {
			const key = text.slice(at, end);
			let next = place.next.get(key);
			if (!next) place.next.set(key, (next = branch()));
			place = next;
			const word = gapEnd(text, end);
			if (word >= text.length || !isWord(text.charCodeAt(word))) break;
			[at, end] = [end, wordEnd(text, word)];
		}
		place.ends.push({ marks: text.slice(end), term });
		place.ends.sort((x, y) => y.marks.length - x.marks.length);
	}

	/** The longest term at the word that begins at `at` and ends at `end`, as it is or in the plural. */
	at(text: string, at: number, end: number): TermUse | undefined {
		let place = this.#root;
		let found: TermUse | undefined;
		for (let [from, to] = [at, end]; ;) {
			const key = text.slice(from, to);
			found = plural(place, key, text, to) ?? found;
			const next = place.next.get(key);
			if (!next) return found;
			found = ended(next, text, to, false) ?? found;
			place = next;
			const word = gapEnd(text, to);
			if (word >= text.length || !isWord(text.charCodeAt(word))) return found;
			[from, to] = [to, wordEnd(text, word)];
		}
	}
}

/** A term whose last word stands in the plural. */
function plural(place: Branch, key: string, text: string, to: number): TermUse | undefined {
	if (!key.endsWith('s') && !key.endsWith('S')) return undefined;
	const whole = place.next.get(key.slice(0, -1));
	const use = whole && ended(whole, text, to - 1, true);
	const short = use || !/es$/i.test(key) ? undefined : place.next.get(key.slice(0, -2));
	return use ?? (short && ended(short, text, to - 2, true));
}

/** The longest term that ends with the word before `to` and the marks behind it. */
function ended({ ends }: Branch, text: string, to: number, inPlural: boolean): TermUse | undefined {
	for (const { marks, term } of ends) {
		if (marks === '') return { term, end: to };
		if (inPlural || !text.startsWith(marks, to)) continue;
		const end = to + marks.length;
		const tail = text.slice(end, wordEnd(text, end));
		if (tail === '' || /^e?s$/i.test(tail)) return { term, end };
	}
	return undefined;
}
