import type { Quote } from '../../model';
import { addDays, dayParts, endOf, startOf } from './calendar';
import { durationInWords, isoDuration, shiftDay, type Duration } from './duration';
import type { DateExpression } from './expression';

/** One step on the way from the words to a day, for people who check it. */
export interface DerivationStep {
	/** e.g. `Effective Date: 2026-01-15`. */
	says: string;
	quote?: Quote;
}

/** The day that a description leads to, or why it leads to none. */
export type DayReading = { day: string; steps: DerivationStep[] } | { problem: string; steps: DerivationStep[] };

/** Finds out which day a name stands for. `pending` holds the names that are being looked up, so that circles end. */
export type AnchorLookup = (
	anchor: Extract<DateExpression, { kind: 'anchor' }>,
	pending: ReadonlySet<string>,
) => DayReading;

const MOST_STEPS = 20;

/** Works out the day that a description means. Total: whatever cannot be told comes back as a problem. */
export class ExpressionResolver {
	constructor(private readonly lookup: AnchorLookup) {}

	resolve(expression: DateExpression, pending: ReadonlySet<string> = new Set()): DayReading {
		switch (expression.kind) {
			case 'day':
				return { day: expression.day, steps: [] };
			case 'unknown':
				return { problem: expression.problem, steps: [] };
			case 'anchor':
				return this.#anchor(expression, pending);
			case 'shift':
				return this.#after(expression.from, pending, (day) => shifted(day, expression));
			case 'anniversary':
				return this.#after(expression.of, pending, (day) => anniversary(day, expression.nth));
			case 'edge':
				return this.#after(expression.of, pending, (day) => edge(day, expression));
			case 'choice':
				return this.#choice(expression, pending);
		}
	}

	#anchor(anchor: Extract<DateExpression, { kind: 'anchor' }>, pending: ReadonlySet<string>): DayReading {
		const key = `${anchor.document ?? 'this'} ${anchor.name}`;
		if (pending.has(key)) return { problem: `"${anchor.words}" is defined by itself`, steps: [] };
		return this.lookup(anchor, new Set([...pending, key]));
	}

	#after(
		from: DateExpression,
		pending: ReadonlySet<string>,
		step: (day: string) => { day: string; says: string } | { problem: string },
	): DayReading {
		const start = this.resolve(from, pending);
		if ('problem' in start) return start;
		const moved = step(start.day);
		if ('problem' in moved) return { problem: moved.problem, steps: start.steps };
		return { day: moved.day, steps: [...start.steps, { says: moved.says }].slice(-MOST_STEPS) };
	}

	#choice({ take, of }: Extract<DateExpression, { kind: 'choice' }>, pending: ReadonlySet<string>): DayReading {
		const days: string[] = [];
		const steps: DerivationStep[] = [];
		for (const item of of) {
			const read = this.resolve(item, pending);
			steps.push(...read.steps);
			if ('problem' in read) return { problem: `the ${take} of several days is meant, and ${read.problem}`, steps };
			days.push(read.day);
		}
		days.sort();
		const day = (take === 'earlier' ? days[0] : days.at(-1)) ?? '';
		return { day, steps: [...steps, { says: `the ${take} of ${days.join(' and ')}: ${day}` }].slice(-MOST_STEPS) };
	}
}

type Step = { day: string; says: string } | { problem: string };

function beyond(says: string): Step {
	return { problem: `${says} lies outside the calendar` };
}

/** Why a length of time leads to no day by arithmetic alone. */
export function shiftProblem(from: string, by: Duration): string | undefined {
	if (by.businessDays > 0) return `${durationInWords(by)} depend on a calendar of business days`;
	if (by.hours % 24 !== 0) return `${durationInWords(by)} are no whole days`;
	if (by.calendar !== undefined && startOf(by.calendar, from) !== from) {
		return `${isoDuration(by)} is counted in calendar ${by.calendar}s, and ${from} does not begin one`;
	}
	return undefined;
}

/** A period runs from its first day up to the day before the same date: `[from, from + length)`. */
function shifted(from: string, { by, direction, period }: Extract<DateExpression, { kind: 'shift' }>): Step {
	const problem = shiftProblem(from, by);
	if (problem !== undefined) return { problem };
	const words = durationInWords(by);
	const end = shiftDay(from, by, direction);
	if (end === undefined) return beyond(`${words} ${direction > 0 ? 'after' : 'before'} ${from}`);
	if (!period) return { day: end, says: `${words} ${direction > 0 ? 'after' : 'before'} ${from}: ${end}` };
	const last = addDays(end, -1);
	if (last === undefined) return beyond(`${words} from ${from}`);
	return { day: last, says: `${words} from ${from}, last day: ${last}` };
}

function anniversary(from: string, nth: number): Step {
	const by = { months: nth * 12, days: 0, businessDays: 0, hours: 0 };
	const day = shiftDay(from, by, 1);
	return day === undefined
		? beyond(`anniversary ${nth} of ${from}`)
		: { day, says: `anniversary ${nth} of ${from}: ${day}` };
}

function edge(from: string, { edge: side, unit, steps }: Extract<DateExpression, { kind: 'edge' }>): Step {
	if (!dayParts(from)) return beyond(from);
	const day = side === 'end' ? endOf(unit, from, steps) : startOf(unit, from, steps);
	const which = steps === 0 ? `the ${unit} of ${from}` : `the ${unit} after that of ${from}`;
	return day === undefined ? beyond(which) : { day, says: `${side} of ${which}: ${day}` };
}
