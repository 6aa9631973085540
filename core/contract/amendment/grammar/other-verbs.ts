import type { Position, Target } from '../types';
import { type Context, endsWithColon, has, placeOf, quotesOf } from './clause';
import type { Draft, Words } from './draft';
import type { Item } from './items';
import { kindFor, locate, unreadWords, withFrame } from './roles';

export function supplement(context: Context): Draft[] {
	const target = withFrame(placeOf(context), context.frame);
	const { post } = context.clause;
	if (!has(post, 'follows') && !endsWithColon(context) && quotesOf(post).length === 0) return [];
	const fresh = quotesOf(post)[0];
	const end: Position = { at: 'end' };
	return [
		{
			kind: 'supplement',
			target,
			position: end,
			notes: [],
			...(fresh && !has(post, 'follows') ? { new: fresh } : { takes: 'new' as const }),
		},
	];
}

/** `"X" previously read … now reads "Y"` without a verb of amending. */
export function readPreviously(items: readonly Item[], frame: Target | undefined): Draft[] {
	const quotes = quotesOf(items);
	if (!has(items, 'previously') || !has(items, 'read') || quotes.length !== 2 || !quotes[0] || !quotes[1]) return [];
	return [{ kind: 'change_value', target: withFrame(locate(items), frame), old: quotes[0], new: quotes[1], notes: [] }];
}

/** `Section 6 shall read as follows: "…"`, `Clause 4 now reads "…"`: without a verb of amending. */
export function readReads(items: readonly Item[], frame: Target | undefined): Draft[] {
	const at = items.findIndex((item) => item.type === 'phrase' && item.name === 'read');
	if (at < 0 || has(items, 'previously', 'everywhere')) return [];
	const before = items.slice(0, at);
	const target = withFrame(locate(before), frame);
	if (target.places.length !== 1 || quotesOf(before).length > 0) return [];
	const quote = items.findIndex((item, index) => index > at && item.type === 'quote');
	const colon = items.at(-1);
	const closes = colon?.type === 'word' && colon.text === ':';
	if (quote < 0 && !closes) return [];
	const between = items.slice(at + 1, quote < 0 ? -1 : quote);
	const plain = between.every((item) =>
		item.type === 'phrase'
			? item.name === 'follows' || item.name === 'entirely'
			: item.type === 'word' && NOTHING_MORE.test(item.text),
	);
	const behind = quote < 0 ? [] : items.slice(quote + 1);
	if (!plain || behind.some((item) => item.type !== 'word' || !/^[.;,]$/.test(item.text))) return [];
	const unread = unreadWords(before);
	const [fresh] = quotesOf(items);
	return [
		{
			kind: kindFor('restate', target),
			target,
			notes: [],
			...(fresh ? { new: fresh } : { takes: 'new' as const }),
			...(unread.length === 0 ? {} : { reason: `It names a part that was not understood: "${unread.join(' ')}".` }),
		},
	];
}

const NOTHING_MORE = /^(?:and|construed|in|its|their|entirety|hereafter|henceforth|now|[:,])$/i;
const READ_AS =
	/\b(?:shall|is to|are to|will|must) (?:be )?(?:read|construed|deemed|understood|taken)(?: to be| to mean| as)?\b/i;

/** `the reference in clause 6.1 to "A" shall be read as a reference to "B"`. */
export function readAs(items: readonly Item[], text: string, frame: Target | undefined): Draft[] {
	const quotes = quotesOf(items);
	const [first, last] = [items[0], items.at(-1)];
	const [old, fresh] = quotes;
	if (!first || !last || !old || !fresh || quotes.length !== 2) return [];
	const between = text.slice(old.end, fresh.start);
	// `… construed as if references to "A" were references to "B"`
	const asIf =
		/^"? were (?:a )?references? to /i.test(between) && /\bas if\b/i.test(text.slice(first.start, old.start));
	// `for "A" read "B"`, `as if for "A" there were substituted "B"`, `as if "A" were replaced by "B"`
	const before = text.slice(Math.max(first.start, old.start - 16), old.start);
	const forRead =
		/\bfor (?:the (?:words? )?)?"$/i.test(before) &&
		/^"? (?:read|there (?:were|was|is) substituted) (?:the (?:words? )?)?"$/i.test(between);
	const wereReplaced =
		/^"? (?:were|was) (?:replaced (?:by|with)|substituted by) (?:the (?:words? )?)?"$/i.test(between) &&
		/\bas if\b/i.test(text.slice(first.start, old.start));
	const becomes =
		forRead ||
		wereReplaced ||
		/^"? (?:(?:now |hereby )?becomes?|(?:shall|will) become|[-=]?>|\u2192) "?$/.test(between);
	if (!asIf && !becomes && !READ_AS.test(between)) return [];
	const target = withFrame(locate(items), frame);
	return asIf || has(items, 'everywhere')
		? [{ kind: 'rename_term', target: { ...target, everywhere: true }, old, new: fresh, notes: [] }]
		: [{ kind: 'replace_words', target, old, new: fresh, notes: [] }];
}

const DEEMED =
	/\b(?:(?:all|any|each|every) (?:references?|mentions?)(?: (?:in|throughout) [^"]{0,60}?)? to) ("[^"]{1,120}"|[\p{Lu}][^":;]{1,100}?)(?: (?:(?:contained |made |used )?(?:in|throughout|under) (?:the|this) (?:[\w-]{1,20} ){0,3}(?:[Aa]greement|[Cc]ontract|[Ll]icen[sc]e|[Ll]ease)|herein|therein|wherever (?:it|they) appears?))? (?:is|are|shall be|will be)(?: hereby)? (?:deemed|construed|read|understood)(?: to be| as)? (?:(?:a )?references? to|references? to|to mean|to refer to) ("[^"]{1,120}"|[\p{Lu}][^":;]{1,100}?)(?=[.;,]? ?$|[.;] |,? wherever\b)/u;

/** `all references to X shall be deemed references to Y`: a name that changes everywhere, quoted or not. */
export function readDeemed(sentence: string, start: number): Draft[] {
	const match = DEEMED.exec(sentence.slice(0, 1_000).replace(/^All|^Any|^Each|^Every/, (word) => word.toLowerCase()));
	const [old, fresh] = [match?.[1], match?.[2]];
	if (!match || old === undefined || fresh === undefined) return [];
	const words = (text: string, from: number): Words => {
		const at = start + sentence.indexOf(text, from);
		return text.startsWith('"')
			? { text: text.slice(1, -1), start: at + 1, end: at + text.length - 1 }
			: { text, start: at, end: at + text.length };
	};
	const first = words(old, match.index);
	return [
		{
			kind: 'rename_term',
			target: { places: [], everywhere: true },
			old: first,
			new: words(fresh, first.end - start),
			notes: [],
		},
	];
}
