import type { Position, Target } from '../types';
import { type Context, endsWithColon, has, placeOf, quotesOf, wordsBetween } from './clause';
import { withCell } from './cell';
import type { Draft, Words } from './draft';
import type { Item } from './items';
import { locate, withFrame } from './roles';

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

/** `is changed from "A" to "B"`, `is increased from 10 to 12`. */
export function readChange(context: Context): Draft[] {
	const { clause } = context;
	const items = clause.verb.form === 'participle' ? [...context.subject, ...clause.post] : clause.post;
	const { target, quote } = withCell(items, withFrame(locate(items), context.frame));
	const quotes = quotesOf(items.filter((item) => item !== quote));
	if (quotes.length >= 2 && quotes[0] && quotes[1])
		return [{ kind: 'change_value', target, old: quotes[0], new: quotes[1], notes: [] }];
	const from = clause.post.findIndex((item) => item.type === 'phrase' && item.name === 'from');
	const to = clause.post.findLastIndex((item) => item.type === 'phrase' && item.name === 'to');
	if (from < 0 && to >= 0 && target.places.length === 1) return newValue(context, target, to);
	if (from < 0 || to < from || target.places.length === 0) return [];
	const old = wordsBetween(context.text, clause.post.slice(from + 1, to));
	const fresh = wordsBetween(context.text, clause.post.slice(to + 1));
	return old && fresh ? [{ kind: 'change_value', target, old, new: fresh, notes: [] }] : [];
}

const AMOUNT =
	/^(?:[$\u20ac\u00a3]|(?:US|CA|AU)?\$|[A-Z]{3} ?\d|\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)\b)/i;

/** `The number of servers in Section 1 is increased to fifteen (15)`: the old value is not said; the clause has to tell which it is. */
function newValue(context: Context, target: Target, to: number): Draft[] {
	const { clause, text } = context;
	const fresh = wordsBetween(text, clause.post.slice(to + 1));
	const subject = context.subject.length > 0 ? context.subject : clause.pre;
	const place = subject.findIndex((item) => item.type === 'place');
	const named = wordsBetween(text, subject.slice(0, place < 0 ? undefined : place));
	if (!fresh || !named || fresh.text.length > 80 || !AMOUNT.test(fresh.text)) return [];
	const name = named.text
		.replace(/^(?:the|each|such)\s+/i, '')
		.replace(
			/\s+(?:in|of|under|set forth|stated|specified|contained|set out|provided|referred to|listed)(?:\s+(?:in|under|at|to))?$/i,
			'',
		);
	const places = target.places.map((one) => ({ ...one, steps: [...one.steps, { by: 'value' as const, name }] }));
	return [{ kind: 'change_value', target: { ...target, places }, new: fresh, notes: [] }];
}

const DEFINITE = /\bhereby\b/i;

/** `the Term of the Agreement is hereby extended to 20 January 2012`: a fact; no clause's words are named. */
export function readExtend(context: Context): Draft[] {
	const { clause } = context;
	const sentence = context.text.slice(context.all[0]?.start ?? 0, clause.verb.end);
	if (
		!/\b(?:term|period|agreement|date|expiration|expiry)\b/i.test(sentence) ||
		/\b(?:if|may|unless)\b/i.test(sentence)
	)
		return [];
	const at = clause.post.findIndex(
		(item) => item.type === 'phrase' && ['to', 'until', 'for', 'by'].includes(item.name),
	);
	if (at < 0) return [];
	const rest = clause.post.slice(at + 1);
	if (has(clause.post, 'from') && has(clause.post, 'to') && locate([...clause.pre, ...clause.post]).places.length > 0)
		return readChange(context);
	const stop = rest.findIndex((item) => item.type === 'word' && /^(?:unless|subject|provided|[;.])$/i.test(item.text));
	const value = wordsBetween(context.text, stop < 0 ? rest : rest.slice(0, stop));
	const target = withFrame(locate([...clause.pre, ...clause.post.slice(0, at)]), context.frame);
	return value && value.text.length < 160 ? [{ kind: 'extend', target, new: value, fact: value.text, notes: [] }] : [];
}

export function readLifecycle(context: Context): Draft[] {
	const { clause } = context;
	const sentence = context.text.slice(context.all[0]?.start ?? 0, clause.verb.end);
	if (
		clause.verb.cls === 'terminate' &&
		((!DEFINITE.test(sentence) && !clause.verb.word.startsWith('suspend')) ||
			/\b(?:if|may|in the event|upon|notice|right)\b/i.test(sentence))
	)
		return [];
	const items =
		clause.verb.form === 'participle' ? (context.subject.length > 0 ? context.subject : clause.pre) : clause.post;
	const target = withFrame(locate(items), context.frame);
	if (target.places.length === 0 && target.document === undefined) return [];
	if (clause.verb.cls === 'reinstate') return [{ kind: 'reinstate', target, notes: [] }];
	if (clause.verb.word.startsWith('suspend')) return [{ kind: 'suspend', target, notes: [] }];
	if (target.places.length > 0)
		return [
			{
				kind: 'terminate',
				target,
				notes: [],
				reason: 'It ends a clause; whether its words go has to be decided by a person.',
			},
		];
	return [{ kind: 'terminate', target, fact: 'terminated', notes: [] }];
}

/** `"X" previously read … now reads "Y"` without a verb of amending. */
export function readPreviously(items: readonly Item[], frame: Target | undefined): Draft[] {
	const quotes = quotesOf(items);
	if (!has(items, 'previously') || !has(items, 'read') || quotes.length !== 2 || !quotes[0] || !quotes[1]) return [];
	return [{ kind: 'change_value', target: withFrame(locate(items), frame), old: quotes[0], new: quotes[1], notes: [] }];
}

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
	const becomes = /^"? (?:(?:now |hereby )?becomes?|(?:shall|will) become|[-=]?>|\u2192) "?$/.test(between);
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
