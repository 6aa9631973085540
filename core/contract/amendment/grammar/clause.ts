import type { Target } from '../types';
import type { Draft, Words } from './draft';
import type { Item } from './items';
import { withCell } from './cell';
import { isScattered, locate, unreadWords, withFrame } from './roles';
import type { PhraseName } from './phrases';

export type Verb = Extract<Item, { type: 'verb' }>;

export interface Reading {
	drafts: Draft[];
	/** Set where the sentence opens a list of instructions on one place. */
	frame?: Target;
}

/** One verb with what stands before it (since the last verb) and behind it (up to the next one). */
export interface Clause {
	verb: Verb;
	pre: Item[];
	post: Item[];
}

export function has(items: readonly Item[], ...names: PhraseName[]): boolean {
	return items.some((item) => item.type === 'phrase' && names.includes(item.name));
}

export function quotesOf(items: readonly Item[]): Words[] {
	return items.flatMap((item) =>
		item.type === 'quote' ? [{ text: item.text, start: item.start + 1, end: item.end - 1 }] : [],
	);
}

export interface Context {
	clause: Clause;
	next: Clause | undefined;
	frame: Target | undefined;
	subject: Item[];
	text: string;
	all: readonly Item[];
}

export interface Outcome {
	drafts: Draft[];
	frame?: Target;
	consumedNext?: boolean;
}

export const NONE: Outcome = { drafts: [] };

/** Where the clause amends, from its subject (passive) or object (active). */
export function placeOf(context: Context): Target {
	const { clause } = context;
	return locate(
		clause.verb.form === 'participle' ? (context.subject.length > 0 ? context.subject : clause.pre) : clause.post,
	);
}

export function endsWithColon(context: Context): boolean {
	const last = context.all.at(-1);
	return last?.type === 'word' && last.text === ':';
}

export function wordsBetween(text: string, items: readonly Item[]): Words | undefined {
	const [first, last] = [items[0], items.at(-1)];
	if (!first || !last) return undefined;
	const end = /[.;:]$/.test(text.slice(first.start, last.end)) ? last.end - 1 : last.end;
	return { text: text.slice(first.start, end), start: first.start, end };
}

export function withUnread(draft: Draft, context: Context): Draft {
	const subject = context.subject.length > 0 ? context.subject : context.clause.pre;
	const unread = unreadWords(subject);
	if (isScattered(subject))
		return { ...draft, reason: 'It names several places, and not clearly which of them it changes.' };
	if (unread.length === 0 || draft.reason !== undefined || isCell(draft)) return draft;
	return { ...draft, reason: `It names a part that was not understood: "${unread.join(' ')}".` };
}

function isCell({ target }: Draft): boolean {
	return target.places.some(({ steps }) => steps.at(-1)?.by === 'column');
}

/** What the clause acts on: quoted words in a place, or the place itself. */
export function objectOf(items: readonly Item[], context: Context): { words: Words[]; target: Target } {
	const { target, quote } = withCell(items, withFrame(locate(items), context.frame));
	const words = quotesOf(items.filter((item) => item !== quote));
	return { words, target: has(items, 'everywhere') ? { ...target, everywhere: true } : target };
}

/** Whether a verb has a subject of its own, or shares that of the verb before it. */
export function hasSubject(pre: readonly Item[]): boolean {
	return pre.some((item) => item.type === 'quote' || item.type === 'place') || unreadWords(pre).length > 0;
}
