import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentId, type Identity, type PlannedAction } from '../../../core/model';
import type { LedgerApi } from '../../../core/store';
import { openLedgerThread, type LedgerThread } from '../../../nodes/runtime/ledger';
import { plannedAction, savePlan } from '../../core/store/ledger-fixture';
import { LONGEST_ALLOWED_STALL, longestStall } from '../../support/event-loop';

const PEOPLE = 3_000;
const newFile = () => join(mkdtempSync(join(tmpdir(), 'ledger-thread-')), 'ledger.sqlite');

let thread: LedgerThread;
beforeEach(async () => {
	thread = await openLedgerThread(newFile());
});
afterEach(async () => {
	await thread.close();
});

describe('the ledger in its thread', () => {
	it('answers as the ledger does, errors with code and remedy included', async () => {
		await thread.ledger.append({
			type: 'test.noted',
			actor: { kind: 'package', id: 'x' },
			occurredAt: '2026-11-20T00:00:00.000Z',
		});
		expect(await thread.ledger.verifyLog()).toMatchObject({ ok: true, records: 1 });
		await expect(
			thread.ledger.complete('lease_nobody', [{ actionId: 'act_1', outcome: 'verified', writes: 0 }]),
		).rejects.toMatchObject({
			name: 'DomainError',
			code: 'LEDGER_REFUSED',
			remedy: expect.stringMatching(/./) as string,
		});
	});

	it('says why a file cannot be opened', async () => {
		await expect(openLedgerThread('/dev/null/ledger.sqlite')).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' });
	});

	it('loses nothing that was committed when it is closed and opened again', async () => {
		const file = newFile();
		const first = await openLedgerThread(file);
		await first.ledger.append({
			type: 'test.noted',
			actor: { kind: 'package', id: 'x' },
			occurredAt: '2026-11-20T00:00:00.000Z',
		});
		await first.close();
		const second = await openLedgerThread(file);
		expect([second.ledger.id, (await second.ledger.verifyLog()).records]).toEqual([first.ledger.id, 1]);
		await second.close();
	});

	it('leaves the event loop free while thousands of actions are planned, claimed and completed', async () => {
		const identities: Identity[] = Array.from({ length: PEOPLE }, (_, n) => {
			const email = `person${n}@example.com`;
			return { id: contentId('idn', { email }), keys: { email }, attributes: { email, lastName: String(n) } };
		});
		const actions = identities.map(({ id, keys }) => plannedAction({ identityId: id, match: { ...keys } }));
		const work = async () => {
			const another = await openLedgerThread(newFile());
			const claimed = await planClaimComplete(another.ledger, actions, identities);
			await another.close();
			expect(claimed).toBe(PEOPLE);
		};
		expect(await longestStall(work)).toBeLessThan(LONGEST_ALLOWED_STALL);
	});
});

/** How many actions were carried through. */
async function planClaimComplete(ledger: LedgerApi, actions: PlannedAction[], identities: Identity[]): Promise<number> {
	await savePlan(ledger, actions, { identities });
	const request = { application: 'slack', claimedBy: 'execution:7', leaseSeconds: 900, limit: 5_000 };
	const { leaseId, claimed } = await ledger.claim(request);
	await ledger.journalBefore(
		leaseId,
		claimed.map(({ id }) => ({ actionId: id, before: null })),
	);
	const results = claimed.map(({ id }) => ({
		actionId: id,
		outcome: 'verified' as const,
		writes: 1,
		after: { active: true },
	}));
	await ledger.complete(leaseId, results);
	return claimed.length;
}
