import {
	findDurations,
	isoDuration,
	readMentions,
	type ContractPeriod,
	type DayMention,
	type DerivationStep,
} from '../dating';
import type { DateDerivation, TermRenewal, TermValue } from '../../model';
import { conditionOn } from './condition';
import type { Passage, Sentence } from './passage';
import { agreed, narrowed, problemIn, type Found, type Mention, type Reading, type ReadingContext } from './reading';

interface DateMention extends Mention {
	day?: string;
	role: DayMention['role'];
	bare: boolean;
	steps: DerivationStep[];
}

const MOST_STEPS = 12;

function derivation(steps: DerivationStep[]): { derivation?: DateDerivation[] } {
	return steps.length > 0 ? { derivation: steps.slice(-MOST_STEPS) } : {};
}

function findIn({ days }: ReadingContext, sentence: Sentence): Array<Found<DateMention>> {
	const reader = days.reader(sentence.text);
	const mentions = readMentions(reader);
	return mentions.map((mention) => {
		const read = days.resolve(mention.expression);
		const { role, start, end } = mention;
		// A sentence that is nothing but a name (a cell, a line of a cover page) means that day.
		const alone = mentions.length === 1 && end - start >= sentence.text.length - 2;
		const told = 'day' in read ? { day: read.day } : { problem: read.problem };
		return { mention: { ...told, role, bare: mention.bare && !alone, start, end, steps: read.steps }, sentence };
	});
}

/** Mentions that the extractor asks for: the day that ends, else the one day that is named at all. */
function wanted(context: ReadingContext, all: Array<Found<DateMention>>): Array<Found<DateMention>> {
	const { day, near } = context.extractor;
	if (day === 'start') return all.filter(({ mention }) => mention.role === 'start');
	const ends = all.filter(({ mention }) => mention.role === 'end');
	if (day === 'end') return ends;
	const named = all.filter(({ mention }) => !mention.bare || near !== undefined);
	const several = new Set(named.map(({ mention }) => mention.day ?? mention.problem)).size > 1;
	if (ends.length > 0 && (several || named.length === 0)) return ends;
	const free = named.filter(({ mention }) => mention.role !== 'limit');
	return free.length > 0 ? free : named;
}

const OPEN =
	/\bcontinu|\bremain|\bin effect|\brenew|\bperiod of|\bfor (?:an? )?(?:initial )?(?:term|period)\b|\buntil\b|\bindefinit|\bperpetual|laufzeit|verläng|\bdauer|durée|reconduit/i;

/** `from 1 April 2027 for twelve months`: the length makes the day a beginning. */
function lasts(text: string): boolean {
	return /year|month|week|day|jahr|monat|tag|an|mois|jour/i.test(text) && findDurations(text).length > 0;
}

/** A clause that says when something begins and not when it ends must not be read as if it did. */
function beginsOnly(found: Array<Found<DateMention>>, passage: Passage): boolean {
	const begins = found.length > 0 && found.every(({ mention }) => mention.role === 'start');
	return begins && passage.sentences.some(({ text }) => OPEN.test(text) || lasts(text));
}

/** Whether the contract's term is told in this clause. */
function tellsTerm(period: ContractPeriod, passage: Passage): boolean {
	const span = period.quote?.span;
	return span !== undefined && span.start < passage.node.extent.end && span.end > passage.node.extent.start;
}

function renewal(period: ContractPeriod): { renewal?: TermRenewal } {
	if (!period.automatic) return {};
	const { renewal: every, notice } = period;
	return {
		renewal: {
			...(every ? { every: isoDuration(every) } : {}),
			...(notice ? { notice: isoDuration(notice) } : {}),
			...(notice && notice.businessDays > 0 ? { noticeInBusinessDays: true as const } : {}),
			...(period.noticeBy !== undefined ? { noticeBy: period.noticeBy } : {}),
			...(period.nextEnd !== undefined ? { next: period.nextEnd } : {}),
		},
	};
}

/** The date that counts of a term that is told by its length, or that renews itself. */
function fromPeriod(context: ReadingContext, passage: Passage, period: ContractPeriod): Reading {
	const { day } = context.extractor;
	const ends = period.currentEnd ?? period.initialEnd;
	const value =
		day === 'start' ? period.start : day === 'notice' ? period.noticeBy : day === 'next' ? period.nextEnd : ends;
	const { quote } = period;
	const doubt = period.problems[0];
	if (value === undefined || doubt !== undefined || !quote) {
		const missing = day === 'notice' ? 'no last day for notice' : 'no calendar date';
		const why = doubt === undefined ? '' : `: ${doubt}`;
		return { problem: `The clause "${passage.label}" names ${missing}${why}.`, ...(quote ? { quote } : {}) };
	}
	const date: TermValue = {
		type: 'date',
		value,
		...derivation(period.steps),
		...(day === 'start' ? {} : renewal(period)),
	};
	return { value: date, quote };
}

/**
 * The one date of a clause; among several the one that `until`, `expires`, `through` … introduce. Dates that are
 * described are worked out from the contract; a term that renews itself ends with its current period. A day that
 * depends on a condition is none.
 */
export function readDate(context: ReadingContext, passage: Passage): Reading {
	const reading = readDay(context, passage);
	if (!('value' in reading) || context.extractor.day === 'start') return reading;
	const condition = conditionOn(reading.quote.text, passage);
	if (condition === undefined) return reading;
	const problem = `The date of the clause "${passage.label}" depends on what stands beside it: "${condition}".`;
	return { problem, quote: reading.quote };
}

function readDay(context: ReadingContext, passage: Passage): Reading {
	const { day } = context.extractor;
	if (day === 'notice' || day === 'next') return fromPeriod(context, passage, context.days.period);
	const all = passage.sentences.flatMap((sentence) => findIn(context, sentence));
	const found = wanted(context, all);
	const speaksOfTerm = passage.sentences.some(({ text }) => OPEN.test(text) || lasts(text));
	if (day !== 'start' && context.extractor.near === undefined && speaksOfTerm) {
		const ends = found.some(({ mention }) => mention.role === 'end');
		const renews = passage.sentences.some(({ text }) => /renew|extend|verläng/i.test(text));
		if ((renews || !ends) && tellsTerm(context.days.period, passage)) {
			const { period } = context.days;
			if (period.automatic || !ends) return fromPeriod(context, passage, period);
		}
	}
	if (day === undefined && beginsOnly(narrowed(context, passage, found), passage)) {
		const first = found[0];
		const text = `The clause "${passage.label}" says when it begins and names no calendar date for its end.`;
		return problemIn(context, passage, text, first?.sentence);
	}
	const read = agreed(
		context,
		passage,
		found,
		{ one: 'calendar date', many: 'dates' },
		(mention): TermValue => ({ type: 'date', value: mention.day ?? '', ...derivation(mention.steps) }),
		(mention) => mention.day ?? '',
	);
	const left = all.find(({ mention }) => mention.problem !== undefined);
	// A name that leads nowhere says more than that there is no date.
	if ('problem' in read && found.length === 0 && left?.mention.problem !== undefined) {
		const text = `The clause "${passage.label}" names no calendar date: ${left.mention.problem}.`;
		return problemIn(context, passage, text, left.sentence);
	}
	return read;
}
