import { applyActions, discover, type ApplyReport } from '../../../../core/scim';
import type { ActionContent } from '../../../../core/model';
import type { Json } from '../../../support/odd-scim';
import { MemoryLedger } from '../support/memory-ledger';
import { ENTERPRISE, SERVERS, Scene } from './scene';

jest.setTimeout(60_000);

/** Its schema of users has neither roles nor entitlements. */
const TAKES_NO_ROLES: ReadonlySet<string> = new Set(['strict']);

describe.each(SERVERS)('actions of the ledger at a %s server', (name) => {
	let scene: Scene;
	let ledger: MemoryLedger;

	beforeEach(async () => {
		scene = await Scene.open(name);
		ledger = new MemoryLedger();
	});
	afterEach(() => scene.close());

	const apply = async (): Promise<ApplyReport> => {
		const { client } = scene.connection;
		await discover(client);
		const claim = { claimedBy: 'test', leaseSeconds: 100_000, limit: 1000 };
		return applyActions({ ledger, client, application: 'app', claim });
	};
	const want = (index: number, operation: ActionContent['operation'], extra: Partial<ActionContent> = {}): string => {
		const email = `u${index}@x.example`;
		return ledger.add({ identityId: `person-${index}`, operation, match: { userName: email, email }, ...extra });
	};
	const attributes = (index: number): Record<string, unknown> => ({
		userName: `U${index}@x.example`,
		displayName: `G. Family${index}`,
		name: { givenName: `Given${index}`, familyName: `Family${index}` },
		emails: [{ value: `u${index}@x.example`, type: 'work' }],
		[ENTERPRISE]: { department: 'R&D' },
	});

	it('are carried out once: joiners, changes, leavers and groups', async () => {
		want(60, 'create_account', { attributes: attributes(60) });
		want(61, 'create_account', { attributes: attributes(61) });
		want(5, 'create_account', { attributes: attributes(5) });
		want(4, 'create_account', { attributes: attributes(4) });
		want(0, 'update_account', { attributes: { title: 'Lead', name: { familyName: 'Byron' } } });
		want(2, 'disable_account');
		want(2, 'remove_from_group', { target: 'staff' });
		want(60, 'add_to_group', { target: 'staff' });
		want(3, 'add_to_group', { target: 'staff' });
		want(99, 'disable_account');

		const report = await apply();
		expect(report.results.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
		const { directory } = scene.server;
		expect([60, 61, 5].map((index) => directory.user(`u${index}@x.example`)?.['active'])).toEqual([true, true, true]);
		expect(directory.user('u60@x.example')).toMatchObject({ [ENTERPRISE]: { department: 'R&D' } });
		expect(scene.user(0)).toMatchObject({ title: 'Lead', name: { givenName: 'Given0', familyName: 'Byron' } });
		expect(scene.user(2)['active']).toBe(false);
		expect(scene.staff()).toEqual([0, 1, 3, expect.stringMatching(/^u60@x.example$/i) as string]);
		expect(scene.twins()).toEqual([]);

		const before = scene.server.writes().length;
		const again = await apply();
		expect(again.results.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
		expect(scene.server.writes().slice(before)).toEqual([]);
	});

	it('give and take roles, of people who are new too, and touch nobody else’s', async () => {
		const auditor = { value: 'r-7', display: 'Auditor', type: 'department' };
		const held = TAKES_NO_ROLES.has(name) ? undefined : [auditor, { value: 'Approve' }];
		const { directory } = scene.server;
		for (const id of scene.ids.slice(0, 4)) {
			const before = directory.users.get(id);
			if (held !== undefined) directory.users.set(id, { ...before, id, roles: held });
		}
		const asked = [
			want(0, 'assign_role', { target: 'Create' }),
			want(0, 'remove_role', { target: 'Approve' }),
			want(1, 'assign_role', { target: 'approve' }),
			want(2, 'remove_role', { target: 'Approve' }),
			want(4, 'assign_role', { target: 'the "A" role' }),
			want(60, 'assign_role', { target: 'Create' }),
		];
		want(2, 'disable_account');
		want(60, 'create_account', { attributes: attributes(60) });

		const { results } = await apply();
		const failed = results.filter(({ outcome }) => outcome === 'failed');
		expect(failed.map(({ actionId }) => actionId)).toEqual(held === undefined ? asked : []);
		const roles = (user: Json | undefined): unknown => user?.['roles'];
		expect([0, 1, 2, 3, 4].map((index) => roles(scene.user(index)))).toEqual(
			held === undefined
				? Array(5).fill(undefined)
				: [[auditor, { value: 'Create' }], held, [auditor], held, [{ value: 'the "A" role' }]],
		);
		expect(roles(directory.user('u60@x.example'))).toEqual(held && [{ value: 'Create' }]);
		expect(scene.user(2)['active']).toBe(false);

		const before = scene.server.writes().length;
		await apply();
		expect(scene.server.writes().slice(before)).toEqual([]);
	});
});
