import { computeHere } from '../../../core/governance';
import { contentHash, contentId, type Action, type ActionContent, type Grant } from '../../../core/model';
import { parsePolicy } from '../../../core/policy';

const ASOF = '2026-11-20T09:00:00.000Z';
const people = Array.from({ length: 20 }, (_, n) => `idn_${n}`);

const policy = (guards: string) => `
policy: acme
zone: Europe/Berlin
applications: { crm: { connector: scim, owner: it@acme.example }, chat: { connector: scim, owner: it@acme.example } }
entitlements: { crm/us: { app: crm, group: us }, chat/all: { app: chat, group: all } }
exceptions: { maxDuration: P30D }
guards: ${guards}
`;

function given(identityId: string): Action {
	const content: ActionContent = {
		v: 1,
		identityId,
		application: 'crm',
		operation: 'add_to_group',
		entitlement: 'crm/us',
		match: { userName: identityId },
		dueAt: ASOF,
		policyHash: 'x',
	};
	const hash = contentHash(content);
	return {
		id: contentId('act', hash),
		hash,
		content,
		sources: [{ kind: 'request', ref: `arq_${identityId}`, reason: 'Asked for.' }],
		reason: 'Asked for.',
		subject: identityId,
		privileged: false,
		planId: 'pln_1',
		sequence: 0,
		approvalState: 'not_needed',
		executionState: 'verified',
	};
}

const held: Grant[] = people.flatMap((identityId) =>
	['crm/us', 'chat/all'].map((entitlement) => ({
		identityId,
		entitlement,
		source: { kind: 'request' as const, ref: 'arq', reason: 'Asked for.' },
		validFrom: ASOF,
	})),
);

async function rollbackOf(count: number, guards: string) {
	const source = policy(guards);
	return await computeHere('planRollback', {
		policy: source,
		policyHash: parsePolicy(source).hash,
		scope: 'plan:pln_1',
		seed: 'pln_2',
		inputs: {
			revision: 1,
			identities: people.map((id) => ({ id, keys: { email: `${id}@acme.example` }, attributes: {} })),
			assignments: [],
			held,
			openActions: [],
			accounts: [],
			entries: people.slice(0, count).map((id) => ({
				action: given(id),
				leaseId: 'lease',
				before: { member: false },
				after: { member: true },
				outcome: 'verified',
				writes: 1,
				finishedAt: ASOF,
			})),
		},
		people: people.map((identityId) => ({ identityId, keys: { email: `${identityId}@acme.example` }, facts: [] })),
		guards: {
			holdings: 40,
			byEntitlement: [
				['crm/us', 20],
				['chat/all', 20],
			],
			history: [],
		},
		asOf: ASOF,
	});
}

describe('a rollback before the guards', () => {
	it('is counted against what each application holds', async () => {
		const perApplication = '{ perApplication: { maxInferredRevokesPercent: 50 } }';
		expect((await rollbackOf(10, perApplication)).halted).toEqual([]);
		const { tripped, halted, plan } = await rollbackOf(11, perApplication);
		expect(tripped).toMatchObject([
			{ guard: 'inferred_revokes_percent', scope: 'application', name: 'crm', count: 55 },
		]);
		expect(halted).toEqual(plan.actions.map(({ id }) => id).sort());
	});

	it('is counted against all that is held', async () => {
		expect((await rollbackOf(11, '{ maxInferredRevokesPercent: 30 }')).halted).toEqual([]);
		expect((await rollbackOf(13, '{ maxInferredRevokesPercent: 30 }')).halted).toHaveLength(13);
	});
});
