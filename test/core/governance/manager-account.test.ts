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

async function company(source = POLICY) {
	const ledger = await Ledger.open({ file: ':memory:', clock: () => Date.parse(NOW), random: randomBytes });
	const head = policyHead(source);
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
			...{ policy: source, policyHash: head.hash, zone: head.zone, identityIds: [identityId], eventIds: [] },
			...{ run: `run:${(runs += 1)}`, author: 'test', asOf: NOW, managerAccountsIn: head.managerAccountsIn },
		});
		return actions.map(({ content: { operation, attributes } }) => [operation, attributes?.[EXTENSION]]);
	};
	const claim = () => ledger.claim({ application: 'crm', claimedBy: 't', leaseSeconds: 60, limit: 9 });
	const complete = ({ leaseId, claimed }: Awaited<ReturnType<typeof claim>>) =>
		ledger.complete(
			leaseId,
			claimed.map(({ id, content }) => ({
				...{ actionId: id, outcome: 'verified', writes: 1 },
				account: { remoteId: `remote-${content.match['userName'] ?? ''}`, userName: content.match['userName'] ?? '' },
			})),
		);
	const apply = async () => complete(await claim());
	/** Who has to be looked at because of an account; reviews are left as they are. */
	const due = async () => {
		const { tasks } = await ledger.dueTasks({ at: NOW, limit: 99, kinds: ['review'], leaseSeconds: 0 });
		const about = tasks.flatMap((task) => (task.kind === 'review' ? [task] : []));
		return about
			.filter(({ reasons }) => reasons.includes('account of the manager'))
			.map(({ identityId }) => identityId);
	};
	return { ledger, head, say, plan, claim, complete, apply, due };
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

	it('is set in a second pass: reports are due as soon as the manager has an account', async () => {
		const { ledger, say, plan, apply, due } = await company();
		const ada = await say('ada', { department: 'Sales', manager: 'Grace@acme.example' });
		const bob = await say('bob', { department: 'Sales', manager: 'grace@acme.example' });
		await say('cem', { department: 'Sales', manager: 'ada@acme.example' });
		await plan(ada);
		await apply();
		await plan(bob);
		const grace = await say('grace', { department: 'Sales' });
		await plan(grace);
		// Cem has nothing in the application yet, and nothing under way.
		expect(await due()).toEqual([]);
		await apply();
		expect((await due()).sort()).toEqual([ada, bob].sort());
		const withManager = { department: 'Sales', manager: 'remote-grace@acme.example' };
		for (const report of [ada, bob]) expect(await plan(report)).toEqual([['update_account', withManager]]);
		expect(await due()).toEqual([]);
		// An update leaves the account where it is: nobody is looked at again.
		await apply();
		await say('grace', { department: 'Support' });
		await plan(grace);
		await apply();
		expect(await due()).toEqual([]);
		await ledger.close();
	});

	it('reaches an account that was being made while the manager’s came about', async () => {
		const { ledger, say, plan, claim, complete, apply, due } = await company();
		const ada = await say('ada', { department: 'Sales', manager: 'grace@acme.example' });
		await plan(ada);
		const underWay = await claim();
		await plan(await say('grace', { department: 'Sales' }));
		await apply();
		// Looked at too early: the account is not there yet.
		expect(await due()).toEqual([ada]);
		expect(await plan(ada)).toEqual([]);
		expect(await due()).toEqual([]);
		await complete(underWay);
		expect(await due()).toEqual([ada]);
		expect(await plan(ada)).toEqual([
			['update_account', { department: 'Sales', manager: 'remote-grace@acme.example' }],
		]);
		await ledger.close();
	});

	it('leaves people alone where no mapping speaks of managers', async () => {
		const { ledger, say, plan, apply, due } = await company(POLICY.replace('{manager.account}', '{department}'));
		const ada = await say('ada', { department: 'Sales', manager: 'grace@acme.example' });
		await plan(ada);
		await apply();
		await plan(await say('grace', { department: 'Sales' }));
		await apply();
		expect(await due()).toEqual([]);
		await ledger.close();
	});
});
