import { reconcileScim, type ReconcileReport } from '../../../../core/scim';
import { edit, Stage } from '../support/stage';

const stage = Stage.set();

const user = (name: string, extra: Record<string, unknown> = {}): Record<string, unknown> => ({
	externalId: `x-${name}`,
	userName: `${name}@example.com`,
	...extra,
});

const reconcile = (
	users: unknown[] | AsyncIterable<unknown>,
	groups: unknown[] = [],
	options: Parameters<typeof reconcileScim>[2] = {},
): Promise<ReconcileReport> => reconcileScim(stage.connection.client, { users, groups }, options);

const found = ({ items }: ReconcileReport): string[] => items.map(({ kind, subject }) => `${kind} ${subject}`);

describe('reconciling', () => {
	it('finds orphans, drift attribute by attribute, and missing accounts, and writes nothing', async () => {
		stage.server.addUser(user('ada', { title: 'Analyst' }));
		stage.server.addUser(user('bob'));
		const report = await reconcile([user('ada', { title: 'Engineer' }), user('cleo'), user('gone', { active: false })]);
		expect(found(report)).toEqual(['drift ada@example.com', 'orphan bob@example.com', 'missing cleo@example.com']);
		expect(report.items[0]?.changes).toEqual([{ path: 'title', before: 'Analyst', after: 'Engineer' }]);
		expect(report).toMatchObject({ complete: true, counts: { accounts: 2, desired: 3 } });
		expect(stage.proxy.writes()).toEqual([]);
	});

	it('reads accounts by themselves where listings show little more than names, and nobody else does', async () => {
		const wanted = ['ada', 'bob', 'cleo', 'dan'].map((name) => user(name, { title: 'Engineer' }));
		stage.server.addUser(user('ada', { title: 'Engineer' }));
		stage.server.addUser(user('bob', { title: 'Analyst' }));
		stage.server.addUser(user('cleo', { title: 'Engineer', active: false }));
		stage.server.addUser({ userName: 'former.name@example.com', externalId: 'x-dan', title: 'Engineer' });
		stage.server.addUser({ userName: 'eve@example.com' });
		stage.proxy.fault(({ path }) =>
			path.startsWith('/Users?')
				? {
						rewrite: edit((resource) => {
							for (const name of ['externalId', 'title', 'active']) Reflect.deleteProperty(resource, name);
						}),
					}
				: undefined,
		);
		const report = await reconcile(wanted);
		expect(
			report.items.map(({ kind, subject, changes = [] }) => [kind, subject, ...changes.map(({ path }) => path)]),
		).toEqual([
			['drift', 'bob@example.com', 'title'],
			['drift', 'cleo@example.com', 'active'],
			['drift', 'former.name@example.com', 'userName'],
			['orphan', 'eve@example.com'],
		]);
		expect(report.counts).toMatchObject({ accounts: 5, active: 4, missing: 0 });
		// The listing, one look that tells how little it shows, and each account.
		expect(report.requests).toEqual({ reads: 1 + 1 + 5, writes: 0 });
	});

	it('reads one account by itself at most where listings show all of it', async () => {
		for (const name of ['ada', 'bob', 'cleo']) stage.server.addUser(user(name));
		stage.server.addUser({ userName: 'eve@example.com' });
		const report = await reconcile(['ada', 'bob', 'cleo'].map((name) => user(name, { title: 'Engineer' })));
		expect(report.counts).toMatchObject({ drift: 3, orphan: 1 });
		expect(report.requests).toEqual({ reads: 2, writes: 0 });
	});

	it('finds members that nobody wants and those that lack', async () => {
		for (const name of ['ada', 'bob']) stage.server.addUser(user(name), name);
		stage.server.addGroup('Readers', ['bob', 'stranger']);
		const report = await reconcile(
			[user('ada'), user('bob')],
			[
				{ displayName: 'Readers', members: [{ externalId: 'x-ada' }, { userName: 'bob@example.com' }] },
				{ displayName: 'Nowhere', members: [] },
			],
		);
		expect(found(report)).toEqual(['missing_membership x-ada', 'unknown_membership stranger', 'missing_group Nowhere']);
	});

	it('finds accounts that share a key and accounts that were idle for long', async () => {
		const old = '2026-01-01T00:00:00Z';
		stage.server.addUser({ userName: 'ada@example.com', emails: [{ value: 'ada@example.com' }] }, 'u1');
		stage.server.addUser({ userName: 'ada2@example.com', emails: [{ value: 'ADA@example.com' }] }, 'u2');
		stage.server.addUser({ userName: 'off@example.com', active: false }, 'u3');
		const meta = { resourceType: 'User', created: new Date(old), lastModified: new Date(old) };
		Object.assign(stage.server.users.get('u3') ?? {}, { meta });
		const report = await reconcile([], [], { idleDays: 90 });
		expect(report.items.filter(({ kind }) => kind === 'duplicate')).toMatchObject([
			{ by: 'email', other: 'u1', remoteId: 'u2' },
		]);
		expect(report.items.filter(({ kind }) => kind === 'idle')).toMatchObject([
			{ remoteId: 'u3', by: 'meta.lastModified' },
		]);
	});

	it('calls nobody missing where the accounts could not be read to the end', async () => {
		stage.server.addUser(user('ada'));
		stage.proxy.fault(({ path }) =>
			path.startsWith('/Users?')
				? {
						rewrite: (answer) => ({
							status: answer.status,
							body: JSON.stringify({ ...(JSON.parse(answer.body ?? '{}') as object), totalResults: 9 }),
						}),
					}
				: undefined,
		);
		const report = await reconcile([user('ada'), user('bob')]);
		expect(report.complete).toBe(false);
		expect(report.reasons).toHaveLength(1);
		expect(report.counts.missing).toBe(0);
	});

	it('takes its users one after the other, keeps as many items as it may, and counts them all', async () => {
		async function* users(): AsyncGenerator {
			for (let index = 0; index < 20; index++) yield user(`p${index}`);
		}
		const told: string[] = [];
		const report = await reconcile(users(), [], { maxItems: 3, onItem: ({ subject }) => told.push(subject) });
		expect(report).toMatchObject({ truncated: true, counts: { missing: 20 } });
		expect([report.items.length, told.length]).toEqual([3, 20]);
	});
});
