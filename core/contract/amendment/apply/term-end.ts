import type { Span } from '../../../model';
import { addDays, type ContractPeriod, findDurations, readContractPeriod, writtenLike } from '../../dating';
import { type DateAt, readDates } from '../read/dates';
import type { Base } from '../target/base';
import { isFailure } from '../target/located';
import { resolvePlace } from '../target/resolve';
import { flat } from '../text/plain';
import type { Instruction } from '../types';
import { fail, type Outcome } from './edit';
import { type Extension, newEnd, readExtension } from './extension';

const ENDS =
	/(?:\buntil|\bthrough(?: and including)?|\bup to(?: and including)?|\b(?:expir|end|terminat|continu|laps)\w* (?:on|at|until|through)(?: the close of(?: business on)?)?|\b(?:expiration|expiry|end) date (?:is|of)|(?<!\p{L})(?:bis(?: einschließlich)?(?: zum)?|(?:endet|läuft)(?: am| zum)?|Ablauf des|jusqu'au|(?:prend(?:ra)? fin|expire(?:ra)?|s'achève(?:ra)?|se termine(?:ra)?|à échéance) le))\s*$/iu;
const REACH = 60;
const UNKNOWN = 'It names a clause and not the words that change in it.';

/** A stretch of the agreement that says when its term ends, and where. */
interface Stated {
	end: DateAt;
	/** Places of the source. */
	span: Span;
	words: string;
}

/**
 * The day on which the term ends changes: `is extended through May 31, 2028`, `by twelve months`, `shall expire on …`. The
 * one date that says it in the clause named, else in the clause where the agreement states its term, gives way; where
 * none does, it is a fact.
 */
export function setTermEnd(base: Base, instruction: Instruction, all: readonly Instruction[]): Outcome {
	const extension = readExtension(instruction.new?.text ?? '');
	return instruction.target.places.length === 0
		? inAgreement(base, instruction, extension, all)
		: inClause(base, instruction, extension);
}

function inClause(base: Base, instruction: Instruction, extension: Extension): Outcome {
	const [place, ...others] = instruction.target.places;
	if (!place || others.length > 0) return fail('ambiguous', UNKNOWN);
	const located = resolvePlace(base, place);
	if (isFailure(located)) return located;
	const own = base.plain(located.span);
	const text = flat(own.text);
	const ends = readDates(text).filter(({ start }) => ENDS.test(text.slice(Math.max(0, start - REACH), start)));
	const [end] = ends;
	if (ends.length > 1) return fail('ambiguous', UNKNOWN);
	if (!end) return lengthIn(base, located.span, instruction, extension) ?? fail('ambiguous', UNKNOWN);
	const span = { start: own.sourceAt(end.start), end: own.sourceEnd(end.end) };
	return written({ end, span, words: text.slice(end.start, end.end) }, instruction, extension);
}

/** `extended to five (5) years`, where the clause states one length: that one gives way. */
function lengthIn(base: Base, span: Span, instruction: Instruction, { length }: Extension): Outcome | undefined {
	if (instruction.measure !== 'to' || !length) return undefined;
	const own = base.plain(span);
	const text = flat(own.text);
	const [old, ...others] = findDurations(text);
	if (!old?.value || others.length > 0 || readDates(text).length > 0) return undefined;
	return {
		status: 'applied',
		edits: [{ start: own.sourceAt(old.start), end: own.sourceEnd(old.end), text: length.words }],
		fact: { name: 'term', value: length.words },
	};
}

/** The date that gives way, and the fact. */
function written({ end, span, words }: Stated, instruction: Instruction, extension: Extension): Outcome {
	const wanted = newEnd(extension, end.value, instruction.measure);
	if ('problem' in wanted) return fail('ambiguous', wanted.problem);
	const { day } = wanted;
	const was = instruction.old ? readDates(instruction.old.text)[0]?.value : undefined;
	// `vom 1. April 2026 bis zum …`: the day on which it ended, or the one on which it goes on.
	if (was !== undefined && was !== end.value && was !== addDays(end.value, 1))
		return fail('conflict', `It says that the term ended on ${was}; the agreement says ${end.value}.`);
	if (instruction.kind === 'extend' && day <= end.value)
		return fail('conflict', `The clause ends on ${end.value} already.`);
	const { until } = extension;
	const text = until ? (instruction.new?.text ?? '').slice(until.start, until.end) : writtenLike(words, day);
	if (text === undefined) return fail('ambiguous', `The term ends on ${day} then; how that is written is not certain.`);
	if (day === end.value) return { status: 'applied', edits: [] };
	return {
		status: 'applied',
		edits: [{ ...span, text }],
		fact: { name: 'term', value: instruction.new?.text ?? '', day, was: end.value },
	};
}

/** Without a clause: the agreement has one that states its term, or it is a fact that stands in no clause. */
function inAgreement(base: Base, instruction: Instruction, extension: Extension, all: readonly Instruction[]): Outcome {
	const { period, stated } = termOf(base);
	const { initialEnd: old, quote, length } = period;
	const value = instruction.new?.text ?? '';
	const known = newEnd(extension, old, instruction.measure);
	const day = 'day' in known ? { day: known.day } : {};
	const fact = { name: 'term' as const, value, ...day, ...(old === undefined ? {} : { was: old }) };
	if (old !== undefined && quote && isWritten(base, all, quote.span, old))
		return { status: 'applied', edits: [], fact };
	if (stated) return withRenewal(written(stated, instruction, extension), instruction, period.automatic);
	if ('problem' in known && (extension.problem !== undefined || old !== undefined))
		return fail('ambiguous', known.problem);
	const told = old ?? length;
	const clause = quote?.clause ?? '';
	return {
		status: 'applied',
		edits: [],
		fact,
		...(told === undefined ? {} : { look: `The agreement states its term in "${clause}", which was left as it is.` }),
	};
}

const WHOLE: ReadonlySet<Instruction['kind']> = new Set([
	'replace_clause',
	'restate_clause',
	'delete_clause',
	'replace_definition',
	'delete_definition',
]);

interface Written {
	spans: Span[];
	days: Set<string>;
}

const WRITTEN = new WeakMap<readonly Instruction[], Written>();

/** Whether another instruction of the amendment writes the clause, or changes the date by its words. */
function isWritten(base: Base, all: readonly Instruction[], span: Span, day: string): boolean {
	const known = WRITTEN.get(all) ?? writtenBy(base, all);
	WRITTEN.set(all, known);
	return known.days.has(day) || known.spans.some(({ start, end }) => start < span.end && span.start < end);
}

function writtenBy(base: Base, all: readonly Instruction[]): Written {
	const orders = all.filter(({ needsHuman }) => !needsHuman);
	const worded = orders.filter(({ kind }) => kind === 'replace_words' || kind === 'change_value');
	const spans = orders.flatMap(({ kind, target }) =>
		WHOLE.has(kind)
			? target.places.flatMap((place) => {
					const located = resolvePlace(base, place);
					return isFailure(located) ? [] : [located.span];
				})
			: [],
	);
	return { spans, days: new Set(worded.flatMap(({ old }) => readDates(old?.text ?? '').map(({ value }) => value))) };
}

interface Term {
	period: ContractPeriod;
	stated?: Stated;
}

const TERMS = new WeakMap<Base, Term>();

/** The term of the agreement, and the one place that says on which day it ends. */
function termOf(base: Base): Term {
	const known = TERMS.get(base);
	if (known) return known;
	const period = readContractPeriod({ document: base.document });
	const { initialEnd, quote } = period;
	const stated = initialEnd === undefined || !quote ? undefined : statedOnce(base, quote.span, initialEnd);
	const term = { period, ...(stated ? { stated } : {}) };
	TERMS.set(base, term);
	return term;
}

/** What ends and yet renews itself by its own words does not end. */
function withRenewal(outcome: Outcome, { kind }: Instruction, automatic: boolean): Outcome {
	return kind === 'terminate' && automatic && outcome.status === 'applied'
		? { ...outcome, look: 'The agreement renews itself by its own words; whether it still does has to be decided.' }
		: outcome;
}

/** The date in the sentence that states the term, if the agreement names that day nowhere else. */
function statedOnce(base: Base, span: Span, day: string): Stated | undefined {
	const all = base.plain({ start: 0, end: base.document.text.length });
	if (readDates(flat(all.text)).filter(({ value }) => value === day).length !== 1) return undefined;
	const own = base.plain(span);
	const text = flat(own.text);
	const end = readDates(text).find(({ value }) => value === day);
	return (
		end && {
			end,
			span: { start: own.sourceAt(end.start), end: own.sourceEnd(end.end) },
			words: text.slice(end.start, end.end),
		}
	);
}
