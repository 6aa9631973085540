import { DateTime, IANAZone } from 'luxon';

import { DomainError } from '../model';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** True for a calendar date that exists, written `YYYY-MM-DD`. */
export function isCalendarDate(text: string): boolean {
	return ISO_DATE.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid;
}

/** First instant after `from` (up to `to`) at which the zone's offset is no longer `offset` minutes. */
function offsetChange(zone: IANAZone, from: number, to: number, offset: number): number {
	let low = from;
	let high = to;
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if (zone.offset(middle) === offset) low = middle;
		else high = middle;
	}
	return high;
}

/**
 * End of a calendar day in a zone: local midnight of the next day, as the end of a half-open interval.
 * Where that midnight occurs twice (clocks go back over it) the earlier instant counts; where it does not exist
 * (clocks go forward over it, e.g. Cairo) the day ends at the very jump.
 *
 * @param date `YYYY-MM-DD`
 * @param zoneName IANA zone, e.g. `Europe/Berlin`
 * @returns ISO instant, UTC, e.g. `2026-10-25T23:00:00.000Z`
 */
export function endOfDay(date: string, zoneName: string): string {
	const zone = IANAZone.create(zoneName);
	if (!zone.isValid || !isCalendarDate(date)) {
		const what = zone.isValid ? `"${date.slice(0, 40)}" is not a calendar date.` : `"${zoneName}" is not a time zone.`;
		throw new DomainError('INPUT_INVALID', what, 'Write the date as YYYY-MM-DD and the zone by its IANA name.');
	}
	const midnightAsUtc = DateTime.fromISO(date, { zone: 'utc' }).plus({ days: 1 }).toMillis();
	const before = zone.offset(midnightAsUtc - DAY_MS);
	const after = zone.offset(midnightAsUtc + DAY_MS);
	const candidates = [before, after]
		.map((offset) => ({ instant: midnightAsUtc - offset * MINUTE_MS, offset }))
		.filter(({ instant, offset }) => zone.offset(instant) === offset)
		.map(({ instant }) => instant);
	const instant =
		candidates.length > 0
			? Math.min(...candidates)
			: offsetChange(zone, midnightAsUtc - DAY_MS, midnightAsUtc + DAY_MS, before);
	return new Date(instant).toISOString();
}
