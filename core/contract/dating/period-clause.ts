import { readDurationAt, type Duration } from './duration';
import type { DateExpression } from './expression';
import { readMentions } from './mentions';
import { readNumeral } from './numeral';
import type { ExpressionReader } from './read-expression';
import type { SourceSentence } from './source';
import type { TokenList } from './token';

/** What one sentence says of a contract's term. */
export interface PeriodFacts {
	start?: DateExpression;
	end?: DateExpression;
	length?: Duration;
	renews?: { automatic: boolean; every?: Duration; sameLength?: boolean; most?: number };
	notice?: Duration;
	openEnded?: boolean;
	problem?: string;
	sentence: SourceSentence;
}

interface Length {
	duration: Duration;
	from: number;
	next: number;
	problem?: string;
}

const YEAR: Duration = { months: 12, days: 0, businessDays: 0, hours: 0 };
const MONTH: Duration = { months: 1, days: 0, businessDays: 0, hours: 0 };
const RENEWS =
	/^(?:renew|renews|renewed|renewal|renewals|extend|extends|extended|continue|continues|verlängert|renouvelé|reconduit)$/;
const AUTOMATIC = /^(?:automatic|automatically|automatisch|tacitement|tacite)$/;
const CHOICE = /^(?:may|option|elect|mutual|mutually|agree|request|discretion)$/;
const AGAIN = /^(?:successive|additional|further|consecutive|subsequent|renewal|like)$/;
const OTHER_THINGS =
	/^(?:subscription|subscriptions|order|orders|plan|plans|sow|membership|seat|seats|domain|domains|licenses|licences|account|order-form)$/;
const TERMS = /^(?:term|terms|period|periods)$/;

const NOTICES =
	/^(?:unless|notice|notifies|notify|notification|intention|elect|cancel|frist|kündigt|gekündigt|préavis)$/;

function lengths(list: TokenList): Length[] {
	const found: Length[] = [];
	for (let at = 0; at < list.length;) {
		const read = readDurationAt(list, at);
		if (read) found.push(read);
		at = read?.next ?? at + 1;
	}
	return found;
}

function near(list: TokenList, from: number, next: number, wanted: RegExp): boolean {
	for (let at = Math.max(0, from); at < next; at++) if (wanted.test(list.word(at))) return true;
	return false;
}

/** Where the sentence begins to speak of renewal; its length where it does not. */
function renewalStart(list: TokenList): { at: number; automatic: boolean } {
	for (let at = 0; at < list.length; at++) {
		const word = list.word(at);
		if (rolls(list, at)) return { at, automatic: true };
		if (!RENEWS.test(word) || ofAnotherThing(list, at)) continue;
		const automatic = near(list, at - 5, at + 5, AUTOMATIC);
		// `continue for three years` begins the term; only what goes on by itself renews it.
		if (/^continue/.test(word) && !automatic) continue;
		if (automatic) return { at: Math.min(at, automaticAt(list, at)), automatic };
		if (/^(?:renewal|renewals)$/.test(word) && !near(list, at, at + 8, TERMS)) continue;
		const again = near(list, at, at + 10, AGAIN) && near(list, at - 4, at, /^(?:shall|will|renews|be|is)$/);
		const unless = near(list, at, at + 60, /^(?:unless)$/);
		return { at, automatic: again && unless && !near(list, at - 6, at + 12, CHOICE) };
	}
	return { at: list.length, automatic: false };
}

/** `continues on a month-to-month basis`, `from year to year`. */
function rolls(list: TokenList, at: number): boolean {
	const word = list.word(at);
	if (word !== 'month' && word !== 'year') return false;
	const to = list.word(at + 1) === '-' ? at + 2 : at + 1;
	return list.word(to) === 'to' && list.word(list.word(to + 1) === '-' ? to + 2 : to + 1) === word;
}

/** `each Subscription Term will renew`: what renews is not the contract. */
function ofAnotherThing(list: TokenList, at: number): boolean {
	return near(list, at - 14, at, OTHER_THINGS) && !near(list, at - 14, at, /^(?:agreement|contract|lease|this)$/);
}

function automaticAt(list: TokenList, at: number): number {
	for (let back = at; back >= at - 5; back--) if (AUTOMATIC.test(list.word(back))) return back;
	return at;
}

/** `at least ninety (90) days' written notice before the end of the then-current term`. */
function isNotice(list: TokenList, { from, next }: Length): boolean {
	for (let at = next; at < next + 9; at++) {
		if (!/^(?:before|prior|preceding|advance|vor|avant)$/.test(list.word(at))) continue;
		return near(
			list,
			at,
			at + 14,
			/^(?:end|expiry|expiration|expires|renewal|term|anniversary|conclusion|renew|ablauf|ende|laufzeit|échéance|terme)$/,
		);
	}
	return near(list, from - 6, from, /^notice$/) && near(list, next, next + 6, /^(?:end|expiry|expiration|renewal)$/);
}

function renewalLength(
	list: TokenList,
	renewal: number,
	found: Length[],
): { every?: Duration; sameLength?: boolean; problem?: string } {
	const candidates = found.filter(({ from, next }) => {
		if (from < renewal) return false;
		return (
			near(
				list,
				from - 6,
				from,
				/^(?:for|of|successive|additional|further|consecutive|renewal|by|each|um|jeweils|weitere)$/,
			) || near(list, next, next + 2, TERMS)
		);
	});
	const doubtful = candidates.find(({ problem }) => problem !== undefined);
	if (doubtful?.problem !== undefined) return { problem: doubtful.problem };
	const first = candidates[0];
	if (first) {
		const differs = candidates.some(({ duration }) => JSON.stringify(duration) !== JSON.stringify(first.duration));
		return differs ? { problem: 'the renewal names several lengths' } : { every: first.duration };
	}
	for (let at = renewal; at < list.length; at++) {
		const word = list.word(at);
		if (/^(?:annual|yearly|annually)$/.test(word)) return { every: YEAR };
		if (word === 'monthly') return { every: MONTH };
		if (rolls(list, at)) return { every: word === 'year' ? YEAR : MONTH };
		if (
			/^(?:same|like|equal|identical)$/.test(word) &&
			near(list, at, at + 6, /^(?:term|terms|period|periods|length|duration)$/)
		) {
			return { sameLength: true };
		}
	}
	return {};
}

/** `two (2) additional one-year terms`, `up to three times`, `an additional period of one year`. */
function mostRenewals(list: TokenList, renewal: number): number | undefined {
	const repeated = near(list, renewal, list.length, /^(?:each|every|thereafter)$/);
	for (let at = renewal; at < list.length; at++) {
		const capped =
			(list.word(at - 2) === 'up' && list.word(at - 1) === 'to') || list.startsWith(at - 2, ['maximum', 'of']);
		const count = readNumeral(list, at);
		if (count && (capped || AGAIN.test(list.word(count.next)))) {
			const counted = near(list, count.next, count.next + 8, TERMS) || list.word(count.next) === 'times';
			if (counted && count.problem === undefined) return count.value;
		}
		const single = /^(?:a|an)$/.test(list.word(at)) && AGAIN.test(list.word(at + 1));
		if (
			single &&
			near(list, at, at + 8, /^(?:term|period|year|month)$/) &&
			!near(list, at, at + 8, /^(?:terms|periods)$/)
		) {
			return repeated ? undefined : 1;
		}
	}
	return undefined;
}

function initialLength(list: TokenList, until: number, found: Length[]): Length | undefined {
	return found.find(({ from, next }) => {
		if (from >= until) return false;
		const led = near(list, from - 7, from, /^(?:for|term|period|duration|continue|laufzeit|durée)$/);
		const named = near(list, next, next + 3, TERMS) || list.word(from - 1) === ':';
		const about = near(
			list,
			from - 10,
			from,
			/^(?:notice|within|survive|survives|pay|payment|after|following|preceding|last)$/,
		);
		const behind = near(list, next, next + 6, /^(?:notice|before|prior|after|following|elapsed|passed)$/);
		return (led || named) && !about && !behind;
	});
}

/** Reads what a sentence says of the term; undefined where it says nothing. */
export function readPeriodFacts(reader: ExpressionReader, sentence: SourceSentence): PeriodFacts | undefined {
	const { list } = reader;
	const renewal = renewalStart(list);
	const facts: PeriodFacts = { sentence };
	const all = lengths(list);
	for (const mention of readMentions(reader)) {
		if (mention.from >= renewal.at) break;
		if (mention.role === 'start') facts.start ??= mention.expression;
		else if (mention.role === 'end' && !ofTerm(mention.expression)) facts.end ??= mention.expression;
		if (mention.expression.kind === 'shift' && mention.expression.period) facts.start ??= mention.expression.from;
	}
	const noticed = near(list, 0, list.length, NOTICES);
	const notice = noticed ? all.find((length) => isNotice(list, length)) : undefined;
	const length = initialLength(
		list,
		renewal.at,
		all.filter((one) => one !== notice),
	);
	const compared =
		length && near(list, length.from - 3, length.from, /^(?:longer|shorter|greater|lesser|earlier|later)$/);
	if (length && compared)
		facts.problem = `the term lasts the ${list.written(length.from - 2, length.from)} several lengths`;
	else if (length?.problem !== undefined) facts.problem = length.problem;
	else if (length) facts.length = length.duration;
	if (notice?.problem !== undefined) facts.problem = notice.problem;
	else if (notice) facts.notice = notice.duration;
	if (renewal.at < list.length) {
		const { problem, ...every } = renewalLength(
			list,
			renewal.at,
			all.filter((one) => one !== notice),
		);
		const most = mostRenewals(list, renewal.at);
		if (problem !== undefined && renewal.automatic) facts.problem = problem;
		facts.renews = { automatic: renewal.automatic, ...every, ...(most !== undefined ? { most } : {}) };
	}
	if (
		/\b(?:until|unless) (?:it is |earlier |sooner )?(?:terminated|cancell?ed)|\bindefinite|\bperpetual|auf unbestimmte zeit/i.test(
			sentence.text,
		)
	)
		facts.openEnded = true;
	return Object.keys(facts).length > 1 ? facts : undefined;
}

/** `until the end of the term` says nothing about when that is. */
function ofTerm(expression: DateExpression): boolean {
	return expression.kind === 'anchor' && expression.name.startsWith('end of the');
}
