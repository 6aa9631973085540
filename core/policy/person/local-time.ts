import { Duration, IANAZone } from 'luxon';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const zones = new Map<string, IANAZone | undefined>();
const MAX_ZONES = 1000;

function zoneOf(name: string): IANAZone | undefined {
	if (zones.has(name)) return zones.get(name);
	const zone = IANAZone.create(name);
	const valid = zone.isValid ? zone : undefined;
	if (zones.size < MAX_ZONES) zones.set(name, valid);
	return valid;
}

/** The zone in which a person's days begin: their attribute `zone` where it names one, else the policy's. */
export function zoneOfPerson(attributes: Readonly<Record<string, unknown>> | undefined, policyZone: string): string {
	const own = attributes !== undefined && Object.hasOwn(attributes, 'zone') ? attributes['zone'] : undefined;
	return typeof own === 'string' && zoneOf(own) !== undefined ? own : policyZone;
}

/** A local time as an instant. Of two readings (or, in a gap, of two neighbours) an end takes the earlier, a start the later. */
function fromLocal(local: number, zone: IANAZone, edge: 'start' | 'end'): number {
	const offsets = [zone.offset(local - DAY_MS), zone.offset(local + DAY_MS)];
	const readings = offsets.map((offset) => ({ instant: local - offset * MINUTE_MS, offset }));
	const real = readings.filter(({ instant, offset }) => zone.offset(instant) === offset);
	const instants = (real.length > 0 ? real : readings).map(({ instant }) => instant);
	return edge === 'end' ? Math.min(...instants) : Math.max(...instants);
}

/**
 * Adds a duration in local time: years to days move the calendar, hours and less move the clock. `P14D` after midnight is
 * midnight again, whatever the clocks did in between.
 *
 * @param instant ISO instant
 * @param duration ISO-8601 duration
 * @param sign -1 to go back
 * @param edge what the result is: an end takes the earlier of two readings of a local time, a start the later one
 * @returns ISO instant, UTC, with milliseconds
 */
export function addDuration(
	instant: string,
	duration: string,
	zoneName: string,
	edge: 'start' | 'end',
	sign: 1 | -1 = 1,
): string {
	const parsed = Duration.fromISO(duration);
	const zone = zoneOf(zoneName) ?? IANAZone.create('UTC');
	const { years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0 } = parsed.toObject();
	const at = Date.parse(instant);
	const calendar = years !== 0 || months !== 0 || weeks !== 0 || days !== 0;
	let moved = at;
	if (calendar) {
		const local = new Date(at + zone.offset(at) * MINUTE_MS);
		const day = local.getUTCDate();
		const month = new Date(local);
		month.setUTCDate(1);
		month.setUTCMonth(month.getUTCMonth() + sign * (months + 12 * years));
		// The 31st of a month plus one month is the last day of the next.
		const last = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0)).getUTCDate();
		month.setUTCDate(Math.min(day, last));
		moved = fromLocal(month.getTime() + sign * (days + 7 * weeks) * DAY_MS, zone, edge);
	}
	return new Date(moved + sign * ((hours * 60 + minutes) * 60 + seconds) * 1000).toISOString();
}

export interface LocalTime {
	/** `YYYY-MM-DD`. */
	date: string;
	/** `HH:MM`. */
	time: string;
	/** `mon` … `sun`. */
	weekday: string;
}

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** What the clock on the wall says at an instant. */
export function localTime(instant: string, zoneName: string): LocalTime {
	const zone = zoneOf(zoneName) ?? IANAZone.create('UTC');
	const at = Date.parse(instant);
	const local = new Date(at + zone.offset(at) * MINUTE_MS);
	const text = local.toISOString();
	return { date: text.slice(0, 10), time: text.slice(11, 16), weekday: WEEKDAYS[local.getUTCDay()] ?? 'sun' };
}

/** The instant at which a local day shows a time of day. */
export function atLocal(date: string, time: string, zoneName: string, edge: 'start' | 'end'): string {
	const zone = zoneOf(zoneName) ?? IANAZone.create('UTC');
	return new Date(fromLocal(Date.parse(`${date}T${time}:00.000Z`), zone, edge)).toISOString();
}
