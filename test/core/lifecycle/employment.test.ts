import { event, timeline } from './builders';

const employment = (...events: Array<Record<string, unknown>>) =>
	timeline(events.map((said) => event(said))).employment;

describe('employment', () => {
	it('begins with the first moment of the day of hire, also when that lies ahead', () => {
		expect(employment({ type: 'hire', effectiveAt: '2027-01-04' })).toEqual([{ from: '2027-01-03T23:00:00.000Z' }]);
	});

	it.each([
		['2026-10-25', '2026-10-25T23:00:00.000Z'],
		['2027-03-28', '2027-03-28T22:00:00.000Z'],
		['2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
	])('ends by a leave on %s at %s', (effectiveAt, until) => {
		expect(employment({ type: 'hire', effectiveAt: '2026-01-01' }, { type: 'leave', effectiveAt })).toEqual([
			{ from: '2025-12-31T23:00:00.000Z', until },
		]);
	});

	it('starts at the later of two moments that are called the same', () => {
		expect(employment({ type: 'hire', effectiveAt: '2026-10-25T02:30' })).toEqual([
			{ from: '2026-10-25T01:30:00.000Z' },
		]);
	});

	it('ends at once, and says so', () => {
		expect(
			employment({ type: 'joiner', effectiveAt: '2026-01-01' }, { type: 'terminated', effectiveAt: 'immediately' }),
		).toEqual([{ from: '2025-12-31T23:00:00.000Z', until: '2026-11-20T09:00:00.000Z', immediate: true }]);
	});

	it('has a gap between a leave and a rehire', () => {
		expect(
			employment(
				{ type: 'hire', effectiveAt: '2026-01-01' },
				{ type: 'rehire', effectiveAt: '2026-09-01' },
				{ type: 'leave', effectiveAt: '2026-03-31' },
			),
		).toEqual([
			{ from: '2025-12-31T23:00:00.000Z', until: '2026-03-31T22:00:00.000Z' },
			{ from: '2026-08-31T22:00:00.000Z' },
		]);
	});

	it('goes on where a rehire begins the moment a leave ends', () => {
		const events = [
			{ type: 'hire', effectiveAt: '2026-01-01', createdAt: '2026-01-01T00:00:00Z' },
			{ type: 'rehire', effectiveAt: '2026-04-01', createdAt: '2026-03-01T00:00:00Z' },
			{ type: 'leave', effectiveAt: '2026-03-31', createdAt: '2026-03-05T00:00:00Z' },
		];
		expect(employment(...events)).toEqual([{ from: '2025-12-31T23:00:00.000Z' }]);
	});

	it('of somebody who never came is none', () => {
		expect(
			employment(
				{ type: 'hire', effectiveAt: '2027-01-04' },
				{ type: 'leave', effectiveAt: '2027-01-03', createdAt: '2026-12-01T00:00:00Z' },
			),
		).toEqual([]);
	});

	it('is unknown where nobody spoke of it', () => {
		expect(
			employment({ type: 'change', effectiveAt: '2026-01-01', attributes: { department: 'Sales' } }),
		).toBeUndefined();
	});

	it('of somebody of whom only the leave is known lasts from the first that is known', () => {
		expect(
			employment(
				{ type: 'change', effectiveAt: '2026-01-01', attributes: { department: 'Sales' } },
				{ type: 'leave', effectiveAt: '2026-12-31' },
			),
		).toEqual([{ from: '2025-12-31T23:00:00.000Z', until: '2026-12-31T23:00:00.000Z' }]);
	});

	it('follows the last word on a leave that is ahead, and none once it took effect', () => {
		const hire = { type: 'hire', effectiveAt: '2026-01-01', createdAt: '2025-12-01T00:00:00Z' };
		const soon = { type: 'leave', effectiveAt: '2026-11-30', createdAt: '2026-11-01T00:00:00Z' };
		const later = { type: 'leave', effectiveAt: '2026-12-31', createdAt: '2026-11-10T00:00:00Z' };
		const tooLate = { ...later, createdAt: '2026-12-05T00:00:00Z' };
		expect(employment(hire, later, soon)?.[0]?.until).toBe('2026-12-31T23:00:00.000Z');
		expect(employment(hire, tooLate, soon)?.[0]?.until).toBe('2026-11-30T23:00:00.000Z');
	});

	it('returns after an absence that has an end', () => {
		expect(
			employment(
				{ type: 'hire', effectiveAt: '2026-01-01' },
				{ type: 'leave', effectiveAt: '2026-05-31', until: '2026-08-31' },
			),
		).toEqual([
			{ from: '2025-12-31T23:00:00.000Z', until: '2026-05-31T22:00:00.000Z' },
			{ from: '2026-08-31T22:00:00.000Z' },
		]);
	});
});

describe('start and end dates', () => {
	const start = {
		type: 'contractorStart',
		effectiveAt: '2026-01-01',
		createdAt: '2025-12-01T00:00:00Z',
		attributes: { endDate: '2026-03-31' },
	};

	it('end an engagement with the end of their day', () => {
		expect(employment(start)).toEqual([{ from: '2025-12-31T23:00:00.000Z', until: '2026-03-31T22:00:00.000Z' }]);
	});

	it.each([
		[
			'an extension',
			{
				type: 'contractorExtension',
				effectiveAt: '2026-03-15',
				createdAt: '2026-03-15T00:00:00Z',
				until: '2026-06-30',
			},
		],
		[
			'a change',
			{
				type: 'change',
				effectiveAt: '2026-03-15',
				createdAt: '2026-03-15T00:00:00Z',
				attributes: { endDate: '2026-06-30' },
			},
		],
	])('can be put off by %s, whichever arrives first', (_, extension) => {
		const expected = [{ from: '2025-12-31T23:00:00.000Z', until: '2026-06-30T22:00:00.000Z' }];
		expect(employment(start, extension)).toEqual(expected);
		expect(employment(extension, start)).toEqual(expected);
	});

	it('leave a gap where the extension came after the end', () => {
		const late = {
			type: 'contractorExtension',
			effectiveAt: '2026-04-10',
			createdAt: '2026-04-10T00:00:00Z',
			until: '2026-06-30',
		};
		expect(employment(start, late)).toEqual([
			{ from: '2025-12-31T23:00:00.000Z', until: '2026-03-31T22:00:00.000Z' },
			{ from: '2026-04-09T22:00:00.000Z', until: '2026-06-30T22:00:00.000Z' },
		]);
	});

	it('an announced end is taken back by a later extension, a termination after the extension is not', () => {
		const end = { type: 'contractorEnd', effectiveAt: '2026-02-28', createdAt: '2026-02-01T00:00:00Z' };
		const extension = {
			type: 'contractorExtension',
			effectiveAt: '2026-02-10',
			createdAt: '2026-02-10T00:00:00Z',
			until: '2026-06-30',
		};
		expect(employment(start, end, extension)?.at(-1)?.until).toBe('2026-06-30T22:00:00.000Z');
		const firstExtension = { ...extension, createdAt: '2026-01-10T00:00:00Z', effectiveAt: '2026-01-10' };
		expect(employment(start, end, firstExtension)?.at(-1)?.until).toBe('2026-02-28T23:00:00.000Z');
	});

	it('of an earlier engagement do not end a later one', () => {
		const again = { type: 'rehire', effectiveAt: '2026-09-01', createdAt: '2026-08-01T00:00:00Z' };
		expect(employment(start, again)).toEqual([
			{ from: '2025-12-31T23:00:00.000Z', until: '2026-03-31T22:00:00.000Z' },
			{ from: '2026-08-31T22:00:00.000Z' },
		]);
	});

	it('make employment where no event does', () => {
		expect(
			employment({
				type: 'change',
				effectiveAt: '2026-11-20',
				attributes: { startDate: '2027-01-04', endDate: '2027-06-30' },
			}),
		).toEqual([{ from: '2027-01-03T23:00:00.000Z', until: '2027-06-30T22:00:00.000Z' }]);
	});

	it('a first day can be moved while it is ahead', () => {
		const hire = { type: 'hire', effectiveAt: '2027-01-04' };
		const moved = {
			type: 'change',
			effectiveAt: '2026-11-25',
			createdAt: '2026-11-25T00:00:00Z',
			attributes: { startDate: '2027-01-11' },
		};
		expect(employment(hire, moved)).toEqual([{ from: '2027-01-10T23:00:00.000Z' }]);
	});

	it('a start date in the past moves nobody into the past, and one ahead moves nobody out of their work', () => {
		const hire = { type: 'hire', effectiveAt: '2027-01-04', attributes: { startDate: '2019-05-01' } };
		expect(employment(hire)).toEqual([{ from: '2027-01-03T23:00:00.000Z' }]);
		const old = { type: 'hire', effectiveAt: '2020-01-01', createdAt: '2020-01-01T00:00:00Z' };
		const paper = {
			type: 'change',
			effectiveAt: '2026-11-25',
			createdAt: '2026-11-25T00:00:00Z',
			attributes: { startDate: '2027-01-01' },
		};
		expect(employment(old, paper)).toEqual([{ from: '2019-12-31T23:00:00.000Z' }]);
	});
});
