import { DatabaseSync } from 'node:sqlite';
import { sha256 } from '../../../core/model';
import { openTestLedger, ADA, plannedAction, PRIVILEGED, savePlan } from './ledger-fixture';

const EVENT = {
	source: 'contract:inbox',
	externalId: 'evt-1',
	type: 'contract.amended',
	contentHash: 'a'.repeat(64),
	contractId: 'MSA-1',
	occurredAt: '2026-11-20T08:00:00.000Z',
	payload: { hello: 'world' },
	documents: [{ format: 'markdown' as const, text: '# Agreement' }],
	leaseSeconds: 60,
};
const CLAIM = { application: 'slack', claimedBy: 'execution:7', leaseSeconds: 300, limit: 100 };

describe('an incoming event', () => {
	it('is a duplicate only once its work is finished', async () => {
		const { ledger } = await openTestLedger();
		const first = await ledger.receiveEvent(EVENT);
		expect(first).toMatchObject({ status: 'accepted', attempt: 1 });
		expect(await ledger.receiveEvent(EVENT)).toMatchObject({ status: 'in_progress' });
		await ledger.finishEvent(first.eventId);
		expect(await ledger.receiveEvent(EVENT)).toMatchObject({ status: 'duplicate' });
	});

	it('is handed out again when its work was cut off and the lease has ended', async () => {
		const { ledger, advance } = await openTestLedger();
		await ledger.receiveEvent(EVENT);
		advance(61);
		expect(await ledger.receiveEvent(EVENT)).toMatchObject({ status: 'accepted', attempt: 2 });
	});

	it('is refused as a conflict when the same id comes with other content', async () => {
		const { ledger } = await openTestLedger();
		await ledger.receiveEvent(EVENT);
		expect(await ledger.receiveEvent({ ...EVENT, contentHash: 'b'.repeat(64) })).toMatchObject({ status: 'conflict' });
	});

	it('survives a crash after it was stored', async () => {
		const { ledger, open, advance } = await openTestLedger();
		await ledger.receiveEvent(EVENT);
		await ledger.close();
		advance(61);
		const reopened = await open();
		expect(await reopened.receiveEvent(EVENT)).toMatchObject({ status: 'accepted', attempt: 2 });
	});

	it('leaves one refusal record per source and minute, however many are refused', async () => {
		const { ledger, advance } = await openTestLedger();
		const refusal = { source: 'src_1', reason: 'mismatch', inbox: 'contract:inbox' };
		for (let n = 0; n < 50; n++) await ledger.recordRefusal(refusal);
		expect(await ledger.readLog({ after: 0, limit: 100 })).toHaveLength(1);
		advance(60);
		await ledger.recordRefusal(refusal);
		expect(await ledger.readLog({ after: 0, limit: 100 })).toHaveLength(2);
	});
});

describe('a contract that nobody evaluated', () => {
	it('is still known by the version seen before an event, and not by one seen after it', async () => {
		const { ledger, advance } = await openTestLedger();
		const see = async (n: number) => {
			advance(1);
			const text = `# Agreement, version ${n}`;
			const after = { sha256: sha256(text), format: 'markdown' };
			const event = {
				...EVENT,
				externalId: `evt-${n}`,
				documents: [{ format: 'markdown' as const, text }],
				payload: { after },
			};
			return (await ledger.receiveEvent(event)).eventId;
		};
		const [first, second, third] = [await see(1), await see(2), await see(3)];
		expect(await ledger.latestSeen('MSA-1', first)).toBeUndefined();
		expect((await ledger.latestSeen('MSA-1', second))?.text).toBe('# Agreement, version 1');
		expect((await ledger.latestSeen('MSA-1', third))?.text).toBe('# Agreement, version 2');
		expect((await ledger.latestSeen('MSA-1'))?.text).toBe('# Agreement, version 3');
	});
});

describe('a claim', () => {
	it('hands an action to one run only, and again when the lease has ended', async () => {
		const { ledger, advance } = await openTestLedger();
		const action = plannedAction();
		await savePlan(ledger, [action]);
		const [one, two] = await Promise.all([ledger.claim(CLAIM), ledger.claim({ ...CLAIM, planIds: ['pln_1'] })]);
		expect(one.claimed.map((claimed) => claimed.id)).toEqual([action.id]);
		expect(two.claimed).toEqual([]);
		expect(two.refused[0]?.reason).toMatch(/another run/i);
		advance(301);
		expect((await ledger.claim(CLAIM)).claimed).toHaveLength(1);
	});

	it('hands out the operations asked for, and what it passes over stands in nobody’s way and is no attempt', async () => {
		const { ledger } = await openTestLedger();
		const early = { dueAt: '2026-11-20T07:00:00.000Z' };
		const sessions = plannedAction({ operation: 'revoke_sessions', ...early });
		const tokens = plannedAction({ operation: 'revoke_tokens', dueAt: '2026-12-01T00:00:00.000Z' });
		const account = plannedAction();
		await savePlan(ledger, [sessions, tokens, account]);
		const operations = ['create_account', 'update_account'] as const;
		const claim = await ledger.claim({ ...CLAIM, operations, limit: 1 });
		expect(claim.claimed.map(({ id }) => id)).toEqual([account.id]);
		expect(claim).toMatchObject({ refused: [], passedOver: [sessions.id] });
		const named = await ledger.claim({ ...CLAIM, operations, actionIds: [sessions.id, tokens.id] });
		expect(named).toMatchObject({ claimed: [], refused: [{ id: tokens.id }], passedOver: [sessions.id] });
		expect((await ledger.claim({ ...CLAIM, actionIds: [sessions.id] })).claimed).toHaveLength(1);
		const log = await ledger.readLog({ after: 0, limit: 100 });
		const attempts = log.flatMap(({ leaf }) => {
			const { type, data } = JSON.parse(leaf) as { type: string; data: { attempt?: number } };
			return type === 'action.claimed' ? [data.attempt] : [];
		});
		expect(attempts).toEqual([1, 1]);
	});

	it.each([
		['not due yet', plannedAction({ dueAt: '2026-12-01T00:00:00.000Z' }), /due at/],
		['past the end of the access it gives', plannedAction({ validUntil: '2026-11-20T08:30:00.000Z' }), /ended at/],
		['waiting for approval', plannedAction({}, { approval: PRIVILEGED }), /approval is pending/],
		['of another application', plannedAction({ application: 'github' }), /application "github"/],
	])('refuses an action that is %s', async (_name, action, reason) => {
		const { ledger } = await openTestLedger();
		await savePlan(ledger, [action]);
		const claim = await ledger.claim({ ...CLAIM, planIds: ['pln_1'] });
		expect(claim.claimed).toEqual([]);
		expect(claim.refused[0]?.reason).toMatch(reason);
	});

	it('refuses an action whose content was edited in the database, and records it', async () => {
		const { ledger, file } = await openTestLedger();
		await savePlan(ledger, [plannedAction({ operation: 'add_to_group', target: 'guests' })]);
		tamper(file, `update actions set content = replace(content, 'guests', 'org-admins')`);
		const claim = await ledger.claim({ ...CLAIM, planIds: ['pln_1'] });
		expect(claim.claimed).toEqual([]);
		expect(claim.refused[0]?.reason).toMatch(/hash differs/);
		const log = await ledger.readLog({ after: 0, limit: 100 });
		expect(log.at(-1)?.leaf).toContain('action.claim_refused');
	});

	it('takes nothing away that it never gave, and stops trying', async () => {
		const { ledger, advance } = await openTestLedger();
		const give = plannedAction({}, { approval: PRIVILEGED });
		const end = plannedAction({ operation: 'disable_account', dueAt: '2026-11-20T10:00:00.000Z' });
		await savePlan(ledger, [give, end]);
		advance(2 * 3_600);
		expect((await ledger.claim({ ...CLAIM, planIds: ['pln_1'] })).claimed).toEqual([]);
		const [, after] = await ledger.readActions({ planIds: ['pln_1'] });
		expect(after).toMatchObject({
			executionState: 'cancelled',
			note: expect.stringMatching(/nothing of ours/) as string,
		});
	});

	it('takes away what it tried to give, also where the attempt was recorded as failed', async () => {
		const { ledger } = await openTestLedger();
		const give = plannedAction();
		await savePlan(ledger, [give]);
		const { leaseId } = await ledger.claim({ ...CLAIM, actionIds: [give.id] });
		await ledger.complete(leaseId, [{ actionId: give.id, outcome: 'failed', writes: 1, note: 'not read back' }]);
		const take = plannedAction({ operation: 'disable_account' });
		await savePlan(ledger, [take], { id: 'pln_2' });
		expect((await ledger.claim({ ...CLAIM, actionIds: [take.id] })).claimed).toHaveLength(1);
	});

	it('refuses an action that was merely marked approved', async () => {
		const { ledger, file } = await openTestLedger();
		await savePlan(ledger, [plannedAction({}, { approval: PRIVILEGED })]);
		for (const state of ['approved', 'not_needed']) {
			tamper(file, `update actions set approval_state = '${state}'`);
			const claim = await ledger.claim({ ...CLAIM, planIds: ['pln_1'] });
			expect(claim.claimed).toEqual([]);
			expect(claim.refused[0]?.reason).toMatch(/no approved request covers/);
		}
	});
});

describe('a result', () => {
	it('opens the grants of what was given and closes those of what was taken', async () => {
		const { ledger } = await openTestLedger();
		const give = plannedAction();
		await savePlan(ledger, [give]);
		await apply(ledger, give.id);
		const held = await ledger.planningState({ emails: ['ada@example.com'] });
		expect(held.held.map((grant) => [grant.entitlement, grant.source.ref])).toEqual([
			['slack/member', 'MSA-1/consultants'],
		]);

		const take = plannedAction({ operation: 'disable_account' });
		await savePlan(ledger, [take], { id: 'pln_2' });
		await apply(ledger, take.id);
		expect((await ledger.planningState({ emails: ['ada@example.com'] })).held).toEqual([]);
	});

	it('is refused from a run whose lease was taken over', async () => {
		const { ledger, advance } = await openTestLedger();
		const action = plannedAction();
		await savePlan(ledger, [action]);
		const slow = await ledger.claim(CLAIM);
		advance(301);
		await ledger.claim(CLAIM);
		await expect(
			ledger.complete(slow.leaseId, [{ actionId: action.id, outcome: 'verified', writes: 1 }]),
		).rejects.toMatchObject({
			code: 'LEDGER_REFUSED',
		});
	});
});

describe('a plan', () => {
	it('is refused when the ledger changed since it was made', async () => {
		const { ledger } = await openTestLedger();
		await savePlan(ledger, []);
		await expect(savePlan(ledger, [], { id: 'pln_2', revision: 0 })).rejects.toMatchObject({ code: 'LEDGER_REFUSED' });
	});

	it('writes nothing at all when one part of it cannot be written', async () => {
		const { ledger } = await openTestLedger();
		await savePlan(ledger, []);
		const before = await ledger.verifyLog();
		await expect(
			savePlan(ledger, [plannedAction({ identityId: 'idn_nobody' })], { id: 'pln_2' }),
		).rejects.toBeDefined();
		expect(await ledger.verifyLog()).toEqual(before);
		expect(await ledger.readActions({ planIds: ['pln_2'] })).toEqual([]);
	});

	it('hands out what it keeps from an earlier plan', async () => {
		const { ledger } = await openTestLedger();
		const action = plannedAction();
		await savePlan(ledger, [action]);
		await savePlan(ledger, [], { id: 'pln_2', kept: [action] });
		expect((await ledger.claim({ ...CLAIM, planIds: ['pln_2'] })).claimed.map((claimed) => claimed.id)).toEqual([
			action.id,
		]);
	});

	it('finds people again by e-mail, with their newest attributes', async () => {
		const { ledger } = await openTestLedger();
		await savePlan(ledger, []);
		const state = await ledger.planningState({ emails: ['ada@example.com', 'bob@example.com'] });
		expect(state.identities).toEqual([
			{ id: ADA, keys: { email: 'ada@example.com' }, attributes: { email: 'ada@example.com' } },
		]);
	});
});

async function apply(ledger: Awaited<ReturnType<typeof openTestLedger>>['ledger'], actionId: string): Promise<void> {
	const { leaseId } = await ledger.claim({ ...CLAIM, actionIds: [actionId] });
	await ledger.journalBefore(leaseId, [{ actionId, before: null }]);
	await ledger.complete(leaseId, [
		{ actionId, outcome: 'verified', writes: 1, account: { remoteId: 'u1', userName: 'ada@example.com' } },
	]);
}

/** What an attacker with the database file could do. */
function tamper(file: string, statement: string): void {
	const database = new DatabaseSync(file);
	database.exec(statement);
	database.close();
}
