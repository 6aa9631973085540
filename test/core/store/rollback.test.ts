import { contentHash, contentId, type ActionContent, type PlannedAction } from '../../../core/model';
import type { LedgerApi } from '../../../core/store';
import { ADA, applyAll, BOB, leaves, openPeopleLedger, plannedAction, recorded, savePlan } from './governance-fixture';

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

describe('an action of a rollback', () => {
	const CLAIM = { application: 'slack', claimedBy: 'execution:9', leaseSeconds: 300, limit: 10 };

	/** Slack was given to Ada, and a rollback of it is planned. */
	async function planned(operation: 'disable_account' | 'update_account' = 'disable_account') {
		const context = await applied();
		const { entitlement: _none, ...account } = plannedAction({ operation, attributes: { userName: 'old' } }).content;
		const undo = operation === 'update_account' ? asPlanned(account) : plannedAction({ operation });
		await savePlan(context.ledger, [undo], {
			id: 'pln_2',
			kind: 'rollback',
			undoes: [{ actionId: undo.id, undoes: context.one.id }],
			preconditions: [{ actionId: undo.id, after: { active: true }, version: 'W/"1"' }],
		});
		return { ...context, undo };
	}

	it('is handed out with what its application must still look like', async () => {
		const { ledger, undo } = await planned();
		const { claimed } = await ledger.claim(CLAIM);
		expect(claimed).toMatchObject([{ id: undo.id, precondition: { after: { active: true }, version: 'W/"1"' } }]);
		expect(JSON.stringify(claimed)).not.toContain('grants');
	});

	it('ends as a conflict where something else gives the access by now', async () => {
		const { ledger, undo } = await planned();
		const source = { kind: 'rule' as const, ref: 'everybody', reason: 'Rule everybody.' };
		const open = [{ identityId: ADA, entitlement: 'slack/member', source, validFrom: '2026-11-20T09:00:00.000Z' }];
		await savePlan(ledger, [], { id: 'pln_3', grantChanges: { open, close: [] } });
		const { claimed, refused } = await ledger.claim(CLAIM);
		expect(claimed).toEqual([]);
		expect(refused).toMatchObject([{ id: undo.id }]);
		const [after] = await ledger.readActions({ actionIds: [undo.id] });
		expect(after).toMatchObject({
			executionState: 'cancelled',
			note: expect.stringMatching(/^Conflict: slack.member/) as string,
		});
		expect(await recorded(ledger)).toContain('action.conflict');
		expect((await ledger.claim({ ...CLAIM, actionIds: [undo.id] })).refused).toEqual([
			{ id: undo.id, reason: 'It is cancelled.' },
		]);
	});

	it('ends as a conflict where the access was taken and given again', async () => {
		const { ledger, undo } = await planned();
		const taken = plannedAction({ operation: 'disable_account', dueAt: '2026-11-20T08:30:00.000Z' });
		await savePlan(ledger, [taken], { id: 'pln_3' });
		await applyAll(ledger, 'slack', [taken.id]);
		const { refused } = await ledger.claim({ ...CLAIM, actionIds: [undo.id] });
		expect(refused).toMatchObject([{ id: undo.id, reason: expect.stringContaining('not as it was') as string }]);
	});

	it('ends as a conflict where the account was written since, and goes on where the same rollback wrote it', async () => {
		const one = await planned('update_account');
		const update = asPlanned({ ...contentOf(one.undo), attributes: { userName: 'newer' } });
		await savePlan(one.ledger, [update], { id: 'pln_3' });
		await writeAccount(one.ledger, update.id);
		expect((await one.ledger.claim({ ...CLAIM, actionIds: [one.undo.id] })).refused).toMatchObject([
			{ reason: expect.stringMatching(/^Conflict: the account in slack/) as string },
		]);
		const two = await planned('update_account');
		expect((await two.ledger.claim({ ...CLAIM, actionIds: [two.undo.id] })).claimed).toHaveLength(1);
	});

	it.each([
		['its writer finds it', 'Conflict: changed in the application since: title.'],
		['its writer says no more than that', undefined],
	])('ends as a conflict where %s, and is never handed out again', async (_, note) => {
		const { ledger, one, undo } = await planned();
		const { leaseId } = await ledger.claim({ ...CLAIM, actionIds: [undo.id] });
		await ledger.journalBefore(leaseId, [{ actionId: undo.id, before: { title: 'Director' } }]);
		const result = { actionId: undo.id, outcome: 'conflict' as const, writes: 0 };
		await ledger.complete(leaseId, [{ ...result, ...(note !== undefined && { note }) }]);
		const [after] = await ledger.readActions({ actionIds: [undo.id] });
		expect(after).toMatchObject({
			executionState: 'cancelled',
			note: note ?? (expect.stringMatching(/^Conflict: the application/) as string),
		});
		const types = await recorded(ledger);
		expect(types.filter((type) => type === 'action.conflict')).toHaveLength(1);
		expect(types).not.toContain('action.failed');
		// Notes may name persons, so they are no part of the log that can never be erased.
		expect(await leaves(ledger)).not.toContain('changed in the application');
		expect((await ledger.claim(CLAIM)).claimed).toEqual([]);
		expect((await ledger.claim({ ...CLAIM, actionIds: [undo.id] })).refused).toEqual([
			{ id: undo.id, reason: 'It is cancelled.' },
		]);
		// Nothing was taken back: access and grant are as they were, and a rollback can be planned anew.
		expect(await ledger.readActions({ actionIds: [one.id] })).toMatchObject([{ executionState: 'verified' }]);
		const inputs = await ledger.rollbackInputs({ identityId: ADA });
		expect(inputs.entries.map(({ action }) => action.id)).toEqual([one.id]);
		expect(inputs.held).toMatchObject([{ identityId: ADA, entitlement: 'slack/member' }]);
	});

	it('is not planned twice while it is open', async () => {
		const { ledger, undo } = await planned();
		expect((await ledger.rollbackInputs({ identityId: ADA })).entries).toEqual([]);
		await applyAll(ledger, 'slack', [undo.id]);
		expect((await ledger.rollbackInputs({ identityId: ADA })).entries).toEqual([]);
	});
});

const contentOf = ({ content }: PlannedAction) => content;

function asPlanned(content: Omit<ActionContent, 'entitlement'>): PlannedAction {
	const hash = contentHash(content);
	return { ...plannedAction(), id: contentId('act', hash), hash, content };
}

async function writeAccount(ledger: LedgerApi, actionId: string): Promise<void> {
	const claim = { application: 'slack', claimedBy: 'execution:7', leaseSeconds: 300, limit: 10 };
	const { leaseId } = await ledger.claim({ ...claim, actionIds: [actionId] });
	const account = { remoteId: 'u1', userName: 'ada' };
	await ledger.complete(leaseId, [{ actionId, outcome: 'verified', writes: 1, account }]);
}

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
