import { randomBytes } from 'node:crypto';
import { computeHere, policyHead, runDecision, simulate } from '../../../core/governance';
import { Ledger } from '../../../core/store';

const EXTENSION = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const POLICY = `
policy: acme
zone: Europe/Berlin
attributes: { department: { type: text } }
applications:
  crm: { connector: scim, owner: it@acme.example, attributes: { userName: "{email}", "${EXTENSION}": { department: "{department}", manager: "{manager.account}" } } }
entitlements: { crm/user: { app: crm, account: true } }
rules: [{ id: all, when: { department: { exists: true } }, grant: [crm/user] }]
`;
const NOW = '2026-11-20T09:00:00.000Z';

async function company() {
	const ledger = await Ledger.open({ file: ':memory:', clock: () => Date.parse(NOW), random: randomBytes });
	const head = policyHead(POLICY);
	let runs = 0;
	const say = async (id: string, attributes: object, more: object = {}) => {
		const event = {
			...{ id: `${id}-${(runs += 1)}`, source: 'hris', type: 'hire', createdAt: NOW, effectiveAt: NOW },
			...{ person: { hrId: id, email: `${id}@acme.example` }, attributes, ...more },
		} as Parameters<Ledger['receiveLifecycleEvents']>[0][number];
		const [receipt] = await ledger.receiveLifecycleEvents([event], { policyView: head.view, leaseSeconds: 600 });
		return receipt?.identityIds[0] ?? '';
	};
	const plan = async (identityId: string) => {
		const { actions } = await runDecision(ledger, computeHere, {
			...{ policy: POLICY, policyHash: head.hash, zone: head.zone, identityIds: [identityId], eventIds: [] },
			...{ run: `run:${(runs += 1)}`, author: 'test', asOf: NOW, managerAccountsIn: head.managerAccountsIn },
		});
		return actions.map(({ content: { operation, attributes } }) => [operation, attributes?.[EXTENSION]]);
	};
	const apply = async () => {
		const { leaseId, claimed } = await ledger.claim({ application: 'crm', claimedBy: 't', leaseSeconds: 60, limit: 9 });
		await ledger.complete(
			leaseId,
			claimed.map(({ id, content }) => ({
				...{ actionId: id, outcome: 'verified', writes: 1 },
				account: { remoteId: `remote-${content.match['userName'] ?? ''}`, userName: content.match['userName'] ?? '' },
			})),
		);
	};
	return { ledger, head, say, plan, apply };
}

describe('{manager.account} in a mapping', () => {
	it('is the id of the manager’s account in the application, and follows the manager', async () => {
		const { ledger, head, say, plan, apply } = await company();
		expect(head.managerAccountsIn).toEqual(['crm']);
		const ada = await say('ada', { department: 'Sales', manager: 'Grace@acme.example' });
		// Nobody knows the manager yet: the attribute is left out.
		expect(await plan(ada)).toEqual([['create_account', { department: 'Sales' }]]);
		await apply();
		const grace = await say('grace', { department: 'Sales' });
		await plan(grace);
		await apply();
		const withManager = { department: 'Sales', manager: 'remote-grace@acme.example' };
		expect(await plan(ada)).toEqual([['update_account', withManager]]);
		await apply();
		expect(await plan(ada)).toEqual([]);
		const everybody = await simulate(ledger, computeHere, { policy: POLICY, head, asOf: NOW });
		expect(everybody).toMatchObject({ people: { total: 2, changed: 0 }, updated: 0 });
		await say('ada', { manager: null }, { type: 'change' });
		expect(await plan(ada)).toEqual([['update_account', { department: 'Sales' }]]);
		await ledger.close();
	});
});
