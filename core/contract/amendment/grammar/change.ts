import type { Target } from '../types';
import { withCell } from './cell';
import { type Context, quotesOf, wordsBetween } from './clause';
import type { Draft, Words } from './draft';
import type { Item } from './items';
import { locate, withFrame } from './roles';

/** `is changed from "A" to "B"`, `is increased from 10 to 12`. */
export function readChange(context: Context): Draft[] {
	const { clause } = context;
	const items = clause.verb.form === 'participle' ? [...context.subject, ...clause.post] : clause.post;
	const { target, quote } = withCell(items, withFrame(locate(items), context.frame));
	const quotes = quotesOf(items.filter((item) => item !== quote));
	if (quotes.length >= 2 && quotes[0] && quotes[1])
		return [{ kind: 'change_value', target, old: quotes[0], new: quotes[1], notes: [] }];
	if (quotes.length === 1 && quotes[0] && target.places.length === 1 && target.places[0]?.steps.at(-1)?.by === 'title')
		return [{ kind: 'change_value', target, new: quotes[0], notes: [] }];
	const first = clause.post.findIndex((item) => item.type === 'phrase' && item.name === 'from');
	const to = clause.post.findLastIndex((item) => item.type === 'phrase' && item.name === 'to');
	// `is increased to 12 with effect from 1 May`: a day, not the old value.
	const from = first > to && to >= 0 ? -1 : first;
	if (from < 0 && to >= 0 && target.places.length === 1) return newValue(context, target, to);
	if (from < 0 && to >= 0 && target.places.length === 0) return definedValue(context, target, to);
	if (from < 0 || to < from || target.places.length === 0) return [];
	const old = wordsBetween(context.text, clause.post.slice(from + 1, to));
	const fresh = valueIn(context.text, clause.post.slice(to + 1));
	return old && fresh ? [{ kind: 'change_value', target, old, new: fresh, notes: [] }] : [];
}

const AMOUNT =
	/^(?:[$\u20ac\u00a3]|(?:US|CA|AU)?\$|[A-Z]{3} ?\d|\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)\b)/i;

const BEHIND_VALUE =
	/,? (?:effective|with (?:immediate |retroactive )?effect|as of|as from|from|commencing|beginning|starting|until|through|for the (?:period|year|term)|with respect|in respect)\b|, (?=\p{L})|;/iu;

/** The value behind `to`, without the words that date or limit the change. */
function valueIn(text: string, items: readonly Item[]): Words | undefined {
	const words = wordsBetween(text, items);
	const stop = words ? BEHIND_VALUE.exec(words.text)?.index : undefined;
	if (!words || stop === undefined) return words;
	return stop === 0 ? undefined : { text: words.text.slice(0, stop), start: words.start, end: words.start + stop };
}

/** `The Rent is increased to £52,000 per annum`: the one amount of its kind in the definition of that name. */
function definedValue({ clause, subject, text }: Context, target: Target, to: number): Draft[] {
	const words = wordsBetween(text, subject.length > 0 ? subject : clause.pre)?.text ?? '';
	const bare = words.replace(/(?: (?:is|are|shall be|will be|hereby|now))+$/i, '').replace(/^the /i, '');
	const term = /^\p{Lu}[\p{L}-]*(?: \p{Lu}[\p{L}-]*){0,4}$/u.test(bare) ? bare : undefined;
	const fresh = valueIn(text, clause.post.slice(to + 1));
	if (term === undefined || !fresh || fresh.text.length > 60 || !AMOUNT.test(fresh.text)) return [];
	const steps = [
		{ by: 'definition' as const, term },
		{ by: 'value' as const, name: term },
	];
	return [{ kind: 'change_value', target: { ...target, places: [{ steps, quote: words }] }, new: fresh, notes: [] }];
}

/** `The number of servers in Section 1 is increased to fifteen (15)`: the old value is not said; the clause has to tell which it is. */
function newValue(context: Context, target: Target, to: number): Draft[] {
	const { clause, text } = context;
	const fresh = valueIn(text, clause.post.slice(to + 1));
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
