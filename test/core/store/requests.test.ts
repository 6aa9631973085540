import {
	ADA,
	applyAll,
	BOB,
	leaves,
	openPeopleLedger,
	plannedAction,
	POLICY_HASH,
	recorded,
	savePlan,
} from './governance-fixture';

const REQUEST = {
	identityId: ADA,
	entitlements: ['github/admin'],
	kind: 'request' as const,
	requestedBy: 'ada@example.com',
	reason: 'On call this week',
	validFrom: '2026-11-20T09:00:00.000Z',
	validUntil: '2026-11-27T09:00:00.000Z',
	policyHash: POLICY_HASH,
};

describe('several people who ask at once', () => {
	it('are written in one transaction: all of them, or nobody', async () => {
		const { ledger } = await openPeopleLedger();
		const other = { kind: 'request' as const, request: { ...REQUEST, identityId: 'idn_nobody' } };
		const own = { kind: 'request' as const, request: REQUEST };
		await expect(ledger.recordAsked([own, other])).rejects.toMatchObject({ code: 'INPUT_INVALID' });
		expect((await ledger.peopleState([ADA])).assignments).toEqual([]);
		const recorded = await ledger.recordAsked([own, { ...own, request: { ...REQUEST, identityId: BOB } }]);
		expect(recorded).toMatchObject([{ requested: [{ status: 'recorded' }] }, { requested: [{ status: 'recorded' }] }]);
		expect((await ledger.peopleState([ADA, BOB])).assignments).toHaveLength(2);
	});
});

describe('a request for access', () => {
	it('is assigned, recorded without personal data, and makes somebody look at the person', async () => {
		const { ledger } = await openPeopleLedger();
		const [requested] = await ledger.requestAccess(REQUEST);
		expect(requested).toMatchObject({ status: 'recorded', assignment: { source: { kind: 'request' } } });
		const state = await ledger.peopleState([ADA]);
		expect(state.assignments).toMatchObject([{ entitlement: 'github/admin', validUntil: REQUEST.validUntil }]);
		expect((await ledger.dueTasks({ limit: 10, leaseSeconds: 60 })).tasks).toMatchObject([
			{ kind: 'review', identityId: ADA, reasons: ['request of access'] },
		]);
		const text = await leaves(ledger);
		expect(text).toContain('access.requested');
		expect(text).not.toContain('ada@example.com');
		expect(text).not.toContain('On call');
	});

	it('is one request, however often it is made, until it has ended', async () => {
		const { ledger, advance } = await openPeopleLedger();
		const [first] = await ledger.requestAccess(REQUEST);
		const [second] = await ledger.requestAccess(REQUEST);
		expect(second).toMatchObject({ status: 'already_open', requestId: first?.requestId });
		advance(8 * 86_400);
		const [third] = await ledger.requestAccess({ ...REQUEST, validUntil: '2026-12-27T09:00:00.000Z' });
		expect(third?.status).toBe('recorded');
	});

	it('makes a plan made before it out of date', async () => {
		const { ledger } = await openPeopleLedger();
		const { revision } = await ledger.peopleState([ADA]);
		await ledger.requestAccess(REQUEST);
		await expect(savePlan(ledger, [], { revision })).rejects.toMatchObject({ code: 'LEDGER_REFUSED' });
	});

	it('is refused for somebody whom nobody knows', async () => {
		const { ledger } = await openPeopleLedger();
		await expect(ledger.requestAccess({ ...REQUEST, identityId: 'idn_nobody' })).rejects.toMatchObject({
			code: 'INPUT_INVALID',
		});
		expect(await recorded(ledger)).not.toContain('access.requested');
	});
});

describe('emergency access', () => {
	const use = {
		identityId: ADA,
		entitlements: ['github/admin'],
		usedBy: 'ada@example.com',
		reason: 'Production is down',
		validUntil: '2026-11-20T13:00:00.000Z',
		reviewers: ['ciso@example.com'],
		reviewBy: '2026-11-21T13:00:00.000Z',
	};

	it('is assigned at once and waits for its review from its end on', async () => {
		const { ledger, advance } = await openPeopleLedger();
		const [used] = await ledger.breakGlass(use);
		const id = used?.breakGlassId ?? '';
		expect((await ledger.peopleState([ADA])).assignments[0]?.source).toMatchObject({ kind: 'break_glass', ref: id });
		const ask = { limit: 10, leaseSeconds: 60, kinds: ['breakGlassReview' as const] };
		expect((await ledger.dueTasks(ask)).tasks).toEqual([]);
		advance(4 * 3_600);
		expect((await ledger.dueTasks(ask)).tasks).toMatchObject([{ breakGlassId: id, reviewers: ['ciso@example.com'] }]);
		await ledger.reviewBreakGlass({ id, outcome: 'justified', by: 'ciso@example.com', reason: 'Incident 12' });
		advance(3_600);
		expect((await ledger.dueTasks(ask)).tasks).toEqual([]);
		expect(await leaves(ledger)).not.toContain('ciso@example.com');
	});

	it('is reviewed once, and by somebody else', async () => {
		const { ledger } = await openPeopleLedger();
		const id = (await ledger.breakGlass(use))[0]?.breakGlassId ?? '';
		const review = { id, outcome: 'justified' as const, reason: 'fine' };
		await expect(ledger.reviewBreakGlass({ ...review, by: 'Ada@Example.com' })).rejects.toMatchObject({
			code: 'LEDGER_REFUSED',
		});
		await ledger.reviewBreakGlass({ ...review, by: 'ciso@example.com' });
		await expect(ledger.reviewBreakGlass({ ...review, by: 'sec@example.com' })).rejects.toMatchObject({
			code: 'INPUT_INVALID',
		});
	});

	it('cannot be reviewed by the person it was for, when a colleague used it for them', async () => {
		const { ledger } = await openPeopleLedger();
		const id = (await ledger.breakGlass({ ...use, usedBy: 'bob@example.com' }))[0]?.breakGlassId ?? '';
		const review = { id, outcome: 'justified' as const, reason: 'fine', by: 'ada@example.com' };
		await expect(ledger.reviewBreakGlass(review)).rejects.toMatchObject({ code: 'LEDGER_REFUSED' });
	});
});

describe('an extension', () => {
	const until = '2026-12-20T00:00:00.000Z';
	const extend = {
		identityId: ADA,
		entitlement: 'github/admin',
		until,
		by: 'boss@example.com',
		reason: 'Still on call',
	};

	it('moves the end of the request, and keeps what was believed before', async () => {
		const { ledger, advance } = await openPeopleLedger();
		const [requested] = await ledger.requestAccess(REQUEST);
		advance(60);
		const extended = await ledger.extend(extend);
		expect(extended).toMatchObject({ how: 'moved', previousEnd: REQUEST.validUntil });
		expect((await ledger.peopleState([ADA])).assignments).toMatchObject([
			{ validUntil: until, validFrom: REQUEST.validFrom, source: { ref: requested?.requestId } },
		]);
		expect((await ledger.identityReport(ADA))?.assignments.map(({ closeReason }) => closeReason)).toEqual([
			'extended',
			undefined,
		]);
		await expect(ledger.extend(extend)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
	});

	it('prolongs what a rule or overlap gives as an exception of its own', async () => {
		const { ledger } = await openPeopleLedger();
		const give = plannedAction({ entitlement: 'github/admin', operation: 'add_to_group' });
		const end = plannedAction({
			entitlement: 'github/admin',
			operation: 'remove_from_group',
			dueAt: '2026-12-04T00:00:00.000Z',
		});
		await savePlan(ledger, [give, end]);
		await applyAll(ledger, 'slack', [give.id]);
		const extended = await ledger.extend(extend);
		expect(extended).toMatchObject({
			how: 'prolonged',
			previousEnd: '2026-12-04T00:00:00.000Z',
			assignment: { source: { kind: 'exception', ref: expect.stringMatching(/^overlap:/) as string } },
		});
	});

	it('is refused for what the person does not hold', async () => {
		const { ledger } = await openPeopleLedger();
		await expect(ledger.extend({ ...extend, identityId: BOB })).rejects.toMatchObject({ code: 'LEDGER_REFUSED' });
	});
});

describe('a halt', () => {
	const tripped = [{ guard: 'maxInferredRevokes', counted: 2, limit: 1 }];

	async function halted() {
		const context = await openPeopleLedger();
		const actions = [plannedAction(), plannedAction({ identityId: BOB })];
		const ids = actions.map(({ id }) => id);
		await savePlan(context.ledger, actions, { halts: [{ tripped, actionIds: ids }] });
		const records = await context.ledger.readLog({ after: 0, limit: 1_000 });
		const leaf = records.map((each) => JSON.parse(each.leaf) as { type: string; refs: { halt: string } });
		return { ...context, ids, halt: leaf.find(({ type }) => type === 'guard.halted')?.refs.halt ?? '' };
	}
	const claim = { application: 'slack', claimedBy: 'execution:7', leaseSeconds: 300, limit: 10 };

	it('keeps actions from being claimed until somebody resumes it with a reason', async () => {
		const { ledger, ids, halt } = await halted();
		expect((await ledger.claim({ ...claim, actionIds: ids })).refused.map(({ reason }) => reason)).toEqual([
			'It is blocked.',
			'It is blocked.',
		]);
		const resolved = await ledger.resolveHalt({ id: halt, decision: 'resume', by: 'it@example.com', reason: 'Layoff' });
		expect(resolved.actionIds).toEqual([...ids].sort());
		expect((await ledger.claim({ ...claim, actionIds: ids })).claimed).toHaveLength(2);
		expect(await recorded(ledger)).toContain('guard.resumed');
	});

	it('cancels them for good, and is resolved once', async () => {
		const { ledger, ids, halt } = await halted();
		const decision = { id: halt, decision: 'cancel' as const, by: 'it@example.com', reason: 'Broken feed' };
		await ledger.resolveHalt(decision);
		const after = await ledger.readActions({ actionIds: ids });
		expect(after.map(({ executionState }) => executionState)).toEqual(['cancelled', 'cancelled']);
		await expect(ledger.resolveHalt({ ...decision, decision: 'resume' })).rejects.toMatchObject({
			code: 'INPUT_INVALID',
		});
	});
});
