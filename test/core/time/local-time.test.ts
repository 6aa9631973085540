import { dateIn, instantOf, isDate, isLocalTime, parseInstant } from '../../../core/time';

describe('a local moment', () => {
	it.each([
		['2026-10-25', 'end', '2026-10-25T23:00:00.000Z'],
		['2027-03-28', 'end', '2027-03-28T22:00:00.000Z'],
		['2026-12-01', 'start', '2026-11-30T23:00:00.000Z'],
		['2026-10-25T02:30', 'end', '2026-10-25T00:30:00.000Z'],
		['2026-10-25T02:30', 'start', '2026-10-25T01:30:00.000Z'],
		['2027-03-28T02:30', 'end', '2027-03-28T00:30:00.000Z'],
		['2027-03-28T02:30', 'start', '2027-03-28T01:30:00.000Z'],
	] as const)('%s as the %s of something in Berlin is %s', (local, edge, instant) => {
		expect(instantOf(local, 'Europe/Berlin', edge)).toBe(instant);
	});

	it('begins and ends at the jump where clocks jump over midnight', () => {
		expect(instantOf('2026-04-24', 'Africa/Cairo', 'start')).toBe('2026-04-23T22:00:00.000Z');
		expect(instantOf('2026-04-23', 'Africa/Cairo', 'end')).toBe('2026-04-23T22:00:00.000Z');
	});

	it.each(['2026-02-30', '2026-13-01', '26-01-01', '2026-01-01T25:00'])('%s is none', (text) => {
		expect(isDate(text) || isLocalTime(text)).toBe(false);
		expect(() => instantOf(text, 'UTC', 'start')).toThrow('no date and no local time');
	});

	it('needs a zone that exists', () => {
		expect(() => instantOf('2026-01-01', 'Europe/Nowhere', 'start')).toThrow('no time zone');
	});
});

it('an instant has an offset', () => {
	expect(parseInstant('2026-12-01T00:00:00+01:00')).toBe('2026-11-30T23:00:00.000Z');
	for (const text of ['2026-12-01T00:00:00', '2026-12-01', '2026-02-30T00:00:00Z', 'soon'])
		expect(parseInstant(text)).toBeUndefined();
});

it('an instant falls on a date of a zone', () => {
	expect(dateIn('2026-12-01T04:59:59.999Z', 'America/New_York')).toBe('2026-11-30');
	expect(dateIn('2026-12-01T05:00:00.000Z', 'America/New_York')).toBe('2026-12-01');
});
