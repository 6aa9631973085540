import fc from 'fast-check';
import { resolveGroup } from '../../../core/lifecycle';
import { event } from './builders';

const say = (id: string, said: Record<string, unknown>, minute = 0) => ({
	eventId: `evt_${id}`,
	event: event({ id, createdAt: new Date(Date.UTC(2026, 10, 1, 0, minute)).toISOString(), ...said }),
});
const leave = say('L', { type: 'leave', effectiveAt: '2026-12-31' });
const words = (...group: ReturnType<typeof say>[]) =>
	resolveGroup(group).map(({ event: { id, effectiveAt } }) => [id, effectiveAt]);

describe('cancellations and corrections', () => {
	it('a date in a correction is read as what it corrects: the end of the day for a leave', () => {
		const correction = say('K', { type: 'correct', refersTo: 'L', effectiveAt: '2026-11-30' }, 1);
		expect(words(leave, correction)).toEqual([['L', '2026-11-30T23:00:00.000Z']]);
	});

	it('a cancelled event takes its corrections with it', () => {
		const correction = say('K', { type: 'correct', refersTo: 'L', effectiveAt: '2026-11-30' }, 1);
		const cancel = say('C', { type: 'cancel', refersTo: 'L' }, 2);
		expect(words(leave, correction, cancel)).toEqual([]);
	});

	it('a cancelled correction lets the first word stand', () => {
		const correction = say('K', { type: 'correct', refersTo: 'L', effectiveAt: '2026-11-30' }, 1);
		const cancel = say('C', { type: 'cancel', refersTo: 'K' }, 2);
		expect(words(leave, correction, cancel)).toEqual([['L', '2026-12-31T23:00:00.000Z']]);
	});

	it('a correction of something unknown counts as it is', () => {
		expect(
			words(say('K', { type: 'correct', refersTo: 'X', effectiveAt: '2026-11-30', attributes: { a: 1 } })),
		).toHaveLength(1);
	});

	it('whatever refers to what, the order of arrival plays no part, and nothing hangs', () => {
		const ids = ['0', '1', '2', '3', '4', '5'];
		const group = fc.tuple(
			...ids.map((id, minute) =>
				fc
					.record({ type: fc.constantFrom('cancel', 'correct', 'change'), refersTo: fc.constantFrom(...ids) })
					.map(({ type, refersTo }) => {
						const refers = type !== 'change' && refersTo !== id;
						return say(
							id,
							refers
								? { type, refersTo, attributes: { [`a${id}`]: minute } }
								: { type: 'change', attributes: { a: id } },
							minute,
						);
					}),
			),
		);
		fc.assert(
			fc.property(
				group.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
				([all, shuffled]) => {
					const byRoot = (list: typeof shuffled) => resolveGroup(list).sort((a, b) => (a.rootId < b.rootId ? -1 : 1));
					expect(byRoot(shuffled)).toEqual(byRoot([...all]));
				},
			),
		);
	});
});
