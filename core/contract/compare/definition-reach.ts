import type { ChangeDraft } from './clause-change';
import { clauseName } from './clause-ref';
import { TermIndex, wordEnd, type Term } from './term-index';
import type { Unit } from './unit';

/**
 * Clauses whose words stayed and which use a term whose definition changed, appeared or went away: they say something
 * else now. One walk over the unchanged texts for all terms together.
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
	const index = new TermIndex(terms.values());
	for (const unit of now) if (old[unit.partner]?.content === unit.content) search(unit, index);
	for (const [draft, reached] of found) if (reached.size > 0) draft.termsReached = [...reached];
}

function changesMeaning({ op }: ChangeDraft): boolean {
	return op.includes('modified') || op.includes('added') || op.includes('removed');
}

function search({ node, text }: Unit, index: TermIndex): void {
	if (node.kind === 'metadata' || node.text === '') return;
	let name: string | undefined;
	for (let at = 0; at < text.length;) {
		const end = wordEnd(text, at);
		const use = end > at ? index.at(text, at, end) : undefined;
		// A definition says its own term and is not reached by it.
		if (use?.term.reached && use.term.text !== node.term) use.term.reached.add((name ??= clauseName(node)));
		at = Math.max(at + 1, use?.end ?? end);
	}
}
