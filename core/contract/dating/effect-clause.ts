import type { Quote } from '../../model';
import type { ContractDays } from './days';
import { addDays } from './calendar';
import { SIGNATURE_DATE, type DateExpression } from './expression';
import { readMentions } from './mentions';
import type { ExpressionReader } from './read-expression';
import type { DerivationStep } from './resolve';
import type { SourceSentence } from './source';
import { isAttribute, subjectAt } from './subject';
import type { TokenList } from './token';

/** Words of an amendment that say from when it holds. */
export interface EffectStatement {
	expression: DateExpression;
	/** It holds from its signature. */
	signature: boolean;
	quote: Quote;
}

const SPEAKS =
	/effective|effect|in force|into force|retroactive|for the period|during the period|gültig ab|(?:gilt|gelten) ab|in kraft|wirkung|vigueur|effet|à compter/i;
const FILLERS = new Set(
	'as of on from and upon am mit vom wirkung the for all purposes in respects retroactively to be is immediately its by both parties date when effective at ab dem zum du le compter à'.split(
		' ',
	),
);
const MOST_FILLERS = 12;
const SIGNING = new Set(
	'execution signature signing signatures executed signed unterzeichnung unterschrift'.split(' '),
);

/** Position behind the words that say that something takes effect; -1 where none do. */
function behindEffect(list: TokenList, at: number): number {
	const word = list.word(at);
	if (word === 'effective') return list.word(at + 1) === 'date' ? -1 : at + 1;
	if (word === 'retroactive' || word === 'retroactively') return at + 1;
	const before = list.word(at - 1);
	if (word === 'effect' && /^(?:with|have|has|take|takes|into)$/.test(before)) return at + 1;
	if (word === 'force' && (before === 'into' || before === 'in')) return at + 1;
	// `tritt am 1. Juli 2027 in Kraft`: the day stands between.
	const enters = word === 'tritt' || word === 'treten';
	if (enters) return list.tokens.slice(at, at + 14).some(({ lower }) => lower === 'kraft') ? at + 1 : -1;
	if (word === 'kraft' && before === 'in') return at + 1;
	if (word === 'wirkung' && before === 'mit') return at + 1;
	if (word === 'vigueur' && before === 'en') return at + 1;
	if (word === 'compter' && before === 'à') return at + 1;
	if (word === 'effet' && /^(?:prend|prennent|prendra|prendront|avec)$/.test(before)) return at + 1;
	return /^(?:gültig|gilt|gelten)$/.test(word) && list.word(at + 1) === 'ab' ? at + 1 : -1;
}

/** The day right behind `effective as of`; also `upon execution by both parties`. */
function dayBehind(reader: ExpressionReader, at: number): { expression: DateExpression; next: number } | undefined {
	const { list } = reader;
	for (let next = at; next < at + MOST_FILLERS && next < list.length; next++) {
		const read = reader.read(next);
		if (read) return read;
		const word = list.word(next);
		if (SIGNING.has(word)) {
			const expression: DateExpression = { kind: 'anchor', name: SIGNATURE_DATE, words: list.written(at, next + 1) };
			return { expression, next: next + 1 };
		}
		if (!FILLERS.has(word) && word !== ',') return undefined;
	}
	return undefined;
}

const AMENDS =
	/\b(?:(?:is|are|be|hereby) (?:further )?(?:hereby )?(?:amended|varied|substituted|deleted|replaced|modified|added|inserted|supplemented|restated|extended|increased|reduced|suspended|waived)|agree to (?:further )?(?:amend|modify|change))\b|(?<!\p{L})(?:wird|werden|erhält|est|sont|sera|seront)(?!\p{L})[^.;]{0,200}?(?:geändert|ersetzt|gestrichen|gefasst|eingefügt|angefügt|ergänzt|aufgehoben|fassung|remplac|supprim|modifi|ajout|insér|complét|abrog)/iu;

/** Whether the words at `at` say when this amendment holds: of itself, or of a change that it makes. */
function holdsFrom(list: TokenList, at: number, own: 'amendment' | 'agreement'): boolean {
	const subject = subjectAt(list, at, own);
	if (subject === 'this') return true;
	return subject === undefined && AMENDS.test(list.source) && !isAttribute(list, at);
}

const OPENS_STRETCH =
	/^(?:notwithstanding [^,;]{1,120}, )?(?:for|during) the (?:limited |temporary )?period (?:from|beginning|commencing|starting)\b/i;

/** `For the period from 1 June 2027 to 31 August 2027 the number of users is increased`: a change with a beginning and an end. */
export function readStretch(
	days: ContractDays,
): { from: DateExpression; until: DateExpression; quote: Quote } | undefined {
	for (const sentence of days.source.sentences(/the (?:limited |temporary )?period/i)) {
		const body = sentence.text.replace(/^(?:[0-9.]{1,8}|\([a-z0-9]{1,4}\)) /i, '');
		if (!OPENS_STRETCH.test(body) || !AMENDS.test(body)) continue;
		const mentions = readMentions(days.reader(sentence.text));
		const from = mentions.find(({ role }) => role === 'start');
		const until = mentions.find(({ role, start }) => role === 'end' && start > (from?.start ?? 0));
		if (from && until) return { from: from.expression, until: until.expression, quote: sentence.quote() };
	}
	return undefined;
}

/** A day from which something holds, where the words leave open whether that is the amendment. */
export function unclearEffect(days: ContractDays): Quote | undefined {
	for (const sentence of days.source.sentences(SPEAKS)) {
		if (!AMENDS.test(sentence.text) || /^whereas\b/i.test(sentence.text)) continue;
		const reader = days.reader(sentence.text);
		for (let at = 0; at < reader.list.length; at++) {
			const behind = reader.list.quoted(at) ? -1 : behindEffect(reader.list, at);
			const day = behind < 0 ? undefined : dayBehind(reader, behind);
			if (!day) continue;
			return sentence.quote(reader.list.place(at, at + 1).start, reader.list.place(at, day.next).end);
		}
	}
	return undefined;
}

function statementsOf(days: ContractDays, sentence: SourceSentence): EffectStatement[] {
	const reader = days.reader(sentence.text);
	const { list } = reader;
	const found: EffectStatement[] = [];
	for (let at = 0; at < list.length; at++) {
		const behind = behindEffect(list, at);
		if (behind < 0) continue;
		const day = dayBehind(reader, behind);
		if (!day || list.quoted(at) || !holdsFrom(list, at, days.own)) continue;
		const { start } = list.place(at, at + 1);
		const { end } = list.place(at, day.next);
		const signature = day.expression.kind === 'anchor' && day.expression.name === SIGNATURE_DATE;
		found.push({ expression: day.expression, signature, quote: sentence.quote(start, end) });
		at = day.next - 1;
	}
	return found;
}

/** Everything that an amendment says of itself about the day from which it holds. */
export function readEffectStatements(days: ContractDays): EffectStatement[] {
	const found: EffectStatement[] = [];
	for (const sentence of days.source.sentences(SPEAKS)) {
		if (SPEAKS.test(sentence.text) && !sentence.text.startsWith('"')) found.push(...statementsOf(days, sentence));
	}
	return found;
}

/** The end of an amendment that is temporary. */
export interface Expiry {
	/** Last day on which it holds. */
	day?: string;
	problem?: string;
	quote: Quote;
	steps: DerivationStep[];
}

const ENDS =
	/expire|remain in|continue in|until|through|terminate|revert|temporar|cease|period|reinstat|befristet|jusqu/i;
const REVERTS =
	/\brevert(?:s|ed|ing)?\b|\breinstated\b|\bcease(?:s)? to (?:apply|be|have)|\bno longer (?:apply|be in)|\bas (?:it|they) (?:was|were|existed) (?:before|prior)/i;
const LASTS =
	/\b(?:expire|remain|continue|terminate|apply|be in (?:full force and )?effect|cease|lapse|be valid|end|hold)/i;

/** When an amendment ends by itself: `This Amendment shall expire on …`, `… until …, and shall then revert to …`. */
export function readExpiry(days: ContractDays): Expiry | undefined {
	for (const sentence of days.source.sentences(ENDS)) {
		if (!ENDS.test(sentence.text) || sentence.text.startsWith('"') || !LASTS.test(sentence.text)) continue;
		const reader = days.reader(sentence.text);
		for (const mention of readMentions(reader)) {
			const reverts = revertNear(reader.list, mention.from, mention.next);
			const behind = reverts === 'before' && (mention.role === 'limit' || mention.role === 'other');
			if ((mention.role !== 'end' && !behind) || reader.list.quoted(mention.from)) continue;
			const verb = verbBefore(reader.list, mention.from);
			if (reverts === undefined && subjectAt(reader.list, verb, days.own) !== 'this') continue;
			const revertsOn = behind && mention.role === 'other';
			const read = days.resolve(mention.expression);
			const quote = sentence.quote();
			return 'day' in read
				? { day: lastDay(read.day, revertsOn), quote, steps: read.steps }
				: { problem: read.problem, quote, steps: read.steps };
		}
	}
	return undefined;
}

/** Whether the words `revert`, `cease to apply` … stand shortly before a day, or after it. */
function revertNear(list: TokenList, from: number, next: number): 'before' | 'after' | undefined {
	const { start, end } = list.place(Math.max(0, from - 16), from);
	if (from > 0 && REVERTS.test(list.source.slice(start, end))) return 'before';
	const after = list.place(next, Math.min(list.length, next + 40));
	return REVERTS.test(list.source.slice(after.start, after.end)) ? 'after' : undefined;
}

/** `shall revert on 1 May 2027`: what was changed holds up to the day before. */
function lastDay(day: string, revertsOn: boolean): string {
	return revertsOn ? (addDays(day, -1) ?? day) : day;
}

function verbBefore(list: TokenList, at: number): number {
	for (let back = at - 1; back > at - 24 && back >= 0; back--) {
		if (
			/^(?:expire|expires|remain|remains|continue|continues|terminate|terminates|apply|applies|cease|lapse|be|end|ends)$/.test(
				list.word(back),
			)
		)
			return back;
	}
	return at;
}
