import { findDates } from '../../dating';
import type { Target } from '../types';
import { type Context, endsWithColon, has, quotesOf, wordsBetween } from './clause';
import type { Draft, Words } from './draft';
import type { Item } from './items';
import { readChange } from './change';
import { locate, withFrame } from './roles';

const DEFINITE = /\bhereby\b/i;
const OWN =
	'(?:initial|current|then-current|present|original|existing|contract|agreement|lease|licen[cs]e|subscription|fixed|overall|entire|whole)';
/** The first thing that the sentence speaks of, up to its noun. */
const THING = new RegExp(
	String.raw`(?:[\w'\u2019-]+[ ,]+){0,6}?(?:terms?|periods?|dates?|durations?|time|agreement|lease|contract|licen[cs]e|deadline)\b`,
	'i',
);
/** The agreement or its term; a `cure period` and a `payment date` are other things. */
const TERM = new RegExp(
	String.raw`(?:^|\s)(?:the|this|such|said|its|that)\s+(?:${OWN}[ ,]+){0,3}(?:term|duration|(?:expiration|expiry|termination|end|ending) date|date of (?:expiration|expiry|termination)|agreement|lease|contract|licen[cs]e|contract period|(?:initial|fixed) period|period of (?:validity|the))$|(?:^|\s)(?:the|this|said)\s+(?:\w+ ){1,4}(?:agreement|lease|contract|licen[cs]e)$|^(?:initial )?term$`,
	'i',
);

function isTerm(words: string): boolean {
	const thing = THING.exec(words)?.[0];
	return thing !== undefined && TERM.test(thing) && !/\b(?:amendment|addendum|variation|letter)\b/i.test(thing);
}

const OTHER_THING = 'It extends something other than the term of the agreement; which words change was not understood.';

/** `the Term of the Agreement is hereby extended to 20 January 2012`, `by twelve months`, `for a further term of …`. */
export function readExtend(context: Context): Draft[] {
	const { clause, text } = context;
	const from = context.all[0]?.start ?? 0;
	const sentence = text.slice(from, clause.verb.end);
	if (
		!/\b(?:term|period|agreement|date|expiration|expiry|lease|contract|licen[cs]e)\b/i.test(
			clause.verb.form === 'participle' ? sentence : text.slice(from, context.all.at(-1)?.end ?? from),
		) ||
		/\b(?:if|may|unless)\b/i.test(sentence)
	)
		return [];
	const at = clause.post.findIndex(
		(item) => item.type === 'phrase' && ['to', 'until', 'for', 'by'].includes(item.name),
	);
	const by = clause.post[at];
	if (at < 0 || by?.type !== 'phrase') return [];
	const rest = clause.post.slice(at + 1);
	if (has(clause.post, 'from') && has(clause.post, 'to') && locate([...clause.pre, ...clause.post]).places.length > 0)
		return readChange(context);
	const stop = rest.findIndex(
		(item, i) =>
			item.type === 'word' &&
			(/^(?:unless|subject|provided|[;.])$/i.test(item.text) || (item.text === ',' && isAnd(rest[i + 1]))),
	);
	const value = wordsBetween(text, stop < 0 ? rest : rest.slice(0, stop));
	const target = withFrame(locate([...clause.pre, ...clause.post.slice(0, at)]), context.frame);
	if (!value || value.text.length >= 160) return [];
	const subject =
		clause.verb.form === 'participle' ? text.slice(from, clause.verb.start) : text.slice(clause.verb.end, by.start);
	const draft: Draft = {
		kind: 'extend',
		target,
		new: value,
		fact: value.text,
		notes: [],
		measure: measureOf(by.name, value),
	};
	return [isTerm(subject) ? draft : { ...draft, reason: OTHER_THING }];
}

const isAnd = (item: Item | undefined): boolean => item?.type === 'word' && /^and$/i.test(item.text);

/** `extended to five years` gives the whole term, `for a further five years` adds to it. */
function measureOf(name: string, { text }: Words): 'by' | 'to' {
	return name === 'to' && !/\b(?:further|additional|more|another|extra)\b/i.test(text) ? 'to' : 'by';
}

const SETS_END =
	/^(?<thing>[^":;]{3,160}?),? (?:shall|will|is to) (?:now |hereby |instead |automatically )?(?<verb>terminate|expire|end|continue|run|remain)s?(?: in (?:full )?(?:force|effect)(?: and effect)?)?(?: automatically)? (?:on|at|until|through)(?: and including)?(?: the close of business on| the end of| midnight on)? (?=(?:the )?\d|\p{Lu}\p{L}{2,8}\.? \d)/iu;
const BEHIND = /^(?:,? unless (?:sooner|earlier|otherwise) (?:terminated|extended|renewed)[^":;]{0,120})?[.;]?\s*$/i;

/** `The Agreement shall expire on 31 May 2028`, `The term in Section 6 shall continue until …`: the day on which it ends. */
export function readTermEnd(
	sentence: string,
	start: number,
	items: readonly Item[],
	frame: Target | undefined,
): Draft[] {
	const match = SETS_END.exec(sentence.slice(0, 600));
	const { thing = '', verb = '' } = match?.groups ?? {};
	if (!match || !isTerm(thing)) return [];
	const [date, ...others] = findDates(sentence.slice(0, 1_000)).filter((one) => one.start >= match[0].length);
	if (date?.value === undefined || others.length > 0 || date.start > match[0].length + 4) return [];
	if (!BEHIND.test(sentence.slice(date.end))) return [];
	const fresh = { text: sentence.slice(date.start, date.end), start: start + date.start, end: start + date.end };
	const target = withFrame(locate(items), frame);
	const goesOn = /^(?:continue|run|remain)$/i.test(verb);
	return [{ kind: goesOn ? 'extend' : 'terminate', target, new: fresh, fact: fresh.text, notes: [] }];
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
	if (clause.verb.cls === 'reinstate') return [reinstated(context, target)];
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
	const dated = dayBehind(context);
	return [{ kind: 'terminate', target, fact: 'terminated', notes: [], ...(dated ? { dated } : {}) }];
}

/** `Section 5, as it read before Amendment No. 1, is reinstated`: the amendment dates the text; it is not what is changed. */
function reinstated(context: Context, { document, ...target }: Target): Draft {
	const { post } = context.clause;
	const [fresh] = quotesOf(post);
	const amendment = document !== undefined && /amendment/i.test(document);
	return {
		kind: 'reinstate',
		target: { ...target, ...(document === undefined || amendment ? {} : { document }) },
		notes: [],
		...(fresh ? { new: fresh } : has(post, 'follows') || endsWithColon(context) ? { takes: 'new' as const } : {}),
	};
}

/** `… is hereby terminated effective as of 30 June 2026`. */
function dayBehind({ clause, text, all }: Context): Words | undefined {
	const rest = text.slice(clause.verb.end, all.at(-1)?.end ?? clause.verb.end).slice(0, 300);
	const [day, ...others] = findDates(rest);
	if (day?.value === undefined || others.length > 0) return undefined;
	if (
		!/(?:effective|as of|with effect|on|from|at)(?: (?:as )?(?:of|from|on|the (?:close|end) of(?: business on)?))*\s*$/i.test(
			rest.slice(0, day.start),
		)
	)
		return undefined;
	const start = clause.verb.end + day.start;
	return { text: rest.slice(day.start, day.end), start, end: start + day.end - day.start };
}
