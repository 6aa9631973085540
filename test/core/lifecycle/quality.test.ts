import { DataQuality, feedFinding } from '../../../core/lifecycle';
import { event, timeline } from './builders';

const POLICY = {
	zone: 'Europe/Berlin',
	attributes: {
		department: { values: ['Engineering', 'Sales'], aliases: { 'Eng.': 'Engineering' } },
		endDate: { type: 'date', requiredFor: ['contractor', 'intern'] },
	},
};
const quality = new DataQuality(POLICY);
const codes = (said: Record<string, unknown>) => quality.ofEvent(event(said)).map(({ code }) => code);

describe('incoming data', () => {
	it('may use an alias of a known value', () => {
		expect(codes({ type: 'hire', attributes: { department: 'Eng.' } })).toEqual([]);
	});

	it('that is unknown is held, with the nearest known value where one is near', () => {
		const [slip, other] = ['Slaes', 'Astronomy'].flatMap((department) =>
			quality.ofEvent(event({ type: 'hire', attributes: { department } })),
		);
		expect(slip).toMatchObject({ code: 'UNKNOWN_VALUE', level: 'hold', nearest: 'Sales' });
		expect(other).not.toHaveProperty('nearest');
	});

	it('needs an end date for whom the policy says', () => {
		expect(codes({ type: 'contractorStart' })).toEqual(['END_DATE_MISSING']);
		expect(codes({ type: 'hire', attributes: { employmentType: 'Intern' } })).toEqual(['END_DATE_MISSING']);
		expect(codes({ type: 'hire', attributes: { employmentType: 'full-time' } })).toEqual([]);
		expect(codes({ type: 'contractorStart', until: '2027-01-31' })).toEqual([]);
	});

	it('has its dates in order', () => {
		expect(codes({ type: 'hire', effectiveAt: '2027-01-04', attributes: { endDate: '2026-12-31' } })).toEqual([
			'DATES_REVERSED',
		]);
		expect(
			codes({ type: 'signal', effectiveAt: '2026-12-02', until: '2026-12-01', attributes: { threat: 'high' } }),
		).toEqual(['DATES_REVERSED']);
		expect(codes({ type: 'hire', effectiveAt: '2027-01-04', attributes: { endDate: '2027-01-04' } })).toEqual([]);
	});

	it('never holds a leave', () => {
		const findings = quality.ofEvent(event({ type: 'leave', attributes: { department: 'Astronomy' } }));
		expect(findings).toMatchObject([{ code: 'UNKNOWN_VALUE', level: 'warning' }]);
	});
});

it('a person has the findings of what is known of them now, not of the past', () => {
	const person = timeline([
		event({ type: 'hire', effectiveAt: '2026-01-01', attributes: { department: 'Astronomy' } }),
		event({ type: 'mover', effectiveAt: '2026-06-01', attributes: { department: 'Sales' } }),
	]);
	expect(quality.ofTimeline(person, '2026-03-01T00:00:00.000Z')).toMatchObject([
		{ code: 'UNKNOWN_VALUE', identityId: 'idn_7' },
	]);
	expect(quality.ofTimeline(person, '2026-07-01T00:00:00.000Z')).toEqual([]);
});

describe('a feed', () => {
	it.each([
		[100, 0, true],
		[100, 79, true],
		[100, 80, false],
		[100, 130, false],
		[0, 0, false],
	])('of %i rows that then has %i is stopped: %p', (before, now, stopped) => {
		expect(feedFinding({ before, now }, { maxLossPercent: 20 }) !== undefined).toBe(stopped);
	});
});
