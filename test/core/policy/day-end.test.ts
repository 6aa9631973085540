import { endOfDay } from '../../../core/policy';

describe('the end of a day', () => {
	it.each([
		['an ordinary day', '2027-12-31', 'Europe/Berlin', '2027-12-31T23:00:00.000Z'],
		['a day of 25 hours', '2026-10-25', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
		['a day of 23 hours', '2027-03-28', 'Europe/Berlin', '2027-03-28T22:00:00.000Z'],
		['a leap day', '2028-02-29', 'UTC', '2028-03-01T00:00:00.000Z'],
		['a midnight that occurs twice: the earlier', '2026-10-31', 'America/Havana', '2026-11-01T04:00:00.000Z'],
		['a midnight that does not exist: the jump', '2026-04-23', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
		['a zone that skips the next day', '2011-12-29', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
	])('%s', (_what, day, zone, expected) => {
		expect(endOfDay(day, zone)).toBe(expected);
	});

	it.each(['2027-02-30', '2027-1-1', 'tomorrow', '__proto__'])('refuses %s', (day) => {
		expect(() => endOfDay(day, 'Europe/Berlin')).toThrow('is not a calendar date');
	});
});
