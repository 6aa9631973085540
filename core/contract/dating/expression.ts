import type { CalendarUnit } from './calendar';
import type { Duration } from './duration';

/** Names of the days that every contract has, whether it defines them or not. */
export const DATE_OF_DOCUMENT = 'date of this document';
export const SIGNATURE_DATE = 'signature date';
export const TERM_END = 'end of the term';
export const INITIAL_TERM_END = 'end of the initial term';

/** A day as a text describes it, before it is known which one that is. */
export type DateExpression =
	| { kind: 'day'; day: string }
	/** A defined day; of an `amendment`, or of the agreement (`base`), where the words say so. */
	| { kind: 'anchor'; name: string; words: string; document?: 'base' | 'amendment' }
	/**
	 * `period`: a stretch that begins with `from` and lasts `by`, whose last day is meant.
	 * Otherwise the day that many days, months or years away from it.
	 */
	| { kind: 'shift'; by: Duration; direction: 1 | -1; period: boolean; from: DateExpression }
	| { kind: 'anniversary'; nth: number; of: DateExpression }
	/** First or last day of the month, quarter or year that holds the day, or of the next one. */
	| { kind: 'edge'; edge: 'start' | 'end'; unit: CalendarUnit; steps: number; of: DateExpression }
	| { kind: 'choice'; take: 'earlier' | 'later'; of: DateExpression[] }
	| { kind: 'unknown'; problem: string };

export interface ExpressionReading {
	expression: DateExpression;
	from: number;
	next: number;
}
