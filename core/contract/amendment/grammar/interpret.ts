import type { Target } from '../types';
import {
	type Clause,
	type Context,
	NONE,
	type Outcome,
	type Reading,
	type Verb,
	endsWithColon,
	has,
	placeOf,
	quotesOf,
	withUnread,
	wordsBetween,
} from './clause';
import { withAccount } from './accounting';
import type { Draft, Words } from './draft';
import { interpretInsert } from './insertion';
import type { Item } from './items';
import { readChange, readDeemed, readExtend, readLifecycle, readPreviously, supplement } from './other-verbs';
import { readDelete, readReplace, readRestate } from './replacing';
import { readRenumber } from './renumbering';
import { kindFor, locate, unreadWords, withFrame } from './roles';

function clausesOf(items: readonly Item[]): Clause[] {
	const at = items.flatMap((item, index) => (item.type === 'verb' ? [index] : []));
	return at.map((index, nth) => ({
		verb: items[index] as Verb,
		pre: nth === 0 ? items.slice(0, index) : ownSubject(items.slice((at[nth - 1] ?? 0) + 1, index)),
		post: items.slice(index + 1, at[nth + 1] ?? items.length),
	}));
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
	let frame = inherited ?? leadingPlace(items);
	let subject: Item[] = [];
	for (let i = 0; i < clauses.length; i++) {
		const clause = clauses[i];
		if (!clause) break;
		const passive = clause.verb.form === 'participle';
		if (passive && clause.pre.some((item) => item.type === 'place' || item.type === 'quote')) subject = clause.pre;
		const context: Context = { clause, next: clauses[i + 1], frame, subject: passive ? subject : [], text, all: items };
		const outcome = readClause(context);
		if (outcome.frame) frame = reading.frame = outcome.frame;
		reading.drafts.push(...outcome.drafts);
		if (outcome.consumedNext) i++;
	}
	if (clauses.length === 0) reading.drafts.push(...readPreviously(items, inherited));
	const [first, last] = [items[0], items.at(-1)];
	if (reading.drafts.length === 0 && first && last)
		reading.drafts.push(...readDeemed(text.slice(first.start, last.end), first.start));
	if (locate(items).places.length === 0) reading.drafts = reading.drafts.map(withoutPlace);
	if (reading.drafts.length === 0 && !reading.frame) reading.drafts.push(...notUnderstood(clauses, items));
	reading.drafts = withAccount(reading.drafts, items, inherited);
	return reading;
}

/** `In Section 3.1: (a) …; (b) …`: where all that follows happens. */
function leadingPlace([first, second, third]: readonly Item[]): Target | undefined {
	if (first?.type !== 'phrase' || first.name !== 'in' || second?.type !== 'place' || second.place.fresh)
		return undefined;
	if (third?.type !== 'word' || !/^[:,]$/.test(third.text)) return undefined;
	const target = locate([second]);
	return target.places.length > 0 ? target : undefined;
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

function readAmend(context: Context): Outcome {
	const { clause, next } = context;
	const own = placeOf(context);
	const target =
		own.places.length > 0 ? own : { ...(context.frame ?? { places: [] }), ...own, places: context.frame?.places ?? [] };
	const rest = next ? clause.post : context.all.slice(context.all.indexOf(clause.verb) + 1);
	if (has(rest, 'read')) return readsNow(context, target, rest);
	if (next && !has(clause.post, 'toBe'))
		return { drafts: [], ...(target.places.length > 0 || target.document ? { frame: target } : {}) };
	if (has(rest, 'toBe')) return { drafts: [toBe(context, target, rest)] };
	if (has(rest.slice(0, 2), 'from') && has(rest, 'to')) return { drafts: readChange(context) };
	if (has(rest, 'provide', 'such')) {
		const draft: Draft = {
			kind: 'supplement',
			target,
			notes: [],
			reason: 'It says what the clause is to achieve, not its words.',
		};
		return target.places.length > 0 ? { drafts: [draft], frame: target } : NONE;
	}
	if (has(rest, 'follows', 'by') || endsWithColon(context)) return { drafts: [], frame: target };
	return NONE;
}

/** `is amended to read "…"`, `all references to "X" are amended to read "Y"`, `… to read in its entirety as follows:`. */
function readsNow(context: Context, target: Target, rest: readonly Item[]): Outcome {
	const at = rest.findIndex((item) => item.type === 'phrase' && item.name === 'read');
	const fresh = quotesOf(rest.slice(at))[0];
	const old = quotesOf(context.subject)[0] ?? quotesOf(rest.slice(0, at)).at(-1);
	if (has(context.subject, 'everywhere') && old && fresh) return { drafts: [rename(old, fresh, target)] };
	if (old && fresh)
		return {
			drafts: [{ kind: 'replace_words', target: withFrame(target, context.frame), old, new: fresh, notes: [] }],
		};
	const draft: Draft = {
		kind: kindFor('restate', target),
		target,
		notes: [],
		...(fresh ? { new: fresh } : { takes: 'new' as const }),
	};
	return { drafts: [withUnread(draft, context)], frame: target };
}

function rename(old: Words, fresh: Words, target: Target): Draft {
	return { kind: 'rename_term', target: { ...target, everywhere: true }, old, new: fresh, notes: [] };
}

/** `the Territory listed in Section 2 is amended to be the United States`: a value, not the clause's words. */
function toBe(context: Context, target: Target, rest: readonly Item[]): Draft {
	const at = rest.findIndex((item) => item.type === 'phrase' && item.name === 'toBe');
	const quoted = quotesOf(rest.slice(at))[0];
	const value = quoted ?? wordsBetween(context.text, rest.slice(at + 1));
	const named = unreadWords(context.subject).join(' ');
	// `Section 2, TERRITORY, is amended to be …`: the thing that the clause is headed by.
	const places =
		named === ''
			? target.places.map((place) =>
					place.title === undefined
						? place
						: { ...place, steps: [...place.steps, { by: 'value' as const, name: place.title }] },
				)
			: target.places.map((place) => ({ ...place, steps: [...place.steps, { by: 'value' as const, name: named }] }));
	const instead = rest.findIndex((item) => item.type === 'phrase' && item.name === 'insteadOf');
	const old = instead < 0 ? undefined : quotesOf(rest.slice(instead))[0];
	return {
		kind: 'change_value',
		target: { ...target, places },
		notes: [],
		...(old ? { old } : {}),
		...(value ? { new: value } : {}),
	};
}
