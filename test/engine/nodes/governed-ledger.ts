import { randomBytes } from 'node:crypto';
import { contentHash, contentId, type ActionContent, type Identity, type PlannedAction } from '../../../core/model';
import { parsePolicy } from '../../../core/policy';
import { Ledger, type PlanToSave } from '../../../core/store';
import { ledgerFile } from './one-node';

export const ADA = contentId('idn', 'ada');
export const BOB = contentId('idn', 'bob');

const POLICY = `policy: acme
zone: Europe/Berlin
groups: { security: [ciso@example.com] }
applications:
  github: { connector: n8n, owner: cto@example.com }
  erp: { connector: n8n, owner: erp@example.com }
entitlements:
  github/member: { app: github, account: true }
  github/admin: { app: github, group: admins, privileged: true, maxDuration: P7D, requestable: { by: { department: Engineering }, for: P5D } }
  github/eng: { app: github, group: eng }
  erp/pay: { app: erp, role: Pay }
breakGlass: { grant: [github/*], by: { department: Engineering }, for: PT4H, review: { approvers: ["group:security"], within: P1D } }
exceptions: { maxDuration: P30D, owners: [cto@example.com] }
approvals:
  - { id: privileged, when: { entitlement.privileged: true }, approvers: ["group:security"], remind: [P1D], escalate: { after: P2D, to: boss@example.com } }
`;

const identity = (id: string, email: string, department: string): Identity => ({
	id,
	keys: { email },
	attributes: { email, department },
});

/** A ledger file with two people and a policy in force; `with` opens it beside the node under test. */
export async function governedLedger() {
	const file = ledgerFile();
	const open = () => Ledger.open({ file, clock: Date.now, random: randomBytes });
	const within = async <T>(work: (ledger: Ledger) => Promise<T>): Promise<T> => {
		const ledger = await open();
		try {
			return await work(ledger);
		} finally {
			await ledger.close();
		}
	};
	const { hash } = parsePolicy(POLICY);
	const save = (actions: PlannedAction[], more: Partial<PlanToSave> = {}) =>
		within(async (ledger) => {
			const { revision } = await ledger.peopleState([]);
			const now = new Date().toISOString();
			await ledger.savePlan({
				revision,
				id: `pln_${actions[0]?.id ?? 'empty'}`,
				policyHash: hash,
				asOf: now,
				effectiveFrom: now,
				identities: [],
				actions,
				kept: [],
				superseded: [],
				grantChanges: { open: [], close: [] },
				blocked: [],
				...more,
			});
		});
	await within((ledger) =>
		ledger.publishPolicy({
			hash,
			name: 'acme',
			source: POLICY,
			author: 'cto@example.com',
			authorProof: 'claimed',
			needsApproval: false,
		}),
	);
	await save([], {
		identities: [identity(ADA, 'ada@example.com', 'Engineering'), identity(BOB, 'bob@example.com', 'Sales')],
	});
	return { file, within, save, hash };
}

export type GovernedLedger = Awaited<ReturnType<typeof governedLedger>>;

export function actionFor(
	policyHash: string,
	content: Partial<ActionContent> = {},
	extra: Partial<PlannedAction> = {},
): PlannedAction {
	const full: ActionContent = {
		v: 1,
		identityId: ADA,
		application: 'github',
		operation: 'add_to_group',
		entitlement: 'github/eng',
		target: 'eng',
		match: { userName: 'ada@example.com' },
		dueAt: '2026-01-01T00:00:00.000Z',
		policyHash,
		...content,
	};
	const hash = contentHash(full);
	return {
		id: contentId('act', hash),
		hash,
		content: full,
		sources: [{ kind: 'rule', ref: 'engineers', reason: 'Rule engineers.' }],
		reason: 'Earned by rule engineers.',
		subject: 'Ada Example',
		privileged: false,
		...extra,
	};
}
