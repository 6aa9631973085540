import type { ChangeDraft } from './clause-change';
import { clauseName } from './clause-ref';
import type { Unit } from './unit';

/** A defined term of either version; only those whose definition changed collect the clauses they reach. */
interface Term {
	text: string;
	/** Clauses by name, in document order. */
	reached: Set<string> | undefined;
}

function isWord(code: number): boolean {
	return (
		(code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) || code > 0xbf
	);
}

/** End of the word at `at`. */
function wordEnd(text: string, at: number): number {
	let end = at;
	while (end < text.length && isWord(text.charCodeAt(end))) end++;
	return end;
}

/** Whether the term stands at `at`, as it is or in the plural. */
function standsAt(text: string, at: number, term: string): boolean {
	if (!text.startsWith(term, at)) return false;
	const end = wordEnd(text, at + term.length);
	const tail = text.slice(at + term.length, end);
	return tail === '' || tail === 's' || tail === 'es';
}

/**
 * Clauses whose words stayed and which use a term whose definition changed, appeared or went away: they say something
 * else now. One walk over the unchanged texts for all terms together: terms are looked up by their first word, and the
 * longest wins, so that `User Content` is no use of `Content`.
 */
export function reachOfDefinitions(drafts: readonly ChangeDraft[], old: readonly Unit[], now: readonly Unit[]): void {
	const terms = new Map<string, Term>();
	for (const { node } of [...old, ...now])
		if (node.term !== undefined) terms.set(node.term, { text: node.term, reached: undefined });
	const stillDefined = new Set(now.map(({ node }) => node.term));
	const found: Array<[ChangeDraft, Set<string>]> = [];
	for (const draft of drafts) {
		const term = terms.get(draft.clause?.heading ?? '');
		if (draft.kind !== 'definition' || !term || !changesMeaning(draft)) continue;
		if (draft.op.includes('removed') && stillDefined.has(term.text)) continue;
		found.push([draft, (term.reached ??= new Set())]);
	}
	if (found.length === 0) return;
	const byFirstWord = groupByFirstWord([...terms.values()]);
	for (const unit of now) if (old[unit.partner]?.content === unit.content) search(unit, byFirstWord);
	for (const [draft, reached] of found) if (reached.size > 0) draft.termsReached = [...reached];
}

function groupByFirstWord(terms: Term[]): Map<string, Term[]> {
	const groups = new Map<string, Term[]>();
	for (const term of terms) {
		const first = term.text.slice(0, wordEnd(term.text, 0));
		for (const form of first === term.text ? [first, `${first}s`, `${first}es`] : [first]) {
			const group = groups.get(form);
			if (group) group.push(term);
			else groups.set(form, [term]);
		}
	}
	for (const group of groups.values()) group.sort((x, y) => y.text.length - x.text.length);
	return groups;
}

function changesMeaning({ op }: ChangeDraft): boolean {
	return op.includes('modified') || op.includes('added') || op.includes('removed');
}

function search({ node, text }: Unit, byFirstWord: ReadonlyMap<string, Term[]>): void {
	if (node.kind === 'metadata' || node.text === '') return;
	for (let at = 0; at < text.length;) {
		const end = wordEnd(text, at);
		const term =
			end > at ? byFirstWord.get(text.slice(at, end))?.find(({ text: own }) => standsAt(text, at, own)) : undefined;
		// A definition says its own term and is not reached by it.
		if (term?.reached && term.text !== node.term) term.reached.add(clauseName(node));
		at = Math.max(at + 1, term ? at + term.text.length : end);
	}
}
