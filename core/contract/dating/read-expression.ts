import { KnownNames, readAnchor } from './anchor-name';
import { mayBegin } from './beginnings';
import type { CalendarUnit } from './calendar';
import { CONNECTORS } from './connectors';
import { readDateAt } from './date';
import { readDurationAt } from './duration';
import type { DateExpression, ExpressionReading } from './expression';
import { readHolding } from './holding';
import { readNumeral, readOrdinal } from './numeral';
import type { TokenList } from './token';

/** Descriptions within descriptions: `the end of the month in which the anniversary of …`. */
const DEEPEST = 4;
const MOST_CHOICES = 5;
const LONGEST_CHOICE = 40;
const UNITS = new Map<string, CalendarUnit>([
	['month', 'month'],
	['quarter', 'quarter'],
	['year', 'year'],
]);

/** Reads descriptions of days at a token. Every rule looks at a bounded number of tokens, so a text costs linear time. */
export class ExpressionReader {
	constructor(
		readonly list: TokenList,
		readonly known: KnownNames = NO_NAMES,
	) {}

	/** The description that begins at `at`, with its article. */
	read(at: number, depth = 0): ExpressionReading | undefined {
		if (depth > DEEPEST || !mayBegin(this.list, at)) return undefined;
		const { list } = this;
		const date = readDateAt(list, at) ?? (list.word(at) === 'the' ? readDateAt(list, at + 1) : undefined);
		if (date) {
			const expression: DateExpression =
				date.day === undefined ? { kind: 'unknown', problem: date.problem ?? '' } : { kind: 'day', day: date.day };
			return { expression, from: at, next: date.next };
		}
		const start = list.word(at) === 'the' ? at + 1 : at;
		return (
			this.#choice(at, start, depth) ??
			this.#anniversary(at, start, depth) ??
			this.#shift(at, start, depth) ??
			this.#edge(at, start, depth) ??
			this.#neighbour(at, start, depth) ??
			readAnchor(list, at, this.known)
		);
	}

	/** All descriptions of a text, from left to right, none within another. */
	all(): ExpressionReading[] {
		const found: ExpressionReading[] = [];
		for (let at = 0; at < this.list.length;) {
			const read = this.read(at);
			if (read) found.push(read);
			at = Math.max(at + 1, read?.next ?? 0);
		}
		return found;
	}

	/** `the earlier of (a) 31 December 2027 and (b) the second anniversary of the Effective Date`. */
	#choice(from: number, at: number, depth: number): ExpressionReading | undefined {
		const { list } = this;
		const take = /^(?:earlier|earliest|sooner|lesser|shorter)$/.test(list.word(at))
			? 'earlier'
			: /^(?:later|latest|greater|longer)$/.test(list.word(at))
				? 'later'
				: undefined;
		if (take === undefined) return undefined;
		let next = at + 1;
		if (list.startsWith(next, ['to', 'occur'])) next += 2;
		if (list.word(next) !== 'of') return undefined;
		next++;
		if (list.word(next) === ':') next++;
		const of: DateExpression[] = [];
		while (of.length < MOST_CHOICES) {
			const item = this.#choiceItem(next, depth);
			of.push(item.expression);
			next = item.next;
			const more = list.skip(next, new Set([',', ';', 'and', 'or']), 3);
			if (more === next) break;
			const labelled = list.word(more) === '(' && list.word(more + 2) === ')';
			if (!labelled && of.length >= 2 && list.word(more - 1) === ',') break;
			if (!labelled && of.length >= 2) break;
			next = more;
		}
		// `the greater of $100 and the fees paid` is about no day at all.
		const dated = of.some(({ kind }) => kind !== 'unknown');
		return of.length < 2 || !dated ? undefined : { expression: { kind: 'choice', take, of }, from, next };
	}

	/** One of several days. What cannot be dated stays as a problem: it may be the one that counts. */
	#choiceItem(at: number, depth: number): { expression: DateExpression; next: number } {
		const { list } = this;
		const labelled = list.word(at) === '(' && list.word(at + 2) === ')';
		let start = labelled ? at + 3 : at;
		if (list.word(start) === 'on') start++;
		const read = this.read(start, depth + 1);
		if (read) return read;
		let next = start;
		while (next < list.length && next < start + LONGEST_CHOICE && !/^(?:,|;|and|or|\.|\))$/.test(list.word(next)))
			next++;
		return { expression: { kind: 'unknown', problem: `"${list.written(start, next)}" has no date` }, next };
	}

	/** `the second anniversary of the Commencement Date`, `the 2-year anniversary of …`. */
	#anniversary(from: number, at: number, depth: number): ExpressionReading | undefined {
		const { list } = this;
		const ordinal = readOrdinal(list, at) ?? this.#yearCount(at);
		const word = ordinal ? ordinal.next : at;
		if (list.word(word) !== 'anniversary') return undefined;
		if (list.word(word + 1) !== 'of' && list.word(word + 1) !== 'following') return undefined;
		const of = this.read(word + 2, depth + 1);
		if (!of) return undefined;
		const place = { from, next: of.next };
		if (!ordinal) {
			// Each anniversary in turn is no single day.
			if (from === at) return undefined;
			const problem = `"${list.written(from, of.next)}" does not say which anniversary`;
			return { expression: { kind: 'unknown', problem }, ...place };
		}
		if (ordinal.problem !== undefined) {
			return { expression: { kind: 'unknown', problem: ordinal.problem }, ...place };
		}
		return { expression: { kind: 'anniversary', nth: ordinal.value, of: of.expression }, ...place };
	}

	#yearCount(at: number): { value: number; next: number; problem?: string } | undefined {
		const count = readNumeral(this.list, at);
		if (!count) return undefined;
		const unit = this.list.word(count.next) === '-' ? count.next + 1 : count.next;
		return this.list.word(unit) === 'year' ? { ...count, next: unit + 1 } : undefined;
	}

	/** `three (3) years from the Effective Date`, `the date that is thirty days before the Closing Date`. */
	#shift(from: number, at: number, depth: number): ExpressionReading | undefined {
		const { list } = this;
		const start = this.#dateThatIs(at);
		const length = readDurationAt(list, start);
		if (!length) return undefined;
		const link = this.#connector(this.#aside(length.next));
		if (!link) return undefined;
		// `within 30 days of the Closing Date`; the last months of a term are no distance.
		if (list.word(link.next - 1) === 'of' && list.word(at - 1) !== 'within') return undefined;
		const base = this.read(link.next, depth + 1);
		if (!base) return undefined;
		const place = { from, next: base.next };
		if (length.problem !== undefined) return { expression: { kind: 'unknown', problem: length.problem }, ...place };
		const period = link.period && start === at;
		const expression: DateExpression = {
			kind: 'shift',
			by: length.duration,
			direction: link.direction,
			period,
			from: base.expression,
		};
		return { expression, ...place };
	}

	#dateThatIs(at: number): number {
		const { list } = this;
		const noun = list.word(at) === 'date' || list.word(at) === 'day';
		if (!noun) return at;
		if (/^(?:that|which)$/.test(list.word(at + 1)) && /^(?:is|falls|occurs)$/.test(list.word(at + 2))) return at + 3;
		return list.word(at + 1) === 'falling' ? at + 2 : at;
	}

	/** `three years (the "Initial Term")`, `a one-year period`: what may stand between a length and its beginning. */
	#aside(at: number): number {
		const { list } = this;
		let next = list.skip(at, new Set(['period', 'term', 'duration', "'", 's']), 3);
		if (list.word(next) === '(') {
			let close = next;
			while (close < next + 16 && list.word(close) !== ')') close++;
			if (list.word(close) === ')') next = close + 1;
		}
		return list.skip(next, new Set([',', 'calculated', 'measured', 'running', 'counting']), 2);
	}

	/** The word that ties a length to a day: which way it goes, and whether a period begins with that day. */
	#connector(at: number): { direction: 1 | -1; period: boolean; next: number } | undefined {
		const { list } = this;
		const start = list.word(at) === 'immediately' || list.word(at) === 'next' ? at + 1 : at;
		for (const { words, direction, period } of CONNECTORS) {
			if (list.startsWith(start, words)) return { direction, period, next: start + words.length };
		}
		return undefined;
	}

	/** `the end of the calendar year in which the Effective Date falls`, `the first day of the month following …`. */
	#edge(from: number, at: number, depth: number): ExpressionReading | undefined {
		const { list } = this;
		const day = list.word(at + 1) === 'day' ? at + 2 : at + 1;
		const last = /^(?:end|close)$/.test(list.word(at)) || (list.word(at) === 'last' && day === at + 2);
		const first = /^(?:beginning|start)$/.test(list.word(at)) || (list.word(at) === 'first' && day === at + 2);
		if ((!last && !first) || list.word(day) !== 'of') return undefined;
		const fiscal = /^(?:fiscal|financial|contract)$/.test(list.word(list.skip(day + 1, ARTICLES)));
		// `the third month following …`
		const counted = readOrdinal(list, list.skip(day + 1, ARTICLES));
		const unitAt = list.skip(
			counted?.next ?? day + 1,
			new Set([...ARTICLES, 'full', 'calendar', 'fiscal', 'financial', 'contract']),
		);
		const unit = UNITS.get(list.word(unitAt));
		if (unit === undefined) return undefined;
		const link = readHolding(list, unitAt + 1);
		if (!link || (counted && (link.steps === 0 || counted.problem !== undefined))) return undefined;
		const of = this.read(link.next, depth + 1);
		if (!of) return undefined;
		const next = list.skip(of.next, new Set(['occurs', 'falls', 'occurred', 'fell', 'is', 'occurring']), 1);
		if (fiscal) {
			const problem = `"${list.written(from, next)}" depends on a year of somebody's own`;
			return { expression: { kind: 'unknown', problem }, from, next };
		}
		const expression: DateExpression = {
			kind: 'edge',
			edge: last ? 'end' : 'start',
			unit,
			steps: link.steps * (counted?.value ?? 1),
			of: of.expression,
		};
		return { expression, from, next };
	}

	/** `the day before the Effective Date`. */
	#neighbour(from: number, at: number, depth: number): ExpressionReading | undefined {
		const { list } = this;
		if (list.word(at) !== 'day' && list.word(at) !== 'date') return undefined;
		const link = this.#connector(at + 1);
		if (!link || link.period || list.word(at + 1) === 'of') return undefined;
		const of = this.read(link.next, depth + 1);
		if (!of) return undefined;
		const by = { months: 0, days: 1, businessDays: 0, hours: 0 };
		const expression: DateExpression = {
			kind: 'shift',
			by,
			direction: link.direction,
			period: false,
			from: of.expression,
		};
		return { expression, from, next: of.next };
	}
}

const NO_NAMES = new KnownNames(new Set());
const ARTICLES = new Set(['the', 'such', 'that']);
