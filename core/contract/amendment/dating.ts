import { sha256, type ContractDocument, type Effective, type Quote } from '../../model';
import { addDays, readEffective, startOfDay, type EffectiveReading } from '../dating';
import type { ContractLimits } from '../limits';
import { readDates } from './read/dates';
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

/** From when to when an amendment holds, by its own words without the agreement's new text. Quotes are places of its file. */
export function readDating(
	amendment: Amendment,
	{ base, knownAt, zone, limits, ...input }: DatingInput,
): EffectiveReading {
	const { framing, format, span } = amendment;
	const signedAt = input.signedAt ?? amendment.signedAt;
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
export function ownEffect(instruction: Instruction, effective: Effective): Effective {
	const from = instruction.effective ? readDates(instruction.effective.text)[0]?.value : undefined;
	const until =
		instruction.until !== undefined && /^\d{4}-\d\d-\d\d$/.test(instruction.until) ? instruction.until : undefined;
	if (from === undefined && until === undefined) return effective;
	const start = from === undefined ? effective.from : startOfDay(from, 'UTC');
	return {
		...effective,
		from: start,
		...(until !== undefined ? { until: startOfDay(addDays(until, 1) ?? until, 'UTC') } : {}),
		retroactive: start < effective.knownAt,
		basis: from === undefined ? effective.basis : 'stated',
	};
}
