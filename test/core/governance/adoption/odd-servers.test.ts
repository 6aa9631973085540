import { randomBytes } from 'node:crypto';
import { reconcileApplication, type Finding, type ReconcileRequest } from '../../../../core/governance';
import { contentId } from '../../../../core/model';
import { parsePolicy } from '../../../../core/policy';
import { applyActions, discover } from '../../../../core/scim';
import { Ledger } from '../../../../core/store';
import { Scene, SERVERS } from '../../scim/odd/scene';

const POLICY = `policy: acme
zone: Europe/Berlin
applications: { odd: { connector: scim, owner: it@x.example } }
entitlements:
  odd/member: { app: odd, account: true }
  odd/staff: { app: odd, group: staff }
`;
const AS_OF = '2026-11-20T09:00:00.000Z';
const idOf = (index: number) => contentId('idn', `u${index}`);

jest.setTimeout(60_000);

/** Fifty-eight of the sixty people are known by their address. */
async function ledgerWithPeople(): Promise<Ledger> {
	const ledger = await Ledger.open({ file: ':memory:', clock: () => Date.parse(AS_OF), random: randomBytes });
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
		identities: Array.from({ length: 58 }, (_, index) => ({
			id: idOf(index),
			keys: { email: `u${index}@x.example` },
			attributes: {},
		})),
		actions: [],
		kept: [],
		superseded: [],
		grantChanges: { open: [], close: [] },
		blocked: [],
	});
	return ledger;
}

describe.each(SERVERS)('a %s server that comes under governance', (name) => {
	let scene: Scene;
	let ledger: Ledger;
	beforeEach(async () => {
		scene = await Scene.open(name);
		ledger = await ledgerWithPeople();
		await discover(scene.connection.client);
	});
	afterEach(async () => {
		await ledger.close();
		await scene.close();
	});

	const run = async (mode: ReconcileRequest['mode']) => {
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
		return { ...outcome, kinds: findings.map(({ kind, subject }) => `${kind} ${subject.toLowerCase()}`).sort() };
	};

	it('is adopted once, with all that it shows of accounts one by one', async () => {
		const adopted = await run('adopt');
		// 58 accounts, one of them inactive, and three members.
		expect([adopted.complete, adopted.reasons]).toEqual([true, []]);
		expect(adopted.adopted).toMatchObject({ people: 58, accounts: 58, grants: 57 + 3 });
		expect(adopted.kinds).toEqual(['orphan u58@x.example', 'orphan u59@x.example']);
		expect((await run('adopt')).adopted).toMatchObject({ people: 0, grants: 0 });
		expect(scene.server.writes()).toEqual([]);
	});

	it('shows only strangers, and what changes behind our back is brought back', async () => {
		await run('adopt');
		expect((await run('report')).kinds).toEqual(['orphan u58@x.example', 'orphan u59@x.example']);
		const { directory } = scene.server;
		const staff = [...directory.groups.values()][0];
		if (staff) staff['members'] = [0, 1, 7].map((index) => ({ value: scene.ids[index] }));
		const planned = await run('plan');
		expect(planned.kinds).toEqual([
			'missing_membership u2@x.example',
			'orphan u58@x.example',
			'orphan u59@x.example',
			'unknown_membership u7@x.example',
		]);
		expect(planned.plan?.actions.map(({ content }) => [content.operation, content.identityId])).toEqual([
			['remove_from_group', idOf(7)],
			['add_to_group', idOf(2)],
		]);
		const report = await applyActions({
			ledger,
			client: scene.connection.client,
			application: 'odd',
			claim: { claimedBy: 'test', leaseSeconds: 900, limit: 100 },
		});
		expect(
			report.results.map(({ outcome, note }) => [outcome, note ?? '']).filter(([end]) => end === 'failed'),
		).toEqual([]);
		expect(scene.staff()).toEqual([0, 1, 2]);
	});
});
