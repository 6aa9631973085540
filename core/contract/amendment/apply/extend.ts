import { readDates } from '../read/dates';
import type { Base } from '../target/base';
import { isFailure } from '../target/located';
import { resolvePlace } from '../target/resolve';
import { flat } from '../text/plain';
import type { Instruction } from '../types';
import { fail, type Outcome } from './edit';

const ENDS =
	/(?:\buntil|\bthrough(?: and including)?|\bup to(?: and including)?|\b(?:expir|end|terminat|continu|laps)\w* (?:on|at|until|through)(?: the close of(?: business on)?)?)\s*$/i;
const REACH = 60;

/** `The term in Section 6 is extended through May 31, 2028`: the one date there on which something ends gives way. */
export function extendedEnd(base: Base, instruction: Instruction): Outcome {
	const unknown = fail('ambiguous', 'It names a clause and not the words that change in it.');
	const [place] = instruction.target.places;
	const wanted = readDates(instruction.new?.text ?? '');
	const [date] = wanted;
	if (!place || !date || wanted.length > 1) return unknown;
	const located = resolvePlace(base, place);
	if (isFailure(located)) return located;
	const own = base.plain(located.span);
	const text = flat(own.text);
	const ends = readDates(text).filter(({ start }) => ENDS.test(text.slice(Math.max(0, start - REACH), start)));
	const [old] = ends;
	if (!old || ends.length > 1) return unknown;
	if (date.value <= old.value) return fail('conflict', `The clause ends on ${old.value} already.`);
	const words = (instruction.new?.text ?? '').slice(date.start, date.end);
	return {
		status: 'applied',
		edits: [{ start: own.sourceAt(old.start), end: own.sourceEnd(old.end), text: words }],
		fact: { name: 'term', value: instruction.new?.text ?? '' },
	};
}
