import { randomBytes } from 'node:crypto';
import { reconcileApplication, type Finding, type ReconcileRequest } from '../../../../core/governance';
import { contentId } from '../../../../core/model';
import { parsePolicy } from '../../../../core/policy';
import { applyActions, discover } from '../../../../core/scim';
import { Ledger } from '../../../../core/store';
import type { Json } from '../../../support/odd-scim';
import { Scene, type ServerName } from '../../scim/odd/scene';
import { connect } from '../../scim/support/client';

const POLICY = `policy: acme
zone: Europe/Berlin
applications: { odd: { connector: scim, owner: it@x.example } }
entitlements:
  odd/member: { app: odd, account: true }
  odd/create: { app: odd, role: Create }
  odd/approve: { app: odd, role: Approve, privileged: true }
  odd/plant:*: { app: odd, role: "Plant {1}" }
`;
const AS_OF = '2026-11-20T09:00:00.000Z';
const PEOPLE = [0, 1, 2, 3];
const idOf = (index: number) => contentId('idn', `u${index}`);
const AUDITOR = { value: 'r-7', display: 'Auditor' };

jest.setTimeout(60_000);

let scene: Scene;
let ledger: Ledger;

async function open(name: ServerName): Promise<void> {
	scene = await Scene.open(name);
	for (const id of scene.ids.slice(PEOPLE.length)) scene.server.directory.users.delete(id);
	ledger = await Ledger.open({ file: ':memory:', clock: () => Date.parse(AS_OF), random: randomBytes });
	const { hash } = parsePolicy(POLICY);
	const policy = { hash, name: 'acme', source: POLICY, author: 'it@x.example' };
	await ledger.publishPolicy({ ...policy, authorProof: 'claimed', needsApproval: false });
	const { revision } = await ledger.peopleState([]);
	await ledger.savePlan({
		revision,
		id: 'pln_people',
		policyHash: hash,
		asOf: AS_OF,
		effectiveFrom: AS_OF,
		identities: PEOPLE.map((index) => ({
			id: idOf(index),
			keys: { email: `u${index}@x.example` },
			attributes: { email: `u${index}@x.example` },
		})),
		actions: [],
		kept: [],
		superseded: [],
		grantChanges: { open: [], close: [] },
		blocked: [],
	});
	await discover(scene.connection.client);
}
afterEach(async () => {
	await ledger.close();
	await scene.close();
});

function set(index: number, ...roles: Json[]): void {
	const id = scene.ids[index] ?? '';
	const { roles: _before, ...user } = scene.server.directory.users.get(id) ?? { id };
	scene.server.directory.users.set(id, { ...user, id, ...(roles.length > 0 && { roles }) });
}
const rolesOf = (index: number): unknown => scene.user(index)['roles'] ?? [];

async function run(mode: ReconcileRequest['mode']) {
	const findings: Finding[] = [];
	const request = {
		application: 'odd',
		policy: POLICY,
		mode,
		asOf: AS_OF,
		maxFindings: 1000,
		run: `rec_${randomBytes(4).toString('hex')}`,
		owner: 'it@x.example',
		reviewBy: '2027-01-01T00:00:00.000Z',
	};
	const hooks = { onFindings: (some: readonly Finding[]) => void findings.push(...some) };
	const outcome = await reconcileApplication(scene.connection.client, ledger, request, hooks);
	const told = findings.map(({ kind, subject, role, entitlement }) => [kind, subject, role, entitlement].join(' '));
	return { ...outcome, findings, told: told.sort() };
}

describe.each(['exact', 'terse', 'sloppy', 'replacing'] as const)('roles of a %s server', (name) => {
	beforeEach(async () => {
		await open(name);
		set(0, { value: 'Create' });
		set(1, { value: 'a-1', display: 'Approve' }, AUDITOR);
		set(2, { value: 'Plant Kiel' });
	});

	it('are adopted with the accounts, those that the policy knows', async () => {
		const adopted = await run('adopt');
		expect([adopted.complete, adopted.reasons]).toEqual([true, []]);
		expect(adopted.adopted).toMatchObject({ people: 4, grants: 4 + 3 });
		const { held } = await ledger.peopleState(PEOPLE.map(idOf));
		const roles = held.filter(({ entitlement }) => entitlement !== 'odd/member');
		expect(
			roles.map(({ identityId, entitlement }) => [PEOPLE.map(idOf).indexOf(identityId), entitlement]).sort(),
		).toEqual([
			[0, 'odd/create'],
			[1, 'odd/approve'],
			[2, 'odd/plant:Kiel'],
		]);
		expect((await run('report')).told).toEqual([]);
		expect(scene.server.writes()).toEqual([]);
	});

	it('that change behind our back are found, and brought back by a plan', async () => {
		await run('adopt');
		await run('report');
		// Somebody who has seen nothing of the application yet.
		scene.connection.close();
		scene.connection = connect(scene.server.baseUrl);
		set(0);
		set(1, { value: 'a-1', display: 'Approve' }, AUDITOR, { value: 'Plant Ulm' });
		set(3, { value: 'create' }, AUDITOR);
		const planned = await run('plan');
		expect(planned.told).toEqual([
			'missing_membership u0@x.example Create odd/create',
			'unknown_membership u1@x.example Plant Ulm odd/plant:Ulm',
			'unknown_membership u3@x.example Create odd/create',
		]);
		expect(planned.findings.every(({ planned: isPlanned }) => isPlanned)).toBe(true);
		expect(planned.findings.every(({ says, role }) => says.includes(`role "${role ?? '-'}"`))).toBe(true);
		expect(planned.plan?.actions.map(({ content }) => [content.operation, content.target, content.identityId])).toEqual(
			[
				['remove_role', 'Plant Ulm', idOf(1)],
				['remove_role', 'Create', idOf(3)],
				['assign_role', 'Create', idOf(0)],
			],
		);
		const claim = { claimedBy: 'test', leaseSeconds: 900, limit: 100 };
		const { client } = scene.connection;
		const { results } = await applyActions({ ledger, client, application: 'odd', claim });
		expect(results.map(({ outcome, note }) => [outcome, note]).filter(([outcome]) => outcome !== 'verified')).toEqual(
			[],
		);
		expect([0, 1, 3].map(rolesOf)).toEqual([
			[{ value: 'Create' }],
			[{ value: 'a-1', display: 'Approve' }, AUDITOR],
			[AUDITOR],
		]);
		expect((await run('report')).told).toEqual([]);
	});
});

test('where nobody can see roles, adopting says so, and comparing concludes nothing of them', async () => {
	await open('strict');
	const adopted = await run('adopt');
	expect(adopted.reasons).toEqual([expect.stringContaining('no roles that can be seen') as string]);
	expect((await run('report')).told).toEqual([]);
});
