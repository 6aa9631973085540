import { randomBytes } from 'node:crypto';
import { Ledger } from '../../../core/store';
import {
	ADA,
	applyAll,
	assignment,
	BOB,
	identity,
	openPeopleLedger,
	plannedAction,
	recorded,
	savePlan,
} from './governance-fixture';

describe('what a contract assigns', () => {
	const assign = async (ledger: Ledger, rows: ReturnType<typeof assignment>[], contractId = 'MSA-1') => {
		const id = `pln_${Math.random()}`;
		await savePlan(ledger, [], { id, assignments: [{ contractId, rows }] });
		return (await ledger.peopleState([ADA, BOB])).assignments;
	};

	it('is replaced as a whole, and only for this contract', async () => {
		const { ledger } = await openPeopleLedger();
		await assign(ledger, [assignment()]);
		await assign(ledger, [assignment({}, 'MSA-2/people')], 'MSA-2');
		const next = [assignment({ identityId: BOB, entitlement: 'github/member' })];
		expect(await assign(ledger, next)).toEqual(
			[assignment({}, 'MSA-2/people'), assignment({ identityId: BOB, entitlement: 'github/member' })].sort((a, b) =>
				a.identityId < b.identityId ? -1 : 1,
			),
		);
		expect(await ledger.peopleOfContract('MSA-1')).toEqual([BOB]);
		expect(await assign(ledger, [])).toEqual([assignment({}, 'MSA-2/people')]);
	});

	it('keeps a row that did not change, and the old one of what did', async () => {
		const { ledger, advance } = await openPeopleLedger();
		await assign(ledger, [assignment()]);
		advance(60);
		await assign(ledger, [assignment()]);
		const report = await ledger.identityReport(ADA);
		expect(report?.assignments).toHaveLength(1);
		advance(60);
		const until = '2026-12-01T00:00:00.000Z';
		await assign(ledger, [assignment({ validUntil: until })]);
		const after = await ledger.identityReport(ADA);
		expect(after?.assignments).toMatchObject([
			{ openedAt: '2026-11-20T09:00:00.000Z', closedAt: '2026-11-20T09:02:00.000Z', closeReason: 'replaced' },
			{ openedAt: '2026-11-20T09:02:00.000Z', until },
		]);
		// As it was believed before the change.
		expect((await ledger.identityReport(ADA, '2026-11-20T09:01:30.000Z'))?.assignments).toHaveLength(1);
	});

	it('refuses what another source assigns', async () => {
		const { ledger } = await openPeopleLedger();
		const request = assignment({ source: { kind: 'request', ref: 'arq_1', reason: 'x' } });
		await expect(assign(ledger, [request])).rejects.toMatchObject({ code: 'LEDGER_REFUSED' });
	});
});

describe('the state of people', () => {
	it('holds everything that planning needs, for any of them', async () => {
		const { ledger } = await openPeopleLedger();
		const give = plannedAction();
		const later = plannedAction({ identityId: BOB, dueAt: '2027-01-01T00:00:00.000Z' });
		await savePlan(ledger, [give, later], { assignments: [{ contractId: 'MSA-1', rows: [assignment()] }] });
		await applyAll(ledger, 'slack', [give.id]);
		const state = await ledger.peopleState([BOB, ADA, ADA]);
		expect(state.identities.map(({ id }) => id)).toEqual([ADA, BOB].sort());
		expect(state.held.map(({ entitlement }) => entitlement)).toEqual(['slack/member']);
		expect(state.openActions.map(({ id }) => id)).toEqual([later.id]);
		expect(state.assignments).toHaveLength(1);
		await expect(savePlan(ledger, [], { id: 'pln_2', revision: state.revision })).resolves.toBeUndefined();
	});

	it('pages over everybody in the order of ids', async () => {
		const { ledger } = await openPeopleLedger();
		const first = await ledger.peopleIds({ limit: 1 });
		const second = await ledger.peopleIds({ limit: 10, after: first[0] ?? '' });
		expect([...first, ...second]).toEqual([ADA, BOB].sort());
	});
});

describe('a plan for many people', () => {
	it('is written with its events, exposures, reviews and halts in one go', async () => {
		const { ledger, now } = await openPeopleLedger();
		const actions = [plannedAction(), plannedAction({ identityId: BOB, operation: 'remove_from_group', target: 'x' })];
		const review = { identityId: ADA, dueAt: '2026-12-01T00:00:00.000Z', reason: 'employment ends' };
		await savePlan(ledger, actions, {
			kind: 'people',
			evaluated: [ADA, BOB],
			reviews: [review],
			findings: [
				{
					code: 'UNKNOWN_VALUE',
					level: 'warning',
					identityId: ADA,
					message: 'No such department.',
					remedy: 'Mend it.',
				},
			],
			exposures: [{ identityId: BOB, entitlement: 'slack/member', from: '2026-11-01T00:00:00.000Z', until: now() }],
			halts: [{ tripped: [{ guard: 'maxInferredRevokes', counted: 1, limit: 0 }], actionIds: [actions[1]?.id ?? ''] }],
		});
		const stored = await ledger.readActions({ planIds: ['pln_1'] });
		expect(stored.map(({ executionState }) => executionState)).toEqual(['planned', 'blocked']);
		expect(await ledger.openFindings({ identityIds: [ADA] })).toMatchObject([{ code: 'UNKNOWN_VALUE' }]);
		expect((await ledger.identityReport(BOB))?.exposures).toMatchObject([{ entitlement: 'slack/member' }]);
		expect((await ledger.identityReport(ADA))?.nextReview).toEqual({ dueAt: review.dueAt, reason: review.reason });
		expect(await recorded(ledger)).toEqual(expect.arrayContaining(['access.exposed', 'guard.halted', 'plan.created']));
	});

	it('keeps risk, separation, inference and the time of verification', async () => {
		const { ledger } = await openPeopleLedger();
		const action = plannedAction(
			{},
			{
				risk: { score: 40, factors: [{ factor: 'privileged', points: 40, because: 'It is privileged.' }] },
				inferred: true,
				verifyBy: '2026-11-20T10:00:00.000Z',
			},
		);
		await savePlan(ledger, [action]);
		expect(await ledger.readActions({ actionIds: [action.id] })).toMatchObject([
			{ risk: { score: 40 }, inferred: true, verifyBy: '2026-11-20T10:00:00.000Z' },
		]);
	});

	it('takes back a thousand actions and settles a thousand results', async () => {
		const { ledger } = await openPeopleLedger();
		const many = Array.from({ length: 1_200 }, (_, n) => identity(`idn_${n}`, `p${n}@example.com`));
		const give = many.map(({ id }) => plannedAction({ identityId: id }));
		await savePlan(ledger, give, { identities: many });
		await applyAll(
			ledger,
			'slack',
			give.slice(0, 1_000).map(({ id }) => id),
		);
		const state = await ledger.peopleState(many.map(({ id }) => id));
		expect(state.held).toHaveLength(1_000);
		const rest = state.openActions;
		expect(rest).toHaveLength(200);
		await savePlan(ledger, [], {
			id: 'pln_2',
			superseded: rest.map(({ id }) => ({ actionId: id, reason: 'not wanted' })),
			grantChanges: {
				open: [],
				close: state.held.map(({ identityId, entitlement, source }) => ({
					identityId,
					entitlement,
					sourceKind: source.kind,
					sourceRef: source.ref,
				})),
			},
		});
		const after = await ledger.peopleState(many.map(({ id }) => id));
		expect([after.held, after.openActions]).toEqual([[], []]);
		expect((await ledger.verifyLog()).ok).toBe(true);
	});
});

describe('a ledger that is only looked at', () => {
	it('can be verified and read, and never written', async () => {
		const { ledger, file } = await openPeopleLedger();
		const { records, head } = await ledger.verifyLog();
		await ledger.close();
		const reader = await Ledger.open({ file, clock: Date.now, random: randomBytes, readOnly: true });
		expect(reader.id).toBe(ledger.id);
		expect(await reader.verifyLog()).toMatchObject({ ok: true, records, head });
		expect((await reader.peopleState([ADA])).identities).toHaveLength(1);
		await expect(
			reader.append({ type: 'x.y', actor: { kind: 'system', id: 't' }, occurredAt: '' }),
		).rejects.toBeDefined();
		await reader.close();
	});

	it('is not made where there is none', async () => {
		const options = { clock: Date.now, random: randomBytes, readOnly: true };
		await expect(Ledger.open({ ...options, file: '/tmp/no-such-ledger.sqlite' })).rejects.toMatchObject({
			code: 'LEDGER_UNAVAILABLE',
		});
	});
});
