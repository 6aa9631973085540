import type { Quote } from '../../model';
import { addDays } from './calendar';
import type { ContractDays } from './days';
import { durationInWords, shiftDay, type Duration } from './duration';
import { readPeriodFacts, type PeriodFacts } from './period-clause';
import { shiftProblem, type DayReading, type DerivationStep } from './resolve';
import type { ClauseNode } from '../tree';

/** The term of a contract. Days are ISO dates; ends are last days, which still belong to the term. */
export interface ContractPeriod {
	start?: string;
	length?: Duration;
	/** Last day of the initial term. */
	initialEnd?: string;
	/** Whether it renews itself unless somebody gives notice. */
	automatic: boolean;
	/** How long each renewal lasts, and how many there may be. */
	renewal?: Duration;
	mostRenewals?: number;
	/** How long before the end of a term notice has to be given. */
	notice?: Duration;
	/** As of the day asked for: renewals so far, last day of the current term and of the next one, last day for notice. */
	renewals?: number;
	currentEnd?: string;
	nextEnd?: string;
	noticeBy?: string;
	/** It runs until somebody ends it. */
	openEnded: boolean;
	problems: string[];
	/** How the days were worked out. */
	steps: DerivationStep[];
	/** The sentence that says most of it. */
	quote?: Quote;
}

const HEADINGS =
	/^(?:(?:initial |contract |subscription )?term|term (?:of|and) (?:this |the )?(?:agreement|contract|termination|renewal|duration)|term[;,/ &]{1,3}(?:and )?(?:termination|renewal)|duration(?: of (?:this |the )?agreement)?|term, termination.{0,40}|laufzeit|vertragsdauer|vertragslaufzeit|durée(?: du contrat)?)$/i;
const SPEAKS =
	/initial term|term of (?:this|the) |this (?:agreement|contract|lease|licence|license) (?:shall |will )?(?:commence|begin|start|continue|remain|expire|terminate|become|automatically|is effective|renew)|automatically renew|renew(?:s|ed)? automatically|vertrag (?:beginnt|endet|verlängert)/i;
/** What holds during the term is not the term. */
const ASIDE = /\b(?:during|throughout|within) (?:the |any |each )?(?:initial |renewal )?term\b/i;
const MOST_RENEWALS = 5_000;

/** Clauses that speak of the term: by their heading, else by their words; not those of schedules. */
function termClauses(days: ContractDays): Array<{ node: ClauseNode; titled: boolean }> {
	const { nodes } = days.source.tree;
	const inSchedule = new Set<number>();
	for (const node of nodes) if (node.kind === 'schedule' || inSchedule.has(node.parent)) inSchedule.add(node.index);
	const own = nodes.filter((node) => !inSchedule.has(node.index) && !node.table);
	const titled = new Set<number>();
	for (const node of own) {
		if (HEADINGS.test((node.heading ?? node.term ?? '').trim()) || titled.has(node.parent)) titled.add(node.index);
	}
	const headed = own.filter((node) => titled.has(node.index));
	const { text } = days.source.document;
	const speaking = own.filter(
		(node) => !titled.has(node.index) && SPEAKS.test(text.slice(node.span.start, node.span.end)),
	);
	return [...headed.map((node) => ({ node, titled: true })), ...speaking.map((node) => ({ node, titled: false }))];
}

function readFacts(days: ContractDays): PeriodFacts[] {
	const facts: PeriodFacts[] = [];
	for (const { node, titled } of termClauses(days)) {
		for (const sentence of days.source.sentencesOf(node)) {
			if (!titled && (!SPEAKS.test(sentence.text) || ASIDE.test(sentence.text))) continue;
			if (
				!/term|renew|commence|begin|start|effect|expire|continue|until|through|valid|\bends?\b|year|month|notice|endet|verläng|frist|durée|laufzeit/i.test(
					sentence.text,
				)
			)
				continue;
			const read = readPeriodFacts(days.reader(sentence.text), sentence);
			if (read) facts.push(read);
		}
	}
	return facts;
}

class PeriodBuilder {
	readonly period: ContractPeriod = { automatic: false, openEnded: false, problems: [], steps: [] };

	constructor(
		private readonly days: ContractDays,
		private readonly facts: PeriodFacts[],
	) {}

	build(): ContractPeriod {
		const { period, facts } = this;
		// The sentence that begins the term says how long it is; a later one about something else does not.
		const main =
			facts.find(({ start, length, end }) => start && (length ?? end)) ??
			facts.find(({ length, end }) => length ?? end);
		const problem = facts.find((fact) => fact.problem !== undefined && (fact === main || !main))?.problem;
		if (problem !== undefined) period.problems.push(problem);
		this.#length(main);
		this.#end(main);
		this.#renewal();
		if (period.initialEnd === undefined && facts.some(({ openEnded }) => openEnded)) period.openEnded = true;
		const quoted = main ?? facts[0];
		if (quoted) period.quote = quoted.sentence.quote();
		if (period.initialEnd !== undefined) this.#current(period.initialEnd);
		else if (period.problems.length === 0) {
			period.problems.push(
				period.openEnded ? 'the contract runs until somebody ends it' : 'the contract does not say when its term ends',
			);
		}
		return period;
	}

	#take(read: DayReading, sentence: PeriodFacts['sentence']): string | undefined {
		const { period } = this;
		for (const step of read.steps) if (!period.steps.includes(step)) period.steps.push(step);
		if ('day' in read) return read.day;
		period.problems.push(read.problem);
		period.quote ??= sentence.quote();
		return undefined;
	}

	#length(main: PeriodFacts | undefined): void {
		const { period } = this;
		if (main?.length) period.length = main.length;
		const begins = main?.start ? main : this.facts.find(({ start }) => start);
		if (!begins?.start) return;
		const start = this.#take(this.days.resolve(begins.start), begins.sentence);
		if (start !== undefined) period.start = start;
	}

	#end(main: PeriodFacts | undefined): void {
		const { period } = this;
		const stated = main?.end ? this.#take(this.days.resolve(main.end), main.sentence) : undefined;
		const counted = this.#counted();
		if (stated !== undefined) {
			period.initialEnd = stated;
			const disagrees =
				counted !== undefined && main?.end?.kind === 'day' && counted !== stated && addDays(counted, 1) !== stated;
			if (disagrees) {
				period.problems.push(
					`the term ends on ${stated}, and ${durationInWords(period.length ?? NONE)} from ${period.start ?? ''} end on ${counted}`,
				);
				delete period.initialEnd;
			}
		} else if (counted !== undefined && main?.end === undefined) {
			period.initialEnd = counted;
			period.steps.push({
				says: `${durationInWords(period.length ?? NONE)} from ${period.start ?? ''}, last day: ${counted}`,
			});
		} else if (period.length && period.start === undefined && period.problems.length === 0) {
			period.problems.push(`the term lasts ${durationInWords(period.length)}, and the contract does not say from when`);
		}
	}

	/** Last day of the initial term by its length. */
	#counted(): string | undefined {
		const { start, length, problems } = this.period;
		if (start === undefined || !length) return undefined;
		const problem = shiftProblem(start, length);
		if (problem !== undefined) problems.push(problem);
		const next = problem === undefined ? shiftDay(start, length, 1) : undefined;
		return next === undefined ? undefined : addDays(next, -1);
	}

	#renewal(): void {
		const { period, facts } = this;
		const automatic = facts.filter(({ renews }) => renews?.automatic);
		const renews =
			automatic.find((fact) => fact.renews?.every ?? fact.renews?.sameLength)?.renews ?? automatic[0]?.renews;
		if (!renews) return;
		period.automatic = true;
		const every = renews.every ?? (renews.sameLength ? period.length : undefined);
		if (every) period.renewal = every;
		if (renews.most !== undefined) period.mostRenewals = renews.most;
		const notices = facts.flatMap(({ notice }) => (notice ? [notice] : []));
		const [notice] = notices;
		if (notice && notices.every((one) => JSON.stringify(one) === JSON.stringify(notice))) period.notice = notice;
		else if (notice) period.problems.push('the contract names several periods of notice');
		const problem = automatic.find((fact) => fact.problem !== undefined)?.problem;
		if (problem !== undefined && !period.problems.includes(problem)) period.problems.push(problem);
	}

	/** Renewals up to the day asked for. Each end is counted from the first one, so that clipped months do not creep. */
	#current(initialEnd: string): void {
		const { period } = this;
		const { asOf } = this.days.options;
		const ends = (count: number): string | undefined => this.#endAfter(initialEnd, count);
		let count = 0;
		let end: string | undefined = initialEnd;
		while (
			asOf !== undefined &&
			end < asOf &&
			period.automatic &&
			count < Math.min(period.mostRenewals ?? MOST_RENEWALS, MOST_RENEWALS)
		) {
			const next = ends(count + 1);
			if (next === undefined || next <= end) break;
			count++;
			end = next;
		}
		period.renewals = count;
		period.currentEnd = end;
		if (count > 0) period.steps.push({ says: `renewed ${count} time(s) up to ${asOf ?? ''}, last day: ${end}` });
		const next = period.automatic && count < (period.mostRenewals ?? Infinity) ? ends(count + 1) : undefined;
		if (next !== undefined) period.nextEnd = next;
		if (
			asOf !== undefined &&
			end < asOf &&
			period.automatic &&
			(period.mostRenewals === undefined || !period.renewal)
		) {
			period.problems.push('the contract renews itself, and how long cannot be told');
		}
		const by =
			period.notice && (shiftProblem(end, period.notice) === undefined ? shiftDay(end, period.notice, -1) : undefined);
		if (by !== undefined && period.automatic) period.noticeBy = by;
	}

	#endAfter(initialEnd: string, count: number): string | undefined {
		const { renewal } = this.period;
		const first = addDays(initialEnd, 1);
		if (!renewal || first === undefined || renewal.businessDays > 0) return undefined;
		const whole = {
			months: renewal.months * count,
			days: renewal.days * count,
			businessDays: 0,
			hours: renewal.hours * count,
		};
		const next = shiftDay(first, whole, 1);
		return next === undefined ? undefined : addDays(next, -1);
	}
}

const NONE: Duration = { months: 0, days: 0, businessDays: 0, hours: 0 };

/** The term of a contract and how it renews, from its term clause and the days that it defines. */
export function readPeriod(days: ContractDays): ContractPeriod {
	return new PeriodBuilder(days, readFacts(days)).build();
}
