import type { Target } from '../types';
import { readChange } from './change';
import { type Clause, type Context, NONE, type Outcome, type Reading, type Verb } from './clause';
import { withAccount } from './accounting';
import type { Draft } from './draft';
import { interpretInsert } from './insertion';
import type { Item } from './items';
import { readAmend } from './amending';
import { readExtend, readLifecycle, readTermEnd } from './lifecycle';
import { readAs, readDeemed, readPreviously, readReads, supplement } from './other-verbs';
import { readDelete, readReplace, readRestate } from './replacing';
import { readRenumber } from './renumbering';
import { onLine } from './one-place';
import { withOwnPlaces } from './own-place';
import { locate, ofDefinitions, withFrame } from './roles';

function clausesOf(items: readonly Item[]): Clause[] {
	const at = items.flatMap((item, index) => (item.type === 'verb' ? [index] : []));
	return at.map((index, nth) => {
		const before = partOf(items, (at[nth - 1] ?? -1) + 1, index);
		return {
			verb: items[index] as Verb,
			pre: nth === 0 ? items.slice(0, index) : (before.next ?? ownSubject(before.whole)),
			post: at[nth + 1] === undefined ? items.slice(index + 1) : partOf(items, index + 1, at[nth + 1] ?? 0).own,
		};
	});
}

/** What stands between two verbs; behind a semicolon it is the second one's: `…; in Section 4, replace …`. */
function partOf(items: readonly Item[], from: number, to: number): { whole: Item[]; own: Item[]; next?: Item[] } {
	const whole = items.slice(from, to);
	const stop = whole.findLastIndex((item) => item.type === 'word' && item.text === ';');
	const next = whole.slice(stop + 1);
	// `… deleting "A" and Section 3.3 by deleting "B"`
	if (isLed(whole.slice(-3))) return { whole, own: whole.slice(0, -3), next: whole.slice(-2) };
	const led = stop >= 0 && leadingPlace(next) !== undefined;
	return led ? { whole, own: whole.slice(0, stop), next } : { whole, own: whole };
}

/** Between two verbs stands what the first one needs and then, behind `and`, what the second speaks of. */
function ownSubject(between: Item[]): Item[] {
	const such = between.findLastIndex((item) => item.type === 'phrase' && item.name === 'such');
	if (such >= 0) return between.slice(such);
	const complement = between.findIndex((item) => item.type === 'quote' || item.type === 'place');
	if (complement < 0) return between;
	const and = between.findIndex(
		(item, i) => i > complement && item.type === 'word' && /^(?:and|;|or)$/i.test(item.text),
	);
	return and < 0 ? between : between.slice(and + 1);
}

/**
 * What a sentence orders. Reads no further than the sentence: `takes` says that a passage follows.
 * @param inherited where an outer sentence (`Section 6.5 is amended as follows:`) says the amending happens
 */
export function interpret(items: readonly Item[], text: string, inherited: Target | undefined): Reading {
	const clauses = clausesOf(items);
	const reading: Reading = { drafts: [] };
	let frame = spokenOf(items, inherited);
	let subject: Item[] = [];
	let lost = false;
	for (let i = 0; i < clauses.length; i++) {
		const clause = clauses[i];
		if (!clause) break;
		const passive = clause.verb.form === 'participle';
		if (passive && clause.pre.some((item) => item.type === 'place' || item.type === 'quote')) subject = clause.pre;
		const led = i > 0 ? leadingPlace(clause.pre) : undefined;
		const own = led ?? ledBy(clause, items);
		if (own) frame = withFrame(own, inherited);
		const context: Context = { clause, next: clauses[i + 1], frame, subject: passive ? subject : [], text, all: items };
		const outcome = readClause(context);
		if (outcome.frame) frame = reading.frame = outcome.frame;
		reading.drafts.push(...outcome.drafts);
		if (outcome.drafts.length === 0 && !outcome.frame && isOrder(clause)) lost = true;
		if (outcome.consumedNext) i++;
	}
	if (clauses.length === 0) reading.drafts.push(...readPreviously(items, inherited));
	if (reading.drafts.length === 0 && clauses.length === 0) reading.drafts.push(...readReads(items, inherited));
	if (reading.drafts.length === 0 && clauses.length === 0) reading.drafts.push(...readAs(items, text, inherited));
	if (lost && reading.drafts.length > 0) reading.drafts.push(LOST);
	withoutTwice(reading.drafts);
	togetherOrNot(reading.drafts);
	const [first, last] = [items[0], items.at(-1)];
	if (reading.drafts.length === 0 && first && last)
		reading.drafts.push(
			...readDeemed(text.slice(first.start, last.end), first.start),
			...readTermEnd(text.slice(first.start, last.end), first.start, items, inherited),
		);
	if (locate(items).places.length === 0) reading.drafts = reading.drafts.map(withoutPlace);
	reading.drafts = reading.drafts.map((draft) => asDefinitions(draft, items));
	if (reading.drafts.length === 0 && !reading.frame) reading.drafts.push(...notUnderstood(clauses, items));
	const [opens, closes] = [first?.start ?? 0, last?.end ?? 0];
	const sentence = { text: text.slice(opens, closes), start: opens, end: closes };
	reading.drafts = withOwnPlaces(reading.drafts, items, inherited);
	reading.drafts = withAccount(onLine(reading.drafts, items), items, inherited, sentence);
	return reading;
}

/** What the sentence opens with, in what the sentence before it opened. */
function spokenOf(items: readonly Item[], inherited: Target | undefined): Target | undefined {
	const leading = leadingPlace(items);
	if (leading) return withFrame(leading, inherited);
	// `Section 6 is extended …, and the date therein is replaced …`
	const back = items.some((item) => item.type === 'word' && /^(?:therein|thereof|thereto|therefrom)$/i.test(item.text));
	const named = back && !inherited ? locate(items) : undefined;
	return named?.places.length === 1 ? named : inherited;
}

/** `… by replacing "A" with "B" and Section 8(c) by inserting "C"`: the second verb has a place of its own. */
function ledBy({ verb }: Clause, items: readonly Item[]): Target | undefined {
	const at = items.indexOf(verb);
	const before = items.slice(Math.max(0, at - 3), at);
	return verb.form === 'gerund' && isLed(before) ? locate(before) : undefined;
}

/** `and Section 8(c) by`. */
function isLed([and, place, by]: readonly Item[]): boolean {
	const links = and?.type === 'word' && /^(?:and|,|;)$/i.test(and.text) && by?.type === 'phrase' && by.name === 'by';
	return links && place?.type === 'place' && !place.place.fresh && place.place.places.length > 0;
}

/** `In Section 3.1: (a) …; (b) …`, `Clause 2.2: omit …`, `In clause 5, after …`: where all that follows happens. */
function leadingPlace(items: readonly Item[]): Target | undefined {
	const [first] = items;
	const within = first?.type === 'phrase' && first.name === 'in';
	const [place, mark] = within ? items.slice(1) : items;
	if (place?.type !== 'place' || place.place.fresh || !mark) return undefined;
	const apart = mark.type === 'word' && (within ? /^[:,]$/ : /^[:-]$/).test(mark.text);
	const order = mark.type === 'verb' && mark.form === 'base' && within;
	if (!apart && !order) return undefined;
	const target = locate([place]);
	return target.places.length > 0 ? target : undefined;
}

/** `The term in Section 6 is extended to …, and the date therein is replaced by …`: the words are changed by the second. */
function withoutTwice(drafts: Draft[]): void {
	const worded = drafts.some(({ kind }) => kind === 'replace_words' || kind === 'change_value');
	for (const draft of drafts) if (worded && draft.kind === 'extend') draft.target = { ...draft.target, places: [] };
}

function asDefinitions(draft: Draft, items: readonly Item[]): Draft {
	const whole = draft.kind === 'replace_clause' || draft.kind === 'restate_clause';
	if (!ofDefinitions(items) || !(whole || draft.kind === 'delete_clause')) return draft;
	if (whole && draft.takes === 'new') return { ...draft, kind: 'replace_definition', definitions: true };
	return { ...draft, reason: draft.reason ?? 'It speaks of definitions and does not say which.' };
}

/** What takes words away waits for what puts others in their place, where that needs a person. */
function togetherOrNot(drafts: Draft[]): void {
	const unclear = drafts.find(({ kind, reason }) => /^insert_/.test(kind) && reason !== undefined);
	for (const draft of drafts) if (unclear && /^delete_/.test(draft.kind)) draft.reason ??= unclear.reason ?? '';
}

/** An order of the sentence that fits no rule, beside others that do. */
const LOST: Draft = {
	kind: 'supplement',
	target: { places: [] },
	notes: [],
	reason: 'A part of the sentence orders a change that was not understood.',
	unread: true,
};

function isOrder({ verb, pre }: Clause): boolean {
	return (
		TEXTUAL.has(verb.cls) &&
		verb.cls !== 'amend' &&
		(verb.form === 'gerund' ||
			(verb.form === 'participle' &&
				pre.some((item) => item.type === 'word' && /^(?:\p{Lu}|(?:rest|remainder|balance)$)/u.test(item.text))))
	);
}

const TEXTUAL: ReadonlySet<Verb['cls']> = new Set([
	'amend',
	'delete',
	'replace',
	'restate',
	'insert',
	'supplement',
	'renumber',
]);

/** A sentence that amends a clause and fits no rule is told, not passed over. */
function notUnderstood(clauses: readonly Clause[], items: readonly Item[]): Draft[] {
	const amends = clauses.some(
		({ verb, pre }) => TEXTUAL.has(verb.cls) && verb.form === 'participle' && locate(pre).places.length > 0,
	);
	const target = locate(items);
	if (!amends) return [];
	const reason = 'It changes this place in a way that was not understood.';
	return [{ kind: 'supplement', target, notes: [], reason, unread: true }];
}

const WHOLE = new Set(['restate_clause', 'replace_clause', 'delete_clause', 'replace_schedule']);

/** A sentence that names no place changes no whole clause, whatever the sentences before it spoke of. */
function withoutPlace(draft: Draft): Draft {
	return WHOLE.has(draft.kind) && draft.reason === undefined
		? { ...draft, reason: 'It does not say itself which clause it changes.' }
		: draft;
}

function readClause(context: Context): Outcome {
	switch (context.clause.verb.cls) {
		case 'amend':
			return readAmend(context);
		case 'delete':
			return readDelete(context);
		case 'replace':
			return readReplace(context);
		case 'restate':
			return readRestate(context);
		case 'insert':
			return { drafts: interpretInsert(context) };
		case 'supplement':
			return { drafts: supplement(context) };
		case 'change':
			return { drafts: readChange(context) };
		case 'extend':
			return { drafts: readExtend(context) };
		case 'terminate':
		case 'reinstate':
			return { drafts: readLifecycle(context) };
		case 'renumber':
			return { drafts: readRenumber(context) };
		case 'read':
			return NONE;
	}
}
