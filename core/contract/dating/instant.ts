import { DateTime } from 'luxon';
import { DomainError } from '../../model';

/**
 * The instant at which the day of `moment` begins in a zone.
 * @param moment ISO day (`2027-05-01`, a day of that zone) or ISO instant
 * @returns ISO instant in UTC. Where local midnight is missing or occurs twice, a day begins with the later instant.
 * @throws DomainError INPUT_INVALID (no such zone or moment)
 */
export function startOfDay(moment: string, zone: string): string {
	const day = moment.length === 10;
	const at = DateTime.fromISO(moment, { zone: day ? zone : 'utc' }).setZone(zone);
	if (!at.isValid) {
		throw new DomainError(
			'INPUT_INVALID',
			`"${moment.slice(0, 40)}" is no moment in the zone "${zone.slice(0, 60)}".`,
			'Write moments in ISO 8601 and the zone by its IANA name.',
		);
	}
	const start = at.startOf('day');
	const repeated = start.getPossibleOffsets().map((possible) => possible.toMillis());
	return new Date(Math.max(start.toMillis(), ...repeated)).toISOString();
}
