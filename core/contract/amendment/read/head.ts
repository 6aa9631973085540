import type { Target } from '../types';
import { readForeign } from '../grammar/foreign/read';
import { interpret } from '../grammar/interpret';
import type { Reading } from '../grammar/clause';
import { readItems, type Item } from '../grammar/items';
import { lex, type Token } from '../grammar/lexer';
import { withVerbs } from '../grammar/nominal';
import { closeInline, lineBreak, opensQuote } from '../text/quotes';
import { sentenceEnd } from '../text/sentences';

/** A sentence of the amendment as the grammar reads it. */
export interface Head extends Reading {
	start: number;
	/** End of the sentence, or the colon that its new text stands behind. */
	end: number;
	/** End of the sentence, whatever it holds. */
	sentence: number;
	/** Behind its number. */
	body: number;
	/** Words that date this sentence alone: `Effective as of 1 May 2027, …`. */
	intro?: { start: number; end: number };
	verbs: number;
}

const LONGEST = 4_000;
const INTRO =
	/^(?:effective|as of|commencing|from and after|with effect|(?:as from|as at|from|on|starting|beginning)(?= [^,;:\n]{0,40}\d)|until|through|for the period|during the period|(?:solely|only|exclusively) (?:with respect|as to|in respect|in relation|for)|in consideration|subject to the terms (?:and conditions )?(?:of|in|set forth in) this amendment|accordingly|pursuant to|consistent with|for the avoidance|furthermore|in addition|additionally|moreover|for good)\b[^,;:\n]{0,160}(?:,\s*\d{4})?,\s+/i;
const RUN_IN =
	/^(?:"[^"\n]{1,80}"[^.:"\n]{0,60}|[\p{Lu}\p{N}][\p{Lu}\p{N} ,&'"()./-]{2,90}|\p{Lu}[\p{L}'&-]*(?: [\p{L}'&-]+){0,7})[.:]\s+(?=["'\p{Lu}])/u;
const LABELS =
	/^(?:(?:(?:Change|Amendment|Item|Modification|Point|Revision|Variation) (?:No\. ?)?\d{1,3}[.:)-]|\d{1,3}(?:\.\d{1,3}){0,4}[.)]?|[A-Z][.)]|\((?:[a-z]{1,4}|[A-Z]|\d{1,2})\)|[-\u2022\u25e6])\s+)+/;

/** Reads the sentence at `start`. Cheap for sentences that amend nothing. */
export function readHead(text: string, start: number, limit: number, frame: Target | undefined): Head {
	const bound = Math.min(limit, start + LONGEST);
	const sentence = wholeSentence(text, start, bound);
	const body = behindLabels(text, start, sentence);
	const head: Head = { start, end: sentence, sentence, body, drafts: [], verbs: 0 };
	const foreign = readForeign(text, body, sentence, frame);
	if (foreign) return { ...head, ...foreign, verbs: 1 };
	if (
		!/(?:amend|delet|replac|add|insert|remov|omi|vari|vary|modif|strik|strick|struck|restat|extend|supplement|terminat|substitut|number|revis|cancel|chang|read|omit|includ|append|attach|renew|reduc|increas|updat|correct|reinstat|eliminat|repeal|supersed|designat|renam|retitl|redefin|interchang|exchang|revers|combin|merge|consolidat|split|moved|relocat|transferr|shorten|doubl|tripl|halv|expand|broaden|narrow|restrict|waive|apply|as if|\u2192|[-=]>|shall end with|(?:may|shall|will) (?:also|additionally|no longer|cease)|now ha|notwithstanding|instead|rather than|exclud|lower|raise|reorder|swap|deem|construed|suspend|becom|(?:shall|will|is to) (?:\w+ )?(?:expire|end|continue|run|remain)\b)/i.test(
			text.slice(start, sentence),
		)
	)
		return head;
	let from = body;
	const early = text.slice(from, sentence);
	const runIn = RUN_IN.exec(early)?.[0];
	if (runIn !== undefined && runIn.length < early.length && !/\b(?:is|are|shall|be|hereby|of)\b/.test(runIn))
		from += runIn.length;
	const intro = INTRO.exec(text.slice(from, sentence))?.[0];
	if (intro !== undefined) {
		if (/^(?:effective|as of|commencing|from and after|with effect)/i.test(intro))
			head.intro = { start: from, end: from + intro.trimEnd().length - 1 };
		from += intro.length;
	}
	const tokens = withVerbs(tidy(lex(text, from, sentence)));
	let items = readItems(tokens, text, frame !== undefined);
	const colon = colonBehindVerb(items, text);
	if (colon !== undefined) {
		head.end = colon + 1;
		items = items.filter((item) => item.end <= head.end);
	}
	head.verbs = items.filter((item) => item.type === 'verb').length;
	return { ...head, ...interpret(items, text, frame) };
}

function behindLabels(text: string, start: number, end: number): number {
	return start + (LABELS.exec(text.slice(start, Math.min(end, start + 40)))?.[0].length ?? 0);
}

/** A sentence with the quoted sentences it holds. */
function wholeSentence(text: string, start: number, limit: number): number {
	let end = sentenceEnd(text, start, limit);
	for (let at = start; at < end; at++) {
		if (text.charAt(at) !== '"' || !opensQuote(text, at)) continue;
		const close = closeInline(text, at, lineBreak(text, at, limit));
		if (!close) continue;
		if (close.end > end)
			end =
				/[.?!]/.test(text.charAt(close.inner - 1)) && /^(?: [A-Z]|\n|$)/.test(text.slice(close.end, close.end + 2))
					? close.end
					: sentenceEnd(text, close.end, limit);
		at = close.end - 1;
	}
	return end;
}

const ASIDES = new Set('regarding concerning relating which'.split(' '));

/** Takes out asides: `(as amended by Amendment 1)`, `, regarding termination by the Customer,`. */
function tidy(tokens: Token[]): Token[] {
	const kept: Token[] = [];
	for (let i = 0; i < tokens.length; i++) {
		const token = tokens[i];
		if (!token) break;
		const next = tokens[i + 1]?.lower ?? '';
		const closes =
			token.text === '(' && isAside(next, tokens[i + 2])
				? ')'
				: token.text === ',' && (ASIDES.has(next) || isAsAmended(tokens, i + 1))
					? ','
					: '';
		const end = closes === '' ? -1 : tokens.findIndex((one, j) => j > i + 1 && one.text === closes);
		if (
			end > 0 &&
			end - i < 24 &&
			!/^(?:reads?|previously|currently|formerly|presently)$/.test(tokens[i + 2]?.lower ?? '')
		)
			i = end;
		else kept.push(token);
	}
	return kept;
}

/** `(the "Prior Terms")` gives a name, `("Payment")` is the title of the section. */
function isAside(word: string, after: Token | undefined): boolean {
	if (/^(?:as|formerly|each|collectively|together|hereinafter)$/.test(word)) return true;
	return /^(?:the|this|such)$/.test(word) && after?.kind === 'quote';
}

function isAsAmended(tokens: readonly Token[], at: number): boolean {
	return (
		tokens[at]?.lower === 'as' &&
		/^(?:amended|modified|so|previously|heretofore|supplemented)$/.test(tokens[at + 1]?.lower ?? '')
	);
}

/** The colon that the new text stands behind: the first after a verb of amending. */
function colonBehindVerb(items: readonly Item[], text: string): number | undefined {
	let verb = false;
	for (const item of items) {
		if (item.type === 'verb' || (item.type === 'phrase' && item.name === 'read')) verb = true;
		if (!verb || item.type !== 'word' || item.text !== ':') continue;
		if (/^\s*(?:["(\d\p{Lu}[*|-]|$)/u.test(text.slice(item.end, item.end + 6)) || text.charAt(item.end) === '\n')
			return item.start;
	}
	return undefined;
}
