import type { Target } from '../types';
import {
	type Clause,
	type Context,
	NONE,
	type Outcome,
	endsWithColon,
	has,
	hasSubject,
	objectOf,
	placeOf,
	quotesOf,
	withUnread,
	wordsBetween,
} from './clause';
import type { Draft, Words } from './draft';
import type { Item } from './items';
import { pairedWords } from './pairs';
import { placeheld, removedEntries } from './removal';
import { kindFor, locate, onlyWords, unreadWords, withFrame } from './roles';
import { substituted } from './substituted';

/** Whether the next verb only says what comes in place of what this one takes away. */
function isReplacedBy(next: Clause | undefined): boolean {
	if (!next || !['replace', 'insert', 'restate'].includes(next.verb.cls)) return false;
	const between = next.pre;
	if (has(next.post, 'insteadOf')) return false;
	if (between.some((item) => item.type === 'place' && !item.place.fresh && item.place.places.length > 0)) return false;
	if (has(next.post, 'instead') || has(between, 'instead')) return true;
	if (quotesOf(between).length > 0) return false;
	// `delete "X" and insert "Y"`: nothing says another place for the new words than that of the old ones.
	if (next.verb.cls === 'insert') return quotesOf(next.post).length === 1 && !isPlaced(next.post);
	if (next.verb.cls !== 'replace') return false;
	return next.verb.form === 'participle' || onlyWords(next.post, ['it', 'them', 'same', 'the', 'such', ',']);
}

const BESIDE = 'It deletes words beside those that it quotes; where they end has to be decided by a person.';

function isPlaced(items: readonly Item[]): boolean {
	return has(items, 'after', 'before', 'end', 'start', 'between', 'as') || items.some(({ type }) => type === 'place');
}

export function readDelete(context: Context): Outcome {
	const { clause, next } = context;
	const passive = clause.verb.form === 'participle';
	const items = passive ? (hasSubject(clause.pre) ? clause.pre : context.subject) : clause.post;
	const object = objectOf(items, context);
	const { words } = object;
	const target = words.length > 0 ? acrossOf(clause.post, object.target) : object.target;
	if (isReplacedBy(next) && next)
		return {
			drafts: replaceDrafts(context, words, words.length > 0 ? acrossOf(next.post, target) : target, [
				...next.pre,
				...next.post,
			]),
			consumedNext: true,
		};
	// `all words following "X"`: the quoted words stay.
	const beside = has(items, 'after', 'before', 'from', 'until', 'between') ? BESIDE : undefined;
	if (words.length > 0)
		return {
			drafts: words.map((old): Draft => ({
				kind: 'delete_words',
				target,
				old,
				notes: [],
				...(beside !== undefined ? { reason: beside } : {}),
			})),
		};
	const entries = removedEntries(context);
	if (entries) return { drafts: [entries] };
	const named = passive ? lastNoun(clause.pre, context.text) : undefined;
	if (locate(items).places.length === 0 && named !== undefined && context.frame)
		return { drafts: [{ kind: 'delete_words', target: withValue(context.frame, named), notes: [] }] };
	if (locate(items).places.length === 0) return NONE;
	const held = placeheld(context, target);
	if (held) return { drafts: [passive ? withUnread(held, context) : held], consumedNext: next?.verb.cls === 'delete' };
	const witness = has(clause.post, 'previously', 'follows') ? { takes: 'old' as const } : {};
	const draft: Draft = { kind: kindFor('delete', target), target, notes: [], ...witness };
	return { drafts: [passive ? withUnread(draft, context) : draft] };
}

function withValue(target: Target, name: string): Target {
	return {
		...target,
		places: target.places.map((place) => ({ ...place, steps: [...place.steps, { by: 'value', name }] })),
	};
}

/** `…, and such that the email address for A. Smith is deleted`: the words of the last noun phrase. */
function lastNoun(items: readonly Item[], text: string): string | undefined {
	const at = items.findLastIndex((item) => item.type === 'phrase' && item.name === 'such');
	const rest = items
		.slice(at + 1)
		.filter((item) => !(item.type === 'word' && /^(?:,|and|that|the|is|are|be|shall|hereby)$/i.test(item.text)));
	const words = wordsBetween(text, rest);
	return words && words.text.split(' ').length <= 10 ? words.text : undefined;
}

function pairDrafts(pairs: ReturnType<typeof pairedWords>, target: Target): Draft[] {
	const kind = target.everywhere === true ? 'rename_term' : 'replace_words';
	return (pairs ?? []).map((pair) => ({ kind, target, ...pair, notes: [] }));
}

/** `… wherever it appears in Section 2`: everywhere, in the places named behind it or else in those named before. */
function acrossOf(post: readonly Item[], target: Target): Target {
	const at = post.findIndex((item) => item.type === 'phrase' && item.name === 'everywhere');
	if (at < 0) return target;
	const behind = locate(post.slice(at));
	return { ...target, everywhere: true, places: target.places.length > 0 ? target.places : behind.places };
}

/** The new text of `… replaced with NEW`: quoted, following, or in an exhibit. */
function replaceDrafts(context: Context, words: Words[], target: Target, newItems: readonly Item[]): Draft[] {
	const fresh = quotesOf(newItems);
	const followed = has(newItems, 'follows') || endsWithColon(context);
	if (words.length > 0) {
		const old = words[0];
		if (!old || (fresh.length === 0 && !followed)) return [];
		const base: Draft = {
			kind: target.everywhere === true ? 'rename_term' : 'replace_words',
			target,
			old,
			notes: [],
			...(fresh[0] ? { new: fresh[0] } : { takes: 'new' as const }),
		};
		if (words.length === fresh.length && words.length > 1)
			return words.map((one, i) => ({ ...base, old: one, ...(fresh[i] ? { new: fresh[i] } : {}) }));
		return words.length > 1
			? [{ ...base, reason: 'It names several words to replace and not which becomes which.' }]
			: [base];
	}
	if (target.places.length === 0) return [];
	const attached = attachmentOf(newItems);
	const draft: Draft = {
		kind: kindFor('replace', target),
		target,
		notes: [],
		...(fresh[0] && !followed
			? { new: fresh[0] }
			: attached !== undefined && !followed
				? { attached }
				: { takes: 'new' as const }),
	};
	return [context.clause.verb.form === 'participle' ? withUnread(draft, context) : draft];
}

export function attachmentOf(items: readonly Item[]): string | undefined {
	for (const item of items) {
		if (item.type !== 'place') continue;
		const step = item.place.places[0]?.steps[0];
		if (step?.by === 'schedule') return `${step.word} ${step.label}`;
	}
	return undefined;
}

export function readReplace(context: Context): Outcome {
	const { clause } = context;
	if (clause.verb.form === 'participle') {
		const swap =
			clause.verb.word.startsWith('substitut') && quotesOf(clause.post).length > 0 ? orderedSwap(context) : undefined;
		if (swap) return { drafts: swap };
		const items = clause.pre.some((item) => item.type === 'quote' || item.type === 'place')
			? clause.pre
			: context.subject;
		const object = objectOf(items, context);
		const { words } = object;
		const target = words.length > 0 ? acrossOf(clause.post, object.target) : object.target;
		if (words.length === 0 && locate(items).places.length === 0 && clause.verb.word.startsWith('substitut'))
			return { drafts: substituted(context) };
		const several = pairedWords([...items, ...clause.post]);
		if (several) return { drafts: pairDrafts(several, target) };
		const inside = has(clause.post, 'with', 'by', 'follows', 'for') ? clause.post : [];
		if (inside.length === 0 && !endsWithColon(context)) return NONE;
		return { drafts: replaceDrafts(context, words, target, inside) };
	}
	const ordered = orderedSwap(context);
	if (ordered) return { drafts: ordered };
	const swapped = clause.verb.word.startsWith('substitut');
	const at = clause.post.findIndex(
		(item) => item.type === 'phrase' && (swapped ? ['for', 'insteadOf', 'with'] : ['with', 'by']).includes(item.name),
	);
	if (at < 0) return NONE;
	const mark = clause.post[at];
	const reversed = swapped && mark?.type === 'phrase' && mark.name !== 'with';
	const [first, second] = [clause.post.slice(0, at), clause.post.slice(at + 1)];
	const { words, target } = objectOf(reversed ? second : first, context);
	const fresh = reversed ? first : second;
	const several = swapped ? undefined : pairedWords(clause.post);
	const tail = locate(second.filter((item) => item.type !== 'place' || !item.place.fresh));
	const placed =
		target.places.length === 0 && tail.places.length > 0 && words.length > 0 ? withFrame(tail, context.frame) : target;
	if (several) return { drafts: pairDrafts(several, placed) };
	const drafts = replaceDrafts(
		context,
		words,
		has(second, 'everywhere') ? { ...placed, everywhere: true } : placed,
		fresh,
	);
	const unread = words.length > 0 ? [] : unreadWords(reversed ? second : first);
	return { drafts: unread.length === 0 ? drafts : drafts.map((draft) => withPart(draft, unread)) };
}

/** `replacing the period at the end with ", and more."`: a part that no rule accounts for. */
function withPart(draft: Draft, unread: readonly string[]): Draft {
	if (draft.kind !== 'replace_clause') return draft;
	return { ...draft, reason: draft.reason ?? `It names a part that was not understood: "${unread.join(' ')}".` };
}

/** `for "X" substitute "Y"`, `for the words "X" there shall be substituted "Y"`. */
function orderedSwap(context: Context): Draft[] | undefined {
	const { clause } = context;
	const at = clause.pre.findIndex(
		(item) => item.type === 'phrase' && (item.name === 'for' || item.name === 'insteadOf'),
	);
	if (at < 0 || has(clause.post, 'for', 'with', 'by')) return undefined;
	const { words, target } = objectOf(clause.pre.slice(at + 1), context);
	const before = locate(clause.pre.slice(0, at));
	const placed =
		target.places.length > 0 && locate(clause.pre.slice(at + 1)).places.length > 0
			? target
			: withFrame(before, context.frame);
	return replaceDrafts(
		context,
		words,
		has(clause.pre, 'everywhere') ? { ...placed, everywhere: true } : placed,
		clause.post,
	);
}

export function readRestate(context: Context): Outcome {
	const own = placeOf(context);
	const target = own.places.length > 0 ? own : withFrame(own, context.frame);
	const { post } = context.clause;
	if (target.places.length === 0) return NONE;
	const fresh = quotesOf(post)[0];
	const attached = attachmentOf(post);
	const follows = has(post, 'follows', 'read') || endsWithColon(context);
	if (!follows && !fresh && attached === undefined) return NONE;
	const draft: Draft = {
		kind: kindFor('restate', target),
		target,
		notes: [],
		...(fresh ? { new: fresh } : follows ? { takes: 'new' as const } : attached !== undefined ? { attached } : {}),
	};
	return { drafts: [withUnread(draft, context)], frame: target };
}
