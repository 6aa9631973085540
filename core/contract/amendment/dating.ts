import { sha256, type ContractDocument, type Effective, type Quote } from '../../model';
import { addDays, readEffective, startOfDay, type EffectiveReading } from '../dating';
import type { ContractLimits } from '../limits';
import { readDates } from './read/dates';
import { joined } from './text/spans';
import type { Amendment, Instruction } from './types';

export interface DatingInput {
	/** Days that the amendment names and does not define are looked up in it. */
	base: ContractDocument;
	/** When we learnt of it (ISO instant). */
	knownAt: string;
	/** IANA zone in which days begin; UTC without it. */
	zone?: string;
	/** When it was signed, where that is known from elsewhere; before what its signatures say. */
	signedAt?: string;
	limits?: Partial<ContractLimits>;
}

/**
 * From when to when an amendment holds, by its own words without the agreement's new text. Where its instructions hold
 * from several days, their days are theirs alone, and it says so. Quotes are places of its file.
 */
export function readDating(amendment: Amendment, input: DatingInput): EffectiveReading {
	return withOwnEnds(amendment, readBeginning(amendment, input), input.zone ?? 'UTC');
}

/** What all its instructions end on is its end; where only some end, one day is not that of the whole. */
function withOwnEnds({ instructions }: Amendment, reading: EffectiveReading, zone: string): EffectiveReading {
	const ordered = instructions.filter(({ kind }) => kind !== 'add_rights');
	const ends = [...new Set(ordered.map(({ until }) => until))];
	const [end] = ends.filter((day) => day !== undefined);
	if (end === undefined || reading.effective.until !== undefined) return reading;
	const day = ISO_DAY.test(end) ? addDays(end, 1) : undefined;
	if (ends.length > 1 || day === undefined)
		return { ...reading, problems: [...reading.problems, `a part of the amendment ends on ${end}`] };
	return { ...reading, effective: { ...reading.effective, until: startOfDay(day, zone) } };
}

const ISO_DAY = /^\d{4}-\d\d-\d\d$/;

function readBeginning(amendment: Amendment, input: DatingInput): EffectiveReading {
	const own = ownDays(amendment);
	const split = own.days.length > 1 || (own.days.length === 1 && own.undated);
	const reading = readWords(amendment, split ? withoutOwn(amendment) : amendment.framing, input);
	const [day] = own.days;
	if (split) {
		const problem =
			own.days.length > 1
				? `the amendment names several days from which it holds: ${own.days.join(', ')}`
				: `only a part of the amendment holds from ${day ?? ''}`;
		return { ...reading, problems: [...reading.problems, problem] };
	}
	if (day === undefined || reading.effective.basis === 'stated') return reading;
	const from = startOfDay(day, input.zone ?? 'UTC');
	const { quote: _dated, ...effective } = reading.effective;
	const retroactive = from < startOfDay(input.knownAt, input.zone ?? 'UTC');
	return { ...reading, effective: { ...effective, from, retroactive, basis: 'stated' } };
}

/** The days that its instructions name for themselves alone. */
function ownDays({ instructions }: Amendment): { days: string[]; undated: boolean } {
	const ordered = instructions.filter(({ kind }) => kind !== 'add_rights');
	const days = ordered.map(ownDay);
	return { days: [...new Set(days.filter((day) => day !== undefined))].sort(), undated: days.includes(undefined) };
}

/** The day from which one instruction holds, where it names one of its own. */
export function ownDay({ effective }: Instruction): string | undefined {
	return effective ? readDates(effective.text)[0]?.value : undefined;
}

/** Its framing with blanks for the days of single instructions. */
function withoutOwn({ framing, span, instructions }: Amendment): string {
	const own = instructions.flatMap((one) => (one.effective && ownDay(one) !== undefined ? [one.effective.span] : []));
	const parts: string[] = [];
	let at = 0;
	for (const { start, end } of joined(own)) {
		parts.push(framing.slice(at, start - span.start), ' '.repeat(end - start));
		at = end - span.start;
	}
	return parts.join('') + framing.slice(at);
}

function readWords(
	{ signedAt: signed, format, span }: Amendment,
	framing: string,
	{ base, knownAt, zone, limits, ...input }: DatingInput,
): EffectiveReading {
	const signedAt = input.signedAt ?? signed;
	const reading = readEffective({
		document: { sha256: sha256(framing), format, text: framing },
		base,
		knownAt,
		...(signedAt !== undefined ? { signedAt } : {}),
		...(zone !== undefined ? { zone } : {}),
		...(limits ? { limits } : {}),
	});
	const moved = (quote: Quote): Quote => ({
		...quote,
		span: { start: quote.span.start + span.start, end: quote.span.end + span.start },
	});
	const { effective, revert } = reading;
	return {
		...reading,
		effective: { ...effective, ...(effective.quote ? { quote: moved(effective.quote) } : {}) },
		...(revert ? { revert: { ...revert, quote: moved(revert.quote) } } : {}),
	};
}

/** The day from which it holds; undefined where it names none. */
export function firstDay({ effective }: EffectiveReading, zone = 'UTC'): string | undefined {
	return effective.basis === 'unstated' ? undefined : dayIn(effective.from, zone);
}

/** The last day on which the whole amendment holds. Where one of its instructions alone ends, it is not the whole. */
export function lastDay(
	{ instructions }: Amendment,
	{ effective, revert }: EffectiveReading,
	zone = 'UTC',
): string | undefined {
	if (effective.until === undefined || !revert) return undefined;
	const { start, end } = revert.quote.span;
	const own = instructions.some(({ span, kind }) => kind !== 'add_rights' && span.start < end && start < span.end);
	return own ? undefined : addDays(dayIn(effective.until, zone), -1);
}

/** An instant that a day begins with, as that day. */
function dayIn(instant: string, zone: string): string {
	const day = instant.slice(0, 10);
	// East of Greenwich days begin on the evening before.
	return startOfDay(day, zone) === instant ? day : (addDays(day, 1) ?? day);
}

/** Of several amendments the whole holds from when the last of them does. */
export function latest(readings: ReadonlyArray<{ effective: Effective }>, knownAt: string): Effective {
	const [last] = readings
		.map(({ effective }) => effective)
		.toSorted((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : 0));
	return last ?? { knownAt, from: knownAt, retroactive: false, basis: 'unstated' };
}

/** A temporary instruction ends; one with a date of its own begins on it. */
export function ownEffect(instruction: Instruction, effective: Effective, zone = 'UTC'): Effective {
	const day = ownDay(instruction);
	const until = instruction.until !== undefined && ISO_DAY.test(instruction.until) ? instruction.until : undefined;
	const from = day === undefined ? effective.from : startOfDay(day, zone);
	const other = from !== effective.from && instruction.effective;
	return {
		...effective,
		from,
		...(until !== undefined ? { until: startOfDay(addDays(until, 1) ?? until, zone) } : {}),
		retroactive: other ? from < startOfDay(effective.knownAt, zone) : effective.retroactive,
		basis: day === undefined ? effective.basis : 'stated',
		...(other ? { quote: { clause: instruction.section ?? '', text: other.text, span: other.span } } : {}),
	};
}
