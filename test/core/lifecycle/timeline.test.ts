import fc from 'fast-check';
import { nextBoundary, timelineOf, timelineRules, touchedBy, valueAt, type StatedFact } from '../../../core/lifecycle';
import { ALWAYS, BERLIN, event, factsFrom, timeline } from './builders';

const at = (date: string) => `${date}T12:00:00.000Z`;

describe('an attribute over time', () => {
	it('has the value that was said last to hold from before', () => {
		const course = timeline([
			event({ type: 'change', effectiveAt: '2026-12-01', attributes: { department: 'Engineering' } }),
			event({ type: 'hire', effectiveAt: '2026-01-01', attributes: { department: 'Sales' } }),
		]);
		expect(valueAt(course, 'department', at('2025-01-01'))).toBeUndefined();
		expect(valueAt(course, 'department', at('2026-11-30'))).toBe('Sales');
		expect(valueAt(course, 'department', at('2026-12-01'))).toBe('Engineering');
		expect(course.segments.map(({ from }) => from)).toEqual(['2025-12-31T23:00:00.000Z', '2026-11-30T23:00:00.000Z']);
	});

	it('falls back when what was said for a while is over', () => {
		const course = timeline([
			event({ type: 'hire', effectiveAt: '2026-01-01', attributes: { location: 'Berlin' } }),
			event({ type: 'change', effectiveAt: '2026-06-01', until: '2026-06-30', attributes: { location: 'Paris' } }),
		]);
		expect(['2026-05-31', '2026-06-15', '2026-07-02'].map((day) => valueAt(course, 'location', at(day)))).toEqual([
			'Berlin',
			'Paris',
			'Berlin',
		]);
	});

	it('nets several changes of one moment to the one recorded last', () => {
		const day = (department: string, hour: string) =>
			event({
				type: 'change',
				effectiveAt: '2026-11-20',
				createdAt: `2026-11-20T${hour}:00:00Z`,
				attributes: { department },
			});
		const hire = event({
			type: 'hire',
			effectiveAt: '2026-01-01',
			createdAt: '2026-01-01T00:00:00Z',
			attributes: { department: 'Finance' },
		});
		const course = timeline([day('Finance', '12'), day('Sales', '10'), day('Engineering', '11'), hire]);
		expect(course.segments).toHaveLength(1);
		expect(valueAt(course, 'department', at('2026-11-21'))).toBe('Finance');
	});

	it('believes sources in the order of the policy, whoever speaks later; a stranger is not heard', () => {
		const policy = {
			...BERLIN,
			attributes: { department: { from: ['hris', 'vms'], aliases: { 'Eng.': 'Engineering' } } },
		};
		const course = timeline(
			[
				event({ type: 'change', source: 'vms', effectiveAt: '2026-01-01', attributes: { department: 'Consulting' } }),
				event({
					type: 'change',
					source: 'hris',
					effectiveAt: '2026-02-01',
					until: '2026-03-31',
					attributes: { department: 'Eng.' },
				}),
				event({ type: 'change', source: 'vms', effectiveAt: '2026-03-01', attributes: { department: 'Advisory' } }),
				event({ type: 'signal', source: 'signal', effectiveAt: '2026-03-05', attributes: { department: 'Root' } }),
			],
			policy,
		);
		expect(
			['2026-01-15', '2026-02-15', '2026-03-15', '2026-04-15'].map((day) => valueAt(course, 'department', at(day))),
		).toEqual(['Consulting', 'Engineering', 'Engineering', 'Advisory']);
	});

	it('is absent where the most believed source says that there is none', () => {
		const policy = { ...BERLIN, attributes: { manager: { from: ['hris', 'vms'] } } };
		const course = timeline(
			[
				event({ type: 'change', source: 'vms', effectiveAt: '2026-01-01', attributes: { manager: 'x@example.com' } }),
				event({ type: 'change', source: 'hris', effectiveAt: '2026-02-01', attributes: { manager: null } }),
			],
			policy,
		);
		expect(valueAt(course, 'manager', at('2026-02-15'))).toBeUndefined();
	});

	it('of a signal ends with it', () => {
		const course = timeline([
			event({ type: 'hire', effectiveAt: '2026-01-01' }),
			event({
				type: 'signal',
				effectiveAt: '2026-11-20T10:00:00Z',
				until: '2026-11-20T18:00:00Z',
				attributes: { threat: 'high' },
			}),
		]);
		expect(valueAt(course, 'threat', '2026-11-20T17:59:59.999Z')).toBe('high');
		expect(valueAt(course, 'threat', '2026-11-20T18:00:00.000Z')).toBeUndefined();
		expect(nextBoundary(course, '2026-11-20T12:00:00.000Z')).toBe('2026-11-20T18:00:00.000Z');
		expect(nextBoundary(course, '2026-11-20T18:00:00.000Z')).toBeUndefined();
	});
});

describe('the zone of a person', () => {
	it('makes instants of dates that came without one, whichever event arrives first', () => {
		const move = event({
			type: 'mover',
			effectiveAt: '2026-12-01',
			attributes: { department: 'Engineering', zone: 'America/New_York' },
		});
		const leave = event({ type: 'leave', effectiveAt: '2027-06-30' });
		const hire = event({ type: 'hire', effectiveAt: '2026-01-01' });
		for (const events of [
			[hire, move, leave],
			[leave, move, hire],
		]) {
			const course = timeline(events);
			expect(course.segments.at(-1)?.from).toBe('2026-12-01T05:00:00.000Z');
			expect(course.employment).toEqual([{ from: '2025-12-31T23:00:00.000Z', until: '2027-07-01T04:00:00.000Z' }]);
		}
	});

	it('leaves alone what came with a zone', () => {
		const course = timeline([
			event({ type: 'hire', effectiveAt: '2026-01-01', attributes: { zone: 'America/New_York' } }),
			event({ type: 'leave', effectiveAt: '2026-06-30', zone: 'Asia/Tokyo' }),
		]);
		expect(course.employment?.[0]?.until).toBe('2026-06-30T15:00:00.000Z');
	});
});

describe('an address', () => {
	const hire = {
		type: 'hire',
		effectiveAt: '2026-01-01',
		createdAt: '2026-01-01T00:00:00Z',
		person: { hrId: '7', email: 'a@example.com' },
	};
	const renamed = {
		type: 'nameChange',
		effectiveAt: '2026-12-01',
		createdAt: '2026-11-20T00:00:00Z',
		person: { hrId: '7', email: 'b@example.com', previousEmail: 'a@example.com' },
	};

	it('does not come back with an event that was written before it changed', () => {
		const written = {
			type: 'mover',
			effectiveAt: '2026-12-15',
			createdAt: '2026-11-10T00:00:00Z',
			person: { hrId: '7', email: 'a@example.com' },
			attributes: { department: 'Sales' },
		};
		const course = timeline([event(hire), event(renamed), event(written)]);
		expect(valueAt(course, 'email', at('2026-12-20'))).toBe('b@example.com');
		expect(valueAt(course, 'department', at('2026-12-20'))).toBe('Sales');
	});

	it('does not come back with an event that was written after it, and holds from before', () => {
		const routine = {
			type: 'change',
			effectiveAt: '2026-11-25',
			createdAt: '2026-11-25T00:00:00Z',
			person: { hrId: '7', email: 'a@example.com' },
			attributes: { title: 'Lead' },
		};
		expect(valueAt(timeline([event(hire), event(renamed), event(routine)]), 'email', at('2026-12-05'))).toBe(
			'b@example.com',
		);
	});

	it('is news where an event knows it that is later in both', () => {
		const later = {
			type: 'change',
			effectiveAt: '2027-02-01',
			createdAt: '2027-02-01T00:00:00Z',
			person: { hrId: '7', email: 'c@example.com' },
			attributes: { title: 'Lead' },
		};
		const course = timeline([event(later), event(hire), event(renamed)]);
		expect(valueAt(course, 'email', at('2027-01-15'))).toBe('b@example.com');
		expect(valueAt(course, 'email', at('2027-02-15'))).toBe('c@example.com');
	});
});

const instant = fc.integer({ min: 0, max: 40 }).map((day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString());
const fact: fc.Arbitrary<StatedFact> = fc
	.record({
		name: fc.constantFrom('department', 'title', 'email', '~email', 'employment', 'endDate', 'startDate'),
		text: fc.constantFrom('a', 'b', 'c'),
		word: fc.constantFrom('started', 'left', 'ended', 'extended', 'left_at_once'),
		day: fc.integer({ min: 0, max: 40 }),
		source: fc.constantFrom('hris', 'vms', 'signal', 'contract:M-1'),
		from: instant,
		until: fc.option(instant, { nil: undefined }),
		createdAt: instant,
		knownAt: instant,
		voidedAt: fc.option(instant, { nil: undefined }),
		eventId: fc.integer({ min: 0, max: 30 }).map(String),
	})
	.map(({ text, word, day, until, voidedAt, ...rest }) => ({
		...rest,
		value:
			rest.name === 'employment'
				? word
				: rest.name.endsWith('Date')
					? new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10)
					: text,
		...(until !== undefined && { until }),
		...(voidedAt !== undefined && { voidedAt }),
	}));

/** One event says one thing of a name once. */
const facts = fc.uniqueArray(fact, { maxLength: 25, selector: ({ eventId, name }) => `${eventId}|${name}` });
const POLICY = { ...BERLIN, attributes: { department: { from: ['hris', 'vms'] } } };
const course = (list: readonly StatedFact[], knownAt = ALWAYS) =>
	timelineOf({ identityId: 'i', keys: {}, facts: list }, timelineRules(POLICY, knownAt));

describe('a timeline, whatever is said', () => {
	it('is the same for any order of facts', () => {
		fc.assert(
			fc.property(
				facts.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
				([list, shuffled]) => expect(course(shuffled)).toEqual(course(list)),
			),
		);
	});

	it('has no gaps, no empty stretches and sorted, disjoint employment', () => {
		fc.assert(
			fc.property(facts, (list) => {
				const { segments, employment = [] } = course(list);
				segments.forEach(({ from, until }, index) => {
					expect(until).toBe(segments[index + 1]?.from);
					if (until !== undefined) expect(until > from).toBe(true);
				});
				employment.forEach(({ from, until }, index) => {
					if (until !== undefined) expect(until > from).toBe(true);
					const next = employment[index + 1];
					if (next) expect(until !== undefined && until < next.from).toBe(true);
				});
			}),
		);
	});

	it('as known at a moment does not change by what is learnt later', () => {
		fc.assert(
			fc.property(facts, instant, (list, knownAt) => {
				const then = list.filter((each) => each.knownAt <= knownAt);
				const asOfThen = then.map(({ voidedAt, ...each }) => ({
					...each,
					...(voidedAt !== undefined && voidedAt <= knownAt && { voidedAt }),
				}));
				expect(course(list, knownAt)).toEqual(course(asOfThen, knownAt));
			}),
		);
	});

	it('gives each attribute the value of the best fact that holds', () => {
		fc.assert(
			fc.property(facts, instant, (list, moment) => {
				const holding = list.filter(
					(each) =>
						each.name === 'title' && each.voidedAt === undefined && each.from <= moment && (each.until ?? '~') > moment,
				);
				const believed = holding.some(({ source }) => source !== 'contract:M-1')
					? holding.filter(({ source }) => source !== 'contract:M-1')
					: holding;
				const [best] = believed.sort((a, b) =>
					`${a.from}|${a.createdAt}|${a.eventId}` < `${b.from}|${b.createdAt}|${b.eventId}` ? 1 : -1,
				);
				expect(valueAt(course(list.filter(({ voidedAt }) => voidedAt === undefined)), 'title', moment)).toBe(
					best?.value,
				);
			}),
		);
	});
});

describe('who is touched', () => {
	const early = timeline([
		event({ type: 'hire', effectiveAt: '2026-01-01', attributes: { department: 'Sales', endDate: '2026-12-31' } }),
	]);

	it('by the clock: whoever has a boundary in between', () => {
		const clock = (after: string, upTo: string) => touchedBy({ kind: 'clock', after, upTo }, [early]);
		expect(clock('2026-12-31T22:00:00.000Z', '2026-12-31T23:00:00.000Z')).toEqual(['idn_7']);
		expect(clock('2026-12-31T23:00:00.000Z', '2027-12-31T23:00:00.000Z')).toEqual([]);
	});

	it('by a policy version: whoever it tells apart', () => {
		const asks = (department: string) =>
			touchedBy({ kind: 'policy', asOf: at('2026-11-20'), concerns: (a) => a['department'] === department }, [early]);
		expect(asks('Sales')).toEqual(['idn_7']);
		expect(asks('Engineering')).toEqual([]);
	});
});

it('facts of one event share its moments', () => {
	const [first, second] = factsFrom([event({ type: 'change', effectiveAt: '2026-01-01', attributes: { a: 1, b: 2 } })]);
	expect(first?.from).toBe(second?.from);
});
