import { IANAZone } from 'luxon';
import { DomainError } from '../model';

/** Which side of an interval a moment is: where a local time occurs twice or not at all, an end is early, a start late. */
export type Edge = 'start' | 'end';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;
/** Answers kept: dates of a population repeat, zones even more. */
const MAX_REMEMBERED = 20_000;

/** True for a calendar date that exists, written `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
	return dateAsUtc(text) !== undefined;
}

/** True for a local date and time without offset, e.g. `2026-10-25T02:30`, on a date that exists. */
export function isLocalTime(text: string): boolean {
	return localAsUtc(text) !== undefined;
}

export function isZone(name: string): boolean {
	return IANAZone.isValidZone(name);
}

/** An ISO text with offset as ISO UTC with milliseconds; undefined where it is none. */
export function parseInstant(text: string): string | undefined {
	if (!INSTANT.test(text) || !isDate(text.slice(0, 10))) return undefined;
	const at = Date.parse(text);
	return Number.isNaN(at) ? undefined : isoOf(at);
}

/**
 * The instant of a local date or date-time in a zone, as the edge of a half-open interval. A date as a start is its first
 * moment, as an end the first moment after it ("end of the day"). A local time that occurs twice, or that the clocks jump
 * over, is the earlier of its two readings as an end and the later one as a start; a day whose midnight is jumped over
 * begins at the jump.
 *
 * @throws DomainError INPUT_INVALID (no such date, time or zone)
 */
export function instantOf(local: string, zoneName: string, edge: Edge): string {
	const key = `${edge}|${zoneName}|${local}`;
	const known = remembered.get(key);
	if (known !== undefined) return known;
	const instant = computeInstant(local, zoneName, edge);
	if (remembered.size >= MAX_REMEMBERED) remembered.clear();
	remembered.set(key, instant);
	return instant;
}

/** A pure function's answers: forgetting them changes nothing. */
const remembered = new Map<string, string>();

function computeInstant(local: string, zoneName: string, edge: Edge): string {
	const zone = IANAZone.create(zoneName);
	const day = dateAsUtc(local);
	const wall = day === undefined ? localAsUtc(local) : edge === 'end' ? day + DAY_MS : day;
	if (!zone.isValid || wall === undefined) {
		throw new DomainError(
			'INPUT_INVALID',
			zone.isValid
				? `"${local.slice(0, 40)}" is no date and no local time.`
				: `"${zoneName.slice(0, 60)}" is no time zone.`,
			'Write dates as YYYY-MM-DD, times as YYYY-MM-DDTHH:MM and the zone by its IANA name.',
		);
	}
	const before = zone.offset(wall - DAY_MS);
	const after = zone.offset(wall + DAY_MS);
	const readings = [before, after].map((offset) => ({ at: wall - offset * MINUTE_MS, offset }));
	const real = readings.filter(({ at, offset }) => zone.offset(at) === offset).map(({ at }) => at);
	if (real.length === 0 && day !== undefined) return isoOf(jump(zone, wall - DAY_MS, wall + DAY_MS, before));
	const candidates = real.length > 0 ? real : readings.map(({ at }) => at);
	return isoOf(edge === 'end' ? Math.min(...candidates) : Math.max(...candidates));
}

/** First instant after `from` at which the zone's offset is no longer `offset` minutes. */
function jump(zone: IANAZone, from: number, to: number, offset: number): number {
	let [low, high] = [from, to];
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if (zone.offset(middle) === offset) low = middle;
		else high = middle;
	}
	return high;
}

/** The calendar date that an instant falls on in a zone. */
export function dateIn(instant: string, zoneName: string): string {
	const at = Date.parse(instant);
	return isoOf(at + IANAZone.create(zoneName).offset(at) * MINUTE_MS).slice(0, 10);
}

function isoOf(milliseconds: number): string {
	return new Date(milliseconds).toISOString();
}

function dateAsUtc(text: string): number | undefined {
	const parts = ISO_DATE.exec(text);
	if (!parts) return undefined;
	const at = Date.parse(`${text}T00:00:00.000Z`);
	// Date.parse lets 31 February through as 3 March.
	return Number.isNaN(at) || isoOf(at).slice(0, 10) !== text ? undefined : at;
}

function localAsUtc(text: string): number | undefined {
	const parts = LOCAL_TIME.exec(text);
	const [, date, hour, minute, second = '00', fraction = '0'] = parts ?? [];
	const day = date === undefined ? undefined : dateAsUtc(date);
	if (day === undefined) return undefined;
	const [h, m, s] = [Number(hour), Number(minute), Number(second)];
	if (h > 23 || m > 59 || s > 59) return undefined;
	return day + ((h * 60 + m) * 60 + s) * 1_000 + Math.floor(Number(`0.${fraction}`) * 1_000);
}
