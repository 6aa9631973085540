import type { DateExpression } from './expression';
import type { ExpressionReader } from './read-expression';
import { isPeriodAt, roleAt, type DayRole } from './role';

/** A description of a day as it stands in a sentence. */
export interface DayMention {
	expression: DateExpression;
	role: DayRole;
	/** Named only (`the Effective Date`): it counts where its role says so. */
	bare: boolean;
	/** Offsets in the sentence. */
	start: number;
	end: number;
	/** Tokens. */
	from: number;
	next: number;
}

/** Every description of a day has a figure, or one of these words, in it. */
const MAY_HOLD =
	/[0-9]|date|day\b|datum|deadline|hereof|written|term\b|stichtag|beginn|hundred|thousand|clos|complet|launch|commenc|expir|live\b/i;

/** `each twelve-month period commencing …` is no single stretch. */
const REPEATED = /^(?:each|every|any)|(?:each|every)$/;

/** All days that a sentence speaks of, with what they do in it. */
export function readMentions(reader: ExpressionReader): DayMention[] {
	if (!MAY_HOLD.test(reader.list.source)) return [];
	const { list } = reader;
	let after = 0;
	return reader.all().map((read) => {
		const role = roleAt(list, read.from, after);
		let { expression } = read;
		if (expression.kind === 'shift') {
			expression = {
				...expression,
				period: isPeriodAt(list, read.from, after, expression.period) && expression.direction > 0,
			};
		}
		if (
			expression.kind === 'shift' &&
			expression.period &&
			REPEATED.test(list.word(read.from - 1) + list.word(read.from))
		) {
			expression = { kind: 'unknown', problem: `"${list.written(read.from, read.next)}" stands for several periods` };
		}
		after = read.next;
		const stretch = expression.kind === 'shift' && expression.period;
		return {
			expression,
			role: stretch && role !== 'limit' ? 'end' : role,
			bare: expression.kind === 'anchor',
			...list.place(read.from, read.next),
			from: read.from,
			next: read.next,
		};
	});
}
