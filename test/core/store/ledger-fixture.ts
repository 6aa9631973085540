import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentHash, contentId, type ActionContent, type ApprovalNeed, type PlannedAction } from '../../../core/model';
import { Ledger, type LedgerApi, type PlanToSave } from '../../../core/store';

/** A ledger on a real file with a clock that the test moves. */
export async function openTestLedger(start = '2026-11-20T09:00:00.000Z') {
	const file = join(mkdtempSync(join(tmpdir(), 'ledger-')), 'ledger.sqlite');
	let now = Date.parse(start);
	const open = () => Ledger.open({ file, clock: () => now, random: randomBytes });
	return {
		file,
		ledger: await open(),
		open,
		advance: (seconds: number) => {
			now += seconds * 1_000;
		},
		now: () => new Date(now).toISOString(),
	};
}

export const POLICY_HASH = 'f'.repeat(64);
export const ADA = contentId('idn', { email: 'ada@example.com' });

export const PRIVILEGED: ApprovalNeed = {
	rule: 'privileged',
	approvers: { 'group:security': ['ciso@example.com', 'sec@example.com'] },
	need: { 'group:security': 1 },
	expires: 'P3D',
};

export function plannedAction(content: Partial<ActionContent> = {}, extra: Partial<PlannedAction> = {}): PlannedAction {
	const full: ActionContent = {
		v: 1,
		identityId: ADA,
		application: 'slack',
		operation: 'create_account',
		entitlement: 'slack/member',
		match: { userName: 'ada@example.com' },
		attributes: { userName: 'ada@example.com' },
		dueAt: '2026-11-20T08:00:00.000Z',
		policyHash: POLICY_HASH,
		...content,
	};
	const hash = contentHash(full);
	return {
		id: contentId('act', hash),
		hash,
		content: full,
		sources: [{ kind: 'contract', ref: 'MSA-1/consultants', reason: 'A row of Schedule A.' }],
		reason: 'Earned by rule consultants.',
		subject: 'Ada Example',
		privileged: false,
		...extra,
	};
}

/** Saves a plan with these actions as the lead-in of a test. */
export async function savePlan(
	ledger: LedgerApi,
	actions: PlannedAction[],
	extra: Partial<PlanToSave> = {},
): Promise<void> {
	await ledger.keepPolicy({ hash: POLICY_HASH, name: 'test', source: 'policy: test', author: 'test' });
	const { revision } = await ledger.planningState({ emails: [] });
	await ledger.savePlan({
		revision,
		id: 'pln_1',
		executionId: '7',
		policyHash: POLICY_HASH,
		asOf: '2026-11-20T09:00:00.000Z',
		effectiveFrom: '2026-11-20T09:00:00.000Z',
		identities: [{ id: ADA, keys: { email: 'ada@example.com' }, attributes: { email: 'ada@example.com' } }],
		actions,
		kept: [],
		superseded: [],
		grantChanges: { open: [], close: [] },
		blocked: [],
		...extra,
	});
}
