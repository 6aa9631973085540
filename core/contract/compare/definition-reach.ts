import type { ClauseNode } from '../tree';
import type { ChangeDraft } from './clause-change';
import { clauseName } from './clause-ref';
import { inlineDefinitions } from './inline-definition';
import type { RowMatch, TableFamily, TableRow } from './table';
import { TermIndex, wordEnd, type Term } from './term-index';
import type { Unit } from './unit';

export interface Versions {
	before: readonly Unit[];
	after: readonly Unit[];
	tables: readonly TableFamily[];
	/** Names that are no terms: the parties, whose clauses are nearly all. */
	parties: readonly string[];
}

/** A change, and the terms that stand for something else by it. */
type Source = [ChangeDraft, string[]];

/**
 * Clauses and rows whose words stayed and which use a term whose definition changed, appeared or went away: they say
 * something else now. Definitions are clauses, rows of a table of terms, or brackets in passing. One walk over the
 * unchanged texts for all terms together.
 */
export function reachOfDefinitions(drafts: readonly ChangeDraft[], versions: Versions): void {
	const { before, after, tables } = versions;
	const defined = new Set<string>();
	const stillDefined = new Set<string>();
	for (const { node } of after) if (node.term !== undefined) stillDefined.add(node.term);
	for (const term of stillDefined) defined.add(term);
	for (const { node } of before) if (node.term !== undefined) defined.add(node.term);
	const sources = drafts.flatMap((draft): Source[] => {
		const terms = changesMeaning(draft) ? termsOf(draft, { defined, stillDefined }, versions.parties) : [];
		return terms.length > 0 ? [[draft, terms]] : [];
	});
	if (sources.length === 0) return;
	const terms = new Map<string, Term>();
	for (const text of [...defined, ...after.flatMap(({ text }) => inlineDefinitions(text).map(({ term }) => term))])
		terms.set(text, { text, reached: undefined });
	for (const text of rowTerms(tables)) terms.set(text, { text, reached: undefined });
	for (const text of sources.flatMap(([, own]) => own)) terms.set(text, { text, reached: new Set() });
	const index = new TermIndex(terms.values());
	for (const unit of after) if (before[unit.partner]?.content === unit.content) searchClause(unit, index);
	for (const family of tables) searchRows(family, index);
	for (const [draft, own] of sources) {
		const reached = new Set(own.flatMap((text) => [...(terms.get(text)?.reached ?? [])]));
		if (reached.size > 0) draft.termsReached = [...reached];
	}
}

function changesMeaning({ op }: ChangeDraft): boolean {
	return op.includes('modified') || op.includes('added') || op.includes('removed');
}

interface DefinedTerms {
	/** In either version. */
	defined: ReadonlySet<string>;
	/** In the later one. */
	stillDefined: ReadonlySet<string>;
}

function termsOf(draft: ChangeDraft, { defined, stillDefined }: DefinedTerms, parties: readonly string[]): string[] {
	if (draft.kind === 'row') return draft.row ? rowTerm(draft.row.after ?? draft.row.before ?? {}) : [];
	const own = draft.clause?.heading ?? '';
	const gone = draft.op.includes('removed') && stillDefined.has(own);
	const whole = draft.kind === 'definition' && defined.has(own) && !gone ? [own] : [];
	return [...whole, ...changedInline(draft, parties)];
}

/** Terms in brackets that stand for other words now. */
function changedInline({ text }: ChangeDraft, parties: readonly string[]): string[] {
	const [old, now] = [text?.before ?? '', text?.after ?? ''].map((one) => wordsByTerm(one, parties));
	if (!old || !now) return [];
	return [...new Set([...old.keys(), ...now.keys()])].filter((term) => old.get(term) !== now.get(term));
}

function wordsByTerm(text: string, parties: readonly string[]): Map<string, string> {
	const own = inlineDefinitions(text).filter(({ words }) => !parties.some((party) => words.includes(party)));
	return new Map(own.map(({ term, words }) => [term, words]));
}

const TERM_COLUMN =
	/^(?:defined )?(?:terms?|expressions?|words?|definitions?|begriffe?|definierter begriff|termes?|expressions?)$/i;
const MEANING_COLUMN = /^(?:meanings?|definitions?|bedeutung(?:en)?|erläuterung|signification|définitions?|sens)$/i;

/** The term of a row that defines one: `Term | Meaning`. */
function rowTerm(cells: Record<string, string>): string[] {
	const [name = '', meaning = ''] = Object.keys(cells);
	const term = cells[name] ?? '';
	return TERM_COLUMN.test(name.trim()) && MEANING_COLUMN.test(meaning.trim())
		? [term.replace(/^["']|["']$/g, '').trim()]
		: [];
}

function rowTerms(tables: readonly TableFamily[]): string[] {
	return tables.flatMap(({ after, rows }) =>
		after.some((node) => definesTerms(node)) ? rows.flatMap(({ after: row }) => (row ? ownTerm(row) : [])) : [],
	);
}

function definesTerms({ table }: ClauseNode): boolean {
	const [name = '', meaning = ''] = table?.columns ?? [];
	return TERM_COLUMN.test(name.trim()) && MEANING_COLUMN.test(meaning.trim());
}

function ownTerm({ node, values }: TableRow): string[] {
	const [term = ''] = values;
	return definesTerms(node) ? [term.replace(/^["']|["']$/g, '').trim()] : [];
}

function searchClause({ node, text }: Unit, index: TermIndex): void {
	if (node.kind === 'metadata' || node.text === '') return;
	let name: string | undefined;
	// A definition says its own term and is not reached by it.
	eachUse(text, index, node.term, ({ reached }) => reached?.add((name ??= clauseName(node))));
}

function eachUse(text: string, index: TermIndex, own: string | undefined, visit: (term: Term) => void): void {
	for (let at = 0; at < text.length;) {
		const end = wordEnd(text, at);
		const use = end > at ? index.at(text, at, end) : undefined;
		if (use?.term.reached && use.term.text !== own) visit(use.term);
		at = Math.max(at + 1, use?.end ?? end);
	}
}

/** Rows of one table that are named; of more the number is told. */
const MOST_ROWS = 5;

/** Rows that stayed as they were, a name for each table. */
function searchRows({ rows, columns }: TableFamily, index: TermIndex): void {
	const found = new Map<Term, Map<ClauseNode, Set<string>>>();
	for (const match of rows) {
		const { after } = match;
		if (!after || !stayed(match, columns)) continue;
		const { node, key, values } = after;
		const visit = (term: Term): void => {
			const tables = found.get(term) ?? new Map<ClauseNode, Set<string>>();
			found.set(term, tables);
			const keys = tables.get(node);
			if (keys) keys.add(key);
			else tables.set(node, new Set([key]));
		};
		const [own] = ownTerm(after);
		for (const value of values) eachUse(value, index, own, visit);
	}
	for (const [term, tables] of found)
		for (const [node, keys] of tables) term.reached?.add(`${tableNamed(node)}, ${rowsNamed([...keys])}`);
}

function stayed({ before, after }: RowMatch, { pairs }: RowMatch['columns']): boolean {
	return (
		before !== undefined &&
		pairs.every((pair) => (before.values[pair.before] ?? '') === (after?.values[pair.after] ?? ''))
	);
}

/** A schedule without a title is named once. */
function tableNamed(node: ClauseNode): string {
	const name = clauseName(node);
	return node.partOf !== undefined && name === `${node.partOf} "${node.partOf}"` ? node.partOf : name;
}

function rowsNamed(keys: readonly string[]): string {
	const named = keys.slice(0, MOST_ROWS).map((key) => `"${key}"`);
	const more = keys.length - named.length;
	return `${keys.length === 1 ? 'row' : 'rows'} ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
