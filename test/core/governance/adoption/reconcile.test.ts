import { randomBytes } from 'node:crypto';
import { reconcileApplication, type Finding, type ReconcileRequest } from '../../../../core/governance';
import { contentId } from '../../../../core/model';
import { parsePolicy } from '../../../../core/policy';
import { Ledger } from '../../../../core/store';
import { connect } from '../../scim/support/client';
import { startScimmy, type ScimServer } from '../../scim/support/scimmy-server';

const POLICY = `policy: acme
zone: Europe/Berlin
attributes: { title: { type: text, owner: hr@acme.example } }
groups: { security: [ciso@acme.example] }
applications:
  chat: { connector: scim, owner: it@acme.example, attributes: { userName: "{email}", title: "{title}" } }
entitlements:
  chat/member: { app: chat, account: true }
  chat/admin: { app: chat, group: admins, privileged: true }
  "chat/project:*": { app: chat, group: "project-{1}" }
approvals:
  - { id: privileged, when: { entitlement.privileged: true }, approvers: ["group:security"] }
`;
const AS_OF = '2026-11-20T09:00:00.000Z';
const ids = new Map(['ada', 'bob', 'cem'].map((name) => [name, contentId('idn', name)]));
const mail = (name: string) => `${name}@acme.example`;

let server: ScimServer;
let ledger: Ledger;
beforeAll(async () => {
	server = await startScimmy();
});
afterAll(async () => {
	await server.close();
});
beforeEach(async () => {
	server.reset();
	ledger = await Ledger.open({ file: ':memory:', clock: () => Date.parse(AS_OF), random: randomBytes });
	await publish(POLICY);
	const { revision } = await ledger.peopleState([]);
	await ledger.savePlan({
		revision,
		id: 'pln_people',
		policyHash: parsePolicy(POLICY).hash,
		asOf: AS_OF,
		effectiveFrom: AS_OF,
		identities: [...ids].map(([name, id]) => ({ id, keys: { email: mail(name) }, attributes: { title: 'Engineer' } })),
		actions: [],
		kept: [],
		superseded: [],
		grantChanges: { open: [], close: [] },
		blocked: [],
	});
});
afterEach(async () => {
	await ledger.close();
});

async function publish(source: string): Promise<void> {
	const { hash } = parsePolicy(source);
	await ledger.publishPolicy({
		hash,
		name: 'acme',
		source,
		author: 'it@acme.example',
		authorProof: 'claimed',
		needsApproval: false,
	});
}

async function run(mode: ReconcileRequest['mode'], more: Partial<ReconcileRequest> = {}) {
	const { client, close } = connect(server.baseUrl);
	const findings: Finding[] = [];
	const request = {
		application: 'chat',
		policy: POLICY,
		mode,
		asOf: AS_OF,
		maxFindings: 100,
		run: `rec_${randomBytes(4).toString('hex')}`,
		owner: 'it@acme.example',
		reviewBy: '2026-12-20T00:00:00.000Z',
		...more,
	};
	const hooks = { onFindings: (some: readonly Finding[]) => void findings.push(...some) };
	const outcome = await reconcileApplication(client, ledger, request, hooks).finally(close);
	return { ...outcome, findings, kinds: findings.map(({ kind, subject }) => `${kind} ${subject}`).sort() };
}

const add = (name: string, more: object = {}) =>
	server.addUser({
		userName: mail(name),
		emails: [{ value: mail(name), type: 'work', primary: true }],
		title: 'Engineer',
		...more,
	});
const held = async () => {
	const state = await ledger.peopleState([...ids.values()]);
	const name = (id: string) => [...ids].find(([, known]) => known === id)?.[0] ?? id;
	return state.held.map(({ identityId, entitlement }) => `${name(identityId)} ${entitlement}`).sort();
};

describe('adopting an application', () => {
	it('takes in accounts and governed groups, wildcards among them, and nothing of inactive accounts but their groups', async () => {
		const ada = add('ada');
		const bob = add('bob', { active: false });
		server.addGroup('admins', [ada]);
		server.addGroup('project-atlas', [ada, bob]);
		server.addGroup('choir', [ada]);
		const done = await run('adopt');
		expect(done.kinds).toEqual(['unmanaged_group choir']);
		expect(await held()).toEqual([
			'ada chat/admin',
			'ada chat/member',
			'ada chat/project:atlas',
			'bob chat/project:atlas',
		]);
		expect(await ledger.accountsIn({ application: 'chat' })).toMatchObject([
			{ active: expect.any(Boolean) as boolean },
			{ active: expect.any(Boolean) as boolean },
		]);
		expect((await run('report')).kinds).toEqual([]);
	});

	it('is all or nothing where the accounts end too early', async () => {
		add('ada');
		server.users.set('', { id: '', userName: 'nameless' });
		const done = await run('adopt');
		expect(done.complete).toBe(false);
		expect(done.adopted).toBeUndefined();
		expect(await held()).toEqual([]);
	});

	it('finds an account again by its id in the application whatever became of its name', async () => {
		const ada = add('ada');
		server.addGroup('admins', []);
		await run('adopt');
		const account = server.users.get(ada);
		if (account) server.users.set(ada, { ...account, userName: 'countess', emails: [] });
		expect((await run('adopt')).adopted).toMatchObject({ people: 0, conflicts: [] });
		expect((await run('report')).kinds).toEqual(['drift countess']);
	});

	it('tells the second account of a person, and keeps the first', async () => {
		add('ada');
		await run('adopt');
		server.addUser({ userName: 'ada2', emails: [{ value: mail('ada'), type: 'work' }] });
		const again = await run('adopt');
		expect(again.kinds).toEqual(['ambiguous ada2']);
		expect(await held()).toEqual(['ada chat/member']);
	});

	it('speaks up when what was adopted should have been looked at', async () => {
		add('ada');
		server.addGroup('admins', []);
		await run('adopt');
		expect((await run('report')).kinds).toEqual([]);
		const later = await run('report', { asOf: '2026-12-21T00:00:00.000Z' });
		expect(later.findings).toMatchObject([
			{ kind: 'review_due', entitlement: 'chat/member', owner: 'it@acme.example' },
		]);
	});

	it('lists accounts that nobody has used for as long as was asked for', async () => {
		add('ada', { active: false, meta: { lastModified: '2026-01-01T00:00:00Z' } });
		server.addGroup('admins', []);
		await run('adopt');
		const account = [...server.users.values()][0];
		if (account) account['meta'] = { resourceType: 'User', lastModified: new Date('2026-01-01T00:00:00Z') };
		expect((await run('report', { idleDays: 90 })).findings).toMatchObject([{ kind: 'idle', subject: mail('ada') }]);
		expect((await run('report', { idleDays: 900 })).findings).toEqual([]);
	});

	it('seals a log that verifies', async () => {
		add('ada');
		await run('adopt');
		expect(await ledger.verifyLog()).toMatchObject({ ok: true });
	});
});

describe('planning corrections', () => {
	beforeEach(async () => {
		const ada = add('ada');
		add('bob');
		const cem = add('cem');
		server.addGroup('admins', [ada]);
		server.addGroup('project-atlas', []);
		server.addGroup('project-basis', [cem]);
		await run('adopt');
		await run('report');
	});

	const group = (name: string) => [...server.groups.values()].find((each) => each['displayName'] === name);
	const userId = (name: string) => server.user(mail(name))?.id ?? '';
	const operations = (actions: ReadonlyArray<{ content: { operation: string; target?: string } }> = []) =>
		actions.map(({ content }) => `${content.operation} ${content.target ?? ''}`.trim());

	it('asks those whom the policy asks before privileged access is given back', async () => {
		const admins = group('admins');
		if (admins) admins['members'] = [];
		const { plan } = await run('plan');
		expect(operations(plan?.actions)).toEqual(['add_to_group admins']);
		expect(plan?.actions[0]).toMatchObject({ approvalState: 'pending', approval: { rule: 'privileged' } });
		const [stored] = await ledger.readActions({ planIds: [plan?.planId ?? ''] });
		expect(stored).toMatchObject({ approvalState: 'pending', content: { target: 'admins' } });
	});

	it('takes unearned access away first, as something the ledger found', async () => {
		const project = group('project-atlas');
		if (project) project['members'] = [{ value: userId('bob') }];
		const account = server.users.get(userId('ada'));
		if (account) account['title'] = 'Queen';
		const before = await run('report');
		expect(before.kinds).toEqual([`unknown_membership ${mail('bob')}`]);
		const { plan } = await run('plan');
		expect(operations(plan?.actions)).toEqual(['remove_from_group project-atlas']);
		expect(plan?.actions[0]).toMatchObject({ inferred: true, sources: [{ kind: 'discovered' }] });
		expect(await held()).toContain('bob chat/project:atlas');
		const { claimed } = await ledger.claim({ application: 'chat', claimedBy: 'test', leaseSeconds: 60, limit: 10 });
		expect(claimed.map(({ content }) => content.operation)).toEqual(['remove_from_group']);
	});

	it('is stopped by the guards like any other plan', async () => {
		const guarded = `${POLICY}guards: { maxInferredRevokes: 0 }\n`;
		const project = group('project-atlas');
		if (project) project['members'] = [{ value: userId('bob') }];
		await publish(guarded);
		const { plan } = await run('plan', { policy: guarded });
		expect(plan?.halted).toHaveLength(1);
		const [stored] = await ledger.readActions({ planIds: [plan?.planId ?? ''] });
		expect(stored?.executionState).toBe('blocked');
	});

	it('only shows what it would do in an application that is recorded, and asks the owner in one that needs approval', async () => {
		const project = group('project-atlas');
		if (project) project['members'] = [{ value: userId('bob') }];
		const mode = (enforcement: string) =>
			POLICY.replace('attributes: { userName', `enforcement: ${enforcement}, attributes: { userName`);
		const recorded = await run('plan', { policy: mode('record') });
		expect(recorded.plan).toMatchObject({ saved: false, actions: [{ content: { target: 'project-atlas' } }] });
		expect(await ledger.readActions({ planIds: [recorded.plan?.planId ?? ''] })).toEqual([]);
		await publish(mode('approve'));
		const { plan } = await run('plan', { policy: mode('approve') });
		expect(plan?.actions[0]).toMatchObject({ approvalState: 'pending', approval: { rule: 'enforcement:chat' } });
	});

	it('never plans anything about an account that nobody knows', async () => {
		const stray = server.addUser({ userName: 'stray', emails: [] });
		const admins = group('admins');
		if (admins) admins['members'] = [{ value: userId('ada') }, { value: stray }];
		const done = await run('plan');
		expect(done.kinds).toEqual(['orphan stray', 'unknown_membership stray']);
		expect(done.plan).toMatchObject({ actions: [], saved: false });
	});

	it('gives an account back that was deleted, as the policy would make it', async () => {
		server.users.delete(userId('bob'));
		const { plan, kinds } = await run('plan');
		expect(kinds).toEqual([`missing ${mail('bob')}`]);
		expect(plan?.actions).toMatchObject([
			{ content: { operation: 'create_account', attributes: { userName: mail('bob'), title: 'Engineer' } } },
		]);
	});
});
