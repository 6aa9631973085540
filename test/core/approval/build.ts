import { contentHash, type Action, type ActionContent, type ApprovalNeed } from '../../../core/model';

export const NOW = Date.parse('2026-11-20T09:00:00Z');

export interface ActionSketch extends Partial<Omit<Action, 'content'>> {
	content?: Partial<ActionContent>;
}

/** An action that waits for approval: Mara becomes an administrator on GitHub. */
export function action({ content: contentSketch, ...sketch }: ActionSketch = {}): Action {
	const content: ActionContent = {
		v: 1,
		identityId: 'idn_mara',
		application: 'github',
		operation: 'add_to_group',
		entitlement: 'github/admin',
		target: 'org-admins',
		match: { userName: 'mara@vendor.example' },
		dueAt: '2026-12-01T00:00:00Z',
		validUntil: '2026-12-08T00:00:00Z',
		policyHash: 'p'.repeat(64),
		...contentSketch,
	};
	const hash = contentHash(content);
	return {
		id: `act_${hash.slice(0, 24)}`,
		hash,
		content,
		sources: [],
		reason: 'Mara is listed as administrator in Schedule A.',
		subject: 'Mara Lind',
		privileged: true,
		approval: need(),
		planId: 'pln_1',
		sequence: 1,
		approvalState: 'pending',
		executionState: 'planned',
		...sketch,
	};
}

export function need(more: Partial<ApprovalNeed> = {}): ApprovalNeed {
	return {
		rule: 'privileged',
		approvers: { manager: ['boss@acme.example'], 'group:security': ['sec1@acme.example', 'sec2@acme.example'] },
		need: { manager: 1, 'group:security': 2 },
		expires: 'P3D',
		...more,
	};
}
