import { ADA, applyAll, BOB, openPeopleLedger, plannedAction, recorded, savePlan } from './governance-fixture';

async function applied() {
	const context = await openPeopleLedger();
	const one = plannedAction();
	const two = plannedAction({ identityId: BOB });
	await savePlan(context.ledger, [one, two]);
	await applyAll(context.ledger, 'slack', [one.id]);
	context.advance(60);
	await applyAll(context.ledger, 'slack', [two.id]);
	return { ...context, one, two };
}

describe('what a rollback starts from', () => {
	it('is what was really done, in order, with before and after, by plan, person or time', async () => {
		const { ledger, one, two, now } = await applied();
		const all = await ledger.rollbackInputs({ planId: 'pln_1' });
		expect(all.entries.map(({ action }) => action.id)).toEqual([one.id, two.id]);
		expect(all.entries[0]).toMatchObject({ before: null, after: { active: true }, outcome: 'verified' });
		expect(all.held).toHaveLength(2);
		const ids = async (scope: Parameters<typeof ledger.rollbackInputs>[0]) =>
			(await ledger.rollbackInputs(scope)).entries.map(({ action }) => action.id);
		expect(await ids({ identityId: ADA })).toEqual([one.id]);
		expect(await ids({ since: now() })).toEqual([two.id]);
		expect(await ids({ identityId: ADA, since: now() })).toEqual([]);
		expect(await ids({ contractId: 'MSA-1' })).toEqual([]);
	});

	it('leaves out what was rolled back, so that a second rollback is empty', async () => {
		const { ledger, one } = await applied();
		const undo = plannedAction({ operation: 'disable_account' });
		await savePlan(ledger, [undo], { id: 'pln_2', kind: 'rollback', undoes: [{ actionId: undo.id, undoes: one.id }] });
		await applyAll(ledger, 'slack', [undo.id]);
		const [before] = await ledger.readActions({ actionIds: [one.id] });
		expect(before?.executionState).toBe('rolled_back');
		expect((await ledger.rollbackInputs({ identityId: ADA })).entries).toEqual([]);
		expect(await recorded(ledger)).toContain('action.rolled_back');
	});

	it('leaves an action as it is when taking it back failed', async () => {
		const { ledger, one } = await applied();
		const undo = plannedAction({ operation: 'disable_account' });
		await savePlan(ledger, [undo], { id: 'pln_2', kind: 'rollback', undoes: [{ actionId: undo.id, undoes: one.id }] });
		const claim = { application: 'slack', claimedBy: 'execution:7', leaseSeconds: 300, limit: 10 };
		const { leaseId } = await ledger.claim({ ...claim, actionIds: [undo.id] });
		await ledger.complete(leaseId, [{ actionId: undo.id, outcome: 'failed', writes: 0 }]);
		expect((await ledger.rollbackInputs({ identityId: ADA })).entries).toHaveLength(1);
	});
});

describe('a result recorded from outside', () => {
	it('closes only what its lease holds, with before and after in the journal', async () => {
		const { ledger, advance } = await openPeopleLedger();
		const action = plannedAction();
		await savePlan(ledger, [action]);
		const claim = { application: 'slack', claimedBy: 'execution:7', leaseSeconds: 300, limit: 10 };
		const { leaseId } = await ledger.claim(claim);
		const result = { actionId: action.id, outcome: 'applied' as const, writes: 1, after: { id: 'u1' } };
		await expect(ledger.recordResults([{ leaseId: 'lease_other', result }])).rejects.toMatchObject({
			code: 'LEDGER_REFUSED',
		});
		await ledger.recordResults([{ leaseId, result, before: null }]);
		const { entries } = await ledger.rollbackInputs({ planId: 'pln_1' });
		expect(entries).toMatchObject([{ after: { id: 'u1' }, outcome: 'applied' }]);
		advance(1);
		await expect(ledger.recordResults([{ leaseId, result }])).rejects.toMatchObject({ code: 'LEDGER_REFUSED' });
	});
});
